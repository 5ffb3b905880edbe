"""Ad groups: what their operations take and answer. How to read a line: see `schemas`."""

AD_GROUPS = """
AdGroupAssociateBidList: bidListId!:string? isEnabled!:boolean isDefaultForDimension!:boolean
AdGroupAudienceTargeting: audienceAcceleratorExclusionsEnabled!:boolean audienceBoosterEnabled!:boolean
    audienceExcluderEnabled!:boolean audiencePredictorEnabled!:boolean
    crossDeviceVendorListForAudience!:[integer]? recencyExclusionWindowInMinutes!:integer
    targetTrackableUsersEnabled!:boolean useMcIdAsPrimary!:boolean audienceId:string?
AdGroupBudget: allocationType!:AllocationType budgetInAdvertiserCurrency!:number
    budgetInImpressions:integer? dailyTargetInAdvertiserCurrency:number? dailyTargetInImpressions:integer?
AdGroupBulkCreateWorkflowInputWithValidation: input!:[AdGroupCreateWorkflowInput]?
    validateInputOnly:boolean? callbackInput:WorkflowCallbackInput
AdGroupBulkUpdateWorkflowInputWithValidation: input!:[AdGroupUpdateWorkflowInput]?
    validateInputOnly:boolean? callbackInput:WorkflowCallbackInput
AdGroupComscoreSettings: isEnabled!:boolean demographicMemberIds!:[integer]?
    mobileDemographicMemberIds!:[integer]? populationId:integer?
AdGroupContractTargeting: allowOpenMarketBiddingWhenTargetingContracts!:boolean
AdGroupCreateWorkflowInput: primaryInput!:AdGroupCreateWorkflowPrimaryInput campaignId!:string?
    advancedInput:AdGroupWorkflowAdvancedInput
AdGroupCreateWorkflowInputWithValidation: primaryInput!:AdGroupCreateWorkflowPrimaryInput
    campaignId!:string? advancedInput:AdGroupWorkflowAdvancedInput validateInputOnly:boolean?
AdGroupCreateWorkflowPrimaryInput: name!:string? channel!:AdGroupChannel
    funnelLocation!:AdGroupFunnelLocation isEnabled:boolean? description:string?
    budget:AdGroupWorkflowBudgetInput baseBidCPMInAdvertiserCurrency:number?
    maxBidCPMInAdvertiserCurrency:number? audienceTargeting:AdGroupWorkflowAudienceTargetingInput
    roiGoal:AdGroupWorkflowROIGoalInput creativeIds:[string]?
    associatedBidLists:[AdGroupWorkflowAssociateBidListInput]? marketType:MarketTypeInput
    programmaticGuaranteedPrivateContractId:string? includeDefaultsFromCampaign:boolean
AdGroupFlight: allocationType!:AllocationType budgetInAdvertiserCurrency!:number campaignFlightId!:integer
    adGroupId!:string? budgetInImpressions:integer? dailyTargetInAdvertiserCurrency:number?
    dailyTargetInImpressions:integer?
AdGroupKoaOptimizationSettings: areFutureKoaFeaturesEnabled:boolean predictiveClearingEnabled:boolean
AdGroupNielsenTrackingAttributes: enhancedReportingOption!:EnhancedNielsenReportingOptions
    gender!:TargetingGender startAge!:TargetingStartAge endAge!:TargetingEndAge countries!:[string]?
AdGroupPayload: adGroup:AdGroupWorkflow
AdGroupROIGoal: maximizeReach:boolean? maximizeLtvIncrementalReach:boolean?
    cpcInAdvertiserCurrency:number? ctrInPercent:number? nielsenOTPInPercent:number?
    cpaInAdvertiserCurrency:number? returnOnAdSpendPercent:number? vcrInPercent:number?
    viewabilityInPercent:number? vcpmInAdvertiserCurrency:number? cpcvInAdvertiserCurrency:number?
    miaozhenOTPInPercent:number?
AdGroupUpdateWorkflowInput: id!:string? primaryInput:AdGroupUpdateWorkflowPrimaryInput
    advancedInput:AdGroupWorkflowAdvancedInput
AdGroupUpdateWorkflowInputWithValidation: id!:string? primaryInput:AdGroupUpdateWorkflowPrimaryInput
    advancedInput:AdGroupWorkflowAdvancedInput validateInputOnly:boolean?
AdGroupUpdateWorkflowPrimaryInput: isEnabled:boolean? description:string?
    budget:AdGroupWorkflowBudgetInput baseBidCPMInAdvertiserCurrency:number?
    maxBidCPMInAdvertiserCurrency:number? audienceTargeting:AdGroupWorkflowAudienceTargetingInput
    roiGoal:AdGroupWorkflowROIGoalInput creativeIds:[string]?
    associatedBidLists:[AdGroupWorkflowAssociateBidListInput]? name:string? channel:AdGroupChannel
    funnelLocation:AdGroupFunnelLocation marketType:MarketTypeInput
AdGroupWorkflow: id!:string? name!:string? campaignId!:string? isEnabled!:boolean channel!:AdGroupChannel
    funnelLocation!:AdGroupFunnelLocation budget!:AdGroupBudget roiGoal!:AdGroupROIGoal
    creativeIds!:[string]? associatedBidLists!:[AdGroupAssociateBidList]? flights!:[AdGroupFlight]?
    comscoreSettings!:AdGroupComscoreSettings contractTargeting!:AdGroupContractTargeting
    dimensionalBiddingAutoOptimizationSettings!:[[DimensionalBiddingDimensions]]?
    isUseClicksAsConversionsEnabled!:boolean isUseSecondaryConversionsEnabled!:boolean description:string?
    programmaticGuaranteedPrivateContractId:string? baseBidCPMInAdvertiserCurrency:number?
    maxBidCPMInAdvertiserCurrency:number? marketType:MarketType audienceTargeting:AdGroupAudienceTargeting
    koaOptimizationSettings:AdGroupKoaOptimizationSettings
    nielsenTrackingAttributes:AdGroupNielsenTrackingAttributes
AdGroupWorkflowAdvancedInput: koaOptimizationSettings:AdGroupWorkflowKoaOptimizationSettingsInput
    comscoreSettings:AdGroupWorkflowComscoreSettingsInput
    contractTargeting:AdGroupWorkflowContractTargetingInput
    dimensionalBiddingAutoOptimizationSettings:[[DimensionalBiddingDimensions]]?
    isUseClicksAsConversionsEnabled:boolean? isUseSecondaryConversionsEnabled:boolean?
    nielsenTrackingAttributes:AdGroupWorkflowNielsenTrackingAttributesInput
    newFrequencyConfigs:[AdGroupWorkflowNewFrequencyConfigInput]?
    inventoryTargeting:AdGroupWorkflowInventoryTargetingInput isNonDecisioned:boolean?
    flights:[AdGroupWorkflowFlightInput]? callerSource:string?
AdGroupWorkflowAssociateBidListInput: bidListId!:string isEnabled:boolean? isDefaultForDimension:boolean?
AdGroupWorkflowAudienceTargetingInput: audienceId:string? audienceAcceleratorExclusionsEnabled:boolean?
    audienceBoosterEnabled:boolean? audienceExcluderEnabled:boolean? audiencePredictorEnabled:boolean?
    crossDeviceVendorListForAudience:[integer]? recencyExclusionWindowInMinutes:integer?
    targetTrackableUsersEnabled:boolean? useMcIdAsPrimary:boolean?
AdGroupWorkflowBudgetInput: allocationType:AllocationType budgetInAdvertiserCurrency:number?
    budgetInImpressions:integer? dailyTargetInAdvertiserCurrency:number? dailyTargetInImpressions:integer?
AdGroupWorkflowComscoreSettingsInput: isEnabled!:boolean populationId:integer?
    demographicMemberIds:[integer]? mobileDemographicMemberIds:[integer]?
AdGroupWorkflowContractTargetingInput: allowOpenMarketBiddingWhenTargetingContracts:boolean?
AdGroupWorkflowFlightInput: campaignFlightId!:integer allocationType:AllocationType
    budgetInAdvertiserCurrency:number? budgetInImpressions:integer?
    dailyTargetInAdvertiserCurrency:number? dailyTargetInImpressions:integer?
AdGroupWorkflowInventoryTargetingInput: dealGroupIdsToInclude:[string]? dealGroupIdsToExclude:[string]?
    dealIdsToExclude:[integer]? dealIdsToInclude:[integer]? includeDefaultOnDeals:boolean?
AdGroupWorkflowKoaOptimizationSettingsInput: areFutureKoaFeaturesEnabled:boolean?
    predictiveClearingEnabled:boolean?
AdGroupWorkflowNewFrequencyConfigInput: counterName!:string? frequencyCap:integer? frequencyGoal:integer?
    resetIntervalInMinutes:integer
AdGroupWorkflowNielsenTrackingAttributesInput: gender!:TargetingGenderInput
    startAge!:TargetingStartAgeInput endAge!:TargetingEndAgeInput countries!:[string]?
    enhancedReportingOption:EnhancedNielsenReportingOptionsInput
AdGroupWorkflowROIGoalInput: maximizeReach:boolean? maximizeLtvIncrementalReach:boolean?
    cpcInAdvertiserCurrency:number? ctrInPercent:number? nielsenOTPInPercent:number?
    cpaInAdvertiserCurrency:number? returnOnAdSpendPercent:number? vcrInPercent:number?
    viewabilityInPercent:number? vcpmInAdvertiserCurrency:number? cpcvInAdvertiserCurrency:number?
    miaozhenOTPInPercent:number?
CampaignCreateWorkflowAdGroupAdvancedInput:
    koaOptimizationSettings:AdGroupWorkflowKoaOptimizationSettingsInput
    comscoreSettings:AdGroupWorkflowComscoreSettingsInput
    contractTargeting:AdGroupWorkflowContractTargetingInput
    dimensionalBiddingAutoOptimizationSettings:[[DimensionalBiddingDimensions]]?
    isUseClicksAsConversionsEnabled:boolean? isUseSecondaryConversionsEnabled:boolean?
    nielsenTrackingAttributes:AdGroupWorkflowNielsenTrackingAttributesInput
    newFrequencyConfigs:[AdGroupWorkflowNewFrequencyConfigInput]?
    inventoryTargeting:AdGroupWorkflowInventoryTargetingInput isNonDecisioned:boolean?
    includeDefaultsFromCampaign:boolean flights:[CampaignCreateWorkflowAdGroupFlightInput]?
CampaignCreateWorkflowAdGroupFlightInput: allocationType:AllocationType budgetInAdvertiserCurrency:number?
    budgetInImpressions:integer? dailyTargetInAdvertiserCurrency:number? dailyTargetInImpressions:integer?
CampaignCreateWorkflowAdGroupInput: primaryInput!:AdGroupCreateWorkflowPrimaryInput
    advancedInput:CampaignCreateWorkflowAdGroupAdvancedInput
"""
