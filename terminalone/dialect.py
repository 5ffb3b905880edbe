"""T1's wire: queries and writes to requests, replies to pages and errors. No I/O. Source: wire.md sections 1 to 8."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

from adplatforms.core.dialect import Capabilities, Dialect, Plan
from adplatforms.core.entity import Entity
from adplatforms.core.errors import ClientError, InvalidValueError, PagingError, UnknownNameError, did_you_mean
from adplatforms.core.ids import id_of, with_ids
from adplatforms.core.messages import Answer, Pairs, Request, path_segment
from adplatforms.core.paging import Page, chained, offsets, several
from adplatforms.core.query import Query, parent_id, walk

from .expected import CONTENT, LIST, ONE, STATUS
from .forms import pairs
from .parsing import Reply
from .read import check
from .routes import CHILDREN, JSON, service

if TYPE_CHECKING:
    from adplatforms.core.expr import Condition

__all__ = ["JSON", "MAX_PAGE", "T1Dialect"]

MAX_PAGE = 100
_SMALLEST_PAGE = 25
_OPERATORS = {"==": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">=", "~": "=:"}


class T1Dialect(Dialect):
    """TerminalOne management API. `json`: ask for JSON (else the API answers XML; both are understood always)."""

    platform = "T1"
    capabilities = Capabilities(max_page=MAX_PAGE, prefetch=8, total=True, include=True, version_lock=True, delete=True)

    def __init__(self, json: bool = True) -> None:
        self.accept = {"Accept": JSON if json else "*/*"}

    # reading

    def plan(self, query: Query[Any]) -> Plan:
        """One `q` condition and one `limit` per call is what T1 takes; whatever is left over is filtered here."""
        parent = query.model._nested_in
        if parent:
            return self._plan_nested(query, parent)
        size = query.size or MAX_PAGE
        scope, q, pushed, here, batches = self._push(query, size)
        full, notes = self._full(query, here)
        if query.most is not None and not here:
            size = max(1, min(size, query.most))
        fixed = [("page_limit", str(size)), ("sort_by", self._sort(query)), *q, *self._related(query), *full]
        first = self._request(service(query.model.collection) + scope, fixed, query.extra)

        def at(offset: int) -> Request:
            return first.adding(("page_offset", str(offset)))

        ahead = min(query.ahead or self.capabilities.prefetch, self.capabilities.prefetch)
        common: dict[str, Any] = {"page_size": size, "ahead": ahead, "pushed": pushed, "local": here, "notes": notes}
        if batches is not None and len(batches) != 1:
            return self._plan_batches(query, first, batches, common)
        end = None if here else query.most
        start = _offset(query.token) if query.token else 0 if here else query.start
        return Plan(
            at(start),
            lambda: offsets(at, size, start, end),
            skip_here=0 if query.token else query.start - start,
            count=self._request(first.path, [("page_limit", "1"), *q], query.extra),
            most_calls=1 if batches else None if end is None else -(-end // size),
            **common,
        )

    def smaller(self, request: Request) -> list[Request]:
        """A page of more than 25 rows in two halves."""
        params = dict(request.params)
        size, offset = int(params.get("page_limit", 0)), int(params.get("page_offset", 0))
        if request.method != "GET" or size <= _SMALLEST_PAGE:
            return []
        half = size // 2
        parts = ((offset, half), (offset + half, size - half))
        return [
            replace(request, params=_set(_set(request.params, "page_limit", str(n)), "page_offset", str(at)))
            for at, n in parts
        ]

    def _plan_batches(self, query: Query[Any], first: Request, batches: list[str], common: dict[str, Any]) -> Plan:
        """A list of ids longer than a page: one call a page. An empty one: none at all."""
        if query.start or query.token or any(order.field.name != "id" or order.descending for order in query.order):
            raise ClientError("T1 neither sorts nor skips more ids than a page holds", hint="use sorted() and slices")
        requests = [replace(first, params=_set(first.params, "q", batch)) for batch in batches]
        return Plan(first, lambda: several(*requests), most_calls=len(requests), **common)

    def _push(self, query: Query[Any], size: int) -> _Pushed:
        """What fits into the path's limit and into `q`; the rest stays here. Ids go in batches of one page."""
        limits = self._limit_params(query)
        scopes = [] if limits else [self._limit(query.model, name, value) for name, value in query.scope]
        if len(scopes) > 1:
            raise ClientError(
                "T1 takes one limit per call", hint="put the others into where(), or walk from the parent"
            )
        q: list[tuple[str, str]] = []
        batches: list[str] | None = None
        pushed, here = [], []
        raw_q = any(name == "q" for name, _ in query.extra)
        for condition in sorted(query.conditions, key=_preference):
            relation = _relation_by(query.model, condition)
            if relation and not scopes:
                scopes.append(self._limit(query.model, relation, condition.value))
            elif condition.op == "in" and condition.field.name == "id" and not q and not raw_q:
                ids = list(dict.fromkeys(condition.value))
                ids = ids if len(ids) <= size else sorted(ids)
                batches = ["(" + ",".join(map(str, ids[i : i + size])) + ")" for i in range(0, len(ids), size)]
                q = [("q", batches[0] if batches else "()")]
            elif condition.op in condition.field.filters and not q and not raw_q and _exact(condition):
                q = [("q", self._q(condition))]
            else:
                here.append(condition)
                continue
            pushed.append(condition)
        return (scopes[0] if scopes else ""), [*limits, *q], tuple(pushed), tuple(here), batches

    @staticmethod
    def _limit_params(query: Query[Any]) -> list[tuple[str, str]]:
        """The limits of services that take them in the query: ``permissions.advertiser_id=7`` for deals."""
        known = query.model._limit_params
        if not known:
            return []
        for name, _ in query.scope:
            if name not in known and name not in known.values():
                raise UnknownNameError(
                    f"{query.model.collection} are not limited by {name!r}", hint=did_you_mean(name, known)
                )
        types = query.model._registry.types
        return [(known.get(name, name), str(parent_id(name, value, types.get(name)))) for name, value in query.scope]

    @staticmethod
    def _q(condition: Condition) -> str:
        """A condition as T1 writes it: ``status==1``, ``name=:*spring*``, ``keywords:!null``."""
        wire = condition.field.wire
        if condition.op in ("null", "!null"):
            return f"{wire}:{'!' if condition.op == '!null' else ''}null"
        value = condition.value if condition.op == "~" else condition.field.dump(condition.value)
        return f"{wire}{_OPERATORS[condition.op]}{value}"

    @staticmethod
    def _limit(model: type[Entity], name: str, value: Any) -> str:
        """The path part ``/limit/agency.organization=100001``; the name is a chain of relations, the value an id."""
        keys = []
        for part in name.split("."):
            target = walk(model, [part])
            keys.append(model._relations[part].key if part in model._relations else path_segment(part))
            model = target
        value = id_of(value, model, f"limit {name}")
        return f"/limit/{'.'.join(keys)}={path_segment(value)}"

    def _full(self, query: Query[Any], here: Iterable[Condition]) -> tuple[list[tuple[str, str]], tuple[str, ...]]:
        """The `full` parameter, with the model's own type added where a condition is evaluated on it here."""
        types = list(query.full_types)
        known = {
            query.model._type,
            *(walk(query.model, chain[:n])._type for chain in query.includes for n in range(1, len(chain) + 1)),
        }
        for name in types:
            if name != "*" and name not in known and name not in query.model._registry.types:
                raise UnknownNameError(f"full={name!r} is no type of record", hint=did_you_mean(name, known))
        notes: tuple[str, ...] = ()
        unseen = [c.field.name for c in here if c.field.name not in query.model._limited]
        if unseen and "*" not in types and query.model._type not in types:
            types.append(query.model._type)
            notes = (f"whole records are asked for, because {', '.join(dict.fromkeys(unseen))} is compared here",)
        return ([("full", "*" if "*" in types else ",".join(dict.fromkeys(types)))] if types else []), notes

    @staticmethod
    def _related(query: Query[Any]) -> list[tuple[str, str]]:
        params = []
        for chain in dict.fromkeys(query.includes):
            model, keys = query.model, []
            for name in chain:
                keys.append(model._relations[name].key if name in model._relations else name)
                model = walk(model, [name])
            params.append(("with", ",".join(keys)))
        return params

    @staticmethod
    def _sort(query: Query[Any]) -> str:
        keys = [("-" if order.descending else "") + order.field.wire for order in query.order]
        if not any(key.lstrip("-") == "id" for key in keys):
            keys.append("id")  # offsets over an order with ties lose rows
        return ",".join(keys)

    def _request(
        self, path: str, params: Iterable[tuple[str, str]], extra: Iterable[tuple[str, str]] = (), wanted: str = LIST
    ) -> Request:
        """A reading request; wanted: what its answer must hold."""
        overridden = {name for name, _ in extra}
        kept = [(name, value) for name, value in params if name not in overridden]
        return Request("GET", path, (*kept, *extra), headers=self.accept, subject=wanted)

    def plan_one(self, query: Query[Any], entity_id: Any) -> Request:
        """``GET campaigns/7``: always whole; `with`, `full` and extra parameters are the only ones T1 takes here."""
        path = f"{service(query.model.collection)}/{_id(query.model, entity_id)}"
        parent = query.model._nested_in
        if not parent:
            path += "".join(self._limit(query.model, name, value) for name, value in query.scope)
        else:
            path = f"{self._nested_path(query, parent)}/{_id(query.model, entity_id)}"
        return self._request(path, [*self._related(query), *self._full(query, ())[0]], query.extra, ONE)

    def plan_child(self, query: Query[Any], entity_id: Any, child: str) -> Plan:
        """``GET strategies/7/target_dimensions/4?full=*``. The first call carries no paging, as T1 expects; where more
        rows follow, the next ones name their offset."""
        found = CHILDREN.get(child.lower()) if isinstance(child, str) else None
        if found is None:
            raise UnknownNameError(f"T1 has no child collection {child!r}", hint=did_you_mean(child, CHILDREN))
        path, dimension = found
        url = f"{service(query.model.collection)}/{_id(query.model, entity_id)}/{path}"
        return self.plan_rows(query, url if dimension is None else f"{url}/{dimension}")

    def plan_rows(self, query: Query[Any], url: str) -> Plan:
        """All whole records under a URL; the first call carries no paging."""
        first = self._request(url, [*self._related(query), ("full", "*")], query.extra, CONTENT)
        seen: set[Any] = set()

        def follow(page: Page) -> Request | None:
            fresh = {row.get("id") for row in page.rows} - seen
            seen.update(fresh)
            whole = len(page.rows) < MAX_PAGE if page.total is None else len(seen) >= page.total
            if whole or (not fresh and page.total is None):
                return None
            if not fresh:
                raise PagingError(
                    f"{url} brought {len(seen):,} of {page.total:,} rows, then the same ones again",
                    hint="other_params may name what T1 needs to go on",
                )
            return first.adding(("page_limit", str(MAX_PAGE)), ("page_offset", str(len(seen))))

        return Plan(first, lambda: chained(first, follow), MAX_PAGE)

    def _nested_path(self, query: Query[Any], parent: str) -> str:
        model: Any = query.model
        scope = dict(query.scope)
        by = model._relations[parent].by
        for condition in query.conditions:
            if condition.field.name == by and condition.op == "==":
                scope[parent] = condition.value
        if set(scope) != {parent}:
            raise ClientError(f"T1 lists {model.collection} of one {parent} only", hint=f"limit={{{parent!r}: id}}")
        owner = model._relations[parent].target
        owner_id = _id(owner, parent_id(parent, scope[parent], owner))
        return f"{service(owner.collection)}/{owner_id}/{model.collection}"

    def _plan_nested(self, query: Query[Any], parent: str) -> Plan:
        """Budget flights exist under their campaign only: ``campaigns/7/budget_flights``; conditions apply here."""
        plan = self.plan_rows(query, self._nested_path(query, parent))
        if query.order or query.start or query.token:
            raise ClientError(
                f"T1 does not sort, skip or resume {query.model.collection}", hint="use sorted() and slices"
            )
        by = query.model._relations[parent].by
        here = tuple(c for c in query.conditions if not (c.field.name == by and c.op == "=="))
        pushed = tuple(c for c in query.conditions if c not in here)
        return Plan(plan.first, plan.pager, plan.page_size, pushed=pushed, local=here)

    # answers

    def page(self, answer: Answer) -> Page:
        """The rows of an answer; raises the error it reports."""
        reply = self.check(answer)
        return Page(reply.rows, reply.total, extra={"single": not reply.many, "log": reply.log})

    def saved(self, answer: Answer) -> dict[str, Any] | None:
        """The entity that a write answers with; None for a bare success."""
        reply = self.check(answer)
        return reply.rows[0] if reply.rows and not reply.many else None

    def check(self, answer: Answer) -> Reply:
        """The parsed reply when its status is ok, else the matching error."""
        return check(answer)

    # writing

    def write(self, entity: Any, values: Mapping[str, Any]) -> Request:
        """A POST with these values: a form, or JSON for deals. An update names the version it is based on, where the
        record has one."""
        exists = entity._raw.get("id") is not None
        body = entity._body(values, _version(entity) if exists and entity._versioned else None)
        shape: dict[str, Any] = {"json": body} if isinstance(body, dict) else {"form": body}
        return Request("POST", entity._save_path(), headers=self.accept, writes=True, subject=ONE, **shape)

    def adding(self, request: Request, extra: Mapping[str, Any]) -> Request:
        """Undeclared fields by T1's names; they replace what the record itself would send under these names."""
        if request.form is None:
            return replace(request, json={**request.json, **extra})
        kept = tuple((name, value) for name, value in request.form if name not in extra)
        return replace(request, form=(*kept, *pairs(extra)))

    def delete(self, entity: Any) -> Request:
        """``POST {path}/delete`` with the version, for the records that have it; most can only be made inactive."""
        if not entity._deletable:
            return super().delete(entity)
        form = (("version", str(_version(entity))),)
        return Request("POST", f"{entity._path()}/delete", form=form, headers=self.accept, writes=True, subject=STATUS)


_Pushed: TypeAlias = "tuple[str, list[tuple[str, str]], tuple[Condition, ...], tuple[Condition, ...], list[str] | None]"


def _offset(token: str) -> int:
    """Where a listing is resumed."""
    if not token.isdecimal():
        raise ClientError(f"{token!r} is no token of a T1 listing", hint="page.token, of query.pages()")
    return int(token)


def _set(params: Pairs, name: str, value: str) -> Pairs:
    """The parameters with one replaced, or added where it is not there: lists of ids carry no offset."""
    if all(key != name for key, _ in params):
        return (*params, (name, value))
    return tuple((key, value if key == name else old) for key, old in params)


def _version(entity: Entity) -> Any:
    version = entity._raw.get("version")
    if version is None:
        raise ClientError(
            f"{entity._label()} came from a list without its version, which T1 wants with every update",
            hint="call refresh() on it first (unsaved changes stay), or list with full=True",
        )
    return version


def _id(model: type[Entity], value: Any) -> str:
    """An id as part of a URL: a whole number."""
    try:
        value = with_ids(value, model, model.__name__)
        return path_segment(model._fields["id"].accept(value) if "id" in model._fields else value)
    except InvalidValueError:
        raise
    except (ValueError, TypeError):
        raise ClientError(f"{value!r} is no id of a {model.__name__}", hint="ids are whole numbers") from None


def _relation_by(model: type[Entity], condition: Condition) -> str | None:
    """The relation whose id an equality compares: it can go into the path as a limit."""
    if condition.op != "==":
        return None
    return next((r.name for r in model._relations.values() if r.by == condition.field.name and not r.many), None)


def _exact(condition: Condition) -> bool:
    """Whether `q` says exactly what a condition does: a list has its own form, and times there are whole seconds."""
    field, value = condition.field, condition.value
    if condition.op == "in":
        return False
    return value is None or condition.op == "~" or field.load(field.dump(value)) == value


def _preference(condition: Condition) -> int:
    """Which condition takes the single `q`: ids, then an equality or a pattern, then the rest."""
    if condition.field.name == "id":
        return 0 if condition.op == "in" else 1
    return 2 if condition.op in ("==", "~") else 3
