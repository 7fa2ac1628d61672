//! Files too large to read, as bytes that the system brings in when they are looked at.

use bytes::Bytes;
use memmap2::Mmap;
use std::fs::{self, File};
use std::io;
use std::path::Path;

/// The content of a file, mapped into memory and shared by all who hold it.
///
/// A file that takes its place by a rename is not seen, so that is how a new version should come.
/// One that is shortened in place ends the process with a signal (SIGBUS) when the part that is
/// gone is looked at. What is no regular file, a pipe for one, is read.
///
/// # Errors
/// Those of opening, reading and mapping.
pub(crate) fn mapped(path: &Path) -> io::Result<Bytes> {
    let file = File::open(path)?;
    if !file.metadata()?.is_file() {
        return fs::read(path).map(Bytes::from);
    }
    map(&file).map(Bytes::from_owner)
}

// The only unsafe code of the program: there is no safe way to map a file.
#[allow(unsafe_code)]
fn map(file: &File) -> io::Result<Mmap> {
    // SAFETY: nothing here writes to the file, and whoever reads the bytes checks every offset and
    // every text that is found in them. Others who write to it in place are beyond the reach of
    // any program; the documentation of each option that maps a file says what to do instead.
    unsafe { Mmap::map(file) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder of this process and test, gone when it is dropped.
    struct Folder(std::path::PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let name = format!("trailmill-mapped-{}-{name}", std::process::id());
            let path = std::env::temp_dir().join(name);
            fs::create_dir_all(&path).unwrap();
            Folder(path)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn what_is_mapped_outlives_a_rename_over_it() {
        let folder = Folder::new("rename");
        let (path, next) = (folder.0.join("a"), folder.0.join("b"));
        fs::write(&path, "old and long").unwrap();
        fs::write(&next, "new").unwrap();
        let bytes = mapped(&path).unwrap();
        fs::rename(&next, &path).unwrap();
        assert_eq!(bytes, "old and long");
        assert_eq!(mapped(&path).unwrap(), "new");
    }

    #[test]
    fn empty_and_missing_files() {
        let folder = Folder::new("empty");
        fs::write(folder.0.join("a"), "").unwrap();
        assert_eq!(mapped(&folder.0.join("a")).unwrap(), "");
        assert_eq!(mapped(&folder.0.join("b")).unwrap_err().kind(), io::ErrorKind::NotFound);
        assert!(mapped(&folder.0).is_err(), "a folder has no content");
    }
}
