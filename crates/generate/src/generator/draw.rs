//! The choices behind a record: who calls, how, into which account, and whether it fails.

use super::Generator;
use crate::book::{Entry, Failure, Role, Service};
use crate::entry::{Reach, Record};
use crate::rng::mix;
use crate::scene::Scene;
use crate::session::Session;
use crate::tables::identities::Shape;
use crate::tables::world::{ACCOUNTS, FORWARDERS, GLOBAL_REGION, PARTNERS, PEOPLE, USERS};

/// Who calls, and how.
#[derive(Debug)]
pub(super) struct Caller {
    pub(super) shape: Shape,
    pub(super) reach: Reach,
    pub(super) home: &'static str,
    user: &'static str,
    via: &'static str,
    session: Session,
}

impl Generator {
    /// Anybody who has an identity of their own.
    pub(super) fn caller(&mut self) -> Caller {
        let session = self.sessions.pick(self.clock.seconds(), &mut self.dice);
        let shape = match self.dice.below(100) {
            0..62 => session.shape(),
            62..84 => Shape::UserKey,
            84..94 => Shape::UserConsole,
            94..96 => Shape::RootConsole,
            96 => Shape::RootKey,
            _ => Shape::Federated,
        };
        let users = if shape.is_console() { &USERS[..PEOPLE] } else { USERS };
        let home = if shape.is_session() { session.account } else { self.dice.word(ACCOUNTS) };
        let user = self.dice.word(users);
        let (reach, via) = self.reach(shape, &session);
        Caller { shape, reach, home, user, via, session }
    }

    /// How a caller reaches AWS, and through which service if through one.
    fn reach(&mut self, shape: Shape, session: &Session) -> (Reach, &'static str) {
        let owner = session.role.path.strip_prefix("aws-service-role/");
        if let (true, Some(owner)) = (shape.is_session(), owner) {
            // The role belongs to the service, which alone can use it.
            return (Reach::Service, owner.trim_end_matches('/'));
        }
        let can_forward = !matches!(shape, Shape::RootKey);
        match self.dice.below(100) {
            0..14 if can_forward => (Reach::Service, self.dice.word(FORWARDERS)),
            _ if shape.is_console() => (Reach::Console, ""),
            14..26 => (Reach::Endpoint, ""),
            _ => (Reach::Internet, ""),
        }
    }

    /// The service that makes a call of the tables, in any account.
    pub(super) fn service_caller(&mut self, entry: &Entry) -> Caller {
        let session = self.sessions.pick(self.clock.seconds(), &mut self.dice);
        let home = self.dice.word(ACCOUNTS);
        let via = entry.call.by;
        Caller { shape: Shape::Service, reach: Reach::Service, home, user: "", via, session }
    }

    /// Somebody in front of a browser.
    pub(super) fn person(&mut self) -> Caller {
        let role = self.role(|role| role.shape == Shape::RoleConsole);
        let home = self.dice.word(ACCOUNTS);
        Caller {
            shape: Shape::UserConsole,
            reach: Reach::Console,
            home,
            user: self.dice.word(&USERS[..PEOPLE]),
            via: "",
            session: Session::new(role, home, self.dice.roll(), self.clock.seconds()),
        }
    }

    /// A program with a role, in one of the accounts or in a partner's.
    pub(super) fn visitor(&mut self, is_foreign: bool) -> Caller {
        let mut session = self.sessions.pick(self.clock.seconds(), &mut self.dice);
        if is_foreign {
            session.account = self.dice.word(PARTNERS);
        }
        let home = session.account;
        Caller { shape: Shape::Role, reach: Reach::Internet, home, user: "", via: "", session }
    }

    /// Who makes a call that returns credentials, and the role that they are for.
    pub(super) fn grant_caller(&mut self, entry: &Entry) -> (Caller, &'static Role) {
        let mut caller = self.caller();
        let wanted: fn(&Role) -> bool = match (entry.call.by, entry.call.action) {
            (_, "AssumeRoleWithWebIdentity") => |role| role.shape == Shape::RoleWebIdentity,
            (_, "AssumeRoleWithSAML") => |role| role.shape == Shape::RoleConsole,
            ("ec2.amazonaws.com", _) => |role| role.shape == Shape::RoleInstance,
            ("lambda.amazonaws.com", _) => |role| role.path == "service-role/",
            _ => |role| role.path.is_empty() && matches!(role.shape, Shape::Role),
        };
        let shape = match (entry.call.by, entry.call.action) {
            (_, "AssumeRoleWithWebIdentity") => Shape::WebIdentity,
            (_, "AssumeRoleWithSAML") => Shape::Saml,
            ("", _) if self.dice.chance(1, 8) => return (self.visitor(true), self.role(wanted)),
            ("", _) if caller.shape.is_session() => caller.shape,
            ("", _) => Shape::UserKey,
            _ => return (self.service_caller(entry), self.role(wanted)),
        };
        if shape != caller.shape {
            caller = Caller { shape, reach: Reach::Internet, via: "", ..caller };
        }
        (caller, self.role(wanted))
    }

    /// The first role that is wanted, from some place of the table on.
    fn role(&mut self, is_wanted: impl Fn(&Role) -> bool) -> &'static Role {
        let roles = &self.book.roles;
        let start = self.dice.below(roles.len() as u32) as usize;
        let (before, after) = roles.split_at(start);
        after.iter().chain(before).find(|role| is_wanted(role)).unwrap_or(&roles[start])
    }

    /// The account of the role that somebody assumes: mostly their own, at times a partner's.
    pub(super) fn target_account(&mut self, caller: &Caller) -> &'static str {
        if PARTNERS.contains(&caller.home) {
            return self.dice.word(ACCOUNTS);
        }
        let can_leave = caller.shape == Shape::UserKey || caller.shape.is_session();
        match self.dice.below(100) {
            0..50 if can_leave => self.other_account(caller.home),
            50..60 if can_leave => self.dice.word(PARTNERS),
            _ => caller.home,
        }
    }

    /// An account of the organization other than `home`.
    pub(super) fn other_account(&mut self, home: &str) -> &'static str {
        let start = self.dice.below(ACCOUNTS.len() as u32) as usize;
        let next = (start + 1) % ACCOUNTS.len();
        if ACCOUNTS[start] == home { ACCOUNTS[next] } else { ACCOUNTS[start] }
    }

    /// A failure of the call, `percent` times of a hundred.
    pub(super) fn failure(&mut self, entry: &Entry, percent: u32) -> Option<&'static Failure> {
        let at = *self.dice.pick(&entry.failures);
        self.dice.chance(percent, 100).then(|| &self.book.failures[at])
    }

    /// A call of the tables, ready to be written.
    pub(super) fn api_call<'a>(
        &mut self,
        scene: Scene<'a>,
        entry: &'static Entry,
        failure: Option<&'static Failure>,
        reach: Reach,
        is_shared: bool,
    ) -> Record<'a> {
        let minor = *self.book.versions.pick(&mut self.dice);
        Record { scene, entry, failure, minor, reach, is_shared }
    }

    /// The circumstances of the current event, for a call into `account`.
    pub(super) fn scene<'a>(
        &mut self,
        service: &'static Service,
        action: &'static str,
        account: &'static str,
        caller: &'a Caller,
    ) -> Scene<'a> {
        let region = *self.book.regions.pick(&mut self.dice);
        Scene {
            seed: mix(self.seed, self.events),
            time: self.clock.seconds(),
            account,
            home: caller.home,
            partner: self.dice.word(PARTNERS),
            region: if service.is_global { GLOBAL_REGION } else { region },
            service,
            action,
            user: caller.user,
            via: caller.via,
            shape: caller.shape,
            session: &caller.session,
            grant: &caller.session,
            book: self.book,
        }
    }
}
