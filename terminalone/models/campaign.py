"""A campaign. Source: entities.json, Campaign."""

from typing import TYPE_CHECKING

from ..t1types import Bool01, Children, Choice, DateTime, Float, Int, Ref, Str
from .base import T1Entity

if TYPE_CHECKING:
    from . import Advertiser, BudgetFlight, Pixel, Strategy


class Campaign(T1Entity, collection="campaigns"):
    """A campaign: the budget, flight and goal that its strategies share."""

    name = Str(required=True)
    status = Bool01()
    ad_server_fee = Float()
    ad_server_id = Int(required=True)
    ad_server_password = Str()
    ad_server_username = Str()
    advertiser_id = Int(required=True)
    agency_fee_pct = Float()
    bid_min_devices = Int()
    connected_id_type = Choice("DETERMINISTIC_FIRST DETERMINISTIC_ONLY")
    conversion_type = Choice("every one variable", default="variable")
    conversion_variable_minutes = Int(nullable=True)
    currency_code = Str()
    dcs_data_is_campaign_level = Bool01()
    end_date = DateTime(required=True)
    frequency_amount = Int()
    frequency_interval = Choice("day hour month not-applicable week", default="not-applicable")
    frequency_optimization = Bool01()
    frequency_type = Choice("asap even no-limit", default="no-limit")
    goal_alert = Float()
    goal_category = Choice("audience engagement response")
    goal_type = Choice("cpa cpc cpe ctr reach roi spend vcpm vcr viewability_rate", required=True)
    goal_value = Float(required=True)
    has_custom_attribution = Bool01()
    impression_cap_amount = Int()
    impression_cap_automatic = Bool01()
    impression_cap_type = Choice("asap even no-limit", default="no-limit")
    initial_start_date = DateTime()
    io_name = Str()
    io_reference_num = Str()
    is_programmatic_guaranteed = Bool01()
    margin_pct = Float()
    merit_pixel_id = Int(nullable=True)
    minimize_multi_ads = Bool01()
    override_suspicious_traffic_filter = Bool01()
    pacing_alert = Float()
    pc_window_minutes = Int(nullable=True)
    political = Bool01()
    pv_pct = Float(nullable=True)
    pv_window_minutes = Int(nullable=True)
    restrict_targeting_to_same_device_id = Bool01()
    service_type = Choice("MANAGED SELF", default="SELF", required=True)
    source_campaign_id = Int()
    spend_cap_amount = Float()
    spend_cap_automatic = Bool01()
    spend_cap_enabled = Bool01()
    spend_cap_type = Choice("asap even no-limit", default="no-limit")
    start_date = DateTime(required=True)
    suspicious_traffic_filter_level = Int()
    total_budget = Float(required=True)
    total_impression_budget = Int()
    use_default_ad_server = Bool01()
    use_mm_freq = Bool01(required=True)
    viewability_sample_rate = Float()
    viewability_type = Str()
    viewability_vendor_id = Int()
    zone_name = Str()

    advertiser = Ref["Advertiser"](by="advertiser_id")
    ad_server = Ref["T1Entity"](by="ad_server_id", type="ad_server")
    merit_pixel = Ref["Pixel"](by="merit_pixel_id")
    currency = Ref["T1Entity"](type="currency")
    time_zone = Ref["T1Entity"](type="time_zone")
    strategies = Children["Strategy"](by="campaign_id")
    budget_flights = Children["BudgetFlight"](by="campaign_id")
