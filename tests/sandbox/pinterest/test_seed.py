"""The seed: rows of every resource that link up, and stay what they were written."""

import json
from pathlib import Path
from typing import Any

import pytest

from adplatforms.sandbox.pinterest.rows import KINDS, TABLES
from adplatforms.sandbox.pinterest.seed import ACCOUNTS, fill
from adplatforms.sandbox.store import Store

MADE_WHEN_ASKED = ("brand_accounts", "catalog_item_batches", "jobs", "lead_exports")

Rows = dict[str, list[tuple[str, dict[str, Any]]]]


@pytest.fixture(scope="module")
def rows() -> Rows:
    """Key and document of every seeded row, by kind."""
    store = Store(TABLES, fill)
    found = {
        name: [(str(row["key"]), json.loads(str(row["data"]))) for row in store.query(f"SELECT * FROM {kind.table}")]
        for name, kind in KINDS.items()
    }
    store.close()
    return found


def test_every_kind_has_rows(rows: Rows) -> None:
    assert [kind for kind, some in rows.items() if not some] == sorted(MADE_WHEN_ASKED)


def test_the_first_account_is_large(rows: Rows) -> None:
    sizes = {kind: len(rows[kind]) for kind in ("ad_accounts", "campaigns", "ad_groups", "ads", "boards", "pins")}
    assert sizes == {"ad_accounts": 2, "campaigns": 612, "ad_groups": 1836, "ads": 5049, "boards": 30, "pins": 300}
    assert [key for key, _ in rows["ad_accounts"]] == list(ACCOUNTS)


def test_ids_are_digits_of_at_most_18(rows: Rows) -> None:
    for kind, some in rows.items():
        assert all(key.isdigit() and len(key) <= 18 for key, _ in some), kind
        assert len({key for key, _ in some}) == len(some), kind


def test_relations_lead_to_rows(rows: Rows, spec: Path) -> None:
    resources = json.loads((spec / "pinterest" / "resources.json").read_text(encoding="utf-8"))["resources"]
    keys = {kind: {key for key, _ in some} for kind, some in rows.items()}
    dangling = []
    for kind, resource in resources.items():
        for relation in resource["relations"]:
            target = keys.get(relation.get("resource"))
            for key, data in rows.get(kind, ()) if target else ():
                value = data.get(relation["field"])
                ids = value if isinstance(value, list) else [value]
                dangling += [(kind, key, relation["field"], id) for id in ids if id is not None and id not in target]
    assert dangling == []
