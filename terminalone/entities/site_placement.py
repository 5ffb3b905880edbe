"""A placement on a publisher's site. Source: entities.json, SitePlacement."""

from typing import TYPE_CHECKING

from ..fields import Bool01, Children, Choice, Int, Ref, Str
from .base import T1Entity

if TYPE_CHECKING:
    from . import PlacementSlot, Publisher


class SitePlacement(T1Entity, collection="site_placements"):
    """A placement on a publisher's site: where its placement slots are."""

    name = Str(required=True)
    bill_media_to_client = Bool01()
    deal_source = Choice("INTERNAL USER", default="USER")
    display_text = Str()
    media_type = Choice("display mobile video", default="display")
    pmp_type = Choice("DIRECT PREMIUM", default="DIRECT")
    publisher_site_id = Int(required=True)

    # No field holds its id: it is there where T1 sends it along.
    publisher = Ref["Publisher"]()
    placement = Children["PlacementSlot"](by="site_placement_id")

    def _form(self, form: dict[str, str]) -> None:
        """The text that is displayed is the name, where there is no other."""
        # A record that came short may have a text that is not known here: it must not be overwritten.
        known = self._raw.get("id") is None or self._is_complete() or "display_text" in self._values
        if "name" in form and known and not self._values.get("display_text"):
            form["display_text"] = form["name"]
