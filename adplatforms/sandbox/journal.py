"""What was really applied: one entry for each row that a write created, updated or deleted.

Tests hold it against what the client believes: a write that is missing was lost, one that stands there twice was
applied twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, overload

__all__ = ["Entry", "Journal"]


class Entry(NamedTuple):
    """One row that was changed. `action`: create, update or delete. `kind`: the type of the row. `id`: as text."""

    platform: str
    action: str
    kind: str
    id: str


class Journal(Sequence[Entry]):
    """The changes applied since the sandbox was started or the journal cleared, oldest first."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []

    def note(self, platform: str, action: str, kind: str, id: str | int) -> None:
        """Adds an entry."""
        self._entries.append(Entry(platform, action, kind, str(id)))

    def clear(self) -> None:
        """Forgets all entries."""
        self._entries.clear()

    @overload
    def __getitem__(self, index: int) -> Entry: ...
    @overload
    def __getitem__(self, index: slice) -> list[Entry]: ...
    def __getitem__(self, index: int | slice) -> Entry | list[Entry]:
        return self._entries[index]

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.copy())

    def __len__(self) -> int:
        return len(self._entries)

    def __repr__(self) -> str:
        return f"Journal({self._entries!r})"
