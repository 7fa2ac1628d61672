//! What it costs a loop that it can be interrupted, at most: a look at the clock in every turn.

use super::quickest;
use crate::contest::{Answer, Contender, race};
use crate::way::Unmeasured;
use std::fmt::Write as _;
use wasmtime::{Config, Engine, Error, Instance, Module, Store, TypedFunc};

const LOOP: &str = include_str!("loop.wat");

/// A loop in an engine, ready to be called.
struct Loop {
    store: Store<()>,
    function: TypedFunc<(), i32>,
}

impl Loop {
    fn new(epochs: bool) -> Result<Self, Unmeasured> {
        let bytes = wat::parse_str(LOOP).map_err(|error| Unmeasured(error.to_string()))?;
        let mut config = Config::new();
        config.epoch_interruption(epochs);
        let engine = Engine::new(&config).map_err(broken)?;
        let module = Module::new(&engine, &bytes).map_err(broken)?;
        let mut store = Store::new(&engine, ());
        store.set_epoch_deadline(1);
        let instance = Instance::new(&mut store, &module, &[]).map_err(broken)?;
        let function = instance.get_typed_func(&mut store, "f").map_err(broken)?;
        Ok(Loop { store, function })
    }

    /// One round; what is answered is the sum of all bytes, which are zero.
    fn round(&mut self) -> Result<Answer, Unmeasured> {
        let sum = self.function.call(&mut self.store, ()).map_err(broken)?;
        Ok(Answer { records: None, bytes: sum as usize })
    }
}

fn broken(error: Error) -> Unmeasured {
    Unmeasured(error.to_string())
}

/// The table of the loop without and with epochs.
pub(super) fn table(rounds: usize) -> Result<String, Unmeasured> {
    let (mut without, mut with) = (Loop::new(false)?, Loop::new(true)?);
    let mut contenders = [
        Contender {
            name: "without".to_owned(),
            instructions: String::new(),
            round: Box::new(|| without.round()),
        },
        Contender {
            name: "with epochs".to_owned(),
            instructions: String::new(),
            round: Box::new(|| with.round()),
        },
    ];
    // A round is short, and many make it sure that one of them was not disturbed.
    let speeds = race(&mut contenders, rounds * 10)?;
    let mut out = "\n| a loop over 1 MiB | us | of the first |\n|---|---|---|\n".to_owned();
    for speed in &speeds {
        let ratio = speed.times(&speeds[0]).recip();
        let _ = writeln!(out, "| {} | {} | {ratio:.2} |", speed.name, quickest(speed).as_micros());
    }
    Ok(out)
}
