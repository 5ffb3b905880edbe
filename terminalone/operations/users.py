"""Extra operations of a user record. Source: wire.md sections 7 and 11."""

from __future__ import annotations

from typing import Any

from ..entities.base import T1Entity

__all__ = ["UserOperations"]


class UserOperations(T1Entity):
    """Extra operations of a user.

    The user's rights and role are fields of the user; what it may see and edit is in its `Permission`.
    """

    def get_permissions(self) -> Any:
        """The user's `Permission`: what it may see and edit."""
        page = self._call("GET", "permissions", params=(("full", "*"),))
        return self._single(self._as_children(page.rows), "permissions")

    def get_settings(self) -> dict[str, Any]:
        """The user's settings, as T1 sends them: the facts do not name them."""
        page = self._call("GET", "settings")
        return dict(next(iter(page.rows), {}))
