"""The classic SDK's `Connection`: what its service had beside its public methods. Source: the classic SDK 1.9.20."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from adplatforms.core.errors import ClientError, UnknownNameError, did_you_mean
from adplatforms.core.messages import Answer, Pairs, Request

from ..operations.base import accepts
from ..parsing import parse
from ..read import check
from ..routes import CHILDREN, SERVICE_PATHS
from .parsers import contents

if TYPE_CHECKING:
    from ..account import Account

    _Base = Account
else:
    _Base = object

__all__ = ["Connection", "detect_auth_method"]


def detect_auth_method(
    username: Any, password: Any, session_id: Any, api_key: Any, client_id: Any, client_secret: Any, token: Any
) -> str:
    """The method that the classic SDK signs in by where none is named; `method_of` is that of this package."""
    if client_id is not None and client_secret is not None:
        return "oauth2-resourceowner"
    return "cookie"


class Connection(_Base):
    """The attributes and methods by which public packages build URLs and send calls of their own."""

    @property
    def api_key(self) -> str | None:
        """The api_key that was given: a credential."""
        return self.auth.given.api_key.reveal() or None

    @property
    def realm(self) -> str | None:
        """The realm that was given for the token server."""
        return self.auth.given.realm

    @property
    def scope(self) -> str | None:
        """The scope that was given for the token server."""
        return self.auth.given.scope

    @property
    def user_agent(self) -> str | None:
        """The User-Agent that is sent."""
        headers: Mapping[str, str] = getattr(self.session, "headers", {})
        return headers.get("User-Agent")

    def fetch_resource_owner_password_token(
        self,
        username: str,
        password: str,
        client_id: str,
        client_secret: str,
        environment: str | None = None,
        realm: str | None = None,
        scope: str | None = None,
    ) -> tuple[str | None, dict[str, Any]]:
        """Signs in by the resource owner's flow. Returns the access token and who it is of.

        environment: that of the session counts. Raises `TokenError` where the token server refuses.
        """
        given = {"username": username, "password": password, "client_id": client_id, "client_secret": client_secret}
        del password, client_secret  # tracebacks show variables
        self.authenticate("oauth2-resourceowner", **given, realm=realm, scope=scope)
        given.clear()
        return self.access_token, {"user_id": self.user_id, "nickname": self.username}

    def _get_service_path(self, entity_name: str | None = None) -> str:
        """The path of the service that a collection is in: ``api/v2.0``."""
        return SERVICE_PATHS.get(entity_name or "", SERVICE_PATHS["mgmt"])

    @staticmethod
    def _construct_url(
        collection: str, entity: Any = None, child: str | None = None, limit: Mapping[str, Any] | None = None
    ) -> tuple[str, int | None]:
        """The path below the service, and the number of a target dimension: ``("campaigns/7", None)``."""
        parts, number = [collection], None
        if entity is not None:
            parts.append(str(int(entity)))
        if child is not None:
            name = child.lower() if isinstance(child, str) else ""
            if name not in CHILDREN:
                raise UnknownNameError(f"T1 has no child collection {child!r}", hint=did_you_mean(child, CHILDREN))
            path, number = CHILDREN[name]
            parts += [path] if number is None else [path, str(number)]
        if isinstance(limit, Mapping):
            if len(limit) != 1:
                raise ClientError(f"limit takes exactly one entry, not {limit!r}", hint='limit={"advertiser": 7}')
            parts += ["limit", *(f"{name}={value}" for name, value in limit.items())]
        return "/".join(parts), number

    def _get(self, path: str, rest: str, params: Mapping[str, Any] | None = None) -> tuple[Any, int]:
        """What a GET below a service answers with: the entities as dicts, and how many there are."""
        return self._contents(Request("GET", f"{path}/{rest}", _texts(params), headers=accepts(self)))

    def _post(self, path: str, rest: str, data: Mapping[str, Any] | None = None, json: Any = None) -> tuple[Any, int]:
        """What a POST below a service answers with, as `_get`."""
        if data is None and json is None:
            raise ClientError("there is no data to post", hint="data={...} or json={...}")
        form = None if data is None else _texts(data)
        return self._contents(
            Request("POST", f"{path}/{rest}", form=form, json=json, headers=accepts(self), writes=True)
        )

    def _contents(self, request: Request) -> tuple[Any, int]:
        """The entities of an answer in the classic shape."""

        def read(answer: Answer) -> tuple[Any, int]:
            check(answer)
            return contents(parse(answer))

        return self.exchange(request, read)


def _texts(values: Mapping[str, Any] | None) -> Pairs:
    """The pairs of a query or form as requests writes them: a list repeats its name, None is left out."""
    pairs = []
    for name, value in (values or {}).items():
        items = value if isinstance(value, (list, tuple)) else [value]
        pairs += [(name, str(item)) for item in items if item is not None]
    return tuple(pairs)
