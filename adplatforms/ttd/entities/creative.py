"""Creatives."""

from typing import TYPE_CHECKING

from adplatforms.core.relations import Ref

from ..base import TTDEntity
from ..mapped import Archived, Id, Moment, Object, Str

if TYPE_CHECKING:
    from . import Advertiser


class Creative(TTDEntity, collection="creatives"):
    """A creative, read and saved through REST. Exactly one of its ``*_attributes`` says what kind it is; inside them
    names are REST's.

    Listed by REST by advertiser; those of an ad group by GraphQL. It cannot be deleted: REST answers 405 [3:1].

    The fields of GraphQL's type are in no fact: lists that GraphQL nests (``include="creatives"``) bring `id` and
    `name` [I], `refresh()` the rest.
    """

    _rest = "creative"
    _created = "created_at_utc"
    _surface = "rest"

    id = Id(readonly=True, rest="CreativeId", source="I")
    name = Str(rest="CreativeName", required=True, source="I")
    advertiser_id = Id("advertiserId", graphql="", rest="AdvertiserId", required=True, create_only=True)
    description = Str(graphql="", rest="Description")
    is_archived = Archived(graphql="")
    creative_type = Str("creativeType", graphql="", rest="CreativeType", readonly=True)
    external_id = Str("externalId", graphql="", rest="ExternalId")
    # One of these six says what kind the creative is; a create names exactly one.
    image_attributes = Object("imageAttributes", graphql="", rest="ImageAttributes", doc="a hosted image")
    trade_desk_hosted_video_attributes = Object(
        "tradeDeskHostedVideoAttributes", graphql="", rest="TradeDeskHostedVideoAttributes", doc="a hosted video"
    )
    third_party_tag_attributes = Object(
        "thirdPartyTagAttributes", graphql="", rest="ThirdPartyTagAttributes", doc="a third party's display tag"
    )
    third_party_hosted_video_attributes = Object(
        "thirdPartyHostedVideoAttributes", graphql="", rest="ThirdPartyHostedVideoAttributes", doc="VAST"
    )
    native_attributes = Object("nativeAttributes", graphql="", rest="NativeAttributes")
    facebook_attributes = Object("facebookAttributes", graphql="", rest="FacebookAttributes")
    created_at_utc = Moment("createdAtUtc", graphql="", rest="CreatedAtUTC", readonly=True)
    last_updated_at_utc = Moment("lastUpdatedAtUtc", graphql="", rest="LastUpdatedAtUTC", readonly=True)
    advertiser = Ref["Advertiser"](by="advertiser_id")
