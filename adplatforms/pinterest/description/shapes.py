"""What a value must look like, and the check of a value against it.

A shape is a dict of the table: `type`, `enum`, `min`, `max`, `pattern`, `items`, `members`, ... or `ref`, the name of a
type. `closed` objects take no other members; of `any` one shape must fit, told by the member `by` where there is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any

from adplatforms.core.errors import InvalidValueError, UnknownNameError, did_you_mean
from adplatforms.core.ids import check_entity, class_named, id_of, is_entity
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


class Shapes:
    """Checks values against shapes, whose named types it knows. private: errors do not show the values."""

    def __init__(self, types: Mapping[str, Shape], private: bool = False) -> None:
        self.types, self.private = types, private

    def resolved(self, shape: Shape) -> Shape:
        """The shape itself, where a reference stands for it."""
        while "ref" in shape:
            shape = self.types[shape["ref"]]
        return shape

    def checked(self, value: Any, shape: Shape, where: str, came: Any = None) -> Any:
        """The value in wire form; an `InvalidValueError` that starts with `where` when it does not fit.

        came: what the record came with in this place. What is still as it came is not judged, member by member: it may
        be newer than the description.
        """
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
        open_object = isinstance(value, Mapping) and ("members" in shape or "required" in shape)
        check = getattr(self, f"_{shape.get('type') or ('object' if open_object else 'anything')}")
        value = check(value, shape, where, came)
        if "any" in shape or "cases" in shape:
            value = self._variant(value, shape, where, came)
        return value

    def _told(self, value: Any) -> str:
        """A value as errors show it: cut where it is long, only its kind where it is private."""
        text = repr(value)
        return f"a {type(value).__name__}" if self.private else text if len(text) <= 100 else f"{text[:99]}…"

    def _null_fits(self, shape: Shape) -> bool:
        return any(self.resolved(each).get("nullable") for each in shape.get("any", ()))

    def _anything(self, value: Any, shape: Shape, where: str, came: Any) -> Any:
        return value

    def _string(self, value: Any, shape: Shape, where: str, came: Any) -> Any:
        if type(value) is int:  # an id
            value = str(value)
        if not isinstance(value, str):
            raise InvalidValueError(f"{where} is text, not {self._told(value)}")
        _enumerated(value, shape, where)
        _sized(value, ("min_length", "max_length"), shape, where)
        if "pattern" in shape and not re.search(shape["pattern"], value):
            told = "a string of digits" if shape["pattern"] == r"^\d+$" else f"of the form {shape['pattern']}"
            raise InvalidValueError(f"{where} is {told}, not {self._told(value)}")
        return value

    def _integer(self, value: Any, shape: Shape, where: str, came: Any) -> Any:
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if type(value) is not int:
            raise InvalidValueError(f"{where} is a whole number, not {self._told(value)}")
        return _ranged(value, shape, where)

    def _number(self, value: Any, shape: Shape, where: str, came: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(value):
            raise InvalidValueError(f"{where} is a number, not {self._told(value)}")
        return _ranged(value, shape, where)

    def _boolean(self, value: Any, shape: Shape, where: str, came: Any) -> Any:
        if not isinstance(value, bool):
            raise InvalidValueError(f"{where} is True or False, not {self._told(value)}")
        return value

    def _array(self, value: Any, shape: Shape, where: str, came: Any) -> Any:
        if isinstance(value, (str, bytes, Mapping)) or not isinstance(value, Iterable):
            raise InvalidValueError(f"{where} is a list, not {self._told(value)}")
        items = list(value)
        _sized(items, ("min_items", "max_items"), shape, where)
        item = shape.get("items", {})
        known = came if isinstance(came, list) else []
        return [
            self.checked(each, item, f"{where}[{place}]", self._item_that_came(each, place, known))
            for place, each in enumerate(items)
        ]

    @staticmethod
    def _item_that_came(each: Any, place: int, known: list[Any]) -> Any:
        """What an item of a list came as: itself where it is among them, else an object in its place."""
        if each in known:
            return known[known.index(each)]
        if isinstance(each, Mapping) and place < len(known):
            return known[place]
        return None

    def _object(self, value: Any, shape: Shape, where: str, came: Any) -> Any:
        if not isinstance(value, Mapping):
            raise InvalidValueError(f"{where} is a dict, not {self._told(value)}")
        _sized(value, ("min_members", "max_members"), shape, where)
        members, others = shape.get("members", {}), shape.get("others")
        missing = [name for name in shape.get("required", ()) if name not in value]
        if missing:
            raise InvalidValueError(f"{where} needs {', '.join(missing)}")
        varied = "any" in shape or "cases" in shape
        known = came if isinstance(came, Mapping) else {}
        found = {}
        for name, each in value.items():
            there = f"{where}.{name}"
            inner = members.get(name, others)
            if name in known and known[name] == each and type(known[name]) is type(each):
                found[name] = known[name]
                continue
            if inner is None and members and not varied and name not in known:
                raise UnknownNameError(f"{where} has no member {name!r}", hint=did_you_mean(name, members))
            if inner is not None and self.resolved(inner).get("read_only"):
                raise InvalidValueError(f"{there} is set by Pinterest", hint="leave it out")
            found[name] = (
                plain(each, None, there) if inner is None else self.checked(each, inner, there, known.get(name))
            )
        return found

    def _variant(self, value: Any, shape: Shape, where: str, came: Any) -> Any:
        """The value as one of several shapes takes it; else the error of the one that came closest."""
        name = shape.get("by")
        cases = shape.get("cases", {})
        if name and cases and isinstance(value, Mapping) and name in value:
            case = value[name]
            if not isinstance(case, str) or case not in cases:
                hint = did_you_mean(case, cases)
                raise InvalidValueError(f"{where}.{name} is one of {', '.join(cases)}, not {case!r}", hint=hint)
            return self.checked(value, self._beside(shape, {"ref": cases[case]}), where, came)
        closest: Exception | None = None
        for each in shape.get("any", ()):
            try:
                return self.checked(value, self._beside(shape, each), where, came)
            except InvalidValueError as error:
                closest = error if closest is None or len(str(error)) >= len(str(closest)) else closest
            except UnknownNameError as error:
                closest = closest or error
        if closest is not None:
            raise closest
        return value

    def _beside(self, shape: Shape, variant: Shape) -> Shape:
        """A variant with the members that stand beside it."""
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


_GROUPS = "product_group_ids"
"""A name with two meanings: product groups of catalogs, and those that ads promote."""


def plain(value: Any, shape: Shape | None = None, where: str = "a value") -> Any:
    """A value of Python in wire form: an entity is its id, times are ISO 8601 in UTC, a Decimal a number.

    where: what messages call it. Its last name says of which class an entity must be: ``campaign_ids`` takes campaigns.
    Raises `InvalidValueError` for an entity of another class or without an id, and for NaN.
    """
    if is_entity(value):
        check_entity(value, "Pinterest", where)
        name = _last_name(where)
        return id_of(value, None if name == _GROUPS else class_named(value, name), where)
    value = _scalar(value, where)
    if isinstance(value, datetime) and (shape or {}).get("format") == "date":
        return value.date().isoformat()
    if isinstance(value, datetime):
        moment = value if value.tzinfo is not None else value.replace(tzinfo=UTC)
        return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Mapping):
        return {name: plain(each, None, f"{where}.{name}") for name, each in value.items()} if shape is None else value
    if isinstance(value, (list, tuple)) and shape is None:
        return [plain(each, None, f"{where}[{place}]") for place, each in enumerate(value)]
    return value


def _last_name(where: str) -> str:
    """The member or parameter that a place is: ``bid`` of ``keywords/create.keywords[0].bid``."""
    return where.rpartition(".")[2].partition("[")[0]


_MICROS = frozenset({"bid", "daily_spend_cap", "lifetime_spend_cap"})
"""Amounts in micro-currency whose names do not say so. Source: wire.md, section 6, and the description of keywords."""
_NOISE = 1e-9
"""How far a product of floats may be from the whole number that is meant, as a part of it."""


def _is_micros(name: str) -> bool:
    return name.endswith("_micro_currency") or name in _MICROS


def _micros(value: Any, shape: Shape, where: str) -> Any:
    """An amount in micro-currency as it is sent: whole, as text of digits where the description wants text.

    The noise of a product of floats goes. Any other fraction is refused and not rounded: who writes 1.5 most likely
    means 1500000.
    """
    if shape.get("type") not in ("integer", "string") or not isinstance(value, float):
        return value
    nearest = round(value)
    if abs(value - nearest) > _NOISE * abs(value):
        raise InvalidValueError(
            f"{where} is a whole number, not {value!r}", hint="it is micro-currency: 1.50 is 1500000; use round()"
        )
    return nearest


def _scalar(value: Any, where: str) -> Any:
    """A scalar in plain Python; an `InvalidValueError` that says where a missing value stands."""
    try:
        return to_plain(value)
    except InvalidValueError as missing:
        raise InvalidValueError(f"{where} cannot be {value!r}: {missing.message}", hint=missing.hint) from None


def _enumerated(value: Any, shape: Shape, where: str) -> None:
    known = shape.get("enum")
    if known is not None and value not in known:
        words = [str(each) for each in known if each is not None]
        listed = f" is one of {', '.join(words)}, not" if len(words) <= 12 else " cannot be"
        raise InvalidValueError(f"{where}{listed} {value!r}", hint=did_you_mean(value, words, listing=False))


def _ranged(value: Any, shape: Shape, where: str) -> Any:
    _enumerated(value, shape, where)
    for name, edge, told in (("min", max, "at least"), ("max", min, "at most")):
        if name in shape and edge(value, shape[name]) != value:
            raise InvalidValueError(f"{where} is {told} {shape[name]}, not {value}")
    return value


def _sized(value: Any, names: Sequence[str], shape: Shape, where: str) -> None:
    for name in names:
        edge, size = shape.get(name), len(value)
        if edge is not None and (size < edge if name.startswith("min") else size > edge):
            raise InvalidValueError(f"{where} {_SIZES[name].format(f'{edge:,}', f'{size:,}')}")
