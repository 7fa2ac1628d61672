//! The part that is counted: a case over a folder of inputs, in a process of its own.

use crate::cases::{Case, Inputs};
use crate::input;
use crate::trail::Trailmill;
use crate::way::Unmeasured;
use std::fs;
use std::io;
use std::path::Path;
use trailmill_stage::event::json::Isa;

/// Writes inputs into a folder, a file each. They are inflated, so that what is counted is no
/// library's.
///
/// # Errors
/// If the folder can not be written.
pub(super) fn lay_out(inputs: &Inputs, folder: &Path) -> io::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    for (number, stored) in inputs.stored().enumerate() {
        let text = input::inflated(stored.to_vec())?;
        fs::write(folder.join(format!("{number:06}")), text)?;
    }
    Ok(())
}

/// Takes every file of a folder through the pipeline of a case; says how many records it read.
///
/// # Errors
/// If something can not be read, or is bad as a whole.
pub(super) fn run(case: &str, isa: Isa, folder: &Path) -> Result<u64, Unmeasured> {
    let pipeline = Case::read(case)?.pipeline()?;
    let mut trailmill = Trailmill::new(&pipeline, isa);
    for text in texts(folder).map_err(|error| Unmeasured(format!("the inputs: {error}")))? {
        trailmill.input(&text, &mut |_, rows| {
            std::hint::black_box(rows);
        })?;
    }
    Ok(trailmill.books().read)
}

fn texts(folder: &Path) -> io::Result<Vec<Vec<u8>>> {
    let entries: Result<Vec<_>, _> = fs::read_dir(folder)?.collect();
    let mut paths: Vec<_> = entries?.iter().map(fs::DirEntry::path).collect();
    paths.sort();
    paths.iter().map(fs::read).collect()
}
