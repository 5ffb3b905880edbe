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

_OPERATOR = re.compile(r"[=<>!~:]+")
_NAMED = re.compile(r"([^=<>!~:&\s]+)\s*([=<>!~:]*)")


def text(value: Any, name: str = "a parameter") -> str:
    """A parameter's value as text; lists are joined by commas. name: the parameter, for messages; where it is that of a
    class, ``campaign_id``, entities of others are refused, and so is what is not an id."""
    value = to_plain_tree(to_plain_list(value), name)
    if is_entity(value):
        check_entity(value, "T1", name)
        value = id_of(value, class_named(value, name), name)
    if name.endswith("_id") and not isinstance(value, (list, tuple, set, frozenset)):
        value = id_of(value, None, name)
    if isinstance(value, str):
        return value
    if isinstance(value, (list, tuple, set, frozenset)):
        listed = sorted(value) if isinstance(value, (set, frozenset)) else value
        return ",".join(text(item, name) for item in listed)
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        moment = value if value.tzinfo is None else value.astimezone(UTC)
        return moment.strftime("%Y-%m-%dT%H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (int, float, Decimal, str)):
        return str(value)
    raise ClientError(f"{value!r} cannot be sent as a parameter of a report", hint="give text or a number")


def conditions(value: Any) -> str:
    """A filter as T1 reads it, conditions joined by ``&``: ``organization_id=100048&clicks>10``."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return "&".join(_condition(name, found) for name, found in value.items())
    if isinstance(value, tuple) and len(value) == 3 and _is_operator(value[1]):
        value = [value]
    found = list(value) if isinstance(value, Iterable) else [value]
    if not all(isinstance(each, (str, tuple, list)) for each in found):
        raise ClientError(f"{value!r} is no filter", hint='{"campaign_id": 7} or "campaign_id=7"')
    return "&".join(each if isinstance(each, str) else _condition(*each) for each in found)


def _condition(*words: Any) -> str:
    """One condition: (name, value) or (name, operator, value); the operator may end the name (``clicks>``) or come as
    a pair with the value. Without one it is ``=``."""
    written = _NAMED.fullmatch(words[0]) if words and isinstance(words[0], str) else None
    if written is None or len(words) not in (2, 3):
        raise ClientError(f"{words!r} is no condition", hint="name, operator, value")
    name, operator = written.groups()
    value = words[-1]
    if len(words) == 3:
        operator = words[1]
    elif not operator and isinstance(value, tuple) and len(value) == 2 and _is_operator(value[0]):
        operator, value = value
    operator = {"==": "=", "()": "=", "": "="}.get(operator, operator)
    if not _is_operator(operator):
        raise ClientError(f"{operator!r} is no operator", hint="such as =, !=, <, <=, > or >=")
    shown = "" if value is None else text(value, name)
    if not shown or "&" in shown:
        why = "conditions are joined by &" if shown else "reports compare with a value"
        raise ClientError(f"the value {value!r} of {name} cannot be written into a filter", hint=why)
    return f"{name}{operator}{shown}"


def _is_operator(word: Any) -> bool:
    return isinstance(word, str) and (word == "()" or bool(_OPERATOR.fullmatch(word)))
