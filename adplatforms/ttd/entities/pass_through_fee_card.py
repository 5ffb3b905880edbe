"""Pass-through fee cards."""

from typing import TYPE_CHECKING

from adplatforms.core.relations import Ref

from ..base import TTDEntity
from ..mapped import Bool, Enum, Id, Int, Moment

if TYPE_CHECKING:
    from . import Campaign


class PassThroughFeeCard(TTDEntity, collection="pass_through_fee_cards"):
    """The fees of a campaign from a day on, which are passed through to the advertiser.

    Read by GraphQL through its campaign; the fees in it are in no fact. A new campaign is given one as
    `pass_through_fee_card`.
    """

    _surface = "graphql"

    id = Int(readonly=True)
    campaign_id = Id("campaignId", graphql="", readonly=True, doc="of the campaign it was read from")
    start_date_utc = Moment("startDateUtc", readonly=True)
    target_type = Enum("AdGroup Advertiser Campaign Partner", "targetType", readonly=True)
    skip_date_validation = Bool("skipDateValidation", readonly=True)
    campaign = Ref["Campaign"](by="campaign_id")
