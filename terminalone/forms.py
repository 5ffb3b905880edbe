"""The forms of T1's special calls, whose keys carry a number: ``segments.1.id``. Source: wire.md sections 4 and 11."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from adplatforms.core.entity import Entity
from adplatforms.core.errors import InvalidValueError
from adplatforms.core.values import UTC, Pairs, parse_int

__all__ = ["id_of", "ids_of", "numbered", "one_of", "pairs", "rows_of", "text"]


def text(value: Any) -> str:
    """A value as forms have it: ``1`` and ``0``, UTC without offset, an entity's id."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        moment = value if value.tzinfo is not None else value.replace(tzinfo=UTC)
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return str(id_of(value)) if isinstance(value, Entity) else str(value)


def pairs(data: Mapping[str, Any]) -> Pairs:
    """A form that the caller wrote: as it is, a list repeats its key, None is left out."""
    form: list[tuple[str, str]] = []
    for name, value in data.items():
        values = value if isinstance(value, (list, tuple)) else [value]
        form += [(name, text(item)) for item in values if item is not None]
    return tuple(form)


def numbered(name: str, items: Iterable[Mapping[str, Any]]) -> Pairs:
    """``name.1.id=7``: the values of each item under its number, counted from 1; None is left out.

    >>> numbered("deal", [{"id": 7}, {"id": 9}])
    (('deal.1.id', '7'), ('deal.2.id', '9'))
    """
    return tuple(
        (f"{name}.{number}.{key}", text(value))
        for number, item in enumerate(items, 1)
        for key, value in item.items()
        if value is not None
    )


def id_of(value: Any, key: str = "id") -> int:
    """The id of an entity, of its row, or an id as it is; `key`: the field that holds it."""
    found = value
    if isinstance(value, Entity):
        found = value._values.get(key)
    elif isinstance(value, Mapping):
        found = value.get(key)
    try:
        return parse_int(found)
    except (TypeError, ValueError):
        raise InvalidValueError(f"{value!r} is no id, and no saved entity", hint="ids are whole numbers") from None


def ids_of(values: Any, key: str = "id") -> list[int]:
    """The ids of entities or ids, one or many; an `InvalidValueError` for what is neither."""
    if values is None:
        return []
    many = isinstance(values, Iterable) and not isinstance(values, (str, bytes, Mapping, Entity))
    return [id_of(value, key) for value in (values if many else [values])]


def rows_of(values: Any, key: str = "id") -> list[dict[str, Any]]:
    """``[{"id": 7}, ...]`` for ids, entities, or dicts that say more than the id."""
    many = isinstance(values, Iterable) and not isinstance(values, (str, bytes, Mapping, Entity))
    listed = [] if values is None else values if many else [values]
    return [
        {**value, "id": id_of(value)} if isinstance(value, Mapping) else {"id": id_of(value, key)} for value in listed
    ]


def one_of(name: str, value: str, allowed: str | Iterable[str]) -> str:
    """The value, when it is one of these (words of a text, or a list); else an `InvalidValueError` that lists them."""
    words = allowed.split() if isinstance(allowed, str) else list(allowed)
    if value not in words:
        raise InvalidValueError(f"{name} is one of {', '.join(words)}, not {value!r}")
    return value
