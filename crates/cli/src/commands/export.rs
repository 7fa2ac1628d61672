//! `trailmill export`: a pipeline as a WebAssembly module, for another collector to load.

use crate::args::ExportArgs;
use crate::failure::{Failure, Status};
use crate::io::complete::write;
use crate::io::stdout::print;
use crate::settings::{self, Variables};
use crate::ui::figures::bytes;
use std::io::Write;
use trailmill_host::export::{Export, ExportError, Exported, Table};
use trailmill_pipeline::Compression;

/// Runs the command: writes the module, and prints what it is and how it is used.
pub(super) fn run(args: &ExportArgs) -> Result<Status, Failure> {
    let file = settings::read(&args.pipeline, Variables::Environment)?;
    let path = file.path.display();
    let export = Export {
        host: args.host,
        name: &file.path.file_name().unwrap_or_default().to_string_lossy(),
        text: &file.text,
        format: file.format,
        specs: trailmill_catalog::STAGES,
        resources: &file.resources,
        embed_keys: args.embed_keys,
        vectors: !args.no_vectors,
    };
    let exported = export.run().map_err(|error| match error {
        ExportError::Pipeline(error) => Failure::usage(format_args!("{path}:{error}")),
        ExportError::Refused(message) => Failure::usage(format_args!("{path}: {message}")),
        ExportError::Guest(_) => Failure { status: Status::Bug, error: anyhow::anyhow!("{error}") },
    })?;
    write(&args.output, Compression::None, |sink| sink.write(&exported.module))?;
    print(|out| tell(args, &exported, out))
}

fn tell(args: &ExportArgs, exported: &Exported, out: &mut dyn Write) -> std::io::Result<()> {
    let name = args.output.display();
    write!(out, "{name}: {} for {}", bytes(exported.module.len() as u64), args.host)?;
    let of_tables: usize = exported.tables.iter().map(Table::bytes).sum();
    if of_tables > 0 {
        write!(out, ", with {} of tables", bytes(of_tables as u64))?;
    }
    writeln!(out)?;
    exported.tables.iter().try_for_each(|table| tell_table(table, out))?;
    if !exported.keys.is_empty() {
        let keys = exported.keys.join(", ");
        writeln!(out, "it holds {keys}: whoever has the file can read that")?;
    }
    let file = args.output.file_name().unwrap_or_default().to_string_lossy();
    write!(out, "\n{}", args.host.configuration(&file))
}

/// What of a table stands in the module.
fn tell_table(table: &Table, out: &mut dyn Write) -> std::io::Result<()> {
    let (here, whole) = (table.bytes(), table.whole_bytes);
    write!(out, "  {}: {}", table.name, bytes(here as u64))?;
    match &table.left_whole {
        Some(reason) => writeln!(out, ", all of it, as {reason}"),
        None if here < whole => writeln!(out, " of {}, as no more is read", bytes(whole as u64)),
        None => writeln!(out),
    }
}
