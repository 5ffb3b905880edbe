"""An invoice or credit memo. Source: resources.json, billing_invoices."""

from typing import TYPE_CHECKING

from ..base import PinterestEntity
from ..enums import CURRENCIES
from ..fields import Choice, Date, Id, Micros, Ref, Str
from ..operations import BillingInvoiceOperations

if TYPE_CHECKING:
    from . import AdAccount


class BillingInvoice(
    BillingInvoiceOperations, PinterestEntity, collection="billing_invoices", list="billing_invoices/get"
):
    """An invoice or credit memo.

    Its file is behind `download_link`.
    """

    status = Choice("OPEN CLOSED", readonly=True, param="status")
    ad_account_id = Id(readonly=True, param="ad_account_id")
    ad_account_name = Str(readonly=True)
    amount_billed = Micros("amount_billed_micro_currency", readonly=True)
    amount_discount = Micros("amount_discount_micro_currency", readonly=True)
    amount_net = Micros("amount_net_micro_currency", readonly=True)
    amount_tax = Micros("amount_tax_micro_currency", readonly=True)
    bill_to_country = Str(readonly=True)
    billing_period_end_date = Date(readonly=True)
    billing_period_start_date = Date(readonly=True)
    currency = Choice(CURRENCIES, readonly=True)
    document_type = Choice("INVOICE CREDIT_MEMO", readonly=True, param="document_type")
    invoice_due_date = Date(readonly=True)
    payment_terms = Str(readonly=True)

    ad_account = Ref["AdAccount"](by="ad_account_id")
