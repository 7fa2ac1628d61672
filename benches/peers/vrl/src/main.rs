//! Runs a VRL program over JSON lines: each line is the event's `message`, and what the program
//! makes of the event is a line of output.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write, stdout};
use vrl::compiler::{TargetValue, TimeZone, runtime::Runtime};
use vrl::value::{KeyString, Secrets, Value};

/// How much is read and written at once.
const BUFFER: usize = 1 << 20;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [program, input] => run(&std::fs::read_to_string(program)?, File::open(input)?),
        _ => Err("usage: trailmill-peers-vrl PROGRAM INPUT".into()),
    }
}

fn run(source: &str, input: File) -> Result<(), Box<dyn Error>> {
    let compiled = vrl::compiler::compile(source, &vrl::stdlib::all())
        .map_err(|errors| format!("the program can not be compiled: {errors:?}"))?;
    let mut runtime = Runtime::default();
    let mut out = BufWriter::with_capacity(BUFFER, stdout().lock());
    for line in BufReader::with_capacity(BUFFER, input).lines() {
        let message = KeyString::from("message");
        let mut target = TargetValue {
            value: Value::Object(BTreeMap::from([(message, Value::from(line?))])),
            metadata: Value::Object(BTreeMap::new()),
            secrets: Secrets::default(),
        };
        let row = runtime.resolve(&mut target, &compiled.program, &TimeZone::default());
        row.map_err(|error| format!("a record is refused: {error}"))?;
        runtime.clear();
        serde_json::to_writer(&mut out, &target.value)?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}
