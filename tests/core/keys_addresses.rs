//! Where anything may be fetched from at all.

use doorward::{
    keys::{Address, Source},
    limits::MAX_URL_BYTES,
};

use crate::keys_course::TIMING;

fn accepted(url: &str, loopback: bool) -> [bool; 2] {
    [Address::Keys(url.into()), Address::Issuer(url.into())]
        .map(|address| Source::at(address, TIMING, loopback).is_ok())
}

#[test]
fn https_is_accepted() {
    for url in [
        "https://idp.example.com",
        "https://idp.example.com/",
        "https://idp.example.com:8443/a/b.json",
        "https://IDP.example.com/a%20b/~c/(d)*e,f;g=h!i$j&k'l+m:n@o",
        "https://a_b.example.com",
        "https://xn--bcher-kva.example",
        "https://localhost/a",
        "https://10.0.0.1/a",
        "https://[::1]:1/a",
        "https://[2001:db8::ffff:1.2.3.4]",
        "https://idp.example.com:0",
        "https://idp.example.com:65535/",
    ] {
        assert_eq!(accepted(url, false), [true, true], "{url}");
        assert_eq!(accepted(url, true), [true, true], "{url}");
    }
    // RFC 8414 section 2: an issuer has no query.
    for url in ["https://idp.example.com/keys?policy=a", "https://idp.example.com?a"] {
        assert_eq!(accepted(url, false), [true, false], "{url}");
    }
}

#[test]
fn http_is_accepted_on_this_machine_if_that_is_allowed() {
    for url in
        ["http://localhost", "http://localhost:8080/a", "http://127.0.0.1:1/a", "http://[::1]/a", "http://[::1]:1"]
    {
        assert_eq!(accepted(url, false), [false, false], "{url}");
        assert_eq!(accepted(url, true), [true, true], "{url}");
    }
}

#[test]
fn all_else_is_refused() {
    let long = format!("https://idp.example.com/{}", "a".repeat(MAX_URL_BYTES - 23));
    for url in [
        "",
        "idp.example.com",
        "//idp.example.com",
        "/jwks",
        "https:idp.example.com",
        "https:/idp.example.com",
        "https://",
        "https:///a",
        "https://?a",
        "HTTPS://idp.example.com",
        "http://idp.example.com",
        "http://localhost.example.com",
        "http://localhost.",
        "http://LOCALHOST",
        "http://127.0.0.2",
        "http://127.1",
        "http://0.0.0.0",
        "http://[::]",
        "http://[0:0:0:0:0:0:0:1]",
        "http://localhost@evil.example.com",
        "http://evil.example.com#@localhost",
        "http://evil.example.com?@localhost",
        "http://localhost:80@evil.example.com",
        "http://localhost\\@evil.example.com",
        "ws://localhost",
        "file:///etc/passwd",
        "file://localhost/etc/passwd",
        "ftp://idp.example.com",
        "javascript://idp.example.com/%0aalert(1)",
        "blob:https://idp.example.com/a",
        "data:,a",
        "https://user@idp.example.com",
        "https://user:word@idp.example.com",
        "https://@idp.example.com",
        "https://idp.example.com@evil.example.com/",
        "https://idp.example.com#a",
        "https://idp.example.com/#",
        "https://idp.example.com\\evil",
        "https://idp.example.com/a\\b",
        "https:\\\\idp.example.com",
        "https://idp.example.com:",
        "https://idp.example.com:a",
        "https://idp.example.com:+1",
        "https://idp.example.com:65536",
        "https://idp.example.com:1:2",
        "https://:443/",
        "https://[::1",
        "https://[::1]a",
        "https://[::1]:a",
        "https://[]",
        "https://[1]",
        "https://[::1%25eth0]",
        "https://::1/",
        "https://idp.example.com /a",
        "https://idp.exa mple.com",
        " https://idp.example.com",
        "https://idp.example.com\n",
        "https://idp.exam\tple.com",
        "https://idp.example.com/\u{0}",
        "https://b\u{fc}cher.example",
        "https://idp.example.com\u{ff0f}evil",
        "https://idp%2eexample.com",
        "https://idp.example.com/{tenantid}",
        "https://idp.example.com/\"a",
        "https://idp.example.com/<a>",
        "https://idp.example.com/a|b^c`d",
        &long,
    ] {
        for loopback in [false, true] {
            assert_eq!(accepted(url, loopback), [false, false], "{url}");
        }
    }
    assert_eq!(accepted(&long[..MAX_URL_BYTES], false), [true, true]);
}

#[test]
fn a_refusal_says_what_was_expected() {
    let refusal = |url: &str| Source::at(Address::Issuer(url.into()), TIMING, false).expect_err("refused").to_string();
    assert_eq!(refusal("https://a:b@c"), "expected a URL without user information, found \"https://a:b@c\"");
    assert_eq!(refusal("ftp://a"), "expected an https URL, found \"ftp://a\"");
    assert_eq!(
        refusal("http://localhost"),
        "expected an https URL, unless insecure loopback addresses are allowed, found \"http://localhost\""
    );
    assert_eq!(
        refusal("https://a?b"),
        "expected an issuer without a query (RFC 8414 section 2), found \"https://a?b\""
    );
}
