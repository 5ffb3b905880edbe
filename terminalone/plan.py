"""How a query becomes T1's requests. No I/O. Source: wire.md sections 3 and 5.

One `q` condition and one `limit` per call is what T1 takes. A condition that fits into neither is applied to the rows
here, and `explain()` says so; none is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any

from adplatforms.core.dialect import Plan
from adplatforms.core.errors import ClientError, PagingError, UnknownNameError, did_you_mean
from adplatforms.core.expr import Condition
from adplatforms.core.fields import DateTime
from adplatforms.core.messages import Pairs, Request
from adplatforms.core.moments import in_steps
from adplatforms.core.offsets import offsets
from adplatforms.core.paging import Page, Pager, chained, several
from adplatforms.core.query import Query, walk

from .passed_on import PassedOn, read_with_hints
from .read import CONTENT, LIST, ONE, T1Reader
from .routes import CHILDREN, service
from .scope import limit_params, limit_path, nested_path, record_id, relation_compared
from .ties import with_ties

__all__ = ["MAX_PAGE", "Planner", "smaller_pages"]

MAX_PAGE = 100
"""Rows a call brings at most. Source: wire.md section 5."""

_SMALLEST_PAGE = 25
_OPERATORS = {"==": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">=", "~": "=:"}
_PREFERRED = {"==": 2, "~": 2}
"""How well a condition uses up the only `q`, by operator: small is better; others come after these."""


@dataclass(slots=True)
class _Filters:
    """Who filters what of a query: `path` and `params` are what the server gets, `pushed` the conditions in them,
    `here` those that are left. `batches`: a list of ids in portions of a page, as `q` has them; None without one."""

    path: str = ""
    params: list[tuple[str, str]] = field(default_factory=list)
    pushed: list[Condition] = field(default_factory=list)
    here: list[Condition] = field(default_factory=list)
    batches: list[str] | None = None


class Planner:
    """Plans reading requests. accept: the header that chooses JSON or XML. prefetch: calls under way at once."""

    def __init__(self, accept: Mapping[str, str], prefetch: int) -> None:
        self.accept, self.prefetch = accept, prefetch

    def listing(self, query: Query[Any]) -> Plan:
        """The pages of a collection, and who filters what.

        Conditions go into the path's limit and into `q` as far as they fit; the others are compared here. A list of ids
        longer than a page is asked for in portions. Raises `ClientError` for what T1 cannot do, with the cure.
        """
        parent = query.model.__model__.nested_in
        if parent:
            return self._nested(query, parent)
        size = query.size or MAX_PAGE
        filters = _filters(query, size)
        full, notes = _full(query, filters.here)
        if query.most is not None and not filters.here:
            size = max(1, min(size, query.most))
        params = [("page_limit", str(size)), ("sort_by", _sort(query)), *filters.params, *_related(query), *full]
        # Always with page_limit and sort_by, as the classic SDK sends them: without, T1's own defaults apply.
        first = self._request(service(query.model.collection) + filters.path, params, query)
        common: dict[str, Any] = {
            "page_size": size,
            "ahead": min(query.ahead or self.prefetch, self.prefetch),
            "pushed": tuple(filters.pushed),
            "local": tuple(filters.here),
            "notes": notes,
        }
        # One portion is a listing like any other, which can be sorted and resumed.
        if filters.batches is not None and len(filters.batches) != 1:
            return _batches(query, first, filters.batches, common)

        def at(offset: int) -> Request:
            """The page from an offset on."""
            return first.adding(("page_offset", str(offset)))

        # Where rows are filtered here, nobody knows at which offset the first wanted or the last one is.
        start, end = query.start, query.most
        if filters.here:
            start, end = 0, None
        skip_here = query.start - start
        if query.token:
            start, skip_here = _offset(query.token), 0
        most_calls = None
        if filters.batches:
            most_calls = 1
        elif end is not None:
            most_calls = -(-end // size)

        def pages() -> Pager:
            """The pager; where records may be equal in what they are sorted by, the one that counts."""
            if not _has_ties(query):
                return offsets(at, size, start, end)

            def by_ids(ids: list[Any]) -> Iterator[Request]:
                for portion in _id_batches(ids, size):
                    yield replace(first, params=_replaced(first.params, "q", portion))

            return with_ties(at, _short(first), by_ids, size, start, end)

        return Plan(
            at(start),
            pages,
            skip_here=skip_here,
            # As the classic SDK counts: one row, and the total with it (wire.md section 3, get_all).
            count=partial(self._request, first.path, [("page_limit", "1"), *filters.params], query),
            most_calls=most_calls,
            **common,
        )

    def one(self, query: Query[Any], entity_id: Any) -> Request:
        """The request for one record by its id: ``GET campaigns/7``. It is always complete.

        entity_id: an id or an entity of the query's class. The query's includes, `full` and extra parameters go along,
        and its scope: T1 takes nothing else here.
        """
        model = query.model
        # Sort, page, parent and q are not for a single record: T1 takes with, full and others only (wire.md section 3).
        own_id = record_id(model, entity_id)
        if model.__model__.nested_in:
            path = f"{nested_path(query, model.__model__.nested_in)}/{own_id}"
        else:
            limits = [limit_path(model, name, value) for name, value in query.scope]
            path = f"{service(model.collection)}/{own_id}{''.join(limits)}"
        full, _ = _full(query, ())
        return self._request(path, [*_related(query), *full], query, ONE)

    def child(self, query: Query[Any], entity_id: Any, child: str) -> Plan:
        """The listing of a child collection of one record: ``GET strategies/7/target_dimensions/4?full=*``.

        entity_id: an id or an entity of the query's class. child: a key of `routes.CHILDREN`, in any case. Raises
        `UnknownNameError` for another.
        """
        name = child.lower() if isinstance(child, str) else ""
        if name not in CHILDREN:
            raise UnknownNameError(f"T1 has no child collection {child!r}", hint=did_you_mean(child, CHILDREN))
        path, dimension = CHILDREN[name]
        url = f"{service(query.model.collection)}/{record_id(query.model, entity_id)}/{path}"
        if dimension is not None:
            url += f"/{dimension}"
        return self.rows(query, url)

    def rows(self, query: Query[Any], url: str) -> Plan:
        """All complete records below a URL.

        The first call carries no paging, as T1 expects; where more rows follow, the next ones name their offset. Raises
        `PagingError` where T1 sends the same rows again before all have come.
        """
        first = self._request(url, [*_related(query), ("full", "*")], query, CONTENT)
        seen: set[Any] = set()

        def follow(page: Page) -> Request | None:
            """The request for what comes after a page; None after the last one."""
            fresh = {row.get("id") for row in page.rows} - seen
            seen.update(fresh)
            if page.total is not None and len(seen) >= page.total:
                return None
            # Children come without a total, or with one of 0 (wire.md section 7): then a short page ends them.
            if page.total is None and (len(page.rows) < MAX_PAGE or not fresh):
                return None
            if not fresh:
                raise PagingError(
                    f"{url} brought {len(seen):,} of {page.total:,} rows, then the same ones again",
                    hint="other_params may name what T1 needs to go on",
                )
            return first.adding(("page_limit", str(MAX_PAGE)), ("page_offset", str(len(seen))))

        return Plan(first, lambda: chained(first, follow), MAX_PAGE)

    def _nested(self, query: Query[Any], parent: str) -> Plan:
        """Budget flights exist under their campaign only; all conditions but that on the campaign apply here."""
        plan = self.rows(query, nested_path(query, parent))
        if query.order or query.start or query.token:
            message = f"T1 does not sort, skip or resume {query.model.collection}"
            raise ClientError(message, hint="use sorted() and slices")
        by = query.model.__model__.relations[parent].by
        pushed = tuple(c for c in query.conditions if c.field.name == by and c.op == "==")
        here = tuple(c for c in query.conditions if c not in pushed)
        return Plan(plan.first, plan.pager, plan.page_size, pushed=pushed, local=here)

    def _request(
        self, path: str, params: Iterable[tuple[str, str]], query: Query[Any], reader: T1Reader = LIST
    ) -> Request:
        """A reading request. query: its extra parameters, the caller's own, replace ours. reader: what reads the
        answer."""
        extra = query.extra
        # other_params come last and replace ours (wire.md section 3).
        overridden = {name for name, _ in extra}
        ours = [(name, value) for name, value in params if name not in overridden]
        return Request("GET", path, (*ours, *extra), headers=self.accept, reader=read_with_hints(reader, query))


def smaller_pages(request: Request) -> list[Request]:
    """A page of more than 25 rows as two halves, for a server that fails on it; empty for any other request."""
    params = dict(request.params)
    size, offset = int(params.get("page_limit", 0)), int(params.get("page_offset", 0))
    if request.method != "GET" or size <= _SMALLEST_PAGE:
        return []
    half = size // 2
    halves = []
    # The second half takes what an odd size leaves over, or its last row would be lost.
    for start, rows in ((offset, half), (offset + half, size - half)):
        limited = _replaced(request.params, "page_limit", str(rows))
        halves.append(replace(request, params=_replaced(limited, "page_offset", str(start))))
    return halves


def _batches(query: Query[Any], first: Request, batches: list[str], common: dict[str, Any]) -> Plan:
    """A list of ids longer than a page: one call a page. An empty list: no call at all."""
    sorted_otherwise = any(order.field.name != "id" or order.descending for order in query.order)
    if batches and (query.start or query.token or sorted_otherwise):
        raise ClientError("T1 neither sorts nor skips more ids than a page holds", hint="use sorted() and slices")
    requests = [replace(first, params=_replaced(first.params, "q", batch)) for batch in batches]
    return Plan(first, lambda: several(*requests), most_calls=len(requests), **common)


def _filters(query: Query[Any], size: int) -> _Filters:
    """What of a query fits into the path's limit and into `q`. Lists of ids go in portions of a page of `size`."""
    filters = _Filters(params=limit_params(query))
    scopes = []
    if not filters.params:
        scopes = [limit_path(query.model, name, value) for name, value in query.scope]
    # The path has one /limit/, and a second one is not in any source.
    if len(scopes) > 1:
        raise ClientError("T1 takes one limit per call", hint="put the others into where(), or walk from the parent")
    q: str | None = None
    q_is_free = all(name != "q" for name, _ in query.extra)
    # The best condition first: one takes the path, one takes q, the rest is compared here.
    for condition in sorted(query.conditions, key=_preference):
        relation = relation_compared(query.model, condition)
        if relation and not scopes:
            scopes.append(limit_path(query.model, relation, condition.value))
        elif _holds_for_none(condition):
            filters.batches, q = [], "()"
        elif q_is_free and condition.op == "in" and condition.field.name == "id":
            filters.batches = _id_batches(condition.value, size)
            q = filters.batches[0]
        elif q_is_free and _fits_q(condition):
            q = _q(condition)
        else:
            filters.here.append(condition)
            continue
        filters.pushed.append(condition)
        q_is_free = q_is_free and q is None
    filters.path = "".join(scopes)
    if q is not None:
        filters.params.append(("q", q))
    return filters


def _id_batches(values: Iterable[Any], size: int) -> list[str]:
    """Ids in portions of a page, as `q` has them: ``(7,9)``. More than a page of them go by their size, so that each
    page's rows come in order."""
    ids = list(dict.fromkeys(values))
    if len(ids) > size:
        ids.sort()
    portions = (ids[start : start + size] for start in range(0, len(ids), size))
    return ["(" + ",".join(map(str, portion)) + ")" for portion in portions]


def _as_sent(condition: Condition) -> Condition:
    """The condition in the form that T1 can be asked: times in `q` are whole seconds. Itself where there is none."""
    field, moment = condition.field, condition.value
    if not isinstance(field, DateTime) or not isinstance(moment, datetime):
        return condition
    comparison = in_steps(condition.op, moment, field.step)
    if comparison is None:
        return condition
    return Condition(field, *comparison)


def _holds_for_none(condition: Condition) -> bool:
    """Whether no record fulfils a condition: one of an empty list, or equal to a moment between two seconds."""
    sent = _as_sent(condition)
    return sent.op == "in" and not sent.value


def _fits_q(condition: Condition) -> bool:
    """Whether `q` can say exactly what a condition does: lists have a form of their own."""
    sent = _as_sent(condition)
    if sent.op == "in" or sent.op not in sent.field.filters:
        return False
    if sent.op == "~" or sent.value is None:
        return True
    written = sent.field.dump(sent.value)
    return bool(sent.field.load(written) == sent.value)


def _q(condition: Condition) -> str:
    """A condition as T1 writes it: ``status==1``, ``name=:*spring*``, ``keywords:!null``."""
    sent = _as_sent(condition)
    wire, value = sent.field.wire, sent.value
    if sent.op == "null":
        return f"{wire}:null"
    if sent.op == "!null":
        return f"{wire}:!null"
    # A pattern is text with wildcards, whatever the type of the field.
    if sent.op != "~":
        value = sent.field.dump(value)
    return f"{wire}{_OPERATORS[sent.op]}{value}"


def _preference(condition: Condition) -> int:
    """Which condition takes the only `q`: a list of ids, another condition on ids, an equality or a pattern, the
    rest."""
    if condition.field.name == "id":
        return int(condition.op != "in")
    return _PREFERRED.get(condition.op, 3)


def _full(query: Query[Any], here: Iterable[Condition]) -> tuple[list[tuple[str, str]], tuple[str, ...]]:
    """The `full` parameter and what a user should know about it. The model's own type is added where a condition on
    a field that short records lack is evaluated here."""
    model, types = query.model, list(query.full_types)
    links = [chain[:length] for chain in query.includes for length in range(1, len(chain) + 1)]
    known = {model.__model__.type, *(walk(model, link).__model__.type for link in links)}
    for name in types:
        if isinstance(name, PassedOn):
            continue
        if name != "*" and name not in known and name not in model.__model__.registry.types:
            raise UnknownNameError(f"full={name!r} is not a type of record", hint=did_you_mean(name, known))
    notes: tuple[str, ...] = ()
    # Short records lack all fields but two, so a comparison here would drop every row.
    unseen = [condition.field.name for condition in here if condition.field.name not in model.__model__.listed_fields]
    if unseen and "*" not in types and model.__model__.type not in types:
        types.append(model.__model__.type)
        compared = ", ".join(dict.fromkeys(unseen))
        notes = (f"complete records are asked for, because {compared} is compared here",)
    if not types:
        return [], notes
    if "*" in types:
        types = ["*"]
    return [("full", ",".join(dict.fromkeys(types)))], notes


def _related(query: Query[Any]) -> list[tuple[str, str]]:
    """The `with` parameters: one for each chain of relations."""
    params = []
    for chain in dict.fromkeys(query.includes):
        model, keys = query.model, []
        for name in chain:
            relation = model.__model__.relations.get(name)
            keys.append(name if relation is None else relation.key)
            model = walk(model, [name])
        params.append(("with", ",".join(keys)))
    return params


def _sort(query: Query[Any]) -> str:
    """The `sort_by` parameter, as it is asked for; the id where nothing is."""
    keys = []
    for order in query.order:
        sign = "-" if order.descending else ""
        keys.append(sign + order.field.wire)
    return ",".join(keys) or "id"


def _short(first: Request) -> Callable[[int], Request]:
    """The pages of a listing as short rows in the order of their ids, by offset."""
    params = _replaced(tuple(pair for pair in first.params if pair[0] not in ("full", "with")), "sort_by", "id")

    def at(offset: int) -> Request:
        return replace(first, params=params).adding(("page_offset", str(offset)))

    return at


def _has_ties(query: Query[Any]) -> bool:
    """Whether records may be equal in what they are sorted by."""
    return bool(query.order) and not any(order.field.name == "id" for order in query.order)


def _offset(token: str) -> int:
    """Where a listing is resumed."""
    if not token.isdecimal():
        raise ClientError(f"{token!r} is not a token of a T1 listing", hint="page.token, of query.pages()")
    return int(token)


def _replaced(params: Pairs, name: str, value: str) -> Pairs:
    """The parameters with one replaced, or added where it is missing: lists of ids carry no offset."""
    if name not in dict(params):
        return (*params, (name, value))
    return tuple((key, value if key == name else old) for key, old in params)
