"""Labels."""

from typing import TYPE_CHECKING

from adplatforms.core.relations import Ref

from ..base import TTDEntity
from ..mapped import Id, Str

if TYPE_CHECKING:
    from . import Partner


class Label(TTDEntity, collection="labels", type="label"):
    """A custom label of advertisers, campaigns and ad groups.

    Created through REST, which has no update; listed there by partner, and nested in GraphQL under advertisers,
    campaigns and ad groups (``CustomLabel``). New campaigns are given theirs by name: `custom_label_names`.
    """

    _rest = "label"

    id = Id(readonly=True, rest="CustomLabelId")
    name = Str(rest="CustomLabelName", required=True, create_only=True)
    # Neither surface shows whose a label is: the partner by which it was listed.
    partner_id = Id("partnerId", graphql="", rest="PartnerId", create_only=True, source="I", doc="in REST's query")
    partner = Ref["Partner"](by="partner_id")
