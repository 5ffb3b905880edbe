"""The classic path of `terminalone.entities.child_pixel`."""

from ..entities.child_pixel import ChildPixel

__all__ = ["ChildPixel"]
