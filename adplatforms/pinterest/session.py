"""`Pinterest`, the session on Pinterest's API v5."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from adplatforms.core.connection import Transport
from adplatforms.core.errors import ClientError, did_you_mean
from adplatforms.core.hints import one_line
from adplatforms.core.tracebacks import handles_secrets
from adplatforms.net.options import Options
from adplatforms.net.transport import HttpTransport, check_url

from .auth import PinterestAuth
from .collections import Collections
from .description import OPERATIONS
from .description.shapes import plain
from .dialect import PinterestDialect
from .entities import PinterestEntity
from .limits import check_categories
from .operations import Analytics, Bulk, Business, Catalogs, Events, Organic, Research, Uploads
from .signing import PinterestSignIn

__all__ = ["API_BASES", "Pinterest"]

API_BASES = {"production": "https://api.pinterest.com/v5", "sandbox": "https://api-sandbox.pinterest.com/v5"}
"""The API's base URL by environment. Source: wire.md section 1."""


class Pinterest(Collections, Analytics, Bulk, Events, Catalogs, Uploads, Organic, Research, Business):
    """A session on Pinterest's API v5.

    access_token: a bearer token. With refresh_token, client_id and client_secret (the app's) the session renews it
        before it ends, and once after Pinterest called it invalid.
    expires_at: when the access token ends, in seconds since 1970.
    token: a stored token, a dict, in place of access_token, refresh_token and expires_at.
    token_updater: is called with the token, as a dict to store, after each renewal: each brings a new refresh token.
    scopes: with client_id and client_secret alone, a token of client credentials is taken, the app's own.
    ad_account_id: the ad account that is meant where none is named.
    act_as: the ad account whose owner organic and catalog operations act for (Business Access); without it they act as
        the token's user.
    environment: "production" or "sandbox".
    api_base: a host, host:port or URL instead, such as a local server's (``http://127.0.0.1:8080``).
    join_ids: send lists of ids joined by commas, as Pinterest's own SDK does, where the description repeats the
        parameter.
    options: those of every session, such as retry and timeout.

    Nothing is sent before the first call. Raises `ClientError` for arguments that do not go together.

    >>> from adplatforms import Pinterest
    >>> pin = Pinterest("pina_...", ad_account_id="549755885175")       # doctest: +SKIP
    >>> for campaign in pin.campaigns.where(status="ACTIVE"):           # doctest: +SKIP
    ...     print(campaign.name, campaign.daily_spend_cap)
    """

    @handles_secrets
    def __init__(
        self,
        access_token: str | None = None,
        *,
        refresh_token: str | None = None,
        client_id: str | None = None,
        client_secret: str | None = None,
        scopes: Iterable[str] | str = (),
        token: Mapping[str, Any] | None = None,
        expires_at: float | None = None,
        token_updater: Callable[[dict[str, Any]], object] | None = None,
        ad_account_id: Any = None,
        act_as: Any = None,
        environment: str = "production",
        api_base: str | None = None,
        join_ids: bool = False,
        transport: Transport | None = None,
        **options: Any,
    ) -> None:
        if environment not in API_BASES:
            raise ClientError(f"no environment {environment!r}", hint=did_you_mean(environment, API_BASES))
        if (refresh_token or scopes) and not (client_id and client_secret):
            what = "a refresh token is" if refresh_token else "scopes are"
            raise ClientError(f"{what} used with the app's id and secret", hint="client_id=, client_secret=")
        own = {"access_token": access_token, "refresh_token": refresh_token, "expires_at": expires_at}
        # What is given by name wins over the stored token.
        given = {**(token or {}), **{name: value for name, value in own.items() if value is not None}}
        auth = PinterestAuth(given, client_id, client_secret, scopes, token_updater)
        del access_token, refresh_token, client_secret, token, own, given  # tracebacks may show local variables
        if not (auth.credential or auth.renewable or auth.client_id):
            raise ClientError(
                "Pinterest needs a token", hint="access_token=, or refresh_token=, client_id= and client_secret="
            )
        self.environment, self.join_ids = environment, join_ids
        # As text, like all ids: 19 digits do not survive what makes floats of numbers.
        self.ad_account_id, self.act_as = _account(ad_account_id), _account(act_as)
        # An empty one, of a variable that is not set, say, must not mean production.
        self.api_base = _base_url(API_BASES[environment] if api_base is None else api_base)
        self._warned_of = set()
        chosen = Options.of(options, type(self))
        if chosen.limits:
            check_categories(chosen.limits, {operation.rate for operation in OPERATIONS.values()})
        transport = transport or HttpTransport(self.api_base, auth, chosen)
        super().__init__(
            PinterestEntity.__model__.registry,
            PinterestDialect(),
            transport,
            auth,
            chosen,
            sign_in=PinterestSignIn(auth),
            server_url=_server_url,
        )

    def __repr__(self) -> str:
        whose = [f" {name}={getattr(self, name)}" for name in ("ad_account_id", "act_as") if getattr(self, name)]
        return one_line(f"<Pinterest {self.api_base}{''.join(whose)}>")


def _account(given: Any) -> str | None:
    """The id of an ad account that was given as one, or as an entity; None for none."""
    account = plain(given)
    if account is None:
        return None
    return str(account)


def _server_url(name: str) -> str:
    """The base URL that a name of an environment, a host or a URL means."""
    return _base_url(API_BASES.get(name, name))


def _base_url(base: str) -> str:
    """A base URL from a host, host:port or URL; ``/v5`` is added where it is missing."""
    if "://" not in base:
        base = f"https://{base}"
    url = check_url(base)
    # A host alone means the API below it: the paths of operations start after the version.
    if urlsplit(url).path.endswith("/v5"):
        return url
    return f"{url}/v5"
