"""Contracts of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base import V3Entity
from ..fields import Bool, Choice, DateTime, Float, Int, Ref, Str, Version

if TYPE_CHECKING:
    from .organization import Organization

__all__ = ["Contract"]


class Contract(
    V3Entity,
    collection="contracts",
    type="contract",
    list="list-contracts",
    get="get-contract",
    create="create-contract",
    update="update-contract",
):
    """A contract. Fields without a doc are not described by the vendor."""

    _limited = ("id", "name")

    name = Str(readonly=True)
    version = Version(readonly=True)
    organization_id = Int(required=True)
    effective_start_date = DateTime(required=True)
    effective_end_date = DateTime(required=True)
    platform_monthly_min = Float(required=True)
    platform_access_fee_pct = Float(nullable=True)
    platform_access_fee_cpm = Float(nullable=True)
    platform_access_fee_fixed = Float(nullable=True)
    managed_service_fee_pct = Float(nullable=True)
    managed_service_fee_cpm = Float(nullable=True)
    managed_service_fee_fixed = Float(nullable=True)
    optimization_fee_pct = Float(nullable=True)
    optimization_fee_cpm = Float(nullable=True)
    optimization_fee_fixed = Float(nullable=True)
    pmp_optimization_off_unit = Choice("PCT_TOTAL_COST", "CPM", "PCT_NET_TOTAL_SPEND")
    pmp_optimization_off_fee_pct = Float(nullable=True)
    pmp_optimization_off_fee_cpm = Float(nullable=True)
    pmp_optimization_on_unit = Choice("PCT_TOTAL_COST", "CPM", "PCT_NET_TOTAL_SPEND")
    pmp_optimization_on_fee_pct = Float(nullable=True)
    pmp_optimization_on_fee_cpm = Float(nullable=True)
    dmp_fee_unit = Choice("PCT_TOTAL_COST", "CPM", "CPTS", nullable=True)
    dmp_fee_pct = Float(nullable=True)
    dmp_fee_cpm = Float(nullable=True)
    dmp_fee_cpts = Float(nullable=True)
    signals_fee_unit = Choice("PCT_TOTAL_COST", "CPM", nullable=True)
    signals_fee_pct = Float(nullable=True)
    signals_fee_cpm = Float(nullable=True)
    t1_apps_fee_unit = Choice("PCT_TOTAL_COST", "CPM", nullable=True)
    t1_apps_fee_pct = Float(nullable=True)
    t1_apps_fee_cpm = Float(nullable=True)
    contract_number = Int(readonly=True)
    spend_cap = Float(nullable=True)
    platform_access_fee_unit = Choice("PCT_TOTAL_COST", "CPM", "FIXED", "PCT_NET_TOTAL_SPEND")
    managed_service_fee_unit = Choice("PCT_TOTAL_COST", "CPM", "FIXED", "PCT_NET_TOTAL_SPEND")
    optimization_fee_unit = Choice("PCT_TOTAL_COST", "CPM", "FIXED", "PCT_NET_TOTAL_SPEND")
    profit_share_fee_pct = Float(required=True)
    exclude_agency_margin = Bool(required=True, doc="Default: False")
    t1_as_fee_cpm = Float(required=True, doc="Default: 0.05")
    evidon_privacy_cost_cpm = Float(doc="Default: 0.02")
    peer39_channel_fee_cpm = Float(nullable=True)
    peer39_custom_fee_cpm = Float(nullable=True)
    peer39_safety_fee_cpm = Float()
    peer39_quality_fee_cpm = Float()
    fbx_dynamic_cpm = Float(doc="Default: 0.3")
    t1_vads_fee_cpm = Float(required=True, doc="Default: 0.25")
    adaptive_segment_cpm = Float(required=True, doc="Default: 0")
    external_media_tracking_cpm = Float(doc="Default: 0")
    currency_code = Str(shortest=3, longest=3, required=True)
    t1_html5_fee_cpm = Float(required=True, doc="Default: 0.05")
    viewability_display_sample = Float(nullable=True)
    viewability_display_all_imps = Float(nullable=True)
    viewability_video_sample = Float(nullable=True)
    viewability_video_all_imps = Float(nullable=True)
    standard_segment_cpm = Float(required=True, doc="Default: 0.1")
    connected_id_cost = Float(doc="Default: 0")
    financing_cost = Float(doc="Default: 0")
    audience_verification_cost = Float(doc="Default: 0.25")
    programmatic_guaranteed_platform_access_fee_cpm = Float(nullable=True)
    programmatic_guaranteed_platform_access_fee_pct = Float(nullable=True)
    programmatic_guaranteed_platform_access_fee_unit = Choice("PCT_TOTAL_COST", "CPM", "PCT_NET_TOTAL_SPEND")
    media_enablement_fee_cpm = Float(nullable=True)
    media_enablement_fee_pct = Float(nullable=True)
    media_enablement_fee_unit = Choice("PCT_TOTAL_COST", "CPM", "PCT_CLEAR")
    source_platform_access_fee_cpm = Float(nullable=True)
    source_platform_access_fee_pct = Float(nullable=True)
    source_platform_access_fee_unit = Choice("PCT_TOTAL_COST", "CPM")
    country_tax_withholding_fee_cpm = Float(nullable=True)
    country_tax_withholding_fee_pct = Float(nullable=True)
    country_tax_withholding_fee_unit = Choice("CPM", "PCT_CLEAR", "PCT_NET_TOTAL_SPEND")
    partnership_rebate_fee_cpm = Float(nullable=True)
    partnership_rebate_fee_pct = Float(nullable=True)
    partnership_rebate_fee_unit = Choice("CPM", "PCT_CLEAR", "PCT_NET_TOTAL_SPEND")
    cross_device_fee_cpm = Float(nullable=True)
    dba_optimization_fee_cpm = Float(nullable=True)
    dba_optimization_fee_pct = Float(nullable=True)
    dba_optimization_fee_unit = Choice("CPM", "PCT_MEDIA")
    audio_video_platform_access_fee_cpm = Float(nullable=True)
    audio_video_platform_access_fee_pct = Float(nullable=True)
    audio_video_platform_access_fee_unit = Choice("CPM", "PCT_TOTAL_COST")
    created_on = DateTime(readonly=True)
    updated_on = DateTime(readonly=True)
    mfa_fee_cpm = Float(nullable=True)
    organization = Ref["Organization"](by="organization_id")
