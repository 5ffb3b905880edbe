"""What `Entity.changes` and `save` tell of one field."""

from __future__ import annotations

from typing import Any, NamedTuple

__all__ = ["Change"]


class Change(NamedTuple):
    """What a field was and what it is now."""

    old: Any
    new: Any
