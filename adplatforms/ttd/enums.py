"""Long enums that entities share, in PascalCase. Source: graphql_types.json `enums` [3:1], workflows.json [S]."""

from __future__ import annotations

__all__ = [
    "AD_GROUP_CHANNELS",
    "CAMPAIGN_CHANNELS",
    "CUSTOM_CPA",
    "CUSTOM_ROAS",
    "DATA_EVENTS",
    "FUNNEL",
    "MARKETS",
    "MEASUREMENT_PROVIDERS",
    "PACING",
    "SHARES",
    "VALUE_ADDED_PROVIDERS",
    "VIEWABILITY_PROFILES",
    "VIEWABILITY_STANDARDS",
]

AD_GROUP_CHANNELS = "Other Display Video Audio Native NativeDisplay NativeVideo TV OutOfHome"
"""What Workflows takes; GraphQL has ``Mixed`` and ``TVPersonal`` as well."""
CAMPAIGN_CHANNELS = "None Display Video Audio TV NativeDisplay NativeVideo DOOH"
FUNNEL = "None Awareness Consideration Conversion"
PACING = "PaceAhead PaceEvenly PaceToDailyCap PaceAsSoonAsPossible"
MARKETS = "OpenMarket PrivateMarketOnly Marketplace"
CUSTOM_CPA = "Disabled PixelWeighting ClickViewthroughWeighting"
CUSTOM_ROAS = "Disabled PixelWeighting ClickViewthroughWeighting CompositeWeighting"
SHARES = "Advertiser Global None Partner"
DATA_EVENTS = (
    "AddToCart Direction Login LoyaltyMembers MessageBusiness Other Purchase PurchaseCategory SearchCategory"
    " SearchItem SiteVisit StartCheckout SubscribeToNewsletter ViewCart ViewItem WishListItem"
)
MEASUREMENT_PROVIDERS = (
    "AlcoholicBeverages AutoMeasurement BrandLift FirstParty InApp Location OfflineSalesMeasurement Other Pharma"
    " Reach Retail Theatrical Viewability WalmartMeasurement WebTrackingTag"
)
VALUE_ADDED_PROVIDERS = (
    "Adelaide Beatgrid Chaliceai Dstillery Fluzo FluzoItaly FluzoPortugal FluzoSpain LumenCTV LumenDisplay"
    " LumenVideo None NovaCTV NovaDisplay NovaVideo Peer39VAP PlaygroundXYZ Scibids SpacebackCTV SpacebackDisplay"
    " SpacebackInBannerVideo SpacebackVideo Wootag Yobi"
)
VIEWABILITY_STANDARDS = "GroupM IAB Publicis"
VIEWABILITY_PROFILES = (
    "DisplayFullInView2SecVideoFullInViewHalfDur Display70InView2SecVideo70InView5Sec"
    " Display70InView3SecVideo80InView10Sec FullyInView2Seconds GroupM GroupMv2 IAB IASDisplay75InView1Sec Nestle"
    " Publicis Volkswagen"
)
