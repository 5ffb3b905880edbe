"""From a query to the requests of one list operation: which operation, what is pushed, what is split, what stays here.

Everything about parameters (names, encodings, limits, defaults) comes from the table of operations; which field a
parameter filters by stands in the declarations (``param=``). Source of the rules: wire.md, sections 3 to 5.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from adplatforms.core.errors import ClientError
from adplatforms.core.messages import Request

from .base import PinterestEntity
from .description import OPERATIONS, Operation
from .scope import limits_of, missing, refusal, remembered

if TYPE_CHECKING:
    from adplatforms.core.expr import Condition
    from adplatforms.core.query import Query

    from .description import Param

__all__ = ["MAX_PAGE", "Ask", "Listing", "listing"]

MAX_PAGE = 250


class Ask(NamedTuple):
    """What a reading request is about: the class of its rows, what they have in common (the parents they were asked
    under), the operation, and whether a 404 means that there is no such row. `id`: the one record that was asked for;
    None where a list of them was."""

    model: type[PinterestEntity]
    known: Mapping[str, Any]
    operation: Operation
    may_lack: bool = False
    id: str | None = None


class Listing:
    """One query on its list operation.

    `requests` are the first pages of it: several where a list of ids is longer than the operation takes, or where it
    takes one value at a time. `pushed`, `rechecked` and `local` share out the conditions. `limits` are the scope's
    words by parameter.
    """

    def __init__(self, query: Query[Any], operation: Operation, limits: Mapping[str, Any]) -> None:
        self.query, self.operation = query, operation
        self.model: type[PinterestEntity] = query.model
        self.given: dict[str, Any] = dict(limits)
        self.pushed: list[Condition] = []
        self.rechecked: list[Condition] = []
        self.local: list[Condition] = []
        self.notes: list[str] = []
        self.parts: dict[str, list[Any]] = {}
        self.by_id = False
        for condition in sorted(query.conditions, key=self._preference):
            self._place(condition)
        self._defaults()
        self._required()

    # sharing out the conditions

    def _preference(self, condition: Condition) -> int:
        """Ids first, then the narrowest of the parameters that exclude each other, then the rest as written."""
        if condition.field.name == "id":
            return 0
        name, exclusive = self._param(condition), self.model._exclusive
        return 1 + exclusive.index(name) if name in exclusive else 100

    def _param(self, condition: Condition) -> str:
        """The parameter that filters by the field of a condition; empty where this operation has none. Where it knows
        a list and a single form (``ad_group_ids``, which is beta, and ``ad_group_id``), one value takes the single."""
        name, params = condition.field.param, self.operation.params
        single = name.removesuffix("s")
        if condition.op == "==" and single in params:
            return single
        return name if name in params else ""

    def _place(self, condition: Condition) -> None:
        name = self._param(condition)
        values = self._values(condition) if name else None
        taken = name in self.given or (
            name in self.model._exclusive and any(other in self.given for other in self.model._exclusive)
        )
        if values is None or taken or not self._push(name, values):
            self.local.append(condition)
            return
        self.by_id = self.by_id or condition.field.name == "id"
        exact = condition.op in ("==", "in")
        (self.pushed if exact else self.rechecked).append(condition)

    def _values(self, condition: Condition) -> list[Any] | None:
        """What the server is asked for, by wire; None where it cannot filter so. Of a list that hides rows by default
        (statuses) any operator is pushed as the words that fulfil it, and checked again here."""
        field = condition.field
        if condition.op == "==":
            return [field.dump(condition.value)]
        if condition.op == "in":
            return list(dict.fromkeys(field.dump(value) for value in condition.value))
        words = _hiding(self.operation.params[self._param(condition)])
        if not words:
            return None
        return [word for word in words if condition.op == "!=" and word != condition.value] or list(words)

    def _push(self, name: str, values: list[Any]) -> bool:
        """Gives a parameter its values, in parts where they are too many; False where something else comes in parts
        already and the operation can do without."""
        param = self.operation.params[name]
        room = (param.most or len(values) or 1) if param.many else 1
        if param.item.get("type") == "integer":
            values = [int(value) if str(value).isdecimal() else value for value in values]
        if len(values) > room or not values:
            if self.parts and not param.required:
                return False
            self.parts[name] = _chunks(values, room)
            self.given[name] = None
        else:
            self.given[name] = values if param.many else values[0]
        return True

    def _defaults(self) -> None:
        """Rows that the server hides by default: looked up by id they are asked for, else a note tells of them."""
        fields = {field.param: name for name, field in self.model._fields.items() if field.param}
        for name, param in self.operation.params.items():
            words = _hiding(param)
            if not words or name in self.given:
                continue
            if self.by_id and param.many:
                self.given[name] = list(words)
                continue
            shown = _listed(param.default)
            others = ", ".join(str(word) for word in words if word not in shown)
            known = fields.get(name, name)
            where = f"where({known}=[...])" if name in fields else f'limit={{"{name}": ...}}'
            self.notes.append(f"Pinterest lists {known} {', '.join(shown)} only: {where} reaches {others}")

    def _required(self) -> None:
        """A required yes or no, or one of few words, that nobody asked for: all of them are asked for in turn."""
        for name, param in self.operation.params.items():
            if param.required and param.place == "query" and name not in self.given:
                words = [True, False] if param.shape.get("type") == "boolean" else param.values
                if words:
                    self.parts[name] = list(words)
        exclusive = self.model._exclusive
        unfiltered = not any(name in self.given for name in exclusive)
        if unfiltered and self.model._unfiltered:
            self.notes.append(self.model._unfiltered)
        if unfiltered and self.model._one_required:
            raise ClientError(
                f"Pinterest lists {self.model.collection} only by {' or '.join(exclusive)}",
                hint=f"walk the parents: where({_field_of(self.model, exclusive[-1])}=[...])",
            )

    # the requests

    @property
    def paged(self) -> bool:
        """Whether answers carry a bookmark."""
        return self.operation.pages

    @property
    def size(self) -> int:
        """Rows per call: what the query says, at most what the operation takes."""
        param = self.operation.params.get("page_size")
        size = min(self.query.size or MAX_PAGE, (param.most if param else None) or MAX_PAGE)
        if self.query.most is not None and not (self.rechecked or self.local or self.query.start):
            size = max(1, min(size, self.query.most))
        return size

    @property
    def requests(self) -> list[Request]:
        """The first call of each part; parts of several parameters are combined."""
        steering: dict[str, Any] = {}
        if "page_size" in self.operation.params:
            steering["page_size"] = self.size
        if order := self._order():
            steering["order"] = order
        return [
            self._part({**self.given, **dict(zip(self.parts, each, strict=True)), **steering})
            for each in product(*self.parts.values())
        ]

    def _part(self, given: Mapping[str, Any]) -> Request:
        params: dict[str, Any] = {}
        members: dict[str, Any] = {}
        for name, value in given.items():
            (params if name in self.operation.params else members)[name] = value
        known = remembered(self.model, self.operation, params)
        for field in self.model._fields.values():  # a yes or no that was asked for, and no row tells
            if field.param in params and field.readonly and not isinstance(params[field.param], list):
                known.setdefault(field.wire, params[field.param])
        ask = Ask(self.model, known, self.operation)
        made = self.model._request(self.operation, params, members if self.operation.body else None, ask)
        return made.adding(*self.query.extra) if self.query.extra else made

    def _order(self) -> str:
        """``ASCENDING`` or ``DESCENDING``, by id: the only order there is, where there is one."""
        if not self.query.order:
            return ""
        first = self.query.order[0]
        by_id = len(self.query.order) == 1 and first.field.name == "id"
        if not by_id or "order" not in self.operation.params or "sort" in self.operation.params:
            lists = "order" in self.operation.params and "sort" not in self.operation.params
            raise ClientError(
                f"Pinterest does not sort {self.model.collection} by {', '.join(map(str, self.query.order))}",
                hint=("only by id; " if lists else "") + "sorted(query, key=...) does it here",
            )
        if self.parts:
            self._sort_parts(first.descending)
        return "DESCENDING" if first.descending else "ASCENDING"

    def _sort_parts(self, descending: bool) -> None:
        """The parts of a long list of ids follow each other in order; parts of anything else would not."""
        name = self.model._fields["id"].param
        if set(self.parts) != {name}:
            raise ClientError("several calls are not sorted among each other", hint="sorted(query, key=...)")
        parts = self.parts[name]
        ids = sorted((each for part in parts for each in part), key=_by_number, reverse=descending)
        self.parts[name] = _chunks(ids, len(parts[0]) if parts else 1)


def listing(query: Query[Any]) -> Listing | None:
    """The listing that takes all words of the scope and pushes most conditions; None where the resource has none.

    Raises `UnknownNameError` for a word that no listing of the resource knows, `ClientError` for a parent that is
    missing.
    """
    model: type[PinterestEntity] = query.model
    operations = [OPERATIONS[name] for name in model._routes.list]
    if not operations:
        return None
    able = []
    for operation in operations:
        limits = limits_of(query, operation)
        if limits is not None and not missing(query, operation, limits):
            able.append((operation, limits))
    if not able:
        raise refusal(query, operations)
    asked = {condition.field.param for condition in query.conditions if condition.op in ("==", "in")}

    def pushes(candidate: tuple[Operation, dict[str, Any]]) -> int:
        return len(asked & set(candidate[0].params))

    operation, limits = max(able, key=pushes)
    return Listing(query, operation, limits)


def _hiding(param: Param) -> tuple[Any, ...]:
    """All words of a parameter that by default lists only some of them; empty for any other."""
    if not param.values or param.default is None or param.required or param.name == "sort":
        return ()
    shown = _listed(param.default)
    return tuple(param.values) if set(shown) < set(param.values) and "ALL" not in shown else ()


def _listed(preset: Any) -> list[Any]:
    return preset if isinstance(preset, list) else [preset]


def _by_number(each: Any) -> tuple[int, str]:
    return len(str(each)), str(each)


def _chunks(values: list[Any], size: int) -> list[Any]:
    """The values in parts of one call each; single values where a call takes one."""
    if size == 1:
        return list(values)
    return [values[start : start + size] for start in range(0, len(values), size)]


def _field_of(model: type[PinterestEntity], param: str) -> str:
    return next((name for name, field in model._fields.items() if field.param == param), param)
