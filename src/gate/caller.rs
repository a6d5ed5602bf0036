//! Who sends a request, found out before its body is read.

use alloc::boxed::Box;
use core::fmt;

use crate::{access::Access, limits::MAX_CALLER_SECONDS, time::UnixSeconds};

/// A token that was admitted before the body of its request was read, for the decision with the body: it was
/// judged by the clock and the keys of that request, and need not be again. Only
/// [`Gate::decide`](super::Gate::decide) makes one.
#[derive(Clone)]
pub struct Caller {
    pub(super) access: Access,
    pub(super) stale: bool,
    /// All of it, since a part may be that of another token, too. The host has it for as long in the request.
    token: Box<str>,
    since: UnixSeconds,
}

impl Caller {
    pub(super) fn new(access: Access, stale: bool, token: &str, now: UnixSeconds) -> Self {
        Self { access, stale, token: token.into(), since: now }
    }

    /// Whether it came with this `token`, and not long ago. Who is not recognized is judged anew.
    pub(super) fn is_of(&self, token: &str, now: UnixSeconds) -> bool {
        let soon = self.since <= now && now <= self.since.saturating_add(MAX_CALLER_SECONDS);
        soon && *self.token == *token
    }
}

/// Without the token: it is a credential and must not reach a log.
impl fmt::Debug for Caller {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Caller")
            .field("access", &self.access)
            .field("stale", &self.stale)
            .field("since", &self.since)
            .finish_non_exhaustive()
    }
}
