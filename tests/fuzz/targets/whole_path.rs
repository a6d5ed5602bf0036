//! Token, key set and options with a zero byte between. A token of two segments is a header and a payload as
//! text, which are signed first, so that the way beyond the signature is walked as well.
#![no_main]

use doorward::Policy;
use fuzz::{judge, jwks, policy, token};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &str| {
    let mut parts = input.split('\0');
    let (Some(text), keys, options) = (parts.next(), parts.next(), parts.next()) else { return };
    let given = match options.map(Policy::from_options_unchecked_where_absent) {
        Some(Ok(given)) => given,
        Some(Err(_)) | None => policy(),
    };
    let text = match text.split_once("}{") {
        Some((header, payload)) => token(format!("{header}}}").as_bytes(), format!("{{{payload}").as_bytes()),
        None => text.into(),
    };
    let keys = keys.filter(|keys| !keys.is_empty()).map_or_else(jwks, Into::into);
    judge(&text, &keys, &given);
});
