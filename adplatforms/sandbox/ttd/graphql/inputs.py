"""The mutations: what each takes, the name and style of its payload, and the input types.

Seen in the vendor's scripts and pages are the inputs of campaignCreate, campaignBudgetSettingsUpdate, adGroupCreate,
adGroupUpdate, adGroupsArchive, adGroupAssociateCreative, createQueryBulk and createMutationBulk. Of the others only
the name is known, of some the payload: their inputs here are the sandbox's, `id` for the row itself and the facts of
its type. `userErrors` is the older style, `errors` the newer one. The names of input types are the sandbox's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from adplatforms.sandbox.ttd.graphql import reporting
from adplatforms.sandbox.ttd.graphql.mutations import OWNERS, RESOLVERS, mutation

__all__ = ["INPUTS", "MUTATIONS", "NOT_SERVED", "Mutation"]


@dataclass(frozen=True)
class Mutation:
    """One mutation: `data` is the type of what it made, `style` the field of its expected errors."""

    payload: str
    data: str
    style: str
    takes: str
    resolve: Callable[..., Any]


_GOALS = (
    "maximizeReach:Boolean maximizeLtvIncrementalReach:Boolean cpcInAdvertiserCurrency:Decimal ctrInPercent:Decimal "
    "nielsenOTPInPercent:Decimal cpaInAdvertiserCurrency:Decimal returnOnAdSpendPercent:Decimal vcrInPercent:Decimal "
    "viewabilityInPercent:Decimal vcpmInAdvertiserCurrency:Decimal cpcvInAdvertiserCurrency:Decimal "
    "miaozhenOTPInPercent:Decimal"
)
_AMOUNTS = (
    "budgetInAdvertiserCurrency:Decimal budgetInImpressions:Long dailyTargetInAdvertiserCurrency:Decimal "
    "dailyTargetInImpressions:Long"
)
_AD_GROUP = (
    "description:String isEnabled:Boolean baseBidCPMInAdvertiserCurrency:Decimal maxBidCPMInAdvertiserCurrency:Decimal "
    "koaOptimizationSettings:KoaOptimizationSettingsInput creativeIdsToAdd:[ID]"
)
_CAMPAIGN = "description:String seedId:ID campaignConversionReportingColumns:[CampaignConversionReportingColumnInput!]"
_FLIGHT = f"startDateInclusiveUTC:DateTime endDateExclusiveUTC:DateTime {_AMOUNTS}"
_BID_LIST = "bidListAdjustmentType:String resolutionType:String isAvailableForLibraryUse:Boolean"

INPUTS: dict[str, dict[str, str]] = {
    name: {word: kind for word, _, kind in (pair.partition(":") for pair in words.split())}
    for name, words in {
        "ROIGoalInput": _GOALS,
        "CampaignGoalInput": f"{_GOALS} iqviaAudienceQualityIndex:Boolean crossixAudienceQualityIndex:Boolean "
        "iqviaAudienceQualityIndexAndCostPerTarget:Boolean crossixCostPerTarget:Boolean NewBuyerTargetValue:Long",
        "KoaOptimizationSettingsInput": "areFutureKoaFeaturesEnabled:Boolean predictiveClearingEnabled:Boolean",
        "CampaignConversionReportingColumnInput": "trackingTagId:ID! includeInCustomCPA:Boolean reportingColumnId:Long "
        "weight:Decimal crossDeviceAttributionModelId:String",
        "CampaignCreateInput": "advertiserId:ID! name:String! primaryChannel:CampaignChannelType! "
        f"primaryGoal:CampaignGoalInput! flights:[NewCampaignFlightInput!] {_CAMPAIGN}",
        "NewCampaignFlightInput": _FLIGHT.replace(":DateTime", ":DateTime!", 1),
        "CampaignUpdateInput": "id:ID! name:String primaryChannel:CampaignChannelType primaryGoal:CampaignGoalInput "
        f"{_CAMPAIGN}",
        "CampaignBudgetSettingsUpdateInput": "campaignId:ID! campaignFlights:[CampaignFlightBudgetInput!]!",
        "CampaignFlightBudgetInput": f"campaignFlightId:Long! {_AMOUNTS}",
        "CampaignUpdateSeedInput": "campaignId:ID! seedId:ID!",
        "CampaignClonesCreateInput": "campaignCloneData:[CampaignCloneDataInput!]!",
        "CampaignCloneDataInput": "campaignId:ID! numberOfClones:Int cloneNames:[String!] "
        "campaignFlights:[CloneFlightInput!] selectedAdGroups:[SelectedAdGroupInput!]",
        "CloneFlightInput": "startDateInclusive:DateTime! budgetInAdvertiserCurrency:Decimal!",
        "SelectedAdGroupInput": "adGroupId:ID! useInventoryMarketPlace:Boolean",
        "CampaignFlightCreateInput": f"campaignId:ID! {_FLIGHT.replace(':DateTime', ':DateTime!', 1)}",
        "CampaignFlightUpdateInput": f"id:Long! {_FLIGHT}",
        "CampaignFlightDeleteInput": "id:Long!",
        "AdGroupCreateInput": "campaignId:ID! name:String! channel:AdGroupChannelType! "
        f"funnelLocation:AdGroupFunnelLocationType! roiGoal:ROIGoalInput {_AD_GROUP}",
        "AdGroupUpdateInput": "id:ID! name:String channel:AdGroupChannelType funnelLocation:AdGroupFunnelLocationType "
        f"roiGoal:ROIGoalInput creativeIdsToRemove:[ID] {_AD_GROUP}",
        "AdGroupsArchiveInput": "ids:[ID!]!",
        "CampaignsArchiveInput": "ids:[ID!]!",
        "AdGroupAssociateCreativeInput": "adGroupId:ID! creativeIdsToAdd:[ID] creativeIdsToRemove:[ID]",
        "AdvertiserCreateInput": "partnerId:ID! name:String! description:String domainAddress:String "
        "currencyCode:String",
        "AdvertiserUpdateInput": "id:ID! name:String description:String domainAddress:String",
        "AdvertiserSetDefaultSeedInput": "advertiserId:ID! seedId:ID!",
        "SeedCreateInput": "advertiserId:ID! name:String!",
        "SeedUpdateInput": "id:ID! name:String",
        "CreativeUpdateInput": "id:ID! name:String description:String",
        "BidListCreateInput": f"name:String! ownerId:ID! {_BID_LIST}",
        "BidListUpdateInput": f"id:ID! name:String {_BID_LIST}",
        "BidListSetInput": f"id:ID! name:String {_BID_LIST}",
        "BidListDeleteInput": "id:ID!",
        "CampaignGroupCreateInput": "advertiserId:ID! name:String!",
        "CampaignGroupUpdateInput": "id:ID! name:String",
        "CampaignGroupAttachCampaignsInput": "id:ID! campaignIds:[ID!]!",
        "CampaignGroupArchiveInput": "id:ID!",
        "KeyValuePairInput": "key:String! value:String!",
        "BulkJobCallbackInput": "callbackUrl:String! callbackHeaders:[KeyValuePairInput!]",
        "CreateQueryBulkInput": "query:String! bulkJobCallback:BulkJobCallbackInput",
        "CreateMutationBulkInput": "mutation:String! mutationVariables:[String!]! bulkJobCallback:BulkJobCallbackInput",
        "CampaignReportingSortInput": "metric:CampaignReportingMetric! direction:SortDirection!",
        "DeltaInput": "changeTrackingVersion:Long ids:[ID!]",
        "ChildrenDeltaInput": "advertiser:DeltaInput!",
        "AdvertiserDeltaInput": "changeTrackingVersion:Long ids:[ID!]",
        **reporting.INPUTS,
        "BidListAssociationInput": "bidListId:ID! isDefault:Boolean isEnabled:Boolean",
        **{
            f"{kind[0].upper()}{kind[1:]}AssociateBidListInput": f"{kind}Id:ID! "
            "bidListsToAddOrUpdate:[BidListAssociationInput!] bidListIdsToRemove:[ID!]"
            for kind in OWNERS
        },
    }.items()
}
"""The fields of each input type."""

_OLDER = {
    "campaignCreate": "Campaign",
    "campaignUpdate": "Campaign",
    "campaignBudgetSettingsUpdate": "CampaignBudgetSettingsUpdateReturn",
    "campaignUpdateSeed": "CampaignUpdateSeedReturn",
    "campaignClonesCreate": "ListOfCampaignCloneProgress",
    "campaignFlightCreate": "CampaignFlight",
    "campaignFlightUpdate": "CampaignFlight",
    "campaignFlightDelete": "CampaignFlightDeleteReturn",
    "adGroupCreate": "AdGroup",
    "adGroupUpdate": "AdGroup",
    "advertiserCreate": "Advertiser",
    "advertiserUpdate": "Advertiser",
    "advertiserSetDefaultSeed": "Advertiser",
    "seedCreate": "SeedCreateReturn",
    "seedUpdate": "Seed",
    "creativeUpdate": "Creative",
    "bidListCreate": "IBidList",
    "bidListUpdate": "IBidList",
    "bidListSet": "IBidList",
    "bidListDelete": "IBidList",
    "campaignGroupCreate": "CampaignGroup",
    "campaignGroupUpdate": "CampaignGroup",
    "campaignGroupAttachCampaigns": "CampaignGroup",
    "campaignGroupArchive": "CampaignGroup",
    **{f"{kind}AssociateBidList": owner for kind, owner in OWNERS.items()},
    **{f"{kind}ReportExecute": "DownloadableReportExecuteResponse" for kind in ("adGroup", "campaign", "advertiser")},
}
_NEWER = {
    "adGroupsArchive": "[ID]",
    "campaignsArchive": "[ID]",
    "adGroupAssociateCreative": "AdGroup",
    "myReportsReportExecutionCancel": "ReportExecutionCancelled",
    "createQueryBulk": "BulkJob",
    "createMutationBulk": "BulkJob",
}


def _data(name: str) -> str:
    return f"[{name.removeprefix('ListOf')}]" if name.startswith("ListOf") else name


def _named(name: str) -> str:
    return f"{name[0].upper()}{name[1:]}"


MUTATIONS: dict[str, Mutation] = {
    **{
        name: Mutation(
            f"PayloadWithErrorsOf{made}",
            _data(made),
            "userErrors",
            f"{_named(name)}Input",
            mutation("userErrors", RESOLVERS[name]),
        )
        for name, made in _OLDER.items()
    },
    **{
        name: Mutation(
            f"{_named(name)}Payload", made, "errors", f"{_named(name)}Input", mutation("errors", RESOLVERS[name])
        )
        for name, made in _NEWER.items()
    },
}
"""Every mutation that is served."""

_UNKNOWN = """
advertiserAssociateDefaultBidList
advertiserUpdateSeedForCampaigns approveCreative bulkApproveCreatives bulkCreateAdGroups
bulkCreateCampaignFlights bulkCreateCampaignSets bulkCreateCampaigns bulkUpdateAdGroups bulkUpdateCampaignFlights
bulkUpdateCampaignSets bulkUpdateCampaigns campaignAssociateDefaultBidList
campaignVersionUpgrade categoryProviderUpdate creativeVideoAttributesSetAdClearanceId
defaultSegmentSettingBatchCreate defaultSegmentSettingBatchDelete downloadableReportExecute fileUpload
forecastArchive forecastClone forecastCreate forecastSettingsUpdate submitCreativeForApproval
"""
NOT_SERVED = frozenset(_UNKNOWN.split())
"""Mutations of which the introspection kept the name and the payload, and no source tells what they take."""
