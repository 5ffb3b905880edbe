"""All handlers of operations; importing this module registers them."""

from __future__ import annotations

from types import ModuleType

from adplatforms.sandbox.pinterest import batches, lists

ALL: tuple[ModuleType, ...] = (batches, lists)
"""The modules that register handlers."""
