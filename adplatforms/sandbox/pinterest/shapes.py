"""What a value may look like, and what is wrong with one.

A shape is the name of a type, or a dict:

    is        object, array, string, integer, number, boolean; absent: anything
    fields    members of an object by name; `need` the required, `read_only` the ones that may not be sent
    rest      shape of members that are not named; `closed` an object that forbids them
    of        shape of the elements of an array
    one, any  shapes of which one must fit; `by` the member that names the right one, through `variants`
    enum, pattern, format, min, max, above, null    as in JSON Schema; min and max count what the type has: characters,
              elements, members, or the number itself

A member that the description neither names nor forbids is not wrong; who asks is told of it, for a misspelt member
should not pass for a saved one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any

from adplatforms.sandbox.pinterest.table import Api, Shape

_PYTHON: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
}
_MOST_PROBLEMS = 4


Extra = tuple[str, dict[str, Any], str]
"""A member that the description does not name: where it stands, the object that holds it, and its name."""


def problems(api: Api, value: Any, shape: Shape, where: str = "body", extras: list[Extra] | None = None) -> list[str]:
    """What is wrong with a value, in words; empty when it fits. At most four are told.

    `extras` is filled with the members that the description neither names nor forbids.
    """
    check = _Check(api)
    found = list(islice(check.wrong(value, shape, where), _MOST_PROBLEMS))
    if extras is not None:
        extras += check.extras
    return found


class _Check:
    """One value held against its shape."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.extras: list[Extra] = []

    def wrong(self, value: Any, shape: Shape, where: str) -> Iterator[str]:
        plain = self.api.resolved(shape)
        if value is None:
            if not self._takes_null(plain):
                yield f"{where}: null is not allowed"
        elif "variants" in plain:
            yield from self._wrong_variant(value, plain, where)
        elif "one" in plain or "any" in plain:
            yield from self._wrong_choice(value, plain, where)
        else:
            yield from self._wrong_plain(value, plain, where)

    def _wrong_plain(self, value: Any, plain: Mapping[str, Any], where: str) -> Iterator[str]:
        kind = plain.get("is")
        if kind and (not isinstance(value, _PYTHON[kind]) or (isinstance(value, bool) and kind != "boolean")):
            yield f"{where}: {_shown(value)} is not of type {kind}"
            return
        if "enum" in plain and not plain.get("cut") and value not in plain["enum"]:
            yield f"{where}: {_shown(value)} is not one of {', '.join(map(str, plain['enum'][:12]))}"
            return
        yield from _wrong_size(value, plain, where)
        if isinstance(value, str):
            yield from _wrong_text(value, plain, where)
        elif isinstance(value, list):
            for index, one in enumerate(value):
                yield from self.wrong(one, plain.get("of", {}), f"{where}[{index}]")
        elif isinstance(value, dict):
            yield from self._wrong_members(value, plain, where)

    def _wrong_choice(self, value: Any, plain: Mapping[str, Any], where: str) -> Iterator[str]:
        """Of the choices that fit, the one that knows most members counts."""
        told: list[str] | None = None
        fitting: list[list[Extra]] = []
        for one in (*plain.get("one", ()), *plain.get("any", ())):
            extras: list[Extra] = []
            found = problems(self.api, value, one, where, extras)
            if not found:
                fitting.append(extras)
            elif told is None or len(found) < len(told):
                told = found
        if fitting:
            self.extras += sorted(fitting, key=len)[0]
        elif told:
            yield told[0]

    def _takes_null(self, plain: Mapping[str, Any]) -> bool:
        if plain.get("null") or None in plain.get("enum", ()):
            return True
        choices = (*plain.get("one", ()), *plain.get("any", ()))
        return any(not problems(self.api, None, one) for one in choices if not isinstance(one, str))

    def _wrong_variant(self, value: Any, plain: Mapping[str, Any], where: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{where}: {_shown(value)} is not of type object"
            return
        name = value.get(plain["by"])
        if name not in list(plain["variants"]):
            yield f"{where}.{plain['by']}: {_shown(name)} is not one of {', '.join(plain['variants'])}"
            return
        chosen = self.api.resolved(plain["variants"][name])
        if plain.get("fields"):
            # A base with variants: the variant names what it adds, the base the discriminator.
            chosen = {**chosen, "fields": {**plain["fields"], **chosen.get("fields", {})}}
        yield from self.wrong(value, {key: one for key, one in chosen.items() if key != "variants"}, where)

    def _wrong_members(self, value: dict[str, Any], plain: Mapping[str, Any], where: str) -> Iterator[str]:
        fields, read_only = plain.get("fields", {}), plain.get("read_only", ())
        for name in plain.get("need", ()):
            if name not in value and name not in read_only:
                yield f"{where}: {name!r} is required"
        for name, one in value.items():
            if name in read_only:
                yield f"{where}.{name}: is read-only"
            elif name in fields:
                yield from self.wrong(one, fields[name], f"{where}.{name}")
            elif "rest" in plain:
                yield from self.wrong(one, plain["rest"], f"{where}.{name}")
            elif plain.get("closed"):
                yield f"{where}: unknown member {name!r}"
            elif fields:
                self.extras.append((f"{where}.{name}", value, name))


def _wrong_size(value: Any, plain: Mapping[str, Any], where: str) -> Iterator[str]:
    if isinstance(value, bool):
        return
    size = value if isinstance(value, (int, float)) else len(value)
    if "min" in plain and size < plain["min"]:
        yield f"{where}: {size} is less than the minimum of {plain['min']}"
    if "max" in plain and size > plain["max"]:
        yield f"{where}: {size} is more than the maximum of {plain['max']}"
    if "above" in plain and size <= plain["above"]:
        yield f"{where}: {size} is not more than {plain['above']}"


def _wrong_text(value: str, plain: Mapping[str, Any], where: str) -> Iterator[str]:
    if "pattern" in plain and not _compiled(plain["pattern"]).search(value):
        yield f"{where}: {_shown(value)} does not match {plain['pattern']}"
    if plain.get("format") in _FORMATS and not _compiled(_FORMATS[plain["format"]]).match(value):
        yield f"{where}: {_shown(value)} is not a {plain['format']}"


_FORMATS = {
    "date": r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$",
    "date-time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$",
}


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
