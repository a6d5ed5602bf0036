//! Headers that point elsewhere, ask for more, or are something else altogether.

use doorward::{Algorithm, mint::Minter};
use serde_json::{Value, json};

use crate::{
    forger::{decode, encode, refusal, refusal_with, segments},
    provider::{KID, Provider, changed, claims, provider},
};

const MALFORMED: Option<&str> = Some("token_malformed");
const UNSUPPORTED: Option<&str> = Some("header_unsupported");

/// The attacker's token carries the attacker's key, or says where it lies.
fn key_of_the_token(member: &str, value: Value) {
    let attacker = Minter::generate(Algorithm::ES256);
    let header = |kid: Value| json!(changed(changed(provider().header(), "kid", kid), member, value.clone()));
    for kid in [json!(KID), Value::Null] {
        let forged = attacker.sign(&header(kid).to_string(), &json!(claims()).to_string());
        assert_eq!(refusal(&forged), Some("signature_invalid"), "{member}");
    }
    let other_kid = attacker.sign(&header(json!("attacker")).to_string(), &json!(claims()).to_string());
    assert_eq!(refusal(&other_kid), Some("key_not_found"), "{member}");
    // A provider that sends it along is none the worse for it: the member is not read.
    assert_eq!(refusal(&provider().token_with_header(member, value)), None, "{member}");
}

#[test]
fn cve_2018_0114_embedded_jwk() {
    let attacker: Value = serde_json::from_str(&Minter::generate(Algorithm::ES256).jwk(KID)).unwrap();
    key_of_the_token("jwk", attacker);
    for odd in [json!(null), json!(7), json!([]), json!("{}")] {
        let token = provider()
            .minter
            .sign(&format!(r#"{{"alg":"ES256","kid":"{KID}","jwk":{odd}}}"#), &json!(claims()).to_string());
        assert_eq!(refusal(&token), None, "{odd}: not even its form is looked at");
    }
}

#[test]
fn cve_2026_34240_embedded_jku_x5u_and_x5c_are_never_read() {
    key_of_the_token("jku", json!("https://attacker.example/jwks.json"));
    key_of_the_token("x5u", json!("file:///etc/passwd"));
    key_of_the_token("x5c", json!(["MIIB"]));
    key_of_the_token("x5t#S256", json!(7));
}

#[test]
fn kid_is_compared_and_nothing_else() {
    let names = [
        "../../../../dev/null",
        "/etc/passwd",
        "' OR '1'='1",
        "key' UNION SELECT 'x",
        "| touch /tmp/x",
        "$(id)",
        "%00",
        "__proto__",
        "constructor",
        "toString",
        "0",
        "-1",
        "",
        " key-1",
        "key-1 ",
        "KEY-1",
        "key-1\0",
        "ｋey-1",
        "http://attacker.example/",
        "key-1,key-2",
        "key\u{2d}\u{200b}1",
    ];
    let long = "k".repeat(5000);
    for name in names.into_iter().chain([long.as_str()]) {
        let token = provider().token_with_header("kid", json!(name));
        assert_eq!(refusal(&token), Some("key_not_found"), "{name:.40}");
        // A key of that very name is a key of that name.
        assert_eq!(refusal_with(vec![changed(provider().jwk(), "kid", json!(name)).into()], &token), None);
    }
}

#[test]
fn cve_2026_44351_kid_that_is_no_string() {
    for kid in ["null", "1", "0", "true", "false", "[]", r#"["key-1"]"#, "{}", r#"{"toString":"key-1"}"#] {
        let header = format!(r#"{{"alg":"ES256","kid":{kid}}}"#);
        let token = provider().minter.sign(&header, &json!(claims()).to_string());
        assert_eq!(refusal(&token), Some("header_malformed"), "{kid}");
    }
    let token = provider().minter.sign(r#"{"alg":"ES256","kid":"key-1"}"#, &json!(claims()).to_string());
    assert_eq!(refusal(&token), None);
}

fn member(name: &str, values: &[&str]) {
    for value in values {
        let header = format!(r#"{{"alg":"ES256","kid":"{KID}","{name}":{value},"exp":1}}"#);
        let token = provider().minter.sign(&header, &json!(claims()).to_string());
        assert_eq!(refusal(&token), UNSUPPORTED, "{name} {value}");
        let harmless = header.replace(&format!("\"{name}\":"), "\"x-other\":");
        assert_eq!(refusal(&provider().minter.sign(&harmless, &json!(claims()).to_string())), None, "{value}");
    }
}

#[test]
fn cve_2026_32597_crit_with_an_unknown_name() {
    member("crit", &[r#"["x-unknown"]"#, r#"["exp"]"#, r#"["absent"]"#]);
}

#[test]
fn cve_2025_59420_crit_with_registered_names_and_duplicates() {
    member("crit", &[r#"["alg"]"#, r#"["kid","kid"]"#, r#"["b64"]"#, r#"["crit"]"#]);
}

/// Absent is not falsy.
#[test]
fn cve_2026_35042_crit_of_a_wrong_type() {
    member("crit", &["[]", "null", "false", "true", "0", r#""""#, r#""exp""#, "{}", "[[]]", "[null]"]);
}

#[test]
fn ghsa_w7vc_732c_9m39_b64_in_any_form() {
    member("b64", &["false", "true", "null", r#""false""#, "0", "{}"]);
    // The payload as it is, not encoded, which "b64" would ask for.
    let header = encode(format!(r#"{{"alg":"ES256","kid":"{KID}","b64":false,"crit":["b64"]}}"#));
    let [_, _, signature] = segments(&provider().token()).map(str::to_owned);
    for payload in [json!(claims()).to_string(), "text".repeat(1000), String::new()] {
        let code = refusal(&format!("{header}.{payload}.{signature}"));
        assert!([MALFORMED, UNSUPPORTED].contains(&code), "{code:?}");
    }
}

#[test]
fn cve_2022_39227_wycheproof_json_serialization_and_polyglots() {
    let token = provider().token();
    let [header, payload, signature] = segments(&token);
    let fake = encode(json!(changed(claims(), "sub", json!("admin"))).to_string());
    let texts = [
        json!({ "protected": header, "payload": payload, "signature": signature }).to_string(),
        json!({ "payload": payload, "signatures": [{ "protected": header, "signature": signature }] }).to_string(),
        format!(
            r#"{{"  {header}.{fake}.":"","protected":"{header}", "payload":"{payload}","signature":"{signature}"}}"#
        ),
        format!(r#" {{"a":"{token}"}}"#),
        format!("\"{token}\""),
        format!("[\"{token}\"]"),
        format!("{token}.{signature}"),
        format!("{header}.{fake}.{payload}.{signature}"),
    ];
    for text in texts {
        assert_eq!(refusal(&text), MALFORMED, "{text:.60}");
    }
    assert_eq!(refusal(&token), None);
}

#[test]
fn ghsa_jc38_x7x8_2xc8_unprotected_header() {
    let token = provider().token();
    let [header, payload, signature] = segments(&token);
    for unprotected in [json!({ "alg": "none" }), json!({ "kid": "attacker" }), json!({ "crit": ["x"] })] {
        let text = json!({ "protected": header, "header": unprotected, "payload": payload, "signature": signature });
        assert_eq!(refusal(&text.to_string()), MALFORMED);
    }
}

/// A token in a token: what is inside is not looked at, whoever signed it.
#[test]
fn cve_2026_55040_nested_token() {
    let inner = provider().token();
    let header = json!(changed(provider().header(), "cty", json!("JWT"))).to_string();
    for payload in [inner.clone(), format!("\"{inner}\""), format!("[\"{inner}\"]")] {
        assert_eq!(refusal(&provider().minter.sign(&header, &payload)), Some("claims_malformed"));
    }
    let attacker = Minter::generate(Algorithm::ES256);
    assert_eq!(refusal(&attacker.sign(&header, &inner)), Some("signature_invalid"));
}

#[test]
fn cve_2026_29000_jwe_around_a_plain_token() {
    let plain = crate::forger::unsigned(r#"{"alg":"none"}"#);
    let header = encode(r#"{"alg":"RSA-OAEP-256","enc":"A256GCM","cty":"JWT"}"#);
    for content in [encode(&plain), encode(provider().token())] {
        assert_eq!(refusal(&format!("{header}.AAAA.AAAA.{content}.AAAA")), Some("jwe_not_supported"));
        assert_eq!(refusal(&format!("{header}.{content}.")), Some("algorithm_not_allowed"));
    }
    assert_eq!(refusal("...."), Some("jwe_not_supported"));
}

/// Nothing is decompressed: a small token stays one.
#[test]
fn cve_2024_28176_cve_2024_28180_cve_2024_28102_cve_2026_39373_zip() {
    member("zip", &[r#""DEF""#, "null", r#""""#, r#""GZ""#, "1"]);
    let header = encode(r#"{"alg":"dir","enc":"A256GCM","zip":"DEF"}"#);
    assert_eq!(refusal(&format!("{header}..AAAA.{}.AAAA", "A".repeat(8000))), Some("jwe_not_supported"));
    assert_eq!(refusal(&format!("{header}..AAAA.{}.AAAA", "A".repeat(20_000))), Some("token_too_large"));
}

/// Nothing is derived from a password, however many rounds a token asks for.
#[test]
fn cve_2023_6681_p2c() {
    let header = encode(r#"{"alg":"PBES2-HS256+A128KW","enc":"A128GCM","p2s":"AAAA","p2c":2147483647}"#);
    assert_eq!(refusal(&format!("{header}.AAAA.AAAA.AAAA.AAAA")), Some("jwe_not_supported"));
    assert_eq!(refusal(&format!("{header}.AAAA.AAAA")), Some("algorithm_not_allowed"));
    assert_eq!(refusal(&provider().token_with_header("p2c", json!(2_147_483_647_u32))), None);
}

/// Other spellings of the same bytes, as a lax decoder reads them.
fn spellings(segment: &str) -> Vec<String> {
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let (start, last) = segment.split_at(segment.len() - 1);
    let place = alphabet.find(last).unwrap();
    let spare = match segment.len() % 4 {
        2 => 16,
        3 => 4,
        _ => 1,
    };
    let mut all: Vec<String> =
        (1..spare).map(|bit| format!("{start}{}", &alphabet[place + bit..=place + bit])).collect();
    for end in ["=", "==", "===", " ", "\n", "\r\n", "\t", "\0", "A====", "\u{200b}"] {
        all.push(format!("{segment}{end}"));
        all.push(format!("{end}{segment}"));
        all.push(format!("{start}{end}{last}"));
    }
    for (url, plain) in [("-", "+"), ("_", "/")] {
        if segment.contains(url) {
            all.push(segment.replace(url, plain));
        }
    }
    if segment.len().is_multiple_of(4) {
        all.push(format!("{segment}A"));
    }
    all
}

#[test]
fn ghsa_hxm8_2xgr_2p9m_wycheproof_modified_padding() {
    let mut tried = 0;
    for (algorithm, length) in (0..4).flat_map(|length| [(Algorithm::ES256, length), (Algorithm::ES384, length)]) {
        let provider = Provider::of(algorithm);
        let header = changed(provider.header(), "x", json!("?~".repeat(3 + length)));
        let token = provider.sign(&header, &changed(claims(), "x", json!("?~ÿ".repeat(3 + length))));
        assert!(provider.verify(&token).is_ok());
        let parts = segments(&token);
        for place in 0..3 {
            for spelling in spellings(parts[place]) {
                let mut spelt = parts.map(str::to_owned);
                spelt[place] = spelling;
                let rejection = provider.verify(&spelt.join(".")).unwrap_err();
                assert_eq!(rejection.code(), "token_malformed", "segment {place}");
                tried += 1;
            }
        }
        assert_eq!(decode(parts[2]).len(), if length < 4 && algorithm == Algorithm::ES256 { 64 } else { 96 });
    }
    assert!(tried > 700, "{tried}");
}
