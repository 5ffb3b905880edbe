"""A customer segment: audiences that are one kind of customer. Source: v5.28/models.json, CustomerSegment."""

from typing import TYPE_CHECKING

from ..base import PinterestEntity
from ..fields import Choice, EpochSeconds, Id, ListOf, Ref, Refs, Str

if TYPE_CHECKING:
    from . import AdAccount, Audience


class CustomerSegment(
    PinterestEntity,
    collection="customer_segments",
    list="customer_segment/list",
    create="customer_segment/create",
    update="customer_segment/update",
    retired={"operation_type": "REMOVE"},
    # An update names what is done; it answers without a body.
    always_sent={"operation_type": "UPDATE"},
):
    """A customer segment: audiences that are one kind of customer, for the bids of ad groups. Since 5.28.0.

    Its name stays. ``archive()`` removes it.
    """

    name = Str(create_only=True, required=True, since="5.28.0")
    status = Choice("ACTIVE DELETED", readonly=True, since="5.28.0")
    ad_account_id = Id(create_only=True, param="ad_account_id", doc="In the path", since="5.28.0")
    audience_ids = ListOf(Id(), required=True, since="5.28.0")
    created_time = EpochSeconds(readonly=True, since="5.28.0")
    operation_type = Choice("UPDATE REMOVE", update_only=True, write_only=True, since="5.28.0")
    updated_time = EpochSeconds(readonly=True, since="5.28.0")

    ad_account = Ref["AdAccount"](by="ad_account_id")
    audiences = Refs["Audience"](by="audience_ids")
