"""Rows that come and go while somebody reads a listing: what the fault `moving_pages` does here."""

from __future__ import annotations

import re

from flask import request

from adplatforms.sandbox.ttd.records import Records

__all__ = ["move"]


def move(records: Records, rows: int) -> None:
    """Copies so many campaigns of the advertiser that the request names first, or (below zero) deletes its first ones.

    Where it names none, these are the campaigns of all. A real server would archive; gone is gone, though, is what
    shifts a page.
    """
    named = re.search(r"adv\d{4}", request.get_data(as_text=True) + request.path)
    conditions = [("advertiserId", "eq", named[0])] if named else []
    numbers = records.numbers("Campaign", conditions)[: abs(rows)]
    with records.store.transaction():
        for doc in records.load("Campaign", numbers):
            if rows > 0:
                records.add("Campaign", {name: value for name, value in doc.items() if name != "id"})
            else:
                records.remove("Campaign", doc["id"])
