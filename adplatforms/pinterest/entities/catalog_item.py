"""An item of a catalog, looked up by its id. Source: resources.json, catalog_items."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..base import PinterestEntity
from ..enums import CATALOG_TYPES
from ..fields import Choice, Id, Object, Str

if TYPE_CHECKING:
    from adplatforms.core.relations import Row


# The listing is a POST that takes its filters in the body (wire.md, section 4).
class CatalogItem(PinterestEntity, collection="catalog_items", list="items/post"):
    """An item of a catalog, looked up by its id.

    ``limit={"country": "US", "language": "en-US", "filters": {"catalog_type": "RETAIL", "item_ids": ["a1"]}}``.
    """

    act_as = Id(create_only=True, doc="The ad account that calls act for; null: the token's own")
    attributes = Object(readonly=True)
    catalog_type = Choice(CATALOG_TYPES, readonly=True)
    creative_assets_id = Str(readonly=True, doc="Creative assets only")
    errors = Object(readonly=True)
    hotel_id = Str(readonly=True, doc="Hotel only")
    item_id = Str(readonly=True, doc="Retail only")
    pins = Object(readonly=True, doc="At most 11")

    @classmethod
    def _adapt(cls, row: Row, known: Mapping[str, Any]) -> Row:
        """A row with its identity, whatever its type of catalog calls that."""
        # Which of the three ids an item has follows from its type of catalog.
        row = super()._adapt(row, known)
        row.setdefault("id", row.get("item_id") or row.get("hotel_id") or row.get("creative_assets_id"))
        return row
