"""What is given under the wire's name of a field that has another name here: taken, converted and said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import AdPlatformsWarning, warn
from .expr import Condition, Expression
from .scalars import SIMPLE

if TYPE_CHECKING:
    from .field import Field
    from .record import RecordModel

__all__ = ["ByWireName", "converted", "field_of_wire_name"]


def field_of_wire_name(model: RecordModel, name: object) -> Field[Any] | None:
    """The field that has this name on the wire and another one here; None where there is none, or are several."""
    if not isinstance(name, str) or name in model.fields:
        return None
    names = model.names_by_wire.get(name, [])
    if len(names) != 1:
        return None
    return model.fields[names[0]]


def converted(field: Field[Any], value: Any, owner: str) -> Any:
    """The Python value of one that was given under a field's wire name, in the wire's form; a warning says so.

    owner: the name of the class. What is not in the wire's form, such as a datetime, is taken as it is.
    """
    found = value
    if type(value) in SIMPLE and value is not None and not isinstance(value, bool):
        try:
            found = field.load(value)
        except (ValueError, TypeError, LookupError, ArithmeticError):
            found = value
    meant = ""
    if type(found) is not type(value):
        meant = f", {field.describe()}: {found} for {value!r}"
    warn(f"{owner} has no field {field.wire!r}: its name here is {field.name}{meant}", AdPlatformsWarning)
    return found


class ByWireName(Expression):
    """A field that a query names as the wire does: what it is compared with is in the wire's form."""

    __slots__ = ("field", "owner")

    def __init__(self, field: Field[Any], owner: str) -> None:
        self.field, self.owner = field, owner

    def condition(self, op: str, value: Any = None) -> Condition:
        """The condition on the field, by its own name and with the converted value."""
        if isinstance(value, (list, tuple, set, frozenset)):
            return self.field.condition(op, [converted(self.field, each, self.owner) for each in value])
        return self.field.condition(op, converted(self.field, value, self.owner))
