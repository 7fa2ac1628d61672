//! The kinds of what calls.

/// What kind of thing a user agent names, the most telling first: of several that it names, the
/// first counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// A tool for attacks, or a system made for them.
    Offensive,
    /// A tool that looks over an account, for those who own it or for others.
    Audit,
    /// Infrastructure as code.
    Iac,
    /// The console of AWS.
    Console,
    /// Software that runs for itself: on an instance, in a cluster.
    Agent,
    /// A program that people look at AWS with.
    Application,
    /// A service of AWS.
    Service,
    /// A command line.
    Cli,
    /// An SDK of AWS, or one like it.
    Sdk,
    /// A web browser.
    Browser,
    /// A library for HTTP.
    Library,
    /// The user agent is withheld.
    Hidden,
    /// Nothing that is in a table.
    Unknown,
}

impl Kind {
    /// Its name in the vocabulary.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Kind::Offensive => "offensive",
            Kind::Audit => "audit",
            Kind::Iac => "iac",
            Kind::Console => "console",
            Kind::Agent => "agent",
            Kind::Application => "application",
            Kind::Service => "aws-service",
            Kind::Cli => "cli",
            Kind::Sdk => "sdk",
            Kind::Browser => "browser",
            Kind::Library => "library",
            Kind::Hidden => "hidden",
            Kind::Unknown => "unknown",
        }
    }
}
