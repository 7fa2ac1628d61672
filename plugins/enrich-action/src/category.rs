//! What a call is about.

use crate::index::Index;
use crate::tables::services::{PARTS, SERVICES};

/// What a call is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Category {
    Identity,
    Organization,
    Logging,
    Security,
    Keys,
    Secrets,
    Network,
    Compute,
    Data,
    Messaging,
    Ai,
    Development,
    Management,
    Billing,
    Devices,
}

impl Category {
    /// Its word in the vocabulary.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Category::Identity => "identity",
            Category::Organization => "organization",
            Category::Logging => "logging",
            Category::Security => "security",
            Category::Keys => "keys",
            Category::Secrets => "secrets",
            Category::Network => "network",
            Category::Compute => "compute",
            Category::Data => "data",
            Category::Messaging => "messaging",
            Category::Ai => "ai",
            Category::Development => "development",
            Category::Management => "management",
            Category::Billing => "billing",
            Category::Devices => "devices",
        }
    }
}

/// What a word in the name of a call begins with, and the category of such calls.
type Parts = &'static [(&'static str, Category)];

/// The categories of all services; made once.
#[derive(Debug)]
pub(crate) struct Categories {
    services: Index<(Category, Parts)>,
}

impl Categories {
    pub(crate) fn new() -> Self {
        let rows = SERVICES.iter().map(|&(service, category)| {
            let parts = PARTS.iter().find(|(known, _)| *known == service);
            (service, (category, parts.map_or(&[][..], |(_, parts)| *parts)))
        });
        Categories { services: Index::new(rows) }
    }

    /// The category of a call; `None` if the service is not known.
    pub(crate) fn of(&self, service: &str, name: &str) -> Option<Category> {
        let &(category, parts) = self.services.get(service).next()?;
        if parts.is_empty() {
            return Some(category);
        }
        Some(by_part(parts, name).unwrap_or(category))
    }
}

/// The category that a word in the name of a call tells.
fn by_part(parts: Parts, name: &str) -> Option<Category> {
    let name = name.as_bytes();
    let words = name.iter().enumerate().filter(|(_, letter)| letter.is_ascii_uppercase());
    let mut found = words.filter_map(|(at, letter)| {
        // Most are ruled out by their first letter.
        let begins = |start: &str| start.as_bytes().first() == Some(letter);
        let mut fitting = parts.iter().filter(|(start, _)| begins(start));
        fitting.find(|(start, _)| name[at..].starts_with(start.as_bytes()))
    });
    found.next().map(|(_, category)| *category)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_in_order() {
        assert!(SERVICES.is_sorted_by(|a, b| a.0 < b.0));
        assert!(PARTS.is_sorted_by(|a, b| a.0 < b.0));
        let categories = Categories::new();
        for (service, _) in PARTS {
            assert!(categories.of(service, "").is_some(), "{service}");
        }
    }

    #[test]
    fn services_may_be_of_several_categories() {
        let categories = Categories::new();
        let of = |service, name| categories.of(service, name).map(Category::name);
        assert_eq!(of("ec2", "RunInstances"), Some("compute"));
        assert_eq!(of("ec2", "AuthorizeSecurityGroupIngress"), Some("network"));
        assert_eq!(of("ec2", "DescribeVpcs"), Some("network"));
        assert_eq!(of("ec2", "DeleteFlowLogs"), Some("logging"));
        assert_eq!(of("ec2", "ModifySnapshotAttribute"), Some("data"));
        assert_eq!(of("ssm", "GetParametersByPath"), Some("secrets"));
        assert_eq!(of("ssm", "SendCommand"), Some("management"));
        assert_eq!(of("iam", "GetUser"), Some("identity"));
        assert_eq!(of("ec2", "ü"), Some("compute"));
        assert_eq!(of("nosuch", "GetUser"), None);
        assert_eq!(of("", ""), None);
    }
}
