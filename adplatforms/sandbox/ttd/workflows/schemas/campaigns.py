"""Campaigns: what their operations take and answer. How to read a line: see `schemas`."""

CAMPAIGNS = """
CampaignBulkCreateWorkflowInputWithValidation: input!:[CampaignCreateWorkflowInput]?
    validateInputOnly:boolean? callbackInput:WorkflowCallbackInput
CampaignBulkUpdateWorkflowInputWithValidation: input!:[CampaignUpdateWorkflowInput]?
    validateInputOnly:boolean? callbackInput:WorkflowCallbackInput
CampaignCreatePassThroughFeesInput: type:PassThroughFeeType description:string? amount:number
CampaignCreateWorkflowAdvancedInput: purchaseOrderNumber:string? flights:[CampaignWorkflowFlightInput]?
    includeDefaultsFromAdvertiser:boolean passThroughFeeCard:CampaignCreateWorkflowPassThroughFeeCardInput
    callerSource:string? frequencyConfigs:[FrequencyConfig]?
CampaignCreateWorkflowBudgetInput: pacingMode!:CampaignPacingMode budgetInAdvertiserCurrency!:number
    budgetInImpressions:integer? dailyTargetInAdvertiserCurrency:number? dailyTargetInImpressions:integer?
CampaignCreateWorkflowIncrementalReachCampaignSetting: iSpotReachSetting:IncrementalReachBrandInput
    realyticsReachSetting:RealyticsReachSettingInput tvSquaredReachSetting:IncrementalReachBrandInput
    sambaAuReachSetting:IncrementalReachBrandInput
CampaignCreateWorkflowInput: primaryInput!:CampaignCreateWorkflowPrimaryInput
    advancedInput:CampaignCreateWorkflowAdvancedInput adGroups:[CampaignCreateWorkflowAdGroupInput]?
CampaignCreateWorkflowInputWithValidation: primaryInput!:CampaignCreateWorkflowPrimaryInput
    advancedInput:CampaignCreateWorkflowAdvancedInput adGroups:[CampaignCreateWorkflowAdGroupInput]?
    validateInputOnly:boolean?
CampaignCreateWorkflowPassThroughFeeCardInput: passThroughFees!:[CampaignCreatePassThroughFeesInput]
    startDateUtc:datetime?
CampaignCreateWorkflowPrimaryInput: advertiserId!:string name!:string primaryChannel!:CampaignChannelType
    primaryGoal!:CampaignWorkflowROIGoalInput description:string? campaignGroupId:integer?
    timeZone:string? customCPAClickWeight:number? customCPAViewthroughWeight:number?
    customCPAType:CustomCPAType customRoasType:CustomROASType impressionsOnlyBudgetingCpm:number?
    endDateInUtc:datetime? seedId:string?
    campaignConversionReportingColumns:[CampaignWorkflowCampaignConversionReportingColumnInput]?
    isManagedByTTD:boolean? secondaryGoal:CampaignWorkflowROIGoalInput
    tertiaryGoal:CampaignWorkflowROIGoalInput customLabelNames:[string]? startDateInUtc:datetime?
    budget:CampaignCreateWorkflowBudgetInput
    campaignIncrementalReachSetting:CampaignCreateWorkflowIncrementalReachCampaignSetting
CampaignFlightWorkflow: id!:string? startDateInclusiveUTC!:datetime budgetInAdvertiserCurrency!:number
    endDateExclusiveUTC:datetime? budgetInImpressions:integer? dailyTargetInAdvertiserCurrency:number?
    dailyTargetInImpressions:integer?
CampaignPayload: campaign:CampaignWorkflow adGroups:[AdGroupWorkflow]?
CampaignUpdateWorkflowAdvancedInput: purchaseOrderNumber:string?
CampaignUpdateWorkflowBudgetInput: pacingMode!:CampaignPacingMode
CampaignUpdateWorkflowInput: id!:string? primaryInput:CampaignUpdateWorkflowPrimaryInput
    advancedInput:CampaignUpdateWorkflowAdvancedInput
CampaignUpdateWorkflowInputWithValidation: id!:string? primaryInput:CampaignUpdateWorkflowPrimaryInput
    advancedInput:CampaignUpdateWorkflowAdvancedInput validateInputOnly:boolean?
CampaignUpdateWorkflowPrimaryInput: description:string? campaignGroupId:integer? timeZone:string?
    customCPAClickWeight:number? customCPAViewthroughWeight:number? customCPAType:CustomCPAType
    customRoasType:CustomROASType impressionsOnlyBudgetingCpm:number? endDateInUtc:datetime?
    seedId:string?
    campaignConversionReportingColumns:[CampaignWorkflowCampaignConversionReportingColumnInput]?
    isManagedByTTD:boolean? secondaryGoal:CampaignWorkflowROIGoalInput
    tertiaryGoal:CampaignWorkflowROIGoalInput name:string? primaryChannel:CampaignChannelType
    primaryGoal:CampaignWorkflowROIGoalInput startDateInUtc:datetime?
    budget:CampaignUpdateWorkflowBudgetInput
CampaignVersionWorkflow: Id!:string? version:string? budgetingVersion:string?
CampaignWorkflow: id!:string? name:string? campaignGroupId:integer? description:string?
    startDate:datetime? endDate:datetime? timeZone:string? customCPAClickWeight:number?
    customCPAViewthroughWeight:number? customCPAType:CustomCPAType impressionsOnlyBudgetingCpm:number?
    primaryChannel:CampaignChannelType primaryGoal:string? seedId:string?
    conversionReportingColumnsCount:integer? flights:[CampaignFlightWorkflow]? secondaryGoal:string?
    tertiaryGoal:string?
CampaignWorkflowCampaignConversionReportingColumnInput: trackingTagId!:string includeInCustomCPA!:boolean
    reportingColumnId!:integer ROASConfig:CustomROASConfig
    productListReportingType:ProductListReportingTypeInput weight:number?
    crossDeviceAttributionModelId:string?
CampaignWorkflowFlightInput: startDateInclusiveUTC!:datetime budgetInAdvertiserCurrency!:number
    endDateExclusiveUTC:datetime? budgetInImpressions:integer? dailyTargetInAdvertiserCurrency:number?
    dailyTargetInImpressions:integer?
CampaignWorkflowROIGoalInput: maximizeReach:boolean? maximizeLtvIncrementalReach:boolean?
    cpcInAdvertiserCurrency:number? ctrInPercent:number? nielsenOTPInPercent:number?
    cpaInAdvertiserCurrency:number? returnOnAdSpendPercent:number? vcrInPercent:number?
    viewabilityInPercent:number? vcpmInAdvertiserCurrency:number? cpcvInAdvertiserCurrency:number?
    miaozhenOTPInPercent:number? iqviaAudienceQualityIndex:boolean? crossixAudienceQualityIndex:boolean?
    iqviaAudienceQualityIndexAndCostPerTarget:boolean? crossixCostPerTarget:boolean?
    NewBuyerTargetValue:integer?
CustomROASConfig: includeInCustomROAS!:boolean customROASWeight:number? customROASClickWeight:number?
    customROASViewthroughWeight:number?
FrequencyConfig: counterName:string? frequencyCap:integer? frequencyGoal:integer?
    resetIntervalInMinutes:integer
IncrementalReachBrandInput: id:integer name:string? isActive:boolean
IncrementalReachProductInput: id:integer name:string?
RealyticsReachSettingInput: id:integer name:string? isActive:boolean
    products:[IncrementalReachProductInput]? realyticsEntertainmentInput:RealyticsEntertainmentType
"""
