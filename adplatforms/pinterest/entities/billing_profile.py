"""A billing profile: how an ad account pays. Source: resources.json, billing_profiles."""

from typing import TYPE_CHECKING

from ..base import PinterestEntity
from ..fields import Bool, Choice, Id, Ref

if TYPE_CHECKING:
    from . import AdAccount


class BillingProfile(PinterestEntity, collection="billing_profiles", list="billing_profiles/get"):
    """A billing profile: how an ad account pays."""

    is_active = Bool(readonly=True, param="is_active", doc="Whether it was listed as active")
    ad_account_id = Id(readonly=True, param="ad_account_id", doc="In the path")
    status = Choice("UNSPECIFIED VALID INVALID PENDING DELETED SECONDARY PENDING_SECONDARY", readonly=True)
    advertiser_id = Id(readonly=True)
    billing_type = Choice("CREDIT_CARD INVOICE INTERNAL RECURRING PREPAID", readonly=True)
    card_type = Choice("UNKNOWN VISA MASTERCARD AMERICAN_EXPRESS DISCOVER ELO", readonly=True)
    payment_method_brand = Choice(
        "UNKNOWN VISA MASTERCARD AMERICAN_EXPRESS DISCOVER SOFORT DINERS_CLUB ELO CARTE_BANCAIRE", readonly=True
    )

    ad_account = Ref["AdAccount"](by="advertiser_id")
