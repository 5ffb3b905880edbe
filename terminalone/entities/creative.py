"""A creative. Source: entities.json, Creative."""

from typing import TYPE_CHECKING

from ..fields import Children, DateTime, Int, Ref, Str
from .base import T1Entity

if TYPE_CHECKING:
    from . import AtomicCreative, VendorPixel


class Creative(T1Entity, collection="creatives"):
    """A creative: the tag that an atomic creative serves; rarely needed besides `AtomicCreative`."""

    atomic_creative_id = Int()
    last_modified = DateTime(readonly=True)
    tag = Str()
    tag_type = Str()

    atomic_creative = Ref["AtomicCreative"](by="atomic_creative_id")
    # Types without a class of their own, which ended a listing of the classic SDK (wire.md section 10, defect 15).
    tmt_creative_scan = Ref["T1Entity"](type="tmt_creative_scan")
    tmt_creative_scan_event = Ref["T1Entity"](type="tmt_creative_scan_event")
    creative_assets = Children["T1Entity"](by="creative_id", type="creative_asset")
    vendor_pixels = Children["VendorPixel"](by="creative_id")
