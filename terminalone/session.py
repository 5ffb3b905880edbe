"""`T1`, the session on MediaMath TerminalOne, with the classic SDK's call signatures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import chain
from typing import Any, TypeVar, cast, overload

from adplatforms.core.changes import Change
from adplatforms.core.connection import Transport
from adplatforms.core.entity import Entity
from adplatforms.core.errors import (
    AdPlatformsWarning,
    ClientError,
    InvalidValueError,
    NotFoundError,
    PartialResultWarning,
    did_you_mean,
    warn,
)
from adplatforms.core.expr import Condition
from adplatforms.core.ids import with_ids
from adplatforms.core.paging import Page, drive
from adplatforms.core.query import Query
from adplatforms.core.relations import Peers
from adplatforms.core.saving import SaveResult
from adplatforms.core.scalars import to_plain
from adplatforms.core.tracebacks import handles_secrets
from adplatforms.net.options import Options
from adplatforms.net.transport import HttpTransport, check_url

from . import filters
from .account import Account
from .auth import T1Auth
from .classic.connection import Connection
from .collections import Collections
from .credentials import Credentials
from .dialect import T1Dialect
from .entities.base import SubEntity, T1Entity
from .fields import Choice
from .given import GivenRow
from .oauth import AUTH_BASES
from .passed_on import PassedOn, chains_of, limit_name, type_names, with_value
from .reports import Report
from .routes import API_BASES
from .signing import T1SignIn, base_url
from .state import T1State

__all__ = ["API_BASES", "T1", "T1Service"]


E = TypeVar("E", bound=Entity)
R = TypeVar("R")


class T1(Collections, Connection, Account):
    """A session on TerminalOne.

    Signs in at once, by the method that the arguments name (the table: `terminalone.credentials.method_of`), unless
    ``auth_method="delayed"``: then call `authenticate()`.

    - username, password, api_key, client_id, client_secret: as given by MediaMath.
    - session_id, access_token: those of an existing session.
    - redirect_uri, token, token_updater: for the authorization code flow, see `authorization_url`; token_updater gets
      every refreshed token, without one a `TokenUpdated` warning carries it.
    - realm, scope: of the token server, if not its defaults. environment: "production", "qa" or "sandbox".
    - api_base, auth_base: hosts instead, which may carry scheme and port for local servers
      (``http://127.0.0.1:8080``).
    - json: ask for JSON (the default) or XML; both are understood. With True `t1.session` asks for it, too.
    - transport: what sends requests, in tests say.
    - options: those of all platforms, such as timeout (seconds to connect and to wait for data), retry, limits and
      read_only; see `adplatforms.net.options.Options`.

    Raises `ClientError` for arguments that do not fit together, `LoginError` where T1 refuses. Source: wire.md
    sections 1 and 2.

    >>> from terminalone import T1
    >>> t1 = T1("user", "password", "api_key")                      # doctest: +SKIP
    >>> for campaign in t1.get("campaigns", full=True, get_all=True):  # doctest: +SKIP
    ...     print(campaign.name, campaign.start_date)
    """

    _listing_options = (*Account._listing_options, "parent", "query", "other_params")

    @handles_secrets
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
        json: bool | None = None,
        redirect_uri: str | None = None,
        token: Mapping[str, Any] | None = None,
        token_updater: Callable[[dict[str, Any]], object] | None = None,
        access_token: str | None = None,
        realm: str | None = None,
        scope: str | None = None,
        *,
        auth_base: str | None = None,
        transport: Transport | None = None,
        **options: Any,
    ) -> None:
        # An unknown environment does no harm where the hosts are given; the classic SDK failed (defect 8).
        if api_base is None and environment not in API_BASES:
            raise ClientError(f"no environment {environment!r}", hint=did_you_mean(environment, API_BASES))
        plain = {"username": username, "password": password, "api_key": api_key, "client_id": client_id}
        plain |= {"client_secret": client_secret, "session_id": session_id, "access_token": access_token}
        given = Credentials.of({**plain, "realm": realm, "scope": scope})
        auth = T1Auth(given, auth_method, environment, token, token_updater)
        del (plain, password, api_key, client_secret, session_id, token, access_token)  # tracebacks show variables
        self.environment, self.redirect_uri = environment, redirect_uri
        self.json, self.session_asks_for_json = json is not False, json is True
        # An empty one, of a variable that is not set, say, must not mean production: so it is `None` that is asked for.
        self.api_base = API_BASES[environment] if api_base is None else api_base
        self.auth_base = AUTH_BASES.get(environment) if auth_base is None else auth_base
        for base in (self.api_base, self.auth_base):
            if base is not None:
                check_url(base_url(base))
        chosen = Options.of(options, type(self))
        transport = transport or HttpTransport(base_url(self.api_base), auth, chosen)
        self._signing = T1SignIn(auth, self.auth_base, environment)
        super().__init__(
            T1Entity.__model__.registry,
            T1Dialect(self.json),
            transport,
            auth,
            chosen,
            sign_in=self._signing,
            server_url=_server_url,
        )
        # The code flow needs a user in a browser first.
        if auth_method != "delayed" and auth.method != "oauth2":
            self.authenticate()

    # the classic calls

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

        - collection: its name, its singular or a class.
        - entity: an id, or an entity of that class.
        - child: one of its child collections, such as "budget_flights", "concepts" or a target dimension ("region").
        - limit: one entry, ``{"advertiser": 7}`` or a chain ``{"agency.organization": 100001}``.
        - include: ``"advertiser"``, ``["vendor", "concept"]`` or ``[["advertiser", "agency"], "vendor"]``.
        - full: True, or the types to have complete.
        - page_limit: rows per call, 1 to 100. page_offset: rows to skip.
        - sort_by: ``"name"``, ``"-updated_on"``.
        - get_all: all rows, and not one page. count: also return the total.
        - parent: the parent of audience segments.
        - query: a `q` as T1 writes it (``"status==1"``), sent as it is.
        - other_params: more query parameters, sent as they are; they replace ours.

        Raises `ClientError` for what T1 cannot do and `APIError` for what it refuses. Source: wire.md section 3.
        """
        more: dict[str, Any] = {"sort_by": sort_by, "other_params": other_params}
        if entity is None:
            more |= {"parent": parent, "query": query}
        else:  # with an id T1 takes `with`, `full` and other_params only; classic scripts may name the others
            more["sort_by"], page_limit, page_offset = None, None, 0
        if child is not None and include:  # relations of the child's records, whose type their reply names
            more["other_params"], include = {"with": _chains(include), **(other_params or {})}, None
        options = {
            "limit": limit,
            "include": include,
            "full": full,
            "page_limit": page_limit,
            "page_offset": page_offset,
        }
        listing = self._with_options(self.query(collection), **options, **more)
        return self._get_by(listing, entity, child, get_all, count)

    def _with_options(self, query: Query[E], /, **options: Any) -> Query[E]:
        """A query with the options of `get` and `find`: those of all platforms, and T1's own."""
        limit, extra = options.get("limit"), dict(options.pop("other_params", None) or {})
        if limit is not None and (not isinstance(limit, Mapping) or len(limit) != 1):
            raise ClientError(f"limit takes exactly one entry, not {limit!r}", hint='limit={"advertiser": 7}')
        include = options.pop("include", None)
        chains = chains_of(include) if include else []
        words = [("with", with_value(query.model, chain)) for chain in chains]
        if any(isinstance(word, PassedOn) for _, word in words):
            query = query.adding(*words)  # all of them: the caller's own parameters replace ours of that name
            chains = [chain for chain, (_, word) in zip(chains, words, strict=True) if not isinstance(word, PassedOn)]
        options["include"] = chains
        if limit:
            options["limit"] = {limit_name(query.model, name): value for name, value in limit.items()}
        if options.get("full") and options["full"] is not True:
            options["full"] = type_names(options["full"], query.model)
        for name in ("page_limit", "page_offset"):
            if name in extra:  # the pager has to know
                options[name] = int(extra.pop(name))
        extra = {"parent": options.pop("parent", None), "q": options.pop("query", None), **extra}
        for name, value in extra.items():
            values = value if isinstance(value, (list, tuple)) else [value]
            texts = [str(with_ids(to_plain(item), None, name, name)) for item in values if item is not None]
            query = query.adding(*((name, text) for text in texts))
        return super()._with_options(query, **options)

    def _find_condition(self, query: Query[Any], variable: Any, operator: str, candidates: Any) -> Condition:
        """As any, by the classic names. A word that no declaration has is sent as it is, with a warning: T1 may have
        added it since, and the classic SDK sends it."""
        op = filters.symbol(operator)
        if op == "in" and (variable is None or (isinstance(variable, str) and not variable)):
            variable = "id"  # IN compares ids
        # A relation to one compares by the id that its field holds.
        relation = query.model.__model__.relations.get(variable) if isinstance(variable, str) else None
        if relation is not None and relation.by and not relation.many:
            variable = relation.by
        if variable == "id":
            candidates = with_ids(candidates, query.model, "find")
        try:
            return super()._find_condition(query, variable, op, candidates)
        except InvalidValueError:
            field, word = query.field(variable), candidates
            is_word = isinstance(word, str) and word.isidentifier()  # nothing that would be another condition
            if not isinstance(field, Choice) or not is_word or op not in ("==", "!="):
                raise
            meant = did_you_mean(word, field.values)
            warn(
                f"{field.name}: {word!r} is not a value that is known here, it is sent as it is. {meant}",
                AdPlatformsWarning,
            )
            return Condition(field, op, word)

    def new(  # type: ignore[override]  # the classic order: report comes second
        self,
        collection: str | type[Entity] | type[Report],
        report: Any = None,
        properties: Mapping[str, Any] | None = None,
        version: Any = None,
        **values: Any,
    ) -> Any:
        """A new entity, not yet saved: ``t1.new("campaign", name="Spring")``.

        - collection: its name, its singular or a class.
        - properties: its values, as are the keywords. With an ``id`` among them it stands for the record that has it:
          the other values count as loaded, as in the classic SDK, and `save` sends what is set afterwards.
        - report, version: for reports, ``t1.new("report", "performance", properties={"dimensions": ["campaign_id"]})``;
          with ``version="beta"`` one of the beta service. See `terminalone.reports.Report`.

        Raises `ClientError` for names and values that the class does not have.
        """
        # The second argument of other platforms: new("campaign", {...}).
        if report is not None and properties is None and isinstance(report, Mapping):
            report, properties = None, report
        if collection is Report or (isinstance(collection, str) and collection in ("report", "reports")):
            return Report(self, report, {**(properties or {}), **values}, version)
        given = {**properties, **values} if isinstance(properties, Mapping) else values
        if version is not None and given.get("id") is not None:  # the record's, not that of a service of reports
            values, version = {**values, "version": version}, None
        if report is not None or version is not None:
            raise ClientError(
                f"report= and version= are for reports, not for {collection!r}", hint='new("report", "performance")'
            )
        return self.registry.find(cast("str | type[Entity]", collection))(self, properties, **values)

    @overload
    def reference(self, collection: type[E], entity_id: Any, **parents: Any) -> E: ...
    @overload
    def reference(self, collection: str, entity_id: Any, **parents: Any) -> Any: ...
    def reference(self, collection: str | type[Any], entity_id: Any, **parents: Any) -> Any:
        """As `Session.reference`: ``t1.reference("campaigns", 7)``.

        Budget flights name their campaign, ``campaign_id=7``; target dimensions what they belong to,
        ``parent="strategies", parent_id=9``; permissions go by the user's id. T1 wants the version of a record with
        every update and deletion: where ``version=`` does not give it, the first save reads the record.
        """
        model = self.registry.find(collection)
        belongs = {name: parents.pop(name) for name in ("parent", "parent_id") if name in parents}
        found: Any = super().reference(model, entity_id, **parents)
        state = T1State(found)
        owner = state.model.nested_in
        by = state.model.relations[owner].by if owner else ""
        if owner and by not in state.row:
            raise ClientError(
                f"{state.label} is found under its {owner} only",
                hint=f"reference({model.collection!r}, {found.id}, {by}=...)",
            )
        if state.model.type == "permission":
            belongs = {"parent": "users", "parent_id": found.id}
        for name, value in belongs.items():
            setattr(found, name, value)
        if issubclass(model, SubEntity):
            state.path()  # raises where it does not know what it belongs to
        return found

    def save(
        self,
        entity: Entity,
        data: Mapping[str, Any] | None = None,
        extra: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> dict[str, Change]:
        """What `Entity.save` does. A record that was never read is read first, for its version."""
        if isinstance(entity, T1Entity):
            state = T1State(entity)
            # Looked for here, and not in each save: a record that was read lacks nothing.
            if isinstance(state.row, GivenRow) or state.lacks_base():
                self._prepare_save(state, data, extra)
        return super().save(entity, data, extra, **options)

    def _prepare_save(self, state: T1State, data: Mapping[str, Any] | None, extra: Mapping[str, Any] | None) -> None:
        """Reads the record that a save is based on; warns where nothing of what was given with an id is sent."""
        if data or extra or state.pending():
            state.load_base()
        elif data is None:
            state.warn_unchanged()

    def save_all(self, entities: Iterable[Entity], *, in_flight: int | None = None, **options: Any) -> list[SaveResult]:
        """As `Session.save_all`. A path of their own, ``url=``, is for one record."""
        if "url" in options:
            raise ClientError("save_all takes no url", hint="entity.save(url=...) sends one record there")
        return super().save_all(entities, in_flight=in_flight, **options)

    def delete(self, entity: Entity) -> None:
        """What `Entity.delete` does. A record that was never read is read first, for its version."""
        # Others are refused by the dialect, and reading them first would be in vain.
        if isinstance(entity, T1Entity) and entity.__model__.deletable:
            T1State(entity).load_base()
        super().delete(entity)

    def _get_child(self, query: Query[Any], entity: Any, child: str, get_all: bool, count: bool) -> Any:
        """What `get` returns for a child collection: one record where T1 answers with one, else a listing as any."""
        assert isinstance(self.dialect, T1Dialect)
        if entity is None:
            raise ClientError(
                f"{child!r} is a child of one entity", hint=f"get({query.model.collection!r}, id, {child!r})"
            )
        pages = drive(self.dialect.plan_child(query, entity, child).pager(), self.fetch_page)
        to_children = partial(self._child_entities, query.model.collection, int(entity))
        if get_all and not count:
            return (each for page in pages for each in to_children(page))
        # Asked for at once, as any listing without get_all (wire.md section 3, return values).
        first = next(pages)
        found = to_children(first)
        if first.extra["single"]:
            if not found:
                raise NotFoundError(f"the answer holds no {child} of {query.model.__name__} {entity}")
            return found[0]
        # Child collections may come without a total (wire.md sections 5 and 6).
        total = len(found) if first.total is None else first.total
        if get_all:
            return (each for children in chain([found], map(to_children, pages)) for each in children), total
        if len(found) < total:
            warn(f"the first {len(found):,} of {total:,} {child}: get_all=True for all", PartialResultWarning)
        listing = (each for each in found)  # a generator, as all listings of the classic SDK are
        return (listing, total) if count else listing

    def _child_entities(self, collection: str, parent_id: int, page: Page) -> list[Any]:
        """The rows of a child collection as entities that know their parent."""
        peers = Peers(self, page.rows)
        children = [T1Entity.__model__.wrap(row, peers) for row in page.rows]
        for child in children:
            T1State(child).set_parent(collection, parent_id)
        return children

    def __repr__(self) -> str:
        who = " (not signed in)"
        if self.user_id is not None:
            who = f" as {self.username!r}"
        elif self.auth.credential:
            who = " with a token"
        return f"<T1 {self.api_base}{who}>"


def _server_url(name: str) -> str:
    """The URL of another server: of an environment by its name, or of a host."""
    return base_url(API_BASES.get(name, name))


def _chains(include: Any) -> list[str]:
    """The values of `with`: a relation each, the links of a chain joined by commas."""
    links = [include] if isinstance(include, str) else include
    names = [link.split(".") if isinstance(link, str) else link for link in links]
    return [",".join(chain_of_names) for chain_of_names in names]


T1Service = T1
