"""An ads credit or discount of an ad account. Source: resources.json, ads_credit_discounts."""

from typing import TYPE_CHECKING

from ..base import PinterestEntity
from ..enums import DISCOUNT_TYPES
from ..fields import Bool, Choice, Id, Micros, Ref, Str

if TYPE_CHECKING:
    from . import AdAccount


class AdsCreditDiscount(PinterestEntity, collection="ads_credit_discounts", list="ads_credits_discounts/get"):
    """An ads credit or discount of an ad account.

    Amounts are in `discount_currency`. Another one is redeemed by `AdAccount.redeem_credit`.
    """

    ad_account_id = Id(readonly=True, param="ad_account_id", doc="In the path")
    active = Bool(readonly=True)
    advertiser_id = Id(readonly=True)
    # Camel case on the wire, unlike nearly everything else.
    discount = Micros("discountInMicroCurrency", readonly=True)
    discount_currency = Str("discountCurrency", readonly=True)
    discount_type = Choice(DISCOUNT_TYPES, "discountType", readonly=True)
    remaining_discount = Micros("remainingDiscountInMicroCurrency", readonly=True)
    title = Str(readonly=True)

    ad_account = Ref["AdAccount"](by="advertiser_id")
