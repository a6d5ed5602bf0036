//! Any text as a key set: every member is either usable or skipped, and each once.
#![no_main]

use doorward::KeySet;
use fuzz::{judge, policy, token};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|jwks: &str| {
    if let Ok(keys) = KeySet::parse(jwks) {
        let usable = keys.keys().iter().map(|key| key.index());
        let mut places: Vec<usize> = usable.chain(keys.skipped().iter().map(|key| key.index)).collect();
        places.sort_unstable();
        assert!(places.iter().copied().eq(0..places.len()));
    }
    for header in [&br#"{"alg":"EdDSA","kid":"key-1"}"#[..], br#"{"alg":"ES256"}"#, br#"{"alg":"RS256"}"#] {
        judge(&token(header, b"{}"), jwks, &policy());
    }
});
