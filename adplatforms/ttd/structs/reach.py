"""Measurement of a new campaign's incremental reach, by vendor."""

from __future__ import annotations

from adplatforms.core.fields import Bool, Int, ListOf, Str
from adplatforms.core.nested import Nested

from ..fields import Enum
from .base import WorkflowsValue

__all__ = ["IncrementalReachBrand", "IncrementalReachProduct", "IncrementalReachSettings", "RealyticsReach"]


class IncrementalReachBrand(WorkflowsValue):
    """The brand whose reach a vendor measures, by the vendor's own id. Schema: IncrementalReachBrandInput."""

    id = Int()
    name = Str(nullable=True)
    is_active = Bool("isActive")


class IncrementalReachProduct(WorkflowsValue):
    """A product of the brand. Schema: IncrementalReachProductInput."""

    id = Int()
    name = Str(nullable=True)


class RealyticsReach(IncrementalReachBrand):
    """The brand as Realytics measures it. Schema: RealyticsReachSettingInput."""

    products = ListOf(Nested(IncrementalReachProduct), nullable=True)
    realytics_entertainment_input = Enum("IPTV CTV TVS", "realyticsEntertainmentInput")


class IncrementalReachSettings(WorkflowsValue):
    """Which vendors measure the incremental reach of a new campaign: one brand for each vendor.

    Schema: CampaignCreateWorkflowIncrementalReachCampaignSetting.
    """

    i_spot_reach_setting = Nested(IncrementalReachBrand, "iSpotReachSetting")
    realytics_reach_setting = Nested(RealyticsReach, "realyticsReachSetting")
    tv_squared_reach_setting = Nested(IncrementalReachBrand, "tvSquaredReachSetting")
    samba_au_reach_setting = Nested(IncrementalReachBrand, "sambaAuReachSetting")
