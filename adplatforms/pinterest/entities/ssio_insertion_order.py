"""A self-service insertion order. Source: resources.json, ssio_insertion_orders."""

from ..base import PinterestEntity
from ..enums import CURRENCIES
from ..fields import Choice, Date, EpochSeconds, Float, Id, Str


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
    accepted_terms_id = Str(create_only=True, required=True, write_only=True)
    accepted_terms_time = EpochSeconds(create_only=True, write_only=True)
    ads_manager_order_line_id = Str(update_only=True, write_only=True)
    agency_link = Str(write_only=True)
    billing_contact_email = Str(required=True, write_only=True)
    billing_contact_firstname = Str(required=True, write_only=True)
    billing_contact_lastname = Str(required=True, write_only=True)
    billto_billing_address_id = Str(create_only=True, required=True, write_only=True)
    billto_business_address_id = Str(create_only=True, required=True, write_only=True)
    billto_company_id = Str(create_only=True, required=True, write_only=True)
    budget_amount = Float(write_only=True, budget=True)
    creation_time = Str(readonly=True)
    currency_info = Choice(CURRENCIES, create_only=True, required=True, write_only=True)
    end_date = Date(write_only=True)
    estimated_monthly_spend = Float(create_only=True, write_only=True, budget=True)
    media_contact_email = Str(required=True, write_only=True)
    media_contact_firstname = Str(required=True, write_only=True)
    media_contact_lastname = Str(required=True, write_only=True)
    oracle_line_id = Str(update_only=True, write_only=True)
    order_line_type = Choice("BUDGET PERPETUALS", create_only=True, required=True, write_only=True)
    order_name = Str(create_only=True, required=True, write_only=True)
    pin_order_id = Str(readonly=True)
    pmp_id = Str(create_only=True, required=True, write_only=True)
    po_number = Str(required=True, write_only=True)
    salesforce_order_id = Str(update_only=True, write_only=True)
    salesforce_order_line_id = Str(update_only=True, write_only=True)
    start_date = Date(required=True, write_only=True)
    user_email = Str(write_only=True)
