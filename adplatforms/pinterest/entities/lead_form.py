"""A lead form: the questions that an ad asks. Source: resources.json, lead_forms."""

from typing import TYPE_CHECKING

from ..base import PinterestEntity
from ..fields import Bool, Choice, EpochSeconds, Id, Object, Ref, Str
from ..operations import LeadFormOperations

if TYPE_CHECKING:
    from . import AdAccount


# It cannot be deleted (wire.md, section 6).
class LeadForm(
    LeadFormOperations,
    PinterestEntity,
    collection="lead_forms",
    list="lead_forms/list",
    get="lead_form/get",
    create="lead_forms/create",
    update="lead_forms/update",
):
    """A lead form: the questions that an ad asks.

    It cannot be deleted. `test` makes a lead for tests.
    """

    name = Str(required=True, nullable=True)
    status = Choice("DRAFT ACTIVE")
    ad_account_id = Id(create_only=True, param="ad_account_id")
    completion_message = Str(required=True, nullable=True)
    created_time = EpochSeconds(readonly=True)
    disclosure_language = Str(nullable=True)
    has_accepted_terms = Bool(required=True)
    policy_links = Object(doc="At most 3")
    privacy_policy_link = Str(required=True, nullable=True)
    questions = Object(required=True, doc="At most 10")
    updated_time = EpochSeconds(readonly=True)

    ad_account = Ref["AdAccount"](by="ad_account_id")
