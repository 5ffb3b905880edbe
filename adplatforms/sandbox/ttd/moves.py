"""Rows that come and go while somebody reads a listing: what the fault `moving_pages` does here."""

from __future__ import annotations

import re

from flask import request

from adplatforms.sandbox.ttd.records import Records

__all__ = ["move"]


def move(records: Records, path: str, rows: int) -> None:
    """Copies so many campaigns of the advertiser that a request names, or (below zero) deletes its first ones.

    Nothing moves where it names none. The platform would archive a campaign; what is gone, though, shifts a page.
    """
    named = re.search(r"\badv\d{4}\b", request.get_data(as_text=True) + path)
    if named is None:
        return
    numbers = records.numbers("Campaign", [("advertiserId", "eq", named[0])])[: abs(rows)]
    with records.store.transaction():
        for doc in records.load("Campaign", numbers):
            if rows > 0:
                records.add("Campaign", {name: value for name, value in doc.items() if name != "id"})
            else:
                records.remove("Campaign", doc["id"])
