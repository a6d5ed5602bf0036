//! Who sends a request, found out before its body is read.

use alloc::boxed::Box;

use crate::{access::Access, limits::MAX_CALLER_SECONDS, time::UnixSeconds};

/// A token that was admitted before the body of its request was read, for the decision with the body: it was
/// judged by the clock and the keys of that request, and need not be again. Only
/// [`Gate::decide`](super::Gate::decide) makes one.
#[derive(Clone, Debug)]
pub struct Caller {
    pub(super) access: Access,
    pub(super) stale: bool,
    /// The end of the token, which tells it from others, and without the rest is no credential.
    signature: Box<str>,
    since: UnixSeconds,
}

impl Caller {
    pub(super) fn new(access: Access, stale: bool, token: &str, now: UnixSeconds) -> Self {
        Self { access, stale, signature: signature_of(token).into(), since: now }
    }

    /// Whether it came with this `token`, and not long ago. Who is not recognized is judged anew.
    pub(super) fn is_of(&self, token: &str, now: UnixSeconds) -> bool {
        let soon = self.since <= now && now <= self.since.saturating_add(MAX_CALLER_SECONDS);
        soon && *self.signature == *signature_of(token)
    }
}

fn signature_of(token: &str) -> &str {
    token.rsplit_once('.').map_or("", |(_, signature)| signature)
}
