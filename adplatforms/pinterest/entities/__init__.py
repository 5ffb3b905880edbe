"""Pinterest's entities, one class a file. Source: resources.json."""

from ..base import PinterestEntity
from .ad import Ad
from .ad_account import AdAccount
from .ad_group import AdGroup
from .ads_credit_discount import AdsCreditDiscount
from .asset_group import AssetGroup
from .audience import Audience
from .audience_shared_account import AudienceSharedAccount
from .billing_invoice import BillingInvoice
from .billing_profile import BillingProfile
from .board import Board
from .board_section import BoardSection
from .brand_account import BrandAccount
from .bulk_request import BulkRequest
from .business_asset import BusinessAsset
from .business_asset_member import BusinessAssetMember
from .business_asset_partner import BusinessAssetPartner
from .business_employer import BusinessEmployer
from .business_invite import BusinessInvite
from .business_member import BusinessMember
from .business_member_asset import BusinessMemberAsset
from .business_partner import BusinessPartner
from .business_partner_asset import BusinessPartnerAsset
from .campaign import Campaign
from .catalog import Catalog
from .catalog_item import CatalogItem
from .catalog_item_batch import CatalogItemBatch
from .catalog_product import CatalogProduct
from .catalog_report import CatalogReport
from .commerce_integration import CommerceIntegration
from .conversion_deletion_request import ConversionDeletionRequest
from .conversion_product_report import ConversionProductReport
from .conversion_tag import ConversionTag
from .customer_list import CustomerList
from .customer_list_upload import CustomerListUpload
from .customer_segment import CustomerSegment
from .feed import Feed
from .feed_item_issue import FeedItemIssue
from .feed_processing_result import FeedProcessingResult
from .followed_interest import FollowedInterest
from .follower import Follower
from .following import Following
from .integration import Integration
from .keyword import Keyword
from .label import Label
from .lead_export import LeadExport
from .lead_form import LeadForm
from .lead_subscription import LeadSubscription
from .linked_business import LinkedBusiness
from .local_store import LocalStore
from .media import Media
from .mmm_report import MmmReport
from .order_line import OrderLine
from .pin import Pin
from .product_group import ProductGroup
from .product_group_promotion import ProductGroupPromotion
from .promotion import Promotion
from .report import Report
from .report_template import ReportTemplate
from .schedule import Schedule
from .ssio_insertion_order import SsioInsertionOrder
from .ssio_order_line import SsioOrderLine
from .system_user import SystemUser
from .targeting_template import TargetingTemplate
from .terms_of_service import TermsOfService
from .user_account import UserAccount
from .website import Website

__all__ = [
    "Ad",
    "AdAccount",
    "AdGroup",
    "AdsCreditDiscount",
    "AssetGroup",
    "Audience",
    "AudienceSharedAccount",
    "BillingInvoice",
    "BillingProfile",
    "Board",
    "BoardSection",
    "BrandAccount",
    "BulkRequest",
    "BusinessAsset",
    "BusinessAssetMember",
    "BusinessAssetPartner",
    "BusinessEmployer",
    "BusinessInvite",
    "BusinessMember",
    "BusinessMemberAsset",
    "BusinessPartner",
    "BusinessPartnerAsset",
    "Campaign",
    "Catalog",
    "CatalogItem",
    "CatalogItemBatch",
    "CatalogProduct",
    "CatalogReport",
    "CommerceIntegration",
    "ConversionDeletionRequest",
    "ConversionProductReport",
    "ConversionTag",
    "CustomerList",
    "CustomerListUpload",
    "CustomerSegment",
    "Feed",
    "FeedItemIssue",
    "FeedProcessingResult",
    "FollowedInterest",
    "Follower",
    "Following",
    "Integration",
    "Keyword",
    "Label",
    "LeadExport",
    "LeadForm",
    "LeadSubscription",
    "LinkedBusiness",
    "LocalStore",
    "Media",
    "MmmReport",
    "OrderLine",
    "Pin",
    "PinterestEntity",
    "ProductGroup",
    "ProductGroupPromotion",
    "Promotion",
    "Report",
    "ReportTemplate",
    "Schedule",
    "SsioInsertionOrder",
    "SsioOrderLine",
    "SystemUser",
    "TargetingTemplate",
    "TermsOfService",
    "UserAccount",
    "Website",
]
