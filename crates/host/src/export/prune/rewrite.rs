//! Writes a module again with less in it: what was reached, and the memory as it stands.

use super::PAGE_BYTES;
use super::doomed::{contains, doomed};
use super::links::Links;
use super::reach::Reach;
use crate::export::broken::{Broken, Result};
use std::fmt;
use std::ops::Range;
use wasm_encoder::reencode::{self, Reencode};
use wasm_encoder::{
    CodeSection, ConstExpr, CustomSection, DataSection, ElementSection, Elements, ExportSection,
    Function, FunctionSection, GlobalSection, ImportSection, MemorySection, Module, TableSection,
    TypeSection,
};
use wasmparser::{FunctionBody, Parser, Payload, TypeRef};

/// Bytes of zero between two pieces of memory from which on they are two segments: about what the
/// head of another segment takes.
const GAP_BYTES: usize = 16;

/// What the module is to be.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    /// Exports by the names that they have and the names that they get.
    pub(super) exports: &'a [(&'a str, &'a str)],
    /// All of the memory, without what is not needed.
    pub(super) memory: &'a [u8],
    /// The most pages that it may ever have, if another number than that of the module.
    pub(super) pages_max: Option<u64>,
    /// Sections that hosts pass over: names and contents.
    pub(super) custom: &'a [(&'a str, &'a [u8])],
}

/// Writes `module` again as planned, with the functions and data that were reached.
pub(super) fn rewrite(
    module: &[u8],
    links: &Links,
    reach: &Reach,
    plan: &Plan<'_>,
) -> Result<Vec<u8>> {
    let mut writer =
        Writer { numbers: numbers(links, reach), links, plan, next: 0, code: CodeSection::new() };
    let mut out = Module::new();
    for payload in Parser::new(0).parse_all(module) {
        writer.take(payload?, &mut out)?;
    }
    // The sections that are left come behind all that is taken over one by one.
    out.section(&writer.code);
    writer.data(&mut out);
    for (name, data) in plan.custom {
        out.section(&CustomSection { name: (*name).into(), data: (*data).into() });
    }
    Ok(out.finish())
}

/// The new number of each function, none for those that are left out.
fn numbers(links: &Links, reach: &Reach) -> Vec<Option<u32>> {
    let mut kept = 0..;
    let all = 0..links.of_functions.len() as u32;
    all.map(|number| reach.functions.contains(&number).then(|| kept.next()).flatten()).collect()
}

struct Writer<'a> {
    numbers: Vec<Option<u32>>,
    links: &'a Links,
    plan: &'a Plan<'a>,
    /// The number of the function that comes next, imports and bodies counted alike.
    next: u32,
    code: CodeSection,
}

/// A function that was not reached, by its number, is needed after all: a bug in the links.
#[derive(Debug)]
struct Unreached(u32);

impl fmt::Display for Unreached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "function {} is needed, but was not reached", self.0)
    }
}

impl std::error::Error for Unreached {}

impl Reencode for Writer<'_> {
    type Error = Unreached;

    fn function_index(
        &mut self,
        function: u32,
    ) -> std::result::Result<u32, reencode::Error<Unreached>> {
        let number = self.numbers.get(function as usize).copied().flatten();
        number.ok_or(reencode::Error::UserError(Unreached(function)))
    }
}

impl Writer<'_> {
    /// Takes over what comes next in the module.
    fn take(&mut self, payload: Payload<'_>, out: &mut Module) -> Result<()> {
        match payload {
            Payload::TypeSection(section) => {
                let mut types = TypeSection::new();
                self.parse_type_section(&mut types, section)?;
                out.section(&types);
            }
            Payload::ImportSection(section) => self.imports(section, out)?,
            Payload::FunctionSection(section) => self.functions(section, out)?,
            Payload::TableSection(section) => {
                let mut tables = TableSection::new();
                self.parse_table_section(&mut tables, section)?;
                out.section(&tables);
            }
            Payload::MemorySection(section) => self.memory(section, out)?,
            Payload::GlobalSection(section) => {
                let mut globals = GlobalSection::new();
                self.parse_global_section(&mut globals, section)?;
                out.section(&globals);
            }
            Payload::ExportSection(section) => self.exports(section, out)?,
            Payload::ElementSection(_) => self.elements(out),
            Payload::CodeSectionEntry(body) if self.keeps_next() => {
                let body = self.body(&body)?;
                self.code.function(&body);
            }
            Payload::StartSection { .. } => {
                return Err(Broken::new("it has a function that runs at the start"));
            }
            _ => {}
        }
        Ok(())
    }

    /// Whether the function that comes next is kept.
    fn keeps_next(&mut self) -> bool {
        let number = self.next;
        self.next += 1;
        self.numbers.get(number as usize).is_some_and(Option::is_some)
    }

    fn imports(
        &mut self,
        section: wasmparser::ImportSectionReader<'_>,
        out: &mut Module,
    ) -> Result<()> {
        let mut kept = ImportSection::new();
        for import in section.into_imports() {
            let import = import?;
            if !matches!(import.ty, TypeRef::Func(_)) {
                return Err(Broken(format!("it imports {}, which is no function", import.name)));
            }
            if self.keeps_next() {
                self.parse_import(&mut kept, import)?;
            }
        }
        if !kept.is_empty() {
            out.section(&kept);
        }
        Ok(())
    }

    fn functions(
        &mut self,
        section: wasmparser::FunctionSectionReader<'_>,
        out: &mut Module,
    ) -> Result<()> {
        let mut kept = FunctionSection::new();
        let first = self.next;
        for of_type in section {
            let of_type = of_type?;
            if self.keeps_next() {
                kept.function(of_type);
            }
        }
        // The bodies come in the same order.
        self.next = first;
        out.section(&kept);
        Ok(())
    }

    /// A function, without what is doomed.
    fn body(&mut self, body: &FunctionBody<'_>) -> Result<Function> {
        let doomed = doomed(body)?;
        let mut function = self.new_function_with_parsed_locals(body)?;
        let mut operators = body.get_operators_reader()?;
        while !operators.eof() {
            let at = operators.original_position();
            match contains(&doomed, at) {
                true => drop(operators.read()?),
                false => drop(function.instruction(&self.parse_instruction(&mut operators)?)),
            }
        }
        Ok(function)
    }

    /// One memory, with as many pages as it has now.
    fn memory(
        &mut self,
        section: wasmparser::MemorySectionReader<'_>,
        out: &mut Module,
    ) -> Result<()> {
        let mut memories = MemorySection::new();
        for memory in section {
            let mut memory = self.memory_type(memory?)?;
            memory.minimum = self.plan.memory.len().div_ceil(PAGE_BYTES) as u64;
            if let Some(pages_max) = self.plan.pages_max {
                memory.maximum = Some(pages_max);
            }
            memories.memory(memory);
        }
        out.section(&memories);
        Ok(())
    }

    fn exports(
        &mut self,
        section: wasmparser::ExportSectionReader<'_>,
        out: &mut Module,
    ) -> Result<()> {
        let mut exports = ExportSection::new();
        for export in section {
            let export = export?;
            let planned = self.plan.exports.iter().find(|(from, _)| *from == export.name);
            if let Some((_, name)) = planned {
                let index = self.external_index(export.kind, export.index)?;
                exports.export(name, self.export_kind(export.kind)?, index);
            }
        }
        out.section(&exports);
        Ok(())
    }

    /// The table, where positions stay as they are and those without a function are empty.
    fn elements(&self, out: &mut Module) {
        let mut entries: Vec<(u32, u32)> = self.links.table.iter().map(|(&a, &f)| (a, f)).collect();
        entries.sort_unstable();
        let mut elements = ElementSection::new();
        let kept: Vec<(u32, u32)> = entries
            .into_iter()
            .filter_map(|(at, function)| Some((at, self.numbers[function as usize]?)))
            .collect();
        for run in kept.chunk_by(|a, b| a.0 + 1 == b.0) {
            let functions: Vec<u32> = run.iter().map(|(_, function)| *function).collect();
            let offset = ConstExpr::i32_const(run[0].0 as i32);
            elements.active(None, &offset, Elements::Functions(functions.into()));
        }
        if !elements.is_empty() {
            out.section(&elements);
        }
    }

    /// What of the memory is not zero.
    fn data(&self, out: &mut Module) {
        let mut data = DataSection::new();
        for range in segments(self.plan.memory) {
            let offset = ConstExpr::i32_const(range.start as u32 as i32);
            data.active(0, &offset, self.plan.memory[range].iter().copied());
        }
        out.section(&data);
    }
}

/// The pieces of memory that are not zero; short gaps are taken along.
fn segments(memory: &[u8]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(from) = memory[at..].iter().position(|&byte| byte != 0) {
        let start = at + from;
        let zero = memory[start..].iter().position(|&byte| byte == 0);
        at = zero.map_or(memory.len(), |bytes| start + bytes);
        match found.last_mut() {
            Some(last) if start - last.end < GAP_BYTES => last.end = at,
            _ => found.push(start..at),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_cut_where_it_is_zero_for_long() {
        let mut memory = vec![0; 100];
        assert_eq!(segments(&memory), []);
        (memory[3], memory[10], memory[40], memory[99]) = (1, 1, 1, 1);
        assert_eq!(segments(&memory), [3..11, 40..41, 99..100]);
        assert_eq!(segments(&[]), []);
    }
}
