"""What both formats share: parts of a reply, and how numbers and money are written.

A page of full records is asked for again and again by clients that read everything. The text of a record
is therefore kept by type, id and version; every write advances the version, so a kept text is never stale.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from adplatforms.sandbox.store import Row
from adplatforms.sandbox.t1.relations import Fullness, Node
from adplatforms.sandbox.t1.schema import Field, Resource, Value

MOST_KEPT = 20_000
RATES = ("ctr", "vcr", "viewability_rate", "roi")
"""Goals whose goal_value is no price. Such a goal_value goes out as a bare number: "a few replies" do that,
which ones is not recorded."""


@dataclass(frozen=True)
class Listing:
    """A page of records: the rows, where it starts, how many there are in all, where the next one is.

    `is_child` tells the collections under an entity, which have no count in XML.
    """

    nodes: Sequence[Node]
    full: Fullness
    offset: int = 0
    total: int = 0
    next_page: str | None = None
    is_child: bool = False


class Kept:
    """Rendered texts by type and id, each good for one version of its row."""

    def __init__(self, render: Callable[[Resource, Row], str]) -> None:
        self._render = render
        self._texts: dict[tuple[str, Value], tuple[Value, str]] = {}

    def __call__(self, resource: Resource, row: Row) -> str:
        """The text of a row."""
        key, version = (resource.type, row["id"]), row["version"]
        kept = self._texts.get(key)
        if kept is not None and kept[0] == version:
            return kept[1]
        if len(self._texts) >= MOST_KEPT:
            self._texts.clear()
        text = self._render(resource, row)
        self._texts[key] = (version, text)
        return text

    def clear(self) -> None:
        """Forgets all texts."""
        self._texts.clear()


def is_money(field: Field, row: Row) -> bool:
    """Whether this row's value carries a currency."""
    if field.kind != "money":
        return False
    return not (field.name in ("goal_value", "effective_goal_value") and row.get("goal_type") in RATES)


def decimal_text(field: Field, value: float) -> str:
    """A number as XML writes it: two places (goal values four), more only where the value has them."""
    places = 4 if field.name in ("goal_value", "effective_goal_value") else 2
    text = f"{value:.{places}f}"
    return text if float(text) == value else format(Decimal(repr(value)), "f")


def shown(field: Field, value: Value) -> bool:
    """Whether XML shows a field: it has no way to write null or an object, and the password is for nobody."""
    return value is not None and not field.secret and field.kind != "object"


def currency_of(row: Row) -> Value:
    """The currency of a row's money. Segments have no field for it; their prices are in US dollars."""
    return row.get("currency_code") or "USD"
