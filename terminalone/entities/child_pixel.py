"""A pixel of a pixel bundle. Source: entities.json, ChildPixel."""

from typing import TYPE_CHECKING

from ..fields import Bool01, Choice, Int, Ref, Str
from .base import Removable

if TYPE_CHECKING:
    from . import Pixel


class ChildPixel(Removable, collection="pixels", type="pixel"):
    """A pixel of a pixel bundle: the tag for one supply source or page."""

    # go-t1 and t1-node require it with a create, t1-java never sends it (wire.md section 11).
    bundle_id = Int(required=True)
    distributed = Bool01()
    pixel_type = Choice("creative data event", required=True)
    supply_source_id = Int()
    tag = Str(required=True)

    pixel_bundle = Ref["Pixel"](by="bundle_id")
