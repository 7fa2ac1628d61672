//! Whatever stands in a record or a database, the stage answers rightly, refuses or leaves it.

mod support;

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use support::mmdb::Writer;
use support::{build, sample};
use trailmill_golden::applied;

/// A public network to nest others in, as the bits of IPv6 or of IPv4 at their left end.
const BASE_V4: u128 = 0x5900_0000 << 96;
const BASE_V6: u128 = 0x2a02_cf40 << 96;

/// A network, as its family, bits and length.
type Network = (bool, u128, u32);

fn network() -> impl Strategy<Value = Network> {
    // Few bits vary, so that networks come to lie in each other.
    (any::<bool>(), 0..64u128, 8..=32u32).prop_map(|(is_v4, bits, length)| {
        let base = if is_v4 { BASE_V4 } else { BASE_V6 };
        let length = if is_v4 { length } else { length + 24 };
        let varied = bits << if is_v4 { 98 } else { 72 };
        (is_v4, (base | varied) & (u128::MAX << (128 - length)), length)
    })
}

fn address((is_v4, bits, _): Network) -> IpAddr {
    match is_v4 {
        true => Ipv4Addr::from_bits((bits >> 96) as u32).into(),
        false => Ipv6Addr::from_bits(bits).into(),
    }
}

/// The city that a stage finds for an address.
fn city(stage: &dyn trailmill_stage::Stage, address: IpAddr) -> Value {
    let record = json!({"sourceIPAddress": address.to_string()}).to_string();
    // Twice, since the second answer is remembered.
    let text = applied(stage, &record, 1).unwrap();
    assert_eq!(applied(stage, &record, 2).unwrap(), text);
    let after: Value = serde_json::from_str(&text).unwrap();
    after["enrichment"]["geo"]["city"].clone()
}

proptest! {
    /// The network that was added last, of those that hold an address, is the one that is found.
    #[test]
    fn networks_are_found(
        networks in vec(network(), 1..24), asked in vec(network(), 1..24),
        bits in proptest::sample::select(&[24usize, 28, 32][..]),
    ) {
        let mut writer = Writer::new("Test-City", 6, bits);
        for (number, &network) in networks.iter().enumerate() {
            let text = format!("{}/{}", address(network), network.2);
            writer.add(&text, &json!({"city": {"names": {"en": number.to_string()}}}));
        }
        let file = writer.finish();
        let stage = build(json!({"databases": ["a"]}), &[("a", &file)]).unwrap();
        for &asked in networks.iter().chain(&asked) {
            let holds = |&(is_v4, bits, length): &Network| {
                is_v4 == asked.0 && (bits ^ asked.1) >> (128 - length) == 0
            };
            let expected = networks.iter().rposition(holds);
            let expected = expected.map_or(Value::Null, |number| json!(number.to_string()));
            prop_assert_eq!(city(&*stage, address(asked)), expected, "{:?}", address(asked));
        }
    }

    /// A database with bytes changed, or cut, is refused, or its records are told to be damaged,
    /// or what comes out is JSON all the same.
    #[test]
    fn damaged_databases_do_no_harm(
        changes in vec((any::<proptest::sample::Index>(), any::<u8>()), 1..6),
        end in proptest::option::weighted(0.2, any::<proptest::sample::Index>()),
        which in 0..3usize,
    ) {
        let mut file = [sample::city, sample::asn, sample::enterprise][which]();
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        if let Some(end) = end {
            file.truncate(end.index(file.len()));
        }
        let stage = match build(json!({"databases": ["a.mmdb"]}), &[("a.mmdb", &file)]) {
            Ok(stage) => stage,
            Err(error) => {
                prop_assert_eq!(&*error.option, "databases[0]");
                prop_assert!(error.message.starts_with("a.mmdb "), "{}", error);
                return Ok(());
            }
        };
        let asked = [
            "89.160.20.112", "89.160.0.1", "1.1.1.1", "1.1.2.1", "1.1.3.1", "8.8.8.8",
            "2a02:cf40::1", "2a02:cf40:8000::1", "2600::1", "223.255.255.255",
        ];
        for address in asked {
            let record = json!({"sourceIPAddress": address}).to_string();
            match applied(&*stage, &record, 1) {
                Ok(text) => drop(serde_json::from_str::<Value>(&text).unwrap()),
                Err(fault) => prop_assert_eq!(fault.kind.name, "geo-database-damaged"),
            }
        }
    }

    #[test]
    fn any_record_is_taken(
        address in prop_oneof![
            Just(json!("89.160.20.112")), Just(json!("2a02:cf40::1")), Just(json!("10.0.0.1")),
            Just(json!(null)), Just(json!(1)), Just(json!(true)), Just(json!(["89.160.20.112"])),
            Just(json!({"sourceIPAddress": "89.160.20.112"})),
            "[0-9a-f:.]{0,50}".prop_map(Value::from), ".{0,50}".prop_map(Value::from),
        ],
        enrichment in prop_oneof![
            Just(json!(null)), Just(json!({})), Just(json!({"geo": 1, "a": [1]})), Just(json!("x")),
            Just(json!(1)), Just(json!(false)), Just(json!([])),
        ],
    ) {
        let file = sample::city();
        let stage = build(json!({"databases": ["a"]}), &[("a", &file)]).unwrap();
        let record = json!({"sourceIPAddress": address, "enrichment": enrichment});
        let is_in_the_way = !enrichment.is_null() && !enrichment.is_object();
        match applied(&*stage, &record.to_string(), 1) {
            Err(fault) => {
                prop_assert_eq!(fault.kind.name, "geo-in-the-way");
                prop_assert!(is_in_the_way && address.is_string());
            }
            Ok(text) => {
                let mut after: Value = serde_json::from_str(&text).unwrap();
                let found = after["enrichment"]["geo"]["country"].is_object();
                if found {
                    after["enrichment"] = record["enrichment"].clone();
                }
                prop_assert_eq!(after, record);
                let is_known = address == "89.160.20.112" || address == "2a02:cf40::1";
                prop_assert!(found || !is_known);
            }
        }
    }
}

/// A record that is damaged behind those that are tried at the start.
#[test]
fn a_damaged_record_is_told() {
    let mut writer = Writer::new("Test-City", 4, 24);
    for number in 0..200 {
        let city = json!({"city": {"names": {"en": format!("city {number}")}}});
        writer.add(&format!("8.8.{number}.0/24"), &city);
    }
    writer.add("9.9.9.0/24", &json!({"city": "no names"}));
    let file = writer.finish();
    let stage = build(json!({"databases": ["a"]}), &[("a", &file)]).unwrap();
    let asked =
        |address: &str| applied(&*stage, &json!({"sourceIPAddress": address}).to_string(), 1);
    assert!(asked("8.8.7.1").unwrap().contains("city 7"));
    let fault = asked("9.9.9.9").unwrap_err();
    let expected =
        "the record of the source address in a database is damaged; fetch the database again";
    assert_eq!(fault.to_string(), expected);
    assert!(asked("9.9.8.1").is_ok());
}
