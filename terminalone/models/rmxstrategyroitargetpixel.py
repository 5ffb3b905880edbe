"""The classic path of `terminalone.entities.rmx_strategy_roi_target_pixel`."""

from ..entities.rmx_strategy_roi_target_pixel import RMXStrategyROITargetPixel

__all__ = ["RMXStrategyROITargetPixel"]
