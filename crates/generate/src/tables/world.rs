//! The organization that the records come from: accounts, regions, people.

/// The accounts whose trails are written, by number; all are numbers that AWS uses in examples.
pub(crate) const ACCOUNTS: &[&str] =
    &["111122223333", "444455556666", "777788889999", "123456789012"];

/// Accounts of business partners: they call, and are called, across the border.
pub(crate) const PARTNERS: &[&str] = &["555555555555", "210987654321", "999999999999"];

/// The regions in use and how many of a hundred calls go to each.
pub(crate) const REGIONS: &[(&str, u32)] = &[
    ("us-east-1", 48),
    ("eu-west-1", 27),
    ("us-west-2", 16),
    ("eu-central-1", 6),
    ("ap-northeast-1", 3),
];

/// Where calls to services without regions are recorded.
pub(crate) const GLOBAL_REGION: &str = "us-east-1";

/// The IAM users: people first, then machines.
pub(crate) const USERS: &[&str] = &[
    "alice",
    "Mateo_Jackson",
    "Mary_Major",
    "Nikki_Wolf",
    "Richard_Roe",
    "Saanvi_Sarkar",
    "Arnav_Desai",
    "paulo.santos@example.com",
    "zhang.wei@example.com",
    "break-glass",
    "terraform",
    "ci-deployer",
    "backup-agent",
    "metrics-exporter",
];

/// How many of the [`USERS`], counted from the first, are people: machines do not sign in.
pub(crate) const PEOPLE: usize = 10;

/// Services through which others call: what a stack or a rule does shows as the caller's doing.
pub(crate) const FORWARDERS: &[&str] = &[
    "cloudformation.amazonaws.com",
    "config.amazonaws.com",
    "autoscaling.amazonaws.com",
    "secretsmanager.amazonaws.com",
    "eks.amazonaws.com",
    "backup.amazonaws.com",
    "appsync.amazonaws.com",
    "access-analyzer.amazonaws.com",
    "AWS Internal",
    "AWS Internal",
];

/// The minor versions of the record format that are written, and how many of a hundred records
/// have each: services move on at their own pace.
pub(crate) const VERSIONS: &[(u32, u32)] =
    &[(5, 3), (6, 1), (7, 1), (8, 45), (9, 24), (10, 9), (11, 17)];
