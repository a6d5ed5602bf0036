//! URIs of resources, where rules compare them.

use alloc::{borrow::Cow, string::String};

/// The URI with scheme and host in lower case (RFC 3986 section 6.2.2.1); `None` if it has a second
/// spelling that a server may take for the same resource. Rules compare texts: a server that undoes such a
/// spelling would give out what a rule for the plain one protects.
pub(crate) fn in_one_spelling(uri: &str) -> Option<Cow<'_, str>> {
    let plain = uri.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let (scheme, rest) = uri.split_once(':')?;
    let path = rest.split(['?', '#']).next().unwrap_or_default();
    let dots = path.split('/').any(|segment| segment == "." || segment == "..");
    let hierarchical = rest.strip_prefix("//");
    let empty = hierarchical.and_then(|rest| rest.split_once('/')).is_some_and(|(_, path)| path.contains("//"));
    if !plain || dots || empty || !escapes_are_needed(uri) {
        return None;
    }
    let end = match hierarchical {
        None => scheme.len(),
        Some(rest) => {
            let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
            scheme.len().saturating_add("://".len()).saturating_add(authority.len())
        }
    };
    let (start, rest) = uri.split_at_checked(end)?;
    if start.bytes().any(|byte| byte.is_ascii_uppercase()) {
        let mut lower: String = start.to_ascii_lowercase();
        lower.push_str(rest);
        return Some(lower.into());
    }
    Some(uri.into())
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
        ] {
            assert_eq!(in_one_spelling(uri), None, "{uri}");
        }
    }

    #[test]
    fn scheme_and_host_have_no_case() {
        assert_eq!(in_one_spelling("DOCS://Public/A").as_deref(), Some("docs://public/A"));
        assert_eq!(in_one_spelling("NOTE:A").as_deref(), Some("note:A"));
    }
}
