"""Pixel target expressions: which pixels a strategy's audience must, or must not, have loaded.

T1 writes them as text: ``( [1] OR [2] ) AND NOT ( [3] )``. Flat ones, with at most one group to include and one to
exclude, read as the dict of the classic SDK; any other nesting of AND, OR and NOT stays text, so that it survives a
round trip. Source: entities.json, Strategy `pixel_target_expr`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from adplatforms.core.errors import InvalidValueError
from adplatforms.core.fields import Field, Object

from .forms import ids_of

if TYPE_CHECKING:
    from adplatforms.core.entity import Entity

__all__ = ["PixelExpression", "check", "flat", "pixels", "text"]

_TOKEN = re.compile(r"\s*(?:\[\s*(\d+)\s*\]|(AND|OR|NOT)\b|([()]))", re.IGNORECASE)
_GROUP = r"(?P<{0}>\((?:\s*(?:\[\s*\d+\s*\]|AND|OR))+\s*\))"
_FLAT = re.compile(
    rf"\s*(?:{_GROUP.format('include')}(?:\s*AND\s+NOT\s*{_GROUP.format('both')})?|NOT\s*{_GROUP.format('exclude')})?\s*"
)
_DEPTH = 100
"""How deep an expression may nest."""


def pixels(expression: str) -> list[int]:
    """The ids of all pixels in an expression, in the order of the text.

    >>> pixels("( [1] OR [2] ) AND NOT ( [3] )")
    [1, 2, 3]
    """
    return [int(number) for number in re.findall(r"\[\s*(\d+)\s*\]", expression)]


def check(expression: str) -> str:
    """The expression, when it is well formed; else a ValueError that says where it is not."""
    tokens = list(_tokens(expression))
    if tokens:
        end = _operation(tokens, 0, 0)
        if end < len(tokens):
            raise ValueError(f"{tokens[end]!r} is out of place in {expression!r}")
    return expression


def flat(expression: str) -> dict[str, dict[str, Any]] | None:
    """The dict of the classic SDK for a flat expression, None for any other.

    >>> flat("( [1] OR [2] ) AND NOT ( [3] )")
    {'include': {'pixels': [1, 2], 'operator': 'OR'}, 'exclude': {'pixels': [3], 'operator': None}}
    """
    found = _FLAT.fullmatch(expression)
    if found is None:
        return None
    sides = {"include": found["include"] or "", "exclude": found["both"] or found["exclude"] or ""}
    # AND and OR mixed in one group have no place in the dict: a save would flatten them to one operator.
    if any(_operator(group) is None and len(pixels(group)) > 1 for group in sides.values()):
        return None
    try:
        check(expression)
    except ValueError:
        return None
    return {side: {"pixels": pixels(group), "operator": _operator(group)} for side, group in sides.items()}


def text(expression: Mapping[str, Any] | str) -> str:
    """The text that T1 takes. A group without an operator is joined by OR, an empty group is left out.

    >>> text({"include": {"pixels": [1, 2], "operator": None}, "exclude": {"pixels": [3], "operator": None}})
    '( [1] OR [2] ) AND NOT ( [3] )'
    """
    if isinstance(expression, str):
        return expression
    include, exclude = (_group(expression.get(side)) for side in ("include", "exclude"))
    return " AND ".join(part for part in (include, exclude and f"NOT {exclude}") if part)


class PixelExpression(Object):
    """A pixel target expression: a dict when it is flat, else text; set either. None and "" clear it.

    The dict is ``{"include": {"pixels": [1, 2], "operator": "AND", "OR" or None}, "exclude": {...}}``. A change in
    place is noticed. It is sent when it changed, never else.
    """

    type_name = "pixel target expression"

    def load(self, value: Any) -> Any:
        """The dict of a flat expression, the text of any other."""
        if not isinstance(value, str):
            raise TypeError("expected text")
        found = flat(value)
        if found is None:
            return value
        return found

    def dump(self, value: Any) -> str:
        """The text that T1 takes."""
        return text(value)

    def accept(self, value: Any) -> Any:
        """The dict or text that a flat or a nested expression reads as. Raises `ValueError` for what is not well
        formed."""
        if isinstance(value, str):
            return self.load(check(value.strip()))
        if not isinstance(value, Mapping) or set(value) - {"include", "exclude"}:
            raise ValueError('expected text or {"include": {"pixels": [...], "operator": ...}, "exclude": {...}}')
        return self.load(text(value))

    def __set__(self, entity: Entity, value: Any) -> None:
        Field.__set__(self, entity, value)  # a later change of the caller's dict is not ours


def _operator(group: str) -> str | None:
    """The one operator of a group; None where there is none, or where AND and OR are mixed."""
    operators: set[str] = {word.upper() for word in re.findall(r"AND|OR", group, re.IGNORECASE)}
    if len(operators) != 1:
        return None
    return operators.pop()


def _group(side: Mapping[str, Any] | None) -> str:
    """A group in brackets, empty for one without pixels."""
    given = side or {}
    numbers = ids_of(given.get("pixels"), "pixel_bundle")
    operator = str(given.get("operator") or "OR").upper()
    if operator not in ("AND", "OR"):
        raise InvalidValueError(f"an operator is AND or OR, not {operator!r}")
    if not numbers:
        return ""
    joined = f" {operator} ".join(f"[{number}]" for number in numbers)
    return f"( {joined} )"


def _tokens(expression: str) -> Iterator[str]:
    """The pixels, operators and brackets of an expression, in a form of their own. Raises `ValueError` for others."""
    at, end = 0, len(expression.rstrip())
    while at < end:
        found = _TOKEN.match(expression, at)
        if found is None:
            raise ValueError(f"{expression[at:].strip()[:20]!r} is not a pixel, operator or bracket")
        pixel, operator, bracket = found.groups()
        if pixel:
            yield f"[{pixel}]"
        else:
            yield (operator or bracket).upper()
        at = found.end()


def _operation(tokens: list[str], at: int, depth: int) -> int:
    """Where the operation that starts at a token ends: ``operand (AND operand)*``."""
    at = _operand(tokens, at, depth)
    while at < len(tokens) and tokens[at] in ("AND", "OR"):
        at = _operand(tokens, at + 1, depth)
    return at


def _operand(tokens: list[str], at: int, depth: int) -> int:
    """Where the operand that starts at a token ends: ``NOT* ([pixel] | "(" operation ")")``."""
    if depth > _DEPTH:  # this recurses: a hostile answer must not end in Python's own limit
        raise ValueError(f"brackets nest deeper than {_DEPTH}")
    while at < len(tokens) and tokens[at] == "NOT":
        at += 1
    if at >= len(tokens):
        raise ValueError("the expression ends where a pixel is expected")
    if tokens[at].startswith("["):
        return at + 1
    if tokens[at] != "(":
        raise ValueError(f"{tokens[at]!r} stands where a pixel is expected")
    at = _operation(tokens, at + 1, depth + 1)
    if at >= len(tokens) or tokens[at] != ")":
        raise ValueError("a bracket is not closed")
    return at + 1
