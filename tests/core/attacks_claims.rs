//! Claims that are nearly right, and tokens that are for something else.

use doorward::{Algorithm, Audience, Issuer, Issuers, KeySet, Policy, Profile, Rejection, UnixSeconds, verify};
use serde_json::{Value, json};

use crate::{
    forger::{refusal, segments},
    provider::{ISSUER, NOW, Provider, RESOURCE, changed, claims, policy, provider},
};

/// Each value of the claim gets this code, and the unchanged token is let in.
fn claim(name: &str, code: &str, values: impl IntoIterator<Item = Value>) {
    assert_eq!(refusal(&provider().token()), None);
    for value in values {
        let mut claims = claims();
        claims.insert(name.into(), value.clone());
        let token = provider().sign(&provider().header(), &claims);
        assert_eq!(refusal(&token), Some(code), "{name}: {value}");
    }
}

#[test]
fn cve_2024_53861_ghsa_75c5_xw7c_p5pm_parts_and_variants_of_the_issuer() {
    let nearly = [
        "",
        "h",
        "http",
        "https",
        "https://",
        "https://idp",
        "https://idp.example.co",
        "idp.example.com",
        "example.com",
        "ttps://idp.example.com",
        "https://idp.example.com/",
        "https://idp.example.com//",
        "https://idp.example.com?",
        "https://idp.example.com#",
        "https://idp.example.com:443",
        "https://idp.example.com.",
        "HTTPS://idp.example.com",
        "https://IDP.example.com",
        "http://idp.example.com",
        "https://idp.example.com.attacker.example",
        "https://idp.example.com@attacker.example",
        "https://attacker.example/https://idp.example.com",
        "https://idp%2Eexample.com",
        "https://idp.example.com%00",
        "https://idp.example.com\0",
        "https://idp.example.com ",
        " https://idp.example.com",
        "https://idp.example.com\n",
        "https://іdp.example.com",
        "https://idp。example.com",
        "https://idp.exaｍple.com",
        "https://xn--dp-rmd.example.com",
        "https://idp.example.com,https://attacker.example",
        "https://idp.example.com https://attacker.example",
        "[\"https://idp.example.com\"]",
        "\u{feff}https://idp.example.com",
        "https://idp.example.com\u{200b}",
    ];
    assert!(!nearly.contains(&ISSUER));
    claim("iss", "issuer_mismatch", nearly.map(Value::from));
    // The other way round: what is configured is no part to be found in the token either.
    let shorter = Policy::new(Issuer::exactly("https://idp"), Audience::exactly(RESOURCE), Algorithm::ALL);
    let rejection = verify(&provider().token(), &provider().keys(), &shorter, UnixSeconds::new(NOW)).unwrap_err();
    assert_eq!(rejection.code(), "issuer_mismatch");
}

#[test]
fn cve_2025_30144_an_issuer_is_a_string() {
    claim(
        "iss",
        "claim_malformed",
        [
            json!([ISSUER]),
            json!(["https://attacker.example", ISSUER]),
            json!([ISSUER, "https://attacker.example"]),
            json!([]),
            json!([[ISSUER]]),
            json!({ "0": ISSUER, "length": 1 }),
            json!({ ISSUER: 1 }),
            json!({ "toString": ISSUER }),
            json!(null),
            json!(true),
            json!(0),
            json!(1),
        ],
    );
    for claim_of_text in ["sub", "jti", "client_id"] {
        claim(claim_of_text, "claim_malformed", [json!(["user-1"]), json!({}), json!(1), json!(null), json!(false)]);
    }
}

/// The keys are those of the configured issuer of this name: the token's text finds an entry and makes none.
#[test]
fn cve_2025_59936_the_issuer_of_a_token_adds_nothing() {
    let ours = || Policy::new(Issuer::exactly(ISSUER), Audience::exactly(RESOURCE), Algorithm::ALL);
    let issuers = Issuers::new().with(provider().keys(), ours()).unwrap();
    let attacker = Provider::of(Algorithm::EdDSA);
    let code = |token: &str| issuers.verify(token, UnixSeconds::new(NOW)).err().map(|rejection| rejection.code());
    let theirs = |iss: Value| attacker.sign(&attacker.header(), &changed(claims(), "iss", iss));
    assert_eq!(code(&provider().token()), None);
    for iss in
        [json!("https://attacker.example"), json!("https://attacker.example,https://idp.example.com"), json!("*")]
    {
        assert_eq!(code(&theirs(iss.clone())), Some("issuer_mismatch"));
        assert_eq!(code(&theirs(iss)), Some("issuer_mismatch"), "a second time");
    }
    for iss in [json!(["https://attacker.example", ISSUER]), json!([ISSUER]), json!({ "0": ISSUER })] {
        assert_eq!(code(&theirs(iss)), Some("claim_malformed"));
    }
    assert_eq!(code(&theirs(json!(ISSUER))), Some("key_unusable"));
    assert_eq!(code(&provider().token()), None);
}

#[test]
fn cve_2020_26160_audience_missing_or_of_a_wrong_type() {
    assert_eq!(refusal(&provider().token_with("aud", Value::Null)), Some("claim_missing"));
    claim(
        "aud",
        "claim_malformed",
        [
            json!(null),
            json!(0),
            json!(true),
            json!({}),
            json!({ "0": RESOURCE }),
            json!({ RESOURCE: true }),
            json!([[RESOURCE]]),
            json!([RESOURCE, 1]),
            json!([1, RESOURCE]),
            json!([RESOURCE, null]),
            json!([RESOURCE, [RESOURCE]]),
            json!([{ "0": RESOURCE }]),
        ],
    );
    claim(
        "aud",
        "audience_mismatch",
        [
            json!(""),
            json!([]),
            json!([""]),
            json!("https://mcp.example.com"),
            json!("https://mcp.example.com/mc"),
            json!("https://mcp.example.com/mcp/"),
            json!("https://mcp.example.com/mcp?x"),
            json!("https://MCP.example.com/mcp"),
            json!(format!("{RESOURCE},{ISSUER}")),
            json!(format!("{RESOURCE} {ISSUER}")),
            json!(format!("[\"{RESOURCE}\"]")),
            json!(["https://mcp.example.com/", "/mcp"]),
            json!("*"),
            json!("https://mcp.example.com/%6dcp"),
        ],
    );
    for accepted in [json!(RESOURCE), json!([RESOURCE]), json!(["https://other.example.com", RESOURCE])] {
        assert_eq!(refusal(&provider().token_with("aud", accepted)), None);
    }
}

/// Of a forgery nothing else is told, however much else is wrong with it.
#[test]
fn cve_2024_51744_expired_and_forged_is_forged() {
    let valid = provider().token();
    let expired = provider().token_with("exp", json!(1));
    assert_eq!(refusal(&expired), Some("token_expired"));
    let [_, _, signature] = segments(&valid);
    for (claim, value) in
        [("exp", json!(1)), ("aud", json!("x")), ("iss", json!(7)), ("nbf", json!(NOW + 9999)), ("cnf", json!({}))]
    {
        let [header, payload, _] = segments(&provider().token_with(claim, value)).map(str::to_owned);
        let rejection = provider().verify(&format!("{header}.{payload}.{signature}")).unwrap_err();
        assert_eq!(rejection, Rejection::SignatureInvalid, "{claim}");
        assert_eq!(rejection.evidence(), json!({}));
    }
}

#[test]
fn id_tokens_are_no_access_tokens() {
    for name in ["nonce", "at_hash", "c_hash"] {
        claim(name, "token_kind_refused", [json!("x"), json!(""), json!(null), json!(0), json!(false)]);
    }
    claim("token_use", "token_kind_refused", [json!("id")]);
    for (profile, mark, value, other) in [
        ("cognito", "token_use", "access", json!("id")),
        ("keycloak", "typ", "Bearer", json!("ID")),
        ("keycloak", "typ", "Bearer", json!("Refresh")),
    ] {
        let audience = Audience::one_of([RESOURCE, "client-1"]);
        let policy = Policy::new(Issuer::exactly(ISSUER), audience, Algorithm::ALL)
            .with_profile(Profile::from_name(profile).unwrap());
        let code = |token: &str| {
            verify(token, &provider().keys(), &policy, UnixSeconds::new(NOW)).err().map(|rejection| rejection.code())
        };
        assert_eq!(code(&provider().token_with(mark, json!(value))), None, "{profile}");
        assert_eq!(code(&provider().token_with(mark, other)), Some("token_kind_refused"), "{profile}");
        assert_eq!(code(&provider().token()), Some("token_kind_refused"), "{profile}");
    }
}

/// RFC 8725 section 3.12: what was signed for another purpose is of no use for this one.
#[test]
fn rfc_8725_cross_jwt_confusion() {
    for typ in [
        "dpop+jwt",
        "logout+jwt",
        "secevent+jwt",
        "oauth-id-jag+jwt",
        "client-authentication+jwt",
        "oauth-authz-req+jwt",
        "token-introspection+jwt",
        "vc+sd-jwt",
        "kb+jwt",
        "JOSE",
        "at+jwt ",
        "at+jwt;x=1",
        "text/at+jwt",
        "application/json",
        "",
    ] {
        assert_eq!(refusal(&provider().token_with_header("typ", json!(typ))), Some("type_mismatch"), "{typ}");
    }
    for typ in [Value::Null, json!("JWT"), json!("at+jwt"), json!("application/at+jwt")] {
        assert_eq!(refusal(&provider().token_with_header("typ", typ)), None);
    }
    claim(
        "events",
        "token_kind_refused",
        [json!({}), json!({ "http://schemas.openid.net/event/backchannel-logout": {} }), json!(null)],
    );
    claim("htm", "token_kind_refused", [json!("POST")]);
    claim("htu", "token_kind_refused", [json!(RESOURCE)]);
    claim("sub", "token_kind_refused", [json!(ISSUER)]); // a client assertion
    claim(
        "cnf",
        "token_bound",
        [json!({ "jkt": "x" }), json!({ "x5t#S256": "x" }), json!({}), json!(null), json!("x")],
    );
}

/// There is no cache of verified tokens: the same text is judged anew by each time, key set and policy.
#[test]
fn ghsa_rp9m_7r4c_75qg_nothing_is_remembered() {
    let (token, keys) = (provider().token(), provider().keys());
    let code = |token: &str, keys: &KeySet, policy: &Policy, now: i64| {
        verify(token, keys, policy, UnixSeconds::new(now)).err().map(|rejection| rejection.code())
    };
    let elsewhere =
        Policy::new(Issuer::exactly(ISSUER), Audience::exactly("https://other.example.com"), Algorithm::ALL);
    for _ in 0..3 {
        assert_eq!(code(&token, &keys, &policy(), NOW), None);
        assert_eq!(code(&token, &keys, &policy(), NOW + 360), Some("token_expired"));
        assert_eq!(code(&token, &KeySet::empty(), &policy(), NOW), Some("key_not_found"));
        assert_eq!(code(&token, &keys, &elsewhere, NOW), Some("audience_mismatch"));
    }
    // Tokens that differ in one claim alone keep their own.
    for subject in ["user-1", "user-2", "user-1"] {
        let access = provider().verify(&provider().token_with("sub", json!(subject))).unwrap();
        assert_eq!(access.claims().get("sub"), Some(&json!(subject)));
    }
}
