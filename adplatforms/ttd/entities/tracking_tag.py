"""Tracking tags."""

from typing import TYPE_CHECKING

from adplatforms.core.relations import Ref

from ..base import TTDEntity
from ..enums import DATA_EVENTS
from ..mapped import Archived, Bool, Enum, Id, Int, Str

if TYPE_CHECKING:
    from . import Advertiser, FirstPartyData, UniversalPixel


class TrackingTag(TTDEntity, collection="tracking_tags"):
    """A tracking tag of an advertiser: what a page, an app or an offline file reports, such as a conversion.

    Listed by GraphQL inside its advertiser, and by REST. Saved through REST; it cannot be deleted: REST answers
    405 [3:1]. Source: graphql_types.json, platform_rest_v3.json.
    """

    _rest = "trackingtag"

    id = Id(readonly=True, rest="TrackingTagId")
    name = Str(rest="TrackingTagName", required=True)
    advertiser_id = Id("advertiserId", graphql="advertiser.id", rest="AdvertiserId", required=True, create_only=True)
    type = Enum("Conversion Impression Retargeting", rest="TrackingTagType")
    location = Str(rest="TrackingTagLocation")
    category = Enum("AppEventTrackerTag OfflineTag StaticTag UniversalPixelTag", readonly=True)
    data_event_type = Enum(DATA_EVENTS, "dataEventType", readonly=True)
    revenue = Str(rest="Revenue", doc="an amount, or a macro that stands for it, in `currency`")
    currency = Str(rest="Currency", doc="ISO 4217")
    container_tag_body = Str("containerTagBody", rest="ContainerTagBody")
    image_tag = Str("imageTag", readonly=True)
    iframe_tag = Str("iFrameTag", readonly=True)
    redirect_uri = Str("redirectUri", readonly=True)
    household_enabled = Bool("householdEnabled", readonly=True)
    is_archived = Archived()
    hit_count_1_day = Int("hitCount1Day", readonly=True)
    hit_count_7_day = Int("hitCount7Day", readonly=True)
    hit_count_30_day = Int("hitCount30Day", readonly=True)
    first_party_data_id = Int("firstPartyDataId", graphql="firstPartyData.id", readonly=True)
    universal_pixel_id = Id("universalPixelId", graphql="universalPixel.id", readonly=True)
    advertiser = Ref["Advertiser"](by="advertiser_id")
    first_party_data = Ref["FirstPartyData"](by="first_party_data_id", key="firstPartyData")
    universal_pixel = Ref["UniversalPixel"](by="universal_pixel_id", key="universalPixel")
