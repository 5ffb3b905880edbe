"""Data groups."""

from typing import TYPE_CHECKING

from adplatforms.core import fields
from adplatforms.core.relations import Ref

from ..base import TTDEntity
from ..mapped import Archived, Bool, Id, ListOf, Str

if TYPE_CHECKING:
    from . import Advertiser


class DataGroup(TTDEntity, collection="data_groups"):
    """A data group: first- and third-party data that count as one, for the audiences of an advertiser.

    Only REST has it, listed by advertiser. The lists of ids are replaced, not merged. Source: platform_rest_v3.json.
    """

    _rest = "datagroup"
    _surface = "rest"

    id = Id(readonly=True, graphql="", rest="DataGroupId")
    name = Str(graphql="", rest="DataGroupName", required=True)
    advertiser_id = Id("advertiserId", graphql="", rest="AdvertiserId", required=True, create_only=True)
    description = Str(graphql="", rest="Description")
    first_party_data_ids = ListOf(
        fields.Int(), "firstPartyDataIds", graphql="", rest="FirstPartyDataIds", doc="replaced, not merged"
    )
    third_party_data_ids = ListOf(
        fields.Str(), "thirdPartyDataIds", graphql="", rest="ThirdPartyDataIds", doc="replaced, not merged"
    )
    is_sharable = Bool("isSharable", graphql="", rest="IsSharable")
    skip_unauthorized_third_party_data = Bool(
        "skipUnauthorizedThirdPartyData", graphql="", rest="SkipUnauthorizedThirdPartyData", doc="for the save only"
    )
    is_archived = Archived(graphql="")
    advertiser = Ref["Advertiser"](by="advertiser_id")
