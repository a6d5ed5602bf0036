//! Requests whose bodies are being read.

use alloc::{boxed::Box, vec::Vec};

use crate::gate::Caller;

/// By a number that is given out once. Bounded, since a host may ask and never come back: what is gone is judged
/// anew.
#[derive(Default)]
pub(super) struct Waiting {
    /// The oldest first.
    requests: Vec<Received>,
    latest: u32,
}

/// The part of a request that has been judged.
pub(super) struct Received {
    ticket: u32,
    pub(super) head: Box<[u8]>,
    pub(super) caller: Box<Caller>,
}

impl Waiting {
    /// A number that is not zero, or `None` for a head that is too long to be kept.
    pub(super) fn keep(&mut self, head: &[u8], caller: Box<Caller>) -> Option<u32> {
        if head.len() > MAX_HEAD_BYTES {
            return None;
        }
        if self.requests.len() >= MAX_REQUESTS {
            self.requests.remove(0);
        }
        self.latest = self.latest.checked_add(1).unwrap_or(1);
        self.requests.push(Received { ticket: self.latest, head: head.into(), caller });
        Some(self.latest)
    }

    pub(super) fn take(&mut self, ticket: u32) -> Option<Received> {
        let place = self.requests.iter().position(|received| received.ticket == ticket)?;
        Some(self.requests.remove(place))
    }
}

/// More requests than these seldom have their bodies on the way to one instance.
const MAX_REQUESTS: usize = 256;

/// Room for a token of some kilobytes. With as many requests as there may be, two megabytes.
const MAX_HEAD_BYTES: usize = 8 * 1024;
