"""A site of a publisher. Source: entities.json, PublisherSite."""

from typing import TYPE_CHECKING

from ..fields import Children, Int, Ref, Str
from .base import T1Entity

if TYPE_CHECKING:
    from . import Publisher, SitePlacement


class PublisherSite(T1Entity, collection="publisher_sites"):
    """A site of a publisher."""

    name = Str(required=True)
    # required: what the schemas of go-t1 and t1-node want with a create (wire.md section 11).
    publisher_id = Int(required=True)

    publisher = Ref["Publisher"](by="publisher_id")
    placement = Children["SitePlacement"](by="publisher_site_id")
