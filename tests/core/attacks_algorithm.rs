//! Forgeries that choose the algorithm.

use doorward::{Algorithm, Audience, Issuer, KeyFault, KeySet, Policy, Profile, Rejection, UnixSeconds, verify};
use serde_json::{Value, json};

use crate::{
    forger::{
        PublicForms, encode, hmac_sha256, refusal, refusal_with, resigned, segments, set, unsigned, verdict,
        with_shared_secret,
    },
    provider::{ISSUER, KID, NOW, Provider, RESOURCE, changed, claims, policy, provider},
    vectors::read,
};

const NOT_ALLOWED: Option<&str> = Some("algorithm_not_allowed");

/// "alg" is `none` in every case, with no signature, the old one and another.
fn alg_none(key: Value) {
    let token = provider().token();
    assert_eq!(refusal_with(vec![provider().jwk().into()], &token), None);
    let [_, payload, signature] = segments(&token);
    for alg in ["none", "None", "NONE", "nOnE", "none ", "\u{0}none", "ｎone"] {
        let header = encode(json!({ "alg": alg, "kid": KID }).to_string());
        for signature in ["", signature, "AA"] {
            let forged = format!("{header}.{payload}.{signature}");
            assert_eq!(refusal_with(vec![key.clone()], &forged), NOT_ALLOWED, "{alg:?}");
        }
        assert_eq!(refusal(&unsigned(&json!({ "alg": alg }).to_string())), NOT_ALLOWED, "{alg:?}");
    }
}

#[test]
fn cve_2015_9235_alg_none() {
    alg_none(provider().jwk().into());
}

#[test]
fn cve_2020_15957_alg_none_in_any_case() {
    alg_none(changed(provider().jwk(), "alg", Value::Null).into());
}

/// No key at hand, or none that is one, does not make `none` an algorithm.
#[test]
fn cve_2022_23540_alg_none_with_a_falsy_key() {
    for key in
        [json!(null), json!(false), json!(""), json!(0), json!({}), json!({ "kid": KID }), json!({ "alg": "none" })]
    {
        alg_none(key);
    }
}

#[test]
fn wycheproof_alg_is_none() {
    for header in [r#"{"alg":"none"}"#, r#"{"alg":"none","kid":"key-1"}"#, r#"{"alg":"NONE","typ":"JWT"}"#] {
        assert_eq!(refusal(&unsigned(header)), NOT_ALLOWED, "{header}");
    }
}

/// HS256 with what is public as the secret, under a policy that allows all there is.
fn shared(secrets: &[&[u8]]) {
    let provider = Provider::of(Algorithm::RS256);
    assert!(provider.verify(&provider.token()).is_ok());
    let unnamed = changed(provider.jwk(), "alg", Value::Null);
    let posing = changed(provider.jwk(), "alg", json!("HS256"));
    for secret in secrets {
        let token = with_shared_secret(secret);
        for key in [provider.jwk(), unnamed.clone(), posing.clone()] {
            assert_eq!(refusal_with(vec![key.into()], &token), NOT_ALLOWED);
        }
    }
}

#[test]
fn cve_2017_11424_cve_2022_29217_public_key_as_shared_secret() {
    let key = PublicForms::of(&Provider::of(Algorithm::RS256));
    shared(&[key.spki_pem().as_bytes(), &key.spki]);
}

#[test]
fn cve_2024_37568_cve_2024_33663_public_key_in_other_forms_as_shared_secret() {
    let key = PublicForms::of(&Provider::of(Algorithm::RS256));
    shared(&[key.pkcs1_pem().as_bytes(), &key.pkcs1, encode(&key.spki).as_bytes(), key.spki_pem().trim().as_bytes()]);
}

#[test]
fn cve_2022_23541_public_key_as_shared_secret_whatever_the_key_says() {
    let key = PublicForms::of(&Provider::of(Algorithm::RS256)).spki_pem();
    let token = with_shared_secret(key.as_bytes());
    let symmetric = json!({ "kty": "oct", "kid": KID, "alg": "HS256", "k": encode(&key) });
    assert_eq!(refusal_with(vec![symmetric.clone()], &token), NOT_ALLOWED);
    // The key alone is refused as well: it could forge what it verifies.
    assert_eq!(set(vec![symmetric]).skipped()[0].fault, KeyFault::Symmetric);
}

#[test]
fn cve_2023_48223_cve_2026_34950_ghsa_ww5h_9m49_7xx4_pem_behind_white_space_or_a_mark() {
    let key = PublicForms::of(&Provider::of(Algorithm::RS256));
    let texts: Vec<String> = ["\n", "\r\n", " ", "\t", "\u{feff}", "\u{a0}", "subject=key\n", "\0"]
        .into_iter()
        .flat_map(|before| [key.spki_pem(), key.pkcs1_pem()].map(|pem| format!("{before}{pem}")))
        .collect();
    shared(&texts.iter().map(String::as_bytes).collect::<Vec<_>>());
}

#[test]
fn cve_2026_22817_cve_2026_22818_a_key_without_alg_does_not_follow_the_header() {
    let provider = Provider::of(Algorithm::RS256);
    let unnamed = changed(provider.jwk(), "alg", Value::Null);
    assert!(verdict(&set(vec![unnamed.clone().into()]), &provider.token()).is_ok());
    for alg in ["HS256", "HS384", "HS512", "hs256", "RS256 ", "Rs256"] {
        let token = provider.token_with_header("alg", json!(alg));
        assert_eq!(refusal_with(vec![unnamed.clone().into()], &token), NOT_ALLOWED, "{alg}");
    }
}

#[test]
fn cve_2026_44699_cve_2026_0265_no_option_brings_shared_secrets_back() {
    for name in ["HS256", "HS384", "HS512", "none", "hs256", "HMAC"] {
        let options = json!({ "algorithms": [name] }).to_string();
        assert!(Policy::from_options_unchecked_where_absent(&options).is_err(), "{name}");
        assert_eq!(Algorithm::from_name(name), None);
    }
}

#[test]
fn ghsa_g3jj_5cmm_3hxx_cve_2026_48526_json_of_the_key_as_shared_secret() {
    let provider = Provider::of(Algorithm::RS256);
    let (key, keys) = (json!(provider.jwk()), provider.jwks());
    shared(&[
        key.to_string().as_bytes(),
        keys.as_bytes(),
        format!("{key:#}").as_bytes(),
        key["n"].as_str().unwrap().as_bytes(),
    ]);
}

#[test]
fn cve_2026_48523_a_key_that_names_its_algorithm_does_not_widen_the_allow_list() {
    let provider = Provider::of(Algorithm::ES256);
    let under = |algorithms: &[Algorithm]| {
        let policy = Policy::new(Issuer::exactly(ISSUER), Audience::exactly(RESOURCE), algorithms.iter().copied());
        verify(&provider.token(), &provider.keys(), &policy, UnixSeconds::new(NOW)).err().map(|error| error.code())
    };
    assert_eq!(provider.jwk()["alg"], "ES256");
    assert_eq!(under(&[Algorithm::ES256]), None);
    assert_eq!(under(&[Algorithm::RS256, Algorithm::ES384]), NOT_ALLOWED);
    assert_eq!(under(&[]), NOT_ALLOWED);
}

/// Material that is empty, or would be counted as false elsewhere, is no key.
fn falsy(algorithm: Algorithm, members: &[&str]) {
    let provider = Provider::of(algorithm);
    let token = provider.token();
    for member in members {
        for value in [json!(""), json!(null), json!(0), json!(false), json!([]), json!("A"), json!("AA==")] {
            let mut key = provider.jwk();
            key.insert((*member).into(), value.clone());
            assert_eq!(refusal_with(vec![key.into()], &token), Some("key_unusable"), "{member} {value}");
        }
    }
    assert_eq!(refusal_with(vec![provider.jwk().into()], &token), None);
}

#[test]
fn cve_2026_44351_empty_key_material() {
    falsy(Algorithm::ES256, &["x", "y", "crv", "kty"]);
    falsy(Algorithm::EdDSA, &["x", "crv"]);
}

#[test]
fn ghsa_8wpc_h4q6_8fxv_empty_rsa_key_material() {
    falsy(Algorithm::RS256, &["n", "e"]);
}

/// Signed with the empty secret, or with the text of a missing one.
#[test]
fn ghsa_869p_cjfg_cm3x_cve_2025_65945_empty_shared_secret() {
    shared(&[b"", b"\0", b"null", b"undefined", b"[object Object]"]);
    for keys in ["", "null", "false", "0", "[]", "\"\"", "{}"] {
        assert_eq!(KeySet::parse(keys).unwrap_err().description().code, "jwks_malformed", "{keys}");
    }
}

/// Nothing is compared with a secret, so nothing can take longer the more of it is right.
#[test]
fn cve_2016_7036_there_is_no_code_to_be_compared() {
    assert!(Algorithm::ALL.iter().all(|algorithm| !algorithm.name().starts_with("HS")));
    let token = with_shared_secret(b"secret");
    let (signed, _) = token.rsplit_once('.').unwrap();
    let right = hmac_sha256(b"secret", signed.as_bytes());
    let answers = [0, 16, 32].map(|wrong_from| {
        let mut code = right;
        code[wrong_from..].fill(0);
        provider().verify(&resigned(&token, &code)).unwrap_err().to_string()
    });
    assert!(answers.iter().all(|answer| *answer == answers[0]));
}

/// The advisory is of operations with a private key: what verifies has none, outside of the minting file.
#[test]
fn rustsec_2023_0071_no_private_operation_is_shipped() {
    for file in
        ["jose/key.rs", "jose/signature/rsa.rs", "jose/signature/mod.rs", "jose/signature/ecdsa.rs", "wasm/mod.rs"]
    {
        let source = read(&format!("src/{file}"));
        assert!(!source.contains("RsaPrivateKey") && !source.contains("::SigningKey::"), "{file}");
    }
    assert!(read("src/lib.rs").contains("#[cfg(feature = \"mint\")]\npub mod mint;"));
}

/// Keycloak took the algorithm from the assertion, and the plain content of an encrypted object as signed.
#[test]
fn cve_2026_11800_cve_2026_9793_keycloak() {
    let provider = Provider::of(Algorithm::RS256);
    let keycloak = policy().with_profile(Profile::from_name("keycloak").unwrap());
    let code = |token: &str| {
        verify(token, &provider.keys(), &keycloak, UnixSeconds::new(NOW)).err().map(|rejection| rejection.code())
    };
    assert_eq!(code(&provider.token_with("typ", json!("Bearer"))), None);
    assert_eq!(code(&with_shared_secret(PublicForms::of(&provider).spki_pem().as_bytes())), NOT_ALLOWED);
    assert_eq!(code(&provider.token_with_header("alg", json!("none"))), NOT_ALLOWED);
    let plain = encode(json!(changed(claims(), "typ", json!("Bearer"))).to_string());
    let header = encode(r#"{"alg":"RSA-OAEP","enc":"A128GCM"}"#);
    assert_eq!(code(&format!("{header}.AAAA.AAAA.{plain}.AAAA")), Some(Rejection::JweNotSupported.code()));
}
