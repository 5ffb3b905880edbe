"""First-party data."""

from typing import TYPE_CHECKING

from adplatforms.core.relations import Ref

from ..base import TTDEntity
from ..mapped import Id, Int, Str

if TYPE_CHECKING:
    from . import Advertiser


class FirstPartyData(TTDEntity, collection="first_party_data"):
    """A segment of an advertiser's own data.

    Read only, listed by advertiser. Where there are many, a standard job exports them with the counts of their users:
    ``ttd.submit_first_party_data(advertiser)``. Its id is a number [D].
    """

    _rest = "firstpartydata"

    id = Int(readonly=True, rest="FirstPartyDataId")
    name = Str(readonly=True, rest="Name")
    advertiser_id = Id("advertiserId", graphql="advertiser.id", readonly=True)
    data_type = Str("dataType", graphql="", rest="DataType", readonly=True)
    unique_user_count = Int("uniqueUserCount", graphql="", rest="UniqueUserCount", readonly=True)
    advertiser = Ref["Advertiser"](by="advertiser_id")
