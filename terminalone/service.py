"""`T1`, the session on MediaMath TerminalOne, with the classic SDK's call signatures."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Any, TypeVar

from adplatforms.core.entity import Entity
from adplatforms.core.errors import ClientError, NotFoundError, PartialResultWarning, did_you_mean, warn
from adplatforms.core.expr import Condition
from adplatforms.core.paging import Page, drive
from adplatforms.core.query import Query
from adplatforms.core.relations import Peers
from adplatforms.core.session import Session
from adplatforms.core.transport import HttpTransport, Transport
from adplatforms.core.values import Answer

from . import filters
from .auth import T1Auth
from .dialect import T1Dialect
from .models.base import T1Entity

__all__ = ["API_BASES", "T1"]

API_BASES = {
    "production": "api.mediamath.com",
    "qa": "t1qa10.mediamath.com",
    "sandbox": "t1sandbox.mediamath.com",
}
"""The API's host by environment. Source: collections.json."""


E = TypeVar("E", bound=Entity)


class T1(Session):
    """A session on TerminalOne.

    username, password, api_key: as given by MediaMath. session_id: an existing session instead of user and password.
    environment: "production", "qa" or "sandbox"; api_base: a host instead, which may carry scheme and port for local
    servers (``http://127.0.0.1:8080``). json: ask for JSON (the default) or XML; both are understood. timeout: seconds
    to connect and to wait for data. Signs in at once, unless ``auth_method="delayed"``: then call `authenticate()`.

    >>> from terminalone import T1
    >>> t1 = T1("user", "password", "api_key")                      # doctest: +SKIP
    >>> for campaign in t1.get("campaigns", full=True, get_all=True):  # doctest: +SKIP
    ...     print(campaign.name, campaign.start_date)
    """

    auth: T1Auth

    def __init__(
        self,
        username: str | None = None,
        password: str | None = None,
        api_key: str | None = None,
        client_id: str | None = None,
        client_secret: str | None = None,
        auth_method: str | None = None,
        session_id: str | None = None,
        environment: str = "production",
        api_base: str | None = None,
        json: bool = True,
        *,
        timeout: tuple[float, float] = (10.0, 300.0),
        transport: Transport | None = None,
    ) -> None:
        if client_id or client_secret or auth_method not in (None, "cookie", "delayed"):
            raise ClientError(
                f"signing in by {auth_method or 'OAuth2'} is not there yet",
                hint="use user name and password, or session_id",
            )
        if api_base is None and environment not in API_BASES:
            raise ClientError(f"no environment {environment!r}", hint=did_you_mean(environment, API_BASES))
        self.environment = environment
        self.api_base = api_base or API_BASES[environment]
        auth = T1Auth(username, password, api_key, session_id)
        url = self.api_base if "://" in self.api_base else f"https://{self.api_base}"
        super().__init__(
            T1Entity._registry, T1Dialect(json), transport or HttpTransport(url, auth, timeout=timeout), auth
        )
        self.user_id: int | None = None
        self.username = username
        if auth_method != "delayed":
            self.authenticate()

    def authenticate(self) -> None:
        """Signs in: a `LoginError` when T1 refuses."""
        row = self.auth.sign_in(self.exchange, self._read_user)
        self.user_id, self.username = int(row["id"]), row.get("name") or self.username

    def _read_user(self, answer: Answer) -> dict[str, Any]:
        assert isinstance(self.dialect, T1Dialect)
        rows = self.dialect.check(answer).rows
        return rows[0] if rows else {"id": 0}

    @property
    def session_id(self) -> str:
        """The id of the session: a credential."""
        return self.auth.session_id

    @property
    def session(self) -> Any:
        """This thread's `requests.Session`."""
        return getattr(self.transport, "session", None)

    @property
    def auth_params(self) -> dict[str, Any]:
        """How the session signed in; secrets are masked."""
        return {**self.auth.describe(), "api_base": self.api_base}

    # the classic words

    def get(
        self,
        collection: str | type[Entity],
        entity: Any = None,
        child: str | None = None,
        limit: Mapping[str, Any] | None = None,
        include: Any = None,
        full: Any = None,
        page_limit: int | None = None,
        page_offset: int = 0,
        sort_by: Any = None,
        get_all: bool = False,
        parent: Any = None,
        query: str | None = None,
        other_params: Mapping[str, Any] | None = None,
        count: bool = False,
    ) -> Any:
        """Reads a collection, one entity, or a child collection of one. Returns as `Session.get` does.

        collection: its name, its singular or a class. entity: an id. child: one of its child collections, such as
        "budget_flights", "concepts" or a target dimension ("region"). limit: one entry, ``{"advertiser": 7}`` or a
        chain ``{"agency.organization": 100001}``. include: ``"advertiser"``, ``["vendor", "concept"]`` or
        ``[["advertiser", "agency"], "vendor"]``. full: True, or the types to have whole. page_limit: rows per call,
        1 to 100. sort_by: ``"name"``, ``"-updated_on"``. parent: the parent of audience segments. query: a `q` as T1
        writes it (``"status==1"``), sent as it is. other_params: more query parameters, sent as they are. count: also
        return the total. Raises `ClientError` for what T1 cannot do and `APIError` for what it refuses.
        """
        words = {
            "limit": limit,
            "include": include,
            "full": full,
            "page_limit": page_limit,
            "page_offset": page_offset,
        }
        more = {"sort_by": sort_by, "parent": parent, "query": query, "other_params": other_params}
        listing = self._words(self.query(collection), **words, **more)
        return self._answer(listing, entity, child, get_all, count)

    def _words(self, query: Query[E], /, **words: Any) -> Query[E]:
        limit, extra = words.get("limit"), dict(words.pop("other_params", None) or {})
        if limit is not None and len(limit) != 1:
            raise ClientError(
                f"limit takes exactly one entry, not {dict(limit)!r}", hint='limit={"advertiser": 7}'
            )
        for name in ("page_limit", "page_offset"):
            if name in extra:  # the pager has to know
                words[name] = int(extra.pop(name))
        extra = {"parent": words.pop("parent", None), "q": words.pop("query", None), **extra}
        for name, value in extra.items():
            values = value if isinstance(value, (list, tuple)) else [value]
            query = query.adding(*((name, str(getattr(v, "id", v))) for v in values if v is not None))
        return super()._words(query, **words)

    def _condition(self, query: Query[Any], variable: Any, operator: str, candidates: Any) -> Condition:
        op = filters.symbol(operator)
        if op == "in" and variable not in query.model._fields:
            variable = "id"  # IN compares ids, and classic scripts name any variable or none
        return super()._condition(query, variable, op, candidates)

    def new(  # type: ignore[override]  # the classic order: report comes second
        self,
        collection: str | type[Entity],
        report: Any = None,
        properties: Mapping[str, Any] | None = None,
        version: Any = None,
        **values: Any,
    ) -> Any:
        """A new entity, not yet saved: ``t1.new("campaign", name="Spring")``; with an ``id``, an existing one.

        collection: its name, its singular or a class. properties: its values, as are the keywords. report and version
        belong to reports, which are not there yet.
        """
        if report is not None and properties is None and isinstance(report, Mapping):
            report, properties = None, report
        if report is not None or version is not None:
            raise ClientError(
                "reports are not there yet", hint="report= and version= of new() are for reports"
            )
        return super().new(collection, properties, **values)

    def _child(self, query: Query[Any], entity: Any, child: str, get_all: bool, count: bool) -> Any:
        assert isinstance(self.dialect, T1Dialect)
        if entity is None:
            raise ClientError(
                f"{child!r} is a child of one entity", hint=f"get({query.model.collection!r}, id, {child!r})"
            )
        pages = drive(self.dialect.plan_child(query, entity, child).pager(), self.fetch_page)

        def entities(page: Page) -> list[Any]:
            peers = Peers(self, page.rows)
            found = [T1Entity._wrap(row, peers) for row in page.rows]
            for each in found:
                each.__dict__.update(parent=query.model.collection, parent_id=int(entity))
            return found

        if get_all and not count:
            return (each for page in pages for each in entities(page))
        first = next(pages)
        found = entities(first)
        if first.extra["single"]:
            if not found:
                raise NotFoundError(f"the answer holds no {child} of {query.model.__name__} {entity}")
            return found[0]
        total = len(found) if first.total is None else first.total
        if get_all:
            return (each for page in chain([found], map(entities, pages)) for each in page), total
        if len(found) < total:
            warn(f"the first {len(found):,} of {total:,} {child}: get_all=True for all", PartialResultWarning)
        listing = (each for each in found)
        return (listing, total) if count else listing

    def __repr__(self) -> str:
        who = f" as {self.username!r}" if self.user_id is not None else " (not signed in)"
        return f"<T1 {self.api_base}{who}>"
