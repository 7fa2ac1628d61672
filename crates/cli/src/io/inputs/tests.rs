//! Tests of which inputs a run takes.

use super::*;
use std::fs;

/// A folder that is removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[&str]) -> Self {
        let root = std::env::temp_dir().join(format!("trailmill-{name}-{}", std::process::id()));
        for file in files {
            let path = root.join(file);
            fs::create_dir_all(path.parent().expect("a folder")).expect("can be made");
            fs::write(path, "{}").expect("can be written");
        }
        Folder(root)
    }

    /// What is found for a name in the folder, without the folder.
    fn found(&self, name: &str) -> Vec<String> {
        let name = self.0.join(name).to_string_lossy().into_owned();
        let named = look_up(&[name]).expect("there is something");
        let inputs = Inputs::new(named).map(|found| match found.expect("can be read") {
            Found::File(path) => path,
            Found::Stdin => panic!("nobody asked for it"),
        });
        let inside = |path: PathBuf| path.strip_prefix(&self.0).map(Path::to_owned);
        let inputs = inputs.map(|path| inside(path).expect("is in the folder"));
        inputs.map(|path| path.to_string_lossy().into_owned()).collect()
    }

    fn refused(&self, name: &str) -> String {
        let name = self.0.join(name).to_string_lossy().into_owned();
        let failure = look_up(&[name]).expect_err("there is nothing");
        assert_eq!(failure.status, crate::failure::Status::Io);
        let root = self.0.to_string_lossy().into_owned();
        failure.error.to_string().replace(&root, "ROOT")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn folders_give_all_files_in_order_but_hidden_ones() {
    let files = ["b/2.json", "b/1.json.gz", "a.json", "b/.hidden", ".git/c.json", "b-c.json"];
    let folder = Folder::new("folders", &files);
    assert_eq!(folder.found(""), ["a.json", "b/1.json.gz", "b/2.json", "b-c.json"]);
    assert_eq!(folder.found("b"), ["b/1.json.gz", "b/2.json"]);
    assert_eq!(folder.found("b/2.json"), ["b/2.json"]);
}

#[test]
fn patterns_know_folders() {
    let files = ["a/1.json", "a/b/2.json", "a/b/3.txt", "4.json", "a/[x].json"];
    let folder = Folder::new("patterns", &files);
    assert_eq!(folder.found("**/*.json"), ["4.json", "a/1.json", "a/[x].json", "a/b/2.json"]);
    assert_eq!(folder.found("a/*.json"), ["a/1.json", "a/[x].json"]);
    assert_eq!(folder.found("a/b/{2,3}.*"), ["a/b/2.json", "a/b/3.txt"]);
    assert_eq!(folder.found("a/[x].json"), ["a/[x].json"], "a file of that name comes first");
}

#[test]
fn what_is_not_there_is_told() {
    let folder = Folder::new("missing", &["a.json"]);
    let missing = folder.refused("b.json");
    assert_eq!(missing, "cannot read ROOT/b.json: No such file or directory");
    assert_eq!(folder.refused("*.gz"), "no file matches ROOT/*.gz");
}

#[test]
fn sizes_are_added_up() {
    let folder = Folder::new("sizes", &["a.json", "b/c.json"]);
    let named = look_up(&[folder.0.to_string_lossy().into_owned()]).expect("it is there");
    assert_eq!(Inputs::new(named).size(), (2, 4));
}

#[test]
fn a_dash_is_the_standard_input() {
    let named = look_up(&["-".to_owned()]).expect("always there");
    assert_eq!(Inputs::new(named).collect::<Vec<_>>(), [Ok(Found::Stdin)]);
}
