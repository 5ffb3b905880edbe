"""Advertisers."""

from typing import TYPE_CHECKING

from adplatforms.core import fields
from adplatforms.core.relations import Children, Ref

from ..enums import MEASUREMENT_PROVIDERS
from ..mapped import Archived, Bool, Enum, Id, Int, ListOf, Moment, Nested, Object, Str
from ..operations.bid_lists import BidListOperations
from ..operations.figures import ReportOperations
from ..values import Attribution, Currency, IndustryCategory

if TYPE_CHECKING:
    from . import (
        Audience,
        Campaign,
        Creative,
        DataGroup,
        FirstPartyData,
        IpTargetingList,
        Label,
        Partner,
        Seed,
        TrackingTag,
        UniversalPixel,
    )


class Advertiser(BidListOperations, ReportOperations, collection="advertisers"):
    """An advertiser of a partner. Amounts of what belongs to it are in its currency.

    Listed by GraphQL over all partners, or by one: ``limit={"partner": id}``. Saved through REST: GraphQL's mutations
    are named by the documents, without their input. Its GraphQL ``secretKey`` is never asked for.
    Source: platform_rest_v3.md "Entities worth modelling", graphql_types.json.
    """

    _rest = "advertiser"
    _created = "created_at_utc"

    id = Id(readonly=True, rest="AdvertiserId")
    name = Str(rest="AdvertiserName", required=True)
    partner_id = Id("partnerId", graphql="partner.id", rest="PartnerId", required=True, create_only=True)
    description = Str(rest="Description")
    domain_address = Str("domainAddress", rest="DomainAddress")
    currency = Nested(Currency, readonly=True)
    logo = Str(rest="LogoURL")
    brand_owner = Str("brandOwner", readonly=True)
    keywords = ListOf(fields.Str(), rest="Keywords", doc="replaced, not merged")
    is_archived = Archived()
    vetting_status = Enum("Approved Rejected Submitted", "vettingStatus", readonly=True)
    industry_category = Nested(IndustryCategory, "industryCategory", readonly=True)
    industry_sub_category = Nested(IndustryCategory, "industrySubCategory", readonly=True)
    attribution = Nested(Attribution, readonly=True)
    ignore_referral_url_in_conversion = Bool("ignoreReferralUrlInConversion", readonly=True)
    use_impressions_only_budgeting = Bool("useImpressionsOnlyBudgeting", readonly=True)
    use_media_cost_basis_for_campaign_fees = Bool("useMediaCostBasisForCampaignFees", readonly=True)
    is_marketplace_enabled_by_default = Bool("isMarketplaceEnabledByDefault", readonly=True)
    is_with_live_campaigns = Bool("isWithLiveCampaigns", readonly=True)
    is_with_campaigns_at_risk = Bool("isWithCampaignsAtRisk", readonly=True)
    is_favorite_for_user = Bool("isFavoriteForUser", readonly=True)
    is_blocked_from_hh_solution = Bool("isBlockedFromHhSolution", readonly=True)
    has_available_seed_pixels = Bool("hasAvailableSeedPixels", readonly=True)
    channel_count = Int("channelCount", readonly=True)
    total_campaign_channel_count = Int("totalCampaignChannelCount", readonly=True)
    funnel_location_count = Int("funnelLocationCount", readonly=True)
    total_funnel_location_count = Int("totalFunnelLocationCount", readonly=True)
    suggested_measurement_provider_categories = ListOf(
        Enum(MEASUREMENT_PROVIDERS), "suggestedMeasurementProviderCategories", readonly=True
    )
    # Ids that GraphQL nests in the object they belong to, like those of all parents.
    default_seed_id = Id("defaultSeedId", graphql="defaultSeed.id", readonly=True)
    most_used_seed_id = Id("mostUsedSeedId", graphql="mostUsedSeed.id", readonly=True)

    # What REST alone has, or spells differently from GraphQL.
    currency_code = Str("currencyCode", graphql="", rest="CurrencyCode", create_only=True, doc="ISO 4217")
    country_code = Str("countryCode", graphql="", rest="Country")
    category_id = Int("categoryId", graphql="", rest="AdvertiserCategory.CategoryId", nullable=False)
    # Sending a property that was replaced is answered with 410 [D], so it is read only here.
    industry_category_id = Int(
        "industryCategoryId", graphql="", rest="IndustryCategoryId", readonly=True, doc="`category_id` replaced it"
    )
    attribution_click_lookback_window_in_seconds = Int(
        "attributionClickLookbackWindowInSeconds", graphql="", rest="AttributionClickLookbackWindowInSeconds"
    )
    attribution_impression_lookback_window_in_seconds = Int(
        "attributionImpressionLookbackWindowInSeconds", graphql="", rest="AttributionImpressionLookbackWindowInSeconds"
    )
    # GraphQL and REST spell these windows differently, and each of the two in its own way.
    click_dedupe_window_in_seconds = Int("clickDedupeWindowInSeconds", rest="ClickDedupWindowInSeconds")
    conversion_dedupe_window_in_seconds = Int("conversionDeDupeWindowInSeconds", rest="ConversionDedupWindowInSeconds")
    default_right_media_offer_type_id = Int(
        "defaultRightMediaOfferTypeId", graphql="", rest="DefaultRightMediaOfferTypeId"
    )
    name_dsa = Str("nameDSA", rest="AdvertiserNameDsa", doc="who advertises, for the EU's Digital Services Act")
    payer_name_dsa = Str("payerNameDSA", rest="PayerNameDsa", doc="who pays, for the Digital Services Act")
    is_ballot_measure = Bool("isBallotMeasure", graphql="", rest="IsBallotMeasure")
    facebook_attributes = Object("facebookAttributes", graphql="", rest="FacebookAttributes")
    rest_labels = Object("restLabels", graphql="", rest="CustomLabels", doc="labels as REST has them")
    default_bid_lists = Object("defaultBidLists", graphql="", rest="DefaultBidLists")
    associated_bid_lists = Object("associatedBidLists", graphql="", rest="AssociatedBidLists")
    additional_fee_cards = Object(
        "additionalFeeCards", graphql="", rest="CurrentAndFutureAdditionalFeeCards", readonly=True
    )
    created_at_utc = Moment("createdAtUtc", graphql="", rest="CreatedAtUTC", readonly=True)
    last_updated_at_utc = Moment("lastUpdatedAtUtc", graphql="", rest="LastUpdatedAtUTC", readonly=True)

    partner = Ref["Partner"](by="partner_id")
    default_seed = Ref["Seed"](by="default_seed_id", key="defaultSeed")
    most_used_seed = Ref["Seed"](by="most_used_seed_id", key="mostUsedSeed")
    campaigns = Children["Campaign"](by="advertiser_id")
    creatives = Children["Creative"](by="advertiser_id")
    tracking_tags = Children["TrackingTag"](by="advertiser_id", key="trackingTags")
    seeds = Children["Seed"](by="advertiser_id")
    first_party_data = Children["FirstPartyData"](by="advertiser_id", key="firstPartyData")
    labels = Children["Label"](key="customLabels")
    audiences = Children["Audience"](by="advertiser_id", doc="read by REST")
    data_groups = Children["DataGroup"](by="advertiser_id", key="dataGroups", doc="read by REST")
    universal_pixels = Children["UniversalPixel"](by="advertiser_id", key="universalPixels", doc="by REST")
    ip_targeting_lists = Children["IpTargetingList"](by="advertiser_id", key="ipTargetingLists", doc="by REST")
