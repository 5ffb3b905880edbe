"""The operations of Pinterest's session and entities that are more than reading and saving records.

The session inherits those on many records (`Analytics`, `Reports`, ...), entities those on one (`CampaignCalls`, ...).
Operations without a method of their own are called by their id: `Pinterest.call`; `OPERATIONS` describes them all.
"""

from ..description import OPERATIONS
from .ads import (
    AdAccountCalls,
    AdCalls,
    AdGroupCalls,
    AudienceCalls,
    BillingInvoiceCalls,
    CampaignCalls,
    LeadFormCalls,
    ProductGroupPromotionCalls,
)
from .analytics import Analytics
from .bulk import Bulk
from .business import Business
from .catalogs import CatalogCalls, Catalogs, FeedCalls, ProductGroupCalls
from .events import EventResult, Events
from .organic import Organic, PinCalls
from .reports import Reports, ReportTemplateCalls
from .research import Research
from .uploads import CustomerListCalls, Uploads

__all__ = [
    "OPERATIONS",
    "AdAccountCalls",
    "AdCalls",
    "AdGroupCalls",
    "Analytics",
    "AudienceCalls",
    "BillingInvoiceCalls",
    "Bulk",
    "Business",
    "CampaignCalls",
    "CatalogCalls",
    "Catalogs",
    "CustomerListCalls",
    "EventResult",
    "Events",
    "FeedCalls",
    "LeadFormCalls",
    "Organic",
    "PinCalls",
    "ProductGroupCalls",
    "ProductGroupPromotionCalls",
    "ReportTemplateCalls",
    "Reports",
    "Research",
    "Uploads",
]
