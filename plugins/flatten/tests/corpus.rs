//! Every record of the corpus: its row is what the table says, and gives the record back.

mod support;

use support::mill::Mill;
use support::oracle;

#[test]
fn every_record_has_its_row_and_comes_back() {
    let Some(records) = trailmill_golden::corpus() else { return };
    let mut mill = Mill::snare();
    for record in &records {
        let made = mill.round(record);
        assert_eq!(made.notes, [""; 0], "{record}");
        oracle::check(record, &made.row);
    }
}
