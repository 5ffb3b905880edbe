"""The Trade Desk's dialect: which surface reads a query and which one saves an entity. No I/O."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from adplatforms.core.dialect import Capabilities, Dialect, Plan
from adplatforms.core.entity import Entity
from adplatforms.core.errors import ClientError, PartialResultWarning, warn
from adplatforms.core.expr import Condition
from adplatforms.core.messages import Request
from adplatforms.core.query import Query
from adplatforms.core.relations import Relation
from adplatforms.core.state import EntityState

from .calls import Calls, with_document
from .errors import RejectedFieldError, ResourceLimitError
from .graphql import plan as graphql
from .graphql import write as mutations
from .graphql.read import FamilyReading, Reading
from .graphql.reader import GraphQLReader
from .graphql.refused import Dropped, Names
from .graphql.selection import Selection
from .known import ROOTS
from .limits import MAX_IN_FLIGHT
from .model import model_of
from .reader import TTDReader
from .rest import endpoints
from .rest import plan as rest
from .rest import write as rest_writing
from .scope import Terms, resolved
from .servers import Servers
from .workflows import write as workflows

__all__ = ["TTDDialect"]

Row = dict[str, Any]


class TTDDialect(Dialect):
    """What queries and writes are as requests of The Trade Desk.

    route: how entities are read, see `servers.ROUTES`; an entity that only one surface has is read by that one.
    drop_unknown: go on without fields that the GraphQL server refuses, instead of raising the error. strict: REST
    refuses properties that it does not know, instead of ignoring them.
    """

    platform = "The Trade Desk"
    capabilities = Capabilities(
        max_page=1000,
        prefetch=MAX_IN_FLIGHT,
        total=True,
        delete=True,
        archive=True,
        options=("validate_only", "ad_groups"),
    )

    too_large = (*Dialect.too_large, ResourceLimitError)

    def __init__(
        self, servers: Servers, route: str = "graphql", drop_unknown: bool = True, strict: bool = False
    ) -> None:
        self.servers, self.route, self.drop_unknown, self.strict = servers, route, drop_unknown, strict
        self.calls = Calls(servers, route.endswith("-direct"))
        self.refused = Dropped()

    # reading

    @property
    def dropped(self) -> Names:
        """What is left out because the server refused it: the names of class and field."""
        return self.refused.names

    def reads_rest(self, model: type[Entity]) -> bool:
        """Whether REST reads a class: where the route says so, or nothing else does."""
        surface = model_of(model).only_surface or self.route
        return surface.startswith("rest") and endpoints.has(model)

    def reads_one_by_rest(self, model: type[Entity]) -> bool:
        """Whether REST reads a record of a class by its id."""
        return rest.reads_one(model)

    def reads_rest_only(self, model: type[Entity]) -> bool:
        """Whether GraphQL does not read a class."""
        return model_of(model).only_surface == "rest" or model.__name__ not in ROOTS

    def plan(self, query: Query[Any]) -> Plan:
        """Reads by the route, or by the only surface that has the class, its parent or a field that is compared.

        Raises a `ClientError` for what neither can do, and the server's refusal where the query needs a field that the
        session leaves out.
        """
        terms = resolved(query)
        if self._plans_rest(query.model, terms):
            return rest.plan(query, terms, self.calls)
        plan = graphql.plan(query, terms, self.calls, self.dropped)
        self._check_query(query, plan.here)
        return plan

    def _plans_rest(self, model: type[Entity], terms: Terms) -> bool:
        """Whether REST answers a query."""
        by_graphql = graphql.answers(model, terms)
        if by_graphql is None:
            return self.reads_rest(model) or (model_of(model).prefers_rest and rest.lists(model, terms))
        return not by_graphql and endpoints.has(model)

    def _check_query(self, query: Query[Any], here: Iterable[Condition]) -> None:
        """Raises the refusal of a field that is compared here or sorted by."""
        # A field that is left out reads as not loaded: every row would be filtered away, without a word.
        self.check_refused(query.model, [condition.field.name for condition in here], "a condition on")
        self.check_refused(query.model, [order.field.name for order in query.order], "the order on")

    def plan_one(self, query: Query[Any], entity_id: Any) -> Request | None:
        """Reads by the route, or by the only surface that has the class."""
        if self.reads_rest(query.model) or model_of(query.model).prefers_rest:
            return rest.plan_one(query, entity_id, self.calls)
        return graphql.plan_one(query, entity_id, self.calls, self.dropped)

    def smaller(self, request: Request) -> list[Request]:
        """Pages of half the size, where the answer is a page that is not small already."""
        reader = request.reader
        if not isinstance(reader, TTDReader):
            return []
        return reader.smaller(request)

    def scope(
        self, target: type[Entity], row: Mapping[str, Any], relation: Relation[Any] | None = None
    ) -> Mapping[str, Any]:
        """What is listed inside its parent only is looked for inside the parent that the row names.

        Nothing for a class that can be read by ids: see `Dialect.scope`.
        """
        if target.__name__ in ROOTS or rest.reads_one(target) or (relation is not None and relation.many):
            return {}
        for parent in target.__model__.parents:
            if parent.by and row.get(parent.by_wire) is not None:
                return {parent.name: row[parent.by_wire]}
        return {}

    def bulk(self, query: Query[Any]) -> Reading | FamilyReading:
        """What reads the result of a bulk job, ``{"data": ...}``, with the document that the job runs.

        Raises a `ClientError` where GraphQL does not have the class, or the query takes several lists.
        """
        if self.reads_rest(query.model):
            raise ClientError(f"a bulk job reads by GraphQL, which does not have {query.model.collection}")
        reading, here = graphql.bulk(query, resolved(query), self.dropped)
        self._check_query(query, here)
        return reading

    def at(self, servers: Servers, route: str) -> TTDDialect:
        """The same dialect on other servers, or by another route."""
        other = TTDDialect(servers, route, self.drop_unknown, self.strict)
        # Other servers may know fields that these refuse.
        if servers == self.servers:
            other.refused = self.refused
        return other

    def drop(self, error: RejectedFieldError, selection: Selection) -> bool:
        """Leaves out what the server refused from now on, with one warning for each field.

        False where going on without is not possible: it is not wanted, nothing that was asked for is named, or the
        query needs what is refused; the error says so then.
        """
        needed = [selection.needed[name] for name in error.rejected if name in selection.needed]
        if needed:
            error.hint = f"it cannot be left out: {needed[0]} needs it"
        if needed or not self.drop_unknown or not error.rejected:
            return False
        # Nothing is new where another thread was refused the same fields meanwhile.
        new = self.refused.add(error.rejected, str(error.message))
        if new:
            named = ", ".join(f"{model}.{name}" for model, name in sorted(new))
            warn(f"The Trade Desk refuses {named}: the session goes on without", PartialResultWarning)
        return True

    def again(self, request: Request, error: RejectedFieldError) -> Request | None:
        """The same request without the fields that the server refused; None where it cannot go without them.

        A mutation is sent again only where the server executed nothing of it.
        """
        reader = request.reader
        if not isinstance(reader, GraphQLReader) or (request.writes and not error.unexecuted):
            return None
        if not self.drop(error, reader.selection):
            return None
        smaller = reader.leaving(self.dropped)
        # Without a change the server would refuse the same again, for ever.
        if smaller.document.text == reader.document.text:
            return None
        return with_document(request, smaller)

    def check_refused(self, model: type[Entity], names: Iterable[str], what: str) -> None:
        """Raises the server's refusal where one of these fields is left out.

        names: Python names. what: what needs the field, for the message: "a condition on".
        """
        for name in names:
            message = self.refused.messages.get((model.__name__, name))
            if message is not None:
                hint = f"it cannot be left out: {what} {name} needs it"
                raise RejectedFieldError(message, hint=hint, rejected=((model.__name__, name),))

    # writing

    def write(self, entity: Entity, values: Mapping[str, Any], **options: Any) -> Request:
        """Campaigns and ad groups are saved by Workflows, seeds and new flights by GraphQL, all else by REST.

        options: those of `workflows.write`, for campaigns and ad groups only. Raises a `ClientError` for other ones,
        and for what the surface cannot save.
        """
        model = type(entity)
        if model.__model__.type in workflows.TYPES:
            return workflows.write(entity, values, **options)
        if options:
            raise ClientError(f"{', '.join(options)}: only for campaigns and ad groups")
        # Flights that exist go by REST: the facts show its input, and none of `campaignFlightUpdate`.
        new_flight = model.__name__ == "CampaignFlight" and EntityState(entity).is_new
        if model.__name__ == "Seed" or new_flight:
            return mutations.write(entity, values, self.calls, self.dropped)
        return rest_writing.write(entity, values, self.calls, self.strict)

    def adding(self, request: Request, extra: Mapping[str, Any]) -> Request:
        """Undeclared values are not sent: `ttd.rest` and `ttd.graphql` send anything."""
        raise ClientError(
            "The Trade Desk takes declared fields only",
            hint=f"ttd.rest(...) or ttd.graphql(...) sends {', '.join(extra)}",
        )

    def archive(self, entity: Entity, **options: Any) -> tuple[Request, dict[str, Any]]:
        """Campaigns and ad groups by Workflows (``force=``), for ever; others by REST, where they have an availability.

        Raises a `ClientError` for options that the surface does not have.
        """
        if entity.__model__.type in workflows.TYPES:
            wrong = [name for name in options if name != "force"]
            if wrong:
                raise ClientError(
                    f"archive takes no {', '.join(wrong)}", hint="The Trade Desk archives at once, or not"
                )
            return workflows.archive(entity, **options)
        if options:
            raise ClientError(f"{', '.join(options)}: only for campaigns and ad groups")
        return rest_writing.archive(entity, self.calls)

    def delete(self, entity: Entity) -> Request:
        """Bid lists and campaign flights, by REST; a `ClientError` for all others."""
        return rest_writing.delete(entity, self.calls)
