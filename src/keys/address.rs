//! The addresses that documents are fetched from, and which of them are acceptable.

use alloc::{format, string::String, vec::Vec};
use core::fmt;

use crate::{limits::MAX_URL_BYTES, text::quote::quoted};

/// Where an issuer's keys come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// The key set itself, fetched directly.
    Keys(String),
    /// The issuer, whose metadata document names the address of the key set (RFC 8414, OpenID Connect
    /// Discovery 1.0).
    Issuer(String),
}

impl Address {
    /// The addresses at which the metadata document may be, in the order in which MCP demands that they
    /// are tried; none if the address is that of the keys.
    pub(super) fn metadata_candidates(&self, loopback: bool) -> Result<Vec<String>, InvalidAddress> {
        let issuer = match self {
            Self::Keys(url) => return Url::parse(url, loopback).map(|_| Vec::new()),
            Self::Issuer(issuer) => issuer,
        };
        let Url { scheme, authority, tail } = Url::parse(issuer, loopback)?;
        if tail.contains('?') {
            return Err(InvalidAddress::new("an issuer without a query (RFC 8414 section 2)", issuer));
        }
        // RFC 8414 section 3.1 and OpenID Connect Discovery 1.0 section 4.1: a terminating "/" is removed.
        let path = tail.trim_end_matches('/');
        let root = format!("{scheme}://{authority}");
        let mut candidates = Vec::from([
            format!("{root}/.well-known/oauth-authorization-server{path}"),
            format!("{root}/.well-known/openid-configuration{path}"),
        ]);
        if !path.is_empty() {
            candidates.push(format!("{root}{path}/.well-known/openid-configuration"));
        }
        Ok(candidates)
    }
}

/// The parts of an address that something may be fetched from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Url<'a> {
    scheme: &'a str,
    authority: &'a str,
    tail: &'a str,
}

impl<'a> Url<'a> {
    /// Reads an https address, or with `loopback` also an http one on this machine.
    ///
    /// Refused besides: what two readers of URLs take for different hosts (RFC 3986 against the readers in
    /// browsers and workers): user information, backslashes, characters outside the grammar, white space.
    pub(super) fn parse(url: &'a str, loopback: bool) -> Result<Self, InvalidAddress> {
        let refused = |expected| InvalidAddress::new(expected, url);
        if url.len() > MAX_URL_BYTES {
            return Err(InvalidAddress::new(format!("a URL of at most {MAX_URL_BYTES} bytes"), url));
        }
        if !url.bytes().all(is_url_byte) {
            return Err(refused("a URL of the characters that RFC 3986 allows"));
        }
        let (scheme, rest) = url.split_once("://").ok_or_else(|| refused(HTTPS))?;
        if rest.contains('#') {
            return Err(refused("a URL without a fragment"));
        }
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
        if authority.contains('@') {
            return Err(refused("a URL without user information"));
        }
        let host = host(authority).ok_or_else(|| refused("a URL with a host name and, if need be, a port"))?;
        match scheme {
            "https" => {}
            "http" if LOOPBACK_HOSTS.contains(&host) => {
                if !loopback {
                    return Err(refused("an https URL, unless insecure loopback addresses are allowed"));
                }
            }
            _ => return Err(refused(HTTPS)),
        }
        Ok(Self { scheme, authority, tail })
    }
}

/// Why nothing is fetched from an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidAddress {
    expected: String,
    found: String,
}

impl InvalidAddress {
    fn new(expected: impl Into<String>, found: &str) -> Self {
        Self { expected: expected.into(), found: quoted(found) }
    }

    /// What an address must be.
    #[must_use]
    pub fn expected(&self) -> &str {
        &self.expected
    }

    /// What was there instead, in quotes and shortened.
    #[must_use]
    pub fn found(&self) -> &str {
        &self.found
    }
}

impl fmt::Display for InvalidAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "expected {}, found {}", self.expected, self.found)
    }
}

impl core::error::Error for InvalidAddress {}

/// The host of "host" or "host:port", an IPv6 address with its brackets.
fn host(authority: &str) -> Option<&str> {
    let port_at = match authority.strip_prefix('[') {
        Some(_) => authority.find(']')?.checked_add(1)?,
        None => authority.find(':').unwrap_or(authority.len()),
    };
    let (host, port) = authority.split_at_checked(port_at)?;
    let named = match host.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')) {
        Some(inner) => {
            inner.contains(':') && inner.bytes().all(|byte| byte.is_ascii_hexdigit() || b":.".contains(&byte))
        }
        None => !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte)),
    };
    let ported = match port.strip_prefix(':') {
        Some(digits) => digits.bytes().all(|byte| byte.is_ascii_digit()) && digits.parse::<u16>().is_ok(),
        None => port.is_empty(),
    };
    (named && ported).then_some(host)
}

/// RFC 3986 section 2: what a URL is made of.
fn is_url_byte(byte: u8) -> bool {
    byte.is_ascii_graphic() && !br#""<>\^`{|}"#.contains(&byte)
}

const HTTPS: &str = "an https URL";

/// The names of this machine that http is allowed for, as they are written: no other spelling counts.
const LOOPBACK_HOSTS: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];
