//! What a request would do.

use alloc::borrow::Cow;

use super::message::Message;

/// One operation, as rules see it.
#[derive(Clone, Debug)]
pub(crate) struct Operation<'a> {
    /// The JSON-RPC method; "GET" or "DELETE" for the requests without a message (Streamable HTTP up to
    /// 2025-11-25); `None` for a response of the client to a request of the server.
    pub(crate) method: Option<Cow<'a, str>>,
    /// The tool or the prompt.
    pub(crate) name: Option<Cow<'a, str>>,
    /// The resource.
    pub(crate) uri: Option<Cow<'a, str>>,
}

impl<'a> Operation<'a> {
    /// The operation of a message.
    pub(crate) fn of(message: &'a Message<'a>) -> Self {
        let borrowed = |text: &'a Option<Cow<'a, str>>| text.as_deref().map(Cow::Borrowed);
        Self { method: borrowed(&message.method), name: borrowed(&message.name), uri: borrowed(&message.uri) }
    }

    /// An operation without operand.
    pub(crate) fn plain(method: &'a str) -> Self {
        Self { method: Some(method.into()), name: None, uri: None }
    }
}
