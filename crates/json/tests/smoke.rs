//! Smoke
use trailmill_json::*;
#[test]
fn suite() {
    let dir = std::path::Path::new("/work/shared/corpus/jsontestsuite/test_parsing");
    for e in std::fs::read_dir(dir).unwrap() {
        let p = e.unwrap().path();
        let t = std::fs::read(&p).unwrap();
        let n = p.file_name().unwrap().to_str().unwrap().to_string();
        let mut prev: Option<Result<(), Error>> = None;
        for &isa in Isa::ALL {
            let mut ix = Index::with_isa(isa);
            let r = ix.parse(&t).map(|_| ());
            if n.starts_with("y_") && r.is_err() || n.starts_with("n_") && r.is_ok() {
                println!("{n} {isa:?} {r:?}");
            }
            if let Some(p) = prev
                && p != r
            {
                println!("DIFF {n} {p:?} {r:?} {isa:?}");
            }
            prev = Some(r);
        }
    }
}
