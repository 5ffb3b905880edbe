"""Rows that come and go while somebody reads a listing: what the fault `moving_pages` does here."""

from __future__ import annotations

import re

from flask import request

from adplatforms.sandbox.store import Store
from adplatforms.sandbox.t1 import query, write
from adplatforms.sandbox.t1.tables import REGISTRY


def move(store: Store, path: str, rows: int) -> None:
    """Copies so many rows of the listing at a path, or (below zero) removes its first ones in the order asked for.

    Nothing moves at a path that is no listing.
    """
    parts = re.fullmatch(r"/api/v2\.0/(\w+)(?:/limit/(.+))?", path)
    resource = REGISTRY.by_collection.get(parts[1]) if parts else None
    if parts is None or resource is None:
        return
    condition = query.read_limit(resource, parts[2]) if parts[2] else query.Condition()
    order = query.order(resource, request.args.get("sort_by"), query.Page())
    first = store.query(
        f"SELECT * FROM {resource.table} WHERE {condition.sql} ORDER BY {order} LIMIT {abs(rows)}", condition.values
    )
    with store.transaction():
        for row in first:
            if rows > 0:
                write.insert(store, resource, {name: row[name] for name in row if name != "id"})
            else:
                write.clear(store, resource.type, "id", row["id"])
