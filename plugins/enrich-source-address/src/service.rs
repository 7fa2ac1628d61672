//! Names of AWS services, as they stand in the place of an address.

/// What a DNS name of an AWS service says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Service<'t> {
    /// What stands before the region or the suffix: `secretsmanager`.
    pub(crate) name: &'t str,
    /// The region, where the name has one.
    pub(crate) region: Option<&'t str>,
}

/// How the DNS names of services end: the suffixes of the partitions aws (and aws-us-gov), aws-cn,
/// aws-eusc, aws-iso, aws-iso-b, aws-iso-e and aws-iso-f, as the endpoint data of the AWS SDKs has
/// them.
const SUFFIXES: &[&str] = &[
    ".amazonaws.com",
    ".amazonaws.com.cn",
    ".amazonaws.eu",
    ".c2s.ic.gov",
    ".sc2s.sgov.gov",
    ".cloud.adc-e.uk",
    ".csp.hci.ic.gov",
];

/// The longest DNS name (RFC 1035, section 2.3.4), without a dot at its end.
const NAME_MAX: usize = 253;

/// The longest label of a DNS name.
const LABEL_MAX: usize = 63;

/// What `text` says, if it is the DNS name of an AWS service: `config.amazonaws.com`.
pub(crate) fn service(text: &str) -> Option<Service<'_>> {
    let labels = SUFFIXES.iter().find_map(|suffix| text.strip_suffix(suffix))?;
    if text.len() > NAME_MAX || !labels.split('.').all(is_label) {
        return None;
    }
    // A service of one region only: `logs.eu-west-1.amazonaws.com`.
    Some(match labels.rsplit_once('.') {
        Some((name, region)) if is_region(region) => Service { name, region: Some(region) },
        _ => Service { name: labels, region: None },
    })
}

fn is_label(label: &str) -> bool {
    let letters = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (1..=LABEL_MAX).contains(&label.len()) && label.bytes().all(letters)
}

/// Whether a label has the form of regions: words and a number, as `us-gov-west-1`.
fn is_region(label: &str) -> bool {
    let (mut words, mut number) = (0, false);
    for part in label.split('-') {
        let is_word = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase());
        let is_number = matches!(part.as_bytes(), [b'1'..=b'9'] | [b'1'..=b'9', b'0'..=b'9']);
        if number || !(is_word || is_number) {
            return false;
        }
        words += usize::from(is_word);
        number = is_number;
    }
    number && words >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_are_named_by_their_domain() {
        let of = |text| service(text).map(|service| (service.name, service.region));
        assert_eq!(of("config.amazonaws.com"), Some(("config", None)));
        assert_eq!(of("resource-explorer-2.amazonaws.com"), Some(("resource-explorer-2", None)));
        assert_eq!(of("logs.eu-west-1.amazonaws.com"), Some(("logs", Some("eu-west-1"))));
        assert_eq!(of("s3.us-gov-west-1.amazonaws.com"), Some(("s3", Some("us-gov-west-1"))));
        assert_eq!(of("ec2.amazonaws.com.cn"), Some(("ec2", None)));
        assert_eq!(of("delivery.logs.amazonaws.com"), Some(("delivery.logs", None)));
        assert_eq!(of("us-east-1.amazonaws.com"), Some(("us-east-1", None)));
    }

    #[test]
    fn other_names_are_none() {
        let long = format!("{}.amazonaws.com", "a.".repeat(130));
        for text in [
            "",
            "amazonaws.com",
            ".amazonaws.com",
            "config.amazonaws.com.",
            "config.amazonaws.com.evil.example",
            "configamazonaws.com",
            "a..b.amazonaws.com",
            "a b.amazonaws.com",
            "\"x.amazonaws.com",
            "ünder.amazonaws.com",
            &long,
        ] {
            assert_eq!(service(text), None, "{text}");
        }
    }
}
