"""The rows behind the three surfaces: one table a type, one JSON document a row.

A document holds one fact once, under its GraphQL name where GraphQL has the fact, else under the name of the Workflows
input, else under the REST name in camel case. Enums are in PascalCase, moments are UTC text (`2026-06-01T00:00:00`),
amounts numbers in the advertiser's currency. A fact that is null may be left out. Ids are text.

Each write takes the next change version, which the delta queries count by.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from adplatforms.sandbox.part import Note
from adplatforms.sandbox.store import Store, Table
from adplatforms.sandbox.store import Value as SqlValue

__all__ = ["KINDS", "TABLES", "Condition", "Doc", "Kind", "Order", "Records", "row_of", "utc_text"]

Doc = dict[str, Any]

_ANCESTORS = ("partnerId", "advertiserId", "campaignId")


@dataclass(frozen=True)
class Kind:
    """A type of row: its GraphQL name, its word in the journal, and the id that the first row gets."""

    name: str
    word: str
    first_id: str

    @property
    def table(self) -> str:
        """The SQL table of this kind."""
        return f"ttd_{self.word}"

    def id_of(self, number: int) -> str:
        """The id of the row with a number, counted from 1."""
        digits = self.first_id.lstrip("abcdefghijklmnopqrstuvwxyz")
        prefix = self.first_id.removesuffix(digits)
        return f"{prefix}{int(digits) + number - 1:0{len(digits)}d}"


KINDS = {
    kind.name: kind
    for kind in (
        Kind("Partner", "partner", "prt0001"),
        Kind("Advertiser", "advertiser", "adv0001"),
        Kind("Campaign", "campaign", "cmp0001"),
        Kind("CampaignFlight", "campaign_flight", "900001"),
        Kind("AdGroup", "ad_group", "adg0001"),
        Kind("Creative", "creative", "crt0001"),
        Kind("Seed", "seed", "seed001"),
        Kind("Audience", "audience", "aud0001"),
        Kind("DataGroup", "data_group", "dgr0001"),
        Kind("TrackingTag", "tracking_tag", "tag0001"),
        Kind("UniversalPixel", "universal_pixel", "upx0001"),
        Kind("IBidList", "bid_list", "700001"),
        Kind("CampaignGroup", "campaign_group", "5001"),
        Kind("FirstPartyData", "first_party_data", "300001"),
        Kind("ThirdPartyData", "third_party_data", "tpd0001"),
        Kind("CustomLabel", "label", "801"),
        Kind("Contract", "contract", "con0001"),
        Kind("ContractGroup", "contract_group", "cgr0001"),
        Kind("SiteList", "site_list", "sit0001"),
        Kind("IPTargetingList", "ip_targeting_list", "ipl0001"),
        Kind("PassThroughFeeCard", "fee_card", "6001"),
        Kind("ReportSchedule", "report_schedule", "9001"),
        Kind("ReportExecution", "report_execution", "80001"),
        Kind("CrmSegment", "crm_segment", "crm001"),
    )
}
"""Every kind of row, by its GraphQL name (or one made alike, for what only REST has)."""

TABLES = tuple(
    Table(
        kind.table,
        {"key": "TEXT", **dict.fromkeys(_ANCESTORS, "TEXT"), "changed": "INTEGER", "doc": "TEXT"},
        ("key", *_ANCESTORS, "changed"),
    )
    for kind in KINDS.values()
)

Condition = tuple[str, str, Any]
"""A fact, an operator (eq, in, contains) and a value: `("advertiserId", "eq", "adv0001")`; or `("", "and", [...])` and
`("", "or", [...])` with a list of conditions."""

Order = tuple[str, Literal["ASC", "DESC"]]
"""A fact and a direction. Rows that are equal by it stand in the order they were made."""


class Records:
    """The rows, over one store.

    Args:
        store: keeps the tables of `TABLES`.
        now: the sandbox's clock.
        note: enters each row that a write changes into the sandbox's journal.
    """

    def __init__(self, store: Store, now: Callable[[], datetime], note: Note) -> None:
        self.store = store
        self._now = now
        self._note = note

    def now(self) -> str:
        """The sandbox's time, as documents hold it."""
        return utc_text(self._now())

    def get(self, kind: str, id: str | None) -> Doc | None:
        """One row, or None."""
        if id is None:
            return None
        rows = self.store.query(f"SELECT doc FROM {KINDS[kind].table} WHERE key = ?", (str(id),))
        return _doc(rows[0]["doc"]) if rows else None

    def find(self, kind: str, *conditions: Condition) -> list[Doc]:
        """The rows that satisfy all conditions, oldest first."""
        return self.load(kind, self.numbers(kind, conditions))

    def numbers(self, kind: str, conditions: Sequence[Condition] = (), order: Sequence[Order] = ()) -> list[int]:
        """The row numbers of what `find` gives, in the order asked for."""
        clause, values = _clause(("", "and", conditions))
        keys = ", ".join([*(f"{_column(name)} {direction}" for name, direction in order), "id"])
        rows = self.store.query(f"SELECT id FROM {KINDS[kind].table} WHERE {clause} ORDER BY {keys}", values)
        return [int(row["id"] or 0) for row in rows]

    def load(self, kind: str, numbers: Sequence[int]) -> list[Doc]:
        """The rows with these numbers, in this order."""
        rows = self.store.rows_where_in(KINDS[kind].table, "id", numbers)
        docs = {row["id"]: _doc(row["doc"]) for row in rows}
        return [docs[number] for number in numbers]

    def add(self, kind: str, doc: Mapping[str, Any]) -> Doc:
        """A new row: it gets the next id."""
        table = KINDS[kind].table
        made = self.store.query("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,))
        number = int(made[0]["seq"] or 0) + 1 if made else 1
        full = {"id": KINDS[kind].id_of(number), **doc}
        self.store.insert(table, {"id": number, **row_of(full, self.version() + 1)})
        self._note("ttd", "create", KINDS[kind].word, full["id"])
        return full

    def change(self, kind: str, id: str, changes: Mapping[str, Any]) -> Doc:
        """Sets facts of a row; null takes one away."""
        table = KINDS[kind].table
        row = self.store.query(f"SELECT id, doc FROM {table} WHERE key = ?", (id,))[0]
        doc = {name: value for name, value in {**_doc(row["doc"]), **changes}.items() if value is not None}
        self.store.update(table, int(row["id"] or 0), row_of(doc, self.version() + 1))
        self._note("ttd", "update", KINDS[kind].word, id)
        return doc

    def remove(self, kind: str, id: str) -> None:
        """Takes a row away."""
        table = KINDS[kind].table
        row = self.store.query(f"SELECT id FROM {table} WHERE key = ?", (id,))[0]
        self.store.delete(table, int(row["id"] or 0))
        self._note("ttd", "delete", KINDS[kind].word, id)

    def version(self) -> int:
        """The latest change version of all."""
        latest = " UNION ALL ".join(f"SELECT MAX(changed) AS n FROM {kind.table}" for kind in KINDS.values())
        return int(self.store.query(f"SELECT MAX(n) AS n FROM ({latest})")[0]["n"] or 0)

    def changed_since(
        self, kind: str, version: int, parent: str, parent_ids: Sequence[str], most: int
    ) -> tuple[list[Doc], int, bool]:
        """Rows of some parents changed after a version, the version reached, and whether there are more."""
        marks = ",".join("?" * len(parent_ids))
        rows = self.store.query(
            f"SELECT changed, doc FROM {KINDS[kind].table} "
            f"WHERE changed > ? AND {_column(parent)} IN ({marks}) ORDER BY changed LIMIT ?",
            (version, *parent_ids, most + 1),
        )
        is_more, rows = len(rows) > most, rows[:most]
        reached = int(rows[-1]["changed"] or 0) if is_more else max(self.version(), version)
        return [_doc(row["doc"]) for row in rows], reached, is_more


def row_of(doc: Doc, changed: int) -> dict[str, SqlValue]:
    """A document as its table holds it."""
    kept = {name: value for name, value in doc.items() if value is not None}
    text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    return {"key": doc["id"], **{name: doc.get(name) for name in _ANCESTORS}, "changed": changed, "doc": text}


def utc_text(moment: datetime) -> str:
    """An aware moment, to the second."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S")


def _doc(text: SqlValue) -> Doc:
    doc: Doc = json.loads(str(text))
    return doc


def _column(name: str) -> str:
    if name == "id":
        return "key"
    if name in _ANCESTORS:
        return name
    if not re.fullmatch(r"\w+", name):
        raise ValueError(f"{name!r} is not the name of a fact")
    return f"json_extract(doc, '$.{name}')"


def _clause(condition: Condition) -> tuple[str, list[Any]]:
    name, operator, value = condition
    if not name:
        parts = [_clause(one) for one in value]
        joined = f" {operator.upper()} ".join(clause for clause, _ in parts)
        return (f"({joined})" if parts else "1", [one for _, values in parts for one in values])
    column = _column(name)
    if operator == "in":
        return (f"{column} IN ({','.join('?' * len(value))})", [*value]) if value else ("0", [])
    if operator == "contains":
        return f"instr(lower({column}), lower(?)) > 0", [value]
    if isinstance(value, bool):  # a flag that is absent is not set
        return f"COALESCE({column}, 0) = ?", [int(value)]
    return (f"{column} IS NULL", []) if value is None else (f"{column} = ?", [value])
