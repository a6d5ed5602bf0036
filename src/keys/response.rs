//! What is fetched, and what comes of it.

use alloc::string::String;

/// A document to fetch: by GET, without credentials, without following redirects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetch {
    /// Names this fetch when its answer is handed in.
    pub step: u32,
    /// The address.
    pub url: String,
    /// Longest body to read, in bytes. A longer one is [`FetchFault::TooLarge`].
    pub max_bytes: usize,
}

/// An answer to a [`Fetch`].
#[derive(Clone, Copy, Debug)]
pub struct Response<'a> {
    /// The HTTP status code.
    pub status: u16,
    /// The "Content-Type" field.
    pub content_type: Option<&'a str>,
    /// The "Cache-Control" field; several of them joined by commas.
    pub cache_control: Option<&'a str>,
    /// The "Age" field.
    pub age: Option<&'a str>,
    /// The whole body.
    pub body: &'a [u8],
}

/// Why a [`Fetch`] has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FetchFault {
    /// No connection, or one that broke.
    Unreachable,
    /// The host's time for a fetch was over.
    TimedOut,
    /// The body is longer than [`Fetch::max_bytes`].
    TooLarge,
    /// The answer points elsewhere. Redirects are never followed.
    Redirected,
}

/// How an attempt to get keys goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// This is to be fetched next.
    Next(Fetch),
    /// The keys are there.
    Done,
    /// The attempt is over without keys, or another has taken over.
    Failed,
}
