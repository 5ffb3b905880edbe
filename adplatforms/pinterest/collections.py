"""The collections of a Pinterest session as attributes, typed: for type checkers and editors.

Written by ``python tests/meta/test_collections.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from adplatforms.core.query import Query

    from . import entities

__all__ = ["Collections"]


class Collections:
    """`pin.campaigns` and its like. Only the types stand here; the session finds the queries by their names."""

    ad_accounts: Query[entities.AdAccount]
    ad_groups: Query[entities.AdGroup]
    ads: Query[entities.Ad]
    ads_credit_discounts: Query[entities.AdsCreditDiscount]
    asset_groups: Query[entities.AssetGroup]
    audience_shared_accounts: Query[entities.AudienceSharedAccount]
    audiences: Query[entities.Audience]
    billing_invoices: Query[entities.BillingInvoice]
    billing_profiles: Query[entities.BillingProfile]
    board_sections: Query[entities.BoardSection]
    boards: Query[entities.Board]
    brand_accounts: Query[entities.BrandAccount]
    bulk_requests: Query[entities.BulkRequest]
    business_asset_members: Query[entities.BusinessAssetMember]
    business_asset_partners: Query[entities.BusinessAssetPartner]
    business_assets: Query[entities.BusinessAsset]
    business_employers: Query[entities.BusinessEmployer]
    business_invites: Query[entities.BusinessInvite]
    business_member_assets: Query[entities.BusinessMemberAsset]
    business_members: Query[entities.BusinessMember]
    business_partner_assets: Query[entities.BusinessPartnerAsset]
    business_partners: Query[entities.BusinessPartner]
    campaigns: Query[entities.Campaign]
    catalog_item_batches: Query[entities.CatalogItemBatch]
    catalog_items: Query[entities.CatalogItem]
    catalog_products: Query[entities.CatalogProduct]
    catalog_reports: Query[entities.CatalogReport]
    catalogs: Query[entities.Catalog]
    commerce_integrations: Query[entities.CommerceIntegration]
    conversion_deletion_requests: Query[entities.ConversionDeletionRequest]
    conversion_product_reports: Query[entities.ConversionProductReport]
    conversion_tags: Query[entities.ConversionTag]
    customer_list_uploads: Query[entities.CustomerListUpload]
    customer_lists: Query[entities.CustomerList]
    customer_segments: Query[entities.CustomerSegment]
    feed_item_issues: Query[entities.FeedItemIssue]
    feed_processing_results: Query[entities.FeedProcessingResult]
    feeds: Query[entities.Feed]
    followed_interests: Query[entities.FollowedInterest]
    followers: Query[entities.Follower]
    following: Query[entities.Following]
    integrations: Query[entities.Integration]
    keywords: Query[entities.Keyword]
    labels: Query[entities.Label]
    lead_exports: Query[entities.LeadExport]
    lead_forms: Query[entities.LeadForm]
    lead_subscriptions: Query[entities.LeadSubscription]
    linked_businesses: Query[entities.LinkedBusiness]
    local_stores: Query[entities.LocalStore]
    media: Query[entities.Media]
    mmm_reports: Query[entities.MmmReport]
    order_lines: Query[entities.OrderLine]
    pins: Query[entities.Pin]
    product_group_promotions: Query[entities.ProductGroupPromotion]
    product_groups: Query[entities.ProductGroup]
    promotions: Query[entities.Promotion]
    report_templates: Query[entities.ReportTemplate]
    reports: Query[entities.Report]
    schedules: Query[entities.Schedule]
    ssio_insertion_orders: Query[entities.SsioInsertionOrder]
    ssio_order_lines: Query[entities.SsioOrderLine]
    system_users: Query[entities.SystemUser]
    targeting_templates: Query[entities.TargetingTemplate]
    terms_of_service: Query[entities.TermsOfService]
    user_account: Query[entities.UserAccount]
    websites: Query[entities.Website]
