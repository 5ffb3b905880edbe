"""A label on a campaign. Source: resources.json, labels."""

from typing import TYPE_CHECKING

from ..base import PinterestEntity
from ..fields import Choice, Id, Ref, Str
from ..operations import LabelOperations

if TYPE_CHECKING:
    from . import AdAccount, Campaign


class Label(
    LabelOperations,
    PinterestEntity,
    collection="labels",
    # By default it lists ACTIVE ones only (wire.md, section 5).
    list="labels/list",
    create="labels/create",
    update="labels/update",
    retired={"status": "ARCHIVED"},
):
    """A label on a campaign.

    ``archive()`` retires it. Listings show active ones unless they are asked for others.
    """

    _shown = "value"

    id = Id(readonly=True, param="label_ids")
    ad_account_id = Id(create_only=True, param="ad_account_id", doc="In the path")
    status = Choice("ACTIVE ARCHIVED", update_only=True, nullable=True, param="entity_statuses")
    label_type = Choice("BRAND CUSTOM", create_only=True, required=True, nullable=True, param="label_types")
    parent_id = Id(create_only=True, required=True, param="campaign_ids")
    parent_type = Choice("CAMPAIGN", readonly=True)
    value = Str(required=True)

    ad_account = Ref["AdAccount"](by="ad_account_id")
    campaign = Ref["Campaign"](by="parent_id")
