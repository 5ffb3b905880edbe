"""The classic path of the pixels in a bundle; `Pixel` and `PixelBundle`, the bundle itself, stand here as well."""

from ..entities.child_pixel import ChildPixel
from ..entities.pixel import Pixel, PixelBundle

__all__ = ["ChildPixel", "Pixel", "PixelBundle"]
