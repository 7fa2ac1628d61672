//! Calls to machines: EC2, Lambda, containers, scaling, load balancing.

use super::{Call, read, write};

const FILTERS: &str = r#"{"filterSet":{"items":[{"name":"vpc-id","valueSet":{"items":[
    {"value":"${vpc}"}]}},{"name":"tag:$(Name$|team$|Environment$)","valueSet":{"items":[
    {"value":"${app}"}]}}]}}"#;

const FUNCTION: &str = r#"{"functionName":"${function}","functionArn":"${functionArn}",
    "runtime":"$(python3.12$|nodejs20.x$|provided.al2023$)",
    "role":"arn:aws:iam::${account}:role/${app}-lambda","handler":"index.handler",
    "codeSize":${size},"description":"${note}","timeout":${int:3-900},"memorySize":${int:128-3008},
    "lastModified":"${time}","codeSha256":"${base64:43}=","version":"$LATEST","vpcConfig":{
    "subnetIds":["${subnet}","${subnet#2}"],"securityGroupIds":["${group}"],"vpcId":"${vpc}"},
    "environment":{},"tracingConfig":{"mode":"PassThrough"},"revisionId":"${uuid}",
    "state":"Active","lastUpdateStatus":"$(Successful$|InProgress$)","packageType":"Zip",
    "architectures":["$(x86_64$|arm64$)"],"ephemeralStorage":{"size":512},
    "loggingConfig":{"logFormat":"Text","logGroup":"/aws/lambda/${function}"}}"#;

/// The calls.
pub(crate) const CALLS: &[Call] = &[
    read("ec2", "DescribeInstances", 44).request(
        r#"{"maxResults":${int:5-1000},"instancesSet":{$(
        "items":[$[1-200:{"instanceId":"${instance}"}$]]$|$|$)},"filterSet":{"items":[{
        "name":"instance-state-name","valueSet":{"items":[{"value":"running"},
        {"value":"$(pending$|stopping$|stopped$)"}]}}]}}"#,
    ),
    read("ec2", "DescribeInstanceStatus", 14)
        .request(
            r#"{"instancesSet":{"items":[$[1-40:{"instanceId":"${instance}"}$]]},"filterSet":{},
            "includeAllInstances":${ok}}"#,
        )
        .fails(
            "Client.InvalidInstanceID.NotFound",
            "The instance IDs '${instance}, ${instance#2}' do not exist",
        ),
    read("ec2", "DescribeSecurityGroups", 20).request(
        r#"{"securityGroupSet":{},"securityGroupIdSet":{"items":[$[1-30:{"groupId":"${group}"}$]]},
        "filterSet":{}}"#,
    ),
    read("ec2", "DescribeSubnets", 16).request(FILTERS),
    read("ec2", "DescribeVpcs", 14).request(r#"{"vpcSet":{},"filterSet":{}}"#),
    read("ec2", "DescribeRouteTables", 16)
        .request(
            r#"{"routeTableIdSet":{"items":[{"routeTableId":"${routeTable}"}]},"filterSet":{}}"#,
        )
        .fails(
            "Client.InvalidRouteTableID.NotFound",
            "The routeTable ID '${routeTable}' does not exist",
        ),
    read("ec2", "DescribeNetworkInterfaces", 16).request(FILTERS),
    read("ec2", "DescribeVolumes", 10)
        .request(r#"{"volumeSet":{"items":[$[1-24:{"volumeId":"${volume}"}$]]},"filterSet":{}}"#),
    read("ec2", "DescribeSnapshots", 6).request(
        r#"{"snapshotSet":{},"ownersSet":{"items":[{"owner":"self"}]},"sharedUsersSet":{},
        "filterSet":{},"maxResults":1000}"#,
    ),
    read("ec2", "DescribeImages", 8).request(
        r#"{"executableBySet":{},"imagesSet":{},"ownersSet":{"items":[{"owner":"${account}"},
        {"owner":"amazon"}]},"filterSet":{"items":[{"name":"name","valueSet":{"items":[{
        "value":"example-base-${app}-*"}]}}]},"includeDeprecated":${ok}}"#,
    ),
    read("ec2", "DescribeAvailabilityZones", 6).request(
        r#"{"availabilityZoneSet":{},"availabilityZoneIdSet":{},"allAvailabilityZones":false}"#,
    ),
    read("ec2", "DescribeAccountAttributes", 5).request(
        r#"{"accountAttributeNameSet":{"items":[{"attributeName":"supported-platforms"}]},
        "filterSet":{}}"#,
    ),
    read("ec2", "DescribeVpcAttribute", 8)
        .request(r#"{"vpcId":"${vpc}","attribute":"$(enableDnsSupport$|enableDnsHostnames$)"}"#),
    read("ec2", "DescribeTags", 8).request(
        r#"{"maxResults":500.0,"filterSet":{"items":[{"name":"resource-id","valueSet":{"items":[
        $[1-80:{"value":"${instance}"}$]]}}]}}"#,
    ),
    read("ec2", "GetPasswordData", 2).request(r#"{"instanceId":"${instance}"}"#),
    write("ec2", "RunInstances", 5)
        .request(
            r#"{"instancesSet":{"items":[{"imageId":"${image}","minCount":1,"maxCount":1,
            "keyName":"${app}-key"}]},"userData":"<sensitiveDataRemoved>",
            "instanceType":"$(t3.micro$|m6i.large$|c7g.xlarge$|r6a.2xlarge$)",
            "blockDeviceMapping":{"items":[{"deviceName":"/dev/xvda","ebs":{
            "volumeSize":${int:8-500},"deleteOnTermination":true,"volumeType":"gp3",
            "encrypted":${ok}}}]},"availabilityZone":"${zone}","monitoring":{"enabled":${ok}},
            "disableApiTermination":false,"iamInstanceProfile":{"name":"${app}-instance"},
            "networkInterfaceSet":{"items":[{"deviceIndex":0,"subnetId":"${subnet}","groupSet":{
            "items":[{"groupId":"${group}"}]}}]},"clientToken":"${uuid}","tagSpecificationSet":{
            "items":[{"resourceType":"instance","tags":[${tags}]}]},"metadataOptions":{
            "httpTokens":"required","httpPutResponseHopLimit":2}}"#,
        )
        .response(
            r#"{"requestId":"${requestId}","reservationId":"r-0${hex:16}","ownerId":"${account}",
            "groupSet":{},"instancesSet":{"items":[$[1-24:{"instanceId":"i-0${hex:16}",
            "imageId":"${image}","currentState":{"code":0,"name":"pending"},"instanceState":{
            "code":0,"name":"pending"},"privateDnsName":"ip-10-0-${int:0-63}-${int:4-250}.
            ${region}.compute.internal","amiLaunchIndex":0,"productCodes":{},
            "launchTime":${epoch}000,"placement":{"availabilityZone":"${zone}","tenancy":"default"},
            "monitoring":{"state":"disabled"},"subnetId":"${subnet}","vpcId":"${vpc}",
            "privateIpAddress":"${privateIp}","stateReason":{"code":"pending","message":"pending"},
            "architecture":"x86_64","rootDeviceType":"ebs","rootDeviceName":"/dev/xvda",
            "blockDeviceMapping":{},"virtualizationType":"hvm","hypervisor":"xen",
            "tagSet":{"items":[${tags}]},"clientToken":"${uuid}","groupSet":{"items":[{
            "groupId":"${group}","groupName":"${app}-web"}]},"sourceDestCheck":true,
            "ebsOptimized":false,"enaSupport":true,"cpuOptions":{"coreCount":1,
            "threadsPerCore":2}}$]]},"requesterId":"${digits:12}"}"#,
        )
        .fails(
            "Server.InsufficientInstanceCapacity",
            "We currently do not have sufficient capacity in the Availability Zone you requested
            $_(${zone}). Our system will be working on provisioning additional capacity.",
        ),
    write("ec2", "TerminateInstances", 5)
        .request(r#"{"instancesSet":{"items":[$[1-20:{"instanceId":"${instance}"}$]]}}"#)
        .response(
            r#"{"requestId":"${requestId}","instancesSet":{"items":[$[1-20:{
            "instanceId":"${instance}","currentState":{"code":32,"name":"shutting-down"},
            "previousState":{"code":16,"name":"running"}}$]]}}"#,
        ),
    write("ec2", "StopInstances", 4)
        .request(
            r#"{"instancesSet":{"items":[$[1-6:{"instanceId":"${instance}"}$]]},"force":false}"#,
        )
        .response(
            r#"{"requestId":"${requestId}","instancesSet":{"items":[$[1-6:{
            "instanceId":"${instance}","currentState":{"code":64,"name":"stopping"},
            "previousState":{"code":16,"name":"running"}}$]]}}"#,
        ),
    write("ec2", "CreateTags", 8)
        .request(
            r#"{"resourcesSet":{"items":[$[1-8:{"resourceId":"${instance}"}$]]},
            "tagSet":{"items":[${tags}]}}"#,
        )
        .response(r#"{"requestId":"${requestId}","_return":true}"#),
    write("ec2", "AuthorizeSecurityGroupIngress", 5)
        .request(
            r#"{"groupId":"${group}","ipPermissions":{"items":[{"ipProtocol":"tcp",
            "fromPort":${int:22-8443},"toPort":8443,"groups":{},"ipRanges":{"items":[{
            "cidrIp":"$(0.0.0.0/0$|203.0.113.0/24$|10.0.0.0/8$)","description":"${note}"}]},
            "ipv6Ranges":{"items":[{"cidrIpv6":"2001:db8::/32"}]},"prefixListIds":{}}]}}"#,
        )
        .response(
            r#"{"requestId":"${requestId}","_return":true,"securityGroupRuleSet":{"items":[{
            "groupOwnerId":"${account}","groupId":"${group}","securityGroupRuleId":"${rule}",
            "isEgress":false,"ipProtocol":"tcp","fromPort":${int:22-8443},"toPort":8443,
            "cidrIpv4":"0.0.0.0/0"}]}}"#,
        )
        .fails(
            "Client.InvalidPermission.Duplicate",
            "the specified rule \\\"peer: 0.0.0.0/0, TCP, from port: 443, to port: 443,
            $_ALLOW\\\" already exists",
        ),
    write("ec2", "CreateSecurityGroup", 3)
        .request(r#"{"groupName":"${app}-${env}","groupDescription":"${note}","vpcId":"${vpc}"}"#)
        .response(r#"{"requestId":"${requestId}","_return":true,"groupId":"sg-0${hex:16}"}"#),
    write("ec2", "CreateSnapshot", 5)
        .request(r#"{"volumeId":"${volume}","description":"${note}"}"#)
        .response(
            r#"{"requestId":"${requestId}","snapshotId":"snap-0${hex:16}","volumeId":"${volume}",
            "status":"pending","startTime":${epoch}000,"progress":"","ownerId":"${account}",
            "volumeSize":"${int:8-500}","description":"${note}","encrypted":${ok}}"#,
        ),
    write("ec2", "ModifySnapshotAttribute", 1)
        .request(
            r#"{"snapshotId":"${snapshot}","attributeType":"CREATE_VOLUME_PERMISSION",
            "createVolumePermission":{"add":{"items":[{"userId":"${partner}"}]}}}"#,
        )
        .response(r#"{"requestId":"${requestId}","_return":true}"#),
    write("ec2", "CreateLaunchTemplateVersion", 2)
        .request(
            r#"{"CreateLaunchTemplateVersionRequest":{"LaunchTemplateId":"${template}",
            "SourceVersion":"${int:1-40}","LaunchTemplateData":{"ImageId":"${image}",
            "InstanceType":"m6i.large","UserData":"<sensitiveDataRemoved>","TagSpecification":{
            "ResourceType":"instance","tag":1,"Tag":[${tags}]}},"ClientToken":"${uuid}"}}"#,
        )
        .response(
            r#"{"CreateLaunchTemplateVersionResponse":{"xmlns":
            "http://ec2.amazonaws.com/doc/2016-11-15/","requestId":"${requestId}",
            "launchTemplateVersion":{"launchTemplateId":"${template}",
            "launchTemplateName":"${app}-${env}","versionNumber":${int:2-41},
            "createTime":"${time}","createdBy":"${caller}","defaultVersion":false}}}"#,
        ),
    read("lambda", "ListFunctions20150331", 8)
        .request(r#"{"maxItems":${int:10-50},"masterRegion":"ALL","functionVersion":"ALL"}"#),
    read("lambda", "GetFunction20150331v2", 12)
        .request(r#"{"functionName":"${function}"}"#)
        .resources(
            r#"[{"accountId":"${account}","type":"AWS::Lambda::Function","ARN":"${functionArn}"}]"#,
        )
        .fails("ResourceNotFoundException", "Function not found: ${functionArn}"),
    write("lambda", "UpdateFunctionCode20150331v2", 6)
        .request(
            r#"{"functionName":"${function}","s3Bucket":"${bucket}","s3Key":"builds/${hex:40}.zip",
            "publish":${ok},"dryRun":false,"fullyQualifiedArn":{"arnPrefix":{"partition":"aws",
            "region":"${region}","account":"${account}"},"relativeId":{
            "functionName":"${function}"},"functionQualifier":{}}}"#,
        )
        .response(FUNCTION),
    write("lambda", "UpdateFunctionConfiguration20150331v2", 3)
        .request(
            r#"{"functionName":"${function}","timeout":${int:3-900},"environment":{"variables":
            "HIDDEN_DUE_TO_SECURITY_REASONS"},"layers":["arn:aws:lambda:${region}:${account}:layer:
            ${app}-common:${int:1-90}"]}"#,
        )
        .response(FUNCTION)
        .fails(
            "ResourceConflictException",
            "The operation cannot be performed at this time. An update is in progress for resource:
            $_${functionArn}",
        ),
    write("lambda", "AddPermission20150331v2", 2)
        .request(
            r#"{"functionName":"${function}","statementId":"AllowInvoke${digits:4}",
            "action":"lambda:InvokeFunction","principal":"s3.amazonaws.com",
            "sourceArn":"arn:aws:s3:::${bucket}"}"#,
        )
        .response(
            r#"{"statement":"{\"Sid\":\"AllowInvoke${digits:4}\",\"Effect\":\"Allow\",
            \"Principal\":{\"Service\":\"s3.amazonaws.com\"},
            \"Action\":\"lambda:InvokeFunction\",\"Resource\":\"${functionArn}\",
            \"Condition\":{\"ArnLike\":{\"AWS:SourceArn\":\"arn:aws:s3:::${bucket}\"}}}"}"#,
        ),
    read("ecr", "DescribeRepositories", 4)
        .request(r#"{"repositoryNames":["${app}"],"maxResults":100}"#)
        .fails(
            "RepositoryNotFoundException",
            "The repository with name '${app}' does not exist in the registry with id
            $_'${account}'",
        ),
    read("ecr", "BatchGetImage", 10)
        .request(
            r#"{"acceptedMediaTypes":["application/vnd.docker.distribution.manifest.v2+json",
            "application/vnd.oci.image.manifest.v1+json"],"imageIds":[{
            "imageTag":"${image.tag}"}],"registryId":"${account}","repositoryName":"${app}"}"#,
        )
        .resources(
            r#"[{"accountId":"${account}",
            "ARN":"arn:aws:ecr:${region}:${account}:repository/${app}"}]"#,
        ),
    read("ecr", "GetAuthorizationToken", 8),
    write("ecr", "PutImage", 3)
        .request(
            r#"{"registryId":"${account}","repositoryName":"${app}","imageTag":"${image.tag}",
            "imageManifest":"{\n   \"schemaVersion\": 2,\n   \"mediaType\":
            \"application/vnd.docker.distribution.manifest.v2+json\",\n   \"config\": {\n
            \"size\": ${int:900-9000},\n \"digest\": \"${digest}\"\n   },\n   \"layers\": [\n
            $[1-20:{\"mediaType\": \"application/vnd.docker.image.rootfs.diff.tar.gzip\",
            \"size\": ${size}, \"digest\": \"${digest#2}\"}$]\n   ]\n}"}"#,
        )
        .response(
            r#"{"image":{"registryId":"${account}","repositoryName":"${app}","imageId":{
            "imageDigest":"${digest#3}","imageTag":"${image.tag}"}}}"#,
        )
        .resources(
            r#"[{"accountId":"${account}",
            "ARN":"arn:aws:ecr:${region}:${account}:repository/${app}"}]"#,
        ),
    read("ecs", "DescribeServices", 6)
        .request(r#"{"cluster":"${cluster}","services":[$[1-10:"${app}-svc"$]]}"#),
    write("ecs", "RegisterTaskDefinition", 3)
        .request(
            r#"{"family":"${app}-${env}","networkMode":"awsvpc","cpu":"512","memory":"1024",
            "requiresCompatibilities":["FARGATE"],"containerDefinitions":[$[1-12:{"name":"${app}",
            "image":"${account}.dkr.ecr.${region}.amazonaws.com/${app}:${image.tag}",
            "essential":${ok},"environment":"***","portMappings":[{"containerPort":${int:80-9000},
            "protocol":"tcp"}],"logConfiguration":{"logDriver":"awslogs","options":{
            "awslogs-group":"/ecs/${app}","awslogs-region":"${region}",
            "awslogs-stream-prefix":"ecs"}},"ulimits":[],"mountPoints":[]}$]],
            "executionRoleArn":"arn:aws:iam::${account}:role/${app}-execution"}"#,
        )
        .response(
            r#"{"taskDefinition":{"taskDefinitionArn":"arn:aws:ecs:${region}:${account}:
            task-definition/${app}-${env}:${int:2-800}","family":"${app}-${env}",
            "status":"ACTIVE","registeredAt":"${usPastNarrow}","registeredBy":"${caller}"}}"#,
        ),
    write("ecs", "UpdateService", 3)
        .request(
            r#"{"cluster":"${cluster}","service":"${app}","desiredCount":${int:1-40},
            "taskDefinition":"${app}:${int:1-800}","forceNewDeployment":${ok}}"#,
        )
        .response(
            r#"{"service":{"serviceArn":"arn:aws:ecs:${region}:${account}:service/${cluster}/
            ${app}","status":"ACTIVE","desiredCount":${int:1-40},"runningCount":${int:1-40},
            "createdAt":"${usPast}","launchType":"FARGATE","deployments":[$[1-3:{
            "id":"ecs-svc/${digits:19}","status":"PRIMARY","pendingCount":0,
            "rolloutState":"IN_PROGRESS"}$]]}}"#,
        ),
    read("eks", "DescribeCluster", 8)
        .request(r#"{"name":"${cluster}"}"#)
        .fails("ResourceNotFoundException", "No cluster found for name: ${cluster}."),
    write("eks", "UpdateNodegroupConfig", 1)
        .request(
            r#"{"name":"${cluster}","nodegroupName":"${app}-nodes","scalingConfig":{
            "minSize":${int:1-3},"maxSize":${int:4-60},"desiredSize":${int:3-20}}}"#,
        )
        .response(
            r#"{"update":{"id":"${uuid}","status":"InProgress","type":"ConfigUpdate","params":[{
            "type":"MinSize","value":"${int:1-3}"}],"createdAt":${epochPast},"errors":[]}}"#,
        ),
    read("autoscaling", "DescribeAutoScalingGroups", 8).request(
        r#"{"autoScalingGroupNames":[$[1-6:"${app}-${env}-asg"$]],"maxRecords":${int:1-100}}"#,
    ),
    write("autoscaling", "SetDesiredCapacity", 2).request(
        r#"{"autoScalingGroupName":"${app}-${env}-asg","desiredCapacity":${int:1-40},
        "honorCooldown":false}"#,
    ),
    read("elasticloadbalancing", "DescribeLoadBalancers", 8)
        .request(r#"{"pageSize":400,"loadBalancerArns":[$[1-5:"${loadBalancerArn}"$]]}"#),
    read("elasticloadbalancing", "DescribeTargetHealth", 10)
        .request(r#"{"targetGroupArn":"${targetGroupArn}"}"#),
    write("elasticloadbalancing", "RegisterTargets", 3).request(
        r#"{"targets":[$[1-4:{"id":"${privateIp}","port":${int:80-9000}}$]],
        "targetGroupArn":"${targetGroupArn}"}"#,
    ),
];
