"""A strategy. Source: entities.json, Strategy."""

from typing import TYPE_CHECKING

from ..fields import Bool01, Children, Choice, DateTime, Float, Int, Ref, Str
from ..operations.strategy import StrategyOperations
from ..pixel_expressions import PixelExpression

if TYPE_CHECKING:
    from . import Campaign, StrategyAudienceSegment, StrategyTargetingSegment, T1Entity


class Strategy(StrategyOperations, collection="strategies"):
    """A strategy: how a part of a campaign's budget bids, on what, for whom."""

    name = Str(required=True)
    status = Bool01()
    audience_segment_exclude_op = Choice("AND OR", default="OR")
    audience_segment_include_op = Choice("AND OR", default="OR")
    bid_aggressiveness = Float()
    bid_min_devices = Int()
    bid_price_is_media_only = Bool01()
    budget = Float(required=True, nullable=True, budget=True)
    campaign_id = Int(required=True)
    currency_code = Str()
    description = Str()
    effective_goal_value = Float(readonly=True)
    end_date = DateTime(nullable=True)
    feature_compatibility = Str()
    frequency_amount = Int()
    frequency_interval = Choice("campaign day hour month not-applicable week", default="not-applicable")
    frequency_optimization = Bool01()
    frequency_type = Choice("asap even no-limit", newer="frequency_goal t1-optimized", default="no-limit")
    goal_type = Choice(
        "cpa cpc cpe ctr reach roi spend vcpm vcr viewability_rate", newer="cpcv", default="cpc", required=True
    )
    goal_value = Float(required=True)
    impression_cap = Int()
    impression_pacing_amount = Int()
    impression_pacing_interval = Choice("campaign day hour month not-applicable week", default="not-applicable")
    impression_pacing_type = Choice("asap even no-limit", default="no-limit")
    max_bid = Float(required=True)
    max_bid_wm = Float()
    media_type = Choice("DISPLAY VIDEO", default="DISPLAY")
    min_bid = Float()
    pacing_amount = Float(required=True, budget=True)
    pacing_interval = Choice("day hour", default="day")
    pacing_optimization_amount = Float()
    pacing_optimization_type = Choice("impression monetary", default="monetary")
    pacing_type = Choice("asap even", default="even")
    # Sent when it changed, never else: the classic SDK sent it with every save, and so cleared the targeting of a
    # strategy that was loaded without it (wire.md section 10, defect 30).
    pixel_target_expr = PixelExpression(nullable=True)
    roi_target = Float()
    run_on_all_exchanges = Bool01()
    run_on_all_pmp = Bool01()
    run_on_display = Bool01()
    run_on_mobile = Bool01()
    run_on_streaming = Bool01()
    site_restriction_transparent_urls = Bool01()
    site_selectiveness = Choice("ALL EXCLUDE_UGC MATHSELECT_250 REDUCED", default="REDUCED")
    start_date = DateTime(nullable=True)
    supply_type = Choice("BATCH MKT RMX_API RTB T1_RMX", default="RTB")
    targeting_segment_exclude_op = Choice("AND OR", default="OR")
    targeting_segment_include_op = Choice("AND OR", default="OR")
    type = Choice("AUD GBO REM", default="GBO", required=True)
    use_campaign_end = Bool01()
    use_campaign_start = Bool01()
    use_mm_freq = Bool01()
    use_optimization = Bool01()
    zone_name = Str(readonly=True)

    campaign = Ref["Campaign"](by="campaign_id")
    # No classes are declared for these two: they are generic entities.
    currency = Ref["T1Entity"](type="currency")
    time_zone = Ref["T1Entity"](type="time_zone")
    strategy_audience_segments = Children["StrategyAudienceSegment"](by="strategy_id")
    strategy_targeting_segments = Children["StrategyTargetingSegment"](by="strategy_id")
