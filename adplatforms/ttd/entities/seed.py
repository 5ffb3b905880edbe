"""Seeds."""

from typing import TYPE_CHECKING

from adplatforms.core.relations import Children, Ref

from ..base import TTDEntity
from ..mapped import Bool, Enum, Id, Int, Moment, Nested, Str
from ..values import SeedTargeting

if TYPE_CHECKING:
    from . import Advertiser, Campaign


class Seed(TTDEntity, collection="seeds"):
    """A seed: the people an advertiser's audiences grow from.

    Only GraphQL has seeds: listed through their advertiser, all at once, and saved by the mutations `seedCreate` and
    `seedUpdate` [O, the names of their input are I].
    """

    _surface = "graphql"
    _created = "created_at"

    id = Id(readonly=True)
    name = Str(required=True)
    # The list inside the advertiser is a plain one: no filters, no pages.
    advertiser_id = Id("advertiserId", graphql="advertiser.id", required=True, create_only=True)
    status = Str(readonly=True)
    quality = Enum("High Low Medium Unknown", readonly=True)
    is_default = Bool("isDefault", readonly=True)
    active_ids = Int("activeIds", readonly=True)
    unique_households = Int("uniqueHouseholds", readonly=True)
    targeting_data = Nested(SeedTargeting, "targetingData", readonly=True)
    created_at = Moment("createdAt", readonly=True)
    last_updated_at = Moment("lastUpdatedAt", readonly=True)
    advertiser = Ref["Advertiser"](by="advertiser_id")
    campaigns = Children["Campaign"](by="seed_id")
