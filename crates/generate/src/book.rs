//! The tables, read: every template compiled and every weight turned into a list to draw from.

use std::sync::LazyLock;

use crate::rng::Dice;
use crate::tables::calls::Call;
use crate::tables::failures::FAILURES;
use crate::tables::identities::{IDENTITIES, Shape};
use crate::tables::roles::ROLES;
use crate::tables::services::{Ids, SERVICES};
use crate::tables::special::SPECIAL;
use crate::tables::{agents, calls, parts, world};
use crate::template::Template;
use crate::text;
use crate::weighted::Weighted;

/// All tables in the form that records are made from.
#[derive(Debug)]
pub(crate) struct Book {
    pub(crate) roles: Vec<Role>,
    pub(crate) failures: Vec<Failure>,
    /// What callers with an identity of their own call.
    pub(crate) calls: Weighted<Entry>,
    /// What services call on their own behalf.
    pub(crate) service_calls: Weighted<Entry>,
    /// What is called across the border between two accounts.
    pub(crate) shared_calls: Weighted<Entry>,
    /// Ways to get temporary credentials.
    pub(crate) grants: Weighted<Entry>,
    pub(crate) special: Weighted<Special>,
    pub(crate) programs: Weighted<Template>,
    pub(crate) consoles: Weighted<Template>,
    pub(crate) regions: Weighted<&'static str>,
    /// Minor versions of the record format.
    pub(crate) versions: Weighted<u32>,
    pub(crate) parts: Parts,
    identities: Vec<Identity>,
}

/// Parts that records have in common.
#[derive(Debug)]
pub(crate) struct Parts {
    pub(crate) head: Template,
    pub(crate) endpoint: Template,
    pub(crate) owned_endpoint: Template,
    pub(crate) tls: Template,
    pub(crate) key_exchange: Template,
}

/// A service.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) name: &'static str,
    pub(crate) host: Template,
    pub(crate) api_version: &'static str,
    pub(crate) ids: Ids,
    pub(crate) is_global: bool,
}

/// A role.
#[derive(Debug)]
pub(crate) struct Role {
    pub(crate) name: &'static str,
    pub(crate) path: &'static str,
    pub(crate) shape: Shape,
    pub(crate) session_name: Template,
}

/// A form of `userIdentity`.
#[derive(Debug)]
pub(crate) struct Identity {
    pub(crate) json: Template,
    pub(crate) arn: Template,
}

/// A way to fail.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) code: &'static str,
    pub(crate) message: Template,
    pub(crate) keeps_request: bool,
}

/// A call of the tables.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) call: &'static Call,
    pub(crate) service: &'static Service,
    pub(crate) request: Template,
    pub(crate) response: Template,
    pub(crate) additional: Template,
    pub(crate) resources: Template,
    /// Where in [`Book::failures`] the ways are in which this call fails.
    pub(crate) failures: Vec<usize>,
}

/// A record that is a template as a whole.
#[derive(Debug)]
pub(crate) struct Special {
    pub(crate) folder: Folder,
    pub(crate) service: &'static Service,
    pub(crate) json: Template,
}

/// The folder of the log bucket that a record goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Folder {
    /// Management and data events.
    Trail,
    Insight,
    NetworkActivity,
    Aggregated,
}

/// The one copy of the tables; they are the same for every seed.
static BOOK: LazyLock<Book> = LazyLock::new(Book::compile);
static SERVICE_BOOK: LazyLock<Vec<Service>> = LazyLock::new(compile_services);

impl Book {
    pub(crate) fn open() -> &'static Self {
        &BOOK
    }

    fn compile() -> Self {
        let mut failures: Vec<Failure> = FAILURES
            .iter()
            .map(|(_, code, message, keeps_request)| Failure::new(code, message, *keeps_request))
            .collect();
        let mut entries = |calls: &[&'static [Call]]| {
            let rows = calls.iter().flat_map(|list| list.iter());
            Weighted::new(rows.map(|call| (call.weight, Entry::compile(call, &mut failures))))
        };
        let agents = |rows: &[agents::Row]| {
            Weighted::new(rows.iter().map(|(weight, text)| (*weight, Template::new(text))))
        };
        Self {
            calls: entries(calls::CALLS),
            service_calls: entries(&[calls::SERVICE_CALLS]),
            shared_calls: entries(&[calls::SHARED_CALLS]),
            grants: entries(&[calls::GRANTS]),
            programs: agents(agents::PROGRAMS),
            consoles: agents(agents::CONSOLE),
            regions: Weighted::new(world::REGIONS.iter().map(|(name, weight)| (*weight, *name))),
            versions: Weighted::new(
                world::VERSIONS.iter().map(|(minor, weight)| (*weight, *minor)),
            ),
            parts: Parts::compile(),
            special: Weighted::new(SPECIAL.iter().flat_map(|list| list.iter()).map(|row| {
                let (weight, folder, source, text) = *row;
                let json = Template::new(text);
                (weight, Special { folder, service: service(source), json })
            })),
            roles: compile_roles(),
            identities: IDENTITIES
                .iter()
                .map(|(_, json, arn)| Identity {
                    json: Template::new(json),
                    arn: Template::new(arn),
                })
                .collect(),
            failures,
        }
    }

    pub(crate) fn shape(&self, shape: Shape) -> &Identity {
        &self.identities[shape as usize]
    }
}

impl Parts {
    fn compile() -> Self {
        Self {
            head: Template::new(parts::HEAD),
            endpoint: Template::new(parts::ENDPOINT),
            owned_endpoint: Template::new(parts::OWNED_ENDPOINT),
            tls: Template::new(parts::TLS),
            key_exchange: Template::new(parts::KEY_EXCHANGE),
        }
    }
}

fn compile_services() -> Vec<Service> {
    SERVICES
        .iter()
        .map(|&(name, host, api_version, ids, is_global)| Service {
            name,
            host: Template::new(host),
            api_version,
            ids,
            is_global,
        })
        .collect()
}

fn compile_roles() -> Vec<Role> {
    ROLES
        .iter()
        .map(|&(name, path, shape, session_name)| Role {
            name,
            path,
            shape,
            session_name: Template::new(session_name),
        })
        .collect()
}

/// The service of that name; every call of the tables has one.
fn service(name: &str) -> &'static Service {
    let found = SERVICE_BOOK.iter().find(|service| service.name == name);
    found.unwrap_or_else(|| panic!("no service is called {name}"))
}

impl Failure {
    fn new(code: &'static str, message: &'static str, keeps_request: bool) -> Self {
        Self { code, message: Template::new(message), keeps_request }
    }
}

impl Entry {
    /// Reads a call; a failure of its own goes to the end of `failures`.
    fn compile(call: &'static Call, failures: &mut Vec<Failure>) -> Self {
        let of_service = |service| {
            FAILURES.iter().enumerate().filter(move |(_, row)| row.0 == service).map(|(at, _)| at)
        };
        let mut ways: Vec<usize> = of_service(call.service).collect();
        if ways.is_empty() {
            ways.extend(of_service(""));
        }
        if let Some((code, message)) = call.failure {
            // As likely as all the others together.
            ways.extend(vec![failures.len(); ways.len()]);
            failures.push(Failure::new(code, message, true));
        }
        Self {
            call,
            service: service(call.service),
            request: Template::new(call.request),
            response: Template::new(call.response),
            additional: Template::new(call.additional),
            resources: Template::new(call.resources),
            failures: ways,
        }
    }
}

impl Ids {
    /// Appends the id of a request.
    pub(crate) fn write(self, out: &mut Vec<u8>, mut dice: Dice) {
        match self {
            Self::Uuid => text::uuid(out, &mut dice),
            Self::Short => text::base32(out, &mut dice, 16),
            Self::Long => text::base32(out, &mut dice, 52),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::aliases::ALIASES;

    /// [`Book::shape`] finds a form by its number.
    #[test]
    fn identities_stand_in_the_order_of_the_shapes() {
        for (at, (shape, _, _)) in IDENTITIES.iter().enumerate() {
            assert_eq!(*shape as usize, at, "{shape:?}");
        }
    }

    #[test]
    fn names_are_unique() {
        let tables: [Vec<&str>; 3] = [
            ALIASES.iter().map(|row| row.0).collect(),
            SERVICES.iter().map(|row| row.0).collect(),
            ROLES.iter().map(|row| row.0).collect(),
        ];
        for mut names in tables {
            let all = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), all, "a name stands twice among {names:?}");
        }
    }
}
