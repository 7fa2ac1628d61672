//! Names for things that many templates speak of, each a template of its own.
//!
//! Holes inside an alias draw for that alias alone: the word in the name of a bucket has nothing
//! to do with the word in the name of a function.

/// A row: the name that stands in a hole, and what it means.
pub(crate) type Row = (&'static str, &'static str);

/// Every alias.
pub(crate) const ALIASES: &[Row] = &[
    // Words.
    (
        "app",
        "$(checkout$|ledger$|catalog$|search$|invoicing$|telemetry$|warehouse$|mailer$|pricing$|
        media$|payroll$|identity$|fleet$|forecast$|booking$|reviews$)",
    ),
    ("env", "$(prod$|prod$|prod$|staging$|dev$|test$)"),
    ("ok", "$(true$|true$|true$|false$)"),
    ("person", "$(ana.silva$|jane.roe$|li.juan$|kwesi.manu$|marta.rivera$|sofia.martinez$)"),
    ("email", "$(ana.silva$|jane.roe$|li.juan$|kwesi.manu$|marta.rivera$)@example.com"),
    ("host", "$(web$|job$|cache$|gw$)-${int:1-40}.${app}.example.com"),
    ("repository", "example-corp/${app}:ref:refs/heads/$(main$|main$|release/${int:1-30}$)"),
    // Free text, as people type it: quotes, backslashes, other scripts, and both ways of writing
    // the same letter.
    (
        "note",
        r#"$(Nightly job for the ${app} team$|temporary, remove after ${past}$|
        rotated by \"${app}-rotator\"$|Zürich – 東京 failover$|caf\u00e9 point of sale$|
        see https://wiki.example.com/?page\u003d${int:1-900}\u0026view\u003draw$|
        🚀 ${app} launch$|\ud83d\udd12 locked by security$|C:\\deploy\\${app}\\run.cmd$|
        line one\nline two\tand a tab$|Настройка для ${app}$|owner: ${person}$|
        don\u0027t touch \u003c${app}\u003e$)"#,
    ),
    ("tags", r#"$[1-12:{"key":"${tagKey}-${int:1-99}","value":"${tagValue}"}$]"#),
    ("tagKey", "$(team$|cost-center$|Environment$|example:owner$|aws:cloudformation:stack-name$)"),
    ("tagValue", "$(${app}$|${env}$|${app}$|${digits:5}$|${note}$)"),
    // Things with identifiers. The population keeps the same few coming back, as in real trails.
    ("instance", "i-0${known:16-400}"),
    ("vpc", "vpc-0${known:16-4}"),
    ("subnet", "subnet-0${known:16-24}"),
    ("group", "sg-0${known:16-60}"),
    ("rule", "sgr-0${known:16-500}"),
    ("volume", "vol-0${known:16-600}"),
    ("snapshot", "snap-0${known:16-900}"),
    ("image", "ami-0${known:16-40}"),
    ("interface", "eni-0${known:16-700}"),
    ("routeTable", "rtb-0${known:16-12}"),
    ("gateway", "nat-0${known:16-6}"),
    ("endpoint", "vpce-0${known:16-8}"),
    ("template", "lt-0${known:16-20}"),
    ("key", "${knownUuid:25}"),
    ("keyArn", "arn:aws:kms:${region}:${account}:key/${key}"),
    ("zone", "${region}$(a$|b$|c$)"),
    // Things with names.
    ("bucket", "example-corp-${app}-$(assets$|logs$|exports$|lake$|backups$)-${env}"),
    (
        "object",
        "$(raw/${app}/dt=2023-${int:10-12}-${int:10-28}/part-${digits:5}.parquet$|
        ${app}/reports/${int:2019-2024}/$(summary$|détail$|q${int:1-4} final (copy)$).csv$|
        AWSLogs/${account}/elasticloadbalancing/${region}/2024/02/12/${alphanumeric:16}.log.gz$|
        assets/${hex:40}.$(js$|css$|png$)$|tmp/${uuid}$|backups/${app}-${digits:10}.sql.gz$)",
    ),
    ("function", "${app}-$(api$|worker$|cron$|authorizer$|stream-consumer$)-${env}"),
    ("functionArn", "arn:aws:lambda:${region}:${account}:function:${function}"),
    ("role", "$(${app}-task$|${app}-lambda$|example-deployer$|example-auditor$)-${env}"),
    ("newUser", "$(${person}$|${app}-bot$|temp-${digits:4}$)"),
    ("policy", "$(${app}-read$|${app}-write$|example-boundary$|deny-public-${app}$)"),
    ("policyArn", "arn:aws:iam::${account}:policy/${policy}"),
    ("table", "${app}-$(orders$|sessions$|events$|locks$)-${env}"),
    ("secret", "${env}/${app}/$(database$|api-key$|oauth$|smtp$)"),
    ("parameter", "/${env}/${app}/$(url$|feature-flags$|database/password$|timeout$)"),
    ("logGroup", "/aws/$(lambda/${app}-api$|eks/${app}/cluster$|rds/instance/${app}$)-${env}"),
    ("cluster", "${app}-${env}"),
    ("database", "${app}-${env}-$(writer$|reader-1$|reader-2$)"),
    ("stack", "${app}-$(network$|service$|storage$|pipeline$)-${env}"),
    ("stackArn", "arn:aws:cloudformation:${region}:${account}:stack/${stack}/${knownUuid:40}"),
    ("image.tag", "$(latest$|v${int:1-9}.${int:0-40}.${int:0-20}$|sha-${hex:12}$)"),
    ("digest", "sha256:${hex:64}"),
    (
        "loadBalancerArn",
        "arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/app/
        ${app}-${env}/${known:16-30}",
    ),
    (
        "targetGroupArn",
        "arn:aws:elasticloadbalancing:${region}:${account}:targetgroup/
        ${app}-${env}/${known:16-60}",
    ),
    // A policy as it travels: JSON inside a JSON string.
    ("policyText", r#"{\"Version\":\"2012-10-17\",\"Statement\":[${statement}]}"#),
    (
        "statement",
        r#"{\"Sid\":\"Allow${alphanumeric:6}\",\"Effect\":\"$(Allow$|Allow$|Deny$)\",
        \"Action\":[\"s3:GetObject\",\"s3:$(ListBucket$|PutObject$|DeleteObject$)\"],
        \"Resource\":[\"arn:aws:s3:::${bucket}\",\"arn:aws:s3:::${bucket}/*\"],
        \"Condition\":{\"StringEquals\":{\"aws:PrincipalOrgID\":\"o-exampleorgid\"}}}"#,
    ),
    (
        "trustText",
        r#"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",
        \"Principal\":{\"Service\":\"$(lambda$|ec2$|ecs-tasks$|states$).amazonaws.com\"},
        \"Action\":\"sts:AssumeRole\"}]}"#,
    ),
    (
        "trustEncoded",
        "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22
        %2C%22Principal%22%3A%7B%22Service%22%3A%22lambda.amazonaws.com%22%7D%2C%22Action%22%3A
        %22sts%3AAssumeRole%22%7D%5D%7D",
    ),
    // Parts of records.
    (
        "tls",
        r#"{"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256",
        "clientProvidedHostHeader":"$(${region}.$|$)signin.aws.amazon.com"}"#,
    ),
    (
        "credentials",
        r#""credentials":{"accessKeyId":"${grant.key}","sessionToken":"${grant.token}",
        "expiration":"${grant.expires}"}"#,
    ),
    ("s3Id", "${base64:75}="),
    (
        "browser",
        "Mozilla/5.0 ($(Windows NT 10.0; Win64; x64$|Macintosh; Intel Mac OS X 10_15_7$|
        X11; Linux x86_64$)) $(AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${int:110-121}.0.0.0
        $_Safari/537.36$|Gecko/20100101 Firefox/${int:102-122}.0$)",
    ),
];
