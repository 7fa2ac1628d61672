//! Temporary credentials: who holds them, what is written of them, and the pool of those in use.

use crate::book::{Book, Role};
use crate::clock;
use crate::rng::{Dice, hash, mix};
use crate::scene::{Scene, write_id, write_key};
use crate::tables::identities::Shape;
use crate::tables::world::ACCOUNTS;
use crate::text;

/// One assumed role.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub(crate) role: &'static Role,
    /// The account that the role is in.
    pub(crate) account: &'static str,
    /// What the key, the token and the session's name are drawn from.
    pub(crate) seed: u64,
    /// Seconds since 1970.
    pub(crate) created: u64,
    /// Seconds since 1970.
    pub(crate) expires: u64,
}

/// A part of a session that a hole can ask for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Field {
    Account,
    Role,
    /// The role's path and name.
    RolePath,
    RoleId,
    /// The session's name.
    Name,
    Key,
    Token,
    Created,
    Expires,
    /// The length of the session in seconds.
    Seconds,
}

/// The names of the fields.
const NAMES: &[(&str, Field)] = &[
    ("account", Field::Account),
    ("role", Field::Role),
    ("rolePath", Field::RolePath),
    ("roleId", Field::RoleId),
    ("name", Field::Name),
    ("key", Field::Key),
    ("token", Field::Token),
    ("created", Field::Created),
    ("expires", Field::Expires),
    ("seconds", Field::Seconds),
];

impl Field {
    pub(crate) fn named(name: &str) -> Option<Self> {
        NAMES.iter().find(|(known, _)| *known == name).map(|(_, field)| *field)
    }
}

impl Session {
    /// A session of `role` that begins at `now`.
    pub(crate) fn new(role: &'static Role, account: &'static str, seed: u64, now: u64) -> Self {
        let seconds = [900, 3_600, 3_600, 3_600, 28_800, 43_200][(seed % 6) as usize];
        Self { role, account, seed, created: now, expires: now + seconds }
    }

    /// How the records of this session's calls show their caller.
    pub(crate) const fn shape(&self) -> Shape {
        self.role.shape
    }

    pub(crate) fn write(&self, field: Field, out: &mut Vec<u8>, scene: &Scene<'_>) {
        match field {
            Field::Account => out.extend_from_slice(self.account.as_bytes()),
            Field::Role => out.extend_from_slice(self.role.name.as_bytes()),
            Field::RolePath => {
                out.extend_from_slice(self.role.path.as_bytes());
                out.extend_from_slice(self.role.name.as_bytes());
            }
            Field::RoleId => {
                let account = hash(self.account.as_bytes());
                write_id(out, b"AROA", mix(account, hash(self.role.name.as_bytes())));
            }
            Field::Name => self.role.session_name.write_with(out, scene, self.seed),
            Field::Key => write_key(out, b"ASIA", self.seed),
            Field::Token => write_token(out, Dice::new(!self.seed)),
            Field::Created => clock::write_iso(out, self.created),
            Field::Expires => clock::write_us(out, self.expires, self.seed.is_multiple_of(8)),
            Field::Seconds => text::number(out, self.expires - self.created),
        }
    }
}

/// A session token: all begin alike, and CloudTrail escapes the padding at their end.
fn write_token(out: &mut Vec<u8>, mut dice: Dice) {
    out.extend_from_slice(b"IQoJb3JpZ2luX2Vj");
    let length = 500 + dice.below(480) as usize;
    text::base64(out, &mut dice, length);
    for _ in 0..dice.below(3) {
        out.extend_from_slice(b"\\u003d");
    }
}

/// The sessions in use.
#[derive(Debug)]
pub(crate) struct Sessions {
    book: &'static Book,
    live: Vec<Session>,
    /// Where the next new session goes: over the oldest one.
    next: usize,
}

/// How many sessions are in use at a time.
const LIVE: usize = 48;

impl Sessions {
    /// Sessions that were under way when the clock started.
    pub(crate) fn new(book: &'static Book, now: u64, dice: &mut Dice) -> Self {
        let mut sessions = Self { book, live: Vec::with_capacity(LIVE), next: 0 };
        for _ in 0..LIVE {
            let session = sessions.fresh(now, dice);
            sessions.live.push(session);
        }
        sessions
    }

    /// A session of some role that begun a little before `now`.
    fn fresh(&self, now: u64, dice: &mut Dice) -> Session {
        let role = dice.pick(&self.book.roles);
        let account = dice.word(ACCOUNTS);
        let created = now.saturating_sub(u64::from(dice.below(600)));
        Session::new(role, account, dice.roll(), created)
    }

    /// One of the sessions in use; half of the time one of the newest, because programs assume a
    /// role to do something at once.
    pub(crate) fn pick(&mut self, now: u64, dice: &mut Dice) -> Session {
        let reach = if dice.chance(1, 2) { LIVE } else { LIVE / 6 };
        let at = (self.next + LIVE - 1 - dice.below(reach as u32) as usize) % LIVE;
        if self.live[at].expires <= now {
            self.live[at] = self.fresh(now, dice);
        }
        self.live[at].clone()
    }

    /// Puts a new session into use.
    pub(crate) fn add(&mut self, session: Session) {
        self.live[self.next] = session;
        self.next = (self.next + 1) % LIVE;
    }
}
