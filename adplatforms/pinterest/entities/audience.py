"""An audience: the people that ad groups include or exclude. Source: resources.json, audiences."""

from typing import TYPE_CHECKING

from ..base import PinterestEntity
from ..fields import Bool, Children, Choice, EpochSeconds, Id, Int, Object, Ref, Str
from ..operations import AudienceOperations

if TYPE_CHECKING:
    from . import AdAccount, AudienceSharedAccount


class Audience(
    AudienceOperations,
    PinterestEntity,
    collection="audiences",
    list="audiences/list shared_audiences_for_business/list",
    get="audiences/get",
    create="audiences/create",
    update="audiences/update",
    # There is no status to set: an update whose operation is REMOVE takes it away (wire.md, section 6).
    retired={"operation_type": "REMOVE"},
):
    """An audience: the people that ad groups include or exclude.

    Pinterest works on it for a while: `status` and `size` say how far it is. `archive()` removes it. It is shared with
    others by `share`.
    """

    name = Str(required=True)
    status = Str(readonly=True)
    ad_account_id = Id(create_only=True, param="ad_account_id")
    audience_type = Choice("CUSTOMER_LIST VISITOR ENGAGEMENT ACTALIKE PERSONA", create_only=True, required=True)
    created_by_company_name = Str(readonly=True)
    # Campaigns call the same `created_time` (wire.md, section 9).
    created_timestamp = EpochSeconds(readonly=True)
    description = Str(nullable=True)
    is_nca = Bool(readonly=True, doc="Whether it is for finding new customers", since="5.28.0")
    operation_type = Choice("UPDATE REMOVE", update_only=True, write_only=True)
    # Free form: what the schema says contradicts the examples of the description (wire.md, section 9).
    rule = Object(required=True, doc="Free form, by audience_type")
    size = Int(readonly=True)
    type = Str(readonly=True)
    updated_timestamp = EpochSeconds(readonly=True)

    ad_account = Ref["AdAccount"](by="ad_account_id")
    shared_accounts = Children["AudienceSharedAccount"](by="audience_id")
