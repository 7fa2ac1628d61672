//! The pages under `docs/` that are derived from the SPECs, and whether they are fresh.

mod page;

use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use trailmill_catalog::STAGES;
use trailmill_flatten::SCHEMAS;

/// Folders that hold derived pages and nothing else.
const FOLDERS: &[&str] = &["docs/stages", "docs/schemas"];

/// A derived page: its path from the root, and its text.
struct Page {
    path: String,
    text: String,
}

/// Writes the pages that are not fresh and removes those of nothing; gives the paths written.
///
/// # Errors
/// The file that can not be written.
pub fn write(root: &Path) -> Result<Vec<String>> {
    for path in surplus(root)? {
        fs::remove_file(root.join(&path)).with_context(|| path.clone())?;
    }
    let mut written = Vec::new();
    for page in pages()?.into_iter().filter(|page| !page.is_fresh(root)) {
        let path = root.join(&page.path);
        let folder = path.parent().unwrap_or(root);
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&path, &page.text))
            .with_context(|| page.path.clone())?;
        written.push(page.path);
    }
    Ok(written)
}

/// The paths of the pages that are not what the SPECs say now.
///
/// # Errors
/// A folder that can not be read.
pub fn stale(root: &Path) -> Result<Vec<String>> {
    let mut paths = surplus(root)?;
    let stale = pages()?.into_iter().filter(|page| !page.is_fresh(root));
    paths.extend(stale.map(|page| page.path));
    Ok(paths)
}

impl Page {
    fn is_fresh(&self, root: &Path) -> bool {
        fs::read_to_string(root.join(&self.path)).is_ok_and(|text| text == self.text)
    }
}

/// Every page that there should be.
fn pages() -> Result<Vec<Page>> {
    let page = |path: String, text: String| Page { path, text };
    let stages = trailmill_host::stages(STAGES);
    let mut pages = vec![page("docs/stages/README.md".to_owned(), page::index(&stages))];
    for spec in &stages {
        pages.push(page(format!("docs/stages/{}.md", spec.name), page::stage(spec)?));
    }
    for (name, schema) in SCHEMAS {
        let text = trailmill_flatten::reference(&schema());
        pages.push(page(format!("docs/schemas/{name}.md"), page::derived(&text)));
    }
    let schema = serde_json::to_string_pretty(&trailmill_pipeline::schema(&stages))?;
    pages.push(page("docs/pipeline.schema.json".to_owned(), format!("{schema}\n")));
    Ok(pages)
}

/// The pages that there should not be: of a stage or a schema that is gone.
fn surplus(root: &Path) -> Result<Vec<String>> {
    let wanted = pages()?;
    let mut surplus = Vec::new();
    for folder in FOLDERS.iter().filter(|folder| root.join(folder).exists()) {
        for entry in fs::read_dir(root.join(folder)).with_context(|| folder.to_owned())? {
            let path = format!("{folder}/{}", entry?.file_name().to_string_lossy());
            if !wanted.iter().any(|page| page.path == path) {
                surplus.push(path);
            }
        }
    }
    Ok(surplus)
}
