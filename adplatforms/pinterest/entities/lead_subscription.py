"""A webhook that Pinterest calls for each new lead. Source: resources.json, lead_subscriptions."""

from typing import TYPE_CHECKING

from ..base import PinterestEntity
from ..fields import Credential, EpochMillis, Id, Object, Ref, Str

if TYPE_CHECKING:
    from . import AdAccount, LeadForm


class LeadSubscription(
    PinterestEntity,
    collection="lead_subscriptions",
    list="ad_accounts_subscriptions/get_list",
    get="ad_accounts_subscriptions/get_by_id",
    create="ad_accounts_subscriptions/post",
    delete="ad_accounts_subscriptions/del_by_id",
    # Bodies and answers hold keys and tokens of the partner.
    private=True,
):
    """A webhook that Pinterest calls for each new lead."""

    ad_account_id = Id(create_only=True, param="ad_account_id")
    api_version = Str(readonly=True)
    # Milliseconds, unlike the time of lead forms (wire.md, section 9).
    created_time = EpochMillis(readonly=True)
    cryptographic_algorithm = Str(readonly=True)
    cryptographic_key = Credential(readonly=True)
    lead_form_id = Id(create_only=True, nullable=True)
    partner_access_token = Credential(create_only=True, write_only=True)
    partner_metadata = Object(create_only=True, write_only=True)
    partner_refresh_token = Credential(create_only=True, write_only=True)
    user_account_id = Id(readonly=True)
    webhook_url = Str(create_only=True, required=True)

    ad_account = Ref["AdAccount"](by="ad_account_id")
    lead_form = Ref["LeadForm"](by="lead_form_id")
