"""The made-up business of the sandbox's Trade Desk account, the same on every run.

Two partners, twelve advertisers, 400 campaigns, 1,500 ad groups, and what hangs on them. Some rows hold what breaks
careless clients: names outside ASCII, facts that are null, archived rows, templates, enum values nobody declared.
"""

from __future__ import annotations

from adplatforms.sandbox.store import Store
from adplatforms.sandbox.ttd.records import KINDS, row_of
from adplatforms.sandbox.ttd.seed.accounts import accounts
from adplatforms.sandbox.ttd.seed.campaigns import campaigns
from adplatforms.sandbox.ttd.seed.libraries import libraries
from adplatforms.sandbox.ttd.seed.rows import Rows

__all__ = ["fill"]


def fill(store: Store) -> None:
    """Puts the seed into an empty store."""
    rows = Rows()
    accounts(rows)
    libraries(rows)
    campaigns(rows)
    version = 0
    for kind, docs in rows.of.items():
        made = []
        for number, doc in enumerate(docs, 1):
            version += 1
            made.append({"id": number, **row_of(doc, version)})
        store.insert_many(KINDS[kind].table, made)
