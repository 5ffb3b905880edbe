"""Fields that are credentials: what stands for their values where they are shown, and how texts are masked by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from copy import copy
from operator import is_
from typing import Any

__all__ = ["MaskedText", "declare_secret", "mask_members", "mask_row", "mask_tree"]

_MASK = "***"


class MaskedText(str):
    """The value of a field that is a credential, as `changes()`, `to_dict()` and exports show it: ``***``.

    It is text, so that JSON, CSV and tables can hold it. `reveal` gives the value itself, and setting it on an entity
    sets that. It is equal to what it stands for. Pickles leave the value out: what is loaded from one is `withheld`.

    >>> password = MaskedText.of("s3cret")
    >>> password, password.reveal()
    ('***', 's3cret')
    """

    __slots__ = ("_value",)

    # A closure, because tracebacks with local variables show attributes, and no function's inside.
    _value: Callable[[], str] | None

    @classmethod
    def of(cls, value: str) -> MaskedText:
        """The masked form of a credential."""
        if isinstance(value, MaskedText):
            return value
        masked = cls(_MASK)
        masked._value = lambda: value
        return masked

    @property
    def withheld(self) -> bool:
        """Whether the value is gone, because this was loaded from a pickle."""
        return self._value is None

    def reveal(self) -> str:
        """The credential itself. Raises `ValueError` where it is `withheld`."""
        if self._value is None:
            raise ValueError("it was left out of a pickle, as every credential is")
        return self._value()

    def __eq__(self, other: object) -> bool:
        if self.withheld or (isinstance(other, MaskedText) and other.withheld):
            return self is other
        # As text, all of them would be equal, and a new password no change of the old one.
        if isinstance(other, MaskedText):
            other = other.reveal()
        return self.reveal() == other

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        if self.withheld:
            return id(self)
        return hash(self.reveal())

    def __copy__(self) -> MaskedText:
        return self

    def __deepcopy__(self, memo: Any) -> MaskedText:
        return self

    def __reduce__(self) -> Any:
        return _withheld, ()


def _withheld() -> MaskedText:
    """What a pickle has of a credential. The name stands in pickles."""
    masked = MaskedText(_MASK)
    masked._value = None
    return masked


_DECLARED: set[str] = set()


def declare_secret(name: str) -> None:
    """Notes that the member of this name in a platform's rows is a credential: texts that show one are masked."""
    _DECLARED.add(name)


def mask_row(row: Any) -> Any:
    """A row with the values of members that are declared to be credentials masked, in nested rows too; the same object
    where it has none."""
    if isinstance(row, list):
        items = [mask_row(item) for item in row]
        return row if all(map(is_, items, row)) else items
    if not isinstance(row, dict):
        return row
    masked = {}
    for name, value in row.items():
        if name in _DECLARED and isinstance(value, str) and value:
            masked[name] = MaskedText.of(value)
        elif isinstance(value, (dict, list)):
            found = mask_row(value)
            if found is not value:
                masked[name] = found
    if not masked:
        return row
    # A copy of its own class: what a row is says whether its record is complete.
    same = copy(row)
    same.update(masked)
    return same


def mask_tree(value: Any, redact: Callable[[str], str]) -> Any:
    """A value with the credentials in every text of it replaced, and with those that their name declares.

    redact: replaces the credentials in a text.
    """
    if isinstance(value, MaskedText):
        return value
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, bytes):
        return redact(value.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
    if isinstance(value, Mapping):
        return {mask_tree(name, redact): mask_tree(item, redact) for name, item in mask_row(dict(value)).items()}
    if type(value) in (list, tuple, set, frozenset):
        return type(value)(mask_tree(item, redact) for item in value)
    return value


def mask_members(text: str) -> str:
    """The text without the values of members that are declared to be credentials: in JSON, in a dict as Python shows
    it, in XML and in a form."""
    # Looking for a name is fast on a long text, an expression is not, and most texts hold none of the names.
    for name in _DECLARED:
        if name in text:
            for shape in _MEMBERS:
                text = re.sub(shape.replace("NAME", re.escape(name)), rf"\g<1>{_MASK}", text)
    return text


# A value whose end is missing was cut off, so none of the shapes asks for the closing quote.
_MEMBERS = (
    r"""(["']NAME["']\s*:\s*")(?:\\.|[^"\\])+""",  # JSON
    r"""(["']NAME["']\s*:\s*')(?:\\.|[^'\\])+""",  # a dict as Python shows it
    r"""(["']NAME["']\s*:\s*)-?[0-9][^,}\s]*""",  # a number
    r"""(name="NAME"\s+value=")[^"]+""",  # XML
    r"""((?<!\w)NAME=)[^&\s"',]+""",  # a form
)
