"""The T1 side of the seed: an agency business of 3 organizations, 2,500 campaigns and 12,000 strategies.

The same rows on every run: one random generator with a fixed seed, and a fixed present. Everything hangs
together: keys point to rows that exist, a flight lies within its campaign, a strategy takes currency and
zone from its campaign.
"""

from __future__ import annotations

from adplatforms.sandbox.store import Store
from adplatforms.sandbox.t1.seed.accounts import accounts, creatives_and_pixels, reference_data
from adplatforms.sandbox.t1.seed.campaigns import campaigns, strategies
from adplatforms.sandbox.t1.seed.rows import Rows
from adplatforms.sandbox.t1.seed.suppliers import creatives, exchanges, publishers, vendors
from adplatforms.sandbox.t1.seed.targeting import dimensions, picks, segments, site_lists
from adplatforms.sandbox.t1.tables import REGISTRY

MAKERS = (
    reference_data, accounts, creatives_and_pixels, campaigns, strategies,
    vendors, exchanges, publishers, creatives, segments, dimensions, site_lists, picks,
)  # fmt: skip
"""In this order: later ones point to the rows of earlier ones. New ones go last, so that no row changes."""


def fill(store: Store) -> None:
    """Puts the seed into an empty store."""
    rows = Rows()
    for make in MAKERS:
        make(rows)
    for resource in REGISTRY:
        store.insert_many(resource.table, rows.of[resource.type])
    store.insert_many("t1_log", rows.log)
    store.insert_many("t1_permission", rows.permissions)
    store.insert_many("t1_site_list_domain", rows.domains)
