//! What comes out where: several outputs, paths with fields, marks, full buffers, broken runs.

mod toy;

use std::ops::ControlFlow;
use toy::{Taken, pipeline, run, run_once};
use trailmill_pipeline::{FLUSH_BYTES, Outlet, Worker};

#[test]
fn an_output_alone() {
    let pipeline = pipeline("stages: [decode-lines, { row: { name: r } }]");
    let (taken, books, outcome) = run_once(&pipeline, "{\"n\": 1}\n{\"n\": 2, \"m\": [ 3 ]}\n");
    assert_eq!(outcome, Ok(()));
    assert_eq!(taken.of(0), "{\"n\":1,\"r\":true}\n{\"n\":2,\"r\":true}\n");
    assert_eq!((books.inputs, books.dead_inputs), (1, 0));
    assert_eq!((books.bytes_in, books.text_bytes), (30, 29));
    assert_eq!((books.read, books.written), (2, 2));
}

#[test]
fn events_without_rows_are_written_compact() {
    let (taken, ..) =
        run_once(&pipeline("stages: [decode-lines]"), "{\"n\": 1.50, \"m\": [ 3 ]}\n");
    assert_eq!(taken.of(0), "{\"n\":1.50,\"m\":[3]}\n");
}

/// Each output gets the event as the shared stages have left it, whatever the others do to it.
#[test]
fn outputs_do_not_see_each_other() {
    let pipeline = pipeline(
        "stages: [decode-lines, { row: { name: shared } }]
outputs:
  - name: twice
    stages: [{ row: { name: a } }, { row: { name: b } }]
    to: { file: { path: out/twice } }
  - { name: as-is, to: { file: { path: out/as-is } } }
  - name: once
    stages: [{ row: { name: c } }]
    to: { file: { path: 'out/{n}' } }
  - { name: again, stages: [{ sieve: { filter: 2 } }], to: stdout }
",
    );
    let (taken, books, _) = run_once(&pipeline, "{\"n\":1}\n{\"n\":2}\n{\"n\":1,\"m\":0}\n");
    let rows = |more: &str, numbers: &[u64]| -> String {
        numbers.iter().map(|n| format!("{{\"n\":{n},\"shared\":true{more}}}\n")).collect()
    };
    assert_eq!(taken.of(0), rows(",\"a\":true,\"b\":true", &[1, 2, 1]));
    assert_eq!(taken.of(1), rows("", &[1, 2, 1]));
    assert_eq!(taken.rows[&(2, Some("1".to_owned()))], rows(",\"c\":true", &[1, 1]));
    assert_eq!(taken.rows[&(2, Some("2".to_owned()))], rows(",\"c\":true", &[2]));
    assert_eq!(taken.of(3), rows("", &[1, 1]));
    assert_eq!((books.read, books.written, books.filtered), (3, 3, 0));
    let written: Vec<_> = books.outputs.iter().map(|output| output.written).collect();
    assert_eq!(written, [3, 3, 3, 2]);
}

/// The same where the shared stages only change the event, or do nothing to it.
#[test]
fn marks_of_one_output_stay_there() {
    let pipeline = pipeline(
        "stages: [decode-lines, { sieve: { fault: 3, on_fault: mark } }]
outputs:
  - stages: [{ sieve: { fault: 2, on_fault: mark } }]
    to: { file: { path: out/a } }
  - to: stdout
",
    );
    let (taken, books, _) = run_once(&pipeline, "{\"n\":2}\n{\"n\":3}\n{\"n\":5}\n");
    let mark = ",\"trailmillFault\":{\"stage\":\"sieve\",\"kind\":\"toy-much\",\
                \"message\":\"the number is too much at byte 5\"}";
    assert_eq!(taken.of(0), format!("{{\"n\":2{mark}}}\n{{\"n\":3{mark}}}\n{{\"n\":5}}\n"));
    assert_eq!(taken.of(1), format!("{{\"n\":2}}\n{{\"n\":3{mark}}}\n{{\"n\":5}}\n"));
    assert_eq!((books.written, books.quarantined, books.quarantine_lines), (3, 0, 0));
    assert_eq!(books.stages.iter().map(|stage| stage.marked).collect::<Vec<_>>(), [0, 1, 1]);
}

/// One event, three outputs, three ends; the quarantine has one line for each fault.
#[test]
fn ends_differ_from_output_to_output() {
    let pipeline = pipeline(
        "stages: [decode-lines]
outputs:
  - { stages: [{ sieve: { fault: 2 } }], to: stdout }
  - { stages: [{ sieve: { fault: 3, on_fault: drop } }], to: { file: { path: b } } }
  - { stages: [{ sieve: { filter: 5 } }, { sieve: { fault: 7 } }], to: { file: { path: c } } }
",
    );
    let ends = |n: u64| {
        let (taken, books, _) = run_once(&pipeline, &format!("{{\"n\":{n}}}\n"));
        let at_outputs = books.outputs.iter().map(|output| {
            let ends = [output.written, output.filtered, output.dropped, output.quarantined];
            "wfdq".chars().zip(ends).find(|(_, count)| *count == 1).map_or('-', |(name, _)| name)
        });
        let at_last = [books.written, books.filtered, books.dropped, books.quarantined];
        let at_last = "wfdq".chars().zip(at_last).find(|(_, count)| *count == 1);
        let lines = taken.quarantine.lines().count() as u64;
        assert_eq!(lines, books.quarantine_lines);
        (at_outputs.collect::<String>(), at_last.map(|(name, _)| name), lines)
    };
    assert_eq!(ends(1), ("www".to_owned(), Some('w'), 0));
    assert_eq!(ends(2), ("qww".to_owned(), Some('q'), 1));
    assert_eq!(ends(3), ("wdw".to_owned(), Some('w'), 0));
    assert_eq!(ends(15), ("wdf".to_owned(), Some('w'), 0));
    assert_eq!(ends(14), ("qwq".to_owned(), Some('q'), 2));
    assert_eq!(ends(30), ("qdf".to_owned(), Some('q'), 1));
}

#[test]
fn dropped_by_some_and_filtered_by_others_is_dropped() {
    let pipeline = pipeline(
        "stages: [decode-lines]
outputs:
  - { stages: [{ sieve: { fault: 2, on_fault: drop } }], to: stdout }
  - { stages: [{ sieve: { filter: 2 } }], to: { file: { path: b } } }
",
    );
    let (_, books, _) = run_once(&pipeline, "{\"n\":2}\n");
    assert_eq!((books.read, books.dropped, books.filtered, books.written), (1, 1, 0, 0));
}

/// What a stage writes is checked before the next one looks into it.
#[test]
fn a_row_that_is_not_json_is_a_fault_of_its_stage() {
    let stages = "stages: [decode-lines, { row: { name: r, style: bad } }, sieve]";
    let (taken, books, _) = run_once(&pipeline(stages), "{\"n\":1}\n");
    assert_eq!((books.quarantined, books.stages[1].quarantined, books.stages[2].read), (1, 1, 0));
    assert_eq!(books.faults[0].kind.name, "row-not-json");
    assert!(taken.quarantine.contains("\"raw\":\"{\\\"n\\\":1}\""), "{}", taken.quarantine);
}

/// A stage may write a row and then let go of the event; nothing of that row is left behind.
#[test]
fn rows_of_filtered_events_are_gone() {
    let stage = "{ row: { name: r, style: even } }";
    let input = "{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n{\"n\":4}\n{\"n\":5}\n";
    let expected = "{\"n\":2,\"r\":true}\n{\"n\":4,\"r\":true}\n";
    for lines_max in 1..5 {
        let decoder = format!("decode-lines: {{ lines_max: {lines_max} }}");
        let alone = pipeline(&format!("stages: [{decoder}, {stage}]"));
        let (taken, books, _) = run_once(&alone, input);
        assert_eq!((taken.of(0), books.filtered), (expected, 3));
        let outputs =
            format!("[{{ stages: [{stage}], to: stdout }}, {{ to: {{ file: {{ path: b }} }} }}]");
        let several = pipeline(&format!("stages: [{decoder}]\noutputs: {outputs}"));
        let (taken, books, _) = run_once(&several, input);
        assert_eq!((taken.of(0), taken.of(1), books.written), (expected, input, 5));
    }
}

/// Lines leave whenever a buffer is full, in order and never cut.
#[test]
fn full_buffers_leave() {
    for outputs in [
        "",
        "outputs: [{ to: stdout }, { to: { file: { path: b } } }]",
        "outputs: [{ to: { file: { path: 'out/{m}' } } }]",
    ] {
        let pipeline = pipeline(&format!("stages: [decode-lines]\n{outputs}"));
        let line = |n: usize| format!("{{\"n\":{n},\"m\":\"{}\"}}\n", "x".repeat(1000));
        let input: String = (0..2500).map(line).collect();
        let (taken, books, _) = run_once(&pipeline, &input);
        let of_first: Vec<&String> = taken
            .rows
            .iter()
            .filter(|((output, _), _)| *output == 0)
            .map(|(_, rows)| rows)
            .collect();
        assert_eq!(of_first, [&input], "{outputs}");
        assert_eq!(books.outputs[0].bytes, input.len() as u64);
        let outputs = pipeline.outputs().len();
        let times = input.len().div_ceil(FLUSH_BYTES);
        assert_eq!(taken.lengths.len(), times * outputs, "{:?}", taken.lengths);
        for length in &taken.lengths[..(times - 1) * outputs] {
            assert!((FLUSH_BYTES..FLUSH_BYTES + 1100).contains(length), "{length}");
        }
    }
}

/// Many files at once do not pile up in memory.
#[test]
fn many_files_leave_together() {
    let pipeline =
        pipeline("stages: [decode-lines]\noutputs: [{ to: { file: { path: 'out/{n}' } } }]");
    let input: String = (0..1000).map(|n| format!("{{\"n\":{}}}\n", n % 500)).collect();
    let mut worker = Worker::new(&pipeline, None);
    let mut count = Count::default();
    let mut reader = input.as_bytes();
    let source = trailmill_event::Source::default();
    let mut input = trailmill_stage::Input::whole(&mut reader, source);
    worker.run(&mut input, &mut count).expect("a good input");
    // Kept to the end, each file would have left with both of its rows.
    assert_eq!((count.calls, count.rows), (1000, 1000));
    assert_eq!(worker.books().check(), Ok(()));
}

#[derive(Default)]
struct Count {
    calls: usize,
    rows: usize,
}

impl Outlet for Count {
    fn rows(&mut self, _: usize, path: Option<&str>, bytes: &mut Vec<u8>) -> ControlFlow<()> {
        assert!(path.is_some());
        self.calls += 1;
        self.rows += bytes.iter().filter(|&&byte| byte == b'\n').count();
        ControlFlow::Continue(())
    }

    fn quarantine(&mut self, _: &[u8]) -> ControlFlow<()> {
        unreachable!("nothing is at fault")
    }
}

/// A worker goes on with the next input as if nothing had been, whatever became of the last.
#[test]
fn a_worker_is_used_again() {
    let pipeline =
        pipeline("stages: [decode-lines, { row: { name: r } }, { sieve: { fault: 7 } }]");
    let mut worker = Worker::new(&pipeline, None);

    let mut broken = Taken { calls_max: Some(1), ..Taken::default() };
    let outcome = run(&mut worker, b"{\"n\":1}\n{\"n\":7}\n{\"n\":2}\n{\"n\":3}\n", &mut broken);
    assert_eq!(outcome, Ok(()));
    assert_eq!((broken.of(0), broken.quarantine.lines().count()), ("", 1));
    assert_eq!(worker.books().read, 2, "nothing is read after the break");

    let mut dead = Taken::default();
    let fault = run(&mut worker, b"{\"n\":4}\ncut\n{\"n\":5}\n", &mut dead).expect_err("cut");
    assert_eq!((fault.kind.name, fault.offset), ("toy-cut", Some(8)));
    assert_eq!(dead.of(0), "{\"n\":4,\"r\":true}\n", "what came before has gone its way");

    let mut good = Taken::default();
    run(&mut worker, b"{\"n\":6}\n", &mut good).expect("a good input");
    assert_eq!(good.of(0), "{\"n\":6,\"r\":true}\n");
    let books = worker.books();
    assert_eq!((books.inputs, books.dead_inputs), (3, 1));
    assert_eq!(books.check(), Ok(()));
}
