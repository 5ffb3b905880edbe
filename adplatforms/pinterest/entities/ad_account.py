"""An ad account: the currency, country and owner that campaigns belong to. Source: resources.json, ad_accounts."""

from typing import TYPE_CHECKING

from ..base import PinterestEntity
from ..enums import ACCOUNT_ROLES, COUNTRIES, CURRENCIES
from ..fields import Children, Choice, EpochSeconds, Id, ListOf, Object, Str
from ..operations import AdAccountOperations

if TYPE_CHECKING:
    from . import (
        Ad,
        AdGroup,
        AdsCreditDiscount,
        Audience,
        AudienceSharedAccount,
        BillingInvoice,
        BillingProfile,
        Campaign,
        ConversionTag,
        CustomerList,
        Keyword,
        Label,
        LeadForm,
        LeadSubscription,
        OrderLine,
        ProductGroupPromotion,
        Promotion,
        ReportTemplate,
        SsioInsertionOrder,
        SsioOrderLine,
        TargetingTemplate,
    )


class AdAccount(
    AdAccountOperations,
    PinterestEntity,
    collection="ad_accounts",
    list="ad_accounts/list",
    get="ad_accounts/get",
    create="ad_accounts/create",
):
    """An ad account: the currency, country and owner that campaigns belong to."""

    name = Str(create_only=True)
    country = Choice(COUNTRIES, create_only=True)
    created_time = EpochSeconds(readonly=True)
    currency = Choice(CURRENCIES, create_only=True)
    # A create takes `owner_user_id`, and answers hold the owner as an object.
    owner = Object(readonly=True)
    owner_user_id = Id(create_only=True, write_only=True)
    permissions = ListOf(Choice(ACCOUNT_ROLES), readonly=True)
    time_zone = Str(create_only=True, doc="Such as America/New_York", since="5.28.0")
    updated_time = EpochSeconds(readonly=True)

    # Listings of these need the account in their path, so each is a child of it.
    campaigns = Children["Campaign"](by="ad_account_id")
    ad_groups = Children["AdGroup"](by="ad_account_id")
    ads = Children["Ad"](by="ad_account_id")
    keywords = Children["Keyword"](by="ad_account_id")
    product_group_promotions = Children["ProductGroupPromotion"](by="ad_account_id")
    audiences = Children["Audience"](by="ad_account_id")
    audience_shared_accounts = Children["AudienceSharedAccount"](by="ad_account_id")
    customer_lists = Children["CustomerList"](by="ad_account_id")
    conversion_tags = Children["ConversionTag"](by="ad_account_id")
    lead_forms = Children["LeadForm"](by="ad_account_id")
    lead_subscriptions = Children["LeadSubscription"](by="ad_account_id")
    labels = Children["Label"](by="ad_account_id")
    targeting_templates = Children["TargetingTemplate"](by="ad_account_id")
    order_lines = Children["OrderLine"](by="ad_account_id")
    promotions = Children["Promotion"](by="ad_account_id")
    report_templates = Children["ReportTemplate"](by="ad_account_id")
    billing_profiles = Children["BillingProfile"](by="ad_account_id")
    billing_invoices = Children["BillingInvoice"](by="ad_account_id")
    ads_credit_discounts = Children["AdsCreditDiscount"](by="ad_account_id")
    ssio_insertion_orders = Children["SsioInsertionOrder"](by="ad_account_id")
    ssio_order_lines = Children["SsioOrderLine"](by="ad_account_id")
