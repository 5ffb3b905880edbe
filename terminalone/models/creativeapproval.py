"""The classic path of `terminalone.entities.creative_approval`."""

from ..entities.creative_approval import CreativeApproval

__all__ = ["CreativeApproval"]
