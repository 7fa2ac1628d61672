//! What can stand in a hole, and how each is written.

use crate::clock;
use crate::rng::{Dice, hash, mix};
use crate::scene::{Fact, Scene};
use crate::session::Field;
use crate::text;

/// What a hole is filled with.
#[derive(Debug, Clone, Copy)]
pub(super) enum Fill {
    /// Something that the record knows.
    Fact(Fact),
    /// Something of the temporary credentials that make the call.
    Session(Field),
    /// Something of the temporary credentials that the call returns.
    Grant(Field),
    /// Something drawn at random.
    Drawn(Drawn),
    /// The hexadecimal name of one of so many things that the account has.
    Known { length: u32, population: u32, kind: u64 },
    /// The UUID of one of so many things that the account has.
    KnownUuid { population: u32, kind: u64 },
    /// A number between two bounds, both included.
    Between { least: u32, most: u32 },
    /// So many letters of some alphabet.
    Letters { alphabet: Alphabet, length: u32 },
}

/// A value that needs no bounds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Drawn {
    Uuid,
    /// A number of bytes: most are small, some are gigabytes.
    Size,
    PublicAddress,
    PrivateAddress,
    /// A moment of the last thirty days, as in `eventTime`.
    Past,
    /// A moment of the last thirty days, as Americans write it.
    UsPast,
    /// The same with a narrow no-break space before AM and PM.
    UsPastNarrow,
    /// A moment of the last thirty days in seconds since 1970, with milliseconds.
    EpochPast,
}

/// Which letters a run of letters is drawn from.
#[derive(Debug, Clone, Copy)]
pub(super) enum Alphabet {
    Hex,
    Base32,
    Base64,
    Base64Url,
    Digits,
    Alphanumeric,
}

/// The names of the holes that need no bounds.
const NAMES: &[(&str, Fill)] = &[
    ("uuid", Fill::Drawn(Drawn::Uuid)),
    ("size", Fill::Drawn(Drawn::Size)),
    ("ip", Fill::Drawn(Drawn::PublicAddress)),
    ("privateIp", Fill::Drawn(Drawn::PrivateAddress)),
    ("past", Fill::Drawn(Drawn::Past)),
    ("usPast", Fill::Drawn(Drawn::UsPast)),
    ("usPastNarrow", Fill::Drawn(Drawn::UsPastNarrow)),
    ("epochPast", Fill::Drawn(Drawn::EpochPast)),
];

/// The names of the alphabets.
const ALPHABETS: &[(&str, Alphabet)] = &[
    ("hex", Alphabet::Hex),
    ("base32", Alphabet::Base32),
    ("base64", Alphabet::Base64),
    ("base64url", Alphabet::Base64Url),
    ("digits", Alphabet::Digits),
    ("alphanumeric", Alphabet::Alphanumeric),
];

impl Fill {
    /// The fill that a hole's name and bounds ask for, inside the alias `kind`.
    pub(super) fn named(name: &str, (least, most): (u32, u32), kind: u64) -> Option<Self> {
        if let Some((_, alphabet)) = ALPHABETS.iter().find(|(known, _)| *known == name) {
            return Some(Self::Letters { alphabet: *alphabet, length: least });
        }
        if let Some((_, fill)) = NAMES.iter().find(|(known, _)| *known == name) {
            return Some(*fill);
        }
        if let Some((owner, field)) = name.split_once('.') {
            let field = Field::named(field)?;
            return match owner {
                "session" => Some(Self::Session(field)),
                "grant" => Some(Self::Grant(field)),
                _ => None,
            };
        }
        match name {
            "known" => Some(Self::Known { length: least, population: most, kind }),
            "knownUuid" => Some(Self::KnownUuid { population: least, kind }),
            "int" => Some(Self::Between { least, most }),
            _ => Fact::named(name).map(Self::Fact),
        }
    }

    /// Appends a value. `dice` is the hole's own.
    pub(super) fn write(self, out: &mut Vec<u8>, scene: &Scene<'_>, mut dice: Dice) {
        match self {
            Self::Fact(fact) => fact.write(out, scene),
            Self::Session(field) => scene.session.write(field, out, scene),
            Self::Grant(field) => scene.grant.write(field, out, scene),
            Self::Drawn(drawn) => drawn.write(out, scene, &mut dice),
            Self::Known { length, population, kind } => {
                let mut thing = thing(scene, kind, population, dice);
                text::hex(out, &mut thing, length as usize);
            }
            Self::KnownUuid { population, kind } => {
                text::uuid(out, &mut thing(scene, kind, population, dice));
            }
            Self::Between { least, most } => {
                text::number(out, u64::from(least + dice.below(most - least + 1)));
            }
            Self::Letters { alphabet, length } => {
                alphabet.write(out, &mut dice, length as usize);
            }
        }
    }
}

/// The dice of one of the `population` things of a kind that an account has.
fn thing(scene: &Scene<'_>, kind: u64, population: u32, mut dice: Dice) -> Dice {
    let which = mix(kind, u64::from(dice.below(population)));
    Dice::new(mix(hash(scene.account.as_bytes()), which))
}

impl Drawn {
    fn write(self, out: &mut Vec<u8>, scene: &Scene<'_>, dice: &mut Dice) {
        match self {
            Self::Uuid => text::uuid(out, dice),
            Self::Size => {
                let shift = dice.below(30);
                text::number(out, dice.roll() >> (33 + shift));
            }
            Self::PublicAddress => text::public_address(out, dice),
            Self::PrivateAddress => text::private_address(out, dice),
            Self::Past => clock::write_iso(out, past(scene, dice)),
            Self::UsPast => clock::write_us(out, past(scene, dice), false),
            Self::UsPastNarrow => clock::write_us(out, past(scene, dice), true),
            Self::EpochPast => {
                text::number(out, past(scene, dice));
                out.push(b'.');
                text::digits(out, dice, 3);
            }
        }
    }
}

/// A moment of the last thirty days.
fn past(scene: &Scene<'_>, dice: &mut Dice) -> u64 {
    scene.time.saturating_sub(u64::from(dice.below(30 * 86_400)))
}

impl Alphabet {
    fn write(self, out: &mut Vec<u8>, dice: &mut Dice, length: usize) {
        match self {
            Self::Hex => text::hex(out, dice, length),
            Self::Base32 => text::base32(out, dice, length),
            Self::Base64 => text::base64(out, dice, length),
            Self::Base64Url => text::base64_url(out, dice, length),
            Self::Digits => text::digits(out, dice, length),
            Self::Alphanumeric => text::alphanumeric(out, dice, length),
        }
    }
}
