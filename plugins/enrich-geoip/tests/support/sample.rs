//! The databases that the cases use.

use super::mmdb::Writer;
use serde_json::{Value, json};

/// What a City database says of an address in Linköping.
pub(crate) fn linkoping() -> Value {
    json!({
        "city": {"geoname_id": 2_694_762, "names": {"de": "Linköping", "en": "Linköping"}},
        "continent": {"code": "EU", "names": {"en": "Europe"}},
        "country": {"iso_code": "SE", "is_in_european_union": true,
            "names": {"de": "Schweden", "en": "Sweden"}},
        "location": {"accuracy_radius": {"$uint16": 76}, "latitude": 58.4167, "longitude": 15.6167,
            "time_zone": "Europe/Stockholm"},
        "registered_country": {"iso_code": "DE", "names": {"en": "Germany"}},
        "subdivisions": [
            {"iso_code": "E", "names": {"en": "Östergötland County"}},
            {"iso_code": "X", "names": {"en": "A smaller one"}},
        ],
    })
}

/// A record of a country and no more.
fn country(code: &str, english: &str) -> Value {
    json!({"country": {"iso_code": code, "names": {"en": english}}})
}

/// Places, as GeoLite2-City has them.
pub(crate) fn city() -> Vec<u8> {
    let mut writer = Writer::new("GeoLite2-City", 6, 28);
    writer.add("89.160.0.0/16", &country("SE", "Sweden"));
    writer.add("89.160.20.0/24", &linkoping());
    writer.add("2a02:cf40::/29", &country("NO", "Norway"));
    writer.add("2a02:cf40:8000::/33", &json!({"city": {"names": {"de": "Nirgends"}}}));
    // What can not be is left out, and so is half of a point.
    writer.add(
        "1.1.1.0/24",
        &json!({"location": {"latitude": 91.0, "longitude": 15.5,
        "accuracy_radius": 10, "time_zone": ""}, "country": {"iso_code": "", "names": {}}}),
    );
    writer.add(
        "1.1.2.0/24",
        &json!({"location": {"latitude": -33.5, "longitude": -0.25},
        "subdivisions": [], "country": {"names": {"en": "A \"land\""}}}),
    );
    writer.add("1.1.3.0/24", &json!({"subdivisions": [{"iso_code": "E"}]}));
    writer.finish()
}

/// Networks, as GeoLite2-ASN has them.
pub(crate) fn asn() -> Vec<u8> {
    let mut writer = Writer::new("GeoLite2-ASN", 6, 24);
    let bredband = json!({"autonomous_system_number": 29_518,
        "autonomous_system_organization": "Bredband2 AB"});
    writer.add("89.160.0.0/17", &bredband);
    writer.add("1.1.1.0/24", &json!({"autonomous_system_number": 4_200_000_000u32}));
    writer.add("2a02:cf40::/32", &bredband);
    writer.finish()
}

/// Places and networks of IPv4, as GeoIP2-Enterprise has them.
pub(crate) fn enterprise() -> Vec<u8> {
    let mut writer = Writer::new("GeoIP2-Enterprise", 4, 32);
    writer.add(
        "89.160.20.112/28",
        &json!({
            "country": {"confidence": {"$uint16": 99}, "iso_code": "FI",
                "names": {"de": "Finnland", "en": "Finland"}},
            "traits": {"autonomous_system_number": 719, "autonomous_system_organization": "Elisa",
                "is_anycast": false},
        }),
    );
    writer.finish()
}

/// A database of something else.
pub(crate) fn anonymous() -> Vec<u8> {
    let mut writer = Writer::new("GeoIP2-Anonymous-IP", 4, 24);
    writer.add("1.1.1.0/24", &json!({"is_anonymous": true}));
    writer.finish()
}

/// A database of places whose records are of another shape.
pub(crate) fn foreign() -> Vec<u8> {
    let mut writer = Writer::new("other-city", 4, 24);
    writer.add("1.1.1.0/24", &json!({"city": "Sydney", "country": "AU"}));
    writer.finish()
}

/// The files beside the cases.
pub(crate) fn files() -> [(&'static str, Vec<u8>); 6] {
    let city = city();
    let cut = city[..city.len() / 2].to_vec();
    [
        ("city.mmdb", city),
        ("asn.mmdb", asn()),
        ("enterprise.mmdb", enterprise()),
        ("anonymous.mmdb", anonymous()),
        ("foreign.mmdb", foreign()),
        ("cut.mmdb", cut),
    ]
}
