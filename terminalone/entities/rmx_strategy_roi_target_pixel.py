"""A target pixel of an RMX strategy. Source: entities.json, RMXStrategyROITargetPixel."""

from typing import TYPE_CHECKING

from ..fields import Bool01, Float, Int, Ref, Str
from .base import T1Entity

if TYPE_CHECKING:
    from . import Pixel, RMXStrategy


class RMXStrategyROITargetPixel(T1Entity, collection="rmx_strategy_roi_target_pixels"):
    """A pixel whose return an RMX strategy aims at. Read only."""

    _read_only = "the RMX exchange is retired"

    status = Bool01()
    pixel_bundle_id = Int()
    price = Float()
    rmx_pixel_type = Str()
    rmx_strategy_id = Int()

    rmx_strategy = Ref["RMXStrategy"](by="rmx_strategy_id")
    pixel_bundle = Ref["Pixel"](by="pixel_bundle_id")
