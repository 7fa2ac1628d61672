//! Calls of everyday operation: logs, metrics, stacks, configuration, queries, domains.

use super::{Call, read, write};

const STACK: &str = r#"{"stackName":"${stackArn}"}"#;

/// The calls.
pub(crate) const CALLS: &[Call] = &[
    read("logs", "DescribeLogGroups", 14)
        .request(r#"{"logGroupNamePrefix":"${logGroup}","limit":${int:1-50}}"#),
    read("logs", "DescribeLogStreams", 8)
        .request(
            r#"{"logGroupName":"${logGroup}","orderBy":"LastEventTime","descending":true,
            "limit":50}"#,
        )
        .fails("ResourceNotFoundException", "The specified log group does not exist."),
    read("logs", "FilterLogEvents", 6).request(
        r#"{"logGroupName":"${logGroup}","filterPattern":"{ ($.level \u003d \"ERROR\")
        $_\u0026\u0026 ($.app \u003d \"${app}\") }","startTime":${epoch}000,"interleaved":true}"#,
    ),
    write("logs", "CreateLogStream", 26)
        .request(
            r#"{"logGroupName":"/aws/lambda/${function}",
            "logStreamName":"2024/02/12/[$LATEST]${hex:32}"}"#,
        )
        .fails("ResourceAlreadyExistsException", "The specified log stream already exists"),
    write("logs", "CreateLogGroup", 4)
        .request(r#"{"logGroupName":"${logGroup}","tags":{"app":"${app}","note":"${note}"}}"#),
    write("logs", "PutRetentionPolicy", 3)
        .request(r#"{"logGroupName":"${logGroup}","retentionInDays":$(7$|30$|90.0$|365$)}"#),
    write("logs", "StartQuery", 3)
        .request(
            r#"{"logGroupNames":[$[1-20:"${logGroup}"$]],"startTime":${epoch},"endTime":${epoch},
            "queryString":"fields @timestamp, @message\n| filter @message like /(?i)timeout|
            refused/\n| stats count(*) as hits by bin(5m), `app-${app}`\n| sort hits desc\n|
            $_limit ${int:10-1000}"}"#,
        )
        .response(r#"{"queryId":"${uuid}"}"#),
    read("monitoring", "DescribeAlarms", 12)
        .request(r#"{"alarmNamePrefix":"TargetTracking-table/${table}","maxRecords":100}"#),
    read("monitoring", "GetMetricData", 12).request(
        r#"{"startTime":"${past}","endTime":"${time}","metricDataQueries":[$[1-90:{
        "id":"m${int:1-500}","metricStat":{"metric":{"namespace":"AWS/$(EC2$|RDS$|Lambda$|SQS$)",
        "metricName":"$(CPUUtilization$|Duration$|Errors$|ApproximateAgeOfOldestMessage$)",
        "dimensions":[{"name":"Name","value":"${app}"}]},"period":$(60$|300$|300.0$),
        "stat":"Average"},"returnData":${ok}}$]],"scanBy":"TimestampDescending"}"#,
    ),
    write("monitoring", "PutMetricAlarm", 5).request(
        r#"{"alarmName":"${app} 5xx > ${int:1-9} %","alarmDescription":"${note}",
        "actionsEnabled":${ok},"alarmActions":["arn:aws:sns:${region}:${account}:${app}-oncall"],
        "metricName":"HTTPCode_Target_5XX_Count","namespace":"AWS/ApplicationELB",
        "statistic":"Sum","period":60,"evaluationPeriods":${int:1-5},"threshold":${int:1-900}.0,
        "comparisonOperator":"GreaterThanThreshold","treatMissingData":"notBreaching",
        "dimensions":[{"name":"LoadBalancer","value":"app/${app}-${env}/${hex:16}"}]}"#,
    ),
    write("monitoring", "PutDashboard", 3).request(
        r##"{"dashboardName":"${app}-${env}","dashboardBody":"{\"start\":\"-PT6H\",\"widgets\":[
        $[2-90:{\"type\":\"metric\",\"x\":${int:0-18},\"y\":${int:0-60},\"width\":6,\"height\":6,
        \"properties\":{\"title\":\"${app} – p99 of ${env}\",\"view\":\"timeSeries\",
        \"region\":\"${region}\",
        \"metrics\":[[\"AWS/Lambda\",\"Duration\",\"FunctionName\",\"${function}\",{\"stat\":
        \"p99\",\"color\":\"#${hex:6}\"}]]}}$]]}"}"##,
    ),
    read("cloudformation", "DescribeStacks", 22)
        .request(STACK)
        .fails("ValidationException", "Stack with id ${stack} does not exist"),
    read("cloudformation", "DescribeStackEvents", 12).request(STACK),
    read("cloudformation", "GetTemplate", 4)
        .request(r#"{"stackName":"${stack}","templateStage":"Original"}"#),
    write("cloudformation", "CreateChangeSet", 3)
        .request(
            r#"{"stackName":"${stackArn}","changeSetName":"deploy-${digits:10}",
            "capabilities":["CAPABILITY_IAM","CAPABILITY_AUTO_EXPAND"],"parameters":[$[1-60:{
            "parameterKey":"${app}Param${int:1-99}","parameterValue":"$(****$|${digits:6}$|
            ${note}$)"}$]],"templateURL":"https://${bucket}.s3.${region}.amazonaws.com/${hex:64}.
            json","tags":[${tags}],"clientToken":"${uuid}"}"#,
        )
        .response(
            r#"{"id":"arn:aws:cloudformation:${region}:${account}:changeSet/deploy-${digits:10}/
            ${uuid#2}","stackId":"${stackArn}"}"#,
        ),
    write("cloudformation", "DeleteStack", 1).request(STACK),
    read("config", "DescribeConfigRules", 5).request(r#"{"configRuleNames":["${policy}"]}"#),
    read("config", "SelectResourceConfig", 3).request(
        r#"{"expression":"SELECT resourceId, resourceType, configuration.state.value WHERE
        $_resourceType \u003d 'AWS::EC2::Instance' AND tags.tag \u003d 'app\u003d${app}'",
        "limit":${int:1-100}}"#,
    ),
    write("config", "PutEvaluations", 6).request(
        r#"{"evaluations":[$[1-100:{"complianceResourceType":"AWS::EC2::Volume",
        "complianceResourceId":"${volume}","complianceType":"$(COMPLIANT$|NON_COMPLIANT$)",
        "orderingTimestamp":"${usPast}"}$]],"resultToken":"${base64:320}","testMode":false}"#,
    ),
    read("tagging", "GetResources", 6).request(
        r#"{"tagFilters":[{"key":"team","values":["${app}"]}],"resourcesPerPage":100,
        "paginationToken":"$(${base64:160}=$|$)"}"#,
    ),
    read("route53", "ListHostedZones", 4),
    read("route53", "ListResourceRecordSets", 5)
        .request(r#"{"hostedZoneId":"Z${base32:13}","maxItems":"300"}"#)
        .fails("NoSuchHostedZone", "No hosted zone found with ID: Z${base32:13}"),
    write("route53", "ChangeResourceRecordSets", 3)
        .request(
            r#"{"hostedZoneId":"Z${base32:13}","changeBatch":{"comment":"${note}","changes":[
            $[1-40:{"action":"UPSERT","resourceRecordSet":{"name":"${host}.","type":"A","tTL":60,
            "resourceRecords":[{"value":"${ip}"}]}}$]]}}"#,
        )
        .response(
            r#"{"changeInfo":{"id":"/change/C${base32:19}","status":"PENDING",
            "submittedAt":"${usPast}"}}"#,
        ),
    write("cloudfront", "CreateInvalidation", 2)
        .request(
            r#"{"distributionId":"E${base32:13}","invalidationBatch":{"paths":{"quantity":2,
            "items":["/index.html","/assets/*"]},"callerReference":"${app}-${digits:10}"}}"#,
        )
        .response(
            r#"{"invalidation":{"id":"I${base32:13}","status":"InProgress",
            "createTime":"${usPast}","invalidationBatch":{"paths":{"quantity":2,"items":[
            "/index.html","/assets/*"]},"callerReference":"${app}-${digits:10}"}},
            "location":"https://cloudfront.amazonaws.com/2020-05-31/distribution/E${base32:13}/
            invalidation/I${base32#2:13}"}"#,
        ),
    read("sqs", "GetQueueAttributes", 12).request(
        r#"{"queueUrl":"https://sqs.${region}.amazonaws.com/${account}/${app}-${env}",
        "attributeNames":["$(All$|QueueArn$|ApproximateNumberOfMessages$)"]}"#,
    ),
    read("sns", "ListSubscriptionsByTopic", 4)
        .request(r#"{"topicArn":"arn:aws:sns:${region}:${account}:${app}-oncall"}"#),
    write("sns", "Publish", 5)
        .request(
            r#"{"topicArn":"arn:aws:sns:${region}:${account}:${app}-oncall",
            "message":"HIDDEN_DUE_TO_SECURITY_REASONS","messageStructure":"json"}"#,
        )
        .response(r#"{"messageId":"${uuid}"}"#)
        .resources(
            r#"[{"accountId":"${account}","type":"AWS::SNS::Topic",
            "ARN":"arn:aws:sns:${region}:${account}:${app}-oncall"}]"#,
        )
        .data(),
    write("athena", "StartQueryExecution", 6)
        .request(
            r#"{"queryString":"SELECT date_trunc('hour', from_iso8601_timestamp(eventtime)) AS h,
            $_useridentity.arn, count(*)\nFROM \"${app}_logs\".\"cloudtrail\"\nWHERE eventname IN (
            $[1-60:'Get${alphanumeric:8}'$])\n  AND \"timestamp\" \u003e\u003d '2024/02/01'\n
            GROUP BY 1, 2 -- ${note}","clientRequestToken":"${uuid}",
            "queryExecutionContext":{"database":"${app}_logs"},"workGroup":"primary",
            "resultConfiguration":{"outputLocation":"s3://${bucket}/athena/"}}"#,
        )
        .response(r#"{"queryExecutionId":"${uuid#2}"}"#),
    read("glue", "GetTable", 8)
        .request(
            r#"{"catalogId":"${account}","databaseName":"${app}_lake","name":"${app}_events"}"#,
        )
        .fails("EntityNotFoundException", "Entity Not Found"),
    write("states", "StartExecution", 5)
        .request(
            r#"{"stateMachineArn":"arn:aws:states:${region}:${account}:stateMachine:${app}-flow",
            "name":"${uuid}","input":"HIDDEN_DUE_TO_SECURITY_REASONS"}"#,
        )
        .response(
            r#"{"executionArn":"arn:aws:states:${region}:${account}:execution:${app}-flow:${uuid}",
            "startDate":"${usPast}"}"#,
        ),
    write("states", "UpdateStateMachine", 1).request(
        r#"{"stateMachineArn":"arn:aws:states:${region}:${account}:stateMachine:${app}-flow",
        "definition":"{\"Comment\":\"Flow of ${app} 🚚\",\"StartAt\":\"Step1\",\"States\":{
        $[2-60:\"Step${int:1-99}\":{\"Type\":\"Task\",\"Resource\":\"${functionArn}\",\"Retry\":[{
        \"ErrorEquals\":[\"States.ALL\"],\"BackoffRate\":1.5}],\"Next\":\"Done\"}$]}}"}"#,
    ),
    write("events", "PutRule", 2)
        .request(
            r#"{"name":"${app}-schedule","scheduleExpression":"rate(5 minutes)",
            "state":"ENABLED","description":"${note}","eventPattern":"{\"source\":[\"aws.s3\"],
            \"detail-type\":[\"Object Created\"],\"detail\":{\"bucket\":{\"name\":[
            \"${bucket}\"]}}}"}"#,
        )
        .response(r#"{"ruleArn":"arn:aws:events:${region}:${account}:rule/${app}-schedule"}"#),
    write("bedrock", "InvokeModel", 4)
        .request(r#"{"modelId":"example.text-$(small$|large$)-v1:0"}"#)
        .additional(r#"{"inferenceRegion":"${region}"}"#)
        .fails("ThrottlingException", "Too many requests, please wait before trying again."),
    read("health", "DescribeEventAggregates", 6).request(
        r#"{"filter":{"eventStatusCodes":["open","upcoming"]},
        "aggregateField":"eventTypeCategory"}"#,
    ),
];
