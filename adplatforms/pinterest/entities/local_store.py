"""A local store: a shop whose inventory a catalog has. Source: v5.28/models.json, LocalStore."""

from typing import TYPE_CHECKING

from ..base import PinterestEntity
from ..enums import COUNTRIES
from ..fields import Choice, DateTime, Float, Id, Ref, Str

if TYPE_CHECKING:
    from . import Catalog


class LocalStore(
    PinterestEntity,
    collection="local_stores",
    list="catalogs_local_stores/list",
    create="catalogs_local_stores/create",
    update="catalogs_local_stores/update",
    delete="catalogs_local_stores/delete",
):
    """A local store: a shop whose inventory a catalog has. Since 5.28.0.

    Listed for a catalog: ``within(catalog=...)``, ``catalog.local_stores``.
    """

    id = Id(readonly=True, param="ids")
    act_as = Id(create_only=True, doc="The ad account that calls act for; null: the token's own")
    name = Str(required=True, since="5.28.0")
    address_primary = Str(since="5.28.0")
    address_secondary = Str(since="5.28.0")
    catalog_id = Id(create_only=True, param="catalog_id", doc="In the path", since="5.28.0")
    city = Str(since="5.28.0")
    country = Choice(COUNTRIES, required=True, since="5.28.0")
    created_at = DateTime(readonly=True, since="5.28.0")
    latitude = Float(since="5.28.0")
    longitude = Float(since="5.28.0")
    postal_code = Str(since="5.28.0")
    region = Str(since="5.28.0")
    store_code = Str(required=True, doc="Your own name for it", since="5.28.0")
    updated_at = DateTime(readonly=True, since="5.28.0")

    catalog = Ref["Catalog"](by="catalog_id")
