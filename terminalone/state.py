"""The public door to the inside of a T1 entity: `T1State`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from adplatforms.core.state import EntityState, view

if TYPE_CHECKING:
    from adplatforms.core.messages import Pairs

    from .model import T1Model

__all__ = ["T1State"]


class T1State(EntityState):
    """What one T1 entity holds: `EntityState`, and what only T1 has.

    ``T1State(campaign).path()`` is where it is saved: ``api/v2.0/campaigns/7``.
    """

    __slots__ = ()

    model: T1Model = view("__model__")
    path: Callable[[], str] = view("_path")
    """Where it is saved, without the id while it has none. Raises `ClientError` where that is not known."""
    body: Callable[[Mapping[str, Any], Any], Pairs | dict[str, Any]] = view("_body")
    """``body(values, version)``: what a save sends, the pairs of a form or a dict that goes as JSON."""
    rebase: Callable[[int | None], None] = view("_rebase")
    """Replaces the version that the next update is based on; not a change."""
    lacks_base: Callable[[], bool] = view("_lacks_base")
    """Whether an update needs what was never read: the version, or lists that a save replaces."""
    load_base: Callable[[], None] = view("_load_base")
    """Reads what an update is based on where that was never read; one call. What is set stays set."""
    warn_unchanged: Callable[[], None] = view("_warn_unchanged")
    """Says so where a save sends nothing of what was given along with an id."""
    set_parent: Callable[[str, int], None] = view("_set_parent")
    """``set_parent(collection, entity_id)``: notes what it was read as a child of."""
