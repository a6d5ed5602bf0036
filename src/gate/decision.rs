//! What comes out of the gate.

use alloc::{boxed::Box, string::String, vec::Vec};

use super::{
    answer::{Answer, Header},
    caller::Caller,
    event::Event,
    route::Forward,
};
use crate::{access::Access, time::UnixSeconds};

/// What the host is to do with a request.
#[derive(Clone, Debug)]
#[cfg_attr(
    target_pointer_width = "64",
    expect(clippy::large_enum_variant, reason = "one a request, moved once: a box would cost more than the bytes")
)]
pub enum Decision {
    /// Read the body, at most one byte more than `limit`, and ask again with it:
    /// [`Gate::decide_with_body`](super::Gate::decide_with_body).
    NeedBody {
        /// The longest body that is judged, in bytes.
        limit: usize,
        /// Who sends it, where that is known by now: to be handed back with the body.
        caller: Option<Box<Caller>>,
        /// Keys to fetch in the background.
        refresh: Option<KeyNeed>,
    },
    /// See to the keys of an issuer, and ask again.
    NeedKeys(KeyNeed),
    /// Send this, and nothing to the origin: a denial, a metadata document or a preflight.
    Answer {
        /// What to send.
        answer: Answer,
        /// For logs.
        event: Event,
        /// Keys to fetch in the background.
        refresh: Option<KeyNeed>,
    },
    /// Let it through.
    Allow(Admission),
}

/// A request that may go on to the origin. Only [`Gate::decide`](super::Gate::decide) makes one.
#[derive(Clone, Debug)]
pub struct Admission {
    pub(super) access: Option<Access>,
    pub(super) stale: bool,
    pub(super) expires: Option<UnixSeconds>,
    pub(super) identity: Vec<Header>,
    pub(super) response_headers: Vec<Header>,
    pub(super) forward: Forward,
    pub(super) event: Event,
    pub(super) refresh: Option<KeyNeed>,
}

impl Admission {
    /// Who it is. `None` for what is public, also where a token came along: it was not looked at.
    #[must_use]
    pub fn access(&self) -> Option<&Access> {
        self.access.as_ref()
    }

    /// Whether the keys were used beyond their freshness, because the provider cannot be reached.
    #[must_use]
    pub fn stale(&self) -> bool {
        self.stale
    }

    /// When the token ends: a response that lasts longer should end with it.
    #[must_use]
    pub fn expires(&self) -> Option<UnixSeconds> {
        self.expires
    }

    /// Header fields that tell the origin who it is: `doorward-issuer`, `doorward-subject`,
    /// `doorward-client` and `doorward-scopes` (with spaces between). Percent-encoded outside visible ASCII,
    /// "%" and the space too. Those of the same names that the client sent must be deleted.
    #[must_use]
    pub fn identity(&self) -> &[Header] {
        &self.identity
    }

    /// Header fields that the response needs for the web page that asked (CORS).
    #[must_use]
    pub fn response_headers(&self) -> &[Header] {
        &self.response_headers
    }

    /// Where at the origin it goes.
    #[must_use]
    pub fn forward(&self) -> Forward {
        self.forward
    }

    /// For logs.
    #[must_use]
    pub fn event(&self) -> &Event {
        &self.event
    }

    /// Keys to fetch in the background.
    #[must_use]
    pub fn refresh(&self) -> Option<&KeyNeed> {
        self.refresh.as_ref()
    }
}

/// Keys that are missing, or will be soon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyNeed {
    /// The issuer's place in the configuration, from 0.
    pub source: usize,
    /// The name of the key that a token names and the set does not have.
    pub kid: Option<String>,
    /// Whether this request must fetch them. If not, another one does: ask again in some milliseconds.
    pub fetch: bool,
}
