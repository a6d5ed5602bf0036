//! From an address to the keys: which document is fetched next.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};

use super::{
    address::{Address, InvalidAddress},
    discovery::Metadata,
    response::{FetchFault, Response},
};
use crate::{
    limits::{MAX_KEY_SET_BYTES, MAX_METADATA_BYTES},
    time::UnixSeconds,
};

/// The way to one issuer's keys, and what was learnt on it.
#[derive(Clone, Debug)]
pub(super) struct Route {
    pub(super) address: Address,
    pub(super) loopback: bool,
    /// Where the metadata document may be; nowhere if the address is that of the keys.
    candidates: Vec<String>,
    pub(super) metadata: Option<Metadata>,
    /// Whether the keys could not be fetched from where the metadata document says.
    doubted: bool,
}

/// A document on the way.
#[derive(Clone, Debug)]
pub(super) enum Stop {
    /// The metadata document at the candidate of this place.
    Metadata {
        place: usize,
        /// An address that just now did not have the keys.
        refused: Option<String>,
    },
    /// The keys.
    Keys {
        url: String,
        /// Whether the address was learnt in an earlier attempt.
        remembered: bool,
    },
}

impl Route {
    pub(super) fn new(address: Address, loopback: bool) -> Result<Self, InvalidAddress> {
        let candidates = address.metadata_candidates(loopback)?;
        Ok(Self { address, loopback, candidates, metadata: None, doubted: false })
    }

    /// Where an attempt begins: with the keys, if it is known where they are.
    pub(super) fn start(&self, now: UnixSeconds) -> Stop {
        match (&self.address, &self.metadata) {
            (Address::Keys(url), _) => Stop::Keys { url: url.clone(), remembered: false },
            (Address::Issuer(_), Some(metadata)) if !self.doubted && metadata.is_recent(now) => {
                Stop::Keys { url: metadata.jwks_uri.clone(), remembered: true }
            }
            (Address::Issuer(_), _) => Stop::Metadata { place: 0, refused: None },
        }
    }

    /// The address of a document, and its greatest length in bytes.
    pub(super) fn target(&self, stop: &Stop) -> Option<(String, usize)> {
        match stop {
            Stop::Metadata { place, .. } => self.candidates.get(*place).map(|url| (url.clone(), MAX_METADATA_BYTES)),
            Stop::Keys { url, .. } => Some((url.clone(), MAX_KEY_SET_BYTES)),
        }
    }

    /// Where to go from a place of the metadata document. Any answer that is not the document leads to the
    /// next candidate; without an answer the others, on the same host, are not tried.
    pub(super) fn after_metadata(
        &mut self,
        place: usize,
        refused: Option<String>,
        response: &Result<Response<'_>, FetchFault>,
        now: UnixSeconds,
    ) -> Option<Stop> {
        let Address::Issuer(issuer) = &self.address else { return None };
        let found = match response {
            Err(fault) if !fault.is_answer() => return None,
            Err(_) => None,
            Ok(response) => Metadata::from_response(issuer, self.loopback, response, now),
        };
        let Some(metadata) = found else {
            return Some(Stop::Metadata { place: place.saturating_add(1), refused });
        };
        let url = metadata.jwks_uri.clone();
        self.metadata = Some(metadata);
        self.doubted = refused.as_ref() == Some(&url);
        (!self.doubted).then_some(Stop::Keys { url, remembered: false })
    }

    /// Where to go from an address without keys: they may have moved since it was learnt.
    pub(super) fn after_no_keys(&mut self, url: &str, remembered: bool, answered: bool) -> Option<Stop> {
        self.doubted = true;
        (remembered && answered).then(|| Stop::Metadata { place: 0, refused: Some(url.to_string()) })
    }

    /// Takes over what another instance learnt, if it is newer.
    pub(super) fn learn(&mut self, metadata: Option<Metadata>) {
        let own = self.metadata.as_ref().map(|metadata| metadata.accepted_at);
        if metadata.as_ref().map(|metadata| metadata.accepted_at) > own {
            self.metadata = metadata;
            self.doubted = false;
        }
    }

    /// Has the metadata document fetched again.
    pub(super) fn doubt(&mut self) {
        self.doubted = true;
    }
}

impl FetchFault {
    /// Whether the host did answer, with something that is not what was asked for.
    pub(super) fn is_answer(self) -> bool {
        match self {
            Self::Unreachable | Self::TimedOut => false,
            Self::TooLarge | Self::Redirected => true,
        }
    }
}
