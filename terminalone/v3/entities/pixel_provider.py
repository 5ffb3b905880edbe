"""Pixel providers of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base import V3Entity
from ..fields import Bool, DateTime, Float, Int, Ref, Str, Version

if TYPE_CHECKING:
    from .agency import Agency
    from .vendor import Vendor

__all__ = ["PixelProvider"]


class PixelProvider(V3Entity, collection="pixel_providers", type="pixel_provider", list="list-pixel-providers"):
    """A pixel provider. Fields without a doc are not described by the vendor."""

    name = Str(readonly=True)
    version = Version(readonly=True)
    status = Bool(readonly=True)
    taxonomy_file = Str(readonly=True)
    created_on = DateTime(readonly=True)
    updated_on = DateTime(readonly=True)
    agency_id = Int(readonly=True)
    execution_by = Str(readonly=True)
    vendor_id = Int(readonly=True)
    provider_tax = Float(readonly=True)
    agency = Ref["Agency"](by="agency_id")
    vendor = Ref["Vendor"](by="vendor_id")
