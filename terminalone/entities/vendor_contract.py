"""A campaign's contract with a vendor. Source: entities.json, VendorContract."""

from typing import TYPE_CHECKING

from ..fields import Bool01, Float, Int, Ref, Str
from .base import Removable

if TYPE_CHECKING:
    from . import Campaign, Vendor


class VendorContract(Removable, collection="vendor_contracts"):
    """A campaign's contract with a vendor: what its data or service costs there.

    It can be created, changed and deleted; the last two name its version. Source: wire.md section 11.
    """

    campaign_id = Int()
    price = Float()
    rate_card_type = Str()
    use_mm_contract = Bool01()
    vendor_id = Int()

    campaign = Ref["Campaign"](by="campaign_id")
    vendor = Ref["Vendor"](by="vendor_id")
