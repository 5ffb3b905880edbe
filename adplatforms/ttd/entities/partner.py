"""Partners: the seats that advertisers belong to."""

from typing import TYPE_CHECKING

from adplatforms.core.relations import Children

from ..mapped import Bool, Id, Int, Moment, Object, Str
from ..operations.bid_lists import BidListOperations

if TYPE_CHECKING:
    from . import Advertiser, Contract, ContractGroup, Label


class Partner(BidListOperations, collection="partners"):
    """A partner: an agency or brand with a seat, to which advertisers belong.

    Listed by GraphQL and by REST without any parent: all that this login may see. Read only here: the facts show no
    property of it being written.
    """

    _rest = "partner"

    id = Id(readonly=True, rest="PartnerId")
    name = Str(readonly=True, rest="PartnerName", doc="REST's name is [I]")
    id_integer = Int("idInteger", readonly=True)
    is_purchase_order_number_required = Bool("isPurchaseOrderNumberRequired", readonly=True)
    china_msa_signed = Bool("chinaMSASigned", readonly=True)
    created_at_utc = Moment("createdAtUtc", graphql="", rest="CreatedAtUTC", readonly=True)
    last_updated_at_utc = Moment("lastUpdatedAtUtc", graphql="", rest="LastUpdatedAtUTC", readonly=True)
    default_bid_lists = Object("defaultBidLists", graphql="", rest="DefaultBidLists", readonly=True)
    facebook_attributes = Object("facebookAttributes", graphql="", rest="FacebookAttributes", readonly=True)
    advertisers = Children["Advertiser"](by="partner_id")
    contracts = Children["Contract"](by="partner_id", doc="read by REST")
    contract_groups = Children["ContractGroup"](by="partner_id", key="contractGroups", doc="read by REST")
    labels = Children["Label"](by="partner_id", doc="read by REST")
