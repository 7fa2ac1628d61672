//! What is found fast is compared with what there is to find when every key and every string is
//! looked at: a record that is wrongly ruled out is a leak.

use crate::change::{Change, With, settle};
use crate::detect::DETECTORS;
use crate::options;
use crate::pass::Pass;
use crate::plan::Plan;
use crate::rule::Call;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::LazyLock;
use trailmill_stage::event::json::{Index, Isa, Tokens};
use trailmill_stage::{Resources, Settings};

#[derive(Debug)]
struct Keys;

impl Resources for Keys {
    fn file(&self, _: &str) -> Result<Vec<u8>, String> {
        Ok(b"a key for tests, long enough".to_vec())
    }
}

fn plan(mut settings: Value) -> Plan {
    settings["key"] = json!({ "file": "a" });
    options::plan(&Settings::new(settings), &Keys).unwrap()
}

/// Plans for the instructions of this machine, and for one without vectors.
static PLANS: LazyLock<Vec<Plan>> = LazyLock::new(|| {
    let slow = plans().into_iter().map(|plan| plan.with_isa(Isa::Swar));
    plans().into_iter().chain(slow).collect()
});

fn plans() -> Vec<Plan> {
    vec![
        options::plan(&Settings::new(json!({ "preset": "secrets" })), &Keys).unwrap(),
        plan(json!({ "preset": "secrets" })),
        plan(json!({ "preset": ["secrets", "pii"] })),
        plan(json!({ "preset": "share" })),
        plan(json!({ "rules": [
            { "name": "a", "action": "mask" },
            { "name": "bc", "action": "mask" },
            { "name": "\u{fc}\u{df}", "action": "mask" },
            { "name": "quo\"ted", "action": "mask" },
            { "name": "back\\slash", "action": "mask" },
        ] })),
    ]
}

/// Records without a corpus: one that has what most have, and a small one.
const RECORDS: &[&str] = &[
    r#"{"eventVersion":"1.08","userIdentity":{"type":"AssumedRole","arn":"arn:aws:sts::123456789012:assumed-role/r/s","accessKeyId":"ASIAIOSFODNN7EXAMPLE"},"eventSource":"sts.amazonaws.com","eventName":"AssumeRole","userAgent":"aws-cli/2","errorMessage":null,"requestParameters":{"tags":[{"key":"k","value":"v"}],"roleSessionName":"s"},"responseElements":{"credentials":{"sessionToken":"t"}}}"#,
    r#"{"eventName":"x","a":[1,true,"b",{"bc":{}}]}"#,
];

static CORPUS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let own = RECORDS.iter().map(|record| (*record).to_owned());
    own.chain(trailmill_golden::corpus().unwrap_or_default()).collect()
});

/// What is put into the strings of records, as it stands between quotes.
const PIECES: &[&str] = &[
    "",
    "a",
    "bC",
    "\u{fc}\u{df}",
    "quo\\\"ted",
    "back\\\\slash",
    "password",
    "PassWord",
    "p\\u0061ssword",
    "pass\\u0077or\\u0064",
    "secretAccessKey",
    "SESSIONTOKEN",
    "masterUserPassword",
    "userData",
    "otp",
    "X-Amz-Security-Token",
    "accessKeyId",
    "userName",
    "value",
    "bucketName",
    "{\\\"password\\\":\\\"x\\\"}",
    "  {\\\"a\\\":{\\\"passWord\\\":1}}",
    "\\n\\t[{\\\"otp\\\":1}]",
    "\\f{\\\"password\\\":1}",
    "\u{a0}{\\\"password\\\":1}",
    "\u{3000} {\\\"password\\\":1}",
    "\\\"Bearer abcdefgh12345678\\\"",
    "\\u007b\\u0022password\\u0022:1}",
    "%7B%22password%22%3A1%7D",
    "%7b%22password%22%3A1%7D",
    " %5b%5D",
    "{\\\"password\\\":",
    "password=hunter22",
    "Password : Hunter22",
    "passwd='a b'",
    "pwd: Hunter22",
    "PWD = \\\"a b\\\"",
    "AWS_SECRET_ACCESS_KEY=abcdef",
    "aws_secret_access_key = abcdef",
    "secretAccessKey: 'abc'",
    "a://b:c@d",
    "a:\\/\\/b:c@d",
    "a:\\u002f/b:c@d",
    "https://u:p\\u0040h",
    "Bearer abcdefgh12345678",
    "bEaReR abcdefgh12345678",
    "Bearer\\u0020abcdefgh12345678",
    "FwoGaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "failure message: abcdefghijklmnopqrstuvwxyz0123456789",
    "-----BEGIN PRIVATE KEY-----\\nabc",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3",
    "AKIAIOSFODNN7EXAMPLE",
    "AROAIOSFODNN7EXAMPLE:me@example.com",
    "arn:aws:iam::123456789012:user/me",
    "123456789012",
    "192.0.2.7",
    "2a05:d018::1",
    "::1",
    "+4930123456789",
    "me@example.com",
    "<redacted>",
    "\\\\",
    "\\\"",
    ":",
    " ",
];

/// One change to a record: which string, by which piece, and how.
type Mutation = (u32, usize, u8);

fn mutated(record: &str, (place, piece, how): Mutation) -> String {
    let mut index = Index::new();
    let tokens = index.parse(record.as_bytes()).unwrap().tokens();
    let strings: Vec<usize> = of_kind(tokens, b'"').collect();
    let token = strings[place as usize % strings.len()];
    let (span, raw) = (tokens.value(token).span(), tokens.string(token).raw());
    let (own, piece) = (std::str::from_utf8(raw).unwrap(), PIECES[piece % PIECES.len()]);
    let is_key = tokens.kinds().get(token + 1) == Some(&b':');
    let new = match how % 6 {
        0 => format!("\"{piece}\""),
        1 => format!("\"{own}{piece}\""),
        2 => format!("\"{piece}{own}\""),
        3 => format!("  \"{piece}\"  "),
        4 if !is_key => format!("{{\"{piece}\":\"{own}\"}}"),
        5 if !is_key => format!("[\"{own}\",{{\"a\" : {{\"{piece}\":[1]}}}}]"),
        _ => format!("\"{own} {piece}\""),
    };
    [&record[..span.start], &new, &record[span.end..]].concat()
}

fn of_kind(tokens: Tokens<'_>, kind: u8) -> impl Iterator<Item = usize> {
    let kinds = tokens.kinds().iter().enumerate();
    kinds.filter(move |(_, own)| **own == kind).map(|(token, _)| token)
}

impl Pass<'_, '_> {
    /// The same as `run`, with a careful look at every key and every string.
    fn run_carefully(mut self) -> Vec<Change> {
        for rule in self.plan.roots.clone() {
            self.root(usize::from(rule));
        }
        for colon in of_kind(self.tokens, b':') {
            self.named(colon - 1, self.tokens.string(colon - 1).decode().as_bytes());
        }
        let strings: Vec<u32> = of_kind(self.tokens, b'"').map(|token| token as u32).collect();
        self.suspects(&strings);
        settle(&mut self.changes);
        self.changes
    }
}

fn check(plan: &Plan, record: &str) {
    let mut index = Index::new();
    let tokens = index.parse(record.as_bytes()).unwrap().tokens();
    let root = tokens.value(0);
    let text = |name| root.get(name).and_then(|it| it.as_string()).map_or(&b""[..], |it| it.raw());
    let call = Call::new(text("eventName"), text("eventSource"));
    let fast = Pass::new(plan, tokens, call, None).run::<false>();
    let careful = Pass::new(plan, tokens, call, None).run_carefully();
    let shown = |change: &Change| {
        let new = match &change.with {
            With::Text(text) => String::from_utf8_lossy(text).into_owned(),
            other => format!("{other:?}"),
        };
        (record[change.span.clone()].to_owned(), new)
    };
    let [fast, careful] = [fast, careful].map(|it| it.iter().map(shown).collect::<Vec<_>>());
    assert_eq!(fast, careful, "{record}");
    for token in of_kind(tokens, b'"') {
        let text = tokens.string(token).decode();
        let may_be = plan.anchors.detectors(&text);
        let rules = plan.detectors.iter().filter_map(|rule| plan.rules[*rule as usize].detector);
        for detector in rules.filter(|detector| may_be >> *detector as u32 & 1 == 0) {
            assert_eq!(detector.find(&text, 0), None, "{detector:?} in {text}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn nothing_is_ruled_out_wrongly(
        record in any::<proptest::sample::Index>(),
        mutations in proptest::collection::vec((any::<u32>(), 0..PIECES.len(), 0..6_u8), 0..6),
    ) {
        let record = &CORPUS[record.index(CORPUS.len())];
        let record = mutations.into_iter().fold(record.clone(), |it, how| mutated(&it, how));
        PLANS.iter().for_each(|plan| check(plan, &record));
    }
}

/// Every piece alone, in every way, at every string of the records that are always there.
#[test]
fn no_piece_is_ruled_out_wrongly() {
    assert_eq!(DETECTORS.len(), 15, "a new detector needs pieces of its own here");
    for record in RECORDS {
        for piece in 0..PIECES.len() {
            for (place, how) in (0..40).flat_map(|place| (0..6).map(move |how| (place, how))) {
                let record = mutated(record, (place, piece, how));
                PLANS.iter().for_each(|plan| check(plan, &record));
            }
        }
    }
}
