//! Numbers on both sides of the limit.

use super::is_extreme;

#[test]
fn knows_extreme_numbers() {
    let long = format!("1{}", "0".repeat(308));
    let fraction = format!("-{long}.5e0");
    for extreme in [
        "1e308",
        "1.797693134862316e+308",
        "-9E999999999999999999999",
        "0.001e311",
        "100e306",
        "1e400",
        &long,
        &fraction,
    ] {
        assert!(is_extreme(extreme.as_bytes()), "{extreme}");
    }
    let shorter = &long[1..];
    for usual in [
        "0",
        "-0.0",
        "0e999",
        "1e307",
        "9.9e307",
        "1e-400",
        "0.01e309",
        "123456789",
        "1.5",
        "1E-9223372036854775808",
        shorter,
    ] {
        assert!(!is_extreme(usual.as_bytes()), "{usual}");
    }
}
