"""A seat at an exchange. Source: entities.json, Seat."""

from typing import TYPE_CHECKING

from ..fields import Bool01, Choice, Float, Int, Ref, Str
from .base import T1Entity

if TYPE_CHECKING:
    from . import Advertiser


class Seat(T1Entity, collection="seats"):
    """A seat: the account of an organization at a supply source."""

    status = Bool01()
    bill_media_to_client = Bool01()
    organization_id = Int()
    rmx_exchange_cost_cpm = Float()
    rmx_exchange_cost_pct = Float()
    rmx_exchange_cost_unit = Choice("CPM PCT_MEDIA", default="PCT_MEDIA")
    seat_identifier = Str()
    supply_source_id = Int()

    # No field holds its id: it is there where T1 sends it along.
    advertiser = Ref["Advertiser"]()
