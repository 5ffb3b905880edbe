"""What T1's declarations are made of: the types of fields, as they read in XML and JSON and are sent, and relations.

Source: wire.md sections 4 to 6; the conversions per field are those of entities.json.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from adplatforms.core import fields
from adplatforms.core.errors import InvalidValueError
from adplatforms.core.fields import Bool, Int, Object
from adplatforms.core.money import round_to
from adplatforms.core.parsing import parse_datetime, parse_decimal
from adplatforms.core.relations import Children, Ref

from .state import T1State
from .utils.fixedoffset import FixedOffset

if TYPE_CHECKING:
    from adplatforms.core.entity import Entity
    from adplatforms.core.record import Record

__all__ = [
    "Bool",
    "Bool01",
    "Children",
    "Choice",
    "DateTime",
    "FixedOffset",
    "Float",
    "Int",
    "ListedChoice",
    "Object",
    "OffsetDateTime",
    "Price",
    "Ref",
    "Str",
    "Version",
]


class Str(fields.Str):
    """Text. None empties it, unless it is required."""

    def __init__(self, wire: str = "", *, required: bool = False, **declaration: Any) -> None:
        super().__init__(wire, required=required, **{"nullable": not required, **declaration})


class Choice(fields.Choice):
    """One of a fixed set of words, such as "cpa" or "cpc".

    newer: words that T1's description of v3.0 has beyond those of v2.0, separated by spaces. Setting a word that is in
    neither is refused with the words there are; `save(extra={...})` sends it. `find` sends T1 others too, which may be
    newer than this package; with a warning.
    """

    def __init__(self, values: str, wire: str = "", *, newer: str = "", **declaration: Any) -> None:
        self.newer = tuple(newer.split())
        super().__init__(f"{values} {newer}", wire, **declaration)

    def operand(self, op: str, value: Any) -> Any:
        """A value to compare with. The error for an unknown word says how to send it all the same."""
        try:
            return super().operand(op, value)
        except InvalidValueError as unknown:
            cure = "a word that T1 has added since: find(collection, name, filters.EQUALS, word) sends it"
            unknown.hint = "; ".join(filter(None, [unknown.hint, cure]))
            raise


class Bool01(fields.Bool):
    """True or False; ``1`` and ``0`` in XML and in forms, true and false in JSON."""

    def dump(self, value: bool) -> str:
        """``1`` or ``0``: the service takes on and off as well, and answers with these (wire.md section 11)."""
        return "1" if value else "0"


class Float(fields.Float):
    """A number, or an amount of money.

    Money comes as a list, one item per currency; the first one counts (`entity.amounts(name)` has all). It is written
    as a bare number, which T1 takes to be in the entity's own currency. It is rounded to the four digits that T1
    writes (``"10.0000"``, wire.md section 4), a budget to those of its currency.
    """

    # As many as T1 writes itself, "10.0000" (wire.md section 6): what it makes of more is not known.
    digits = 4

    def load(self, value: Any) -> float:
        """The number, or the first amount of a list: None where there is none."""
        if type(value) is list:
            if not value or value[0]["value"] in (None, ""):
                return None  # type: ignore[return-value]  # no amount: as empty as an empty number
            value = value[0]["value"]
        return float(value)


class Price(Object):
    """A price with its currency, ``{"value": "4.3200", "currency_code": "EUR"}``.

    The value travels as text. A number is taken too, and rounded to the four digits that T1 writes (wire.md section 4),
    half to even; text that has no more stays as it is.
    """

    def accept(self, value: Any) -> Any:
        """A price whose value can be read as a number. Raises `ValueError` for another."""
        price = super().accept(value)
        if isinstance(price, dict) and price.get("value") is not None:
            parse_decimal(price["value"])
        return price

    def rounded(self, value: Any, record: Record, original: Any = None) -> Any:
        """The price with at most four decimals; see the class. Raises `InvalidValueError` where 0 would be left."""
        if not isinstance(value, dict) or value.get("value") is None:
            return value
        amount = value["value"]
        if isinstance(original, dict) and original.get("value") == amount:
            return value  # what was not changed is not rounded
        exact = parse_decimal(amount)
        sent = round_to(exact, Float.digits)
        if exact and not sent:
            raise InvalidValueError(f"{self.name} cannot be {amount}: of at most four decimals 0 is left")
        if isinstance(amount, str) and sent == exact:
            return value
        return {**value, "value": f"{sent:f}"}


class DateTime(fields.DateTime):
    """A moment in UTC: ``+0000`` in JSON, bare in XML and in forms. Setting "now" means the current time."""

    # Neither form has fractions (wire.md section 4).
    step = timedelta(seconds=1)

    def dump(self, value: datetime) -> str:
        """In UTC without an offset, which T1 takes as UTC (wire.md section 4)."""
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")

    def accept(self, value: Any) -> datetime:
        """A datetime, ISO 8601 text, or "now": the current time in whole seconds."""
        # A word of the classic SDK (entities.json, legend).
        if value == "now":
            return datetime.now(UTC).replace(microsecond=0)
        return parse_datetime(value)


class OffsetDateTime(DateTime):
    """A moment in UTC that is sent with its offset, as the deals service wants it: ``2026-03-01T00:00:00+0000``."""

    def dump(self, value: datetime) -> str:
        """In UTC with the offset that the deals service wants."""
        return super().dump(value) + "+0000"


class ListedChoice(Choice):
    """A choice that JSON sends as a list of one; it reads and is sent as the word itself."""

    native = str
    _getter = fields.Field._getter

    def load(self, value: Any) -> str:
        """The word, whether it came alone or in a list."""
        if isinstance(value, list) and value:
            value = value[0]
        return str(value)


class Version(Int):
    """The version of the record. Every update sends it back, and is refused when somebody else saved meanwhile.

    Setting it does not count as a change: it replaces the version that the next update is based on. Source: wire.md
    section 4; `ConflictError` is what a stale one ends in.
    """

    def __set__(self, entity: Entity, value: int | None) -> None:
        T1State(entity).rebase(self.check(value, type(entity).__name__))
