"""A site of a publisher. Source: entities.json, PublisherSite."""

from typing import TYPE_CHECKING

from ..fields import Children, Int, Ref, Str
from .base import T1Entity

if TYPE_CHECKING:
    from . import Publisher, SitePlacement


class PublisherSite(T1Entity, collection="publisher_sites"):
    """A site of a publisher."""

    name = Str(required=True)
    publisher_id = Int(required=True)

    publisher = Ref["Publisher"](by="publisher_id")
    placement = Children["SitePlacement"](by="publisher_site_id")
