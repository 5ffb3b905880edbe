"""What is known of TTD's GraphQL connections: root fields and filters. It is overridden here and nowhere else.

The facts are not official: each filter names its source. **[S]** official SDK, **[O]** vendor's sample scripts,
**[D]** a public copy of the vendor's documentation, **[3]** third-party code, **[I]** inferred. A filter is pushed to
the server when its source is among `TRUSTED`; any other condition is applied here, on the rows as they come. To teach
the framework a filter::

    from adplatforms.ttd import known
    known.FILTERS["campaigns"]["name"] = {"contains": "O"}     # GraphQL's names

Orders are sent for any field of the root connections: the facts show the form, ``order: [{field: DESC}]`` [D], and no
fields; a server that does not know one answers with an error, which names it.

Source: graphql.md, "where", "order" and "Reading: root fields".
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = [
    "CONNECTIONS",
    "CONTAINS_IGNORES_CASE",
    "FILTERS",
    "PLAIN_LISTS",
    "ROOTS",
    "TRUSTED",
    "TYPE_NAMES",
    "VARIABLE_TYPES",
    "Root",
    "exact",
    "operators",
]

TRUSTED = {"S", "O", "D", "3"}
"""The sources of filters that are sent to the server."""

CONTAINS_IGNORES_CASE = False
"""Whether the server's ``contains`` and REST's search terms match upper and lower case alike. The facts do not say, so
that ``name.like("*spring*")`` is applied here; True has it pushed (and checked again)."""


class Root(NamedTuple):
    """The root fields of a type: `one` by id, `many` the connection of all; empty where there is none."""

    one: str
    many: str = ""


# Of a class without a root here, records are read through a parent, or by REST.
ROOTS = {
    "Partner": Root("partner", "partners"),
    "Advertiser": Root("advertiser", "advertisers"),
    "Campaign": Root("campaign", "campaigns"),
    "AdGroup": Root("adGroup", "adGroups"),
    "Creative": Root("creative", "creatives"),
    "Seed": Root("seed"),
    "Audience": Root("audience", "audiences"),
    "TrackingTag": Root("trackingTag"),
    "UniversalPixel": Root("universalPixel", "universalPixels"),
    "BidList": Root("bidList"),
    "CampaignGroup": Root("campaignGroup"),
    "ThirdPartyData": Root("thirdPartyData", "thirdPartyDatas"),
}
"""By type. Source: graphql.md [D], graphql_types.json `Query` [3:1]."""

FILTERS: dict[str, dict[str, dict[str, str]]] = {
    "advertisers": {"partnerId": {"eq": "O"}, "id": {"in": "D"}},
    # `status` was seen as a filter of campaigns, `isVisible` of ad groups; they are in no list of fields.
    "campaigns": {
        "id": {"in": "O"},
        "advertiserId": {"eq": "3"},
        "isArchived": {"eq": "3"},
        "isTemplate": {"eq": "3"},
        # Inferred from ad groups, and so not trusted.
        "name": {"contains": "I"},
    },
    "adGroups": {
        "id": {"in": "O"},
        "partnerId": {"eq": "D"},
        "advertiserId": {"eq": "D", "in": "D"},
        "name": {"contains": "D"},
        "isEnabled": {"eq": "D"},
        "isTemplate": {"eq": "3"},
    },
    "Campaign.flights": {"id": {"in": "D"}},
    "Advertiser.trackingTags": {"name": {"eq": "D"}},
    "Advertiser.firstPartyData": {"name": {"contains": "D"}},
}
"""Operators by connection (a root field, or type and field) and field, each with its source."""

CONNECTIONS = {
    "Partner": {"advertisers"},
    "Advertiser": {"campaigns", "creatives", "trackingTags", "firstPartyData", "customLabels"},
    "Campaign": {"adGroups", "flights", "passThroughFeeCards", "customLabels"},
    "AdGroup": {"adGroupFlights", "campaignFlights", "creatives", "customLabels"},
    "CampaignFlight": {"adGroupFlights"},
    "Seed": {"campaigns"},
}
"""The connections inside a type, by which its children are listed. Source: graphql_types.json [3:1]."""

PLAIN_LISTS = {"Advertiser": {"seeds"}}
"""Lists inside a type that are not connections: they come complete, without pages. Source: graphql_types.json [3:1]."""

TYPE_NAMES = {
    "Label": "CustomLabel",
    "BidList": "IBidList",
    "AdGroupBudgetSummary": "AdGroupBudget",
    "Attribution": "Attribution",
    "CampaignBudgetSummary": "CampaignBudget",
    "Currency": "Currency",
    "Goal": "Goal",
    "IndustryCategory": "IndustryCategory",
    "KoaSummary": "AdGroupKoaSettings",
    "PacingSettings": "CampaignPacingSettings",
    "SeedTargeting": "SeedTargetingData",
}
"""GraphQL's types of entity classes that are named otherwise, and of nested values."""

VARIABLE_TYPES = {"Campaign.flights.id": "Long"}
"""The types of variables in filters where they differ: ids are ``String`` [O] (``ID!`` as arguments), those of flights
``Long`` [D]."""


def operators(connection: str, field: str) -> set[str]:
    """The operators that a connection is trusted to know for a field."""
    known = FILTERS.get(connection, {}).get(field, {})
    return {operator for operator, source in known.items() if source in TRUSTED}


def exact(connection: str, field: str, text: bool) -> str:
    """Our operators that a connection filters exactly by, separated by white space.

    text: whether the field is text, which the server may compare by other rules of upper and lower case: none is exact.
    """
    if text:  # a filter may ignore case: its rows are checked again here
        return ""
    known = operators(connection, field)
    return " ".join(ours for ours, theirs in (("==", "eq"), ("in", "in")) if theirs in known)
