//! Whatever mix of keeping, filtering and faults: the books balance, and every row and every
//! quarantine line is the one that a simple model of the pipeline expects.

mod toy;

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use toy::{SPECS, Taken, run};
use trailmill_pipeline::{Books, Format, Pipeline, Worker};
use trailmill_stage::NoResources;

/// A stage of a made pipeline.
#[derive(Clone, Debug)]
enum Made {
    Sieve { filter: u64, fault: u64, on_fault: &'static str },
    Row,
}

#[derive(Clone, Debug)]
struct MadePipeline {
    lines_max: usize,
    decoder_on_fault: &'static str,
    shared: Vec<Placed>,
    outputs: Vec<MadeOutput>,
    /// Whether the last output takes what the others leave, if one of them has a condition.
    rest: bool,
}

/// A stage, and below which number it is for an event, if not always.
type Placed = (Made, Option<u64>);

#[derive(Clone, Debug)]
struct MadeOutput {
    stages: Vec<Placed>,
    /// Whether its path has a field.
    fields: bool,
    /// Below which number it takes an event, if not always.
    when: Option<u64>,
}

/// What the model keeps of an event.
#[derive(Clone, Debug, PartialEq)]
struct Modeled {
    n: u64,
    names: Vec<String>,
    is_marked: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Filtered,
    Dropped,
    Written,
    Quarantined,
}

/// What the model expects of a run.
#[derive(Debug, Default, PartialEq)]
struct Expected {
    rows: BTreeMap<(usize, Option<String>), String>,
    /// Number and output of each quarantine line; no number for pieces.
    quarantine: Vec<(Option<u64>, Option<String>)>,
    ends: BTreeMap<&'static str, u64>,
    marked: u64,
    skipped: u64,
    /// By output; the events that none takes are under the number of outputs.
    not_routed: BTreeMap<usize, u64>,
}

impl Made {
    fn settings(&self, name: &str) -> Value {
        match self {
            Made::Sieve { filter, fault, on_fault } => {
                json!({ "sieve": { "filter": filter, "fault": fault, "on_fault": on_fault } })
            }
            Made::Row => json!({ "row": { "name": name } }),
        }
    }

    /// What it does to an event.
    fn apply(&self, name: &str, event: &mut Modeled, expected: &mut Expected) -> End {
        match self {
            Made::Row => {
                event.names.push(name.to_owned());
                event.is_marked = false;
                End::Written
            }
            Made::Sieve { fault, on_fault, .. }
                if *fault != 0 && event.n.is_multiple_of(*fault) =>
            {
                match *on_fault {
                    "mark" => {
                        event.is_marked = true;
                        expected.marked += 1;
                        End::Written
                    }
                    "drop" => End::Dropped,
                    _ => End::Quarantined,
                }
            }
            Made::Sieve { filter, .. } if *filter != 0 && event.n.is_multiple_of(*filter) => {
                End::Filtered
            }
            Made::Sieve { .. } => End::Written,
        }
    }
}

impl MadePipeline {
    fn settings(&self) -> Value {
        let stages = |stages: &[Placed], of: &str| -> Vec<Value> {
            let placed = |(number, (made, when)): (usize, &Placed)| {
                let mut settings = made.settings(&format!("{of}{number}"));
                if let Some(below) = when {
                    let options = settings.as_object_mut().expect("a map").values_mut().next();
                    options.expect("a stage")["when"] = json!(format!("n < {below}"));
                }
                settings
            };
            stages.iter().enumerate().map(placed).collect()
        };
        let decoder = json!({
            "decode-lines": { "lines_max": self.lines_max, "on_fault": self.decoder_on_fault }
        });
        let outputs = self.outputs.iter().enumerate().map(|(number, output)| {
            let name = if output.fields { "{n}" } else { "rows" };
            let to = json!({ "file": { "path": format!("o{number}/{name}") } });
            let own = stages(&output.stages, &format!("o{number}-"));
            match (self.is_rest(number), output.when) {
                (true, _) => json!({ "stages": own, "to": to, "else": true }),
                (_, None) => json!({ "stages": own, "to": to }),
                (_, Some(n)) => json!({ "stages": own, "to": to, "when": format!("n < {n}") }),
            }
        });
        let shared = [vec![decoder], stages(&self.shared, "s")].concat();
        json!({
            "stages": shared,
            "outputs": outputs.collect::<Vec<_>>(),
        })
    }

    fn is_rest(&self, number: usize) -> bool {
        let others = &self.outputs[..number];
        self.rest
            && number + 1 == self.outputs.len()
            && others.iter().any(|output| output.when.is_some())
    }

    fn takes(&self, number: usize, n: u64) -> bool {
        let holds = |output: &MadeOutput| output.when.is_some_and(|below| n < below);
        match self.is_rest(number) {
            true => !self.outputs[..number].iter().any(holds),
            false => self.outputs[number].when.is_none() || holds(&self.outputs[number]),
        }
    }

    fn expect(&self, lines: &[Option<u64>]) -> Expected {
        let mut expected = Expected::default();
        for chunk in lines.chunks(self.lines_max) {
            // The decoder hands over the records of a batch before the pieces.
            for n in chunk.iter().flatten() {
                let end = self.expect_event(*n, &mut expected);
                *expected.ends.entry(end.name()).or_default() += 1;
            }
            for _ in chunk.iter().filter(|n| n.is_none()) {
                let dropped = self.decoder_on_fault == "drop";
                let end = if dropped { End::Dropped } else { End::Quarantined };
                *expected.ends.entry(end.name()).or_default() += 1;
                if !dropped {
                    expected.quarantine.push((None, None));
                }
            }
        }
        expected
    }

    fn expect_event(&self, n: u64, expected: &mut Expected) -> End {
        let mut event = Modeled { n, names: Vec::new(), is_marked: false };
        let end = pass(&self.shared, "s", &mut event, expected);
        if end == End::Quarantined {
            expected.quarantine.push((Some(n), None));
        }
        if end != End::Written {
            return end;
        }
        let mut ends = Vec::new();
        for (number, output) in self.outputs.iter().enumerate() {
            if !self.takes(number, n) {
                *expected.not_routed.entry(number).or_default() += 1;
                continue;
            }
            let mut event = event.clone();
            let end = pass(&output.stages, &format!("o{number}-"), &mut event, expected);
            if end == End::Quarantined {
                expected.quarantine.push((Some(n), Some((number + 1).to_string())));
            }
            if end == End::Written {
                let path = output.fields.then(|| n.to_string());
                expected.rows.entry((number, path)).or_default().push_str(&event.line());
            }
            ends.push(end);
        }
        ends.into_iter().max().unwrap_or_else(|| {
            *expected.not_routed.entry(self.outputs.len()).or_default() += 1;
            End::Filtered
        })
    }
}

fn pass(stages: &[Placed], of: &str, event: &mut Modeled, expected: &mut Expected) -> End {
    for (number, (made, when)) in stages.iter().enumerate() {
        if when.is_some_and(|below| event.n >= below) {
            expected.skipped += 1;
            continue;
        }
        let end = made.apply(&format!("{of}{number}"), event, expected);
        if end != End::Written {
            return end;
        }
    }
    End::Written
}

impl Modeled {
    fn line(&self) -> String {
        let names: String = self.names.iter().map(|name| format!(",\"{name}\":true")).collect();
        let mark = if self.is_marked {
            ",\"trailmillFault\":{\"stage\":\"sieve\",\"kind\":\"toy-much\",\
             \"message\":\"the number is too much at byte 5\"}"
        } else {
            ""
        };
        format!("{{\"n\":{}{names}{mark}}}\n", self.n)
    }
}

impl End {
    fn name(self) -> &'static str {
        match self {
            End::Filtered => "filtered",
            End::Dropped => "dropped",
            End::Written => "written",
            End::Quarantined => "quarantined",
        }
    }
}

fn below() -> impl Strategy<Value = Option<u64>> {
    prop::option::weighted(0.4, 0u64..45)
}

fn placed() -> impl Strategy<Value = Placed> {
    (stage(), below())
}

fn stage() -> impl Strategy<Value = Made> {
    let on_fault = prop::sample::select(vec!["quarantine", "mark", "drop"]);
    let sieve = (0u64..6, 0u64..6, on_fault);
    prop_oneof![
        3 => sieve.prop_map(|(filter, fault, on_fault)| Made::Sieve { filter, fault, on_fault }),
        1 => Just(Made::Row),
    ]
}

fn made() -> impl Strategy<Value = MadePipeline> {
    let on_fault = prop::sample::select(vec!["quarantine", "drop"]);
    let output = (vec(placed(), 0..4), any::<bool>(), below())
        .prop_map(|(stages, fields, when)| MadeOutput { stages, fields, when });
    (1usize..5, on_fault, vec(placed(), 0..4), vec(output, 1..4), any::<bool>()).prop_map(
        |(lines_max, decoder_on_fault, shared, outputs, rest)| MadePipeline {
            lines_max,
            decoder_on_fault,
            shared,
            outputs,
            rest,
        },
    )
}

fn text(lines: &[Option<u64>]) -> String {
    let line = |n: &Option<u64>| match n {
        Some(n) => format!("{{\"n\": {n}}}\n"),
        None => "{\"n\":\n".to_owned(),
    };
    lines.iter().map(line).collect()
}

fn quarantined(taken: &Taken) -> Vec<(Option<u64>, Option<String>)> {
    let line = |line: &str| {
        let line: Value = serde_json::from_str(line).expect("quarantine lines are JSON");
        let raw = line["raw"].as_str().expect("text").to_owned();
        let n = serde_json::from_str::<Value>(&raw).ok().and_then(|record| record["n"].as_u64());
        let scope = if n.is_some() { "record" } else { "piece" };
        assert_eq!(line["scope"], scope);
        (n, line["output"].as_str().map(str::to_owned))
    };
    taken.quarantine.lines().map(line).collect()
}

proptest! {
    #[test]
    fn every_event_comes_to_its_end(
        made in made(),
        lines in vec(prop::option::weighted(0.9, 0u64..40), 0..40),
        cut in any::<prop::sample::Index>(),
    ) {
        let settings = made.settings().to_string();
        let pipeline = Pipeline::load(&settings, Format::Json, SPECS, &NoResources);
        let pipeline = pipeline.expect(&settings);
        let mut taken = Taken::default();
        let mut worker = Worker::new(&pipeline, None);
        run(&mut worker, text(&lines).as_bytes(), &mut taken).expect("a good input");

        let books = worker.books();
        prop_assert_eq!(books.check(), Ok(()));
        let expected = made.expect(&lines);
        prop_assert_eq!(&taken.rows, &expected.rows);
        prop_assert_eq!(quarantined(&taken), expected.quarantine);
        prop_assert_eq!(books.read, lines.len() as u64);
        let end = |name| expected.ends.get(name).copied().unwrap_or(0);
        let ends = [books.written, books.filtered, books.dropped, books.quarantined];
        prop_assert_eq!(ends, [end("written"), end("filtered"), end("dropped"), end("quarantined")]);
        let marked: u64 = books.stages.iter().map(|stage| stage.marked).sum();
        prop_assert_eq!(marked, expected.marked);
        let skipped: u64 = books.stages.iter().map(|stage| stage.skipped).sum();
        prop_assert_eq!(skipped, expected.skipped);
        let not_routed = |number| expected.not_routed.get(&number).copied().unwrap_or(0);
        prop_assert_eq!(books.not_routed, not_routed(books.outputs.len()));
        for (number, output) in books.outputs.iter().enumerate() {
            let rows = taken.rows.iter().filter(|((output, _), _)| *output == number);
            let rows: String = rows.map(|(_, rows)| rows.as_str()).collect();
            prop_assert_eq!(output.not_routed, not_routed(number));
            prop_assert_eq!(output.written, rows.lines().count() as u64);
            prop_assert_eq!(output.bytes, rows.len() as u64);
        }

        // Two workers with a part of the input each come to the same sum.
        let (first, second) = lines.split_at(cut.index(lines.len() + 1));
        let mut merged = Books::new(&pipeline);
        for part in [first, second] {
            let mut worker = Worker::new(&pipeline, None);
            run(&mut worker, text(part).as_bytes(), &mut Taken::default()).expect("a good input");
            merged.merge(worker.books());
        }
        prop_assert_eq!(merged.check(), Ok(()));
        prop_assert_eq!(&merged.stages, &books.stages);
        prop_assert_eq!(&merged.outputs, &books.outputs);
        prop_assert_eq!(merged.bytes_in, books.bytes_in);
        let counts = |books: &Books| -> Vec<_> {
            books.faults.iter().map(|fault| (fault.stage, fault.kind.name, fault.count)).collect()
        };
        prop_assert_eq!(counts(&merged), counts(books));
    }
}

#[test]
fn books_that_do_not_balance_say_where() {
    let pipeline = toy::pipeline("stages: [decode-lines, sieve]");
    let (_, books, _) = toy::run_once(&pipeline, "{\"n\":1}\n{\"n\":2}\n");
    let check = |change: fn(&mut Books)| {
        let mut books = books.clone();
        change(&mut books);
        books.check().expect_err("no balance").to_string()
    };
    let of = |what: &str| format!("the books do not balance: {what}");
    for (change, message) in [
        ((|b| b.written -= 1) as fn(&mut Books), "read and ended: 2 and 1"),
        (|b| b.read += 1, "read and ended: 3 and 2"),
        (
            |b| (b.read += 1, b.written += 1, ()).2,
            "read by the pipeline and by its decoder: 3 and 2",
        ),
        (|b| b.stages[1].kept -= 1, "read and ended, of stage sieve: 2 and 1"),
        (
            |b| (b.stages[1].kept -= 1, b.stages[1].read -= 1, ()).2,
            "kept before and read or skipped, of stage sieve: 2 and 1",
        ),
        (|b| b.stages[1].skipped += 1, "kept before and read or skipped, of stage sieve: 2 and 3"),
        (|b| b.stages[1].marked += 1, "faults met and acted on, of stage sieve: 0 and 1"),
        (|b| b.outputs[0].read -= 1, "kept by all and read or not routed, of output 1: 2 and 1"),
        (|b| b.not_routed += 1, "not routed, and not routed to the only output: 1 and 0"),
        (|b| b.outputs[0].written -= 1, "read and ended, of output 1: 2 and 1"),
        (|b| b.quarantine_lines += 1, "sent to the quarantine and lines there: 0 and 1"),
        (|b| b.dead_inputs += 1, "faults met and acted on, of stage decode-lines: 0 and 1"),
        (
            |b| (b.written -= 1, b.filtered += 1, ()).2,
            "written by the pipeline and by its output: 1 and 2",
        ),
    ] {
        assert_eq!(check(change), of(message));
    }
}
