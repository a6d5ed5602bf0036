//! JSON that two readers read differently, and has no end.

use doorward::{KeySet, Policy, UnixSeconds, decode_unverified, explain, limits::MAX_JSON_DEPTH};
use serde_json::{Value, json};

use crate::{
    forger::{encode, refusal, refusal_with, segments},
    provider::{KID, NOW, changed, claims, policy, provider},
};

const CLAIMS_MALFORMED: Option<&str> = Some("claims_malformed");
const HEADER_MALFORMED: Option<&str> = Some("header_malformed");

/// The sample token of which header and payload are these texts, correctly signed.
pub(crate) fn signed(header: &str, payload: &str) -> Option<&'static str> {
    refusal(&provider().minter.sign(header, payload))
}

pub(crate) fn header() -> String {
    json!(provider().header()).to_string()
}

pub(crate) fn payload() -> String {
    json!(claims()).to_string()
}

/// `object` with `member` put before its first member, and behind its last.
pub(crate) fn with_member(object: &str, member: &str) -> [String; 2] {
    let inner = object.strip_prefix('{').and_then(|text| text.strip_suffix('}')).unwrap();
    [format!("{{{member},{inner}}}"), format!("{{{inner},{member}}}")]
}

#[test]
fn envoy_45202_duplicate_members() {
    assert_eq!(signed(&header(), &payload()), None);
    for member in [
        r#""iss":"https://attacker.example""#,
        r#""aud":"x""#,
        r#""exp":99999999999"#,
        r#""i\u0073s":"x""#,
        r#""\u0065\u0078\u0070":1"#,
        r#""sub":"user-1""#,
        r#""x":{"a":1,"a":1}"#,
        r#""x":[{"a":1,"\u0061":2}]"#,
    ] {
        for payload in with_member(&payload(), member) {
            assert_eq!(signed(&header(), &payload), CLAIMS_MALFORMED, "{member}");
        }
    }
    for member in
        [r#""alg":"none""#, r#""alg":"ES256""#, r#""a\u006cg":"none""#, r#""kid":"key-2""#, r#""x":{"a":1,"a":1}"#]
    {
        for header in with_member(&header(), member) {
            assert_eq!(signed(&header, &payload()), HEADER_MALFORMED, "{member}");
        }
    }
    let key = json!(provider().jwk()).to_string();
    for member in [r#""kty":"EC""#, r#""k\u0074y":"oct""#, r#""kid":"key-2""#, r#""x":"AAAA""#] {
        for key in with_member(&key, member) {
            assert_eq!(
                KeySet::parse(&format!(r#"{{"keys":[{key}]}}"#)).unwrap_err().description().code,
                "jwks_malformed"
            );
        }
    }
    for set in with_member(&format!(r#"{{"keys":[{key}]}}"#), r#""ke\u0079s":[]"#) {
        assert_eq!(KeySet::parse(&set).unwrap_err().description().code, "jwks_malformed");
    }
    for options in [r#"{"issuer":"a","issuer":"b"}"#, r#"{"issuer":"a","\u0069ssuer":"b"}"#] {
        assert!(Policy::from_options_unchecked_where_absent(options).is_err());
    }
}

/// Another case is another member: what is needed is missing then, and what is extra is not read.
#[test]
fn cve_2026_27896_members_in_another_case() {
    for (claim, other) in [("iss", "Iss"), ("aud", "AUD"), ("exp", "Exp")] {
        let value = claims()[claim].clone();
        let moved = changed(changed(claims(), claim, Value::Null), other, value);
        assert_eq!(signed(&header(), &json!(moved).to_string()), Some("claim_missing"), "{other}");
    }
    for (member, value) in [("ISS", json!("x")), ("Exp", json!(1)), ("Nbf", json!("x")), ("CNF", json!({}))] {
        assert_eq!(signed(&header(), &json!(changed(claims(), member, value)).to_string()), None, "{member}");
    }
    assert_eq!(signed(r#"{"Alg":"ES256","kid":"key-1"}"#, &payload()), HEADER_MALFORMED);
    assert_eq!(signed(r#"{"alg":"ES256","KID":"key-2"}"#, &payload()), None);
    for keys in [r#"{"Keys":[]}"#, r#"{"KEYS":[]}"#, r#"{"Kty":"EC"}"#] {
        assert_eq!(KeySet::parse(keys).unwrap_err().description().code, "jwks_malformed", "{keys}");
    }
    let key = changed(changed(provider().jwk(), "kty", Value::Null), "Kty", json!("EC"));
    assert_eq!(refusal_with(vec![key.into()], &provider().token()), Some("key_unusable"));
    for options in [r#"{"Issuer":"a"}"#, r#"{"AUDIENCE":"a"}"#] {
        assert!(Policy::from_options_unchecked_where_absent(options).is_err());
    }
}

#[test]
fn ghsa_8wjv_2p76_3863_ghsa_w6j9_cwv2_h6wq_depth() {
    let nested = |open: &str, close: &str, depth: usize| format!("{}1{}", open.repeat(depth), close.repeat(depth));
    for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
        for (depth, deep) in [(MAX_JSON_DEPTH - 1, false), (MAX_JSON_DEPTH, true), (128, true), (1500, true)] {
            let member = format!(r#""x":{}"#, nested(open, close, depth));
            let [payload, _] = with_member(&payload(), &member);
            assert_eq!(signed(&header(), &payload), deep.then_some("claims_malformed"), "{depth}");
            let [header, _] = with_member(&header(), &member);
            if header.len() < 8192 {
                assert_eq!(signed(&header, &self::payload()), deep.then_some("header_malformed"), "{depth}");
            }
        }
        for depth in [20_000, 100_000] {
            let deep = nested(open, close, depth);
            for text in [&deep, &open.repeat(depth)] {
                let rejected = KeySet::parse(text).unwrap_err().description().code;
                assert!(["jwks_malformed", "jwks_too_large"].contains(&rejected), "{rejected}");
                assert!(Policy::from_options_unchecked_where_absent(text).is_err());
                let token = format!("{}.{}.AAAA", encode(text), encode(text));
                assert_eq!(refusal(&token), Some("token_too_large"));
            }
        }
    }
    // As deep as a token has room for.
    let [_, payload, signature] = segments(&provider().token()).map(str::to_owned);
    assert_eq!(refusal(&format!("{}.{payload}.{signature}", encode("[".repeat(8000)))), HEADER_MALFORMED);
    assert_eq!(signed(&header(), &"[".repeat(11_000)), CLAIMS_MALFORMED);
}

fn dots(count: usize, expected: &str) {
    for text in [".".repeat(count), "a.".repeat(count / 2), format!("{}{}", provider().token(), ".".repeat(count))] {
        assert_eq!(refusal(&text), Some(expected), "{count}");
        assert_eq!(decode_unverified(&text).unwrap_err().code(), expected);
        let keys = provider().keys();
        let steps = explain(&text, Ok(&keys), &policy(), UnixSeconds::new(NOW));
        assert_eq!(steps.iter().find_map(|step| step.code), Some(expected));
    }
}

#[test]
fn cve_2025_30204_cve_2025_22868_a_million_dots() {
    dots(1_000_000, "token_too_large");
}

#[test]
fn cve_2025_27144_as_many_dots_as_there_is_room_for() {
    dots(15_000, "token_malformed");
}

#[test]
fn cve_2025_30204_cve_2025_27144_cve_2025_22868_a_header_of_a_megabyte() {
    let [_, payload, signature] = segments(&provider().token()).map(str::to_owned);
    let with = |bytes: usize| {
        let header = format!(r#"{{"alg":"ES256","kid":"{KID}","x":"{}"}}"#, "x".repeat(bytes));
        format!("{}.{payload}.{signature}", encode(header))
    };
    assert_eq!(refusal(&with(1_000_000)), Some("token_too_large"));
    assert_eq!(refusal(&with(9000)), HEADER_MALFORMED);
    assert_eq!(refusal(&with(100)), Some("signature_invalid"));
}
