//! The stage: looks the fields of an event up in the lists and says what it found.

use crate::domain::Name;
use crate::entry::IndicatorType;
use crate::fields::{FIELDS, Field, Holds, Wanted};
use crate::indicators::Indicators;
use crate::write::Findings;
use std::net::IpAddr;
use trailmill_stage::event::{Event, Path};
use trailmill_stage::{Fault, FaultKind, Stage, Verdict};

/// The record has a member `enrichment` already, and that is no object to add to.
pub static THREAT_IN_THE_WAY: FaultKind = FaultKind {
    name: "threat-in-the-way",
    message: "there is a member `enrichment` already that is no object, so no threat is added",
};

/// Adds what was found in the lists as `enrichment.threat`.
#[derive(Debug)]
pub struct EnrichThreat {
    threat: Path,
    indicators: Indicators,
    wanted: Wanted,
}

impl EnrichThreat {
    /// The stage, with what to look for.
    pub fn new(indicators: Indicators) -> Self {
        EnrichThreat {
            threat: Path::members(["enrichment", "threat"]),
            wanted: Wanted::new(|of| indicators.count(of) > 0),
            indicators,
        }
    }

    /// What is found.
    fn find(&self, event: &Event<'_>) -> Findings {
        let values = self.wanted.values(event);
        let mut findings = Findings::default();
        for (field, value) in FIELDS.iter().zip(values) {
            if let Some(text) = value.and_then(|value| value.text()) {
                self.look_up(field, &text, &mut findings);
            }
        }
        findings
    }

    #[inline]
    fn look_up(&self, field: &Field, text: &str, to: &mut Findings) {
        match field.holds {
            Holds::Address => {
                if let Some(address) = trailmill_address::parse(text) {
                    self.address(field.path, address, to);
                }
            }
            Holds::Host => self.host(field.path, text, to),
            Holds::AccessKey => {
                let mut tags = self.indicators.access_key(text);
                tags.all(|tag| to.add(field.path, IndicatorType::AccessKey, tag, None));
            }
            Holds::UserAgent => self.user_agent(field.path, text, to),
        }
    }

    #[inline]
    fn user_agent(&self, path: &'static str, text: &str, to: &mut Findings) {
        for (prefix, tag) in self.indicators.user_agent(text) {
            let prefix = prefix.map(|prefix| String::from_utf8_lossy(prefix) + "*");
            if !to.add(path, IndicatorType::UserAgent, tag, prefix.map(Into::into)) {
                return;
            }
        }
    }

    #[inline]
    fn address(&self, path: &'static str, address: IpAddr, to: &mut Findings) {
        for found in self.indicators.address(address) {
            let network = (!found.network.is_host()).then(|| found.network.to_string());
            if !to.add(path, IndicatorType::Address, *found.value, network) {
                return;
            }
        }
    }

    fn host(&self, path: &'static str, text: &str, to: &mut Findings) {
        let host = without_port(text);
        if let Some(address) = trailmill_address::parse(host) {
            return self.address(path, address, to);
        }
        if self.indicators.count(IndicatorType::Domain) == 0 {
            return;
        }
        let Some(name) = Name::parse(host) else { return };
        for (part, tag) in self.indicators.domain(&name) {
            let wider =
                (part.len() < name.as_bytes().len()).then(|| String::from_utf8_lossy(part).into());
            if !to.add(path, IndicatorType::Domain, tag, wider) {
                return;
            }
        }
    }
}

/// A host without the port behind it, and without the brackets around an IPv6 address (RFC 9110,
/// section 7.2; RFC 3986, section 3.2.2).
fn without_port(text: &str) -> &str {
    if let Some(rest) = text.strip_prefix('[') {
        return rest.split_once(']').map_or(text, |(address, _)| address);
    }
    match text.rsplit_once(':') {
        // An address without brackets has no port behind it.
        Some((host, port))
            if !host.contains(':') && port.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            host
        }
        _ => text,
    }
}

impl Stage for EnrichThreat {
    fn apply(&self, event: &mut Event<'_>) -> Result<Verdict, Fault> {
        let findings = self.find(event);
        if findings.is_empty() {
            return Ok(Verdict::Keep);
        }
        match event.set_object(&self.threat, |_, object| findings.write(&self.indicators, object)) {
            Ok(()) => Ok(Verdict::Keep),
            Err(_) => Err(Fault::new(&THREAT_IN_THE_WAY)),
        }
    }
}
