"""Whether what a call has made is what was asked for, as far as T1's answer shows it.

T1 takes forms whose keys it does not know without a word, so that a success may have left something out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from adplatforms.core.errors import APIError, InvalidValueError

from .forms import text

if TYPE_CHECKING:
    from .entities.base import T1Entity

__all__ = ["check_ids", "check_made"]


def check_made(made: T1Entity, asked: Mapping[str, Any], how: str = "was made") -> None:
    """Compares a record of an answer with the values that were asked for, by T1's names; None and what the answer does
    not show are left out.

    Raises an `APIError` that names the record and what differs. The record exists: nothing is unsure about it.
    """
    told = [problem for name, value in asked.items() if value is not None and (problem := _differs(made, name, value))]
    if told:
        raise _not_as_asked(made, how, "; ".join(told))


def _differs(made: T1Entity, name: str, wanted: Any) -> str:
    """How the shown value of a field differs from the wanted one; empty where it does not."""
    field = made._fields.get(name)
    wire = name if field is None else field.wire
    if made._raw.get(wire) is None:
        return ""
    shown = made._raw[wire] if field is None else made._loaded(name)
    if field is not None:
        try:
            wanted = field.check(wanted, type(made).__name__)
        except InvalidValueError:  # T1 has taken what the field does not: it is compared as text
            field = None
    same = shown == wanted or (field is None and text(shown) == text(wanted))
    return "" if same else f"{name} is {_short(shown)}, not {_short(wanted)}"


def check_ids(made: T1Entity, what: str, asked: Iterable[int], shown: Iterable[int] | None) -> None:
    """Whether all ids that were given are among those that the answer shows; None where it shows none."""
    missing = [] if shown is None else sorted(set(asked) - set(shown))
    if missing:
        raise _not_as_asked(made, "was changed", f"it lacks {what} {', '.join(map(str, missing))}")


def _not_as_asked(made: T1Entity, how: str, told: str) -> APIError:
    """The error of a success that differs from what was asked."""
    error = APIError(
        f"{made._label()} {how}, but not as asked: {told}",
        body=dict(made._raw),
        hint="it exists at T1 as the answer shows it: change it there, do not repeat the call",
    )
    error.unsure = False
    return error


def _short(value: Any) -> str:
    shown = repr(value) if not hasattr(value, "isoformat") else value.isoformat()
    return shown if len(shown) <= 80 else f"{shown[:77]}..."
