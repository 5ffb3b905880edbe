"""Single values as users bring them: NumPy's and pandas' become plain Python, missing ones (NaN, NaT) are refused.

Neither library is imported: a value is recognised by the module of its class.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Set, ValuesView
from copy import deepcopy
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from math import isfinite
from typing import Any

from .errors import InvalidValueError
from .masked import MaskedText

__all__ = ["SIMPLE", "among", "copy_tree", "equal", "is_inexact", "to_plain", "to_plain_list", "to_plain_tree"]

SIMPLE = frozenset({str, int, bool, type(None), bytes, datetime, date})
"""Classes whose values are always what they seem."""
_LIBRARIES = frozenset({"numpy", "pandas"})
_MISSING = frozenset({"NaTType", "NAType"})
_MOST_EXACT = 2**53
_NARROW_FLOATS = {"float32": 2**24, "float16": 2**11}
"""NumPy's floats with fewer digits than Python's, with the first number from which they leave out whole numbers."""
_HOLDING_MANY = (Set, ValuesView, Iterator, range, deque)
"""What is iterated for its values. Not `Iterable`: text, dicts and queries are, too."""


def to_plain(value: Any) -> Any:
    """The plain Python value of a scalar; what is neither NumPy's nor pandas' is returned as it is.

    ``np.int64(7)`` is 7, ``np.float64(1.5)`` 1.5, ``pd.Timestamp`` and ``np.datetime64`` a datetime (nanoseconds are
    cut off) or a date, ``pd.Timedelta`` a timedelta, an array or a series a list, a member of an `Enum` its value.
    Raises `InvalidValueError` for NaN, infinities, NaT and NA, which data frames have in place of what is missing.
    """
    kind = type(value)
    if kind in SIMPLE:
        return value
    if kind.__module__.partition(".")[0] in _LIBRARIES:
        value = _from_library(value)
    if isinstance(value, float) and not isfinite(value):
        raise _missing(value)
    if isinstance(value, Decimal) and not value.is_finite():
        raise _missing(value)
    if isinstance(value, Enum):
        return to_plain(value.value)
    return value


def equal(one: Any, other: Any) -> bool:
    """Whether two values are equal, whatever users brought: NA, arrays and frames do not answer ``==`` with true or
    false, and a signalling NaN raises."""
    try:
        return bool(one == other)
    except (TypeError, ValueError, ArithmeticError):
        return False


def among(value: Any, items: Iterable[Any]) -> bool:
    """Whether a value is equal to one of these."""
    return any(value is item or equal(value, item) for item in items)


def to_plain_list(value: Any) -> Any:
    """What holds many values as a list of them: an array, a series or an index, a set (in order), a generator, a view
    of a dict.

    Anything else is one value, and returned as it is: text, dicts, records; a list and a tuple as well. Raises
    `InvalidValueError` for a table, of which one column is meant.
    """
    kind = type(value)
    if kind in SIMPLE or kind is list or kind is tuple:
        return value
    # By the class: asking a record for an attribute that it lacks looks for what may have been meant.
    dimensions = value.ndim if hasattr(kind, "ndim") else None
    if dimensions == 0:
        return value
    if dimensions == 2:
        raise InvalidValueError(f"expected values, not a table ({kind.__name__})", hint='one column: frame["id"]')
    # The scalars of narrow floats stay as they are: as Python's they would seem to be exact.
    if dimensions == 1 and str(getattr(value, "dtype", "")) in _NARROW_FLOATS:
        return list(getattr(value, "values", value))
    for name in ("tolist", "to_pylist", "to_list"):
        as_list = getattr(kind, name, None)
        if as_list is not None:
            return as_list(value)
    if isinstance(value, (set, frozenset)):
        # In order, so that the same question is the same request each time the program runs.
        try:
            return sorted(value)
        except TypeError:
            return sorted(value, key=repr)
    if isinstance(value, _HOLDING_MANY):
        return list(value)
    return value


def is_inexact(value: Any) -> bool:
    """Whether a float is so large that it does not hold every whole number: an id that was one has lost digits."""
    # np.float64 is a float, too.
    most = _MOST_EXACT if isinstance(value, float) else _NARROW_FLOATS.get(type(value).__name__)
    return most is not None and bool(abs(value) >= most) and isfinite(value)


def copy_tree(value: Any) -> Any:
    """A deep copy of dicts, lists and scalars, as they come from JSON; of anything else what `deepcopy` makes.

    A tenth of the time of `deepcopy`, which remembers every part in case it comes again: in JSON none does.
    """
    kind = type(value)
    if kind is dict:
        return {key: item if type(item) in _UNCHANGING else copy_tree(item) for key, item in value.items()}
    if kind is list:
        return [item if type(item) in _UNCHANGING else copy_tree(item) for item in value]
    if kind in _UNCHANGING:
        return value
    return deepcopy(value)


_UNCHANGING = frozenset({str, int, float, bool, type(None)})


def to_plain_tree(value: Any, where: str) -> Any:
    """A nested value with every scalar in it made plain; the same object where nothing had to change.

    where: what messages call it; members are named below it, ``body.items[0].bid``. Raises `InvalidValueError`.
    """
    kind = type(value)
    # Most of a body is text and numbers, and each request is looked through.
    if kind is str or kind is int:
        return value
    if isinstance(value, dict):
        changed, pairs = False, {}
        for key, item in value.items():
            plain_key, plain_item = to_plain(key), to_plain_tree(item, f"{where}.{key}")
            changed = changed or plain_key is not key or plain_item is not item
            pairs[plain_key] = plain_item
        return pairs if changed else value
    if isinstance(value, (list, tuple)):
        changed, items = False, []
        for index, item in enumerate(value):
            plain_item = to_plain_tree(item, f"{where}[{index}]")
            changed = changed or plain_item is not item
            items.append(plain_item)
        return items if changed else value
    try:
        plain = to_plain(value)
    except InvalidValueError as missing:
        raise InvalidValueError(f"{where} cannot be {value!r}: {missing.message}", hint=missing.hint) from None
    # A credential, which is masked wherever it is shown: this is what is sent.
    if isinstance(plain, MaskedText):
        return plain.reveal()
    # An array became a list, whose members may be missing values.
    if isinstance(plain, list):
        return to_plain_tree(plain, where)
    return plain


def _from_library(value: Any) -> Any:
    """A scalar of NumPy or pandas as a plain Python value."""
    # By the names of their classes: importing either library takes longer than importing all of ours.
    name = type(value).__name__
    if name in _MISSING:
        raise _missing(value)
    # pd.Timestamp and pd.Timedelta are subclasses with nanoseconds, which would be sent along.
    if isinstance(value, datetime):
        return value.to_pydatetime(warn=False)  # type: ignore[attr-defined]
    if isinstance(value, timedelta):
        return value.to_pytimedelta()  # type: ignore[attr-defined]
    if name == "datetime64":
        return _from_datetime64(value)
    if name in ("float16", "float32", "longdouble", "float128"):
        # Through the shortest text: np.float32(0.1) is 0.1, not 0.10000000149011612.
        return float(str(value))
    if getattr(value, "ndim", 0) != 0 or not hasattr(value, "item"):
        return value.tolist() if hasattr(value, "tolist") else value
    found = value.item()
    # What np.timedelta64("NaT") gives.
    if found is None:
        raise _missing(value)
    return found


def _from_datetime64(value: Any) -> Any:
    """A date for whole days, else a datetime without an offset."""
    found = value.item()
    # Nanoseconds have no class in Python: they come as a number.
    if isinstance(found, int):
        found = value.astype("datetime64[us]").item()
    if found is None:
        raise _missing(value)
    return found


def _missing(value: Any) -> InvalidValueError:
    """The error of a value that stands for none, or is not finite."""
    cure = "leave missing values out before you set, compare or send them; None stands for null where a field takes it"
    if str(value).lower().lstrip("-") in ("inf", "infinity"):
        return InvalidValueError("expected a finite number", hint=cure)
    if isinstance(value, (float, Decimal)):
        return InvalidValueError("it is not a finite number, but stands for a missing value", hint=cure)
    return InvalidValueError("it stands for a missing value", hint=cure)
