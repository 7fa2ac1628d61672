//! The command line: commands and their options.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use std::path::PathBuf;
use trailmill_host::export::Host;
use trailmill_stage::event::json::Isa;

/// Turns AWS CloudTrail, in whatever wrapping it arrives, into the rows that a SIEM wants.
#[derive(Debug, Parser)]
#[command(name = "trailmill", version, about, after_help = EXIT_CODES)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT_CODES: &str = "\
Exit codes: 0 all well; 1 something was quarantined and --strict was asked, or a test failed;
2 wrong usage or settings; 3 input or output could not be read or written.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run a pipeline over its inputs
    Run(RunArgs),
    /// Check pipeline files without running them
    Check(PipelinesArgs),
    /// Run the tests that pipelines carry
    Test(TestArgs),
    /// Show what stages there are and what can be set
    Stages(StagesArgs),
    /// Turn rows back into the records they were made from
    Unflatten(UnflattenArgs),
    /// Print the JSON Schema of the pipeline file, for editors
    Schema,
    /// Print completions for a shell
    Completions(CompletionsArgs),
    /// Show what each stage does to one event
    Explain(ExplainArgs),
    /// Make realistic CloudTrail
    Generate(GenerateArgs),
    /// Show what the stages `redact` of a pipeline would hide, by rule and path, with no value
    RedactReport(RedactReportArgs),
    /// Make a WebAssembly module of a pipeline, for another collector to load
    Export(ExportArgs),
    /// Tell which pipeline a module holds
    Inspect(InspectArgs),
}

const RUN_NOTES: &str = "\
Paths in the source and the outputs of a pipeline start at the working directory, those of its
tests and tables at the folder of the pipeline file.

Files of a folder are read in the order of their names, hidden ones are passed over, and rows come
in the order of the input. A file stands under its name only when the run is complete: if a signal
comes (INT, TERM; a second one ends at once) or something can not be written, none does, and what
stood there before stays. A quarantine is made only if there is something in it; if nobody names a
place, that is trailmill-quarantine.ndjson in the working directory.

What can not be read is told, everything else is done, and the exit code is 3. The summary goes to
standard error. A reader that goes away from standard output ends the run quietly.";

#[derive(Debug, Args)]
#[command(after_long_help = RUN_NOTES)]
pub(crate) struct RunArgs {
    /// The pipeline file, or a folder that holds pipeline.yaml
    #[arg(value_hint = ValueHint::AnyPath)]
    pub(crate) pipeline: PathBuf,
    /// Files, folders (with all they hold), patterns or `-` for standard input, in place of the
    /// pipeline's source
    #[arg(value_name = "INPUT", value_hint = ValueHint::AnyPath)]
    pub(crate) inputs: Vec<String>,
    /// Where rows go in place of the pipeline's only output; `-` is standard output, a name that
    /// ends in .gz or .zst is compressed
    #[arg(long, value_name = "PATH", value_hint = ValueHint::FilePath)]
    pub(crate) out: Option<PathBuf>,
    /// Where faulty input goes in place of the pipeline's quarantine; `-` is standard output
    #[arg(long, value_name = "PATH", value_hint = ValueHint::FilePath)]
    pub(crate) quarantine: Option<PathBuf>,
    /// How many threads compute; all cores by default
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    /// The time of collection, as RFC 3339 with an offset; now by default
    #[arg(long, value_name = "TIME", value_parser = crate::clock::collected_at)]
    pub(crate) collected_at: Option<String>,
    /// Exit with 1 if anything was quarantined
    #[arg(long)]
    pub(crate) strict: bool,
    /// No progress bar and no summary
    #[arg(long)]
    pub(crate) quiet: bool,
    /// The form of the summary on standard error
    #[arg(long, value_name = "FORM", default_value = "text", conflicts_with = "quiet")]
    pub(crate) summary: SummaryForm,
    /// The vector instructions to use; the fastest of this machine by default
    #[arg(long, hide = true, value_name = "ISA", value_parser = isa_parser())]
    pub(crate) simd: Option<Isa>,
}

/// The form of the summary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SummaryForm {
    /// For people.
    Text,
    /// One line of JSON, for machines.
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct PipelinesArgs {
    /// Pipeline files, or folders that hold pipeline.yaml
    #[arg(required = true, value_name = "PIPELINE", value_hint = ValueHint::AnyPath)]
    pub(crate) pipelines: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct TestArgs {
    /// Pipeline files, or folders that hold pipeline.yaml
    #[arg(required = true, value_name = "PIPELINE", value_hint = ValueHint::AnyPath)]
    pub(crate) pipelines: Vec<PathBuf>,
    /// Write what comes out into the files that tests name, in place of comparing it
    #[arg(long)]
    pub(crate) update: bool,
}

#[derive(Debug, Args)]
pub(crate) struct StagesArgs {
    /// One stage, with its options and examples
    pub(crate) name: Option<String>,
    /// Write Markdown
    #[arg(long)]
    pub(crate) markdown: bool,
}

#[derive(Debug, Args)]
pub(crate) struct UnflattenArgs {
    /// JSON lines of rows; standard input by default
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell
    pub(crate) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// The pipeline file, or a folder that holds pipeline.yaml
    #[arg(value_hint = ValueHint::AnyPath)]
    pub(crate) pipeline: PathBuf,
    /// The file that holds the event; `-` is standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) input: PathBuf,
    /// The eventID of the event; the first one by default
    #[arg(long, value_name = "ID")]
    pub(crate) event: Option<String>,
    /// The time of collection, as RFC 3339 with an offset; now by default
    #[arg(long, value_name = "TIME", value_parser = crate::clock::collected_at)]
    pub(crate) collected_at: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct RedactReportArgs {
    /// The pipeline file, or a folder that holds pipeline.yaml
    #[arg(value_hint = ValueHint::AnyPath)]
    pub(crate) pipeline: PathBuf,
    /// Files, folders (with all they hold), patterns or `-` for standard input
    #[arg(required = true, value_name = "INPUT", value_hint = ValueHint::AnyPath)]
    pub(crate) inputs: Vec<String>,
    /// Print one line of JSON, for machines
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct GenerateArgs {
    /// How many events
    #[arg(long, value_name = "N")]
    pub(crate) events: u64,
    /// The same seed gives the same bytes
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub(crate) seed: u64,
    /// How the events are laid out
    #[arg(long, default_value = "s3")]
    pub(crate) layout: Layout,
    /// The folder to write to, which is made if need be
    #[arg(value_hint = ValueHint::DirPath)]
    pub(crate) dir: PathBuf,
}

const EXPORT_NOTES: &str = "\
The module holds the pipeline with all that it names, and nothing else: it opens no files and reads
no environment. The source, the quarantine and the places of outputs are the host's matter. What to
paste into the configuration of the host is printed.";

#[derive(Debug, Args)]
#[command(after_long_help = EXPORT_NOTES)]
pub(crate) struct ExportArgs {
    /// Who is to load it
    #[arg(long, value_name = "HOST", value_parser = host_parser())]
    pub(crate) host: Host,
    /// The pipeline file, or a folder that holds pipeline.yaml
    #[arg(value_hint = ValueHint::AnyPath)]
    pub(crate) pipeline: PathBuf,
    /// The module to write; a file that stands there is replaced when all is well
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: PathBuf,
    /// Let keys that the pipeline takes from the environment stand in the module, where everybody
    /// can read them who has it
    #[arg(long)]
    pub(crate) embed_keys: bool,
    /// Use no vectors (simd128), for a host that turns out to have none: a tenth to a fifth slower
    #[arg(long)]
    pub(crate) no_vectors: bool,
}

/// Takes the code paths that there are, for whatever machine.
fn isa_parser() -> impl TypedValueParser<Value = Isa> {
    let names = Isa::ALL.iter().map(|isa| isa.name());
    PossibleValuesParser::new(names).map(|name| Isa::named(&name).unwrap_or(Isa::Scalar))
}

/// Takes the hosts that there are, and shows them in the help.
fn host_parser() -> impl TypedValueParser<Value = Host> {
    let names = Host::all().map(Host::name);
    PossibleValuesParser::new(names).try_map(|name| name.parse::<Host>())
}

#[derive(Debug, Args)]
pub(crate) struct InspectArgs {
    /// The module
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) module: PathBuf,
}

/// How generated events are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Layout {
    /// Folders and `.json.gz` files, as CloudTrail delivers to S3.
    S3,
    /// One file of JSON lines.
    Lines,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
