//! What a module must export and must not import, checked before anything of it runs.

use super::failure::quoted;
use wasmtime::{ExternType, FuncType, Module, ValType};

/// A function of the ABI: its name, its parameters, all numbers of 32 bits, and its result.
struct Function {
    name: &'static str,
    parameters: usize,
    result: Option<Width>,
    needed: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Width {
    I32,
    I64,
}

/// What this host calls. `crates/guest/ABI.md` has more, for other hosts.
const FUNCTIONS: &[Function] = &[
    function("malloc", 1, Some(Width::I32), true),
    function("free", 1, None, true),
    function("trailmill_abi_version", 0, Some(Width::I32), true),
    function("trailmill_describe", 0, Some(Width::I64), true),
    function("trailmill_process", 2, Some(Width::I64), true),
    function("trailmill_configure", 2, Some(Width::I64), false),
    function("trailmill_origin", 2, Some(Width::I64), false),
];

const fn function(
    name: &'static str,
    parameters: usize,
    result: Option<Width>,
    needed: bool,
) -> Function {
    Function { name, parameters, result, needed }
}

/// Checks imports and exports of a module.
///
/// # Errors
/// The first import, or the first export that is missing or is not what it should be.
pub(crate) fn check(module: &Module) -> Result<(), String> {
    if let Some(import) = module.imports().next() {
        let name = quoted(&format!("{}.{}", import.module(), import.name()));
        return Err(format!("it imports `{name}`, and guests have no imports"));
    }
    match module.get_export("memory") {
        Some(ExternType::Memory(memory)) if !memory.is_64() && !memory.is_shared() => {}
        Some(_) => return Err("its export `memory` is no memory of 32 bits".to_owned()),
        None => return Err("it exports no `memory`".to_owned()),
    }
    FUNCTIONS.iter().try_for_each(|function| function.check(module))
}

impl Function {
    fn check(&self, module: &Module) -> Result<(), String> {
        match module.get_export(self.name) {
            Some(ExternType::Func(found)) if self.is(&found) => Ok(()),
            Some(_) => Err(format!("its export `{}` is no function {self}", self.name)),
            None if self.needed => Err(format!("it exports no function `{}`", self.name)),
            None => Ok(()),
        }
    }

    fn is(&self, found: &FuncType) -> bool {
        let mut parameters = found.params();
        let results: Vec<Option<Width>> = found.results().map(|value| width(&value)).collect();
        found.params().len() == self.parameters
            && parameters.all(|value| matches!(value, ValType::I32))
            && match self.result {
                None => results.is_empty(),
                some => results == [some],
            }
    }
}

fn width(value: &ValType) -> Option<Width> {
    match value {
        ValType::I32 => Some(Width::I32),
        ValType::I64 => Some(Width::I64),
        _ => None,
    }
}

impl std::fmt::Display for Function {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let result = match self.result {
            None => "",
            Some(Width::I32) => "i32",
            Some(Width::I64) => "i64",
        };
        write!(f, "({}) -> ({result})", vec!["i32"; self.parameters].join(", "))
    }
}
