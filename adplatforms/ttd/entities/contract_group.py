"""Contract groups."""

from typing import TYPE_CHECKING

from adplatforms.core import fields
from adplatforms.core.relations import Ref

from ..base import TTDEntity
from ..mapped import Archived, Id, ListOf, Str

if TYPE_CHECKING:
    from . import Partner


class ContractGroup(TTDEntity, collection="contract_groups"):
    """A group of contracts.

    Only REST has it, listed by partner or by the advertiser it is available to. Source: platform_rest_v3.json.
    """

    _rest = "contractgroup"
    _surface = "rest"

    id = Id(readonly=True, graphql="", rest="ContractGroupId")
    name = Str(graphql="", rest="Name", required=True)
    partner_id = Id("partnerId", graphql="", rest="PartnerId", create_only=True, source="I", doc="in REST's query")
    contract_ids = ListOf(fields.Str(), "contractIds", graphql="", rest="ContractIds", doc="replaced, not merged")
    is_archived = Archived(graphql="")
    partner = Ref["Partner"](by="partner_id")
