"""Organizations of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base import V3Entity
from ..fields import Bool, Children, Choice, DateTime, Float, Int, ListOf, Nested, Str, Struct, Version

if TYPE_CHECKING:
    from .agency import Agency
    from .contract import Contract
    from .segment_group import SegmentGroup
    from .site_list import SiteList
    from .strategy_template import StrategyTemplate

__all__ = ["Organization", "OrganizationSeat", "OrganizationSeatData"]


class OrganizationSeatData(Struct):
    """A nested value of organizations."""

    supply_source_id = Int(readonly=True)
    seat_identifier = Str(readonly=True)
    bill_media_to_client = Bool(readonly=True, doc="Default: True")
    rmx_exchange_cost_unit = Str(readonly=True, doc="Default: PCT_MEDIA")
    rmx_exchange_cost_cpm = Float(readonly=True)
    rmx_exchange_cost_pct = Float(readonly=True)
    status = Bool(readonly=True, doc="Default: True")
    id = Int(readonly=True)
    version = Int(readonly=True)
    created_on = DateTime(readonly=True)
    updated_on = DateTime(readonly=True)


class OrganizationSeat(Struct):
    """A nested value of organizations."""

    supply_source_id = Int(required=True)
    seat_identifier = Str(required=True)
    bill_media_to_client = Bool(nullable=True, doc="Default: True")
    rmx_exchange_cost_unit = Str(nullable=True, doc="Default: PCT_MEDIA")
    rmx_exchange_cost_cpm = Float(least=0, most=9999999.99, nullable=True)
    rmx_exchange_cost_pct = Float(least=0, most=100, nullable=True)
    status = Bool(nullable=True, doc="Default: True")
    data = Nested(OrganizationSeatData, readonly=True)


class Organization(
    V3Entity,
    collection="organizations",
    type="organization",
    list="list-organizations",
    get="get-organization",
    create="create-organization",
    update="update-organization",
):
    """An organization. Fields without a doc are not described by the vendor."""

    _limited = ("id", "name")

    name = Str(shortest=1, longest=64, required=True)
    org_type = ListOf(Choice("buyer", "partner"))
    status = Bool(required=True)
    website = Str(longest=512, nullable=True)
    facebook = Str(longest=512, nullable=True)
    linkedin = Str(longest=512, nullable=True)
    twitter = Str(longest=512, nullable=True)
    allow_x_agency_pixels = Bool()
    allow_byo_price = Bool()
    opt_out_connected_id = Bool()
    opt_out_connected_id_mathid = Bool()
    override_suspicious_traffic_filter = Bool()
    restrict_targeting_to_same_device_id = Bool()
    restrict_targeting_to_deterministic_id = Bool()
    suspicious_traffic_filter_level = Int(least=0, most=100)
    use_ads_txt = Bool()
    use_evidon_optout = Bool(nullable=True)
    eligible_for_data_sharing = Bool()
    holding_org_id = Int(nullable=True)
    service_provider_ccpa = Bool()
    mfa_avoidance = Choice("ALLOW_ALL", "EXCLUDE_MFA")
    mm_contact_name = Str(longest=64, required=True)
    adx_seat_account_id = Int(least=1, required=True)
    connected_id_type = Choice("DETERMINISTIC_FIRST", required=True)
    contact_name = Str(longest=64, required=True)
    address_1 = Str(longest=256, required=True)
    address_2 = Str(longest=256, nullable=True)
    city = Str(longest=32, required=True)
    state = Str(longest=2, required=True)
    zip = Str(longest=10, required=True)
    country = Str(longest=2, required=True)
    phone = Str(longest=24, required=True)
    currency_code = Str(longest=3, required=True)
    billing_country_code = Str(required=True)
    dmp_enabled = Choice("enabled", "disabled", required=True)
    seats = ListOf(Nested(OrganizationSeat), nullable=True)
    mcp_enabled = Bool(doc="Default: False")
    mcp_access_level = Choice("read_only", "read_write")
    inf_business_unit = Str(nullable=True)
    environment = Str(nullable=True)
    created_on = DateTime(readonly=True)
    terminated = Bool(update_only=True)
    updated_on = DateTime(readonly=True)
    version = Version(readonly=True)
    agencies = Children["Agency"](by="organization_id")
    contracts = Children["Contract"](by="organization_id")
    segment_groups = Children["SegmentGroup"](by="organization_id")
    site_lists = Children["SiteList"](by="organization_id")
    strategy_templates = Children["StrategyTemplate"](by="organization_id")
