//! URIs of resources, where rules compare them.

use alloc::{borrow::Cow, string::String};

use super::authority::{default_port, is_in_one_spelling};

/// The URI with scheme and host in lower case (RFC 3986 section 6.2.2.1); `None` if it has a second
/// spelling that a server may take for the same resource. Rules compare texts: a server that undoes such a
/// spelling would give out what a rule for the plain one protects.
pub(crate) fn in_one_spelling(uri: &str) -> Option<Cow<'_, str>> {
    // A fragment is none of the server's business (RFC 3986 section 3.5), so that each makes another spelling.
    let (scheme, rest) = uri.split_once(':').filter(|(scheme, _)| is_scheme(scheme))?;
    if !uri.bytes().all(is_uri_byte) || uri.contains('#') || !escapes_are_needed(uri) {
        return None;
    }
    let hierarchical = rest.strip_prefix("//");
    let path = rest.split('?').next().unwrap_or_default();
    let dots = path.split('/').any(|segment| segment == "." || segment == "..");
    let empty = path.strip_prefix("//").unwrap_or(path).contains("//");
    if dots || empty {
        return None;
    }
    let authority = hierarchical.map(|rest| rest.split(['/', '?']).next().unwrap_or_default());
    let scheme_in_lower_case = scheme.to_ascii_lowercase();
    let authority_in_lower_case = authority.map(str::to_ascii_lowercase);
    if !is_plain(&scheme_in_lower_case, authority_in_lower_case.as_deref()) {
        return None;
    }
    if scheme == scheme_in_lower_case && authority == authority_in_lower_case.as_deref() {
        return Some(uri.into());
    }
    let mut lower: String = scheme_in_lower_case;
    lower.push(':');
    let mut tail = rest;
    if let (Some(authority), Some(rest)) = (authority_in_lower_case, hierarchical) {
        lower.push_str("//");
        tail = rest.get(authority.len()..)?;
        lower.push_str(&authority);
    }
    lower.push_str(tail);
    Some(lower.into())
}

/// Whether the authority is spelt as the URL Standard would spell it, for the schemes whose URLs it changes. It
/// finds a host after any number of slashes, so there must be one, after two.
fn is_plain(scheme: &str, authority: Option<&str>) -> bool {
    match (default_port(scheme), authority) {
        (Some(_), None) => false,
        (Some(_), Some("")) => scheme == "file",
        (Some(_), Some("localhost")) if scheme == "file" => false, // left out
        (Some(port), Some(authority)) => is_in_one_spelling(authority, port),
        (None, authority) => !authority.is_some_and(|authority| authority.starts_with('@') || authority.ends_with(':')),
    }
}

/// RFC 3986 section 3.1. Without one, the URI would be relative to something else.
fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

/// RFC 3986 section 2. Other characters some servers escape and some do not.
fn is_uri_byte(byte: u8) -> bool {
    byte.is_ascii_graphic() && !br#""<>\^`{|}"#.contains(&byte)
}

/// Whether every "%" begins an escape, in upper case, of a byte that could not stand there plainly: not of
/// an unreserved character (RFC 3986 section 2.3), nor of "/" or "\", which some servers undo.
fn escapes_are_needed(uri: &str) -> bool {
    uri.split('%').skip(1).all(|after| {
        let digits =
            after.get(..2).filter(|digits| digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'A'..=b'F')));
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        byte.is_some_and(|byte| !byte.is_ascii_alphanumeric() && !b"-._~/\\%\0".contains(&byte))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_spelling_is_refused() {
        for uri in [
            "docs://public/a",
            "docs://public/a%20b",
            "note:1",
            "https://h/a?b=/../c",
            "docs://public/",
            "a:b/c..d",
            "x://h/%C3%A9",
            "https://h:8443/a",
            "http://127.0.0.1/a?b",
            "file:///a",
            "file://h/a",
            "docs://u@h:1/a",
            "urn:isbn:1",
        ] {
            assert_eq!(in_one_spelling(uri).as_deref(), Some(uri));
        }
        for uri in [
            "docs://public/../secret",
            "docs://public/./a",
            "docs://public/..",
            "docs://public/%2e%2E/secret",
            "docs://public/%2E./secret",
            "docs://public%2Fsecret",
            "docs://%70ublic/a",
            "docs://public/%c3%a9",
            "docs://public/%",
            "docs://public/%2",
            "docs://public/%zz",
            "docs://public\\secret",
            "docs://public/ a",
            "docs://public/a\n",
            "docs://public//secret",
            "docs://public/é",
            "public/a",
            "",
            "docs://public/%25",
            "docs://public/a#b",
            "docs://public/a#",
            "docs://public/{a}",
            "docs://public/\"a",
            "docs://public/a|b",
            ":a",
            "1:a",
            "a b:c",
            "docs://@public/a",
            "docs://public:/a",
            "https:/h/a",
            "https:h/a",
            "https:///h/a",
            "https://h:443/a",
            "HTTPS://H:443/a",
            "https://h:/a",
            "https://h./a",
            "https://u@h/a",
            "https://h%C2%AD/a",
            "https://127.1/a",
            "file:/a",
            "file://localhost/a",
        ] {
            assert_eq!(in_one_spelling(uri), None, "{uri}");
        }
    }

    #[test]
    fn scheme_and_host_have_no_case() {
        assert_eq!(in_one_spelling("DOCS://Public/A").as_deref(), Some("docs://public/A"));
        assert_eq!(in_one_spelling("NOTE:A").as_deref(), Some("note:A"));
        assert_eq!(in_one_spelling("note://A").as_deref(), Some("note://a"));
        assert_eq!(in_one_spelling("x://A?B").as_deref(), Some("x://a?B"));
    }
}
