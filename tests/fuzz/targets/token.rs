//! Any text as a token: what decodes is, encoded again, the very same text.
#![no_main]

use doorward::decode_unverified;
use fuzz::{encode, judge, jwks, policy};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|token: &str| {
    if let Ok((header, claims)) = decode_unverified(token) {
        let segments: Vec<&str> = token.split('.').collect();
        assert_eq!(segments.len(), 3);
        assert_eq!(segments[0], encode(header.json().as_bytes()));
        assert_eq!(segments[1], encode(claims.json().as_bytes()));
    }
    judge(token, &jwks(), &policy());
});
