"""A pixel provider. Source: entities.json, PixelProvider."""

from typing import TYPE_CHECKING

from ..fields import Bool01, Choice, Int, Ref, Str
from .base import T1Entity

if TYPE_CHECKING:
    from . import Agency, Vendor


class PixelProvider(T1Entity, collection="pixel_providers"):
    """A pixel provider: who owns the data behind pixel bundles."""

    name = Str(required=True)
    status = Bool01()
    agency_id = Int()
    execution_by = Choice("MEDIAMATH UDI", default="UDI")
    taxonomy_file = Str()
    # required: what the schemas of go-t1 and t1-node want with a create (wire.md section 11).
    vendor_id = Int(required=True)

    agency = Ref["Agency"](by="agency_id")
    vendor = Ref["Vendor"](by="vendor_id")
