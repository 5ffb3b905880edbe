"""How the parameters of reports are written. Source: wire.md sections 9 and 11."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from adplatforms.core.errors import ClientError
from adplatforms.core.ids import check_entity, class_named, id_of, is_entity
from adplatforms.core.scalars import to_plain_list, to_plain_tree

__all__ = ["conditions", "text"]

_AS_EQUALITY = {"==": "=", "()": "=", "": "="}
"""Operators of `filters` that reports write as ``=``: of several values, which are joined by commas, too."""
_OPERATOR = re.compile(r"[=<>!~:]+")
_NAMED = re.compile(r"([^=<>!~:&\s]+)\s*([=<>!~:]*)")


def text(value: Any, name: str = "a parameter") -> str:
    """A parameter's value as text; lists are joined by commas. name: the parameter, for messages; where it is that of a
    class, ``campaign_id``, entities of others are refused, and so is what is not an id."""
    value = to_plain_tree(to_plain_list(value), name)
    if is_entity(value):
        check_entity(value, "T1", name)
        value = id_of(value, class_named(value, name), name)
    # Only what is named like an id is checked as one: other dimensions are text of all kinds.
    if name.endswith("_id") and not isinstance(value, (list, tuple)):
        value = id_of(value, None, name)
    if isinstance(value, str):
        return value
    if isinstance(value, (list, tuple)):
        return ",".join(text(item, name) for item in value)
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, datetime):
        # One without a zone goes out as it is: the zone a report reads is named in its metadata only.
        if value.tzinfo is not None:
            value = value.astimezone(UTC)
        return str(value.strftime("%Y-%m-%dT%H:%M:%S"))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (int, float, Decimal, str)):
        return str(value)
    raise ClientError(f"{value!r} cannot be sent as a parameter of a report", hint="give text or a number")


def conditions(value: Any) -> str:
    """A filter as T1 reads it, conditions joined by ``&``: ``organization_id=100048&clicks>10``.

    value: text, which is sent as it is; a dict of values by name; one condition, ``("clicks", ">", 10)``; or a list of
    conditions, each as text, (name, value) or (name, operator, value). Raises `ClientError` for anything else.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return "&".join(_condition(name, found) for name, found in value.items())
    if isinstance(value, tuple) and len(value) == 3 and _is_operator(value[1]):
        value = [value]
    listed = list(value) if isinstance(value, Iterable) else [value]
    if not all(isinstance(each, (str, tuple, list)) for each in listed):
        raise ClientError(f"{value!r} is not a filter", hint='{"campaign_id": 7} or "campaign_id=7"')
    return "&".join(each if isinstance(each, str) else _condition(*each) for each in listed)


def _condition(*parts: Any) -> str:
    """One condition: (name, value) or (name, operator, value); the operator may end the name (``clicks>``) or come as
    a pair with the value. Without one it is ``=``."""
    written = None
    if len(parts) in (2, 3) and isinstance(parts[0], str):
        written = _NAMED.fullmatch(parts[0])
    if written is None:
        raise ClientError(f"{parts!r} is not a condition", hint="name, operator, value")
    name, operator = written.groups()
    value = parts[-1]
    if len(parts) == 3:
        operator = parts[1]
    elif not operator and isinstance(value, tuple) and len(value) == 2 and _is_operator(value[0]):
        operator, value = value
    operator = _AS_EQUALITY.get(operator, operator)
    if not _is_operator(operator):
        raise ClientError(f"{operator!r} is not an operator", hint="such as =, !=, <, <=, > or >=")
    message = f"the value {value!r} of {name} cannot be written into a filter"
    shown = "" if value is None else text(value, name)
    if not shown:
        raise ClientError(message, hint="reports compare with a value")
    if "&" in shown:  # nothing escapes it there: it would be read as the start of another condition
        raise ClientError(message, hint="conditions are joined by &")
    return f"{name}{operator}{shown}"


def _is_operator(word: Any) -> bool:
    """Whether a word can stand between a name and a value; ``()`` is that of `filters.IN`."""
    return isinstance(word, str) and (word == "()" or bool(_OPERATOR.fullmatch(word)))
