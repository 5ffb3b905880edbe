"""A self-service insertion order. Source: resources.json, ssio_insertion_orders."""

from ..base import PinterestEntity
from ..enums import CURRENCIES
from ..types import Choice, Date, EpochSeconds, Float, Id, Str


class SsioInsertionOrder(
    PinterestEntity,
    collection="ssio_insertion_orders",
    list="ssio_insertion_orders_status/get_by_ad_account",
    get="ssio_insertion_orders_status/get_by_pin_order_id",
    create="ssio_insertion_order/create",
    update="ssio_insertion_order/edit",
    key="pin_order_id",
):
    """A self-service insertion order."""

    ad_account_id = Id(create_only=True, param="ad_account_id", doc="In the path")
    status = Str(readonly=True)
    accepted_terms_id = Str(create_only=True, required=True, doc="Sent only")
    accepted_terms_time = EpochSeconds(create_only=True, doc="Sent only")
    ads_manager_order_line_id = Str(update_only=True, doc="Sent only")
    agency_link = Str(doc="Sent only")
    billing_contact_email = Str(required=True, doc="Sent only")
    billing_contact_firstname = Str(required=True, doc="Sent only")
    billing_contact_lastname = Str(required=True, doc="Sent only")
    billto_billing_address_id = Str(create_only=True, required=True, doc="Sent only")
    billto_business_address_id = Str(create_only=True, required=True, doc="Sent only")
    billto_company_id = Str(create_only=True, required=True, doc="Sent only")
    budget_amount = Float(doc="Sent only")
    creation_time = Str(readonly=True)
    currency_info = Choice(CURRENCIES, create_only=True, required=True, doc="Sent only")
    end_date = Date(doc="Sent only")
    estimated_monthly_spend = Float(create_only=True, doc="Sent only")
    media_contact_email = Str(required=True, doc="Sent only")
    media_contact_firstname = Str(required=True, doc="Sent only")
    media_contact_lastname = Str(required=True, doc="Sent only")
    oracle_line_id = Str(update_only=True, doc="Sent only")
    order_line_type = Choice("BUDGET PERPETUALS", create_only=True, required=True, doc="Sent only")
    order_name = Str(create_only=True, required=True, doc="Sent only")
    pin_order_id = Str(readonly=True)
    pmp_id = Str(create_only=True, required=True, doc="Sent only")
    po_number = Str(required=True, doc="Sent only")
    salesforce_order_id = Str(update_only=True, doc="Sent only")
    salesforce_order_line_id = Str(update_only=True, doc="Sent only")
    start_date = Date(required=True, doc="Sent only")
    user_email = Str(doc="Sent only")
