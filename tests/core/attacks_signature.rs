//! Signatures that are no signatures, and keys that are not those of the algorithm.

use std::collections::BTreeSet;

use doorward::Algorithm;
use rsa::BigUint;
use serde_json::{Value, json};

use crate::{
    forger::{decode, encode, refusal_with, resigned, segments},
    provider::{Provider, changed, provider},
    vectors::read,
};

const INVALID: Option<&str> = Some("signature_invalid");

/// The order of each curve, in as many bytes as r and s have.
const ORDERS: [(Algorithm, &str); 4] = [
    (Algorithm::ES256, "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"),
    (
        Algorithm::ES384,
        "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973",
    ),
    (
        Algorithm::ES512,
        "01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d0\
         3bb5c9b8899c47aebb6fb71e91386409",
    ),
    (Algorithm::ES256K, "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"),
];

fn number(hex: &str) -> BigUint {
    BigUint::parse_bytes(hex.as_bytes(), 16).unwrap()
}

/// `number` in exactly `length` bytes, its lower ones if it has more.
fn bytes(number: &BigUint, length: usize) -> Vec<u8> {
    let mut bytes = number.to_bytes_le();
    bytes.resize(length, 0);
    bytes.reverse();
    bytes
}

fn code(provider: &Provider, token: &str) -> Option<&'static str> {
    provider.verify(token).err().map(|rejection| rejection.code())
}

#[test]
fn cve_2022_21449_psychic_signatures() {
    for (algorithm, order) in ORDERS {
        let provider = Provider::of(algorithm);
        let token = provider.token();
        assert_eq!(code(&provider, &token), None);
        let signature = decode(segments(&token)[2]);
        let length = signature.len() / 2;
        let (n, one, zero) = (number(order), BigUint::from(1_u8), BigUint::from(0_u8));
        let (r, s) = (BigUint::from_bytes_be(&signature[..length]), BigUint::from_bytes_be(&signature[length..]));
        let largest = BigUint::from_bytes_be(&vec![0xff; length]);
        let pairs = [
            (&zero, &zero),
            (&zero, &s),
            (&r, &zero),
            (&zero, &one),
            (&one, &zero),
            (&one, &one),
            (&n, &n),
            (&n, &s),
            (&r, &n),
            (&n, &zero),
            (&zero, &n),
            (&largest, &largest),
            (&r, &largest),
            (&largest, &s),
            (&s, &r),
        ];
        for (place, (r, s)) in pairs.into_iter().enumerate() {
            let forged = [bytes(r, length), bytes(s, length)].concat();
            assert_eq!(code(&provider, &resigned(&token, &forged)), INVALID, "{algorithm}: pair {place}");
        }
        // n more than the right number is the same number, yet there is one spelling of each.
        for (r, s) in [(&r + &n, s.clone()), (r.clone(), &s + &n), (&r + &n, &s + &n)] {
            let forged = [bytes(&r, length), bytes(&s, length)].concat();
            assert_eq!(code(&provider, &resigned(&token, &forged)), INVALID, "{algorithm}: above the order");
        }
    }
}

/// One byte less or more, DER as other formats have it, the parts twice or swapped.
#[test]
fn cve_2022_21449_signatures_of_another_length_or_form() {
    for (algorithm, _) in ORDERS {
        let provider = Provider::of(algorithm);
        let token = provider.token();
        let signature = decode(segments(&token)[2]);
        let (r, s) = signature.split_at(signature.len() / 2);
        let integer = |part: &[u8]| {
            let sign = if part[0] & 0x80 == 0 { &[][..] } else { &[0] };
            [&[2, u8::try_from(part.len() + sign.len()).unwrap()], sign, part].concat()
        };
        let integers = [integer(r), integer(s)].concat();
        let length = u8::try_from(integers.len()).unwrap();
        let der = if length < 0x80 { vec![0x30, length] } else { vec![0x30, 0x81, length] };
        let forms = [
            signature[1..].to_vec(),
            signature[..signature.len() - 1].to_vec(),
            [&signature[..], &[0]].concat(),
            [&[0], &signature[..]].concat(),
            [&[0], r, &[0], s].concat(),
            [&r[1..], &s[1..]].concat(),
            [&signature[..], &signature[..]].concat(),
            [s, r].concat(),
            r.to_vec(),
            [der, integers].concat(),
            Vec::new(),
        ];
        for (place, form) in forms.iter().enumerate() {
            assert_eq!(code(&provider, &resigned(&token, form)), INVALID, "{algorithm}: form {place}");
        }
    }
}

/// FIPS 186-5 has no rule against n - s, so both are accepted: nothing may take a signature for a name.
#[test]
fn ecdsa_malleability_both_values_of_s_hold() {
    for (algorithm, order) in ORDERS {
        let provider = Provider::of(algorithm);
        let token = provider.token();
        let signature = decode(segments(&token)[2]);
        let (r, s) = signature.split_at(signature.len() / 2);
        let other = bytes(&(number(order) - BigUint::from_bytes_be(s)), s.len());
        let twin = resigned(&token, &[r, &other].concat());
        assert_ne!(twin, token);
        let (one, two) = (provider.verify(&token).unwrap(), provider.verify(&twin).unwrap());
        // What comes out is the same: of the signature nothing is in it.
        assert_eq!(format!("{one:?}"), format!("{two:?}"), "{algorithm}");
    }
    assert!(read("README.md").contains("a signature identifies no token"));
}

/// Every algorithm under the key of every other, which says nothing of its algorithm unless it must (RFC 9964).
#[test]
fn wycheproof_wrong_primitive_key_type_and_curve_confusion() {
    let mut answers = BTreeSet::new();
    for of_token in Algorithm::ALL {
        for of_key in Algorithm::ALL {
            let provider = Provider::of(of_key);
            let must_say = provider.jwk()["kty"] == "AKP";
            let key = if must_say { provider.jwk() } else { changed(provider.jwk(), "alg", Value::Null) };
            let token = provider.token_with_header("alg", json!(of_token.name()));
            let family = |algorithm: Algorithm| match algorithm.name() {
                "EdDSA" | "Ed25519" => "Ed25519",
                name if name.starts_with("RS") || name.starts_with("PS") => "RSA",
                other => other,
            };
            let expected = match (family(of_token) == family(of_key), family(of_key)) {
                (true, "RSA") if of_token != of_key => INVALID,
                (true, _) => None,
                (false, _) => Some("key_unusable"),
            };
            assert_eq!(refusal_with(vec![key.into()], &token), expected, "{of_token} under a key for {of_key}");
            answers.insert(expected);
        }
    }
    assert_eq!(answers.len(), 3);
}

#[test]
fn wycheproof_wrong_primitive_points_off_the_curve_and_other_curves() {
    let token = provider().token();
    let jwk = provider().jwk();
    assert_eq!(refusal_with(vec![jwk.clone().into()], &token), None);
    let other_y = |flip: u8| {
        let mut y = decode(jwk["y"].as_str().unwrap());
        y[31] ^= flip;
        encode(y)
    };
    let rows = [
        ("y", json!(other_y(1))),
        ("y", json!(other_y(0x80))),
        ("y", jwk["x"].clone()),
        ("crv", json!("secp256k1")),
        ("crv", json!("P-384")),
        ("crv", json!("p-256")),
        ("crv", json!("X25519")),
        ("kty", json!("OKP")),
        ("kty", json!("RSA")),
        ("kty", json!("oct")),
    ];
    for (member, value) in rows {
        let key = changed(jwk.clone(), member, value.clone());
        assert_eq!(refusal_with(vec![key.into()], &token), Some("key_unusable"), "{member} {value}");
    }
    let eddsa = Provider::of(Algorithm::EdDSA);
    for crv in ["X25519", "Ed448", "X448", "P-256"] {
        let key = changed(eddsa.jwk(), "crv", json!(crv));
        assert_eq!(refusal_with(vec![key.into()], &eddsa.token()), Some("key_unusable"), "{crv}");
    }
}
