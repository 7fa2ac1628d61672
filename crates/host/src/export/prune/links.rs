//! What refers to what in a linked module, by the relocation records that its linker has left.
//!
//! A linked module holds addresses of functions (positions in the table) and of data as plain
//! numbers, among other numbers. A module that was linked with `--emit-relocs` says in sections of
//! its own which of them they are; see the Linking page of WebAssembly's tool conventions.

use super::doomed::{contains, doomed};
use crate::export::broken::{Broken, Result};
use std::collections::HashMap;
use std::ops::Range;
use wasmparser::{
    DataKind, ElementItems, ElementKind, KnownCustom, Linking, LinkingSectionReader, Operator,
    Parser, Payload, RelocSectionReader, RelocationEntry, RelocationType, SymbolInfo,
};

/// The function or the piece of data that something refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    /// A function, by its index.
    Function(u32),
    /// A piece of data, by its position in [`Links::pieces`].
    Piece(usize),
}

/// A piece of static data: what the linker calls a symbol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Where it stands in memory.
    pub(super) range: Range<u32>,
    /// Whether the program never writes there, so that the linker's records are all there is.
    pub(super) constant: bool,
}

/// What refers to what.
#[derive(Debug, Default)]
pub(super) struct Links {
    /// Static data, by its beginning.
    pub(super) pieces: Vec<Piece>,
    /// What each function refers to; by index, imports included.
    pub(super) of_functions: Vec<Vec<Target>>,
    /// What each piece refers to, as it was linked.
    pub(super) of_pieces: Vec<Vec<Target>>,
    /// The function at each position of the table that has one.
    pub(super) table: HashMap<u32, u32>,
}

/// Where things are in the module, before it is known what refers to what.
#[derive(Default)]
struct Layout<'a> {
    imports: u32,
    /// The contents of the code section, and of each function body in it.
    code: Range<usize>,
    bodies: Vec<wasmparser::FunctionBody<'a>>,
    /// Where in the file there are instructions that do not count.
    doomed: Vec<Range<usize>>,
    /// The contents of the data section, and of each segment: where it stands in the file and in
    /// memory.
    data: Range<usize>,
    segments: Vec<(Range<usize>, u32)>,
    constant_segments: Vec<bool>,
    symbols: Vec<SymbolInfo<'a>>,
    /// The relocation records, and the number of the section that they speak of.
    records: Vec<(u32, Vec<RelocationEntry>)>,
    code_number: u32,
    data_number: u32,
    table: HashMap<u32, u32>,
}

impl Links {
    /// Reads the records of a linked module.
    ///
    /// # Errors
    /// If it was not linked with `--emit-relocs`, or holds what such a module never does.
    pub(super) fn read(module: &[u8]) -> Result<Links> {
        let layout = Layout::read(module)?;
        let mut links = Links { table: layout.table.clone(), ..Links::default() };
        let piece_of_symbol = links.take_pieces(&layout)?;
        links.of_functions = vec![Vec::new(); layout.imports as usize + layout.bodies.len()];
        links.of_pieces = vec![Vec::new(); links.pieces.len()];
        links.take_calls(&layout)?;
        for (section, records) in &layout.records {
            for record in records {
                let Some(target) = layout.target(record, &piece_of_symbol)? else { continue };
                let at = record.offset as usize;
                if *section == layout.code_number {
                    if contains(&layout.doomed, layout.code.start + at) {
                        continue;
                    }
                    links.of_functions[layout.function_at(at)?].push(target);
                } else if *section == layout.data_number {
                    links.refer_from(layout.address_at(at)?, target);
                }
            }
        }
        for targets in links.of_functions.iter_mut().chain(&mut links.of_pieces) {
            targets.sort_unstable();
            targets.dedup();
        }
        Ok(links)
    }

    /// The pieces that stand at an address; symbols may overlap where the linker has found that
    /// one text ends as another does.
    pub(super) fn pieces_at(&self, address: u32) -> impl Iterator<Item = usize> {
        let behind = self.pieces.partition_point(|piece| piece.range.start <= address);
        // The longest piece is what bounds how far back one has to look; overlaps are short, so
        // the look ends at the first piece that begins a whole page before.
        let candidates = self.pieces[..behind].iter().enumerate().rev();
        let near = candidates.take_while(move |(position, piece)| {
            *position + 64 >= behind || piece.range.start + (1 << 16) > address
        });
        near.filter(move |(_, piece)| piece.range.contains(&address)).map(|(position, _)| position)
    }

    /// Makes the pieces; gives for each symbol of data the piece that it is.
    fn take_pieces(&mut self, layout: &Layout<'_>) -> Result<HashMap<usize, usize>> {
        let mut found = Vec::new();
        for (number, symbol) in layout.symbols.iter().enumerate() {
            let SymbolInfo::Data { symbol: Some(symbol), .. } = symbol else { continue };
            let segment = symbol.index as usize;
            let (Some((_, base)), Some(&constant)) =
                (layout.segments.get(segment), layout.constant_segments.get(segment))
            else {
                return Err(Broken::new("a symbol stands in no segment"));
            };
            let start = base + symbol.offset;
            found.push((number, Piece { range: start..start + symbol.size, constant }));
        }
        found.sort_by_key(|(_, piece)| (piece.range.start, piece.range.end));
        let positions = found.iter().enumerate().map(|(at, (number, _))| (*number, at)).collect();
        self.pieces = found.into_iter().map(|(_, piece)| piece).collect();
        Ok(positions)
    }

    /// Calls are instructions; the linker makes some of its own that it keeps no record of.
    fn take_calls(&mut self, layout: &Layout<'_>) -> Result<()> {
        for (number, body) in layout.bodies.iter().enumerate() {
            let mut operators = body.get_operators_reader()?;
            let targets = &mut self.of_functions[layout.imports as usize + number];
            while !operators.eof() {
                let (operator, at) = operators.read_with_offset()?;
                if contains(&layout.doomed, at) {
                    continue;
                }
                match operator {
                    Operator::Call { function_index }
                    | Operator::ReturnCall { function_index }
                    | Operator::RefFunc { function_index } => {
                        targets.push(Target::Function(function_index));
                    }
                    Operator::TableSet { .. }
                    | Operator::TableGrow { .. }
                    | Operator::TableFill { .. }
                    | Operator::TableCopy { .. }
                    | Operator::TableInit { .. }
                    | Operator::MemoryInit { .. } => {
                        return Err(Broken::new("it changes its table or its segments"));
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }

    fn refer_from(&mut self, address: u32, target: Target) {
        let from: Vec<usize> = self.pieces_at(address).collect();
        from.into_iter().for_each(|piece| self.of_pieces[piece].push(target));
    }
}

impl<'a> Layout<'a> {
    fn read(module: &'a [u8]) -> Result<Layout<'a>> {
        let mut layout = Layout::default();
        let mut number = 0;
        let mut linked = false;
        for payload in Parser::new(0).parse_all(module) {
            let payload = payload?;
            match &payload {
                Payload::ImportSection(imports) => {
                    for import in imports.clone().into_imports() {
                        let is_function = matches!(import?.ty, wasmparser::TypeRef::Func(_));
                        layout.imports += u32::from(is_function);
                    }
                }
                Payload::ElementSection(elements) => layout.take_table(elements)?,
                Payload::CodeSectionStart { range, .. } => {
                    layout.code = range.clone();
                    layout.code_number = number;
                }
                Payload::CodeSectionEntry(body) => {
                    layout.doomed.extend(doomed(body)?);
                    layout.bodies.push(body.clone());
                }
                Payload::DataSection(data) => {
                    layout.data = data.range();
                    layout.data_number = number;
                    layout.take_segments(data)?;
                }
                Payload::CustomSection(section) => match section.as_known() {
                    KnownCustom::Linking(linking) => {
                        layout.take_symbols(linking)?;
                        linked = true;
                    }
                    KnownCustom::Reloc(records) => layout.take_records(&records)?,
                    _ => {}
                },
                _ => {}
            }
            let is_part = matches!(payload, Payload::CodeSectionEntry(_) | Payload::Version { .. });
            number += u32::from(!is_part);
        }
        if !linked || layout.records.is_empty() {
            return Err(Broken::new("it was not linked with --emit-relocs"));
        }
        Ok(layout)
    }

    fn take_table(&mut self, elements: &wasmparser::ElementSectionReader<'a>) -> Result<()> {
        for element in elements.clone() {
            let element = element?;
            let ElementKind::Active { offset_expr, .. } = &element.kind else {
                return Err(Broken::new("it has a list of functions that fills no table"));
            };
            let base = constant(offset_expr)?;
            let ElementItems::Functions(functions) = element.items else {
                return Err(Broken::new("it fills its table with expressions"));
            };
            for (position, function) in functions.into_iter().enumerate() {
                self.table.insert(base + position as u32, function?);
            }
        }
        Ok(())
    }

    fn take_segments(&mut self, data: &wasmparser::DataSectionReader<'a>) -> Result<()> {
        for segment in data.clone() {
            let segment = segment?;
            let DataKind::Active { offset_expr, .. } = &segment.kind else {
                return Err(Broken::new("it has a segment that is not there from the start"));
            };
            let end = segment.range.end;
            let range = end - segment.data.len()..end;
            self.segments.push((range, constant(offset_expr)?));
        }
        Ok(())
    }

    fn take_symbols(&mut self, linking: LinkingSectionReader<'a>) -> Result<()> {
        for subsection in linking.subsections() {
            match subsection? {
                Linking::SymbolTable(symbols) => {
                    self.symbols = symbols.into_iter().collect::<std::result::Result<_, _>>()?;
                }
                Linking::SegmentInfo(segments) => {
                    for segment in segments {
                        self.constant_segments.push(segment?.name.starts_with(".rodata"));
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn take_records(&mut self, records: &RelocSectionReader<'_>) -> Result<()> {
        let entries = records.entries().into_iter().collect::<std::result::Result<_, _>>()?;
        self.records.push((records.section_index(), entries));
        Ok(())
    }

    /// What a record refers to, if that is a function by address, or data.
    fn target(
        &self,
        record: &RelocationEntry,
        pieces: &HashMap<usize, usize>,
    ) -> Result<Option<Target>> {
        use RelocationType as Type;
        let symbol =
            || self.symbols.get(record.index as usize).ok_or(Broken::new("a symbol is missing"));
        Ok(match record.ty {
            Type::TableIndexSleb | Type::TableIndexI32 => match symbol()? {
                SymbolInfo::Func { index, .. } => Some(Target::Function(*index)),
                _ => return Err(Broken::new("the address of something that is no function")),
            },
            // What the linker itself defines, such as the beginning of the heap, is no piece.
            Type::MemoryAddrLeb | Type::MemoryAddrSleb | Type::MemoryAddrI32 => {
                pieces.get(&(record.index as usize)).copied().map(Target::Piece)
            }
            Type::FunctionIndexLeb
            | Type::TypeIndexLeb
            | Type::GlobalIndexLeb
            | Type::TableNumberLeb => None,
            other => return Err(Broken(format!("a record of an unknown kind, {other:?}"))),
        })
    }

    /// The index of the function whose body holds this byte of the code section.
    fn function_at(&self, offset: usize) -> Result<usize> {
        let at = self.code.start + offset;
        let behind = self.bodies.partition_point(|body| body.range().start <= at);
        let number =
            behind.checked_sub(1).ok_or(Broken::new("a record before the first function"))?;
        Ok(self.imports as usize + number)
    }

    /// Where in memory this byte of the data section is put.
    fn address_at(&self, offset: usize) -> Result<u32> {
        let at = self.data.start + offset;
        let segment = self.segments.iter().find(|(range, _)| range.contains(&at));
        let (range, base) = segment.ok_or(Broken::new("a record in no segment"))?;
        Ok(base + (at - range.start) as u32)
    }
}

/// The number that an expression gives.
fn constant(expression: &wasmparser::ConstExpr<'_>) -> Result<u32> {
    match expression.get_operators_reader().read()? {
        Operator::I32Const { value } => Ok(value as u32),
        _ => Err(Broken::new("a place that is no constant")),
    }
}
