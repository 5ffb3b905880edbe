"""What a user record does beside its fields. Source: wire.md sections 7 and 11."""

from __future__ import annotations

from typing import Any

from ..entities.base import T1Entity

__all__ = ["UserCalls"]


class UserCalls(T1Entity):
    """What a user does beside its fields."""

    def get_permissions(self) -> Any:
        """The user's `Permission`: what it may see and edit."""
        page = self._call("GET", "permissions", params=(("full", "*"),))
        return self._single(self._made(page), "permissions")

    def get_settings(self) -> dict[str, Any]:
        """The user's settings, as T1 sends them: the facts do not name them."""
        rows = self._call("GET", "settings").rows
        return dict(rows[0]) if rows else {}
