"""The entities of the Platform API v3: their paths, properties, and the facts of documents behind these.

A property reads `Name=fact:type` (the fact is the name in camel case where none is given), with signs after the name:

    !  must be given on create          +  taken on create only
    *  read only                        ^  deprecated: read, but a request that uses it is answered 410
    #  must be given on every update

Sources: the vendor's sample scripts and copies of its pages, and much third-party code. Types beside JSON's own are
`money` ({Amount, CurrencyCode}), `availability`, `goal`, `keys` and `rows` (an object, a list of objects, of which only
the spelling of the keys differs), `category`, `labels`, `flights`, `budget` and `rtb`. What a create must bring is
documented for campaigns and ad groups; of the others it is the parent and the name here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["ENTITIES", "RTB", "Entity", "Property", "Query", "properties"]


@dataclass(frozen=True)
class Property:
    """One property on the wire and the fact behind it."""

    name: str
    fact: str
    type: str
    required: bool = False
    create_only: bool = False
    readonly: bool = False
    deprecated: bool = False
    always: bool = False


@dataclass(frozen=True)
class Query:
    """One list query: its path, the property that names the parent ("" for none), and the fact that holds it."""

    path: str
    parent: str = ""
    fact: str = ""
    templates: bool = False


@dataclass(frozen=True)
class Entity:
    """One entity; `reads`, `creates`, `updates` say which of GET, POST and PUT it answers."""

    path: str
    kind: str
    id: str
    name: str
    properties: Mapping[str, Property]
    queries: tuple[Query, ...] = ()
    reads: bool = True
    creates: bool = True
    updates: bool = True
    parent: str = field(default="advertiserId")


def properties(text: str) -> dict[str, Property]:
    """The properties of a table, by name."""
    found = {}
    for item in text.split():
        match = re.fullmatch(r"(\w+)([!+*^#]*)(?:=(\w+))?:(\w+)", item)
        if match is None:
            raise ValueError(f"{item!r} is not how a property is written")
        name, signs, fact, type = match.groups()
        fact = fact or name[0].lower() + name[1:]
        found[name] = Property(name, fact, type, "!" in signs, "+" in signs, "*" in signs, "^" in signs, "#" in signs)
    return found


def _entity(path: str, kind: str, id: str, name: str, text: str, *queries: Query, **more: object) -> Entity:
    return Entity(path, kind, id, name, properties(text), queries, **more)  # type: ignore[arg-type]


_STAMPS = "CreatedAtUTC*=createdAtUtc:datetime LastUpdatedAtUTC*=lastUpdatedAtUtc:datetime"

RTB = properties(
    """
    BudgetSettings:budget BaseBidCPM!=baseBidCPMInAdvertiserCurrency:money
    MaxBidCPM!=maxBidCPMInAdvertiserCurrency:money CreativeIds!:list AudienceTargeting:keys ROIGoal!=roiGoal:goal
    ContractTargeting:keys LanguageTargeting:object AutoOptimizationSettings:object NielsenSettings:object
    ComscoreSettings:keys VideoTargeting:object FrequencySettings^:object SiteTargeting^:object FoldTargeting^:object
    GeoSegmentAdjustments^:list SupplyVendorAdjustments^:object AdFormatAdjustments^:object BrowserAdjustments^:object
    OSAdjustments^:object OSFamilyAdjustments^:object DeviceTypeAdjustments^:object RenderingContextAdjustments^:object
    SiteQualitySettings^:object UserTimeTargeting^:object
    """
)
"""The properties inside of an ad group's RTBAttributes."""

ENTITIES = {
    entity.path: entity
    for entity in (
        _entity(
            "partner",
            "Partner",
            "PartnerId",
            "PartnerName",
            f"PartnerId*=id:string PartnerName=name:string DefaultBidLists:list FacebookAttributes:object {_STAMPS}",
            Query("partner/query"),
            creates=False,
            parent="",
        ),
        _entity(
            "advertiser",
            "Advertiser",
            "AdvertiserId",
            "AdvertiserName",
            f"""
            AdvertiserId*=id:string PartnerId!+:string AdvertiserName!=name:string Description:string
            CurrencyCode+:string DomainAddress:string LogoURL=logo:string Availability=isArchived:availability
            AdvertiserCategory=industryCategoryId:category IndustryCategoryId^:int Keywords:list
            AttributionClickLookbackWindowInSeconds:int AttributionImpressionLookbackWindowInSeconds:int
            ClickDedupWindowInSeconds=clickDedupeWindowInSeconds:int
            ConversionDedupWindowInSeconds=conversionDeDupeWindowInSeconds:int DefaultRightMediaOfferTypeId:int
            FacebookAttributes:object CustomLabels=customLabelNames:labels AdvertiserNameDsa=nameDSA:string
            PayerNameDsa=payerNameDSA:string Country:string DefaultBidLists:list AssociatedBidLists:list
            IsBallotMeasure:bool CurrentAndFutureAdditionalFeeCards*:list {_STAMPS}
            """,
            Query("advertiser/query/partner", "PartnerId", "partnerId"),
            parent="partnerId",
        ),
        _entity(
            "campaign",
            "Campaign",
            "CampaignId",
            "CampaignName",
            f"""
            CampaignId*=id:string AdvertiserId!+:string CampaignName!=name:string Description:string
            Availability=isArchived:availability Budget:budget BudgetInImpressions:int DailyBudget:money
            DailyBudgetInImpressions:int StartDate:datetime EndDate:datetime TimeZone:string PacingMode:string
            CampaignFlights:flights CampaignConversionReportingColumns!=conversionReportingColumns:rows
            PrimaryChannel=channelType:string PrimaryGoal:goal SecondaryGoal:goal TertiaryGoal:goal Objective:string
            SeedId:string Version+:string BudgetingVersion*:string IncludeDefaultsFromAdvertiser+:bool
            AutoAllocatorEnabled^:bool PartnerCostPercentageFee:number PartnerCPMFee:money PartnerCPCFee:money
            AdditionalFeeCardOnCreate+:object CurrentAndFutureAdditionalFeeCards*:list
            CustomLabels=customLabelNames:labels CustomCPAType:string IsBallotMeasure:bool MarketplaceOptOut:bool
            {_STAMPS}
            """,
            Query("campaign/query/advertiser", "AdvertiserId", "advertiserId"),
            Query("campaign/template/query/advertiser", "AdvertiserId", "advertiserId", templates=True),
        ),
        _entity(
            "campaignflight",
            "CampaignFlight",
            "CampaignFlightId",
            "",
            """
            CampaignFlightId*=id:int CampaignId*:string StartDateInclusiveUTC:datetime EndDateExclusiveUTC:datetime
            BudgetInAdvertiserCurrency:number BudgetInImpressions:int DailyTargetInAdvertiserCurrency:number
            DailyTargetInImpressions:int
            """,
            reads=False,
            creates=False,
            parent="campaignId",
        ),
        _entity(
            "adgroup",
            "AdGroup",
            "AdGroupId",
            "AdGroupName",
            """
            AdGroupId*=id:string CampaignId!+:string AdvertiserId*:string AdGroupName!=name:string Description:string
            IsEnabled:bool Availability=isArchived:availability AdGroupCategory=industryCategoryId:category
            IndustryCategoryId^:int ChannelId!=channel:string FunnelLocation!:string
            ProgrammaticGuaranteedPrivateContractId:string RTBAttributes!:rtb AssociatedBidLists:rows NewBidLists:list
            PredictiveClearingEnabled:bool KoaOptimizationSettings:keys NewFrequencyConfigs:rows
            CurrentAndFutureAdditionalFeeCards*:list CreatedAtUTC*=createdAt:datetime
            LastUpdatedAtUTC*=lastUpdated:datetime IsClassic^:bool
            """,
            Query("adgroup/query/campaign", "CampaignId", "campaignId"),
            Query("adgroup/query/advertiser", "AdvertiserId", "advertiserId"),
            Query("adgroup/query/campaign/template", "CampaignId", "campaignId", templates=True),
            parent="campaignId",
        ),
        _entity(
            "creative",
            "Creative",
            "CreativeId",
            "CreativeName",
            f"""
            CreativeId*=id:string AdvertiserId!+:string CreativeName!=name:string Description:string
            Availability=isArchived:availability CreativeType*:string ImageAttributes:object
            TradeDeskHostedVideoAttributes:object ThirdPartyTagAttributes:object
            ThirdPartyHostedVideoAttributes:object NativeAttributes:object FacebookAttributes:object ExternalId:string
            {_STAMPS}
            """,
            Query("creative/query/advertiser", "AdvertiserId", "advertiserId"),
        ),
        _entity(
            "audience",
            "Audience",
            "AudienceId",
            "AudienceName",
            """
            AudienceId*=id:string AdvertiserId!+:string AudienceName!=name:string Description:string
            IncludedDataGroupIds:list ExcludedDataGroupIds:list Availability=isArchived:availability
            LastUpdatedAtUTC*=lastUpdatedAtUtc:datetime CreatedAtUTC*=createdAt:datetime
            """,
            Query("audience/query/advertiser", "AdvertiserId", "advertiserId"),
        ),
        _entity(
            "datagroup",
            "DataGroup",
            "DataGroupId",
            "DataGroupName",
            """
            DataGroupId*=id:string AdvertiserId!+:string DataGroupName!=name:string Description:string
            FirstPartyDataIds:list ThirdPartyDataIds:list IsSharable:bool SkipUnauthorizedThirdPartyData:bool
            Availability=isArchived:availability
            """,
            Query("datagroup/query/advertiser", "AdvertiserId", "advertiserId"),
        ),
        _entity(
            "trackingtag",
            "TrackingTag",
            "TrackingTagId",
            "TrackingTagName",
            """
            TrackingTagId*=id:string AdvertiserId!+:string TrackingTagName!=name:string TrackingTagType=type:string
            TrackingTagLocation=location:string Revenue:number Currency:string ContainerTagBody:string
            Availability=isArchived:availability
            """,
            Query("trackingtag/query/advertiser", "AdvertiserId", "advertiserId"),
        ),
        _entity(
            "tracking/universalpixel",
            "UniversalPixel",
            "UniversalPixelId",
            "UniversalPixelName",
            """
            UniversalPixelId*=id:string AdvertiserId!+:string UniversalPixelName!=name:string Description:string
            """,
            Query("tracking/universalpixelwithactivity/advertiser/query", "AdvertiserId", "advertiserId"),
        ),
        _entity(
            "bidlist",
            "IBidList",
            "BidListId",
            "Name",
            """
            BidListId*=id:string Name!:string BidListAdjustmentType:string ResolutionType:string
            BidListOwner!+=ownerType:string BidListOwnerId!+=ownerId:string IsAvailableForLibraryUse:bool BidLines:list
            BidListDimensions:list BidListType:string
            """,
            *(
                Query(f"bidlistsummary/query/{owner}/available", "EntityId", "ownerId")
                for owner in ("advertiser", "campaign", "adgroup", "partner")
            ),
            parent="",
        ),
        _entity(
            "contract",
            "Contract",
            "ContractId",
            "Name",
            """
            ContractId*=id:string Name!:string Description:string ContractType:string SupplyVendorId:int
            SupplyVendorDealCode:string FloorPriceCPM:money StartDateUTC:datetime EndDateUTC:datetime
            OwnerPartnerId!+=partnerId:string IsUpfront!#:bool Availability=isArchived:availability
            DeliveryProfileId:string
            """,
            Query("contract/query/partner", "PartnerId", "partnerId"),
            Query("contract/query/partner/available", "PartnerId", "partnerId"),
            Query("contract/query/advertiser/available", "AdvertiserId", "partnerId"),
            parent="partnerId",
        ),
        _entity(
            "contractgroup",
            "ContractGroup",
            "ContractGroupId",
            "Name",
            "ContractGroupId*=id:string Name!:string ContractIds:list Availability=isArchived:availability",
            Query("contractgroup/query/partner", "PartnerId", "partnerId"),
            Query("contractgroup/query/advertiser/available", "AdvertiserId", "partnerId"),
            parent="partnerId",
        ),
        _entity(
            "sitelist",
            "SiteList",
            "SiteListId",
            "SiteListName",
            """
            SiteListId*=id:string AdvertiserId!+:string SiteListName!=name:string Description:string
            Availability=isArchived:availability SiteListLines:list Permissions:string
            """,
            Query("sitelist/query/advertiser", "AdvertiserId", "advertiserId"),
        ),
        _entity(
            "iptargetinglist",
            "IPTargetingList",
            "IPTargetingDataId",
            "IPTargetingDataName",
            """
            IPTargetingDataId*=id:string AdvertiserId!+:string IPTargetingDataName!=name:string IPTargetingRanges:list
            """,
            Query("iptargetinglist/query/advertiser", "AdvertiserId", "advertiserId"),
        ),
        _entity(
            "label",
            "CustomLabel",
            "CustomLabelId",
            "CustomLabelName",
            "CustomLabelId*=id:string CustomLabelName!=name:string",
            Query("label/query/partner", "PartnerId", "partnerId"),
            updates=False,
            parent="partnerId",
        ),
        _entity(
            "dmp/firstparty",
            "FirstPartyData",
            "FirstPartyDataId",
            "Name",
            "FirstPartyDataId*=id:int Name*:string DataType*:string UniqueUserCount*:int",
            Query("dmp/firstparty/advertiser", "AdvertiserId", "advertiserId"),
            reads=False,
            creates=False,
            updates=False,
        ),
        _entity(
            "dmp/thirdparty",
            "ThirdPartyData",
            "ThirdPartyDataId",
            "Name",
            "ThirdPartyDataId*=restId:string Name*:string FullPath*:string BrandId*:string BrandName*:string",
            Query("dmp/thirdparty/advertiser", "AdvertiserId", ""),
            reads=False,
            creates=False,
            updates=False,
            parent="",
        ),
    )
}
"""Every entity, by the path under /v3."""
