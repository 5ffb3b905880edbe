"""Vendor contracts of API v3.0. Written by ``python tests/meta/v3_declarations.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..base import V3Entity
from ..fields import Bool, Choice, DateTime, Float, Int, Ref, Version

if TYPE_CHECKING:
    from .vendor import Vendor

__all__ = ["VendorContract"]


class VendorContract(V3Entity, collection="vendor_contracts", type="vendor_contract", list="list-vendor-contracts"):
    """A vendor contract. Fields without a doc are not described by the vendor."""

    vendor_id = Int(readonly=True)
    use_mm_contract = Bool(readonly=True)
    price = Float(readonly=True)
    rate_card_type = Choice("CPM", "FIXED", readonly=True, doc="Deprecated")
    version = Version(readonly=True)
    created_on = DateTime(readonly=True)
    updated_on = DateTime(readonly=True)
    vendor = Ref["Vendor"](by="vendor_id")
