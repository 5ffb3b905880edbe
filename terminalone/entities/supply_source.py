"""A supply source. Source: entities.json, SupplySource."""

from ..fields import Bool01, Choice, Int, Ref, Str
from .base import T1Entity


class SupplySource(T1Entity, collection="supply_sources"):
    """A supply source: an exchange or a data source.

    Strategies buy from those of `Strategy.set_supplies`, or from all of them: `run_on_all_exchanges`.
    """

    status = Bool01()
    bidder_exchange_identifier = Int()
    code = Str(required=True)
    default_seat_identifier = Str()
    distribute = Bool01()
    has_display = Bool01()
    has_mobile_display = Bool01()
    has_mobile_video = Bool01()
    has_video = Bool01()
    is_proservice = Bool01()
    mm_safe = Bool01()
    parent_supply_id = Int()
    pixel_tag = Str()
    pmp_enabled = Bool01()
    rtb_enabled = Bool01()
    # The classic SDK declares these two enums and does not use them (wire.md section 10, defect 40).
    rtb_type = Choice("BATCH MARKETPLACE STANDARD")
    seat_enabled = Bool01()
    supply_type = Choice("data exchange")
    use_pool = Bool01()

    parent_supply = Ref["SupplySource"](by="parent_supply_id")
