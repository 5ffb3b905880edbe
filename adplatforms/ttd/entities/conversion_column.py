"""Conversion reporting columns."""

from typing import TYPE_CHECKING

from adplatforms.core.relations import Ref

from ..base import TTDEntity
from ..mapped import Id, Int, Str

if TYPE_CHECKING:
    from . import Campaign, TrackingTag


class ConversionColumn(TTDEntity, collection="conversion_columns"):
    """A column of a campaign's conversion reports: the tracking tag that is counted in it. Read by REST, as part of its
    campaign; ``campaign.campaign_conversion_reporting_columns`` sets them.

    The fields of GraphQL's ``CampaignConversionReportingColumn`` are in no fact. It has no id of its own: `id` is
    ``"{tracking_tag_id}/{reporting_column_id}"``.
    """

    _rest = "conversioncolumn"
    _surface = "rest"
    _identity = ("trackingTagId", "reportingColumnId")

    id = Id(readonly=True, graphql="", doc="made of the two others")
    campaign_id = Id("campaignId", graphql="", readonly=True)
    tracking_tag_id = Id("trackingTagId", graphql="", rest="TrackingTagId", readonly=True)
    tracking_tag_name = Str("trackingTagName", graphql="", rest="TrackingTagName", readonly=True)
    reporting_column_id = Int("reportingColumnId", graphql="", rest="ReportingColumnId", readonly=True)
    cross_device_attribution_model_id = Id(
        "crossDeviceAttributionModelId", graphql="", rest="CrossDeviceAttributionModelId", readonly=True
    )
    campaign = Ref["Campaign"](by="campaign_id")
    tracking_tag = Ref["TrackingTag"](by="tracking_tag_id", key="trackingTag")
