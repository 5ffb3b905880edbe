"""The operations of Pinterest's session and entities that are more than reading and saving records.

The session inherits those on many records (`Analytics`, `Reports`, ...), entities those on one (`CampaignOperations`
and its like).
Operations without a method of their own are called by their id: `Pinterest.call`; `OPERATIONS` describes them all.
"""

from ..description import OPERATIONS
from .ads import (
    AdAccountOperations,
    AdGroupOperations,
    AdOperations,
    AudienceOperations,
    BillingInvoiceOperations,
    CampaignOperations,
    LabelOperations,
    LeadFormOperations,
    ProductGroupPromotionOperations,
    PromotionOperations,
)
from .analytics import Analytics
from .bulk import Bulk
from .business import Business
from .catalogs import CatalogOperations, Catalogs, FeedOperations, ProductGroupOperations
from .events import EventResult, Events
from .organic import Organic, PinOperations
from .reports import Reports, ReportTemplateOperations
from .research import Research
from .uploads import CustomerListOperations, Uploads

__all__ = [
    "OPERATIONS",
    "AdAccountOperations",
    "AdGroupOperations",
    "AdOperations",
    "Analytics",
    "AudienceOperations",
    "BillingInvoiceOperations",
    "Bulk",
    "Business",
    "CampaignOperations",
    "CatalogOperations",
    "Catalogs",
    "CustomerListOperations",
    "EventResult",
    "Events",
    "FeedOperations",
    "LabelOperations",
    "LeadFormOperations",
    "Organic",
    "PinOperations",
    "ProductGroupOperations",
    "ProductGroupPromotionOperations",
    "PromotionOperations",
    "ReportTemplateOperations",
    "Reports",
    "Research",
    "Uploads",
]
