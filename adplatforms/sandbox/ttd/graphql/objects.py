"""The object types of the GraphQL schema and their fields, as a third party's introspection of November 2024 had them.

A line names a type and its fields, `name:type`; an indented line goes on with the one above. The source keeps neither
nullability nor arguments, and does not tell String from ID, nor Int from Long, nor custom scalars from each other: an
`id` is an ID here, whole numbers are Long, and what is not a moment or a time zone by its name is a Decimal.
"""

OBJECTS = """
Partner: advertisers:AdvertisersConnection chinaMSASigned:Boolean
    contextualEntities:ContextualEntitiesConnection
    contextualEntityGroups:ContextualEntityGroupsConnection expandableFee:ExpandableFee
    geoSegments:GeoSegmentsConnection id:ID idInteger:Long isPurchaseOrderNumberRequired:Boolean
    name:String partnerGroup:PartnerGroup preBidContextualCategories:PreBidContextualCategoriesConnection
    specialPlatformFeatures:SpecialPlatformFeatures associatedBidLists:AssociatedBidListsConnection
    ownedBidLists:OwnedBidListsConnection
Advertiser: assignedBrands:[Brand] attribution:Attribution audienceSettings:AdvertiserAudienceSettings
    availableCountries:[Country] availableGoals:[AvailableGoal]
    availableIndustryCategories:[IndustryCategory] availableIndustrySubCategories:[IndustryCategory]
    brandOwner:String campaigns:CampaignsConnection channelCount:Long clickDedupeWindowInSeconds:Long
    contextualEntities:ContextualEntitiesConnection
    contextualEntityGroups:ContextualEntityGroupsConnection conversionDeDupeWindowInSeconds:Long
    conversionLiftExperiments:[ConversionLiftExperiment] country:Country
    creativeIssues:CreativeIssuesConnection creatives:CreativesConnection currency:Currency
    customLabels:CustomLabelsConnection defaultPartnerViewabilitySettings:ViewabilitySettings
    defaultRightMediaOffer:DefaultRightMediaOffer defaultSeed:Seed description:String domainAddress:String
    dynamicCreativeRules:[DynamicCreativeRule] firstPartyData:FirstPartyDataConnection
    funnelLocationCount:Long geoSegments:GeoSegmentsConnection hasAvailableSeedPixels:Boolean id:ID
    ignoreReferralUrlInConversion:Boolean industryCategory:IndustryCategory
    industrySubCategory:IndustryCategory isArchived:Boolean isBlockedFromHhSolution:Boolean
    isFavoriteForUser:Boolean isMarketplaceEnabledByDefault:Boolean isWithCampaignsAtRisk:Boolean
    isWithLiveCampaigns:Boolean keywords:[String] logo:String marketplace:Marketplace mostUsedSeed:Seed
    name:String nameDSA:String partner:Partner payerNameDSA:String political:Political
    preBidContextualCategories:PreBidContextualCategoriesConnection programmaticTiles:[ProgrammaticTile]
    rightMediaOfferTypes:[RightMediaOfferType] seats:[Seat] secretKey:String seeds:[Seed]
    specialPlatformFeatures:SpecialPlatformFeatures
    suggestedMeasurementProviderCategories:[MeasurementProviderCategory] totalCampaignChannelCount:Long
    totalFunnelLocationCount:Long tracking:Tracking trackingTags:TrackingTagsConnection
    useImpressionsOnlyBudgeting:Boolean useMediaCostBasisForCampaignFees:Boolean
    vettingStatus:AdvertiserVettingStatus viewability:Viewability
    associatedBidLists:AssociatedBidListsConnection defaultBidLists:DefaultBidListsConnection
    ownedBidLists:OwnedBidListsConnection reportsMetadata:AdvertiserReportsMetadata
Campaign: activeAdGroupCount:Long adGroups:AdGroupsConnection advertiser:Advertiser audience:Audience
    autoAllocatorEnabled:Boolean autoCampaignCapEnabled:Boolean autoPrioritizationEnabled:Boolean
    budget:CampaignBudget budgetInImpressions:Decimal
    budgetMigrationReports:CampaignBudgetMigrationReports
    budgetMigrationStatus:CampaignBudgetMigrationStatus campaignPacingSettings:CampaignPacingSettings
    channelType:CampaignChannelType conversionReportingColumns:ConversionReportingColumnsConnection
    createdAt:DateTime createdAtUtc:DateTime creativeIssues:CreativeIssuesConnection
    currentFlight:CampaignFlight currentOrNextFlight:CampaignFlight customCPAClickWeight:Decimal
    customCPAType:CustomCPAType customCPAViewthroughWeight:Decimal customLabels:CustomLabelsConnection
    customROASType:CustomROASType description:String endDate:DateTime flights:FlightsConnection
    funnelLocationCount:Long goal:Goal id:ID impressionsOnlyBudgetingCPM:Decimal increments:[Increment]
    ioContractId:Long isArchived:Boolean isManagedByTTD:Boolean isMigratedToKokai:Boolean
    isProgrammaticGuaranteed:Boolean isTemplate:Boolean lastUpdated:DateTime lastUpdatedAtUtc:DateTime
    minimumAdGroupSpendInAdvertiserCurrency:Decimal name:String nextFlight:CampaignFlight
    objective:CampaignObjective pacingMode:CampaignPacingMode pacingToEndOfFlightDailyRate:Decimal
    partner:Partner partnerCostPercentageFee:Decimal passThroughFeeCards:PassThroughFeeCardsConnection
    programmaticTiles:[ProgrammaticTile] purchaseOrderNumber:String seed:Seed shareType:ShareType
    siteUrl:String spend:CampaignSpend startDate:DateTime timeZone:String timeZoneIANA:TimeZone
    totalAdGroupCount:Long type:CampaignType valueAddedProviders:[ValueAddedProvider]
    version:CampaignVersion associatedBidLists:AssociatedBidListsConnection
    defaultBidLists:DefaultBidListsConnection ownedBidLists:OwnedBidListsConnection
    reporting:CampaignReporting reportsMetadata:CampaignReportsMetadata
AdGroup: adgroupCreatives:AdGroupCreativesConnection adGroupFlights:AdGroupFlightsConnection
    advertiser:Advertiser autoOptimizationSettings:AdGroupAutoOptimizationSettings
    availableIndustryCategories:[IndustryCategory] availableIndustrySubCategories:[IndustryCategory]
    baseBidCPMInAdvertiserCurrency:Decimal budget:AdGroupBudget budgetInAdvertiserCurrency:Decimal
    budgetInImpressions:Decimal campaign:Campaign campaignFlights:CampaignFlightsConnection
    campaignStackRank:Long channel:AdGroupChannelType createdAt:DateTime
    creativeIssues:CreativeIssuesConnection creatives:CreativesConnection currentFlight:AdGroupFlight
    customLabels:CustomLabelsConnection dealsPresent:Boolean description:String
    displayViewabilityStandardIntegral:ViewabilityStandardType expressiveness:AdGroupExpressiveness
    funnelLocation:AdGroupFunnelLocationType funnelLocationType:AdGroupFunnelLocationType goal:Goal id:ID
    impressionFrequencyCounters:ImpressionFrequencyCountersConnection industryCategory:IndustryCategory
    industrySubCategory:IndustryCategory isArchived:Boolean isDimensionalBiddingMode:Boolean
    isEnabled:Boolean isHighFillRate:Boolean isProgrammaticGuaranteed:Boolean isTemplate:Boolean
    koaSettings:AdGroupKoaSettings lastUpdated:DateTime marketplace:Marketplace marketType:MarketType
    maxBidCPMInAdvertiserCurrency:Decimal name:String nielsenTrackingAttributes:NielsenTrackingAttributes
    pacingGrainId:Long partner:Partner privateContractDefaultAdjustment:Decimal
    programmaticTiles:[ProgrammaticTile]
    qualityAllianceViewabilityProfile:QualityAllianceViewabilityProfileType
    restrictions:[RetailerBrandRestrictions] spend:AdGroupSpend spendPerChannel:[AdGroupChannelSpend]
    valueAddedProviders:[ValueAddedProvider] videoViewabilityStandardIntegral:ViewabilityStandardType
    appliedBidLists:AppliedBidListsConnection associatedBidLists:AdGroupAssociatedBidListsConnection
    ownedBidLists:OwnedBidListsConnection reportsMetadata:AdGroupReportsMetadata
CampaignFlight: adGroupFlights:AdGroupFlightsConnection budgetAllocationMode:CampaignBudgetAllocationMode
    budgetInAdvertiserCurrency:Decimal budgetInImpressions:Long campaign:Campaign
    dailyTargetInAdvertiserCurrency:Decimal dailyTargetInImpressions:Long daysRemaining:Float
    endDateExclusiveUTC:DateTime forecast:CampaignFlightForecast id:ID isActiveForAtLeastADay:Boolean
    isCurrent:Boolean isDeleted:Boolean startDateInclusiveUTC:DateTime reporting:CampaignFlightReporting
AdGroupFlight: adGroup:AdGroup adGroupId:String budgetInAdvertiserCurrency:Decimal
    budgetInImpressions:Long campaign:Campaign campaignFlight:CampaignFlight campaignFlightId:Long
    dailyTargetInAdvertiserCurrency:Decimal dailyTargetInImpressions:Long forecast:AdGroupFlightForecast
    minimumSpendInAdvertiserCurrency:Decimal
CampaignBudget: currentOrUpComing:Decimal total:Decimal
AdGroupBudget: currentFlightBudget:Decimal isFluid:Boolean total:Decimal
Seed: activeIds:Long advertiser:Advertiser campaigns:CampaignsConnection createdAt:DateTime id:ID
    isDefault:Boolean lastUpdatedAt:DateTime name:String quality:SeedQuality status:String
    targetingData:SeedTargetingData uniqueHouseholds:Long
SeedTargetingData: contextualInclusion:ContextualData countryFilter:[SeedCountry]
    firstPartyInclusion:[SeedFirstPartyData] targetingDataId:String
TrackingTag: advertiser:Advertiser category:TrackingTagCategory containerTagBody:String currency:String
    dataEventType:DataEventType firstPartyData:FirstPartyData hitCount1Day:Long hitCount30Day:Long
    hitCount7Day:Long householdEnabled:Boolean id:ID iFrameTag:String imageTag:String isArchived:Boolean
    location:String name:String offlineDataProvider:OfflineDataProvider redirectUri:String revenue:String
    type:TrackingTagType universalPixel:UniversalPixel
Audience: advertiser:Advertiser createdAt:DateTime id:ID name:String
UniversalPixel: id:ID name:String universalPixelTrackingTags:UniversalPixelTrackingTagsConnection
FirstPartyData: activeUniques:ActiveUniques advertiser:Advertiser id:Long name:String
ThirdPartyData: activeUniques:ActiveUniques allowCustomFullPath:Boolean audienceSize:Long buyable:Boolean
    dataAllianceExcluded:Boolean dataRates:DataRatesConnection defaultSortScore:Float description:String
    fullPath:String generalPopulationOverlapLastUpdated:DateTime hierarchyString:String id:ID
    importEnabled:Boolean isPlannerOnly:Boolean name:String parentId:String providerElementId:String
    providerId:String targetingData:TargetingData targetingDataId:String
    targetingDataUniques:TargetingDataUniques targetingDataUniquesV2:TargetingDataUniquesV2
    thirdPartyDataProvider:ThirdPartyDataProvider
Goal: averageValue:Decimal isCustom:Boolean meetingPercentage:Decimal shortName:String target:Decimal
    type:ROIGoalType unit:GoalUnit
Currency: decimalPlaces:Decimal id:ID isVisible:Boolean name:String namePlural:String
    shouldPrefixCurrencySymbol:Boolean symbol:String
Attribution: clickInterval:IntervalGrain clickLookbackWindow:Decimal impressionInterval:IntervalGrain
    impressionLookbackWindow:Decimal
PageInfo: endCursor:String hasNextPage:Boolean hasPreviousPage:Boolean startCursor:String
UserError: field:[String] message:String
JobProgress: affectedEntities:AffectedEntitiesConnection id:ID jobStatus:JobStatus resultUrl:String
    validationErrors:String
BulkApiJob: id:ID
CampaignCloneProgress: cloneCount:Long id:Long jobs:JobsConnection sourceCampaign:Campaign
    status:CloneJobStatus
CampaignPacingSettings: isValuePacing:Boolean
IndustryCategory: id:ID isDefault:Boolean isSensitive:Boolean mappings:[CategoryMapping] name:String
    parentCategoryId:String taxonomy:CategoryTaxonomy
Me: assignedPermissionGroups:AssignedPermissionGroupsConnection
    assignedPermissions:AssignedPermissionsConnection
    expandedThirdPartyDataSegment:ExpandedThirdPartyDataSegmentConnection
    expandedThirdPartyDataSegments:[ExpandedThirdPartyDataSegment]
    favoritedAdvertisers:FavoritedAdvertisersConnection id:ID partnerGroup:PartnerGroup
    thirdPartyData:ThirdPartyDataConnection thirdPartyDataProviders:ThirdPartyDataProvidersConnection
    viewableUserGroups:ViewableUserGroupsConnection
CustomLabel: id:ID name:String
AdGroupKoaSettings: areFutureFeaturesEnabled:Boolean areFutureFeaturesEnabledForPartner:Boolean
    koaDimensions:KoaDimensions minorVersion:String optimizationsVersion:KoaOptimizationsVersion
    predictiveClearingEnabled:Boolean
PassThroughFeeCard: id:Long passThroughFees:PassThroughFeesConnection skipDateValidation:Boolean
    startDateUtc:DateTime target:PassThroughFeeTarget targetType:PassThroughFeeTargetType
"""

ROOT = """
Query: adGroup:AdGroup adGroups:AdGroupsConnection
    adGroupsWithProblematicChannel:AdGroupsWithProblematicChannelConnection advertiser:Advertiser
    advertisers:AdvertisersConnection audience:Audience audiences:AudiencesConnection
    bulkAdGroup:BulkApiJob bulkCampaign:BulkApiJob bulkCampaignFlights:BulkApiJob
    bulkCampaignSets:BulkApiJob campaign:Campaign campaignCloneProgress:CampaignCloneProgress
    campaignCloneProgresses:CampaignCloneProgressesConnection campaigns:CampaignsConnection
    campaignSet:CampaignSet contextualEntities:ContextualEntitiesConnection
    contextualEntity:ContextualEntity creative:Creative creativeIssues:CreativeIssuesConnection
    creatives:CreativesConnection geoSegmentsSearch:GeoSegmentsSearchConnection helpText:HelpText
    jobProgress:JobProgress me:Me omnichannelForecastRecommendation:[OmnichannelForecastRecommendation]
    omnichannelGroupConversionPaths:[OmnichannelGroupConversionPath]
    omnichannelGroupTrackingTags:[OmnichannelGroupTrackingTag] partner:Partner partnerGroup:PartnerGroup
    partnerGroups:PartnerGroupsConnection partners:PartnersConnection permission:Permission
    permissionGroup:PermissionGroup permissionGroups:PermissionGroupsConnection
    permissions:PermissionsConnection pgAdGroupBudgetEstimation:BudgetEstimationResponse
    preBidContextualCategory:PreBidContextualCategory referrerCategorySource:ReferrerCategorySource
    referrerCategorySources:ReferrerCategorySourcesConnection seed:Seed thirdPartyData:ThirdPartyData
    thirdPartyDataDelta:ThirdPartyDataDelta thirdPartyDataProvider:ThirdPartyDataProvider
    thirdPartyDataProviders:ThirdPartyDataProvidersConnection thirdPartyDatas:ThirdPartyDatasConnection
    trackingTag:TrackingTag universalPixel:UniversalPixel universalPixels:UniversalPixelsConnection
    userAssignedPermissionGroups:UserAssignedPermissionGroupsConnection
    userAssignedPermissions:UserAssignedPermissionsConnection bidList:IBidList forecast:Forecast
    forecasts:[Forecast] forecastsForAdvertiser:ForecastsForAdvertiserConnection
    categoryProvider:CategoryProvider defaultSegmentSettings:[DefaultSegmentSetting]
    isSegmentExpansionEnabled:Boolean
    campaignCloneCampaignLevelForecast:CampaignCloneCampaignLevelForecastResult
    campaignCloneInventoryRecommendationAdGroup:CampaignCloneInventoryRecommendationAdGroup
    campaignCloneInventoryRecommendationPropertyLevelForecasts:[CampaignCloneInventoryRecommendationPropertyLevelForecastResult]
    campaignCloneInventoryRecommendations:CampaignCloneInventoryRecommendation
    recommendations:[BaseRecommendation]
    programmaticTileReportMetadata:PayloadWithErrorsOfListOfProgrammaticTileReportMetadataResponse
    reportTypes:[ReportTypeModel] scheduledReportJobStatus:ScheduledReportJobStatusResponse
"""

MORE_ROOT = """
Query: campaignGroup:CampaignGroup bulkJob:BulkJob campaignDelta:CampaignDelta adGroupDelta:AdGroupDelta
    creativeDelta:CreativeDelta trackingTagDelta:TrackingTagDelta advertiserDelta:AdvertiserDelta
"""
"""Root fields that the vendor's samples and documents use; the introspection is older than they are."""

CONNECTIONS = """
AdGroupAssociatedBidLists:AdGroupAssociatedBidList AdGroupCreatives:Creative AdGroupFlights:AdGroupFlight
AdGroups:AdGroup AdGroupsWithProblematicChannel:AdGroup Advertisers:Advertiser
AffectedEntities:AffectedEntityType AppliedBidLists:IBidList AssignedPermissionGroups:PermissionGroup
AssignedPermissions:Permission AssociatedBidLists:AssociatedBidList Audiences:Audience
CampaignCloneProgresses:CampaignCloneProgress CampaignFlights:CampaignFlight Campaigns:Campaign
ContextualEntities:ContextualEntity ContextualEntityGroups:ContextualEntityGroup
ConversionReportingColumns:CampaignConversionReportingColumn CreativeIssues:CreativeIssue
Creatives:Creative CustomLabels:CustomLabel DataRates:DataRate DefaultBidLists:IBidList
ExpandedThirdPartyDataSegment:ExpandedThirdPartyDataSegment FavoritedAdvertisers:Advertiser
FirstPartyData:FirstPartyData Flights:CampaignFlight ForecastsForAdvertiser:Forecast
GeoSegments:GeoSegment GeoSegmentsSearch:GeoSegment ImpressionFrequencyCounters:FrequencyCounter
Jobs:CampaignCloneJob OwnedBidLists:IBidList PartnerGroups:PartnerGroup Partners:Partner
PassThroughFeeCards:PassThroughFeeCard PassThroughFees:PassThroughFee PermissionGroups:PermissionGroup
Permissions:Permission PreBidContextualCategories:PreBidContextualCategory
ReferrerCategorySources:ReferrerCategorySource ThirdPartyData:ThirdPartyData
ThirdPartyDataProviders:ThirdPartyDataProvider ThirdPartyDatas:ThirdPartyData TrackingTags:TrackingTag
UniversalPixelTrackingTags:UniversalPixelTrackingTag UniversalPixels:UniversalPixel
UserAssignedPermissionGroups:PermissionGroup UserAssignedPermissions:Permission
ViewableUserGroups:UserGroup
"""
"""The connections, without `Connection` at the end, and the types of their nodes."""

REMOVED = {"Campaign": ("campaignPacingSettings",), "AdGroupFlight": ("minimumSpendInAdvertiserCurrency",)}
"""Fields of the introspection that the vendor has removed since, by type. ``isValuePacing`` left the schema on
2025-06-15; the field around it goes with it here, since nothing else inside it is known.
``minimumSpendInAdvertiserCurrency`` is fully deprecated since 2025-10-01, replaced by an allocation."""

MORE_OBJECTS = """
AdGroupFlight: allocationInAdvertiserCurrency:Decimal allocationType:String
CampaignCloneJob: id:ID status:CloneJobStatus progressPercentage:Float cloneReport:String failureMessage:String
    cloneInfo:CampaignCloneInfo failedAdGroups:[FailedAdGroup]
CampaignCloneInfo: campaignClone:Campaign adGroupCloneMap:[AdGroupClone]
AdGroupClone: originalAdGroup:AdGroup clonedAdGroup:AdGroup
FailedAdGroup: adGroup:AdGroup failureMessage:String
UserError: field:[String] message:String
MutationError: field:[String] message:String
InSchemaError: field:[String] message:String
BulkJobQueryValidationError: field:[String] message:String queryErrors:[String]
BulkJob: id:ID status:BulkJobStatus completionPercentage:Float url:String rawResult:String runtimeErrors:[String]
    createdAt:DateTime completedAt:DateTime
BulkQueryJob: id:ID status:BulkJobStatus completionPercentage:Float url:String rawResult:String
    runtimeErrors:[String] createdAt:DateTime completedAt:DateTime queryGqlErrors:[String]
BulkMutationJob: id:ID status:BulkJobStatus completionPercentage:Float url:String rawResult:String
    runtimeErrors:[String] createdAt:DateTime completedAt:DateTime mutationGqlErrors:[MutationGqlError]
MutationGqlError: error:String index:Int
CampaignDelta: nextChangeTrackingVersion:Long moreAvailable:Boolean currentMinimumTrackingVersion:Long
    campaigns:[Campaign]
AdGroupDelta: nextChangeTrackingVersion:Long moreAvailable:Boolean currentMinimumTrackingVersion:Long
    adGroups:[AdGroup]
CreativeDelta: nextChangeTrackingVersion:Long moreAvailable:Boolean currentMinimumTrackingVersion:Long
    creatives:[Creative]
TrackingTagDelta: nextChangeTrackingVersion:Long moreAvailable:Boolean currentMinimumTrackingVersion:Long
    trackingTags:[TrackingTag]
CampaignBudgetSettingsUpdateReturn: id:ID
CampaignUpdateSeedReturn: id:ID
CampaignFlightDeleteReturn: id:ID
SeedCreateReturn: id:ID
AdvertiserDelta: nextChangeTrackingVersion:Long moreAvailable:Boolean currentMinimumTrackingVersion:Long
    advertisers:[Advertiser]
"""
"""Types and fields that the vendor's samples and newer documents select. Names of types that no sample shows are the
sandbox's; ``allocationType`` is an enum (``MINIMUM``, ``FIXED``) whose name nobody tells, so it is text here."""
