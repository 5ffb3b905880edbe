"""The rows of the seed while they are made, and draws that repeat on every run."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from adplatforms.sandbox.ttd.records import KINDS, Doc, utc_text

__all__ = ["NOW", "Rows"]

NOW = datetime(2026, 11, 16, 9, 30, tzinfo=UTC)
"""The moment the seed was "recorded": what starts later is planned, what ended earlier is history."""

Item = TypeVar("Item")


class Rows:
    """Rows by kind (`of`), as they grow."""

    def __init__(self) -> None:
        self.random = random.Random(1920)
        self.of: dict[str, list[Doc]] = {kind: [] for kind in KINDS}

    def add(self, kind: str, /, **facts: Any) -> Doc:
        """A row with the next id; facts that are None are left out."""
        docs = self.of[kind]
        given = {name: value for name, value in facts.items() if value is not None}
        doc = {"id": KINDS[kind].id_of(len(docs) + 1), **given}
        docs.append(doc)
        return doc

    def under(self, kind: str, advertiser: Doc, /, **facts: Any) -> Doc:
        """A row that belongs to an advertiser."""
        return self.add(kind, partnerId=advertiser["partnerId"], advertiserId=advertiser["id"], **facts)

    def pick(self, items: Sequence[Item]) -> Item:
        """One of these."""
        return self.random.choice(items)

    def chance(self, share: float) -> bool:
        """True in this share of the draws."""
        return self.random.random() < share

    def maybe(self, share: float, value: Item) -> Item | None:
        """The value in this share of the draws, else None."""
        return value if self.chance(share) else None

    def moment(self, earliest: datetime, latest: datetime) -> str:
        """A moment within a span."""
        return utc_text(earliest + timedelta(seconds=int((latest - earliest).total_seconds() * self.random.random())))
