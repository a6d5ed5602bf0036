//! From an issuer to its keys: which documents are asked for, and which are believed.

use doorward::{
    UnixSeconds,
    keys::{Address, FetchFault, Progress, Response, Source},
    limits::MAX_METADATA_BYTES,
};
use serde_json::{Value, json};

use crate::{
    keys_course::{
        Course, Event,
        Event::{Answer, Ask, Begin},
        JWKS_URI, OAUTH, OPENID,
        Reply::{Body, Fault, Metadata},
        TIMING, json_body, keys, next, status,
    },
    provider::{ISSUER, NOW, changed, object},
};

/// The addresses that are asked for when each answers with 404.
fn candidates(issuer: &str) -> Vec<String> {
    let mut course = Course::of_issuer(issuer);
    course.runs(&[(0, Ask, "fetch")]);
    let mut asked = vec![course.happens(NOW, &Begin)];
    while let Some(url) = course.happens(NOW, &status(404)).strip_prefix("next ") {
        asked.push(url.into());
    }
    course.runs(&[(0, Ask, "unavailable 1")]);
    asked
}

#[test]
fn candidates_come_in_the_order_of_mcp() {
    let rows: [(&str, &[&str]); 7] = [
        (ISSUER, &[OAUTH, OPENID]),
        ("https://idp.example.com/", &[OAUTH, OPENID]),
        (
            "https://idp.example.com/tenant",
            &[
                "https://idp.example.com/.well-known/oauth-authorization-server/tenant",
                "https://idp.example.com/.well-known/openid-configuration/tenant",
                "https://idp.example.com/tenant/.well-known/openid-configuration",
            ],
        ),
        (
            "https://idp.example.com/tenant/",
            &[
                "https://idp.example.com/.well-known/oauth-authorization-server/tenant",
                "https://idp.example.com/.well-known/openid-configuration/tenant",
                "https://idp.example.com/tenant/.well-known/openid-configuration",
            ],
        ),
        (
            "https://login.example.com:8443/0000-1/v2.0",
            &[
                "https://login.example.com:8443/.well-known/oauth-authorization-server/0000-1/v2.0",
                "https://login.example.com:8443/.well-known/openid-configuration/0000-1/v2.0",
                "https://login.example.com:8443/0000-1/v2.0/.well-known/openid-configuration",
            ],
        ),
        (
            "https://idp.example.com/realms/a%2Fb",
            &[
                "https://idp.example.com/.well-known/oauth-authorization-server/realms/a%2Fb",
                "https://idp.example.com/.well-known/openid-configuration/realms/a%2Fb",
                "https://idp.example.com/realms/a%2Fb/.well-known/openid-configuration",
            ],
        ),
        (
            "https://[2001:db8::1]",
            &[
                "https://[2001:db8::1]/.well-known/oauth-authorization-server",
                "https://[2001:db8::1]/.well-known/openid-configuration",
            ],
        ),
    ];
    for (issuer, urls) in rows {
        assert_eq!(candidates(issuer), urls, "{issuer}");
    }
}

#[test]
fn the_first_document_that_is_the_issuers_leads_to_the_keys() {
    let mut course = Course::of_issuer(ISSUER);
    course.runs(&[
        (0, Ask, "fetch"),
        (0, Begin, OAUTH),
        (1, Ask, "wait"),
        (1, Answer(Metadata), &next(JWKS_URI)),
        (2, Ask, "wait"),
        (2, keys("a"), "done"),
        (2, Ask, "a"),
    ]);
    assert_eq!(course.source.metadata(), Some(&*json!({ "issuer": ISSUER, "jwks_uri": JWKS_URI }).to_string()));
}

/// Each document has the time of a lease, not all of them together.
#[test]
fn each_step_has_its_time() {
    let mut course = Course::of_issuer(ISSUER);
    course.runs(&[
        (0, Ask, "fetch"),
        (0, Begin, OAUTH),
        (14, status(404), &next(OPENID)),
        (28, Ask, "wait"),
        (28, Answer(Metadata), &next(JWKS_URI)),
        (42, Ask, "wait"),
        (42, keys("a"), "done"),
    ]);
}

/// A document that is refused: the next candidate is asked for, and with it all goes well.
fn is_passed_over(answer: &Event) {
    let mut course = Course::of_issuer(ISSUER);
    course.runs(&[
        (0, Ask, "fetch"),
        (0, Begin, OAUTH),
        (0, answer.clone(), &next(OPENID)),
        (0, Answer(Metadata), &next(JWKS_URI)),
        (0, keys("a"), "done"),
    ]);
    // Of the last candidate, it is the end, and nothing of it is kept.
    let mut course = Course::of_issuer(ISSUER);
    course.runs(&[
        (0, Ask, "fetch"),
        (0, Begin, OAUTH),
        (0, status(404), &next(OPENID)),
        (0, answer.clone(), "failed"),
        (0, Ask, "unavailable 1"),
        (1, Ask, "fetch"),
        (1, Begin, OAUTH),
    ]);
    assert_eq!(course.source.metadata(), None);
}

#[test]
fn any_answer_that_is_not_the_document_leads_to_the_next_candidate() {
    for refused in [0, 201, 204, 301, 302, 304, 307, 400, 401, 403, 404, 405, 406, 429, 500, 502, 503] {
        is_passed_over(&status(refused));
        let whole = json!({ "issuer": ISSUER, "jwks_uri": JWKS_URI }).to_string();
        is_passed_over(&Answer(Body(refused, Some("application/json"), whole)));
    }
    is_passed_over(&Answer(Fault(FetchFault::Redirected)));
    is_passed_over(&Answer(Fault(FetchFault::TooLarge)));
    for body in ["", "{", "[]", "null", "<html></html>"] {
        is_passed_over(&json_body(body));
    }
}

#[test]
fn a_network_fault_ends_the_attempt() {
    for fault in [FetchFault::Unreachable, FetchFault::TimedOut] {
        let mut course = Course::of_issuer(ISSUER);
        course.runs(&[
            (0, Ask, "fetch"),
            (0, Begin, OAUTH),
            (0, Answer(Fault(fault)), "failed"),
            (0, Ask, "unavailable 1"),
            (1, Ask, "fetch"),
            (1, Begin, OAUTH),
            (1, Answer(Metadata), &next(JWKS_URI)),
            (1, Answer(Fault(fault)), "failed"),
            (1, Ask, "unavailable 2"),
        ]);
    }
}

#[test]
fn metadata_is_json_and_says_so() {
    let whole = || json!({ "issuer": ISSUER, "jwks_uri": JWKS_URI }).to_string();
    for content_type in ["application/json", "Application/JSON; charset=utf-8", "application/json;charset=\"utf-8\""] {
        let mut course = Course::of_issuer(ISSUER);
        let answer = Answer(Body(200, Some(content_type), whole()));
        course.runs(&[(0, Ask, "fetch"), (0, Begin, OAUTH), (0, answer, &next(JWKS_URI))]);
    }
    let others = ["text/html", "text/plain", "application/jsonp", "text/json", "application/json, text/html", ""];
    for content_type in others.map(Some).into_iter().chain([None]) {
        is_passed_over(&Answer(Body(200, content_type, whole())));
    }
}

/// RFC 8414 section 3.3: identical, character for character.
#[test]
fn metadata_of_another_issuer_is_refused() {
    let others = [
        json!("https://idp.example.com/"),
        json!("https://IDP.example.com"),
        json!("https://idp.example.com:443"),
        json!("http://idp.example.com"),
        json!("https://idp.example.com/tenant"),
        json!("https://evil.example.com"),
        json!("idp.example.com"),
        json!(""),
        json!([ISSUER]),
        json!({ "issuer": ISSUER }),
        Value::Null,
    ];
    for issuer in others {
        let document = changed(object(json!({ "jwks_uri": JWKS_URI })), "issuer", issuer);
        is_passed_over(&json_body(json!(document)));
    }
    is_passed_over(&json_body(format!(
        r#"{{"issuer":"https://evil.example.com","issuer":"{ISSUER}","jwks_uri":"{JWKS_URI}"}}"#
    )));
    // The other way round: the "/" is configured, and missing in the document.
    let mut course = Course::of_issuer("https://idp.example.com/");
    course.runs(&[(0, Ask, "fetch"), (0, Begin, OAUTH), (0, Answer(Metadata), &next(OPENID))]);
}

#[test]
fn keys_are_not_fetched_from_what_is_no_https_address() {
    let addresses = [
        json!("http://keys.example.com/jwks"),
        json!("http://localhost/jwks"),
        json!("file:///etc/passwd"),
        json!("ftp://keys.example.com/jwks"),
        json!("data:application/json,{\"keys\":[]}"),
        json!("https://user@keys.example.com/jwks"),
        json!("https://user:word@keys.example.com/jwks"),
        json!("https://keys.example.com/jwks#a"),
        json!("//keys.example.com/jwks"),
        json!("/jwks"),
        json!("https:///jwks"),
        json!("https://keys.example.com\\@evil.example.com/"),
        json!(" https://keys.example.com/jwks"),
        json!("https://keys.example.com/jwks\n"),
        json!(""),
        json!([JWKS_URI]),
        json!(1),
        Value::Null,
    ];
    for address in addresses {
        let document = changed(object(json!({ "issuer": ISSUER })), "jwks_uri", address);
        is_passed_over(&json_body(json!(document)));
    }
}

/// Any host: the issuer says where its keys are, and many say another.
#[test]
fn keys_may_be_on_another_host() {
    for url in
        ["https://www.googleapis.example/oauth2/v3/certs", "https://idp.example.com/keys?p=a", "https://1.2.3.4:8443"]
    {
        let mut course = Course::of_issuer(ISSUER);
        let document = json!({ "issuer": ISSUER, "jwks_uri": url });
        course.runs(&[(0, Ask, "fetch"), (0, Begin, OAUTH), (0, json_body(document), &next(url))]);
    }
}

#[test]
fn metadata_has_a_greatest_length() {
    let padded = |length: usize| {
        let document = json!({ "issuer": ISSUER, "jwks_uri": JWKS_URI }).to_string();
        format!("{document}{}", " ".repeat(length - document.len()))
    };
    is_passed_over(&json_body(padded(MAX_METADATA_BYTES + 1)));
    let mut source = Source::at(Address::Issuer(ISSUER.into()), TIMING, false).expect("an address");
    source.keys(UnixSeconds::new(NOW));
    let fetch = source.begin().expect("a fetch");
    assert_eq!(fetch.max_bytes, MAX_METADATA_BYTES);
    let body = padded(MAX_METADATA_BYTES);
    let content_type = Some("application/json");
    let response = Response { status: 200, content_type, cache_control: None, age: None, body: body.as_bytes() };
    assert!(matches!(source.fetched(fetch.step, Ok(response), UnixSeconds::new(NOW)), Progress::Next(_)));
}
