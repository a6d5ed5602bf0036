//! A request as the host hands it over.

use alloc::{borrow::Cow, vec::Vec};

/// A request, as far as it is judged. What is not read here has no bearing on the decision.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The method, "POST" and the like, case-sensitive (RFC 9110 section 9.1).
    pub method: &'a str,
    /// The URL. Its path alone is read.
    pub url: &'a str,
    /// The header fields.
    pub headers: &'a dyn Headers,
    /// The body's bytes, as they will go to the origin. `None` until they are asked for with
    /// [`Decision::NeedBody`](crate::gate::Decision::NeedBody).
    pub body: Option<&'a [u8]>,
}

/// The header fields that are read: a host need hand over no others.
pub const FIELDS: [&str; 10] = [
    "content-length",
    "origin",
    "access-control-request-method",
    "access-control-request-headers",
    "authorization",
    "mcp-protocol-version",
    "mcp-method",
    "mcp-name",
    "content-type",
    "content-encoding",
];

/// Header fields.
pub trait Headers {
    /// The value of the field `name` (one of [`FIELDS`]; fields are named without regard to case), several ones
    /// joined by a comma and a space (RFC 9110 section 5.3), without white space around it.
    fn get(&self, name: &str) -> Option<Cow<'_, str>>;
}

impl<N: AsRef<str>, V: AsRef<str>> Headers for &[(N, V)] {
    fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        joined(self, name)
    }
}

impl<N: AsRef<str>, V: AsRef<str>, const LENGTH: usize> Headers for [(N, V); LENGTH] {
    fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        joined(self, name)
    }
}

impl<N: AsRef<str>, V: AsRef<str>> Headers for Vec<(N, V)> {
    fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        joined(self, name)
    }
}

fn joined<'f, N: AsRef<str>, V: AsRef<str>>(fields: &'f [(N, V)], name: &str) -> Option<Cow<'f, str>> {
    let of_that_name = fields.iter().filter(|(field, _)| field.as_ref().eq_ignore_ascii_case(name));
    let mut values = of_that_name.map(|(_, value)| value.as_ref().trim_matches([' ', '\t']));
    let first = values.next()?;
    Some(values.fold(Cow::Borrowed(first), |joined, value| {
        let mut joined = joined.into_owned();
        joined.push_str(", ");
        joined.push_str(value);
        joined.into()
    }))
}
