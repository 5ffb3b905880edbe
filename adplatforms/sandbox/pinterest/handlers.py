"""All handlers of operations: importing this module registers them, each by its decorator."""

from __future__ import annotations

from adplatforms.sandbox.pinterest import (  # noqa: F401
    analytics,
    audiences,
    batches,
    bulk,
    business,
    catalogs,
    facts,
    jobs,
    lists,
    newer,
    organic,
    organic_analytics,
)
