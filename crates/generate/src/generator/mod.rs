//! Makes one record after the other: who calls what, from where, and what comes of it.

mod draw;

use crate::book::{Book, Folder};
use crate::clock::Clock;
use crate::entry::{Reach, Record, View};
use crate::rng::{Dice, hash, mix};
use crate::scene::Scene;
use crate::session::{Session, Sessions};
use crate::tables::world::ACCOUNTS;

/// When the first event happens unless said otherwise: 2024-02-12T06:00:00Z, in seconds since
/// 1970.
pub const START: u32 = 1_707_717_600;

/// An endless trail of CloudTrail records that follows from a seed.
#[derive(Debug)]
pub struct Generator {
    book: &'static Book,
    seed: u64,
    /// How many events there were; the seed of each event is made of it.
    events: u64,
    dice: Dice,
    clock: Clock,
    sessions: Sessions,
    /// The second record of a pair, until it is its turn.
    pending: Option<Origin>,
    pending_text: Vec<u8>,
}

/// Where a record belongs in the log bucket.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Origin {
    pub(crate) account: &'static str,
    pub(crate) region: &'static str,
    pub(crate) folder: Folder,
    /// Seconds since 1970.
    pub(crate) time: u64,
}

impl Generator {
    /// A trail that begins at [`START`].
    pub fn new(seed: u64) -> Self {
        Self::starting_at(seed, START)
    }

    /// A trail that begins at `start`, in seconds since 1970.
    pub fn starting_at(seed: u64, start: u32) -> Self {
        let start = u64::from(start);
        let book = Book::open();
        let mut dice = Dice::new(seed);
        let sessions = Sessions::new(book, start, &mut dice);
        Self {
            book,
            // The dice run through the numbers that belong to the seed itself.
            seed: mix(seed, hash(b"events")),
            events: 0,
            dice,
            clock: Clock::starting_at(start),
            sessions,
            pending: None,
            pending_text: Vec::new(),
        }
    }

    /// Appends one record as compact JSON text, without a line break at its end.
    ///
    /// Records come in the order of their `eventTime`. The two records of a call that two
    /// accounts see follow each other.
    pub fn record(&mut self, out: &mut Vec<u8>) {
        self.write(out);
    }

    /// As [`record`](Self::record), and says where the record belongs.
    pub(crate) fn write(&mut self, out: &mut Vec<u8>) -> Origin {
        if let Some(origin) = self.pending.take() {
            out.append(&mut self.pending_text);
            return origin;
        }
        self.clock.advance(&mut self.dice);
        self.events += 1;
        match self.dice.below(1_000) {
            0..660 => self.write_call(out),
            660..790 => self.write_service_call(out),
            790..885 => self.write_grant(out),
            885..950 => self.write_shared_call(out),
            _ => self.write_special(out),
        }
    }

    /// Somebody calls something in their own account.
    fn write_call(&mut self, out: &mut Vec<u8>) -> Origin {
        let entry = self.book.calls.pick(&mut self.dice);
        let caller = self.caller();
        let failure = self.failure(entry, 8);
        let scene = self.scene(entry.service, entry.call.action, caller.home, &caller);
        let record = self.api_call(scene, entry, failure, caller.reach, false);
        write_one(out, &record, View::Caller)
    }

    /// A service calls something on its own behalf.
    fn write_service_call(&mut self, out: &mut Vec<u8>) -> Origin {
        let entry = self.book.service_calls.pick(&mut self.dice);
        let caller = self.service_caller(entry);
        let failure = self.failure(entry, 2);
        let scene = self.scene(entry.service, entry.call.action, caller.home, &caller);
        // Services share an id even when nobody else gets the record.
        let record = self.api_call(scene, entry, failure, caller.reach, true);
        write_one(out, &record, View::Caller)
    }

    /// Somebody gets temporary credentials, which later records then show in use.
    fn write_grant(&mut self, out: &mut Vec<u8>) -> Origin {
        let entry = self.book.grants.pick(&mut self.dice);
        let (caller, role) = self.grant_caller(entry);
        let account = self.target_account(&caller);
        let is_foreign = !ACCOUNTS.contains(&caller.home);
        let failure = if is_foreign { None } else { self.failure(entry, 5) };
        let grant = Session::new(role, account, self.dice.roll(), self.clock.seconds());
        let scene = self.scene(entry.service, entry.call.action, account, &caller);
        let scene = Scene { grant: &grant, ..scene };
        let is_abroad = account != caller.home;
        let is_shared = is_abroad || caller.reach == Reach::Service || self.dice.chance(1, 2);
        let record = self.api_call(scene, entry, failure, caller.reach, is_shared);
        let origin = if is_foreign {
            write_one(out, &record, View::Owner)
        } else if is_abroad && failure.is_none() {
            self.write_pair(out, &record)
        } else {
            // What was refused is seen by the caller's account alone.
            write_one(out, &record, View::Caller)
        };
        if failure.is_none() && ACCOUNTS.contains(&account) {
            self.sessions.add(grant);
        }
        origin
    }

    /// Somebody calls something that another account owns.
    fn write_shared_call(&mut self, out: &mut Vec<u8>) -> Origin {
        let entry = self.book.shared_calls.pick(&mut self.dice);
        let is_foreign = self.dice.chance(3, 10);
        let caller = self.visitor(is_foreign);
        let account = self.other_account(caller.home);
        let scene = self.scene(entry.service, entry.call.action, account, &caller);
        let record = self.api_call(scene, entry, None, caller.reach, true);
        if is_foreign {
            write_one(out, &record, View::Owner)
        } else {
            self.write_pair(out, &record)
        }
    }

    /// A record that is a template as a whole.
    fn write_special(&mut self, out: &mut Vec<u8>) -> Origin {
        let special = self.book.special.pick(&mut self.dice);
        let caller = self.person();
        let scene = self.scene(special.service, "", caller.home, &caller);
        special.json.write(out, &scene);
        Origin {
            account: caller.home,
            region: scene.region,
            folder: special.folder,
            time: scene.time,
        }
    }

    /// Writes what the caller's account sees, and keeps what the owner's account sees for the
    /// next turn.
    fn write_pair(&mut self, out: &mut Vec<u8>, record: &Record<'_>) -> Origin {
        record.write(out, View::Caller);
        let (first, second) = (origin(record, View::Caller), origin(record, View::Owner));
        if ACCOUNTS.contains(&second.account) {
            self.pending_text.clear();
            record.write(&mut self.pending_text, View::Owner);
            self.pending = Some(second);
        }
        first
    }
}

fn write_one(out: &mut Vec<u8>, record: &Record<'_>, view: View) -> Origin {
    record.write(out, view);
    origin(record, view)
}

fn origin(record: &Record<'_>, view: View) -> Origin {
    let scene = &record.scene;
    Origin {
        account: if view == View::Owner { scene.account } else { scene.home },
        region: scene.region,
        folder: Folder::Trail,
        time: scene.time,
    }
}
