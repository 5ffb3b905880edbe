"""What Pinterest's session and entities do beside reading and saving records.

Parts of the session (`Analytics`, `Reports`, ...) know many records at once; parts of entities (`CampaignCalls`, ...)
know one. All other operations: `Pinterest.call`.
"""

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
from .jobs import BulkJob, FileJob, ReportJob
from .organic import Organic, PinCalls
from .reports import Reports, ReportTemplateCalls
from .research import Research
from .uploads import CustomerListCalls, Uploads

__all__ = [
    "AdAccountCalls",
    "AdCalls",
    "AdGroupCalls",
    "Analytics",
    "AudienceCalls",
    "BillingInvoiceCalls",
    "Bulk",
    "BulkJob",
    "Business",
    "CampaignCalls",
    "CatalogCalls",
    "Catalogs",
    "CustomerListCalls",
    "EventResult",
    "Events",
    "FeedCalls",
    "FileJob",
    "LeadFormCalls",
    "Organic",
    "PinCalls",
    "ProductGroupCalls",
    "ProductGroupPromotionCalls",
    "ReportJob",
    "ReportTemplateCalls",
    "Reports",
    "Research",
    "Uploads",
]
