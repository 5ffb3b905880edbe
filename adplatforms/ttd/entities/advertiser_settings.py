"""What of an advertiser REST spells differently from GraphQL, or has alone."""

from ..base import TTDEntity
from ..mapped import Bool, Int, Moment, Object, Str


class AdvertiserSettings(TTDEntity):
    """The settings of an advertiser that REST reads and writes."""

    _created = "created_at_utc"

    currency_code = Str("currencyCode", graphql="", rest="CurrencyCode", create_only=True, doc="ISO 4217")
    country_code = Str("countryCode", graphql="", rest="Country")
    category_id = Int("categoryId", graphql="", rest="AdvertiserCategory.CategoryId", nullable=False)
    industry_category_id = Int(
        "industryCategoryId", graphql="", rest="IndustryCategoryId", readonly=True, doc="`category_id` replaced it"
    )
    attribution_click_lookback_window_in_seconds = Int(
        "attributionClickLookbackWindowInSeconds", graphql="", rest="AttributionClickLookbackWindowInSeconds"
    )
    attribution_impression_lookback_window_in_seconds = Int(
        "attributionImpressionLookbackWindowInSeconds", graphql="", rest="AttributionImpressionLookbackWindowInSeconds"
    )
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
