"""The records around one that is saved: what they have pending is told, ad groups that went along are found."""

from __future__ import annotations

from typing import Any

from adplatforms.core.entity import Entity
from adplatforms.core.errors import AdPlatformsWarning, UnsentValueWarning, warn
from adplatforms.core.state import EntityState

from . import holds

__all__ = ["keep", "pending_around", "settle_groups"]


def pending_around(entity: Entity) -> dict[str, Any]:
    """The relations that were handed out and of which a record has unsaved changes, as they were handed out."""
    cache = EntityState(entity).cache()
    found = {}
    for name in entity.__model__.relations:
        loaded = cache.get(name)
        if loaded is not None and any(EntityState(each).pending() for each in _many(loaded)):
            found[name] = loaded
    return found


def keep(entity: Entity, around: dict[str, Any]) -> None:
    """Keeps these records, which a save would have read anew, and tells what they have pending.

    Each is a record of its own: the save of one never sends another.
    """
    EntityState(entity).cache().update(around)
    for name, loaded in around.items():
        for each in _many(loaded):
            state = EntityState(each)
            pending = state.pending()
            if pending:
                warn(
                    f"{EntityState(entity).label}.{name}: {state.label} has unsaved changes of {', '.join(pending)},"
                    " which this save does not send: save() it too",
                    UnsentValueWarning,
                )


def settle_groups(campaign: Entity, groups: list[Entity]) -> None:
    """Finds out which row of the answer is which of the ad groups that were created with a campaign.

    The answer repeats their names and nothing else that they were sent with.
    """
    created = EntityState(campaign)
    key = campaign.__model__.relations["ad_groups"].key
    rows = {row.get("name"): row for row in created.row.get(key) or ()}
    names = [EntityState(group).pending().get("name") for group in groups]
    if len(set(names)) == len(names) and set(names) <= rows.keys():
        for group, name in zip(groups, names, strict=True):
            state = EntityState(group)
            state.settle(dict(rows[name]), state.pending())
        return
    warn(
        "the answer does not tell which ad group is which: campaign.ad_groups has what was created", AdPlatformsWarning
    )
    for group in groups:
        holder = f"the save of {created.label}"
        holds.hold_unclear(group, holder, "created", f"campaign {created.id} has what was created")


def _many(loaded: Any) -> list[Entity]:
    return [each for each in (loaded if isinstance(loaded, list) else [loaded]) if isinstance(each, Entity)]
