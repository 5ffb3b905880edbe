"""The rows of the seed while they are made: the next id of each type, and draws that repeat on every run."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from adplatforms.sandbox.store import Row
from adplatforms.sandbox.t1.schema import Value
from adplatforms.sandbox.t1.tables import REGISTRY
from adplatforms.sandbox.t1.values import WIRE_TIME

NOW = datetime(2026, 11, 16, 9, 30, tzinfo=UTC)
"""The moment the seed was "recorded": what starts later is planned, what ended earlier is history."""

COUNTS = {"advertiser": 120, "campaign": 2500, "strategy": 12000, "deal": 60}

FIRST_IDS = {
    "organization": 100001,
    "agency": 101,
    "strategy": 10001,
    "concept": 5001,
    "atomic_creative": 70001,
    "pixel_bundle": 8001,
    "budget_flight": 30001,
    "strategy_concept": 50001,
    "audience_segment": 1001,
    "targeting_segment": 2001,
    "retired_audience_segment": 67001,
    "site_list": 401,
    "deal": 1,
    "creative": 90001,
    "target_value": 251,
    "strategy_audience_segment": 140001,
    "strategy_targeting_segment": 240001,
    "retired_strategy_audience_segment": 145001,
    "strategy_day_part": 512001,
}
"""The first id of each type; 1 where none is given (advertisers 1 to 120, campaigns 1 to 2500)."""

MARKETS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("USD", ("America/New_York", "America/Chicago", "America/Los_Angeles")),
    ("EUR", ("Europe/Berlin", "Europe/Zurich", "Europe/Paris")),
    ("AUD", ("Australia/Sydney", "Australia/Melbourne", "Pacific/Auckland")),
)


class Rows:
    """Rows by type (`of`), the log of changes, permissions and domains of site lists, as they grow."""

    def __init__(self) -> None:
        self.random = random.Random(1920)
        self.of: dict[str, list[Row]] = {resource.type: [] for resource in REGISTRY}
        self.log: list[Row] = []
        self.permissions: list[Row] = []
        self.domains: list[Row] = []
        self._blanks = {
            resource.type: {name: field.default for name, field in resource.fields.items()} for resource in REGISTRY
        }

    def add(self, type: str, /, **values: Value) -> Row:
        """A row with the next id, the defaults of its type, and the given values."""
        known = self.of[type]
        row = self._blanks[type] | values
        row["id"] = FIRST_IDS.get(type, 1) + len(known)
        row["version"] = values.get("version", 0)
        auto_name = REGISTRY.by_type[type].auto_name
        if auto_name:
            row["name"] = auto_name.format(**row)
        known.append(row)
        return row

    def dates(self, earliest: datetime, latest: datetime) -> dict[str, Value]:
        """created_on and updated_on within a span."""
        created = self.moment(earliest, latest)
        return {"created_on": wire(created), "updated_on": wire(self.moment(created, latest))}

    def moment(self, earliest: datetime, latest: datetime) -> datetime:
        """A moment within a span."""
        return earliest + timedelta(seconds=int((latest - earliest).total_seconds() * self.random.random()))

    def chance(self, share: float) -> int:
        """1 in this share of the draws, else 0."""
        return int(self.random.random() < share)

    def maybe(self, share: float, make: Callable[[], Value]) -> Value:
        """A made value in this share of the draws, else null."""
        return make() if self.random.random() < share else None


def day(year: int, month: int, day: int) -> datetime:
    """Midnight UTC."""
    return datetime(year, month, day, tzinfo=UTC)


def wire(moment: datetime) -> str:
    """A time as rows hold it."""
    return moment.strftime(WIRE_TIME)


LONG_AGO: dict[str, Value] = dict.fromkeys(("created_on", "updated_on"), "2019-05-02T10:00:00")
