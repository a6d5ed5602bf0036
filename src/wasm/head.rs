//! What comes before the body of a request, as the host hands it over.

use alloc::borrow::Cow;

use crate::gate::{FIELDS, Headers, Request};

/// Method, URL and the header fields that are judged.
pub(super) struct Head<'t> {
    method: &'t str,
    url: &'t str,
    fields: [Option<&'t str>; FIELDS.len()],
}

impl<'t> Head<'t> {
    /// Reads the lines: one too many or too few is a line break in a value (which RFC 9110 section 5.5 forbids), and
    /// then nothing can be told apart.
    pub(super) fn parse(text: &'t [u8]) -> Option<Self> {
        let mut lines = core::str::from_utf8(text).ok()?.split('\n');
        let (method, url) = (lines.next()?, lines.next()?);
        let mut fields = [None; FIELDS.len()];
        for field in &mut fields {
            let line = lines.next()?;
            *field = if line.is_empty() { None } else { Some(line.strip_prefix('=')?) };
        }
        lines.next().is_none().then_some(Self { method, url, fields })
    }

    pub(super) fn request<'r>(&'r self, body: Option<&'r [u8]>) -> Request<'r> {
        Request { method: self.method, url: self.url, headers: self, body }
    }
}

impl Headers for Head<'_> {
    fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        let (_, value) = FIELDS.iter().zip(self.fields).find(|(field, _)| **field == name)?;
        value.map(Cow::Borrowed)
    }
}
