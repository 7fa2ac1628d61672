//! The programs that call: what they say of themselves in `userAgent`.

/// A row: how often it is met, and its text.
pub(crate) type Row = (u32, &'static str);

/// Command lines, libraries and tools.
pub(crate) const PROGRAMS: &[Row] = &[
    (
        10,
        "aws-cli/2.${int:9-31}.${int:0-30} md/awscrt#0.19.${int:10-19} ua/2.0
        $_os/linux#6.1.${int:10-99} md/arch#x86_64 lang/python#3.11.${int:1-9} md/pyimpl#CPython
        $_cfg/retry-mode#standard md/installer#exe md/distrib#ubuntu.22 md/prompt#off
        $_md/command#${service}.${command}",
    ),
    (
        6,
        "aws-cli/2.${int:2-15}.${int:0-30} Python/3.11.${int:1-8} Linux/5.15.0-${int:60-99}-generic
        $_exe/x86_64.ubuntu.20 prompt/off command/${service}.${command}",
    ),
    (
        14,
        "APN/1.0 HashiCorp/1.0 Terraform/1.${int:3-9}.${int:0-6} (+https://www.terraform.io)
        $_terraform-provider-aws/${int:4-5}.${int:10-67}.0
        $_(+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go-v2/1.${int:20-30}.0
        $_os/linux lang/go#1.21.${int:1-8} md/GOOS#linux md/GOARCH#amd64
        $_api/${service}#1.${int:10-90}.0",
    ),
    (
        16,
        "Boto3/1.${int:24-34}.${int:1-99} md/Botocore#1.${int:27-34}.${int:1-99} ua/2.0
        $_os/linux#5.10.${int:100-209}-198.858.amzn2.x86_64 md/arch#x86_64
        $_lang/python#3.${int:8-12}.${int:0-9} md/pyimpl#CPython exec-env/AWS_Lambda_python3.
        ${int:8-12} cfg/retry-mode#legacy Botocore/1.${int:27-34}.${int:1-99}",
    ),
    (
        8,
        "Boto3/1.26.${int:1-160} Python/3.10.${int:1-12} Linux/5.15.0-${int:60-99}-generic
        $_Botocore/1.29.${int:1-160}",
    ),
    (
        10,
        "aws-sdk-go/1.44.${int:100-330} (go1.${int:18-21}.${int:1-9}; linux; amd64)
        $( amazon-ssm-agent/$| karpenter.sh-v0.${int:27-33}.0$|
        $_amazon-vpc-cni-k8s/v1.15.${int:1-4}$|$)",
    ),
    (
        8,
        "aws-sdk-java/2.${int:17-24}.${int:1-160} Linux/5.10.${int:100-209}-198.858.amzn2.x86_64
        $_OpenJDK_64-Bit_Server_VM/17.0.${int:5-10}+7-LTS Java/17.0.${int:5-10}
        $_vendor/Amazon.com_Inc. io/sync http/Apache cfg/retry-mode/legacy",
    ),
    (
        8,
        "aws-sdk-js/3.${int:300-510}.0 ua/2.0 os/linux#5.10.${int:100-209}-218.812.amzn2.x86_64
        $_lang/js md/nodejs#${int:14-20}.${int:1-19}.0 api/${service}#3.${int:300-510}.0
        $_exec-env/AWS_Lambda_nodejs${int:14-20}.x",
    ),
    (2, "${app}-agent/${int:1-4}.${int:0-30} (+https://example.com/agents)"),
    (1, "[${app}/0.${int:1-9} ⚙ custom \\\"build\\\" ${hex:7}]"),
    (2, "Go-http-client/1.1"),
];

/// What stands there for a click in the console.
pub(crate) const CONSOLE: &[Row] = &[
    (6, "AWS Internal"),
    (5, "${browser}"),
    (
        3,
        "[S3Console/0.4, aws-internal/3 aws-sdk-java/1.12.${int:400-667}
        $_Linux/5.10.${int:100-209}-198.858.amzn2int.x86_64 OpenJDK_64-Bit_Server_VM/25.372-b08
        $_java/1.8.0_372 vendor/Oracle_Corporation cfg/retry-mode/standard]",
    ),
    (
        2,
        "aws-internal/3 aws-sdk-java/1.12.${int:400-667} Linux/5.4.${int:200-260}-169.350.amzn2int.
        x86_64 OpenJDK_64-Bit_Server_VM/25.372-b08 java/1.8.0_372 vendor/Oracle_Corporation
        $_cfg/retry-mode/standard",
    ),
    (1, "console.amazonaws.com"),
];
