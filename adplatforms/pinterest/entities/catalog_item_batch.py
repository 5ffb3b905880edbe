"""A batch of changes to catalog items: created, then polled until it is completed.

Source: resources.json, catalog_item_batches.
"""

from typing import TYPE_CHECKING

from ..base import PinterestEntity
from ..enums import CATALOG_TYPES, COUNTRIES
from ..fields import Choice, DateTime, Id, Object, Ref, Str

if TYPE_CHECKING:
    from . import Catalog


class CatalogItemBatch(
    PinterestEntity, collection="catalog_item_batches", get="items_batch/get", create="items_batch/post", key="batch_id"
):
    """A batch of changes to catalog items: created, then polled until it is completed.

    `Pinterest.submit_items` gives jobs for any number of items, which can be waited for.
    """

    act_as = Id(create_only=True, doc="The ad account that calls act for; null: the token's own")
    status = Choice("PROCESSING COMPLETED FAILED", readonly=True)
    batch_id = Str(readonly=True)
    catalog_id = Id(create_only=True, write_only=True)
    catalog_type = Choice(CATALOG_TYPES, create_only=True)
    completed_time = DateTime(readonly=True)
    country = Choice(COUNTRIES, create_only=True, required=True, write_only=True)
    # A date-time, where most call that `created_at` (wire.md, section 9).
    created_time = DateTime(readonly=True)
    items = Object(create_only=True, required=True)
    language = Str(create_only=True, required=True, write_only=True)
    operation = Choice("UPDATE UPSERT CREATE DELETE_DISCONTINUED DELETE", create_only=True, write_only=True)

    catalog = Ref["Catalog"](by="catalog_id")
