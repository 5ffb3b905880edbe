"""Bid lists."""

from adplatforms.core import fields

from ..base import TTDEntity
from ..mapped import Bool, Enum, Id, ListOf, Object, Str


class BidList(TTDEntity, collection="bid_lists"):
    """A bid list: bid adjustments by domain, place, time and more, which ad groups use by their ids.

    Read and saved through REST, which the vendor marks deprecated; the fields of GraphQL's ``IBidList`` are in no fact.
    It can be deleted. Lists come from ``bidlistsummary``, which may show less than the record: `refresh()` brings the
    rest.

    Listed by whom they are available to: ``limit={"advertiser": id}``, ``campaign``, ``ad_group`` or ``partner``.
    """

    _rest = "bidlist"
    _surface = "rest"

    id = Id(readonly=True, rest="BidListId", source="I")
    name = Str(rest="Name", required=True, source="I", doc="at most 512 characters")
    adjustment_type = Enum(
        "TargetList BlockList Optimized", "bidListAdjustmentType", graphql="", rest="BidListAdjustmentType"
    )
    resolution_type = Str("resolutionType", graphql="", rest="ResolutionType", doc="ApplyMultiplyAdjustment, ...")
    owner = Enum(
        "Partner Advertiser Campaign AdGroup", "bidListOwner", graphql="", rest="BidListOwner", create_only=True
    )
    owner_id = Id("bidListOwnerId", graphql="", rest="BidListOwnerId", create_only=True)
    is_available_for_library_use = Bool("isAvailableForLibraryUse", graphql="", rest="IsAvailableForLibraryUse")
    bid_lines = Object("bidLines", graphql="", rest="BidLines", doc="a list of dicts by REST's names")
    dimensions = ListOf(fields.Str(), "bidListDimensions", graphql="", rest="BidListDimensions")
    type = Str("bidListType", graphql="", rest="BidListType", readonly=True)
