"""An order line: a budget that was agreed on, which campaigns draw on. Source: resources.json, order_lines."""

from typing import TYPE_CHECKING

from ..base import PinterestEntity
from ..fields import Choice, EpochSeconds, Id, ListOf, Micros, Ref, Refs, Str

if TYPE_CHECKING:
    from . import AdAccount, Campaign


class OrderLine(PinterestEntity, collection="order_lines", list="order_lines/list", get="order_lines/get"):
    """An order line: a budget that was agreed on, which campaigns draw on.

    Read only: it is agreed on with Pinterest, not made through the API. Amounts are in the currency of the ad account.
    """

    name = Str(readonly=True)
    status = Choice("ACTIVE PAUSED DELETED", readonly=True)
    ad_account_id = Id(readonly=True, param="ad_account_id")
    # A number with a fraction by its schema, and micro-currency all the same (wire.md, section 9).
    budget = Micros(readonly=True)
    campaign_ids = ListOf(Id(), readonly=True)
    end_time = EpochSeconds(readonly=True)
    paid_budget = Micros(readonly=True)
    paid_type = Choice("PAID BONUS MAKE_GOOD TEST", readonly=True)
    purchase_order_id = Str(readonly=True)
    # A number that may have a fraction, as all times of order lines (wire.md, section 9).
    start_time = EpochSeconds(readonly=True)
    type = Str(readonly=True)

    ad_account = Ref["AdAccount"](by="ad_account_id")
    campaigns = Refs["Campaign"](by="campaign_ids")
