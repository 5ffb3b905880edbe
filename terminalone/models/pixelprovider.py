"""The classic path of `terminalone.entities.pixel_provider`."""

from ..entities.pixel_provider import PixelProvider

__all__ = ["PixelProvider"]
