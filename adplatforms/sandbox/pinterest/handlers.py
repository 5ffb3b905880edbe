"""All handlers of operations; importing this module registers them."""

from __future__ import annotations

from types import ModuleType

from adplatforms.sandbox.pinterest import (
    analytics,
    audiences,
    batches,
    bulk,
    business,
    catalogs,
    facts,
    jobs,
    lists,
    organic,
    organic_analytics,
)

ALL: tuple[ModuleType, ...] = (
    analytics,
    audiences,
    batches,
    bulk,
    business,
    catalogs,
    facts,
    jobs,
    lists,
    organic,
    organic_analytics,
)
"""The modules that register handlers."""
