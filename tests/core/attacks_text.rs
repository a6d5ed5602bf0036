//! Texts that are not quite JSON, numbers that are not quite dates, and names that mean something elsewhere.

use doorward::{KeySet, Policy, UnixSeconds};
use serde_json::{Value, json};

use crate::{
    attacks_json::{header, payload, signed, with_member},
    forger::{ByteSigner, refusal, refusal_with},
    provider::{ISSUER, NOW, RESOURCE, changed, claims, provider},
};

const CLAIMS_MALFORMED: Option<&str> = Some("claims_malformed");
const HEADER_MALFORMED: Option<&str> = Some("header_malformed");

#[test]
fn invalid_utf_8_surrogates_marks_and_other_encodings() {
    let signer = ByteSigner::new();
    let code = |header: &[u8], payload: &[u8]| refusal_with(vec![signer.jwk().into()], &signer.sign(header, payload));
    let (header, payload) = (header(), payload());
    assert_eq!(code(header.as_bytes(), payload.as_bytes()), None);
    let forms = |text: &str| -> Vec<Vec<u8>> {
        let with = |value: &[u8]| [&text.as_bytes()[..text.len() - 1], b",\"x\":\"", value, b"\"}"].concat();
        let utf_16 = |mark: bool, big: bool| -> Vec<u8> {
            let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
            units.flat_map(|unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
        };
        vec![
            with(b"\xff"),
            with(b"\xc0\x80"),         // an overlong NUL
            with(b"\xc1\xa1"),         // an overlong letter
            with(b"\xed\xa0\x80"),     // half a surrogate pair
            with(b"\xf4\x90\x80\x80"), // beyond the last character
            with(b"\xe2\x82"),         // cut short
            with(br"\ud800"),
            with(br"\udc00\ud800"),
            with(br"\uD83D"),
            with(br"\u{61}"),
            with(b"\n"),
            with(b"\0"),
            [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            [text.as_bytes(), b"\xef\xbb\xbf"].concat(),
            [text.as_bytes(), b"\0"].concat(),
            [text.as_bytes(), text.as_bytes()].concat(),
            utf_16(true, true),
            utf_16(true, false),
            utf_16(false, true),
            utf_16(false, false),
        ]
    };
    for (place, form) in forms(&payload).into_iter().enumerate() {
        assert_eq!(code(header.as_bytes(), &form), CLAIMS_MALFORMED, "payload {place}");
    }
    for (place, form) in forms(&header).into_iter().enumerate() {
        assert_eq!(code(&form, payload.as_bytes()), HEADER_MALFORMED, "header {place}");
    }
    for keys in ["\u{feff}{\"keys\":[]}", r#"{"keys":["\ud800"]}"#, "{\"keys\":[]}\0"] {
        assert_eq!(KeySet::parse(keys).unwrap_err().description().code, "jwks_malformed");
    }
}

/// A date that is no number is not an absent one.
#[test]
fn cve_2026_25537_dates_that_are_no_numbers() {
    let with = |claim: &str, text: &str| {
        let [payload, _] =
            with_member(&json!(changed(claims(), claim, Value::Null)).to_string(), &format!(r#""{claim}":{text}"#));
        signed(&header(), &payload)
    };
    for claim in ["exp", "nbf", "iat"] {
        for text in [
            "\"1767225900\"",
            "\"\"",
            "null",
            "true",
            "false",
            "[]",
            "[1767225900]",
            "{}",
            "1e20",
            "1e308",
            "\"NaN\"",
            "18446744073709551615",
            "18446744073709551616",
            "9223372036854775807",
            "253402300800",
            "1767225900000",
        ] {
            assert_eq!(with(claim, text), Some("claim_malformed"), "{claim} {text}");
        }
        for text in [
            "1e400",
            "-1e400",
            "NaN",
            "Infinity",
            "0x7fffffff",
            "01767225900",
            "+1",
            "1_000",
            ".5",
            "1.",
            "1e",
            "- 1",
            "1n",
        ] {
            assert_eq!(with(claim, text), CLAIMS_MALFORMED, "{claim} {text}");
        }
        assert_eq!(with(claim, &"9".repeat(400)), CLAIMS_MALFORMED, "{claim}: no number holds it");
    }
    for past in
        ["0", "-0", "-1", "-0.0", "1e0", "-1e300", "1767225540", "1767225539.9", "1E-400", "-9223372036854775808"]
    {
        assert_eq!(with("exp", past), Some("token_expired"), "{past}");
        assert_eq!(with("nbf", past), None, "{past}");
        assert_eq!(with("iat", past), None, "{past}");
    }
    for near in ["1767225601", "1767225601.5", "1.767225601e9", "1767225601.0"] {
        assert_eq!([with("exp", near), with("nbf", near), with("iat", near)], [None; 3], "{near}");
    }
    assert_eq!(provider().verify(&provider().token_with("exp", Value::Null)).unwrap_err().code(), "claim_missing");
    assert_eq!(
        [refusal(&provider().token_with("nbf", Value::Null)), refusal(&provider().token_with("iat", Value::Null))],
        [None; 2]
    );
}

#[test]
fn prototype_members_are_members_like_others() {
    for name in ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", ""] {
        let posing = json!({ "iss": ISSUER, "aud": RESOURCE, "exp": NOW + 300 });
        for claim in ["iss", "aud", "exp"] {
            let claims = changed(changed(claims(), claim, Value::Null), name, posing.clone());
            assert_eq!(signed(&header(), &json!(claims).to_string()), Some("claim_missing"), "{name} for {claim}");
        }
        let access = provider().verify(&provider().token_with(name, posing.clone())).unwrap();
        assert_eq!(access.claims().get(name), Some(&posing));
        assert_eq!(provider().verify(&provider().token()).unwrap().claims().get(name), None);
    }
}

/// No option is a pattern: each is compared letter by letter, and every time with the same answer.
#[test]
fn ghsa_cjw9_ghj4_fwxf_ghsa_3j8v_cgw4_2g6q_no_patterns() {
    for pattern in
        [".*", "^https://", "https://idp.example.com.*", "/idp/g", "(a+)+$", "*", "https://*.example.com", "%"]
    {
        for option in ["issuer", "audience", "subject"] {
            let options = json!({ option: pattern }).to_string();
            let policy = Policy::from_options_unchecked_where_absent(&options).unwrap();
            let keys = provider().keys();
            let verdicts = [(); 4].map(|()| {
                doorward::verify(&provider().token(), &keys, &policy, UnixSeconds::new(NOW))
                    .err()
                    .map(|error| error.code())
            });
            assert_eq!(
                verdicts,
                [Some(match option {
                    "issuer" => "issuer_mismatch",
                    "audience" => "audience_mismatch",
                    _ => "subject_mismatch",
                }); 4],
                "{option} {pattern}"
            );
        }
    }
}
