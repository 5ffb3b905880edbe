"""A strategy on the retired RMX exchange. Source: entities.json, RMXStrategy."""

from typing import TYPE_CHECKING

from ..fields import Bool01, Children, Float, Int, Ref, Str
from .base import T1Entity

if TYPE_CHECKING:
    from . import Pixel, RMXStrategyROITargetPixel, Strategy


class RMXStrategy(T1Entity, collection="rmx_strategies"):
    """A strategy on the retired RMX exchange. Read only."""

    _read_only = "the RMX exchange is retired"

    status = Bool01()
    budget = Float(budget=True)
    budget_type = Str()
    cpa_pixel_bundle_id = Int()
    cpa_pixel_type = Str()
    dynamic_pricing_option = Str()
    imp_budget = Float()
    learning_budget = Float(budget=True)
    learning_budget_pacing = Str()
    learning_slider = Float()
    pacing = Str()
    price = Float()
    pricing_type = Str()
    rmx_push_entity_id = Int()
    rmx_push_status = Str()
    rmxapi_io_identifier = Int()
    rmxapi_li_identifier = Int()
    roi_cpc_target_ctr = Float()
    roi_cpc_target_ctr_type = Str()
    roi_modifier = Float()
    roi_targets = Str()
    strategy_id = Int()

    strategy = Ref["Strategy"](by="strategy_id")
    pixel_bundle = Ref["Pixel"](by="cpa_pixel_bundle_id")
    rmx_strategy_roi_target_pixels = Children["RMXStrategyROITargetPixel"](by="rmx_strategy_id")
