"""What the declaration of a Pinterest entity says besides its fields: its operations, and the rules they follow."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from adplatforms.core.model import Model

from .fields import param_of

if TYPE_CHECKING:
    from adplatforms.core.field import Field
    from adplatforms.core.messages import Request
    from adplatforms.core.reader import Reader
    from adplatforms.core.relations import Row

    from .base import PinterestEntity
    from .description import Operation

__all__ = ["PinterestModel", "Routes"]

_CREATED = ("created_time", "created_at", "created_timestamp", "creation_time")
"""What entities call the time of their creation, each in a form of its own. Source: wire.md, section 9."""


class Routes(NamedTuple):
    """The ids of the operations of a resource; empty where there is none.

    `list`: the first is the plain listing, the others list the same records by other parents or by a search.
    """

    list: tuple[str, ...] = ()
    get: str = ""
    create: str = ""
    update: str = ""
    delete: str = ""


class PinterestModel(Model):
    """The declaration of a Pinterest entity: what `PinterestEntity` takes as arguments of the class.

    `routes`: its operations. `key`: the wire's name of what identifies a record. `retired`: the values that archive it.
    `exclusive`: the parameters of the listing of which Pinterest takes one per call, the narrowest first; with
    `one_required` it wants one of them. `unfiltered`: what a listing without any of them leaves out, for a note.
    `always_sent`: what every update carries besides the changes. `none`: the ids that stand for none.
    `cleared`: what empties a member where null does not. `repeated`: what each element of a body repeats of the path.
    `private`: its bodies hold credentials or personal data, which no log shows.
    """

    routes = Routes()
    key = "id"
    retired: Mapping[str, Any] = {}
    exclusive: tuple[str, ...] = ()
    one_required = False
    unfiltered = ""
    always_sent: Mapping[str, Any] = {}
    none: Mapping[str, Any] = {}
    cleared: Mapping[str, Any] = {}
    repeated: tuple[str, ...] = ()
    private = False
    rewrites_rows = False
    """Whether `adapt` does more than to take over what was known: then each row needs a call of it."""

    def __init__(self, entity_class: type[PinterestEntity]) -> None:
        super().__init__(entity_class)
        # The core looks for lost creates by it.
        self.created_field = next((name for name in _CREATED if name in self.fields), "")
        # Bound methods of the class, not methods here: a call less for each row of a page.
        self.adapt: Callable[[Row, Mapping[str, Any]], Row] = entity_class._adapt
        """``adapt(row, known)``: a row with what was known when it was asked for, as entities hold it."""
        self.identify: Callable[[Row], Any] = entity_class._identify
        """What identifies a row that has no ``id``."""
        self.body_value: Callable[[Any, str], Any] = entity_class._body_value
        """``body_value(entity, wire)``: the value of a member that a body needs and no change holds."""
        self.body_item: Callable[[Any, Row, Operation], Row] = entity_class._body_item
        """``body_item(entity, values, operation)``: the changes as the operation takes them."""
        self.deletion_body: Callable[[Any], Any] = entity_class._deletion_body
        """``deletion_body(entity)``: the body of a deletion that takes one."""

    @cached_property
    def python_names(self) -> dict[str, str]:
        """The Python names of the fields, by wire name."""
        return {field.wire: name for name, field in self.fields.items()}

    @cached_property
    def filters(self) -> tuple[tuple[str, Field[Any]], ...]:
        """The fields that a parameter of the listing filters by, each with the parameter. Every listing needs them."""
        return tuple((param_of(field), field) for field in self.fields.values() if param_of(field))

    def adapt_rows(self, rows: list[Row], known: Mapping[str, Any]) -> list[Row]:
        """`adapt` for all rows of a page, at little cost where they only take over what was known."""
        # Most entities need no call a row, and a page has 250 rows.
        if self.rewrites_rows:
            return [self.adapt(row, known) for row in rows]
        for name, value in known.items():
            for row in rows:
                row.setdefault(name, value)
        return rows

    def field_of(self, param: str, location: str) -> Field[Any] | None:
        """The field that a parameter of an operation stands for; None where it stands for none of this class.

        location: where the parameter is, "path" or "query".
        """
        if param == "ad_account_id" and location == "query":
            # In a query it is not the account of the record but the one to act for (wire.md, section 1).
            return self.fields.get("act_as")
        if param in self.fields or location == "query":
            return self.fields.get(param)
        return next((field for name, field in self.filters if name == param), None)

    def field_name(self, param: str) -> str:
        """The field that filters by a parameter of the listing; the parameter itself where none does."""
        return next((field.name for name, field in self.filters if name == param), param)

    def identity_param(self, operation: Operation) -> str:
        """The parameter of a GET that names the record; empty where there is one record only."""
        if self.key in operation.params:
            return self.key
        # The innermost one: `boards/{board_id}/sections/{section_id}` reads a section.
        own = [name for name in operation.path_params if name not in self.fields or name == "id"]
        return own[-1] if own else ""

    def request(
        self,
        operation: Operation,
        params: Mapping[str, Any],
        body: Any = None,
        *,
        reader: Reader | None = None,
        came: Any = None,
        free: Collection[str] = (),
    ) -> Request:
        """A request about records of this class: as `Operation.request`, and private where the class is.

        reader: reads the answer. came: the records of the body as they came. free: parameters that are not checked.
        """
        request = operation.request(params, body, reader=reader, came=came, free=free)
        if self.private:
            return replace(request, private=True)
        return request
