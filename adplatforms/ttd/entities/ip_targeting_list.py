"""IP targeting lists."""

from typing import TYPE_CHECKING

from adplatforms.core.relations import Ref

from ..base import TTDEntity
from ..mapped import Id, Object, Str

if TYPE_CHECKING:
    from . import Advertiser


class IpTargetingList(TTDEntity, collection="ip_targeting_lists"):
    """A list of ranges of IP addresses.

    Only REST has it, listed by advertiser. Source: platform_rest_v3.json [3:1].
    """

    _rest = "iptargetinglist"
    _surface = "rest"

    id = Id(readonly=True, graphql="", rest="IPTargetingDataId")
    name = Str(graphql="", rest="IPTargetingDataName", required=True)
    advertiser_id = Id("advertiserId", graphql="", rest="AdvertiserId", required=True, create_only=True)
    ranges = Object("ipTargetingRanges", graphql="", rest="IPTargetingRanges", doc="a list of {MinIP, MaxIP}")
    advertiser = Ref["Advertiser"](by="advertiser_id")
