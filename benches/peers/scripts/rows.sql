-- CloudTrail records to the 25 columns of the table AWSCloudTrailLog; for DuckDB.
--
-- Cells are not cut, and the time is taken to be written as CloudTrail writes it. What is left of a
-- record is what a merge patch that has null for every claimed member leaves of it.
COPY (
  WITH records AS ({records}),
  claims AS (
    SELECT r, json_extract_string(r, [
      'eventTime', 'eventSource', 'awsRegion', 'eventCategory', 'eventID', 'eventName',
      'eventType', 'recipientAccountId', 'requestID', 'requestParameters', 'responseElements',
      'sourceIPAddress', 'userAgent', '$.userIdentity.accessKeyId', '$.userIdentity.accountId',
      '$.userIdentity.arn', '$.userIdentity.userName', '$.userIdentity.principalId',
      '$.userIdentity.type'
    ]) AS c,
    json_type(r, 'userIdentity') AS who
    FROM records
  ),
  rests AS (
    SELECT c, json_merge_patch(r, CASE WHEN who = 'OBJECT' THEN '{
      "eventTime": null, "eventSource": null, "awsRegion": null, "eventCategory": null,
      "eventID": null, "eventName": null, "eventType": null, "recipientAccountId": null,
      "requestID": null, "requestParameters": null, "responseElements": null,
      "sourceIPAddress": null, "userAgent": null, "userIdentity": {"accessKeyId": null,
      "accountId": null, "arn": null, "userName": null, "principalId": null, "type": null}}'
    ELSE '{
      "eventTime": null, "eventSource": null, "awsRegion": null, "eventCategory": null,
      "eventID": null, "eventName": null, "eventType": null, "recipientAccountId": null,
      "requestID": null, "requestParameters": null, "responseElements": null,
      "sourceIPAddress": null, "userAgent": null}' END) AS rest
    FROM claims
  )
  SELECT
    c[1][1:10] AS "DATE",
    c[1][12:19] AS "TIME",
    c[2] AS "SYSTEM",
    'AWSCloudTrailLog' AS "TABLE",
    NULL AS COLLECTIONDATETIME,
    NULL AS CWLDATETIME,
    c[1] AS DATETIME,
    c[3] AS AWSREGION,
    c[4] AS EVENTCATEGORY,
    c[5] AS EVENTID,
    c[6] AS EVENTNAME,
    c[7] AS EVENTTYPE,
    c[8] AS RECIPIENTACCOUNTID,
    c[9] AS REQUESTID,
    c[10] AS REQUESTPARAMETERS,
    c[11] AS RESPONSEELEMENTS,
    c[12] AS SRCADDR,
    c[13] AS USERAGENT,
    c[14] AS USERACCESSKEYID,
    c[15] AS USERAID,
    c[16] AS USERARN,
    c[17] AS USERNAME,
    c[18] AS USERPID,
    c[19] AS USERTYPE,
    CASE WHEN json_extract_string(rest, 'userIdentity') = '{}'
      THEN json_merge_patch(rest, '{"userIdentity": null}') ELSE rest END AS SNAREDATAMAP
  FROM rests
) TO '/dev/stdout' (FORMAT json);
