"""A publisher. Source: entities.json, Publisher."""

from typing import TYPE_CHECKING

from ..fields import Children, Int, Ref, Str
from .base import T1Entity

if TYPE_CHECKING:
    from . import Deal, Organization, PublisherSite


class Publisher(T1Entity, collection="publishers"):
    """A publisher: who sells the placements of its sites."""

    name = Str(required=True)
    organization_id = Int()

    organization = Ref["Organization"](by="organization_id")
    # No field holds its id: it is there where T1 sends it along, `include="deal"`.
    deal = Ref["Deal"]()
    site = Children["PublisherSite"](by="publisher_id")
