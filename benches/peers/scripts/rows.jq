# A CloudTrail record to the 25 columns of the table AWSCloudTrailLog; for jq and jaq.
#
# Cells are not cut, and the time is taken to be written as CloudTrail writes it.
def document: if . == null or type == "string" then . else tojson end;

(if (.userIdentity | type) == "object" then .userIdentity else {} end) as $who
| ($who | del(.accessKeyId, .accountId, .arn, .userName, .principalId, .type)) as $left
| {
  DATE: (.eventTime | if . then .[0:10] else . end),
  TIME: (.eventTime | if . then .[11:19] else . end),
  SYSTEM: .eventSource,
  TABLE: "AWSCloudTrailLog",
  COLLECTIONDATETIME: null,
  CWLDATETIME: null,
  DATETIME: .eventTime,
  AWSREGION: .awsRegion,
  EVENTCATEGORY: .eventCategory,
  EVENTID: .eventID,
  EVENTNAME: .eventName,
  EVENTTYPE: .eventType,
  RECIPIENTACCOUNTID: .recipientAccountId,
  REQUESTID: .requestID,
  REQUESTPARAMETERS: (.requestParameters | document),
  RESPONSEELEMENTS: (.responseElements | document),
  SRCADDR: .sourceIPAddress,
  USERAGENT: .userAgent,
  USERACCESSKEYID: $who.accessKeyId,
  USERAID: $who.accountId,
  USERARN: $who.arn,
  USERNAME: $who.userName,
  USERPID: $who.principalId,
  USERTYPE: $who.type,
  SNAREDATAMAP: (
    del(.eventTime, .eventSource, .awsRegion, .eventCategory, .eventID, .eventName, .eventType,
      .recipientAccountId, .requestID, .requestParameters, .responseElements, .sourceIPAddress,
      .userAgent)
    | if (.userIdentity | type) != "object" then .
      elif $left == {} and $who != {} then del(.userIdentity)
      else .userIdentity = $left end)
}
