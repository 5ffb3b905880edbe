"""Site lists."""

from typing import TYPE_CHECKING

from adplatforms.core.relations import Ref

from ..base import TTDEntity
from ..mapped import Archived, Id, Object, Str

if TYPE_CHECKING:
    from . import Advertiser


class SiteList(TTDEntity, collection="site_lists"):
    """A site list: domains with bid adjustments, listed by advertiser.

    Seen only in third-party code of 2014 to 2019 [3]: bid lists replaced them. Only REST has it, if it still does.
    """

    _rest = "sitelist"
    _surface = "rest"

    id = Id(readonly=True, graphql="", rest="SiteListId")
    name = Str(graphql="", rest="SiteListName", required=True)
    advertiser_id = Id("advertiserId", graphql="", rest="AdvertiserId", required=True, create_only=True)
    description = Str(graphql="", rest="Description")
    lines = Object("siteListLines", graphql="", rest="SiteListLines", doc="a list of {Domain, Adjustment}")
    permissions = Str(graphql="", rest="Permissions")
    is_archived = Archived(graphql="")
    advertiser = Ref["Advertiser"](by="advertiser_id")
