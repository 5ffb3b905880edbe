"""Pinterest's wire: queries and writes to requests, answers to rows and errors. No I/O. Source: wire.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from adplatforms.core.dialect import Batch, Capabilities, Dialect, Plan, Quota
from adplatforms.core.entity import Entity
from adplatforms.core.errors import APIError, ClientError, NotFoundError
from adplatforms.core.messages import Answer, Request
from adplatforms.core.paging import Page, Pager, chained, in_turn, several, side_by_side
from adplatforms.core.query import Query
from adplatforms.core.relations import Relation

from . import identity, outcomes, read, success, write
from .base import PinterestEntity
from .description import OPERATIONS, Operation
from .plan import MAX_PAGE, Ask, Listing, listing
from .scope import limits_of, missing, refusal, remembered

__all__ = ["PinterestDialect"]

SMALLEST_PAGE = 25
_FROM_START = "read it from its start"
AHEAD = 8
"""Calls under way at once where a listing is several independent ones."""


class PinterestDialect(Dialect):
    """Pinterest API v5, description 5.23.0."""

    platform = "Pinterest"
    capabilities = Capabilities(max_page=MAX_PAGE, prefetch=AHEAD, delete=True, archive=True, max_batch=write.MAX_BATCH)

    # reading

    def plan(self, query: Query[Any]) -> Plan:
        """The list operation with everything that it can filter; where it cannot look up ids, one GET for each."""
        found = listing(query)
        if query.token and (found is None or not found.paged):
            raise ClientError(f"{query.model.collection} are not read in pages, so not resumed", hint=_FROM_START)
        by_id, get = _ids(query), query.model._routes.get
        if by_id is not None and get and not (found and found.by_id) and limits_of(query, OPERATIONS[get]) is not None:
            return self._plan_ids(query, by_id)
        if found is None:
            return self._plan_only(query)
        return self._plan_list(query, found)

    def _plan_list(self, query: Query[Any], found: Listing) -> Plan:
        requests = found.requests
        common: dict[str, Any] = {
            "page_size": found.size,
            "pushed": tuple(found.pushed),
            "rechecked": tuple(found.rechecked),
            "local": tuple(found.local),
            "notes": tuple(found.notes),
            "skip_here": query.start,
            "chains": len(requests),
        }
        if len(requests) > 1:
            told = " and ".join(found.parts)
            common["notes"] += (f"{len(requests)} listings, for {told} come in parts",)
        if query.token:
            if len(requests) != 1:
                raise ClientError("a listing of several calls is not resumed", hint=_FROM_START)
            requests = [requests[0].adding(("bookmark", query.token))]
        if not requests:
            path = found.operation.path[1:]
            return Plan(Request(found.operation.method, path), several, most_calls=0, **common)
        first, width = requests[0], _ahead(query, len(requests))
        if not found.paged:
            common["most_calls"] = len(requests)
            return Plan(first, lambda: several(*requests), ahead=width, **common)
        if len(requests) == 1:
            return Plan(first, lambda: _chain(first), ahead=min(query.ahead or 1, 2), **common)
        if query.order:
            return Plan(first, lambda: in_turn(*map(_chain, requests)), **common)
        return Plan(first, lambda: side_by_side(requests, _following), ahead=width, **common)

    def _plan_ids(self, query: Query[Any], ids: Sequence[str]) -> Plan:
        """One GET for each id, several under way; an id that is not there is no row."""
        if query.token:
            raise ClientError(f"{query.model.collection} are read one by one, not resumed", hint=_FROM_START)
        if query.order:
            raise ClientError(
                f"Pinterest reads {query.model.collection} one by one, unsorted", hint="sorted(query, key=...)"
            )
        requests = [self._get(query, each, may_lack=True) for each in ids]
        own = [condition for condition in query.conditions if condition.field.name == "id"][:1]
        return Plan(
            requests[0] if requests else Request("GET", OPERATIONS[query.model._routes.get].path[1:]),
            lambda: several(*requests),
            1,
            ahead=_ahead(query, len(requests)),
            pushed=tuple(own),
            local=tuple(condition for condition in query.conditions if condition not in own),
            notes=("Pinterest looks up no lists of ids here: one call each",) if len(ids) > 1 else (),
            skip_here=query.start,
            most_calls=len(requests),
        )

    def _plan_only(self, query: Query[Any]) -> Plan:
        """What there is one of, such as the user account; what is read by its id alone is refused with the cure."""
        model: type[PinterestEntity] = query.model
        operation = OPERATIONS[model._routes.get] if model._routes.get else None
        if operation is None or _identity(model, operation):
            cure = f"get it by its id: get({model.collection!r}, id)" if operation else "it is written only"
            raise ClientError(f"Pinterest does not list {model.collection}", hint=cure)
        request = self._get(query, None)
        local = tuple(query.conditions)
        return Plan(request, lambda: several(request), 1, local=local, skip_here=query.start, most_calls=1)

    def plan_one(self, query: Query[Any], entity_id: Any) -> Request | None:
        """``GET campaigns/7``; None for resources that are listed only, or of which there is one."""
        model: type[PinterestEntity] = query.model
        if not model._routes.get or not _identity(model, OPERATIONS[model._routes.get]):
            return None
        return self._get(query, model._fields["id"].check(entity_id, model.__name__))

    def _get(self, query: Query[Any], entity_id: Any, may_lack: bool = False) -> Request:
        """The GET of one record; `entity_id` None where there is one only."""
        model: type[PinterestEntity] = query.model
        operation = OPERATIONS[model._routes.get]
        limits = limits_of(query, operation)
        if limits is None:
            raise refusal(query, [operation])
        for condition in query.conditions:  # where(ad_account_id=...) names the parent as well as limit= does
            field = condition.field
            if condition.op == "==" and operation.params.get(field.param) and field.name != "id":
                limits.setdefault(field.param, condition.value)
        own = _identity(model, operation)
        if own:
            limits[own] = entity_id
        if missing(query, operation, limits):
            raise refusal(query, [operation])
        known = remembered(model, operation, limits)
        if own:
            known["id"] = known[model._id_key] = str(entity_id)
        ask = Ask(model, known, operation, may_lack, str(entity_id) if own else None)
        return model._request(operation, limits, subject=ask)

    def scope(
        self, target: type[Entity], row: Mapping[str, Any], relation: Relation[Any] | None = None
    ) -> Mapping[str, Any]:
        """The parents that a listing of related records needs and this row knows, and the account it was read for."""
        assert issubclass(target, PinterestEntity)
        found: dict[str, Any] = {}
        routes = [*target._routes.list[:1], *([target._routes.get] if target._routes.get else [])]
        if relation is not None and relation.many and target._fields.get(relation.by):
            param = target._fields[relation.by].param
            routes += [name for name in target._routes.list if param in OPERATIONS[name].path_params]
        for name in routes:
            operation = OPERATIONS[name]
            own = _identity(target, operation) if name == target._routes.get else ""
            for needed in operation.params.values():
                key = "act_as" if needed.name == "ad_account_id" and needed.place == "query" else needed.name
                parent = needed.place == "path" or key == "act_as"
                if parent and needed.name != own and key in target._fields and row.get(key) not in (None, ""):
                    found[needed.name] = row[key]
        return found

    def smaller(self, request: Request) -> list[Request]:
        """The same page with half the rows; its bookmark goes on from there."""
        size = dict(request.params).get("page_size")
        if size is None or int(size) <= SMALLEST_PAGE:
            return []
        half = tuple((name, str(int(size) // 2) if name == "page_size" else value) for name, value in request.params)
        return [replace(request, params=half)]

    # answers

    def page(self, answer: Answer) -> Page:
        """The rows of an answer, each with the parents it was asked under. A `ParserException` where it is no page, or
        about other records than those that were asked for."""
        ask = answer.request.subject
        assert isinstance(ask, Ask)
        try:
            told = success.told(answer, ask.operation)
        except NotFoundError:
            if not ask.may_lack:
                raise
            return Page([])
        rows, bookmark = read.rows(told, ask.operation.answer)
        problem = identity.foreign(rows, ask.model, ask.known, ask.id)
        if problem:
            raise success.unreadable(answer, problem)
        size = {name: value for name, value in answer.request.params if name == "page_size"}
        return Page(ask.model._page(rows, ask.known), next=bookmark, extra=size)

    def saved(self, answer: Answer) -> dict[str, Any] | None:
        """The record that a write answers with; raises the exception of the one item."""
        outcome = self.outcomes(answer)[0]
        if isinstance(outcome, APIError):
            raise outcome
        return outcome

    def outcomes(self, answer: Answer) -> list[dict[str, Any] | APIError | None]:
        """What became of each item of a batch: failures come with status 200."""
        return outcomes.outcomes(answer)

    def quota(self, answer: Answer) -> Quota | None:
        """The category's limit, calls left and seconds until it starts anew."""
        return read.quota(answer)

    # writing

    def write(self, entity: Entity, values: Mapping[str, Any]) -> Request:
        """One record, as a batch of one where Pinterest takes batches."""
        assert isinstance(entity, PinterestEntity)
        return write.request([write.draft(entity, values)])

    def batches(self, writes: Sequence[tuple[Entity, Mapping[str, Any]]]) -> list[Batch]:
        """Records of one resource, parent and kind of write, up to 30 a call."""
        return write.batches(writes)

    def adding(self, request: Request, extra: Mapping[str, Any]) -> Request:
        """Undeclared members, by Pinterest's own names; they replace what the record itself would send."""
        return write.adding(request, extra)

    def archive(self, entity: Entity, **options: Any) -> tuple[Request, dict[str, Any]]:
        """The update that retires a record: ``status: ARCHIVED``, ``archived: true`` or ``operation_type: REMOVE``."""
        assert isinstance(entity, PinterestEntity)
        if not entity._retired:
            return super().archive(entity, **options)
        if options:
            raise ClientError(f"archive takes no {', '.join(options)} on Pinterest")
        after = {name: value for name, value in entity._retired.items() if name != "operation_type"}
        return write.request([write.draft(entity, entity._retired)]), after

    def delete(self, entity: Entity) -> Request:
        """DELETE, with a body for the bindings of Business Access; what has none can be archived, if anything."""
        assert isinstance(entity, PinterestEntity)
        if not entity._routes.delete:
            cure = "archive() it" if entity._retired else "Pinterest keeps them"
            raise ClientError(f"Pinterest cannot delete {entity._label()}", hint=cure)
        return write.deletion(entity)


def _chain(first: Request) -> Pager:
    """One listing, by bookmark."""
    return chained(first, lambda page: _next(first, page))


def _following(request: Request, page: Page) -> list[Request]:
    """The call of the page that follows, as a list: empty after the last page."""
    following = _next(request, page)
    return [] if following is None else [following]


def _next(request: Request, page: Page) -> Request | None:
    """The same call at the page's bookmark, with the size that the page was read with; None after the last page."""
    if not page.next:
        return None
    kept = tuple((name, page.extra.get(name, value)) for name, value in request.params if name != "bookmark")
    return replace(request, params=(*kept, ("bookmark", page.next)))


def _ahead(query: Query[Any], requests: int) -> int:
    return max(1, min(query.ahead or AHEAD, AHEAD, requests))


def _ids(query: Query[Any]) -> list[str] | None:
    """The ids that a query looks up, None where it looks up none."""
    for condition in query.conditions:
        if condition.field.name == "id" and condition.op in ("==", "in"):
            return list(dict.fromkeys([condition.value] if condition.op == "==" else condition.value))
    return None


def _identity(model: type[PinterestEntity], operation: Operation) -> str:
    """The parameter of a GET that names the record; empty where there is one record only."""
    if model._id_key in operation.params:
        return model._id_key
    own = [name for name in operation.path_params if name not in model._fields or name == "id"]
    return own[-1] if own else ""
