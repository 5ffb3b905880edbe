"""A pixel bundle. Source: entities.json, Pixel."""

from typing import TYPE_CHECKING

from ..fields import Bool01, Choice, Float, Int, Ref, Str
from .base import T1Entity

if TYPE_CHECKING:
    from . import Advertiser, Agency, PixelProvider


class Pixel(T1Entity, collection="pixel_bundles", type="pixel_bundle"):
    """A pixel bundle: an event, data, segment or creative pixel of an advertiser, agency or provider.

    The tags of its supply sources and pages are `ChildPixel`s. A strategy's audience is put together from bundles, see
    `Strategy.pixel_target_expr`.
    """

    name = Str(required=True)
    status = Bool01()
    advertiser_id = Int(create_only=True)
    agency_id = Int(create_only=True)
    cost_cpm = Float(nullable=True)
    cost_cpts = Float()
    cost_pct_cpm = Float(nullable=True)
    currency = Choice("S1 S2 V1 V2")
    currency_fixed = Str()
    eligible = Bool01()
    external_identifier = Str(readonly=True)
    keywords = Str()
    pixel_type = Choice(
        "creative data event segment", newer="dynamic", default="event", create_only=True, required=True
    )
    pricing = Choice("CPM CPTS", default="CPM")
    provider_id = Int(create_only=True)
    revenue = Choice("S1 S2 V1 V2")
    rmx_conversion_minutes = Int()
    rmx_conversion_type = Choice("one variable", default="one")
    rmx_friendly = Bool01()
    rmx_merit = Bool01()
    rmx_pc_window_minutes = Int()
    rmx_pv_window_minutes = Int()
    segment_op = Str()
    tag_type = Choice("dfa iframe image js uat", default="image", create_only=True, required=True)
    tags = Str(readonly=True)
    type = Str()

    advertiser = Ref["Advertiser"](by="advertiser_id")
    agency = Ref["Agency"](by="agency_id")
    provider = Ref["PixelProvider"](by="provider_id")

    def _form(self, form: dict[str, str]) -> None:
        """A data pixel sends only the costs that fit its pricing."""
        if getattr(self, "pixel_type", None) != "data":
            return
        # As the classic SDK does (wire.md section 4): of the costs only those that fit the pricing are sent, and of
        # the two for CPM an empty one is left out.
        unfit = ["cost_cpm", "cost_pct_cpm"]
        if getattr(self, "pricing", "CPM") == "CPM":
            unfit = ["cost_cpts"]
            if not getattr(self, "cost_pct_cpm", None):
                unfit.append("cost_pct_cpm")
            elif not getattr(self, "cost_cpm", None):
                unfit.append("cost_cpm")
        for cost in unfit:
            form.pop(cost, None)


PixelBundle = Pixel
