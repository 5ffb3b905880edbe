"""The classic path of `terminalone.entities.pixel`."""

from ..entities.pixel import Pixel, PixelBundle

__all__ = ["Pixel", "PixelBundle"]
