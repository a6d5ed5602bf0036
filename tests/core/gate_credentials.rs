//! The field Authorization, in every form in which it arrives.

use crate::{
    gate::{Sent, gate, header, message, valid},
    provider::provider,
};
use serde_json::json;

fn code_of(authorization: &str) -> String {
    valid().with("authorization", authorization).told().code().to_owned()
}

fn token() -> String {
    provider().token()
}

#[test]
fn one_token_after_the_scheme_in_any_case_is_let_through() {
    for scheme in ["Bearer", "bearer", "BEARER", "bEaReR"] {
        assert_eq!(code_of(&format!("{scheme} {}", token())), "allow");
    }
    // RFC 6750 section 2.1: 1*SP. White space around a field's value is no part of it (RFC 9110 section 5.5).
    for authorization in [format!("Bearer   {}", token()), format!(" \tBearer {} \t", token())] {
        assert_eq!(code_of(&authorization), "allow");
    }
}

#[test]
fn what_is_not_one_token_after_the_scheme_is_a_400() {
    let token = token();
    let rows = [
        "Bearer".into(),
        "Bearer ".into(),
        "bearer".into(),
        format!("Bearer\t{token}"),
        format!("Bearer \t{token}"),
        format!("Bearer\u{a0}{token}"),
        format!("Bearer {token} x"),
        format!("Bearer x {token}"),
        format!("Bearer {token} {token}"),
        format!("Bearer {token},"),
        format!("Bearer {token}, {token}"),
        format!("Bearer {token}, Bearer {token}"),
        format!("Bearer {token}, Basic x"),
        format!("Bearer {token};x"),
        format!("Bearer \"{token}\""),
        format!("Bearer token=\"{token}\""),
        format!("Bearer={token}"),
        format!("Bearer:{token}"),
        format!("Bearer, {token}"),
        format!("Bearer <{token}>"),
        format!("Bearer {token}\0"),
        format!("Bearer {token}é"),
        "Bearer a=b".into(),
        "Bearer =".into(),
        "Bearer ==".into(),
        "Bearer a\"b".into(),
        "Bearer a\\b".into(),
        "Bearer a%20b".into(),
        "Bearer \u{17f}".into(),
        format!("Basic dXNlcjp3b3Jk, Bearer {token}"),
        format!("Basic dXNlcjp3b3Jk,bearer {token}"),
        format!("DPoP x, y, \t BEARER {token}"),
        format!(", Bearer {token}"),
    ];
    for authorization in rows {
        let told = valid().with("authorization", &authorization).told();
        assert_eq!((told.status(), told.code()), (400, "authorization_malformed"), "{authorization}");
        assert!(told.challenge().is_some_and(|challenge| challenge.contains("error=\"invalid_request\"")));
    }
}

/// Two fields, in the order in which they come, and whatever the first is.
#[test]
fn two_fields_are_a_400() {
    let bearer = format!("Bearer {}", token());
    for first in [bearer.as_str(), "Bearer x", "Bearer", "Basic x", "", "x"] {
        let both = valid().with("authorization", first).and("authorization", &bearer);
        assert_eq!(both.told().code(), "authorization_malformed", "{first}");
    }
    let both = valid().and("Authorization", "Basic x");
    assert_eq!(both.told().code(), "authorization_malformed");
}

/// RFC 6750 section 3.1: who has not tried to use a token gets no error.
#[test]
fn other_schemes_are_no_attempt_with_a_token() {
    let token = token();
    for authorization in [
        String::new(),
        "Basic dXNlcjp3b3Jk".into(),
        "Digest username=\"x\", realm=\"y\"".into(),
        format!("DPoP {token}"),
        format!("Token {token}"),
        format!("BearerToken {token}"),
        format!("Bearers {token}"),
        format!("Bearer-Token {token}"),
        format!("Bear {token}"),
        token.clone(),
        "é".into(),
        "Beare\u{301}r x".into(),
    ] {
        let told = valid().with("authorization", &authorization).told();
        assert_eq!((told.status(), told.code()), (401, "token_absent"), "{authorization}");
        assert!(told.challenge().is_some_and(|challenge| !challenge.contains("error")), "{authorization}");
    }
}

/// What has the form of a token and is none is a bad token: 401, so that clients get a new one.
#[test]
fn what_is_no_jwt_is_an_invalid_token() {
    for token in ["x", "a.b", "a.b.c", "....", "-._~+/", "eyJ", "a=", "a.b.c.d.e", &"a".repeat(20_000)] {
        let told = valid().with_token(token).told();
        assert_eq!(told.status(), 401, "{token}");
        assert!(told.challenge().is_some_and(|challenge| challenge.contains("error=\"invalid_token\"")));
    }
}

/// OAuth 2.1 section 5.1: a resource server MUST ignore tokens in the query. In cookies and forms they are
/// nothing either.
#[test]
fn tokens_in_other_places_are_nothing() {
    let token = token();
    let bare = || valid().without("authorization");
    let url = |query: &str| format!("https://mcp.example.com/mcp?{query}");
    let form = format!("access_token={token}");
    let rows = [
        bare().to(&url(&form)),
        bare().to(&url(&format!("a=b&{form}#x"))),
        bare().with("cookie", &form),
        bare().with("proxy-authorization", &format!("Bearer {token}")),
        bare().with("x-authorization", &format!("Bearer {token}")),
        bare().with("x-forwarded-access-token", &token),
        bare().with("content-type", "application/x-www-form-urlencoded").with_body(form.as_str()),
        bare().with_body(message("tools/list", json!({ "access_token": token })).to_string()),
    ];
    for sent in rows {
        let told = sent.told();
        assert_eq!((told.status(), told.code()), (401, "token_absent"), "{sent:?}");
    }
    // Nor do they count beside a token that is there.
    for sent in [valid().to(&url("access_token=x")), valid().with("cookie", "access_token=x")] {
        assert!(sent.told().is_allowed());
    }
}

/// Each request is judged: neither a session nor an earlier request says who sends it.
#[test]
fn a_session_is_no_credential() {
    let mut gate = gate();
    let session = |sent: Sent| sent.with("mcp-session-id", "1868a90c");
    assert!(matches!(session(valid()).decided_by(&mut gate), doorward::gate::Decision::Allow(_)));
    for sent in [valid(), Sent::plain("GET"), Sent::plain("DELETE")] {
        let told = crate::gate::Told::of(session(sent.without("authorization")).decided_by(&mut gate));
        assert_eq!(told.status(), 401);
    }
}

/// What the origin is told comes from the token alone, in characters that a field can carry.
#[test]
fn the_origin_is_told_who_it_is() {
    let told = valid().told();
    let identity = told.admission().identity();
    assert_eq!(header(identity, "doorward-issuer"), Some("https://idp.example.com"));
    assert_eq!(header(identity, "doorward-subject"), Some("user-1"));
    assert_eq!(header(identity, "doorward-client"), Some("client-1"));
    assert_eq!(header(identity, "doorward-scopes"), Some("mcp:read mcp:write"));
    assert_eq!(identity.len(), 4);

    let told = valid().with_claim("sub", json!("a b%é\r\nx-admin: 1")).told();
    let subject = header(told.admission().identity(), "doorward-subject");
    assert_eq!(subject, Some("a%20b%25%C3%A9%0D%0Ax-admin:%201"));
    let told = Sent::of(&message("initialize", json!({}))).with_claim("scope", json!(null)).told();
    assert_eq!(header(told.admission().identity(), "doorward-scopes"), None);
    // Nobody has proved anything for what is public.
    let told = Sent::of(&message("ping", json!({}))).told();
    assert!(told.is_allowed() && told.admission().access().is_none());
    assert!(told.admission().identity().is_empty());
}
