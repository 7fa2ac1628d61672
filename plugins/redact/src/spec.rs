//! The descriptor of the plugin, with its options.

use crate::examples::EXAMPLES;
use crate::stage::Redactor;
use trailmill_stage::{Build, OptionSpec, Resources, Settings, SettingsError, Stage, StageSpec};

/// The plugin `redact`.
pub const SPEC: StageSpec = StageSpec {
    name: "redact",
    summary: "Hides the secrets and personal data of an event.",
    details: DETAILS,
    options: OPTIONS,
    examples: EXAMPLES,
    build: Build::Stage(build),
    guards: true,
};

const DETAILS: &str = "\
What has to be hidden and can not be is the fault `not-redacted`: the event does not go on. \
Values inside documents in strings (plain, escaped or percent-encoded; up to four strings deep) \
are reached, and texts in base64 under `userData`; what looks like a document, can not be parsed \
and has a name in it that a rule is about is masked whole, and so is what is deeper.

**Rules** are asked in their order, those of the settings before those of presets; for each value \
the first counts that is for it. A rule for a member goes before what detectors find in it.

| `action` | what becomes of a value |
|---|---|
| `mask` | `<redacted>`, whatever its length and kind |
| `remove` | the member or element is gone |
| `hash` | `hmac:` and 32 digits of a keyed HMAC-SHA-256: equal values stay equal |
| `pseudonym` | another value in its shape, by the key: see below |
| `truncate` | an address that of its network (/24, /48), another text its first `characters` (16) |
| `partial` | `<redacted>` and the last `characters` (4), if they are at most half of it |
| `keep` | it stays, with all that is in it, whatever later rules say |

All but `mask`, `remove` and `keep` act on every string inside an object or array. Null, empty \
texts, and the marks that AWS leaves (`HIDDEN_DUE_TO_SECURITY_REASONS`, `****`, \
`<sensitiveDataRemoved>` ...) are kept. Where a detector finds something in a longer text, such \
as `errorMessage`, only that is replaced.

**Pseudonyms** can be told from what they stand for, so that `redact` twice is `redact` once: \
account ids begin with `00000` (an account whose id really begins so is shown), ids of keys and \
principals with their prefix and `7777` (no id of AWS does), IPv4 addresses are in 240.0.0.0/4 \
and IPv6 addresses in 2001:db8::/32 (both reserved; with `keep_prefixes`, two addresses have as \
many first bits in common as before, except that the last 4 of 32 and 32 of 128 are lost), \
mailboxes are in `redacted.invalid`, names begin with `anon-`. The last two, and hashes, end with \
a check that only the key can make. ARNs keep partition, service, region and the type of the \
resource; each name in them has the pseudonym that it has elsewhere. Names of AWS services stay.

**Presets**

| preset | what it hides |
|---|---|
| `secrets` | members that are secrets under any name of a call (`password`, `sessionToken` ...), \
those that are in certain calls (a table of some 1,200 rows), and keys, tokens, certificates and \
passwords in texts |
| `pii` | names of users and sessions, also in ARNs and principal ids, e-mail addresses, IP \
addresses, telephone numbers, transcripts; pseudonyms if there is a key, else masks |
| `share` | both, and ARNs, account ids and the names of resources, all as pseudonyms: for a log \
that a vendor may see; needs a key |

The table of `secrets` says of each row whether it was seen or documented in clear, seen or \
documented as hidden or left out by AWS, is marked as sensitive or named like a credential in the \
models of the SDK, or is only remembered. All of these are masked alike: to hide what AWS hides \
today costs nothing. Identifiers are not secrets: `accessKeyId`, `masterUsername`, `secretId`, \
the session policy, tags and `sourceIdentity` of `AssumeRole`, what KMS shows in clear (encryption \
contexts, aliases, descriptions, grant constraints), and e-mail addresses in `userIdentity` get \
pseudonyms if there is a key and are kept if there is none; ARNs, and a policy with the ARN of a \
secret in it, are kept by `secrets` in any case. `principalId`, `arn` and `sessionContext` of \
`userIdentity` are otherwise left to `pii`, \
and of `errorMessage` only what is encoded in it goes.

`eventID`, `requestID`, `eventName`, `eventSource`, tokens for paging and idempotence are in no \
preset.";

const OPTIONS: &[OptionSpec] = &[
    OptionSpec {
        name: "preset",
        kind: "one of secrets, pii, share, or a list of these",
        default: "none",
        summary: "What to hide, for those who do not want to write rules; rules alone will do.",
    },
    OptionSpec {
        name: "key",
        kind: "{ file: path } or { variable: name }",
        default: "none",
        summary: "Where the key of hashes and pseudonyms is, 16 bytes at least.",
    },
    OptionSpec {
        name: "keep_prefixes",
        kind: "true or false",
        default: "false",
        summary: "Whether pseudonyms of addresses in one network are in one network.",
    },
    OptionSpec {
        name: "rules",
        kind: "list of rules",
        default: "[]",
        summary: "What else to hide: each rule has a `path` (`a.*.b`, `a.**`; elements of lists \
                  are no steps), a `name` of a member in any case, or what to `detect`, perhaps \
                  below a `path`; an `action`, perhaps with `characters`; and perhaps the \
                  `event_name` (`Create*`) and `event_source` that it is for.",
    },
];

fn build(settings: &Settings, resources: &dyn Resources) -> Result<Box<dyn Stage>, SettingsError> {
    Ok(Box::new(Redactor::new(settings, resources)?))
}
