"""What a value must look like, and the check of a value against it.

A shape is a dict of the table: `type`, `enum`, `min`, `max`, `pattern`, `items`, `members`, ... or `ref`, the name of a
type. `closed` objects take no other members; of `any` one shape must fit, named by the member `by` where there is one.

Values are checked before anything is sent: of a batch with one bad record Pinterest saves all others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any

from adplatforms.core.errors import InvalidValueError, UnknownNameError, did_you_mean
from adplatforms.core.ids import Models, check_entity, class_named, id_of, is_entity
from adplatforms.core.scalars import to_plain

__all__ = ["Shape", "Shapes", "plain"]

Shape = Mapping[str, Any]

_SIZES = {
    "min_items": "takes at least {0} values, not {1}",
    "max_items": "takes at most {0} values, not {1}",
    "min_length": "has at least {0} characters, not {1}",
    "max_length": "has at most {0} characters, not {1}",
    "min_members": "has at least {0} members, not {1}",
    "max_members": "has at most {0} members, not {1}",
}

_DIGITS = r"^\d+$"
"""The pattern of ids."""


class Shapes:
    """Checks values against shapes, whose named types it knows. private: errors do not show the values."""

    def __init__(self, types: Mapping[str, Shape], private: bool = False) -> None:
        self.types, self.private = types, private
        self._checks: dict[str, Callable[[Any, Shape, str, Any], Any]] = {
            "string": self._string,
            "integer": self._integer,
            "number": self._number,
            "boolean": self._boolean,
            "array": self._array,
            "object": self._object,
        }

    def resolved(self, shape: Shape) -> Shape:
        """The shape itself, where a reference stands for it. References may lead to references."""
        while "ref" in shape:
            shape = self.types[shape["ref"]]
        return shape

    def checked(self, value: Any, shape: Shape, where: str, came: Any = None) -> Any:
        """The value in wire form; an `InvalidValueError` that starts with `where` when it does not fit.

        where: the path of the value, such as ``campaigns/create[0].name``. came: what the record came with there. What
        is still as it came is not judged, member by member: it may be newer than the description.
        """
        # Types too: True == 1 and 1 == 1.0 in Python, and not on the wire.
        if came is not None and type(value) is type(came) and value == came:
            return came
        shape = self.resolved(shape)
        value = plain(value, shape, where)
        if _is_micros(_last_name(where)):
            value = _micros(value, shape, where)
        if value is None:
            if shape.get("nullable") or None in shape.get("enum", ()) or self._null_fits(shape):
                return None
            raise InvalidValueError(f"{where} cannot be None")
        kind = shape.get("type")
        if not kind and isinstance(value, Mapping) and ("members" in shape or "required" in shape):
            kind = "object"  # many objects of the description do not say that they are one
        if kind:
            value = self._checks[kind](value, shape, where, came)
        if "any" in shape or "cases" in shape:
            value = self._variant(value, shape, where, came)
        return value

    def _shown(self, value: Any) -> str:
        """A value as errors show it: cut where it is long, only its type where it is private."""
        if self.private:
            return f"a {type(value).__name__}"
        text = repr(value)
        if len(text) > 100:
            return f"{text[:99]}…"
        return text

    def _null_fits(self, shape: Shape) -> bool:
        """Whether one of several shapes takes null."""
        return any(self.resolved(each).get("nullable") for each in shape.get("any", ()))

    # by type

    def _string(self, value: Any, shape: Shape, where: str, came: Any) -> Any:
        """Text of the length, the pattern and the values that the shape allows."""
        if type(value) is int:
            value = str(value)  # an id, which is text on the wire
        if not isinstance(value, str):
            raise InvalidValueError(f"{where} is text, not {self._shown(value)}")
        _check_enum(value, shape, where)
        _check_size(value, ("min_length", "max_length"), shape, where)
        pattern = shape.get("pattern")
        if pattern is not None and not re.search(pattern, value):
            form = "a string of digits" if pattern == _DIGITS else f"of the form {pattern}"
            raise InvalidValueError(f"{where} is {form}, not {self._shown(value)}")
        return value

    def _integer(self, value: Any, shape: Shape, where: str, came: Any) -> Any:
        """A whole number in the shape's range."""
        # NumPy and pandas make floats of whole numbers.
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if type(value) is not int:
            raise InvalidValueError(f"{where} is a whole number, not {self._shown(value)}")
        _check_range(value, shape, where)
        return value

    def _number(self, value: Any, shape: Shape, where: str, came: Any) -> Any:
        """A finite number in the shape's range."""
        # JSON has neither infinity nor NaN, and True is a number in Python.
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(value):
            raise InvalidValueError(f"{where} is a number, not {self._shown(value)}")
        _check_range(value, shape, where)
        return value

    def _boolean(self, value: Any, shape: Shape, where: str, came: Any) -> Any:
        """True or False, not what Python takes for them."""
        if not isinstance(value, bool):
            raise InvalidValueError(f"{where} is True or False, not {self._shown(value)}")
        return value

    def _array(self, value: Any, shape: Shape, where: str, came: Any) -> Any:
        """A list of the length that the shape allows, each item checked."""
        # All three can be iterated, and none of them is meant as a list.
        if isinstance(value, (str, bytes, Mapping)) or not isinstance(value, Iterable):
            raise InvalidValueError(f"{where} is a list, not {self._shown(value)}")
        items = list(value)
        _check_size(items, ("min_items", "max_items"), shape, where)
        item_shape = shape.get("items", {})
        known: list[Any] = came if isinstance(came, list) else []
        return [
            self.checked(item, item_shape, f"{where}[{index}]", _item_that_came(item, index, known))
            for index, item in enumerate(items)
        ]

    def _object(self, value: Any, shape: Shape, where: str, came: Any) -> Any:
        """A dict with the members that the shape requires, each member checked."""
        if not isinstance(value, Mapping):
            raise InvalidValueError(f"{where} is a dict, not {self._shown(value)}")
        _check_size(value, ("min_members", "max_members"), shape, where)
        missing = [name for name in shape.get("required", ()) if name not in value]
        if missing:
            raise InvalidValueError(f"{where} needs {', '.join(missing)}")
        known: Mapping[str, Any] = came if isinstance(came, Mapping) else {}
        return {name: self._member(name, each, shape, where, known) for name, each in value.items()}

    def _member(self, name: str, value: Any, shape: Shape, where: str, known: Mapping[str, Any]) -> Any:
        """The member of an object in wire form. known: the members that the object came with."""
        if name in known and known[name] == value and type(known[name]) is type(value):
            return known[name]
        members, path = shape.get("members", {}), f"{where}.{name}"
        inner = members.get(name, shape.get("others"))
        if inner is not None:
            if self.resolved(inner).get("read_only"):
                raise InvalidValueError(f"{path} is set by Pinterest", hint="leave it out")
            return self.checked(value, inner, path, known.get(name))
        # Of several shapes the fitting one judges the names; a member that came may be newer than the description.
        varied = "any" in shape or "cases" in shape
        if members and not varied and name not in known and name not in shape.get("siblings", ()):
            raise UnknownNameError(f"{where} has no member {name!r}", hint=did_you_mean(name, members))
        return plain(value, None, path)

    # several shapes

    def _variant(self, value: Any, shape: Shape, where: str, came: Any) -> Any:
        """The value as one of several shapes takes it; else the error of the one that came closest."""
        name = shape.get("by")
        cases = shape.get("cases", {})
        if name and cases and isinstance(value, Mapping) and name in value:
            case = value[name]
            if not isinstance(case, str) or case not in cases:
                # Of a kind that Pinterest added since, which came with the record or was added on purpose.
                if isinstance(came, Mapping) and came.get(name) == case:
                    return value
                hint = did_you_mean(case, cases)
                raise InvalidValueError(f"{where}.{name} is one of {', '.join(cases)}, not {case!r}", hint=hint)
            variant = self._with_shared_members(shape, {"ref": cases[case]})
            if not variant.get("closed"):
                # An open variant takes the members of its siblings: the content type of an image that has a URL, say.
                variant = {**variant, "siblings": self.names(shape)}
            return self.checked(value, variant, where, came)
        closest: InvalidValueError | UnknownNameError | None = None
        for each in shape.get("any", ()):
            try:
                return self.checked(value, self._with_shared_members(shape, each), where, came)
            except InvalidValueError as error:
                # The longest message has the longest path, so that shape fitted furthest in.
                if closest is None or len(str(error)) >= len(str(closest)):
                    closest = error
            except UnknownNameError as error:
                closest = closest or error
        if closest is not None:
            raise closest
        return value

    def _with_shared_members(self, shape: Shape, variant: Shape) -> Shape:
        """A variant with the members that all variants have."""
        variant = self.resolved(variant)
        if "members" not in shape or ("members" not in variant and "required" not in variant):
            return variant
        return {**variant, "members": {**shape["members"], **variant.get("members", {})}}

    def names(self, shape: Shape) -> list[str]:
        """The members that an object may have, those of all its variants too."""
        shape = self.resolved(shape)
        variants = [*shape.get("any", ()), *({"ref": name} for name in shape.get("cases", {}).values())]
        inner = [name for each in variants for name in self.names(each)]
        return list(dict.fromkeys([*shape.get("members", ()), *inner]))


def _item_that_came(item: Any, index: int, known: list[Any]) -> Any:
    """What an item of a list came as: itself where it is among them, else an object at its index; None for neither."""
    if item in known:
        return known[known.index(item)]
    if isinstance(item, Mapping) and index < len(known):
        return known[index]
    return None


_GROUPS = "product_group_ids"
"""A name with two meanings: product groups of catalogs, and those that ads promote (wire.md, section 10)."""


def plain(value: Any, shape: Shape | None = None, where: str = "a value") -> Any:
    """A value of Python in wire form: an entity is its id, times are ISO 8601 in UTC, a Decimal a number.

    where: the path of the value, for messages. Its last name says of which class an entity must be: ``campaign_ids``
    takes campaigns. Raises `InvalidValueError` for an entity of another class or without an id, and for NaN.
    """
    if is_entity(value):
        check_entity(value, "Pinterest", where)
        name = _last_name(where)
        models: Models = None
        if name != _GROUPS:
            models = class_named(value, name)
        return id_of(value, models, where)
    value = _scalar(value, where)
    if isinstance(value, datetime):
        if shape is not None and shape.get("format") == "date":
            return value.date().isoformat()
        return _iso_utc(value)
    if isinstance(value, date):
        return value.isoformat()
    # Whole ones as integers: amounts and ids must not come out as 7.0.
    if isinstance(value, Decimal):
        if value == value.to_integral_value():
            return int(value)
        return float(value)
    if shape is not None:  # what is inside is checked against the shape, item by item
        return value
    if isinstance(value, Mapping):
        return {name: plain(each, None, f"{where}.{name}") for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each, None, f"{where}[{index}]") for index, each in enumerate(value)]
    return value


def _iso_utc(moment: datetime) -> str:
    """A moment as ISO 8601 in UTC; without a zone it is meant in UTC."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _last_name(where: str) -> str:
    """The member or parameter that a path leads to: ``bid`` of ``keywords/create.keywords[0].bid``."""
    return where.rpartition(".")[2].partition("[")[0]


_MICROS = frozenset({"bid", "daily_spend_cap", "lifetime_spend_cap"})
"""Amounts in micro-currency whose names do not say so. Source: wire.md, section 6, and the description of keywords."""
_NOISE = 1e-9
"""How far a product of floats may be from the whole number that is meant, as a part of it."""


def _is_micros(name: str) -> bool:
    """Whether a member holds an amount in micro-currency."""
    return name.endswith("_micro_currency") or name in _MICROS


def _micros(value: Any, shape: Shape, where: str) -> Any:
    """An amount in micro-currency as it is sent: whole, as text of digits where the description wants text.

    The noise of a product of floats goes. Any other fraction is refused and not rounded: who writes 1.5 most likely
    means 1500000.
    """
    if isinstance(value, (int, float)) and value < 0:
        raise InvalidValueError(f"{where} is an amount, 0 or more, not {value!r}")
    if shape.get("type") not in ("integer", "string") or not isinstance(value, float):
        return value
    nearest = round(value)
    if abs(value - nearest) > _NOISE * abs(value):
        raise InvalidValueError(
            f"{where} is a whole number, not {value!r}", hint="it is micro-currency: 1.50 is 1500000; use round()"
        )
    return nearest


def _scalar(value: Any, where: str) -> Any:
    """A scalar in plain Python; an `InvalidValueError` with the path of a missing value."""
    try:
        return to_plain(value)
    except InvalidValueError as missing:
        raise InvalidValueError(f"{where} cannot be {value!r}: {missing.message}", hint=missing.hint) from None


def _check_enum(value: Any, shape: Shape, where: str) -> None:
    """Refuses a value that is not one of the shape's values."""
    known = shape.get("enum")
    if known is None or value in known:
        return
    values = [str(each) for each in known if each is not None]
    problem = " cannot be"
    if len(values) <= 12:  # some enums have hundreds of values, which would hide the message
        problem = f" is one of {', '.join(values)}, not"
    raise InvalidValueError(f"{where}{problem} {value!r}", hint=did_you_mean(value, values, listing=False))


def _check_range(value: Any, shape: Shape, where: str) -> None:
    """Refuses a number that is too small or too large for the shape."""
    _check_enum(value, shape, where)
    if "min" in shape and value < shape["min"]:
        raise InvalidValueError(f"{where} is at least {shape['min']}, not {value}")
    if "max" in shape and value > shape["max"]:
        raise InvalidValueError(f"{where} is at most {shape['max']}, not {value}")


def _check_size(value: Any, bounds: tuple[str, str], shape: Shape, where: str) -> None:
    """Checks how long a value is. bounds: the names of the least and the most in the shape."""
    size = len(value)
    least, most = (shape.get(name) for name in bounds)
    if least is not None and size < least:
        raise InvalidValueError(f"{where} {_SIZES[bounds[0]].format(f'{least:,}', f'{size:,}')}")
    if most is not None and size > most:
        raise InvalidValueError(f"{where} {_SIZES[bounds[1]].format(f'{most:,}', f'{size:,}')}")
