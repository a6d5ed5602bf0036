//! Any text as options: what is no JSON object is refused, and a policy that is read judges.
#![no_main]

use doorward::Policy;
use fuzz::{ISSUER, RESOURCE, judge, jwks, token};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|options: &str| {
    let claims =
        format!(r#"{{"iss":"{ISSUER}","aud":["{RESOURCE}"],"sub":"user-1","exp":1767225700,"iat":1767225600}}"#);
    match Policy::from_options_unchecked_where_absent(options) {
        Ok(policy) => {
            judge(&token(br#"{"alg":"EdDSA","kid":"key-1"}"#, claims.as_bytes()), &jwks(), &policy);
        }
        Err(error) => {
            assert_eq!(error.description().code, "invalid_option");
            assert!(!error.to_string().contains('\n'), "an error is one line");
        }
    }
});
