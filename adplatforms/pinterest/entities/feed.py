"""A feed: the file that a catalog's items are read from. Source: resources.json, feeds."""

from typing import TYPE_CHECKING

from ..base import PinterestEntity
from ..enums import CATALOG_CURRENCIES, CATALOG_TYPES, COUNTRIES
from ..fields import Children, Choice, Credentials, DateTime, Id, Object, Ref, Str
from ..operations import FeedOperations

if TYPE_CHECKING:
    from . import Catalog, FeedProcessingResult, ProductGroup


class Feed(
    FeedOperations,
    PinterestEntity,
    collection="feeds",
    list="feeds/list",
    get="feeds/get",
    create="feeds/create",
    update="feeds/update",
    delete="feeds/delete",
    # Answers hold the credentials of the download (wire.md, section 12).
    private=True,
):
    """A feed: the file that a catalog's items are read from.

    `ingest` has Pinterest read it now; `processing_results` say what came of each run.
    """

    act_as = Id(create_only=True, doc="The ad account that calls act for; null: the token's own")
    name = Str(required=True, nullable=True)
    status = Choice("ACTIVE INACTIVE", doc="ACTIVE when left out")
    catalog_id = Id(create_only=True, nullable=True, param="catalog_id", doc="Creative assets and hotel only")
    catalog_type = Choice(CATALOG_TYPES)
    created_at = DateTime(readonly=True)
    credentials = Credentials(nullable=True)
    default_availability = Choice("IN_STOCK OUT_OF_STOCK PREORDER", nullable=True, doc="Retail only")
    default_country = Choice(COUNTRIES, create_only=True, doc="Creative assets and retail only")
    default_currency = Choice(CATALOG_CURRENCIES, nullable=True)
    default_locale = Str(create_only=True)
    format = Choice("TSV CSV XML", newer="INTEGRATION", required=True)
    location = Str(required=True)
    preferred_processing_schedule = Object(nullable=True)
    updated_at = DateTime(readonly=True)

    catalog = Ref["Catalog"](by="catalog_id")
    processing_results = Children["FeedProcessingResult"](by="feed_id")
    product_groups = Children["ProductGroup"](by="feed_id")
