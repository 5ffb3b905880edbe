"""The forms of T1's special calls, whose keys carry a number: ``segments.1.id``. Source: wire.md sections 4 and 11."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from adplatforms.core.entity import Entity
from adplatforms.core.errors import InvalidValueError
from adplatforms.core.ids import check_class, check_entity, class_named, is_entity
from adplatforms.core.ids import id_of as core_id_of
from adplatforms.core.messages import Pairs
from adplatforms.core.parsing import parse_int
from adplatforms.core.scalars import to_plain_list, to_plain_tree
from adplatforms.core.state import EntityState

__all__ = ["id_of", "ids_of", "numbered", "one_of", "pairs", "several", "text"]


def text(value: Any, name: str = "a value") -> str:
    """A value as forms have it: ``1`` and ``0``, UTC without offset, an entity's id. name: its key, for messages."""
    value = to_plain_tree(value, name)
    # Before int, which a bool is too.
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        if value.tzinfo is None:  # T1's times are UTC, with an offset or without
            value = value.replace(tzinfo=UTC)
        return str(value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S"))
    if is_entity(value):
        check_entity(value, "T1", name)
        return str(core_id_of(value, class_named(value, name), name))
    return str(value)


def pairs(data: Mapping[str, Any]) -> Pairs:
    """A form that the caller wrote: as it is, a list repeats its key, None is left out."""
    form: list[tuple[str, str]] = []
    for name, value in data.items():
        value = to_plain_list(value)
        # requests would do the same; here each item is checked and written as T1 has it.
        values = value if isinstance(value, (list, tuple)) else [value]
        form += [(name, text(item, name)) for item in values if item is not None]
    return tuple(form)


def numbered(name: str, items: Iterable[Mapping[str, Any]]) -> Pairs:
    """``name.1.id=7``: the values of each item under its number, counted from 1; None is left out.

    >>> numbered("deal", [{"id": 7}, {"id": 9}])
    (('deal.1.id', '7'), ('deal.2.id', '9'))
    """
    return tuple(
        (f"{name}.{number}.{key}", text(value, f"{name}.{number}.{key}"))
        for number, item in enumerate(items, 1)
        for key, value in item.items()
        if value is not None
    )


def id_of(value: Any, model: str, key: str = "id") -> int:
    """The id of an entity, of its row, or an id as it is.

    model: T1's name for what is meant, ``"site_list"``; empty where any will do. key: the field that holds the id, of
    a record that links to what is meant. Raises `InvalidValueError` for an entity of another class or without an id,
    and for what is not a whole number.
    """
    found = value
    if isinstance(value, Entity):
        check_entity(value, "T1", "this call")
        state = EntityState(value)
        # A link is of another class than what it links to, and an unsaved record is refused for that first.
        if model and key == "id" and state.values.get("id") is not None:
            check_class(value, state.model.registry.by_type(model), "this call")
        found = state.values.get(key)
    elif isinstance(value, Mapping):
        found = value.get(key)
    try:
        return parse_int(core_id_of(found))
    except (TypeError, ValueError):
        message = f"{value!r} is neither an id nor a saved entity"
        raise InvalidValueError(message, hint="ids are whole numbers") from None


def several(values: Any, *, required: bool = False) -> list[Any]:
    """One or many as a list; None is an empty one, and an `InvalidValueError` where something is required."""
    values = to_plain_list(values)
    if values is None and required:
        raise InvalidValueError("this call takes ids or entities, not None", hint="[] is none of them")
    if values is None:
        return []
    if isinstance(values, Iterable) and not isinstance(values, (str, bytes, Mapping, Entity)):
        return list(values)
    return [values]


def ids_of(values: Any, model: str, key: str = "id", *, required: bool = False) -> list[int]:
    """The ids of entities or ids, one or many, as `id_of` has them; None is an empty list, see `several`."""
    return [id_of(value, model, key) for value in several(values, required=required)]


def one_of(name: str, value: str, allowed: str | Iterable[str]) -> str:
    """The value, when it is one of these (words of a text, or a list); else an `InvalidValueError` that lists them."""
    known = allowed.split() if isinstance(allowed, str) else list(allowed)
    if value not in known:
        raise InvalidValueError(f"{name} is one of {', '.join(known)}, not {value!r}")
    return value
