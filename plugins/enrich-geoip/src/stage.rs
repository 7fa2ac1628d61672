//! The stage: looks up the source address of an event and puts what is found into it.

use crate::address::public;
use crate::answer::Answer;
use crate::database::{Damaged, Database};
use crate::fields::Field;
use crate::memo::Memo;
use crate::record::Record;
use std::net::IpAddr;
use trailmill_stage::event::{Event, Path};
use trailmill_stage::{Fault, FaultKind, Stage, Verdict};

/// The record has a member `enrichment` already, and that is no object to add to.
pub static GEO_IN_THE_WAY: FaultKind = FaultKind {
    name: "geo-in-the-way",
    message: "there is a member `enrichment` already that is no object, so no place is added",
};

/// A database has no readable record where its index leads to.
pub static GEO_DATABASE_DAMAGED: FaultKind = FaultKind {
    name: "geo-database-damaged",
    message: "the record of the source address in a database is damaged; fetch the database again",
};

/// Adds where the source address is as `enrichment.geo`.
#[derive(Debug)]
pub struct EnrichGeoip {
    geo: Path,
    databases: Vec<Database>,
    /// What is kept, in the order in which it is written.
    fields: Vec<Field>,
    language: String,
    memo: Memo,
}

impl EnrichGeoip {
    pub(crate) fn new(databases: Vec<Database>, fields: Vec<Field>, language: String) -> Self {
        EnrichGeoip {
            geo: Path::members(["enrichment", "geo"]),
            databases,
            fields,
            language,
            memo: Memo::new(),
        }
    }

    /// Appends what is known of an address; nothing if that is nothing.
    fn write(&self, address: IpAddr, out: &mut Vec<u8>) -> Result<(), Damaged> {
        if self.memo.copy(address, out) {
            return Ok(());
        }
        let looked_up = self.databases.iter().map(|database| database.look_up(address));
        let records: Vec<Record<'_>> =
            looked_up.filter_map(Result::transpose).collect::<Result<_, _>>()?;
        out.push(b'{');
        self.write_fields(true, &records, out);
        self.write_fields(false, &records, out);
        // The bracket or comma at the end.
        if out.pop() == Some(b',') {
            out.push(b'}');
        }
        self.memo.keep(address, out);
        Ok(())
    }

    /// Appends the fields of place or network, all from the first record that has any: fields of
    /// several records might not be of one place.
    fn write_fields(&self, of_place: bool, records: &[Record<'_>], out: &mut Vec<u8>) {
        let mut answer = Answer::new(out, &self.language);
        let fields = self.fields.iter().filter(|field| field.is_of_place() == of_place);
        for record in records {
            let mut has_any = false;
            for &field in fields.clone() {
                has_any |= answer.field(field, record);
            }
            if has_any {
                return;
            }
        }
    }
}

/// The source address of an event, if it is one to look up.
fn address(event: &Event<'_>) -> Option<IpAddr> {
    public(&event.root().get("sourceIPAddress")?.text()?)
}

impl Stage for EnrichGeoip {
    fn apply(&self, event: &mut Event<'_>) -> Result<Verdict, Fault> {
        let mut outcome = Ok(());
        let set = event.set_json(&self.geo, |event, out| {
            if let Some(address) = address(event) {
                outcome = self.write(address, out);
            }
        });
        match (outcome, set) {
            (Ok(()), Ok(())) => Ok(Verdict::Keep),
            (Err(Damaged), _) => Err(Fault::new(&GEO_DATABASE_DAMAGED)),
            (Ok(()), Err(_)) => Err(Fault::new(&GEO_IN_THE_WAY)),
        }
    }
}
