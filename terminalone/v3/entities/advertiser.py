"""Advertisers of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base import V3Entity
from ..fields import Bool, Children, Choice, DateTime, Float, Int, ListOf, Nested, Ref, Str, Struct, Version

if TYPE_CHECKING:
    from .ad_server import AdServer
    from .agency import Agency
    from .campaign import Campaign
    from .concept import Concept
    from .new_strategy_plan import NewStrategyPlan
    from .pixel_bundle import PixelBundle
    from .strategy import Strategy
    from .strategy_template import StrategyTemplate
    from .vertical import Vertical

__all__ = ["Advertiser", "AdvertiserVendorAttribution"]


class AdvertiserVendorAttribution(Struct):
    """A nested value of advertisers."""

    vendor_id = Int()
    impression_pixel = Str()


class Advertiser(
    V3Entity,
    collection="advertisers",
    type="advertiser",
    list="list-advertisers",
    get="get-advertiser",
    create="create-advertiser",
    update="update-advertiser",
    withs=["agency"],
):
    """An advertiser. Fields without a doc are not described by the vendor."""

    _limited = ("id", "name")

    name = Str(shortest=1, longest=64, required=True)
    ad_server_id = Int(required=True)
    data_sharing_enabled = Bool()
    dmp_enabled = Choice("disabled", "inherits")
    domain = Str(longest=255, required=True)
    external_id = Str(longest=255, nullable=True)
    frequency_interval = Choice(
        "hour", "day", "week", "month", "not-applicable", nullable=True, doc="Default: not-applicable"
    )
    frequency_type = Choice("no-limit", "asap", "even", nullable=True, doc="Default: no-limit")
    frequency_amount = Int(nullable=True)
    minimize_multi_ads = Bool()
    status = Bool()
    vertical_id = Int(required=True)
    ads_txt_verified = Choice("ANY", "AUTHORIZED_ONLY", "AUTHORIZED_DIRECT_ONLY", "NONE", nullable=True)
    political = Bool()
    connected_id_type = Choice("DETERMINISTIC_FIRST")
    mfa_avoidance = Choice("INHERIT", "ALLOW_ALL", "EXCLUDE_MFA")
    attribution_level = Choice("INDIVIDUAL", "HOUSEHOLD", doc="Default: INDIVIDUAL")
    targeting_identity_level = Choice("INDIVIDUAL", "HOUSEHOLD", doc="Default: INDIVIDUAL")
    advertiser_brain = Bool(doc="Default: True")
    vendor_attributions = ListOf(Nested(AdvertiserVendorAttribution), nullable=True)
    ad_server_fee = Float(readonly=True)
    agency_id = Int(least=1, create_only=True, required=True)
    created_on = DateTime(readonly=True)
    updated_on = DateTime(readonly=True)
    version = Version(readonly=True)
    effective_ads_txt_verified = Str(readonly=True)
    allow_x_strat_optimization = Bool(readonly=True, doc="Deprecated")
    billing_contact_id = Int(readonly=True, doc="Deprecated")
    sales_contact_id = Int(readonly=True, doc="Deprecated")
    inherited_mfa_avoidance = Choice("INHERIT", "ALLOW_ALL", "EXCLUDE_MFA", readonly=True)
    inherited_mfa_from = Choice("Organization", "Agency", "Advertiser", readonly=True)
    ad_server = Ref["AdServer"](by="ad_server_id")
    vertical = Ref["Vertical"](by="vertical_id")
    agency = Ref["Agency"](by="agency_id")
    campaigns = Children["Campaign"](by="advertiser_id")
    concepts = Children["Concept"](by="advertiser_id")
    new_strategy_plans = Children["NewStrategyPlan"](by="advertiser_id")
    pixel_bundles = Children["PixelBundle"](by="advertiser_id")
    strategies = Children["Strategy"](by="advertiser_id")
    strategy_templates = Children["StrategyTemplate"](by="advertiser_id")
