"""Universal pixels."""

from typing import TYPE_CHECKING

from adplatforms.core.relations import Ref

from ..base import TTDEntity
from ..mapped import Id, Str

if TYPE_CHECKING:
    from . import Advertiser


class UniversalPixel(TTDEntity, collection="universal_pixels"):
    """A universal pixel: one tag for a whole site, mapped to tracking tags. Saved through REST.

    Listed by GraphQL over all advertisers, by REST of one. Which pages stand for which tracking tag is in no fact.
    """

    _rest = "universalpixel"

    id = Id(readonly=True, rest="UniversalPixelId")
    name = Str(rest="UniversalPixelName", required=True)
    advertiser_id = Id("advertiserId", graphql="", rest="AdvertiserId", required=True, create_only=True)
    description = Str(graphql="", rest="Description")
    advertiser = Ref["Advertiser"](by="advertiser_id")
