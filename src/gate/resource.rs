//! The protected resource: what this MCP server is called, and where its metadata is (RFC 9728).

use alloc::{format, string::String};

use super::authority::{default_port, is_in_one_spelling};
use crate::{option::InvalidOption, text::quote::quoted};

/// Where RFC 9728 section 3 puts the metadata: between host and path.
const WELL_KNOWN: &str = "/.well-known/oauth-protected-resource";

/// The identifier of a protected resource (RFC 9728 section 1.2, RFC 8707 section 2): the URL that clients
/// are given. It comes from the configuration alone, never from a request: headers that name a host can be
/// sent by anyone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Resource {
    identifier: String,
    origin: String,
    path: String,
}

impl Resource {
    /// Reads an identifier: https with host and path alone, in the spelling in which URLs are compared.
    pub(crate) fn parse(option: &str, identifier: &str, loopback: bool) -> Result<Self, InvalidOption> {
        let invalid = |expected: &str| InvalidOption::new(option, expected, quoted(identifier));
        let after_scheme = match identifier.split_once("://") {
            Some(("https", rest)) => rest,
            Some(("http", rest)) if loopback && is_loopback(authority_of(rest)) => rest,
            Some(("http", rest)) if is_loopback(authority_of(rest)) => {
                return Err(invalid("an https URL, or \"insecureLoopback\" to be true"));
            }
            _ => return Err(invalid("an https URL")),
        };
        let authority = authority_of(after_scheme);
        let port = identifier.split_once(':').and_then(|(scheme, _)| default_port(scheme)).unwrap_or_default();
        if !is_in_one_spelling(authority, port) {
            return Err(invalid("a URL with a host in lower case, no user name, and no port that is the scheme's own"));
        }
        let path = after_scheme.get(authority.len()..).unwrap_or_default();
        if !path.bytes().all(|byte| byte.is_ascii_graphic() && !b"?#\"<>\\^`{|}".contains(&byte)) {
            return Err(invalid(
                "a URL without query and fragment (RFC 9728 section 1.2), percent-encoded where needed",
            ));
        }
        if path.split('/').any(|segment| segment == "." || segment == "..") {
            return Err(invalid("a URL without dot segments"));
        }
        let origin = identifier.strip_suffix(path).unwrap_or(identifier);
        Ok(Self { identifier: identifier.into(), origin: origin.into(), path: path.into() })
    }

    /// The identifier, as it was given.
    pub(crate) fn identifier(&self) -> &str {
        &self.identifier
    }

    /// The path at which requests arrive.
    pub(crate) fn path(&self) -> &str {
        if self.path.is_empty() { "/" } else { &self.path }
    }

    /// The path of the metadata. A slash that ends the host is left out (RFC 9728 section 3.1).
    pub(crate) fn metadata_path(&self) -> String {
        let path = if self.path == "/" { "" } else { &self.path };
        format!("{WELL_KNOWN}{path}")
    }

    /// The address of the metadata.
    pub(crate) fn metadata_url(&self) -> String {
        format!("{}{}", self.origin, self.metadata_path())
    }

    /// The resource that is the whole host: its metadata is at the root, where older clients look.
    pub(crate) fn root(&self) -> Self {
        Self { identifier: self.origin.clone(), origin: self.origin.clone(), path: String::new() }
    }
}

/// The path of a URL: what stands between the host and the query. Of a URL without a host, as the first line
/// of a request has it, what stands before the query.
pub(crate) fn path_of(url: &str) -> &str {
    // First of all, as a query may have everything in it that begins a path.
    let url = url.split(['?', '#']).next().unwrap_or_default();
    if url.starts_with('/') {
        return url;
    }
    let after_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    after_scheme.find('/').and_then(|at| after_scheme.get(at..)).unwrap_or("/")
}

pub(super) fn authority_of(after_scheme: &str) -> &str {
    after_scheme.split(['/', '?', '#']).next().unwrap_or_default()
}

/// Whether a host, with or without a port, is this machine (RFC 6761 section 6.3, RFC 1122, RFC 4291).
pub(crate) fn is_loopback(authority: &str) -> bool {
    let port = |rest: &str| {
        rest.is_empty()
            || rest
                .strip_prefix(':')
                .is_some_and(|port| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()))
    };
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|host| authority.strip_prefix(host).is_some_and(port))
}
