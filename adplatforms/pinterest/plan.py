"""From a query to the requests of one list operation: which operation, what is pushed, what is split, what stays here.

Everything about parameters (names, encodings, limits, defaults) comes from the table of operations; which field a
parameter filters by stands in the declarations (``param=``). Source of the rules: wire.md, sections 3 to 5.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import TYPE_CHECKING, Any

from adplatforms.core.errors import ClientError
from adplatforms.core.messages import Request

from .description import OPERATIONS, Operation
from .fields import Choice, param_of
from .read import RowReader
from .scope import limits_of, missing, refusal, remembered

if TYPE_CHECKING:
    from adplatforms.core.expr import Condition
    from adplatforms.core.query import Query

    from .description import Param
    from .model import PinterestModel

__all__ = ["MAX_PAGE", "Listing", "listing"]

MAX_PAGE = 250
"""Rows per call. Source: wire.md, section 4."""

_EXACT = ("==", "in")
"""The operators of conditions that the server filters exactly."""


class Listing:
    """One query on its list operation.

    `requests` are the first pages of it: several where a list of ids is longer than the operation takes, or where it
    takes one value at a time. `pushed`, `rechecked` and `local` share out the conditions. `limits` are the scope by
    parameter.
    """

    def __init__(self, query: Query[Any], operation: Operation, limits: Mapping[str, Any]) -> None:
        self.query, self.operation = query, operation
        self.model: PinterestModel = query.model.__model__
        self.given: dict[str, Any] = dict(limits)
        self.pushed: list[Condition] = []
        self.rechecked: list[Condition] = []
        self.local: list[Condition] = []
        self.notes: list[str] = []
        self.parts: dict[str, list[Any]] = {}
        self.by_id = False
        self.newer: set[str] = set()
        """Parameters that are given words newer than the description: the server may know them."""
        # Narrow filters first: of parameters that exclude each other the first one wins.
        for condition in sorted(query.conditions, key=self._preference):
            self._share_out(condition)
        self._add_defaults()
        self._add_required()

    # sharing out the conditions

    def _preference(self, condition: Condition) -> int:
        """Ids first, then the narrowest of the parameters that exclude each other, then the rest as written."""
        if condition.field.name == "id":
            return 0
        name, exclusive = self._param(condition), self.model.exclusive
        if name in exclusive:
            return 1 + exclusive.index(name)
        return 100

    def _param(self, condition: Condition) -> str:
        """The parameter that filters by the field of a condition; empty where this operation has none.

        Where it knows a list and a single form (``ad_group_ids``, which is beta, and ``ad_group_id``), one value takes
        the single one.
        """
        name, params = param_of(condition.field), self.operation.params
        single = name.removesuffix("s")
        if condition.op == "==" and single in params:
            return single
        if name in params:
            return name
        return ""

    def _share_out(self, condition: Condition) -> None:
        """Pushes a condition to the server where that can filter by it; else it is applied here."""
        name = self._param(condition)
        if not name or self._is_taken(name):
            self.local.append(condition)
            return
        values = self._wire_values(condition, name)
        if values is None or not self._push(name, values):
            self.local.append(condition)
            return
        if isinstance(condition.field, Choice) and not set(values) <= set(condition.field.values):
            self.newer.add(name)
        self.by_id = self.by_id or condition.field.name == "id"
        if condition.op in _EXACT:
            self.pushed.append(condition)
        else:
            self.rechecked.append(condition)

    def _is_taken(self, name: str) -> bool:
        """Whether a parameter, or one that excludes it, has a value already."""
        exclusive = self.model.exclusive
        return name in self.given or (name in exclusive and any(other in self.given for other in exclusive))

    def _wire_values(self, condition: Condition, name: str) -> list[Any] | None:
        """What the server is asked for by a parameter; None where it cannot filter so.

        Of a list that hides rows by default (statuses) any operator is pushed as the values that fulfil it, and checked
        again here.
        """
        field = condition.field
        if condition.op == "==":
            return [field.dump(condition.value)]
        if condition.op == "in":
            return list(dict.fromkeys(field.dump(value) for value in condition.value))
        possible = _hiding_values(self.operation.params[name])
        if not possible:
            return None
        others: list[Any] = []
        if condition.op == "!=":
            others = [value for value in possible if value != condition.value]
        return others or list(possible)

    def _push(self, name: str, values: list[Any]) -> bool:
        """Gives a parameter its values, in parts where they are too many for one call.

        False where something else comes in parts already and the operation can do without this parameter.
        """
        param = self.operation.params[name]
        most = 1
        if param.many:
            most = param.most or len(values) or 1
        # Ids are text everywhere but in a few parameters.
        if param.item.get("type") == "integer":
            values = [int(value) if str(value).isdecimal() else value for value in values]
        if values and len(values) <= most:
            self.given[name] = values if param.many else values[0]
            return True
        if self.parts and not param.required:
            return False
        self.parts[name] = _chunks(values, most)
        # The name counts as given, so that no default comes on top of the parts.
        self.given[name] = None
        return True

    def _add_defaults(self) -> None:
        """Asks for rows that the server hides by default where they are looked up by id; else a note tells of them."""
        fields = {param: field.name for param, field in self.model.filters}
        for name, param in self.operation.params.items():
            possible = _hiding_values(param)
            if not possible or name in self.given:
                continue
            if self.by_id and param.many:
                # Statuses default to ACTIVE and PAUSED also when ids are named (wire.md, section 5): an archived
                # campaign would look deleted.
                self.given[name] = list(possible)
                continue
            shown = _default_values(param)
            hidden = ", ".join(str(value) for value in possible if value not in shown)
            known = fields.get(name, name)
            cure = f'limit={{"{name}": ...}}'
            if name in fields:
                cure = f"where({known}=[...])"
            self.notes.append(f"Pinterest lists {known} {', '.join(shown)} only: {cure} reaches {hidden}")

    def _add_required(self) -> None:
        """Asks for all values in turn of a required yes or no, or enum, that nobody gave a value."""
        for name, param in self.operation.params.items():
            if not param.required or param.location != "query" or name in self.given:
                continue
            possible = list(param.values)
            if param.shape.get("type") == "boolean":
                possible = [True, False]
            if possible:
                self.parts[name] = possible
        exclusive = self.model.exclusive
        if any(name in self.given for name in exclusive):
            return
        if self.model.unfiltered:
            self.notes.append(self.model.unfiltered)
        if self.model.one_required:
            raise ClientError(
                f"Pinterest lists {self.model.collection} only by {' or '.join(exclusive)}",
                hint=f"walk the parents: where({self.model.field_name(exclusive[-1])}=[...])",
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
        most = MAX_PAGE
        if param is not None and param.most:
            most = param.most
        size = min(self.query.size or MAX_PAGE, most)
        filtered_here = self.rechecked or self.local or self.query.start
        if self.query.most is not None and not filtered_here:
            # Of `take(10)` no more than ten rows are wanted, and none of these is dropped here.
            size = max(1, min(size, self.query.most))
        return size

    @property
    def requests(self) -> list[Request]:
        """The first call of each part; parts of several parameters are combined."""
        paging: dict[str, Any] = {}
        if "page_size" in self.operation.params:
            paging["page_size"] = self.size
        if order := self._order():
            paging["order"] = order
        return [
            self._request({**self.given, **dict(zip(self.parts, each, strict=True)), **paging})
            for each in product(*self.parts.values())
        ]

    def _request(self, given: Mapping[str, Any]) -> Request:
        """The call with these values, each a parameter or a member of the body."""
        params: dict[str, Any] = {}
        members: dict[str, Any] = {}
        for name, value in given.items():
            if name in self.operation.params:
                params[name] = value
            else:
                members[name] = value
        known = remembered(self.model, self.operation, params)
        for param, field in self.model.filters:
            if param in params and field.readonly and not isinstance(params[param], list):
                # A yes or no that was asked for and that no row repeats, such as `is_active` of billing profiles.
                known.setdefault(field.wire, params[param])
        body = None
        if self.operation.body:
            body = members
        reader = RowReader(self.model, self.operation, known)
        request = self.model.request(self.operation, params, body, reader=reader, free=self.newer)
        if not self.query.extra:
            return request
        return request.adding(*self.query.extra)

    def _order(self) -> str:
        """``ASCENDING`` or ``DESCENDING``, by id: the only order there is, where there is one."""
        if not self.query.order:
            return ""
        first = self.query.order[0]
        # A parameter `sort` next to `order` means that the order is not by id.
        sorts = "order" in self.operation.params and "sort" not in self.operation.params
        if not sorts or len(self.query.order) > 1 or first.field.name != "id":
            hint = "sorted(query, key=...) does it here"
            if sorts:
                hint = f"only by id; {hint}"
            names = ", ".join(map(str, self.query.order))
            raise ClientError(f"Pinterest does not sort {self.model.collection} by {names}", hint=hint)
        if self.parts:
            self._sort_parts(first.descending)
        return "DESCENDING" if first.descending else "ASCENDING"

    def _sort_parts(self, descending: bool) -> None:
        """Puts the parts of a long list of ids in order; parts of anything else cannot follow each other in order."""
        name = param_of(self.model.fields["id"])
        if set(self.parts) != {name}:
            raise ClientError("several calls are not sorted among each other", hint="sorted(query, key=...)")
        parts = self.parts[name]
        if not parts:
            return
        ids = sorted((each for part in parts for each in part), key=_by_number, reverse=descending)
        self.parts[name] = _chunks(ids, len(parts[0]))


def listing(query: Query[Any]) -> Listing | None:
    """The listing that takes the whole scope and pushes most conditions; None where the resource has none.

    Raises `UnknownNameError` for a name in the scope that no listing of the resource knows, `ClientError` for a parent
    that is missing.
    """
    model: PinterestModel = query.model.__model__
    operations = [OPERATIONS[name] for name in model.routes.list]
    if not operations:
        return None
    able = []
    for operation in operations:
        limits = limits_of(query, operation)
        if limits is not None and not missing(query, operation, limits):
            able.append((operation, limits))
    if not able:
        raise refusal(query, operations)
    filters = {param_of(condition.field) for condition in query.conditions if condition.op in _EXACT}

    def pushes(candidate: tuple[Operation, dict[str, Any]]) -> int:
        return len(filters & set(candidate[0].params))

    # `max` takes the first of equals, and the plain listing is declared first.
    operation, limits = max(able, key=pushes)
    return Listing(query, operation, limits)


def _hiding_values(param: Param) -> tuple[Any, ...]:
    """All values of a parameter that by default lists only some of them; empty for any other parameter."""
    if not param.values or param.default is None or param.required or param.name == "sort":
        return ()
    shown = set(_default_values(param))
    hides = shown < set(param.values) and "ALL" not in shown
    return tuple(param.values) if hides else ()


def _default_values(param: Param) -> list[Any]:
    """What a parameter is where it is left out, as a list."""
    if isinstance(param.default, list):
        return param.default
    return [param.default]


def _by_number(each: Any) -> tuple[int, str]:
    """Sorts ids as numbers without making numbers of them: some have letters in front, such as ``C123``."""
    return len(str(each)), str(each)


def _chunks(values: list[Any], size: int) -> list[Any]:
    """The values in parts of one call each; single values where a call takes one."""
    if size == 1:
        return list(values)
    return [values[start : start + size] for start in range(0, len(values), size)]
