//! Words for languages, operating systems and browsers.

use crate::products::{Fit, Role, Row};

/// Words for languages, operating systems and browsers.
///
/// Languages and systems as botocore before 1.29, the AWS CLI and the SDKs for Java, Ruby, PHP,
/// .NET and C++ write them ahead of what they write as `lang/` and `os/` today. Browsers in the
/// order in which the one that is meant can be told from those that it names for compatibility
/// (MDN, "Browser detection using the user agent string (UA sniffing)").
pub(crate) const PLATFORMS: &[Row] = &[
    language("Python", "python"),
    language("Java", "java"),
    language("Ruby", "ruby"),
    language("PHP", "php"),
    language("rust", "rust"),
    language("Swift", "swift"),
    language(".NET_Core", "dotnet"),
    language(".NET_Runtime", "dotnet"),
    language(".NET_Framework", "dotnet"),
    language(".NET Runtime", "dotnet"),
    language(".NET Framework", "dotnet"),
    system("Linux", "linux"),
    system("Darwin", "macos"),
    system("Mac_OS_X", "macos"),
    system("macOS", "macos"),
    system("Windows", "windows"),
    system("Windows_NT", "windows"),
    system("Windows_10", "windows"),
    system("Windows_11", "windows"),
    browser("Edg", 0, "Edge"),
    browser("EdgA", 0, "Edge"),
    browser("EdgiOS", 0, "Edge"),
    browser("Edge", 0, "Edge"),
    browser("OPR", 1, "Opera"),
    browser("SamsungBrowser", 1, "Samsung Internet"),
    browser("Vivaldi", 1, "Vivaldi"),
    browser("YaBrowser", 1, "Yandex"),
    browser("CriOS", 2, "Chrome"),
    browser("FxiOS", 2, "Firefox"),
    browser("Firefox", 3, "Firefox"),
    browser("HeadlessChrome", 4, "Chrome"),
    browser("Chrome", 5, "Chrome"),
    browser("Chromium", 5, "Chrome"),
    browser("Safari", 6, "Safari"),
    Row { key: "Version", fit: Fit::Word, role: Role::BrowserVersion, name: "" },
];

const fn language(key: &'static str, name: &'static str) -> Row {
    Row { key, fit: Fit::Word, role: Role::Language, name }
}

const fn system(key: &'static str, name: &'static str) -> Row {
    Row { key, fit: Fit::Word, role: Role::System, name }
}

const fn browser(key: &'static str, rank: u8, name: &'static str) -> Row {
    Row { key, fit: Fit::Word, role: Role::Browser(rank), name }
}

/// The language that goes with an SDK, by what its name has behind `aws-sdk-`, the first that it
/// begins with; where the user agent does not say it itself.
pub(crate) const SDK_LANGUAGES: &[(&str, &str)] = &[
    ("android", "java"),
    ("cpp", "cpp"),
    ("dotnet", "dotnet"),
    ("go", "go"),
    ("java", "java"),
    ("js", "js"),
    ("kotlin", "kotlin"),
    ("net", "dotnet"),
    ("nodejs", "js"),
    ("php", "php"),
    ("python", "python"),
    ("ruby", "ruby"),
    ("rust", "rust"),
    ("swift", "swift"),
];
