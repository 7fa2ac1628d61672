//! Takes out of a configured module what its exports can not reach any more.
//!
//! The generic guest can do all that any pipeline may ask for, and read the files that say so. Once
//! it is configured, most of that is of no more use: the readers of settings, the stages that the
//! pipeline does not have, the entry points of other hosts. This is what a linker does with
//! `--gc-sections`, done once more when it is known what the memory holds; nobody needs a compiler
//! for it.

mod doomed;
mod links;
mod reach;
mod rewrite;

use crate::export::broken::{Broken, Result};
use links::Links;
use reach::{Image, reach};
use rewrite::{Plan, rewrite};
use wasmparser::{ExternalKind, Operator, Parser, Payload};

/// The bytes of a page of memory.
pub(super) const PAGE_BYTES: usize = 1 << 16;

/// What is to be left of a module.
#[derive(Debug)]
pub(super) struct Wanted<'a> {
    /// Exports by the names that they have and the names that they get.
    pub(super) exports: &'a [(&'a str, &'a str)],
    /// The most pages that it may ever have, if another number than that of the module.
    pub(super) pages_max: Option<u64>,
    /// Sections that hosts pass over: names and contents.
    pub(super) custom: &'a [(&'a str, &'a [u8])],
}

/// Writes `module` again with the memory that one of its instances has, between two calls, and with
/// what the wanted exports reach.
///
/// # Errors
/// If the module was not linked with `--emit-relocs`, has not the exports that are wanted, or does
/// what a linked guest never does, such as to change its table.
pub(super) fn prune(module: &[u8], memory: &[u8], wanted: &Wanted<'_>) -> Result<Vec<u8>> {
    let links = Links::read(module)?;
    let ends = Ends::read(module)?;
    let roots = roots(module, wanted.exports)?;
    let image = Image { memory, heap: ends.heap..memory.len() as u32 };
    let reach = reach(&links, &image, &roots);
    let mut memory = memory.to_vec();
    // Between two calls there is nothing on the stack, which lies before everything else.
    memory[..ends.stack as usize].fill(0);
    clear(&mut memory, &links, &reach.pieces);
    let Wanted { exports, pages_max, custom } = *wanted;
    let plan = Plan { exports, memory: &memory, pages_max, custom };
    rewrite(module, &links, &reach, &plan)
}

/// Puts zeros in the place of static data that was not reached. What belongs to no piece stays.
fn clear(memory: &mut [u8], links: &Links, reached: &std::collections::HashSet<usize>) {
    let is_live = |position: &usize| reached.contains(position);
    let all = 0..links.pieces.len();
    let (live, dead): (Vec<usize>, Vec<usize>) = all.partition(is_live);
    let kept: Vec<(usize, Vec<u8>)> = live
        .into_iter()
        .filter_map(|position| {
            let range = links.pieces[position].range.clone();
            let bytes = memory.get(range.start as usize..range.end as usize)?;
            Some((range.start as usize, bytes.to_vec()))
        })
        .collect();
    for position in dead {
        let range = links.pieces[position].range.clone();
        if let Some(bytes) = memory.get_mut(range.start as usize..range.end as usize) {
            bytes.fill(0);
        }
    }
    // Pieces may overlap: what is needed is put back.
    for (start, bytes) in kept {
        memory[start..start + bytes.len()].copy_from_slice(&bytes);
    }
}

/// The functions that the wanted exports are.
fn roots(module: &[u8], wanted: &[(&str, &str)]) -> Result<Vec<u32>> {
    let mut missing: Vec<&str> = wanted.iter().map(|(name, _)| *name).collect();
    let mut roots = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        let Payload::ExportSection(exports) = payload? else { continue };
        for export in exports {
            let export = export?;
            if !missing.contains(&export.name) {
                continue;
            }
            missing.retain(|name| *name != export.name);
            if export.kind == ExternalKind::Func {
                roots.push(export.index);
            }
        }
    }
    match missing.is_empty() {
        true => Ok(roots),
        false => Err(Broken(format!("it has no export {}", missing.join(", ")))),
    }
}

/// Where the parts of the memory end.
struct Ends {
    /// Behind the stack, which begins at 0.
    stack: u32,
    /// Where the heap begins.
    heap: u32,
}

impl Ends {
    fn read(module: &[u8]) -> Result<Ends> {
        let (mut globals, mut heap) = (Vec::new(), None);
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::GlobalSection(section) => {
                    for global in section {
                        let global = global?;
                        let first = global.init_expr.get_operators_reader().read()?;
                        let Operator::I32Const { value } = first else { continue };
                        globals.push((global.ty.mutable, value as u32));
                    }
                }
                Payload::ExportSection(section) => {
                    for export in section {
                        let export = export?;
                        if export.name == "__heap_base" {
                            heap = Some(export.index as usize);
                        }
                    }
                }
                _ => {}
            }
        }
        let heap = heap.and_then(|index| globals.get(index));
        let heap = heap.ok_or(Broken::new("it has no __heap_base"))?;
        let stack = globals.iter().find(|(mutable, _)| *mutable);
        let stack = stack.ok_or(Broken::new("it has no stack"))?;
        Ok(Ends { stack: stack.1, heap: heap.1 })
    }
}
