"""Jobs, the two passthroughs and problem details: what they take and answer. How to read a line: see `schemas`."""

OTHERS = """
CallRestAPIWorkflowInput: methodType!:RestAPIMethodType endpoint!:string? dataBody:string?
FirstPartyDataInput: advertiserId!:string nameFilter:string? queryShape:string?
    callbackInput:WorkflowCallbackInput
GraphQLBulkJobError: message!:string? field:[string]? additionalData:{string}?
GraphQLBulkJobRetrievalResponse: job:GraphQlBulkJob errors:string?
GraphQLRequestInput: request!:string variables:{any}? betaFeatures:string?
GraphQlBulkJob: id!:integer createdAt!:datetime status!:BulkJobStatus runtimeErrors!:[string]?
    completedAt:datetime? completionPercentage:number? url:string? rawResult:string?
    queryGqlErrors:[string]?
GraphQlBulkJobCallbackInput: callbackUrl!:string callbackHeaders:[KeyValuePairOfStringAndStringInput]?
GraphQlBulkJobPayload: data:GraphQlBulkJob errors:[GraphQLBulkJobError]?
GraphQlBulkJobResponse: payload:GraphQlBulkJobPayload errors:string?
GraphQlQueryJobInput: query!:string callbackInput:GraphQlBulkJobCallbackInput betaFeatures:string?
KeyValuePairOfStringAndStringInput: key!:string? value!:string?
ProblemDetailsErrorData: type:string? title:string? status:integer? detail:string? instance:string?
StandardJobStatusResponse: id!:integer createdAtUtc!:datetime status!:WorkflowStatus
    completedAtUtc:datetime? completionPercentage:number? url:string? rawResult:string? errors:string?
StandardJobSubmitResponse: id!:integer
ThirdPartyDataInput: partnerId!:string queryShape:string? callbackInput:WorkflowCallbackInput
WorkflowCallbackInput: callbackUrl!:string callbackHeaders:{string}?
"""
