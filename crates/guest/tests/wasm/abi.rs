//! A host with an instance of this module.

use crate::build::module;
use crate::hosts::Machine;
use std::ops::{Deref, DerefMut};
use trailmill_abi::{FILE, PIPELINE, entry};
pub(crate) use trailmill_shim::Answer;

/// A host whose instance is one of this module.
pub(crate) struct Host<M>(trailmill_shim::Host<M>);

impl<M: Machine> Host<M> {
    pub(crate) fn new() -> Self {
        Host(trailmill_shim::Host::of(module()))
    }

    /// A host whose instance has taken a configuration.
    pub(crate) fn configured(configuration: &[u8]) -> Self {
        Host(trailmill_shim::Host::of(module()).taking(configuration))
    }
}

impl<M> Deref for Host<M> {
    type Target = trailmill_shim::Host<M>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<M> DerefMut for Host<M> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

/// A configuration of a pipeline file and others.
pub(crate) fn configuration(name: &str, pipeline: &str, files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut out = Vec::new();
    entry(PIPELINE, name, pipeline.as_bytes(), &mut out);
    files.iter().for_each(|(name, content)| entry(FILE, name, content, &mut out));
    out
}

/// The pipeline that most tests run: decode, then the rows of Snare.
pub(crate) const SNARE: &str = "stages: [decode-cloudtrail, { flatten: { schema: snare } }]";

/// Every stage that needs no table, and then rows.
pub(crate) const FULL: &str = "\
stages:
  - decode-cloudtrail
  - dedupe
  - enrich-source-address
  - enrich-identity
  - enrich-action
  - enrich-user-agent
  - enrich-account: { accounts: { \"111122223333\": { name: example } } }
  - filter: { drop: 'eventName == \"Decrypt\"' }
  - flatten: { schema: snare }
";

pub(crate) fn snare() -> Vec<u8> {
    configuration("pipeline.yaml", SNARE, &[])
}
