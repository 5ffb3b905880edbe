"""Rows that come and go while somebody reads a listing: what the fault `moving_pages` does here."""

from __future__ import annotations

from adplatforms.sandbox.pinterest.rows import KINDS, Rows
from adplatforms.sandbox.pinterest.table import Api, path_values


def move(api: Api, rows: Rows, path: str, number: int) -> None:
    """Copies so many rows of the listing at a path, or (below zero) removes its first ones.

    Only listings of an ad account's rows and of the user's boards and pins move; elsewhere nothing does.
    """
    found = api.match(path).get("GET")
    if found is None or not found.role.endswith(".list") or found.resource not in KINDS:
        return
    kind = KINDS[found.resource]
    account = path_values(found, path).get("ad_account_id", "")
    if not kind.id or set(path_values(found, path)) - {"ad_account_id"}:
        return
    with rows.store.transaction():
        for row in rows.select(kind.name, {"scope": account})[: abs(number)]:
            if number > 0:
                rows.add(kind.name, {**row.data, kind.id: None}, row.scope, row.note)
            else:
                rows.remove(row)
