"""What a value may look like, and what is wrong with one.

A shape is the name of a type, or a dict:

    is        object, array, string, integer, number, boolean; absent: anything
    fields    members of an object by name; `need` the required, `read_only` the ones that may not be sent
    rest      shape of members that are not named; `closed` an object that forbids them
    of        shape of the elements of an array
    one, any  shapes of which one must fit; `by` the member that names the right one, through `variants`
    enum, pattern, format, min, max, above, null    as in JSON Schema; min and max count what the type has: characters,
              elements, members, or the number itself

Members that the description does not name are refused here even where it does not forbid them: what Pinterest does
with them is not in the facts, and a misspelt member should not pass for a saved one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
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


def problems(api: Api, value: Any, shape: Shape, where: str = "body") -> list[str]:
    """What is wrong with a value, in words; empty when it fits. At most four are told."""
    found: list[str] = []
    for one in _wrong(api, value, shape, where):
        found.append(one)
        if len(found) == _MOST_PROBLEMS:
            break
    return found


def _wrong(api: Api, value: Any, shape: Shape, where: str) -> Iterator[str]:
    plain = api.resolved(shape)
    if value is None:
        if not (plain.get("null") or None in plain.get("enum", ()) or _takes_null(api, plain)):
            yield f"{where}: null is not allowed"
        return
    if "variants" in plain:
        yield from _wrong_variant(api, value, plain, where)
        return
    choices = plain.get("one") or plain.get("any")
    if choices:
        told = [problems(api, value, one, where) for one in choices]
        if all(told):
            yield min(told, key=len)[0]
        return
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
            yield from _wrong(api, one, plain.get("of", {}), f"{where}[{index}]")
    elif isinstance(value, dict):
        yield from _wrong_members(api, value, plain, where)


def _takes_null(api: Api, plain: Mapping[str, Any]) -> bool:
    return any(
        not problems(api, None, one)
        for one in (*plain.get("one", ()), *plain.get("any", ()))
        if not isinstance(one, str)
    )


def _wrong_variant(api: Api, value: Any, plain: Mapping[str, Any], where: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{where}: {_shown(value)} is not of type object"
        return
    name = value.get(plain["by"])
    if name not in plain["variants"]:
        yield f"{where}.{plain['by']}: {_shown(name)} is not one of {', '.join(plain['variants'])}"
        return
    chosen = api.resolved(plain["variants"][name])
    if plain.get("fields"):
        # A base with variants: the variant names what it adds, the base the discriminator.
        chosen = {**chosen, "fields": {**plain["fields"], **chosen.get("fields", {})}}
    yield from _wrong(api, value, {key: one for key, one in chosen.items() if key != "variants"}, where)


def _wrong_members(api: Api, value: dict[str, Any], plain: Mapping[str, Any], where: str) -> Iterator[str]:
    fields = plain.get("fields", {})
    for name in plain.get("need", ()):
        if name not in value and name not in plain.get("read_only", ()):
            yield f"{where}: {name!r} is required"
    for name, one in value.items():
        if name in plain.get("read_only", ()):
            yield f"{where}.{name}: is read-only"
        elif name in fields:
            yield from _wrong(api, one, fields[name], f"{where}.{name}")
        elif "rest" in plain:
            yield from _wrong(api, one, plain["rest"], f"{where}.{name}")
        elif fields or plain.get("closed"):
            yield f"{where}: unknown member {name!r}"


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
