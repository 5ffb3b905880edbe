"""What connections filter and sort by: exactly what was seen, so that a guess of the client is an error here.

Marks of the facts: vendor's scripts and documents, except `isArchived`, `isTemplate` (one third party's production
code) and `campaigns.name` (inferred from ad groups). Ad groups have no filter by campaign: they are listed through
`campaign(id) { adGroups }`. Of the operators gte, lte and lt it was not seen which fields take them.
"""

from __future__ import annotations

__all__ = ["FILTERS", "NOT_SORTED"]

FILTERS: dict[str, dict[str, str]] = {
    place: {word: kind for word, _, kind in (pair.partition(":") for pair in words.split())}
    for place, words in {
        "Query.advertisers": "partnerId.eq:String id.in:String",
        "Query.campaigns": "id.in:String advertiserId.eq:String isArchived.eq:Boolean isTemplate.eq:Boolean "
        "name.contains:String",
        "Query.adGroups": "id.in:String partnerId.eq:String advertiserId.eq:String advertiserId.in:String "
        "name.contains:String isEnabled.eq:Boolean isVisible.eq:Boolean isTemplate.eq:Boolean",
        "Advertiser.campaigns": "status.in:CampaignStatus",
        "Advertiser.trackingTags": "name.eq:String",
        "Advertiser.firstPartyData": "name.contains:String",
        "Campaign.flights": "id.in:Long",
    }.items()
}
"""By place (type and connection): field and operator, with the type of the value."""

NOT_SORTED = {
    "Campaign.activeAdGroupCount",
    "Campaign.createdAt",
    "Campaign.funnelLocationCount",
    "Campaign.isMigratedToKokai",
    "Campaign.lastUpdated",
    "Campaign.timeZoneIANA",
    "Campaign.totalAdGroupCount",
    "AdGroup.budgetInAdvertiserCurrency",
    "AdGroup.funnelLocationType",
    "CampaignFlight.daysRemaining",
    "CampaignFlight.isCurrent",
}
"""Plain fields that are worked out of others when they are read. How far `order` reaches is not in the facts."""
