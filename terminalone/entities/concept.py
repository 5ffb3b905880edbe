"""A concept. Source: entities.json, Concept."""

from typing import TYPE_CHECKING

from ..fields import Bool01, Int, Ref, Str
from .base import T1Entity

if TYPE_CHECKING:
    from . import Advertiser


class Concept(T1Entity, collection="concepts"):
    """A concept: the group that an advertiser's creatives belong to and strategies are given.

    Its creatives are `AtomicCreative`s; a strategy uses it by a `StrategyConcept`.
    """

    name = Str(required=True)
    status = Bool01()
    # required: what the schemas of go-t1 and t1-node want with a create (wire.md section 11).
    advertiser_id = Int(required=True)

    advertiser = Ref["Advertiser"](by="advertiser_id")
