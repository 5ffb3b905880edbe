"""A line of a self-service insertion order. Source: resources.json, ssio_order_lines."""

from typing import TYPE_CHECKING

from ..base import PinterestEntity
from ..enums import CURRENCIES
from ..fields import Choice, Date, Float, Id, Ref, Str

if TYPE_CHECKING:
    from . import SsioInsertionOrder


class SsioOrderLine(PinterestEntity, collection="ssio_order_lines", list="ssio_order_lines/get_by_ad_account"):
    """A line of a self-service insertion order."""

    ad_account_id = Id(readonly=True, param="ad_account_id", doc="In the path")
    accepted_terms_id = Str(readonly=True)
    accepted_terms_time = Str(readonly=True)
    ads_manager_order_line_id = Str(readonly=True)
    agency_link = Str(readonly=True)
    bill_to_company_name = Str(readonly=True)
    billing_contact_email = Str(readonly=True)
    billing_contact_firstname = Str(readonly=True)
    billing_contact_lastname = Str(readonly=True)
    budget_amount = Float(readonly=True)
    currency_info = Choice(CURRENCIES, readonly=True)
    end_date = Date(readonly=True)
    estimated_monthly_spend = Float(readonly=True)
    last_modified_date_time = Str(readonly=True)
    media_contact_email = Str(readonly=True)
    media_contact_firstname = Str(readonly=True)
    media_contact_lastname = Str(readonly=True)
    order_name = Str(readonly=True)
    pin_order_id = Str(readonly=True, param="pin_order_id")
    pmp_name = Str(readonly=True)
    po_number = Str(readonly=True)
    salesforce_order_line_id = Str(readonly=True)
    start_date = Date(readonly=True)

    insertion_order = Ref["SsioInsertionOrder"](by="pin_order_id")
