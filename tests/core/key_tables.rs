//! What is computed of keys beforehand: when, how much of it is kept, and that it vouches for nobody.

use std::thread;

use doorward::{
    Access, Algorithm, KeySet, KeyTables, Rejection, UnixSeconds,
    limits::{MAX_KEY_TABLES_BYTES, WARM_KEY_USES},
    mint::Minter,
    verify,
};
use serde_json::json;

use crate::{
    forger::{decode, resigned, segments},
    provider::{NOW, Provider, claims, policy},
};

fn judged(token: &str, keys: &KeySet) -> Result<Access, Rejection> {
    verify(token, keys, &policy(), UnixSeconds::new(NOW))
}

fn altered_signature(token: &str) -> String {
    let mut signature = decode(segments(token)[2]);
    signature[40] ^= 1;
    resigned(token, &signature)
}

/// So many providers with a key each, all in one set, and a token of each.
fn crowd(algorithm: Algorithm, keys: usize) -> (KeySet, Vec<String>) {
    let minters: Vec<(String, Minter)> =
        (0..keys).map(|number| (format!("key-{number}"), Minter::generate(algorithm))).collect();
    let jwks: Vec<String> = minters.iter().map(|(kid, minter)| minter.jwk(kid)).collect();
    let tokens = minters.iter().map(|(kid, minter)| {
        let header = json!({ "alg": algorithm.name(), "kid": kid, "typ": "at+jwt" });
        minter.sign(&header.to_string(), &json!(claims()).to_string())
    });
    (KeySet::parse(&format!(r#"{{"keys":[{}]}}"#, jwks.join(","))).expect("a key set"), tokens.collect())
}

#[test]
fn a_key_is_prepared_when_a_token_names_it() {
    for algorithm in Algorithm::ALL {
        let provider = Provider::of(algorithm);
        let keys = provider.keys();
        assert!(keys.tables().is_empty() && keys.tables().bytes() == 0, "{algorithm}");
        judged(&provider.token(), &keys).unwrap();
        assert_eq!(keys.tables().len(), 1, "{algorithm}");
        assert!((100..20_000).contains(&keys.tables().bytes()), "{algorithm}: {}", keys.tables().bytes());
    }
}

#[test]
fn a_warm_key_is_prepared_better_and_judges_the_same() {
    for algorithm in [Algorithm::ES256, Algorithm::Ed25519] {
        let provider = Provider::of(algorithm);
        let keys = provider.keys();
        let (token, forged) = (provider.token(), altered_signature(&provider.token()));
        for _ in 1..WARM_KEY_USES {
            judged(&token, &keys).unwrap();
            assert_eq!(judged(&forged, &keys).unwrap_err(), Rejection::SignatureInvalid);
        }
        let before = keys.tables().bytes();
        for _ in 0..WARM_KEY_USES {
            assert_eq!(judged(&forged, &keys).unwrap_err(), Rejection::SignatureInvalid);
        }
        assert_eq!(keys.tables().bytes(), before, "{algorithm}: forgeries warm nothing");
        judged(&token, &keys).unwrap();
        assert!(keys.tables().bytes() > before + 50_000, "{algorithm}: {} bytes", keys.tables().bytes());
        let after = keys.tables().bytes();
        for _ in 0..2 * WARM_KEY_USES {
            judged(&token, &keys).unwrap();
            assert_eq!(judged(&forged, &keys).unwrap_err(), Rejection::SignatureInvalid);
        }
        assert_eq!(keys.tables().bytes(), after, "{algorithm}: once is enough");
    }
}

#[test]
fn tables_are_bounded_and_what_gives_way_is_made_anew() {
    let (keys, tokens) = crowd(Algorithm::ES256, 80);
    for token in &tokens {
        for _ in 0..WARM_KEY_USES {
            judged(token, &keys).unwrap();
            assert!(keys.tables().bytes() <= MAX_KEY_TABLES_BYTES);
        }
    }
    assert!((40..tokens.len()).contains(&keys.tables().len()), "{:?}", keys.tables());
    // A key in use all the time stays while the others come and go.
    let (favourite, others) = tokens.split_first().unwrap();
    for _ in 0..WARM_KEY_USES {
        judged(favourite, &keys).unwrap();
    }
    for other in others {
        judged(other, &keys).unwrap();
        judged(favourite, &keys).unwrap();
        assert!(keys.tables().bytes() <= MAX_KEY_TABLES_BYTES);
    }
}

/// A set that is fetched again finds its keys warm. Who is trusted is a matter of the set alone.
#[test]
fn shared_tables_vouch_for_nobody() {
    let (provider, other) = (Provider::of(Algorithm::ES256), Minter::generate(Algorithm::ES256));
    let tables = KeyTables::new();
    let set = |keys: &[String]| {
        let mut set = KeySet::parse(&format!(r#"{{"keys":[{}]}}"#, keys.join(","))).unwrap();
        set.share_tables(&tables);
        set
    };
    let jwk = serde_json::to_string(&provider.jwk()).unwrap();
    let token = provider.token();
    let yesterday = set(core::slice::from_ref(&jwk));
    for _ in 0..WARM_KEY_USES {
        judged(&token, &yesterday).unwrap();
    }
    let (bytes, keys) = (tables.bytes(), tables.len());
    let today = set(&[other.jwk("key-2"), jwk]);
    judged(&token, &today).unwrap();
    assert_eq!((tables.bytes(), tables.len()), (bytes, keys), "nothing was made anew");

    // The key is gone, or another has its name.
    assert_eq!(judged(&token, &set(&[other.jwk("key-2")])).unwrap_err().code(), "key_not_found");
    assert_eq!(judged(&token, &set(&[other.jwk("key-1")])).unwrap_err(), Rejection::SignatureInvalid);
}

#[test]
fn threads_share_a_set() {
    let (keys, tokens) = crowd(Algorithm::Ed25519, 4);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for token in tokens.iter().cycle().take(200) {
                    judged(token, &keys).unwrap();
                    assert_eq!(judged(&altered_signature(token), &keys).unwrap_err(), Rejection::SignatureInvalid);
                }
            });
        }
    });
    assert_eq!(keys.tables().len(), 4);
}
