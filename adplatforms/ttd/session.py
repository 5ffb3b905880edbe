"""`TTD`, the session on The Trade Desk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Literal, Self, TypeVar, overload

from adplatforms.core.changes import Change
from adplatforms.core.connection import Transport
from adplatforms.core.entity import Entity
from adplatforms.core.errors import ClientError
from adplatforms.core.ids import check_entity, entities_of, id_of
from adplatforms.core.messages import Answer, Request, Stream
from adplatforms.core.query import Query
from adplatforms.core.secrets import Secret
from adplatforms.core.tracebacks import handles_secrets
from adplatforms.net.logs import environment_logger
from adplatforms.net.options import Options
from adplatforms.net.own_links import OwnLinks
from adplatforms.net.transport import HttpTransport

from . import holds, jobs, shapes
from .archives import archive_all
from .auth import TTDAuth, hidden
from .base import TTDEntity
from .collections import Collections
from .delta import Changes
from .dialect import TTDDialect
from .errors import RejectedFieldError, ResourceLimitError
from .fetching import check_file, wants_token
from .limits import Turns
from .read import json_object
from .related import keep, pending_around, settle_groups
from .reports.calls import Reporting
from .reports.jobs import ReportJob
from .servers import Servers, check_route
from .signing import TTDSignIn
from .workflows import operations
from .workflows.operations import Callback

__all__ = ["TTD"]

R = TypeVar("R")


class TTD(Collections, Reporting):
    """A session on The Trade Desk.

    token: what goes into ``TTD-Auth``, or a callable that is asked for it at each request. login, password: get one,
    and get another before it ends. profile: a section of ``~/.adplatforms.ini`` with ``token`` or ``login`` and
    ``password``. Without any of them the environment variable ``WORKFLOWS_TTD_AUTH``; a `ClientError` where there is
    none.

    server: ``"prod"``, ``"sandbox"``, or a URL that has all three surfaces below it; server_url, graphql_url, rest_url:
    URLs of single surfaces (Workflows, GraphQL, REST v3). route: how entities are read, see `servers.ROUTES`.
    drop_unknown: go on without fields that the GraphQL server refuses, with one warning for each, which is the default;
    False raises the error instead, and so does any session where the query needs the field. strict:
    saves through REST refuse properties that the server does not know or does not let be set (``TTD-Strict-Mode``)
    instead of ignoring them. options: those of every session (`net.options.Options`): retry, timeout, headers,
    proxies, debug_logger...

    >>> import adplatforms
    >>> ttd = adplatforms.TTD(token="...")                                            # doctest: +SKIP
    >>> for campaign in ttd.get("campaigns", limit={"advertiser": "adv0001"}, get_all=True):  # doctest: +SKIP
    ...     print(campaign.name, campaign.start_date)
    """

    auth: TTDAuth
    _signing: TTDSignIn

    @handles_secrets
    def __init__(
        self,
        token: str | Secret | Callable[[], str | Secret] | None = None,
        login: str | None = None,
        password: str | Secret | None = None,
        *,
        profile: str | None = None,
        server: str = "prod",
        server_url: str | None = None,
        graphql_url: str | None = None,
        rest_url: str | None = None,
        route: str = "graphql",
        drop_unknown: bool = True,
        strict: bool = False,
        transport: Transport | None = None,
        **options: Any,
    ) -> None:
        token, password = hidden(token), hidden(password)  # tracebacks show variables
        servers = Servers.of(server).at(server_url, graphql_url, rest_url)
        auth = TTDAuth(token, login, password, profile)
        dialect = TTDDialect(servers, check_route(route), drop_unknown, strict)
        chosen = Options.of(options, type(self))
        if chosen.debug_logger is None:
            chosen = replace(chosen, debug_logger=environment_logger("WORKFLOWS_DEBUG"))
        transport = transport or HttpTransport(servers.workflows, auth, chosen, {"Accept": "application/json"})
        turns = Turns()
        self._signing = TTDSignIn(auth, servers.rest)
        super().__init__(
            TTDEntity.__model__.registry,
            dialect,
            transport,
            auth,
            chosen,
            sign_in=self._signing,
            turn=lambda request: turns.of(request.category),
        )

    @handles_secrets
    def sign_in(self) -> None:
        """Gets a token with login and password now, instead of at the first call.

        Raises a `LoginError` when The Trade Desk refuses. Does nothing where a token was given.
        """
        self._signing.sign_in(self.connection)

    @property
    def route(self) -> str:
        """How entities are read: one of `servers.ROUTES`."""
        return self.dialect.route

    def using(
        self,
        *,
        route: str | None = None,
        server: str | None = None,
        server_url: str | None = None,
        graphql_url: str | None = None,
        rest_url: str | None = None,
        **options: Any,
    ) -> Self:
        """The same session, with its token and connections, by another route, on other servers or with other options.

        ``ttd.using(route="rest").get(...)``, ``ttd.using(server="sandbox").graphql(...)``. options: those that can
        differ from call to call, such as retry and timeout.
        """
        known = self.dialect
        servers = known.servers
        if server is not None:
            servers = Servers.of(server)
        servers = servers.at(server_url, graphql_url, rest_url)
        # The transport's own base URL is that of Workflows.
        if servers != known.servers:
            options["server"] = servers.workflows
        other = super().using(**options)
        other.dialect = known.at(servers, check_route(route or known.route))
        # Tokens are got from the server that they are for.
        other.connection.sign_in = other._signing = TTDSignIn(self.auth, servers.rest)
        return other

    def exchange(self, request: Request, read: Callable[[Answer], R]) -> R:
        """Sends a request and reads its answer.

        Where the GraphQL server refuses fields that may be left out, the request goes again without them. A page that
        is refused for a limit of resources once more after the wait is not asked for again as it is: `fetch_page` reads
        it in smaller parts.
        """
        # It ends: each round has at least one field less than the one before.
        while True:
            try:
                return super().exchange(request, self._limited(request, read))
            except RejectedFieldError as error:
                again = self.dialect.again(request, error)
                if again is None:
                    raise
                request = again

    @handles_secrets
    def download(self, url: str) -> Stream:
        """The body behind a link that the platform handed out.

        url: https, or http on loopback. It is asked for with the token where it is on one of the session's own hosts
        and not signed, and without any credential elsewhere, also where an own host redirects to. Raises an `APIError`
        for a link that has expired, a `ClientError` for one that is not safe.
        """
        servers = self.dialect.servers
        return self.connection.download(url, OwnLinks(partial(wants_token, servers=servers), check_file))

    def _limited(self, request: Request, read: Callable[[Answer], R]) -> Callable[[Answer], R]:
        """`read`, for all attempts of a request: the second refusal of a page for a limit of resources is final."""
        waited = False

        def reading(answer: Answer) -> R:
            nonlocal waited
            try:
                return read(answer)
            except ResourceLimitError as error:
                if waited and self.dialect.smaller(request):
                    error.transient = False
                waited = True
                raise

        return reading

    # writing

    def save(
        self,
        entity: Entity,
        data: Mapping[str, Any] | None = None,
        extra: Mapping[str, Any] | None = None,
        *,
        refresh: bool = False,
        **options: Any,
    ) -> dict[str, Change]:
        """What `Entity.save` does.

        refresh: read the record again afterwards, for the answers of Workflows hold only some of its fields. options,
        for campaigns and ad groups: ``validate_only=True`` has the server check the input and do nothing (the changes
        stay unsaved); ``ad_groups=[...]`` creates new ad groups together with a new campaign.
        """
        check_entity(entity, self.dialect.platform, "save")
        groups = entities_of(options.get("ad_groups") or (), self.dialect.platform, "save(ad_groups=...)")
        # Also before the ad groups are sent along: one of them may be in a job of its own.
        if not options.get("validate_only"):
            holds.check([entity, *groups])
        if "ad_groups" in options:
            options["ad_groups"] = groups
        around = pending_around(entity)
        changes = super().save(entity, data, extra, **options)
        if groups and not options.get("validate_only"):
            settle_groups(entity, groups)
        if refresh and not options.get("validate_only"):
            entity.refresh()
        if around:
            keep(entity, around)
        return changes

    def archive_all(self, ids: Iterable[Any], *, kind: str = "campaigns", force: bool = False) -> None:
        """Archives campaigns, or ad groups, in one call, for ever: THIS CANNOT BE UNDONE.

        ids: campaigns or ad groups, or their ids. kind: what ids alone are, "campaigns" or "ad_groups". force: as for
        one of them, see `Campaign.archive`. What the answer does not confirm is looked up; where that does not tell, an
        `AmbiguousWrite` names it, and all others are archived.
        """
        archive_all(self, ids, kind, force)

    # jobs

    @overload
    def submit(
        self, work: str | Query[Any], *, callback: Callback | None = None, beta: str | None = None
    ) -> jobs.BulkQueryJob: ...
    @overload
    def submit(
        self, work: Entity | Iterable[Entity], *, callback: Callback | None = None, validate_only: bool = False
    ) -> jobs.SaveJob: ...
    def submit(
        self,
        work: str | Query[Any] | Entity | Iterable[Entity],
        *,
        callback: Callback | None = None,
        beta: str | None = None,
        validate_only: bool = False,
    ) -> Any:
        """Starts a job at The Trade Desk and returns at once with a `jobs.WorkflowsJob`.

        work: new campaigns, changed ones, new ad groups or changed ones, to save as one job; or a query, or the text of
        a GraphQL query, to read as one. callback: where to tell that it has ended. beta: GraphQL's beta features.
        validate_only: the server checks what is to be saved and does nothing.
        """
        self._mask(callback)
        if isinstance(work, Query):
            reading = self.dialect.bulk(work)
            return jobs.BulkQueryJob.submit(self, reading.document.text, callback, beta, work, reading)
        if isinstance(work, str):
            if not work.strip():
                raise ClientError("submit takes the text of a GraphQL query, not an empty one")
            return jobs.BulkQueryJob.submit(self, work, callback, beta)
        if isinstance(work, Entity):
            work = [work]
        entities = entities_of(work, self.dialect.platform, "submit")
        return jobs.SaveJob.submit(self, entities, callback, validate_only)

    def bulk(self, query: Query[Any], **options: Any) -> jobs.BulkQueryJob:
        """What `Query.bulk` does: reads it as a GraphQL bulk job, whose result are the same entities.

        Cheaper than a call per page where there are many. options: callback and beta, as for `submit`.
        """
        job: jobs.BulkQueryJob = self.submit(query, **options)
        return job

    def submit_first_party_data(
        self,
        advertiser: Entity | str,
        *,
        name_filter: str | None = None,
        query_shape: str | None = None,
        callback: Callback | None = None,
    ) -> jobs.DataJob:
        """Starts an export of an advertiser's first-party data; the job's result are its entities.

        query_shape: the GraphQL selection that decides which fields come, ``nodes {id name}``; the server's default
        has the counts of active uniques. Source: workflows.json `getFirstPartyDataJob`.
        """
        self._mask(callback)
        advertiser_id = self._id(advertiser, "advertisers")
        request = operations.get_first_party_data_job(advertiser_id, name_filter, query_shape, callback)
        return jobs.DataJob.submit(self, request, "first_party_data", advertiser_id=advertiser_id)

    def submit_third_party_data(
        self, partner: Entity | str, *, query_shape: str | None = None, callback: Callback | None = None
    ) -> jobs.DataJob:
        """Starts an export of the third-party data that a partner may use; the job's result are its entities.

        query_shape: as for first-party data. Source: workflows.json `getThirdPartyDataJob`.
        """
        self._mask(callback)
        request = operations.get_third_party_data_job(self._id(partner, "partners"), query_shape, callback)
        return jobs.DataJob.submit(self, request, "third_party_data")

    def _mask(self, callback: Callback | None) -> None:
        """Keeps what a callback's headers hold out of logs and errors."""
        # They are in the body of the request, where nothing else knows that they are credentials.
        if callback is not None:
            self.auth.mask(*callback.headers.values())

    @overload
    def job(self, job_id: int | str, kind: Literal["campaigns", "ad_groups"]) -> jobs.SaveJob: ...
    @overload
    def job(self, job_id: int | str, kind: Literal["first_party_data", "third_party_data"]) -> jobs.DataJob: ...
    @overload
    def job(
        self, job_id: int | str, kind: Literal["graphql"], query: Query[Any] | None = None
    ) -> jobs.BulkQueryJob: ...
    @overload
    def job(self, job_id: int | str, kind: Literal["clone"]) -> jobs.CloneJob: ...
    @overload
    def job(self, job_id: int | str, kind: Literal["clones"]) -> jobs.ClonesJob: ...
    @overload
    def job(self, job_id: int | str, kind: Literal["report"]) -> ReportJob: ...
    def job(self, job_id: int | str, kind: str, query: Query[Any] | None = None) -> Any:
        """A job that was started before, perhaps by another process.

        kind: one of `jobs.KINDS`, what its result is. query: of a GraphQL bulk job, the query it was made of: then the
        result are its entities again. Nothing is asked yet: an id that does not exist is an error when the job is
        looked at.
        """
        return jobs.resume(self, job_id, kind, query)

    def clone(self, campaign: Entity | str, name: str, version: str | None = None) -> jobs.CloneJob:
        """Starts a copy of a campaign (or of an id); what `Campaign.clone` does."""
        return jobs.CloneJob.submit(self, self._id(campaign, "campaigns"), name, version)

    def campaign_version(self, campaign: Entity | str) -> dict[str, Any]:
        """The version of a campaign (or of an id): ``{"id", "version", "budgeting_version"}``.

        Source: workflows.json `getCampaignVersion`.
        """
        campaign_id = self._id(campaign, "campaigns")
        request = operations.get_campaign_version(campaign_id)
        read = partial(_version, campaign_id=campaign_id)
        found = self.exchange(request, lambda answer: shapes.readable(answer, read))
        return {
            "id": found.get("Id"),
            "version": found.get("version"),
            "budgeting_version": found.get("budgetingVersion"),
        }

    def changes_since(self, token: Any, collection: str, **scope: Any) -> Changes:
        """What changed in a collection since a version: entities, and a `token` to go on from the next time.

        token: None for everything there is, else that of an earlier `Changes`. scope: the parents whose records are
        meant, ``advertiser="adv0001"`` or a list of ids. Source: graphql.md "Changes since a version".
        """
        return Changes(self, token, collection, **scope)

    def _id(self, value: Entity | str, collection: str) -> str:
        """The id of an entity of a collection, or an id as it is."""
        model = self.registry.find(collection)
        return str(id_of(value, model, model.__model__.type))

    def __repr__(self) -> str:
        known = self.__dict__.get("dialect")
        if known is None:  # a traceback may show a session whose arguments were refused
            return "<TTD>"
        return f"<TTD {known.servers.workflows} {known.route}>"


def _version(answer: Answer, campaign_id: str) -> dict[str, Any]:
    """The versions of a campaign; its id may be null in the answer."""
    found = json_object(answer)
    if shapes.member(found, "Id") is not None:
        shapes.same(found["Id"], campaign_id, "campaign")
    return found
