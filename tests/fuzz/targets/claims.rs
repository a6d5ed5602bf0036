//! Any bytes as a payload, under a signature that holds: it comes out as it went in.
#![no_main]

use doorward::{KeySet, decode_unverified, verify_signature};
use fuzz::{judge, jwks, policy, token};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|payload: &[u8]| {
    let token = token(br#"{"alg":"EdDSA","kid":"key-1","typ":"at+jwt"}"#, payload);
    let keys = KeySet::parse(&jwks()).expect("a key set");
    match verify_signature(&token, &keys, &policy()) {
        Ok(verified) => assert_eq!(verified.payload(), payload),
        Err(rejection) => assert_eq!(rejection.code(), "token_too_large"),
    }
    if let Ok((_, claims)) = decode_unverified(&token) {
        assert_eq!(claims.json().as_bytes(), payload);
    }
    judge(&token, &jwks(), &policy());
});
