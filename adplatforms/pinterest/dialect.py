"""Pinterest's wire: queries and writes to requests, answers to rows and errors. No I/O. Source: wire.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from adplatforms.core.dialect import Batch, Capabilities, Dialect, Plan, Quota
from adplatforms.core.entity import Entity
from adplatforms.core.errors import ClientError
from adplatforms.core.messages import Answer, Request
from adplatforms.core.paging import Page, Pager, chained, in_turn, several, side_by_side
from adplatforms.core.query import Query
from adplatforms.core.relations import Relation
from adplatforms.core.state import EntityState

from . import limits, write
from .base import PinterestEntity
from .description import OPERATIONS
from .fields import param_of
from .model import PinterestModel
from .plan import MAX_PAGE, Listing, listing
from .read import RowReader
from .scope import limits_of, missing, refusal, remembered

__all__ = ["PinterestDialect"]

SMALLEST_PAGE = 25
"""A page is not halved below so many rows: a server that fails on these fails for another reason."""
AHEAD = 8
"""Calls under way at once where a listing is several independent ones."""

_FROM_START = "read it from its start"


class PinterestDialect(Dialect):
    """Pinterest API v5, description 5.23.0."""

    platform = "Pinterest"
    capabilities = Capabilities(max_page=MAX_PAGE, prefetch=AHEAD, delete=True, archive=True, max_batch=write.MAX_BATCH)

    # planning

    def plan(self, query: Query[Any]) -> Plan:
        """The list operation with everything that it can filter; where it cannot look up ids, one GET for each."""
        model: PinterestModel = query.model.__model__
        found = listing(query)
        if query.token and (found is None or not found.paged):
            raise ClientError(f"{model.collection} are not read in pages, so not resumed", hint=_FROM_START)
        ids = _looked_up(query)
        if ids is not None and not (found and found.by_id) and self._can_get(query):
            return self._plan_ids(query, ids)
        if found is None:
            return self._plan_only(query)
        return self._plan_list(query, found)

    def _plan_list(self, query: Query[Any], found: Listing) -> Plan:
        """One listing, or several that its conditions are parted into."""
        requests, notes = found.requests, list(found.notes)
        if len(requests) > 1:
            notes.append(f"{len(requests)} listings, for {' and '.join(found.parts)} come in parts")
        common: dict[str, Any] = {
            "page_size": found.size,
            "pushed": tuple(found.pushed),
            "rechecked": tuple(found.rechecked),
            "local": tuple(found.local),
            "notes": tuple(notes),
            "skip_here": query.start,
            "chains": len(requests),
        }
        if query.token:
            if len(requests) != 1:
                raise ClientError("a listing of several calls is not resumed", hint=_FROM_START)
            requests = [requests[0].adding(("bookmark", query.token))]
        if not requests:
            # A list of no ids: a plan wants a first request, which is never sent.
            never_sent = Request(found.operation.method, found.operation.path[1:])
            return Plan(never_sent, several, most_calls=0, **common)
        first, width = requests[0], _calls_ahead(query, len(requests))
        if not found.paged:
            return Plan(first, lambda: several(*requests), ahead=width, most_calls=len(requests), **common)
        if len(requests) == 1:
            # Each bookmark stands in the page before it, so reading further ahead than one page is not possible.
            return Plan(first, lambda: _chain(first), ahead=min(query.ahead or 1, 2), **common)
        if query.order:
            return Plan(first, lambda: in_turn(*map(_chain, requests)), **common)
        return Plan(first, lambda: side_by_side(requests, _following), ahead=width, **common)

    def _plan_ids(self, query: Query[Any], ids: Sequence[str]) -> Plan:
        """One GET for each id, several under way; an id that is not there is no row."""
        model: PinterestModel = query.model.__model__
        if query.token:
            raise ClientError(f"{model.collection} are read one by one, not resumed", hint=_FROM_START)
        if query.order:
            raise ClientError(f"Pinterest reads {model.collection} one by one, unsorted", hint="sorted(query, key=...)")
        scope = self._scope_of_get(query) if ids else {}
        requests = [self._get(model, scope, each, may_lack=True) for each in ids]
        first = Request("GET", OPERATIONS[model.routes.get].path[1:])
        if requests:
            first = requests[0]
        # A second condition on ids narrows the first one, so it stays here.
        own = [condition for condition in query.conditions if condition.field.name == "id"][:1]
        notes: tuple[str, ...] = ()
        if len(ids) > 1:
            notes = ("Pinterest looks up no lists of ids here: one call each",)
        return Plan(
            first,
            lambda: several(*requests),
            1,
            ahead=_calls_ahead(query, len(requests)),
            pushed=tuple(own),
            local=tuple(condition for condition in query.conditions if condition not in own),
            notes=notes,
            skip_here=query.start,
            most_calls=len(requests),
        )

    def _plan_only(self, query: Query[Any]) -> Plan:
        """What there is one of, such as the user account; what is read by its id alone is refused with the cure."""
        model: PinterestModel = query.model.__model__
        refused = f"Pinterest does not list {model.collection}"
        if not model.routes.get:
            raise ClientError(refused, hint="it is written only")
        if model.identity_param(OPERATIONS[model.routes.get]):
            raise ClientError(refused, hint=f"get it by its id: get({model.collection!r}, id)")
        request = self._get(model, self._scope_of_get(query))
        local = tuple(query.conditions)
        return Plan(request, lambda: several(request), 1, local=local, skip_here=query.start, most_calls=1)

    def plan_one(self, query: Query[Any], entity_id: Any) -> Request | None:
        """``GET campaigns/7``; None for resources that are listed only, or of which there is one."""
        model: PinterestModel = query.model.__model__
        if not model.routes.get or not model.identity_param(OPERATIONS[model.routes.get]):
            return None
        return self._get(model, self._scope_of_get(query), model.fields["id"].check(entity_id, model.name))

    def _can_get(self, query: Query[Any]) -> bool:
        """Whether records are read one by one under this scope: the GET may not know all names in it."""
        get = query.model.__model__.routes.get
        return bool(get) and limits_of(query, OPERATIONS[get]) is not None

    def _scope_of_get(self, query: Query[Any]) -> dict[str, Any]:
        """What the GETs of a query have in common, by parameter; raises what says which parent is missing."""
        model: PinterestModel = query.model.__model__
        operation = OPERATIONS[model.routes.get]
        limits = limits_of(query, operation)
        if limits is None:
            raise refusal(query, [operation])
        for condition in query.conditions:
            field = condition.field
            if condition.op == "==" and param_of(field) in operation.params and field.name != "id":
                limits.setdefault(param_of(field), condition.value)  # where(ad_account_id=...) names a parent too
        own = model.identity_param(operation)
        if any(name != own for name in missing(query, operation, limits)):
            raise refusal(query, [operation])
        return limits

    def _get(
        self, model: PinterestModel, scope: Mapping[str, Any], entity_id: Any = None, may_lack: bool = False
    ) -> Request:
        """The GET of one record.

        scope: of `_scope_of_get`. entity_id: None where there is one record only. may_lack: a 404 is no row, and not an
        error.
        """
        operation = OPERATIONS[model.routes.get]
        params, own = dict(scope), model.identity_param(operation)
        if not own:
            known = remembered(model, operation, params)
            return model.request(operation, params, reader=RowReader(model, operation, known))
        params[own] = entity_id
        known = remembered(model, operation, params)
        known["id"] = known[model.key] = str(entity_id)
        reader = RowReader(model, operation, known, str(entity_id), may_lack)
        return model.request(operation, params, reader=reader)

    def scope(
        self, target: type[Entity], row: Mapping[str, Any], relation: Relation[Any] | None = None
    ) -> Mapping[str, Any]:
        """The parents that a listing of related records needs and this row knows, and the account it was read for."""
        model = target.__model__
        assert isinstance(model, PinterestModel)
        routes = [*model.routes.list[:1]]
        if model.routes.get:
            routes.append(model.routes.get)
        if relation is not None and relation.many and relation.by in model.fields:
            # A listing under another parent, such as the pins of a board, which the relation is about.
            param = param_of(model.fields[relation.by])
            routes += [name for name in model.routes.list if param in OPERATIONS[name].path_params]
        found: dict[str, Any] = {}
        for name in routes:
            operation = OPERATIONS[name]
            own = ""
            if name == model.routes.get:
                own = model.identity_param(operation)
            for needed in operation.params.values():
                wire = needed.name
                if wire == "ad_account_id" and needed.location == "query":
                    wire = "act_as"
                is_parent = needed.location == "path" or wire == "act_as"
                if is_parent and needed.name != own and wire in model.fields and row.get(wire) not in (None, ""):
                    found[needed.name] = row[wire]
        return found

    def smaller(self, request: Request) -> list[Request]:
        """The same page with half the rows; its bookmark goes on from there."""
        size = dict(request.params).get("page_size")
        if size is None or int(size) <= SMALLEST_PAGE:
            return []
        # The bookmark says where the page starts and not how long it is.
        half = str(int(size) // 2)
        params = tuple((name, half if name == "page_size" else value) for name, value in request.params)
        return [replace(request, params=params)]

    # answers: see `RowReader`, `WriteReader` and `DeletionReader`, which requests name

    def quota(self, answer: Answer) -> Quota | None:
        """The category's limit, calls left and seconds until it starts anew."""
        return limits.quota(answer)

    # writing

    def write(self, entity: Entity, values: Mapping[str, Any]) -> Request:
        """One record, as a batch of one where Pinterest takes batches."""
        assert isinstance(entity, PinterestEntity)
        return write.draft(entity, values).request

    def batches(self, writes: Sequence[tuple[Entity, Mapping[str, Any]]]) -> Iterable[Batch]:
        """Records of one resource, parent and kind of write, up to 30 a call."""
        return write.batches(writes)

    def write_extended(
        self, entity: Entity, values: Mapping[str, Any], extra: Mapping[str, Any], **options: Any
    ) -> Request:
        """`write` with undeclared members, by Pinterest's own names; they replace what the record itself would send."""
        assert isinstance(entity, PinterestEntity)
        return write.draft(entity, values, extra).request

    def archive(self, entity: Entity, **options: Any) -> tuple[Request, dict[str, Any]]:
        """The update that retires a record: ``status: ARCHIVED``, ``archived: true`` or ``operation_type: REMOVE``."""
        assert isinstance(entity, PinterestEntity)
        retired = entity.__model__.retired
        if not retired:
            return super().archive(entity, **options)
        if options:
            raise ClientError(f"archive takes no {', '.join(options)} on Pinterest")
        # `operation_type` is an order, not a field of the record: nothing is true of it afterwards.
        after = {name: value for name, value in retired.items() if name != "operation_type"}
        return write.draft(entity, retired).request, after

    def delete(self, entity: Entity) -> Request:
        """DELETE, with a body for the bindings of Business Access; what has none can be archived, if anything."""
        assert isinstance(entity, PinterestEntity)
        model = entity.__model__
        if not model.routes.delete:
            cure = "archive() it" if model.retired else "Pinterest keeps them"
            raise ClientError(f"Pinterest cannot delete {EntityState(entity).label}", hint=cure)
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
    # All filters stay as they are while a bookmark is followed (wire.md, section 4).
    others = tuple((name, page.extra.get(name, value)) for name, value in request.params if name != "bookmark")
    return replace(request, params=(*others, ("bookmark", page.next)))


def _calls_ahead(query: Query[Any], requests: int) -> int:
    """How many calls may be under way at once."""
    return max(1, min(query.ahead or AHEAD, AHEAD, requests))


def _looked_up(query: Query[Any]) -> list[str] | None:
    """The ids that a query looks up, each once; None where it looks up none."""
    for condition in query.conditions:
        if condition.field.name != "id":
            continue
        if condition.op == "==":
            return [condition.value]
        if condition.op == "in":
            return list(dict.fromkeys(condition.value))
    return None
