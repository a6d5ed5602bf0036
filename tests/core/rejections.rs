//! One row a rejection: a valid token and one change.

use doorward::{Algorithm, Check, KeySet, Policy, Rejection, UnixSeconds, verify};
use serde_json::{Value, json};

use crate::provider::{ISSUER, NOW, Provider, RESOURCE, changed, claims, policy, provider};

/// The code and the check of a refusal; `None` when the token is let in.
fn refusal(token: &str) -> Option<(&'static str, Check)> {
    provider().verify(token).err().map(|rejection| (rejection.code(), rejection.check()))
}

fn refusal_under(policy: &Policy, token: &str) -> Option<&'static str> {
    let keys = provider().keys();
    verify(token, &keys, policy, UnixSeconds::new(NOW)).err().map(|rejection| rejection.code())
}

#[test]
fn forms() {
    let token = provider().token();
    let [header, payload, signature] = token.split('.').collect::<Vec<_>>().try_into().unwrap();
    let rows = [
        (format!("{token}.x"), "token_malformed", Check::Form),
        (format!("{header}.{payload}"), "token_malformed", Check::Form),
        (format!("{token}="), "token_malformed", Check::Form),
        (format!("{token}\n"), "token_malformed", Check::Form),
        (format!(" {token}"), "token_malformed", Check::Form),
        (format!("Bearer {token}"), "token_malformed", Check::Form),
        (format!("{header}.{payload}.{signature}.{signature}.{signature}"), "jwe_not_supported", Check::Form),
        (format!("{token}{}", "A".repeat(16_384)), "token_too_large", Check::Size),
        (format!(".{payload}.{signature}"), "header_malformed", Check::Header),
        (format!("{header}.{payload}."), "signature_invalid", Check::Signature),
        (format!("{header}..{signature}"), "signature_invalid", Check::Signature),
    ];
    for (changed, code, check) in rows {
        assert_eq!(refusal(&changed), Some((code, check)));
    }
    assert_eq!(refusal(&token), None);
}

#[test]
fn headers() {
    let provider = provider();
    let rows: [(&str, Value, &str, Check); 29] = [
        ("alg", Value::Null, "header_malformed", Check::Header),
        ("alg", json!(256), "header_malformed", Check::Header),
        ("alg", json!(["ES256"]), "header_malformed", Check::Header),
        ("alg", json!("none"), "algorithm_not_allowed", Check::Algorithm),
        ("alg", json!("nOnE"), "algorithm_not_allowed", Check::Algorithm),
        ("alg", json!(""), "algorithm_not_allowed", Check::Algorithm),
        ("alg", json!("es256"), "algorithm_not_allowed", Check::Algorithm),
        ("alg", json!("HS256"), "algorithm_not_allowed", Check::Algorithm),
        ("alg", json!("ES384"), "key_unusable", Check::Key),
        ("alg", json!("RS256"), "key_unusable", Check::Key),
        ("alg", json!("EdDSA"), "key_unusable", Check::Key),
        ("kid", json!("key-2"), "key_not_found", Check::Key),
        ("kid", json!("KEY-1"), "key_not_found", Check::Key),
        ("kid", json!(""), "key_not_found", Check::Key),
        ("kid", json!("__proto__"), "key_not_found", Check::Key),
        ("kid", json!("../../dev/null"), "key_not_found", Check::Key),
        ("kid", json!("key-1\u{0}"), "key_not_found", Check::Key),
        ("kid", json!(1), "header_malformed", Check::Header),
        ("kid", json!(["key-1"]), "header_malformed", Check::Header),
        ("kid", json!({ "key-1": 1 }), "header_malformed", Check::Header),
        ("typ", json!(1), "header_malformed", Check::Header),
        ("typ", json!("dpop+jwt"), "type_mismatch", Check::Type),
        ("typ", json!("logout+jwt"), "type_mismatch", Check::Type),
        ("typ", json!("oauth-id-jag+jwt"), "type_mismatch", Check::Type),
        ("typ", json!("client-authentication+jwt"), "type_mismatch", Check::Type),
        ("typ", json!(""), "type_mismatch", Check::Type),
        ("crit", json!(["exp"]), "header_unsupported", Check::Extensions),
        ("b64", json!(true), "header_unsupported", Check::Extensions),
        ("zip", json!("DEF"), "header_unsupported", Check::Extensions),
    ];
    for (member, value, code, check) in rows {
        let token = provider.token_with_header(member, value.clone());
        assert_eq!(refusal(&token), Some((code, check)), "{member} {value}");
    }
    // `null` stands for removal above; a member that is null is there, and malformed.
    for (member, code) in [("kid", "header_malformed"), ("typ", "header_malformed"), ("crit", "header_unsupported")] {
        let header = format!(r#"{{"alg":"ES256","{member}":null}}"#);
        let token = provider.minter.sign(&header, &json!(claims()).to_string());
        assert_eq!(refusal(&token).map(|(code, _)| code), Some(code), "{member}");
    }
}

#[test]
fn header_texts() {
    let provider = provider();
    let long = format!(r#"{{"alg":"ES256","x":"{}"}}"#, "x".repeat(8192));
    for header in ["{}", "[]", "null", "\"ES256\"", r#"{"alg":"ES256"}x"#, r#"{"alg":"ES256","alg":"ES256"}"#, &long] {
        let token = provider.minter.sign(header, &json!(claims()).to_string());
        assert_eq!(refusal(&token), Some(("header_malformed", Check::Header)), "{header:.60}");
    }
}

#[test]
fn claims_one_by_one() {
    let provider = provider();
    let rows: [(&str, Value, &str, Check); 57] = [
        ("iss", Value::Null, "claim_missing", Check::Issuer),
        ("iss", json!(""), "issuer_mismatch", Check::Issuer),
        ("iss", json!("https://idp.example.com/"), "issuer_mismatch", Check::Issuer),
        ("iss", json!("https://idp.example.co"), "issuer_mismatch", Check::Issuer),
        ("iss", json!("https://IDP.example.com"), "issuer_mismatch", Check::Issuer),
        ("iss", json!("https://idp.example.com.evil.example"), "issuer_mismatch", Check::Issuer),
        ("iss", json!([ISSUER]), "claim_malformed", Check::Issuer),
        ("iss", json!({ "0": ISSUER }), "claim_malformed", Check::Issuer),
        ("iss", json!(1), "claim_malformed", Check::Issuer),
        ("iss", json!(true), "claim_malformed", Check::Issuer),
        ("aud", Value::Null, "claim_missing", Check::Audience),
        ("aud", json!(""), "audience_mismatch", Check::Audience),
        ("aud", json!([]), "audience_mismatch", Check::Audience),
        ("aud", json!("https://mcp.example.com"), "audience_mismatch", Check::Audience),
        ("aud", json!("https://mcp.example.com/mcp/"), "audience_mismatch", Check::Audience),
        ("aud", json!("https://mcp.example.com/mc"), "audience_mismatch", Check::Audience),
        ("aud", json!(["https://other.example.com"]), "audience_mismatch", Check::Audience),
        ("aud", json!([[RESOURCE]]), "claim_malformed", Check::Audience),
        ("aud", json!([RESOURCE, 1]), "claim_malformed", Check::Audience),
        ("aud", json!({ "0": RESOURCE }), "claim_malformed", Check::Audience),
        ("aud", json!(1), "claim_malformed", Check::Audience),
        ("exp", Value::Null, "claim_missing", Check::Expiry),
        ("exp", json!(0), "token_expired", Check::Expiry),
        ("exp", json!(-1), "token_expired", Check::Expiry),
        ("exp", json!(-1e300), "token_expired", Check::Expiry),
        ("exp", json!((NOW + 300).to_string()), "claim_malformed", Check::Expiry),
        ("exp", json!(true), "claim_malformed", Check::Expiry),
        ("exp", json!([NOW + 300]), "claim_malformed", Check::Expiry),
        ("exp", json!(1e20), "claim_malformed", Check::Expiry),
        ("exp", json!(u64::MAX), "claim_malformed", Check::Expiry),
        ("exp", json!(i64::MAX), "claim_malformed", Check::Expiry),
        ("exp", json!((NOW + 300) * 1000), "claim_malformed", Check::Expiry),
        ("nbf", json!(NOW + 3600), "token_not_yet_valid", Check::NotBefore),
        ("nbf", json!("0"), "claim_malformed", Check::NotBefore),
        ("nbf", json!(false), "claim_malformed", Check::NotBefore),
        ("nbf", json!(1e20), "claim_malformed", Check::NotBefore),
        ("iat", json!(NOW + 3600), "token_issued_in_future", Check::IssuedAt),
        ("iat", json!("0"), "claim_malformed", Check::IssuedAt),
        ("sub", json!(1), "claim_malformed", Check::Subject),
        ("sub", json!(["user-1"]), "claim_malformed", Check::Subject),
        ("jti", json!(1), "claim_malformed", Check::RequiredClaims),
        ("client_id", json!(["client-1"]), "claim_malformed", Check::RequiredClaims),
        ("nonce", json!("n"), "token_kind_refused", Check::Kind),
        ("at_hash", json!("h"), "token_kind_refused", Check::Kind),
        ("c_hash", json!("h"), "token_kind_refused", Check::Kind),
        ("token_use", json!("id"), "token_kind_refused", Check::Kind),
        ("events", json!({}), "token_kind_refused", Check::Kind),
        ("htm", json!("POST"), "token_kind_refused", Check::Kind),
        ("htu", json!(RESOURCE), "token_kind_refused", Check::Kind),
        ("sub", json!(ISSUER), "token_kind_refused", Check::Kind),
        ("cnf", json!({ "jkt": "x" }), "token_bound", Check::Binding),
        ("cnf", json!({}), "token_bound", Check::Binding),
        ("cnf", json!(false), "token_bound", Check::Binding),
        ("scope", json!(1), "claim_malformed", Check::Scopes),
        ("scope", json!(["mcp:read", 1]), "claim_malformed", Check::Scopes),
        ("scp", json!({}), "claim_malformed", Check::Scopes),
        ("scp", json!(true), "claim_malformed", Check::Scopes),
    ];
    for (claim, value, code, check) in rows {
        let token = provider.token_with(claim, value.clone());
        assert_eq!(refusal(&token), Some((code, check)), "{claim} {value}");
    }
    // `null` stands for removal above; a claim that is null is there, and malformed.
    for claim in ["iss", "aud", "exp", "nbf", "iat", "sub", "jti", "client_id", "scope", "scp"] {
        let mut claims = claims();
        claims.insert(claim.into(), Value::Null);
        let token = provider.sign(&provider.header(), &claims);
        assert_eq!(refusal(&token).map(|(code, _)| code), Some("claim_malformed"), "{claim}");
    }
}

#[test]
fn payload_texts() {
    let provider = provider();
    let valid = json!(claims()).to_string();
    let deep = format!(r#"{{"a":{}{}}}"#, "[".repeat(64), "]".repeat(64));
    for payload in ["", "null", "[]", "\"text\"", "{", "not json", "{}{}", "\u{feff}{}", r#"{"exp":1e400}"#, &deep] {
        let token = provider.minter.sign(&json!(provider.header()).to_string(), payload);
        assert_eq!(refusal(&token), Some(("claims_malformed", Check::Claims)), "{payload:.40}");
    }
    for duplicate in [r#","exp":1}"#, r#","e\u0078p":1}"#, r#","a":{"b":1,"b":1}}"#] {
        let payload = valid.strip_suffix('}').unwrap().to_owned() + duplicate;
        let token = provider.minter.sign(&json!(provider.header()).to_string(), &payload);
        assert_eq!(refusal(&token), Some(("claims_malformed", Check::Claims)), "{duplicate}");
    }
}

#[test]
fn signatures() {
    for algorithm in Algorithm::ALL {
        let provider = Provider::of(algorithm);
        let token = provider.token();
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let other = provider.token_with("sub", json!("user-2"));
        let (_, other_signature) = other.rsplit_once('.').unwrap();
        let zeros = "A".repeat(signature.len());
        let shorter = signature.get(4..).unwrap();
        for signature in [other_signature, &zeros, shorter, &format!("AAAA{signature}"), &format!("{shorter}AAAA")] {
            let rejection = provider.verify(&format!("{signed}.{signature}")).unwrap_err();
            assert_eq!(rejection, Rejection::SignatureInvalid, "{algorithm}");
        }
    }
}

#[test]
fn a_key_of_another_provider() {
    let (ours, theirs) = (Provider::of(Algorithm::EdDSA), Provider::of(Algorithm::Ed25519));
    // The other's key under our key's "kid", and with an "alg" that fits our tokens.
    let jwk = changed(theirs.jwk(), "alg", json!("EdDSA"));
    let keys = KeySet::parse(&json!({ "keys": [jwk] }).to_string()).unwrap();
    let rejection = verify(&ours.token(), &keys, &policy(), UnixSeconds::new(NOW)).unwrap_err();
    assert_eq!(rejection, Rejection::SignatureInvalid);
}

#[test]
fn policies() {
    let token = provider().token();
    let rows = [
        (policy().with_types(["JWT"]), Some("type_mismatch")),
        (policy().with_types(["at+jwt"]), None),
        (policy().with_types(["JWT", "application/AT+jwt"]), None),
        (policy().with_subject("user-2"), Some("subject_mismatch")),
        (policy().with_subject("user-1"), None),
        (policy().with_max_age(10).with_leeway(0).unwrap(), None),
        (policy().with_max_age(9).with_leeway(0).unwrap(), Some("token_too_old")),
        (policy().with_required_claims(["jti", "sub"]), None),
        (policy().with_required_claims(["acr"]), Some("claim_missing")),
        (policy().with_required_scopes(["mcp:read", "mcp:write"]).unwrap(), None),
        (policy().with_required_scopes(["mcp:admin"]).unwrap(), Some("scope_insufficient")),
        (policy().with_required_scopes(["mcp:rea"]).unwrap(), Some("scope_insufficient")),
        (policy().with_required_scopes(["MCP:READ"]).unwrap(), Some("scope_insufficient")),
    ];
    for (policy, code) in rows {
        assert_eq!(refusal_under(&policy, &token), code, "{policy:?}");
    }
    let rows = [("typ", policy().with_types(["JWT", "at+jwt"]), "type_mismatch")];
    for (member, policy, code) in rows {
        assert_eq!(refusal_under(&policy, &provider().token_with_header(member, Value::Null)), Some(code));
    }
    let rows = [
        ("sub", policy().with_subject("user-1"), "claim_missing"),
        ("iat", policy().with_max_age(60), "claim_missing"),
        ("scope", policy().with_required_scopes(["mcp:read"]).unwrap(), "scope_insufficient"),
    ];
    for (claim, policy, code) in rows {
        assert_eq!(refusal_under(&policy, &provider().token_with(claim, Value::Null)), Some(code), "{claim}");
    }
}

#[test]
fn an_algorithm_is_allowed_by_the_policy_alone() {
    let none_allowed = Policy::new(doorward::Issuer::unchecked(), doorward::Audience::unchecked(), []);
    assert_eq!(refusal_under(&none_allowed, &provider().token()), Some("algorithm_not_allowed"));
    let other = Policy::new(doorward::Issuer::unchecked(), doorward::Audience::unchecked(), [Algorithm::RS256]);
    assert_eq!(refusal_under(&other, &provider().token()), Some("algorithm_not_allowed"));
}

/// The first fault in the order of the checks is told, whatever else is wrong.
#[test]
fn an_expired_forgery_is_a_forgery() {
    let provider = provider();
    let expired = provider.token_with("exp", json!(1));
    let (_, signature) = provider.token().rsplit_once('.').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    let (signed, _) = expired.rsplit_once('.').unwrap();
    assert_eq!(refusal(&format!("{signed}.{signature}")), Some(("signature_invalid", Check::Signature)));
    let claims = changed(changed(claims(), "exp", json!(1)), "aud", json!("other"));
    let token = provider.sign(&provider.header(), &claims);
    assert_eq!(refusal(&token), Some(("audience_mismatch", Check::Audience)));
}

/// No text of a rejection contains text of the token, not even where it is quoted.
#[test]
fn messages_contain_no_token_and_stay_on_one_line() {
    let provider = provider();
    let hostile = "\r\nSet-Cookie: a=b\u{1b}[31m\u{202e}\"\\".repeat(20);
    for token in [
        provider.token_with("iss", json!(hostile)),
        provider.token_with("aud", json!([hostile, hostile])),
        provider.token_with_header("kid", json!(hostile)),
        provider.token_with_header("alg", json!(hostile)),
        provider.token_with_header("typ", json!(hostile)),
        format!("{}!", provider.token()),
    ] {
        let rejection = provider.verify(&token).unwrap_err();
        let message = rejection.to_string();
        assert!(!message.contains(char::is_control) && !message.contains('\u{202e}'), "{message}");
        assert!(message.len() < 2000, "{message}");
        for segment in token.split('.') {
            assert!(!message.contains(segment));
        }
    }
}
