"""The classic path of `terminalone.entities.placement_slot`."""

from ..entities.placement_slot import PlacementSlot

__all__ = ["PlacementSlot"]
