"""What of an ad group the Workflows API takes and GraphQL reads in another shape."""

from adplatforms.core import fields, nested

from .. import structs
from ..fields import Enum as Word
from ..mapped import Bool, ListOf, Nested, Str
from ..operations.archiving import ArchivedForGood


class AdGroupSettings(ArchivedForGood):
    """The settings of an ad group: typed nested values that a save sends whole."""

    roi_goal = Nested(
        structs.AdGroupGoal,
        "roiGoal",
        graphql="",
        rest="RTBAttributes.ROIGoal",
        write="primaryInput.roiGoal",
        doc="GraphQL tells it as `goal`",
    )
    budget = Nested(
        structs.AdGroupBudget,
        "budgetSettings",
        graphql="",
        write="primaryInput.budget",
        doc="GraphQL tells it as `budget_summary`",
    )
    flight_budgets = ListOf(
        nested.Nested(structs.AdGroupFlightBudget),
        "flightBudgets",
        graphql="",
        write="advancedInput.flights",
        doc="what it may spend in each flight of its campaign; `flights` reads it",
    )
    creative_ids = ListOf(
        fields.Str(), "creativeIds", graphql="", rest="RTBAttributes.CreativeIds", write="primaryInput.creativeIds"
    )
    associated_bid_lists = ListOf(
        nested.Nested(structs.BidListAssociation),
        "associatedBidLists",
        graphql="",
        rest="AssociatedBidLists",
        write="primaryInput.associatedBidLists",
        doc="replaced whole, not merged",
    )
    audience_targeting = Nested(
        structs.AudienceTargeting, "audienceTargeting", graphql="", write="primaryInput.audienceTargeting"
    )
    koa_optimization_settings = Nested(
        structs.KoaSettings,
        "koaOptimizationSettings",
        graphql="",
        rest="KoaOptimizationSettings",
        write="advancedInput.koaOptimizationSettings",
        doc="GraphQL tells it as `koa_settings`",
    )
    dimensional_bidding_auto_optimization_settings = ListOf(
        fields.ListOf(Word(structs.DIMENSIONS)),
        "dimensionalBiddingAutoOptimizationSettings",
        graphql="",
        write="advancedInput.dimensionalBiddingAutoOptimizationSettings",
        doc="groups of dimensions",
    )
    include_defaults_from_campaign = Bool(
        "includeDefaultsFromCampaign",
        graphql="",
        write="primaryInput.includeDefaultsFromCampaign",
        create_only=True,
        nullable=False,
    )
    caller_source = Str("callerSource", graphql="", write="advancedInput.callerSource")
