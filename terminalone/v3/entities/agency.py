"""Agencies of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base import V3Entity
from ..fields import Bool, Children, Choice, DateTime, Int, Ref, Str, Version

if TYPE_CHECKING:
    from .advertiser import Advertiser
    from .organization import Organization
    from .pixel_bundle import PixelBundle
    from .pixel_provider import PixelProvider
    from .strategy_template import StrategyTemplate

__all__ = ["Agency"]


class Agency(
    V3Entity,
    collection="agencies",
    type="agency",
    list="list-agencies",
    get="get-agency",
    create="create-agency",
    update="update-agency",
    withs=["organization"],
):
    """An agency. Fields without a doc are not described by the vendor."""

    _limited = ("id", "name")

    name = Str(shortest=1, longest=64, required=True)
    ads_txt_verified = Choice("ANY", "AUTHORIZED_ONLY", "AUTHORIZED_DIRECT_ONLY", "NONE")
    allow_x_adv_optimization = Bool()
    allow_x_adv_pixels = Bool()
    dmp_enabled = Choice("disabled", "inherits")
    eligible_for_data_sharing = Bool()
    status = Bool()
    logo = Str(longest=1024)
    mfa_avoidance = Choice("INHERIT", "ALLOW_ALL", "EXCLUDE_MFA")
    created_on = DateTime(readonly=True)
    organization_id = Int(least=1, create_only=True, required=True)
    updated_on = DateTime(readonly=True)
    version = Version(readonly=True)
    sales_contact_id = Int(readonly=True, doc="Deprecated")
    billing_contact_id = Int(readonly=True, doc="Deprecated")
    traffic_contact_id = Int(readonly=True, doc="Deprecated")
    inherited_mfa_avoidance = Choice("INHERIT", "ALLOW_ALL", "EXCLUDE_MFA", readonly=True)
    inherited_mfa_from = Choice("Organization", "Agency", readonly=True)
    organization = Ref["Organization"](by="organization_id")
    advertisers = Children["Advertiser"](by="agency_id")
    pixel_bundles = Children["PixelBundle"](by="agency_id")
    pixel_providers = Children["PixelProvider"](by="agency_id")
    strategy_templates = Children["StrategyTemplate"](by="agency_id")
