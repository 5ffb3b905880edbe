"""The rows behind Pinterest's resources: JSON documents in SQLite, one table a resource.

A list answer is made of the stored texts as they are, without decoding them. What lists filter by stands in columns
beside the document; `KINDS` says from which members they are filled.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from adplatforms.sandbox.part import Services
from adplatforms.sandbox.pinterest.errors import singular
from adplatforms.sandbox.store import Store, Table

Document = dict[str, Any]

PLATFORM = "pinterest"
_COLUMNS = ("key", "scope", "status", "up", "top", "data", "note")


@dataclass(frozen=True)
class Kind:
    """How the rows of a resource are kept.

    `id` is the member that holds the id, empty where the answer has none. `status`, `up` and `top` name the members
    that fill the columns; what no answer shows, `up` is read from the note. `first` is where ids begin; they go up
    from there and no two resources share one.
    """

    name: str
    first: int
    id: str = "id"
    status: str = "status"
    up: str = ""
    top: str = ""

    @property
    def table(self) -> str:
        """The SQL table."""
        return f"pinterest_{self.name}"


def _kinds() -> dict[str, Kind]:
    special = {
        "ad_groups": {"up": "campaign_id"},
        "ads": {"up": "ad_group_id", "top": "campaign_id"},
        "keywords": {"up": "parent_id", "status": "match_type"},
        "labels": {"up": "parent_id", "top": "label_type"},
        "product_group_promotions": {"up": "ad_group_id"},
        "boards": {"status": "privacy"},
        "pins": {"status": "creative_type", "up": "board_id", "top": "board_section_id"},
        "feeds": {"up": "catalog_id"},
        "product_groups": {"up": "catalog_id", "top": "feed_id"},
        "audience_shared_accounts": {"id": "", "up": "audience_id", "status": "account_type"},
        "billing_profiles": {},
        "lead_exports": {"id": "leads_export_id"},
        "media": {"id": "media_id"},
        "ssio_insertion_orders": {"id": "pin_order_id"},
        "ssio_order_lines": {"id": "", "up": "pin_order_id"},
        "catalog_item_batches": {"id": "batch_id"},
        "asset_groups": {},
        "business_assets": {"id": "", "status": "asset_type"},
        "business_member_assets": {"id": "", "up": "asset_id", "status": "asset_type"},
        "business_partner_assets": {"id": "", "up": "asset_id", "status": "asset_type"},
        "business_asset_members": {"id": ""},
        "business_asset_partners": {"id": ""},
        "commerce_integrations": {"up": "external_business_id"},
        "brand_accounts": {"id": "brand_account_id"},
    }
    plain = [
        "ad_accounts",
        "campaigns",
        "audiences",
        "customer_lists",
        "customer_list_uploads",
        "conversion_tags",
        "lead_forms",
        "lead_subscriptions",
        "targeting_templates",
        "order_lines",
        "promotions",
        "report_templates",
        "billing_invoices",
        "terms_of_service",
        "board_sections",
        "followed_interests",
        "catalogs",
        "feed_processing_results",
        "integrations",
        "business_employers",
        "business_members",
        "business_partners",
        "business_invites",
        "system_users",
    ]
    without_id = [
        "ads_credit_discounts",
        "followers",
        "following",
        "linked_businesses",
        "websites",
        "feed_item_issues",
        "catalog_products",
        "catalog_items",
        "conversion_events",
        "jobs",
    ]
    named = {**{name: {} for name in plain}, **{name: {"id": ""} for name in without_id}, **special}
    # After all others: the ids of older resources stay as they are.
    newer: dict[str, dict[str, Any]] = {
        "conversion_deletion_requests": {"id": "request_id"},
        "customer_segments": {},
        "local_stores": {},
        "schedules": {"id": "schedule_id", "up": "entity_id", "status": "schedule_status", "top": "schedule_type"},
    }
    names = [*sorted(named), *sorted(newer)]
    members = {**named, **newer}
    return {name: Kind(name, (index + 11) * 10_000_000_000, **members[name]) for index, name in enumerate(names)}


KINDS = _kinds()
"""All kinds of rows by the name of the resource; `jobs` holds reports, bulk requests and exports."""

TABLES = tuple(
    Table(kind.table, dict.fromkeys(_COLUMNS, "TEXT"), ("key", "scope", "up", "top")) for kind in KINDS.values()
)


@dataclass
class Row:
    """One row: its document, and notes of the sandbox's own that no answer shows."""

    kind: Kind
    id: int
    key: str
    scope: str
    data: Document
    note: Document = field(default_factory=dict)


def record(kind: Kind, id: int, data: Document, scope: str = "", note: Document | None = None) -> dict[str, Any]:
    """The columns of a document."""
    key = str(data.get(kind.id) or id) if kind.id else str(id)
    return {
        "id": id,
        "key": key,
        "scope": scope,
        "status": _text(data.get(kind.status)),
        "up": _text(data.get(kind.up) or (note or {}).get(kind.up)),
        "top": _text(data.get(kind.top)),
        "data": orjson.dumps(data).decode(),
        "note": orjson.dumps(note).decode() if note else None,
    }


def _text(value: Any) -> str:
    return "" if value is None else str(value)


class Rows:
    """Reads and writes rows; every write is entered into the journal."""

    def __init__(self, store: Store, services: Services) -> None:
        self.store = store
        self._note = services.note

    def find(self, kind: str, key: str, scope: str | None = None) -> Row | None:
        """One row by its id on the wire, None where there is none (in that scope)."""
        known = KINDS[kind]
        where, values = ("key = ?", [key]) if scope is None else ("key = ? AND +scope = ?", [key, scope])  # index: key
        found = self.store.query(f"SELECT * FROM {known.table} WHERE {where}", values)
        return _row(known, found[0]) if found else None

    def select(self, kind: str, where: Mapping[str, Any] | None = None) -> list[Row]:
        """All rows that fit, by id. `where` holds a value, or a list of values, by column or `$.member`."""
        known = KINDS[kind]
        sql, values = _where(where or {})
        found = self.store.query(f"SELECT * FROM {known.table} WHERE {sql} ORDER BY id", values)
        return [_row(known, one) for one in found]

    def texts(
        self, kind: str, where: Mapping[str, Any], after: int | None, descending: bool, limit: int
    ) -> list[tuple[int, str]]:
        """Id and document of the next rows, as stored."""
        sql, values = _where(where)
        if after is not None:
            sql += f" AND id {'<' if descending else '>'} ?"
            values.append(after)
        order = "DESC" if descending else "ASC"
        statement = f"SELECT id, data FROM {KINDS[kind].table} WHERE {sql} ORDER BY id {order} LIMIT ?"
        return [(row["id"], row["data"]) for row in self.store.query(statement, [*values, limit])]  # type: ignore[misc]

    def count(self, kind: str, where: Mapping[str, Any]) -> int:
        """How many rows fit."""
        sql, values = _where(where)
        return self.store.count(KINDS[kind].table, sql, values)

    def add(self, kind: str, data: Document, scope: str = "", note: Document | None = None) -> Row:
        """Adds a row under the next free id, which is put into the document."""
        known = KINDS[kind]
        with self.store.lock:
            found = self.store.query("SELECT seq FROM sqlite_sequence WHERE name = ?", [known.table])
            id = int(found[0]["seq"]) + 1 if found else known.first  # type: ignore[arg-type]
            if known.id and not data.get(known.id):
                data = {known.id: str(id), **{name: value for name, value in data.items() if name != known.id}}
            made = record(known, id, data, scope, note)
            self.store.insert(known.table, made)
        self._note(PLATFORM, "create", singular(kind), made["key"])
        return Row(known, id, made["key"], scope, data, dict(note or {}))

    def save(self, row: Row, quiet: bool = False) -> None:
        """Writes a row back. `quiet`: the sandbox's own doing (a job that went on), no entry in the journal."""
        made = record(row.kind, row.id, row.data, row.scope, row.note)
        self.store.update(row.kind.table, row.id, {**made, "key": row.key})
        if not quiet:
            self._note(PLATFORM, "update", singular(row.kind.name), row.key)

    def remove(self, row: Row) -> None:
        """Removes a row."""
        self.store.delete(row.kind.table, row.id)
        self._note(PLATFORM, "delete", singular(row.kind.name), row.key)


def bookmark(after: int, digest: str) -> str:
    """The opaque text that continues a list after a row, with these filters."""
    return base64.urlsafe_b64encode(f"{after}|{digest}".encode()).decode().rstrip("=")


def unbookmark(text: str) -> tuple[int, str]:
    """The row and the filters of a bookmark.

    Raises:
        ValueError: it is none.
    """
    after, _, digest = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().partition("|")
    return int(after), digest


def _row(kind: Kind, found: Mapping[str, Any]) -> Row:
    note = orjson.loads(found["note"]) if found["note"] else {}
    return Row(kind, found["id"], found["key"], found["scope"], orjson.loads(found["data"]), note)


def _where(given: Mapping[str, Any]) -> tuple[str, list[Any]]:
    parts, values = ["1"], []
    for name, wanted in given.items():
        column = f"json_extract(data, '{name}')" if name.startswith("$") else name
        if isinstance(wanted, Sequence) and not isinstance(wanted, str):
            parts.append(f"{column} IN ({','.join('?' * len(wanted))})")
            values += [_bound(one) for one in wanted]
        else:
            parts.append(f"{column} = ?")
            values.append(_bound(wanted))
    return " AND ".join(parts), values


def _bound(value: Any) -> Any:
    """A value as SQLite takes it: its integers have 64 bits, a larger one equals nothing anyway."""
    return str(value) if isinstance(value, int) and abs(value) >= 2**63 else value
