//! A database that was cut down answers as the whole one, and whatever it holds does no harm.

mod support;

use maxminddb::{Reader, WithinOptions};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use serde_json::{Map, Value, json};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use support::mmdb::Writer;
use support::{build, cut, sample};
use trailmill_golden::applied;
use trailmill_stage::Stage;

const FIELDS: [&str; 6] = ["country", "region", "city", "location", "timeZone", "autonomousSystem"];

/// Networks of IPv6 that lead to IPv4.
const ALIASES: [&str; 3] = ["::ffff:0:0/96", "2002::/16", "2001::/32"];

/// Addresses before, in and behind all networks of a database, and those that stand in its way.
fn edges(file: &[u8]) -> Vec<IpAddr> {
    let reader = Reader::from_source(file).unwrap();
    let all = WithinOptions::default().include_aliased_networks().include_networks_without_data();
    let mut edges = Vec::new();
    for found in reader.networks(all).unwrap() {
        let network = found.unwrap().network().unwrap();
        for address in [network.network(), network.broadcast()] {
            edges.push(address);
            if let IpAddr::V6(address) = address {
                // As the reader finds it from the start of IPv4 on.
                edges.push(Ipv4Addr::from_bits(address.to_bits() as u32).into());
                edges.push(Ipv6Addr::from_bits(address.to_bits().wrapping_add(1)).into());
                edges.push(Ipv6Addr::from_bits(address.to_bits().wrapping_sub(1)).into());
            }
        }
    }
    edges.sort_unstable();
    edges.dedup();
    edges
}

/// The record of an address.
fn record(reader: &Reader<&[u8]>, address: IpAddr) -> Value {
    if reader.metadata().ip_version == 4 && address.is_ipv6() {
        return Value::Null;
    }
    reader.lookup(address).unwrap().decode().unwrap().unwrap_or(Value::Null)
}

/// What is to be left of a member.
type Keep<'k> = &'k dyn Fn(&Value) -> Value;

/// Keeps of an object what `keep` says, if anything is left.
fn part(of: &Value, keep: &[(&str, Keep<'_>)]) -> Value {
    let members = keep.iter().map(|(name, keep)| ((*name).to_owned(), keep(&of[*name])));
    let members: Map<_, _> = members.filter(|(_, value)| !value.is_null()).collect();
    if members.is_empty() { Value::Null } else { Value::Object(members) }
}

/// What is to be left of a record: the same said once more, with trees.
fn expected(record: &Value, fields: &[&str], language: &str) -> Value {
    let has = |field| fields.contains(&field);
    let if_in = |is_in: bool| move |value: &Value| if is_in { value.clone() } else { Value::Null };
    let names = |names: &Value| {
        let kept = [language, "en"].into_iter().find(|language| names[language].is_string());
        let kept = kept.filter(|language| names[language] != "");
        kept.map_or(Value::Null, |language| json!({language: names[language]}))
    };
    let names_if = |is_in: bool| move |it: &Value| if is_in { names(it) } else { Value::Null };
    let place = |code: bool, name: bool| {
        move |it: &Value| part(it, &[("iso_code", &if_in(code)), ("names", &names_if(name))])
    };
    let region = &record["subdivisions"][0];
    let with_code = has("country") || has("region") && region["iso_code"].is_string();
    let regions = |_: &Value| match place(has("region"), has("region"))(region) {
        Value::Null => Value::Null,
        region => json!([region]),
    };
    let point = if_in(has("location"));
    let location = |it: &Value| {
        let zone = if_in(has("timeZone"));
        let names = ["accuracy_radius", "latitude", "longitude"];
        let mut keep: Vec<(&str, Keep<'_>)> = Vec::new();
        keep.extend(names.map(|name| (name, &point as Keep<'_>)));
        keep.push(("time_zone", &zone));
        part(it, &keep)
    };
    let system = |name: &'static str| {
        let of_traits =
            if record[name].is_null() { &record["traits"][name] } else { &record[name] };
        if_in(has("autonomousSystem"))(of_traits)
    };
    part(
        record,
        &[
            ("country", &place(with_code, has("country"))),
            ("subdivisions", &regions),
            ("city", &place(false, has("city"))),
            ("location", &location),
            ("autonomous_system_number", &|_| system("autonomous_system_number")),
            ("autonomous_system_organization", &|_| system("autonomous_system_organization")),
        ],
    )
}

/// Numbers of all kinds are the same numbers.
fn with_plain_numbers(value: Value) -> Value {
    match value {
        Value::Number(number) => json!(number.as_f64().unwrap().to_bits().to_string()),
        Value::Array(list) => list.into_iter().map(with_plain_numbers).collect(),
        Value::Object(members) => {
            let members = members.into_iter().map(|(name, it)| (name, with_plain_numbers(it)));
            Value::Object(members.collect())
        }
        other => other,
    }
}

fn answer(stage: &dyn Stage, address: IpAddr) -> Result<String, &'static str> {
    let record = json!({"sourceIPAddress": address.to_string()}).to_string();
    applied(stage, &record, 1).map_err(|fault| fault.kind.name)
}

fn place() -> impl Strategy<Value = Value> {
    let name = || prop::option::of(select(&["", "A", "Österreich", "a\"b"][..]));
    let code = prop::option::of(select(&["", "SE", "E"][..]));
    (code, name(), name(), name(), any::<bool>()).prop_map(|(code, en, de, fr, has_names)| {
        let mut place = json!({"geoname_id": 12});
        if let Some(code) = code {
            place["iso_code"] = json!(code);
        }
        if has_names {
            place["names"] = json!({});
        }
        for (language, name) in [("en", en), ("de", de), ("fr", fr)] {
            if let (Some(name), true) = (name, has_names) {
                place["names"][language] = json!(name);
            }
        }
        place
    })
}

/// A number as one of several kinds.
fn number() -> impl Strategy<Value = Value> {
    prop_oneof![
        select(&[0.0, -0.0, 1.5, -33.25, 91.0, 1e300][..]).prop_map(|number| json!(number)),
        select(&[0u32, 1, 255, 65_535, 65_536, u32::MAX][..]).prop_map(|number| json!(number)),
        (0..70_000u64).prop_map(|number| json!({"$uint64": number})),
        Just(json!({"$uint64": u64::MAX})),
        Just(json!({"$int32": 0x8000_0000u32})),
    ]
}

fn of_any(names: &'static [&'static str]) -> impl Strategy<Value = Value> {
    vec(prop::option::of(number()), names.len()).prop_map(|values| {
        let members = names.iter().zip(values).filter_map(|(name, it)| Some((*name, it?)));
        members.map(|(name, it)| (name.to_owned(), it)).collect::<Map<_, _>>().into()
    })
}

fn any_record() -> impl Strategy<Value = Value> {
    let optional = |place| prop::option::of(place);
    let asn = of_any(&["autonomous_system_number", "other"]);
    let organization = select(&["", "Bredband2 AB"][..]);
    (
        (optional(place()), optional(place()), vec(place(), 0..3)),
        prop::option::of(of_any(&["latitude", "longitude", "accuracy_radius"])),
        prop::option::of(select(&["", "Europe/Stockholm"][..])),
        (prop::option::of(asn), any::<bool>(), prop::option::of(organization)),
    )
        .prop_map(|((country, city, regions), location, zone, (asn, inside, organization))| {
            let mut record = json!({"postal": {"code": "1"}, "subdivisions": regions});
            for (name, it) in [("country", country), ("city", city), ("location", location)] {
                if let Some(it) = it {
                    record[name] = it;
                }
            }
            if let Some(zone) = zone {
                record["location"]["time_zone"] = json!(zone);
            }
            let to = if inside { &mut record["traits"] } else { &mut record };
            if let Some(asn) = asn {
                for (name, it) in asn.as_object().unwrap() {
                    to[name] = it.clone();
                }
            }
            if let Some(organization) = organization {
                to["autonomous_system_organization"] = json!(organization);
            }
            record.as_object_mut().unwrap().retain(|_, it| !it.is_null());
            record
        })
}

/// A network near others, as text.
fn network(ip_version: u8) -> impl Strategy<Value = String> {
    let v4 = (0..64u32, 8..=32u32).prop_map(|(bits, length)| {
        let address = 0x0100_0000 | bits << 26 | bits << 2;
        format!("{}/{length}", Ipv4Addr::from_bits(address & u32::MAX << (32 - length)))
    });
    let v6 = (0..64u128, 20..=128u32).prop_map(|(bits, length)| {
        let address = 0x2a02_cf40 << 96 | bits << 90 | bits;
        format!("{}/{length}", Ipv6Addr::from_bits(address & u128::MAX << (128 - length)))
    });
    if ip_version == 4 { v4.boxed() } else { prop_oneof![v4, v6].boxed() }
}

/// A database, with some settings.
fn database() -> impl Strategy<Value = (Vec<u8>, Vec<&'static str>, &'static str)> {
    let shape = (select(&[4u8, 6][..]), select(&[24usize, 28, 32][..]));
    let content = shape.prop_flat_map(|(ip_version, bits)| {
        let pairs = vec((network(ip_version), any::<Index>()), 1..24);
        let aliases = subsequence(&ALIASES[..], 0..=ALIASES.len());
        (Just((ip_version, bits)), pairs, vec(any_record(), 1..6), aliases)
    });
    let file = content.prop_map(|((ip_version, bits), networks, records, aliases)| {
        let mut writer = Writer::new("Test-Enterprise", ip_version, bits);
        for (network, record) in &networks {
            writer.add(network, record.get(&records));
        }
        if ip_version == 6 {
            aliases.iter().for_each(|network| writer.alias(network));
        }
        writer.finish()
    });
    (file, subsequence(&FIELDS[..], 1..=6), select(&["en", "de"][..]))
}

proptest! {
    /// Of every record what is wanted is left, and nothing else; and so are the answers.
    #[test]
    fn what_is_left_answers_as_the_whole(
        (whole, fields, language) in database(), more in vec(any::<u128>(), 64),
    ) {
        let settings = json!({"databases": ["a"], "fields": fields, "language": language});
        let small = match cut(&settings, &whole) {
            Ok(small) => small,
            Err(message) => {
                prop_assert_eq!(message, "it would not get smaller");
                return Ok(());
            }
        };
        prop_assert!(small.len() < whole.len());
        let readers = [&whole, &small].map(|file| Reader::from_source(&file[..]).unwrap());
        let stages = [&whole, &small].map(|file| build(settings.clone(), &[("a", file)]).unwrap());
        readers[1].verify().unwrap();
        let more = more.into_iter().flat_map(|bits| {
            let near = 0x2a02_cf40 << 96 | bits & 0xff << 88 | bits & 0xff;
            [IpAddr::V6(Ipv6Addr::from_bits(near)), Ipv4Addr::from_bits(bits as u32).into()]
        });
        for address in edges(&whole).into_iter().chain(more) {
            let left = expected(&record(&readers[0], address), &fields, language);
            let found = record(&readers[1], address);
            prop_assert_eq!(with_plain_numbers(found), with_plain_numbers(left), "{}", address);
            prop_assert_eq!(answer(&*stages[0], address), answer(&*stages[1], address));
        }
    }

    /// A database with bytes changed, or cut off, is not cut down, or answers as it does itself.
    #[test]
    fn damaged_databases_are_left_or_answer_the_same(
        (mut whole, fields, language) in database(),
        changes in vec((any::<Index>(), any::<u8>()), 1..6),
        end in prop::option::weighted(0.1, any::<Index>()),
    ) {
        let asked: Vec<IpAddr> = edges(&whole);
        for (at, byte) in changes {
            let at = at.index(whole.len());
            whole[at] = byte;
        }
        if let Some(end) = end {
            whole.truncate(end.index(whole.len()));
        }
        let settings = json!({"databases": ["a"], "fields": fields, "language": language});
        let Ok(small) = cut(&settings, &whole) else { return Ok(()) };
        let Ok(stage) = build(settings.clone(), &[("a", &whole)]) else { return Ok(()) };
        let of_small = build(settings, &[("a", &small)]).unwrap();
        for address in asked {
            prop_assert_eq!(answer(&*stage, address), answer(&*of_small, address), "{}", address);
        }
    }
}

/// The whole of a database is needed if something in it is wrong.
#[test]
fn what_is_damaged_is_not_cut() {
    let settings = json!({"fields": ["country"]});
    let mut writer = Writer::new("Test-City", 6, 24);
    writer.add("1.1.1.0/24", &sample::linkoping());
    assert!(cut(&settings, &writer.finish()).is_ok());
    writer.add("1.1.2.0/24", &json!({"city": "no names"}));
    assert_eq!(cut(&settings, &writer.finish()), Err("a record in it is damaged".to_owned()));
    assert_eq!(cut(&settings, b"{}"), Err("it is no whole database".to_owned()));
    let nodes = Reader::from_source(sample::asn()).unwrap().metadata().node_count;
    // The first node leads to itself; before the beginning of the data, and far behind their end.
    for wrong in [0, nodes + 1, 0xff_0000] {
        let mut file = sample::asn();
        file[..3].copy_from_slice(&wrong.to_be_bytes()[1..]);
        let message = cut(&settings, &file).unwrap_err();
        assert_eq!(message, "its tree of networks is damaged", "{wrong}");
    }
}

/// What a city says in other languages and of other things is gone, and the rest is there once.
#[test]
fn a_database_gets_many_times_smaller() {
    let mut writer = Writer::new("GeoLite2-City", 6, 28);
    for number in 0..20_000u32 {
        let mut record = sample::linkoping();
        let city = format!("city {}", number / 8);
        let names = ["en", "de", "fr", "ja"].map(|language| (language.to_owned(), json!(city)));
        record["city"]["names"] = Map::from_iter(names).into();
        record["location"]["latitude"] = json!(f64::from(number) / 1000.0);
        record["postal"] = json!({"code": number.to_string()});
        writer.add(&format!("{}/24", Ipv4Addr::from_bits(0x1000_0000 + (number << 8))), &record);
    }
    writer.alias("2002::/16");
    let whole = writer.finish();
    let times = |fields: &[&str]| {
        let small = cut(&json!({"fields": fields}), &whole).unwrap();
        whole.len() / small.len()
    };
    assert!(times(&FIELDS) >= 3, "{}", times(&FIELDS));
    assert!(times(&["country", "city"]) >= 30, "{}", times(&["country", "city"]));
    assert!(times(&["country"]) >= 500, "{}", times(&["country"]));
}
