//! Hosts and ports of URLs, where they are compared as texts: each in the one spelling that the URL Standard
//! gives out, which is what browsers, clients and most servers turn every other spelling into.

/// The port that URLs of a scheme leave out (URL Standard section 4.2, "special scheme"). `None` for a scheme
/// whose URLs that standard does not change.
pub(crate) fn default_port(scheme: &str) -> Option<&'static str> {
    match scheme {
        "http" | "ws" => Some("80"),
        "https" | "wss" => Some("443"),
        "ftp" => Some("21"),
        "file" => Some(""),
        _ => None,
    }
}

/// Whether "host" or "host:port" is spelt so for a scheme with this default port.
pub(crate) fn is_in_one_spelling(authority: &str, default_port: &str) -> bool {
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    };
    let ported = port.is_none_or(|port| {
        port != default_port
            && !port.starts_with('0')
            && port.bytes().all(|byte| byte.is_ascii_digit())
            && port.parse::<u16>().is_ok()
    });
    let named = match host.strip_prefix('[').map(|rest| rest.strip_suffix(']')) {
        Some(inner) => inner.is_some_and(|inner| inner.contains(':') && inner.bytes().all(is_address_byte)),
        None => is_name(host),
    };
    ported && named
}

/// A name of lower-case labels, or an IPv4 address: what ends in a number is read as one, in any base.
fn is_name(host: &str) -> bool {
    let labels = || host.split('.');
    let number = labels().next_back().is_some_and(|last| last.starts_with(|first: char| first.is_ascii_digit()));
    let decimal = |label: &str| label.parse::<u8>().is_ok() && (label == "0" || !label.starts_with('0'));
    host.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-._".contains(&byte))
        && labels().all(|label| !label.is_empty())
        && (!number || labels().count() == 4 && labels().all(decimal))
}

fn is_address_byte(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'a'..=b'f' | b':' | b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_and_ports_have_one_spelling() {
        for authority in
            ["h", "a-b.example", "h:8443", "127.0.0.1", "127.0.0.1:80", "[::1]", "[2001:db8::1]:8080", "x_y"]
        {
            assert!(is_in_one_spelling(authority, "443"), "{authority}");
        }
        for authority in [
            "",
            ":8443",
            "h:",
            "h:443",
            "h:0443",
            "h:080",
            "h:65536",
            "h:+80",
            "h:8a",
            "a:b:c",
            "H",
            "h.",
            ".h",
            "a..b",
            "h%41",
            "u@h",
            "2130706433",
            "127.1",
            "0x7f.0.0.1",
            "127.0.0.01",
            "127.0.0.256",
            "[::1",
            "::1",
            "[]",
            "[::1]x",
            "[::1]:",
            "[h]",
            "é",
            "h/",
        ] {
            assert!(!is_in_one_spelling(authority, "443"), "{authority}");
        }
    }
}
