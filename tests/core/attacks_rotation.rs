//! Key sets over time, as far as the core has a part in it: it fetches nothing, so nothing makes it fetch.

use doorward::KeySet;
use serde_json::{Value, json};

use crate::{
    forger::verdict,
    provider::{KID, changed, provider},
};

/// Ten thousand tokens of keys that nobody has leave the set as it was.
#[test]
fn cve_2026_48524_ghsa_2gx3_rcp4_g85q_a_flood_of_unknown_kids() {
    let (keys, token) = (provider().keys(), provider().token());
    assert!(verdict(&keys, &token).is_ok());
    for number in 0..10_000 {
        let flood = format!("{}.e30.AAAA", segment(&json!({ "alg": "ES256", "kid": format!("random-{number}") })));
        assert_eq!(verdict(&keys, &flood).map_err(|error| error.code()), Err("key_not_found"));
    }
    assert!(verdict(&keys, &token).is_ok());
}

/// A key set is what it says, never where it lies: no address, whatever its scheme, is followed.
#[test]
fn ghsa_993g_76c3_p5m4_an_address_is_no_key_set() {
    for address in [
        "file:///etc/passwd",
        "http://idp.example.com/jwks.json",
        "https://idp.example.com/.well-known/jwks.json",
        "data:application/json,{\"keys\":[]}",
        "//idp.example.com/jwks.json",
        "/dev/stdin",
    ] {
        assert_eq!(KeySet::parse(address).expect_err("refused").description().code, "jwks_malformed", "{address}");
        let quoted = json!({ "keys": address }).to_string();
        assert_eq!(KeySet::parse(&quoted).expect_err("refused").description().code, "jwks_malformed", "{address}");
    }
}

/// A set is replaced as a whole: what the new one does not have is gone.
#[test]
fn ghsa_675f_rq2r_jw82_a_revoked_key_is_gone_with_its_set() {
    let token = provider().token();
    let before = json!({ "keys": [provider().jwk()] });
    let renamed = changed(provider().jwk(), "kid", json!("key-2"));
    for (after, code) in [
        (json!({ "keys": [] }), "key_not_found"),
        (json!({ "keys": [renamed] }), "key_not_found"),
        (json!({ "keys": [changed(provider().jwk(), "use", json!("enc"))] }), "key_unusable"),
    ] {
        let sets = [&before, &after, &before].map(|set| KeySet::parse(&set.to_string()).expect("a key set"));
        let verdicts = sets.map(|set| verdict(&set, &token).map_err(|error| error.code()));
        assert_eq!(verdicts, [Ok(0), Err(code), Ok(0)], "{KID}");
    }
}

/// A header as the first segment of a token.
fn segment(header: &Value) -> String {
    let token = provider().minter.sign(&header.to_string(), "{}");
    token.split('.').next().unwrap_or_default().into()
}
