//! The component, in `wasmtime`.

use crate::exported::{exported, native};
use trailmill_host::export::Host;
use trailmill_shim::Answer;
use wasmtime::component::{Component, Func, Instance, Linker, Val};
use wasmtime::{Engine, Store};

const INTERFACE: &str = "trailmill:pipeline/pipeline@0.1.0";

struct Pipeline {
    store: Store<()>,
    process: Func,
    describe: Func,
}

impl Pipeline {
    fn new(bytes: &[u8]) -> Self {
        let engine = Engine::default();
        let component = Component::new(&engine, bytes).expect("a component");
        let mut store = Store::new(&engine, ());
        let linker = Linker::new(&engine);
        let instance = linker.instantiate(&mut store, &component).expect("an instance");
        let process = function(&mut store, &instance, "process");
        let describe = function(&mut store, &instance, "describe");
        Pipeline { store, process, describe }
    }

    /// Rows with their outputs, quarantine lines and counts; or what the component says.
    fn process(&mut self, input: &[u8], origin: [&str; 2]) -> Result<(Vec<u8>, Vec<u8>), String> {
        let [source, collected_at] = origin.map(|text| Val::String(text.to_owned()));
        let origin = Val::Record(vec![
            ("source".to_owned(), source),
            ("collected-at".to_owned(), collected_at),
        ]);
        let arguments = [Val::List(input.iter().map(|byte| Val::U8(*byte)).collect()), origin];
        let mut results = [Val::Bool(false)];
        self.process.call(&mut self.store, &arguments, &mut results).expect("no trap");
        match &results[0] {
            Val::Result(Ok(Some(answer))) => {
                let Val::List(frames) = member(answer, "rows") else { panic!("{answer:?}") };
                let rows = frames.iter().flat_map(|frame| bytes(member(frame, "lines")));
                Ok((rows.collect(), bytes(member(answer, "quarantine"))))
            }
            Val::Result(Err(Some(message))) => match &**message {
                Val::String(message) => Err(message.clone()),
                other => panic!("{other:?}"),
            },
            other => panic!("{other:?}"),
        }
    }
}

fn function(store: &mut Store<()>, instance: &Instance, name: &str) -> Func {
    let (_, interface) = instance.get_export(&mut *store, None, INTERFACE).expect(INTERFACE);
    let (_, index) = instance.get_export(&mut *store, Some(&interface), name).expect(name);
    instance.get_func(&mut *store, index).expect(name)
}

fn member<'v>(value: &'v Val, name: &str) -> &'v Val {
    let Val::Record(members) = value else { panic!("{value:?}") };
    &members.iter().find(|(found, _)| found == name).expect(name).1
}

fn bytes(value: &Val) -> Vec<u8> {
    let Val::List(list) = value else { panic!("{value:?}") };
    list.iter()
        .map(|byte| match byte {
            Val::U8(byte) => *byte,
            other => panic!("{other:?}"),
        })
        .collect()
}

#[test]
fn the_corpus_gives_the_rows_of_a_batch() {
    let mut pipeline = Pipeline::new(&exported(Host::Component));
    let Some(records) = trailmill_golden::corpus() else { return };
    let mut native = native();
    let mut count = 0;
    for batch in records.chunks(100) {
        let batch = batch.join("\n");
        let answer = Answer::read(native.process(batch.as_bytes()));
        let (rows, quarantine) = pipeline.process(batch.as_bytes(), ["", ""]).expect("an answer");
        assert!(rows == answer.lines(0, 0), "rows are others");
        assert_eq!(quarantine, answer.lines(1, 0));
        count += answer.counts[1];
    }
    assert_eq!(count, 6175);
}

#[test]
fn quarantine_lines_tell_the_origin() {
    let mut pipeline = Pipeline::new(&exported(Host::Component));
    let mut native = native();
    let origin = ["a trail", "2024-03-08T10:15:30Z"];
    let text = format!(r#"{{"source":"{}","collectedAt":"{}"}}"#, origin[0], origin[1]);
    native.origin(text.as_bytes()).expect("an origin");
    for input in ["{\"a\":1}\n{\"b\":\n{\"c\":1}", "x", "", "\u{1f}\u{8b}"] {
        let answer = Answer::read(native.process(input.as_bytes()));
        let (rows, quarantine) = pipeline.process(input.as_bytes(), origin).expect("an answer");
        assert_eq!((rows, quarantine), (answer.lines(0, 0), answer.lines(1, 0)), "{input}");
    }
}

#[test]
fn a_component_describes_itself() {
    let mut pipeline = Pipeline::new(&exported(Host::Component));
    let mut results = [Val::Bool(false)];
    pipeline.describe.call(&mut pipeline.store, &[], &mut results).expect("no trap");
    let [Val::String(text)] = &results else { panic!("{results:?}") };
    let description: serde_json::Value = serde_json::from_str(text).expect("JSON");
    assert_eq!(description["pipeline"]["outputs"], serde_json::json!(["1"]));
}
