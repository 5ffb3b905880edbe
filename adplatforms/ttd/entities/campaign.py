"""Campaigns."""

from typing import TYPE_CHECKING

from adplatforms.core.relations import Children, Ref

from ..enums import CAMPAIGN_CHANNELS, FUNNEL, PACING, SHARES, VALUE_ADDED_PROVIDERS
from ..mapped import Archived, Bool, Enum, Id, Int, ListOf, Moment, Nested, Str
from ..values import CampaignBudgetSummary, Goal, PacingSettings
from .campaign_inputs import CampaignInputs

if TYPE_CHECKING:
    from . import AdGroup, Advertiser, Audience, CampaignFlight, Label, Partner, PassThroughFeeCard, Seed


class Campaign(CampaignInputs, collection="campaigns"):
    """A campaign, saved through Workflows. Amounts are in the advertiser's currency."""

    _rest = "campaign"
    _created = "created_at_utc"

    id = Id(readonly=True, rest="CampaignId")
    name = Str(rest="CampaignName", write="primaryInput.name", required=True)
    advertiser_id = Id(
        "advertiserId",
        graphql="advertiser { id }",
        rest="AdvertiserId",
        write="primaryInput.advertiserId",
        required=True,
        create_only=True,
    )
    partner_id = Id("partnerId", graphql="partner { id }", readonly=True)
    seed_id = Id("seedId", graphql="seed { id }", rest="SeedId", write="primaryInput.seedId")
    audience_id = Id("audienceId", graphql="audience { id }", readonly=True)
    description = Str(rest="Description", write="primaryInput.description")
    start_date = Moment("startDate", rest="StartDate", write="primaryInput.startDateInUtc")
    end_date = Moment("endDate", rest="EndDate", write="primaryInput.endDateInUtc")
    time_zone = Str("timeZone", rest="TimeZone", write="primaryInput.timeZone", doc="IANA name")
    time_zone_iana = Str("timeZoneIANA", readonly=True)
    primary_channel = Enum(
        CAMPAIGN_CHANNELS, "channelType", rest="PrimaryChannel", write="primaryInput.primaryChannel", required=True
    )
    objective = Enum(FUNNEL, rest="Objective", readonly=True)
    goal = Nested(Goal, readonly=True, doc="`primary_goal` sets it")
    pacing_mode = Enum(PACING, "pacingMode", rest="PacingMode", write="primaryInput.budget.pacingMode")
    budget_summary = Nested(CampaignBudgetSummary, "budget", readonly=True)
    campaign_pacing_settings = Nested(
        PacingSettings, "campaignPacingSettings", readonly=True, removed="with `isValuePacing` on 2025-06-15 [D]"
    )
    is_archived = Archived()
    is_template = Bool("isTemplate", readonly=True)
    is_managed_by_ttd = Bool("isManagedByTTD", write="primaryInput.isManagedByTTD")
    is_migrated_to_kokai = Bool("isMigratedToKokai", readonly=True)
    is_programmatic_guaranteed = Bool("isProgrammaticGuaranteed", readonly=True)
    version = Enum("Kokai Solimar", rest="Version", readonly=True)
    type = Enum("HealthCareProvider None", readonly=True)
    share_type = Enum(SHARES, "shareType", readonly=True)
    purchase_order_number = Str("purchaseOrderNumber", write="advancedInput.purchaseOrderNumber")
    io_contract_id = Int("ioContractId", readonly=True)
    site_url = Str("siteUrl", readonly=True)
    budget_in_impressions = Int("budgetInImpressions", rest="BudgetInImpressions", readonly=True)
    value_added_providers = ListOf(Enum(VALUE_ADDED_PROVIDERS), "valueAddedProviders", readonly=True)
    created_at = Moment("createdAt", readonly=True)
    created_at_utc = Moment("createdAtUtc", rest="CreatedAtUTC", readonly=True)
    last_updated = Moment("lastUpdated", readonly=True)
    last_updated_at_utc = Moment("lastUpdatedAtUtc", rest="LastUpdatedAtUTC", readonly=True)
    advertiser = Ref["Advertiser"](by="advertiser_id")
    partner = Ref["Partner"](by="partner_id")
    seed = Ref["Seed"](by="seed_id")
    audience = Ref["Audience"](by="audience_id")
    current_flight = Ref["CampaignFlight"](key="currentFlight")
    current_or_next_flight = Ref["CampaignFlight"](key="currentOrNextFlight")
    next_flight = Ref["CampaignFlight"](key="nextFlight")
    ad_groups = Children["AdGroup"](by="campaign_id", key="adGroups")
    flights = Children["CampaignFlight"](by="campaign_id")
    pass_through_fee_cards = Children["PassThroughFeeCard"](by="campaign_id", key="passThroughFeeCards")
    labels = Children["Label"](key="customLabels")
