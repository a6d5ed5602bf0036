//! Base64url without padding (RFC 7515 section 2), canonical or refused.

use alloc::vec::Vec;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

/// The bytes that `text` encodes. `None` for any character outside the alphabet (padding, white space
/// and line breaks included), an impossible length, and bits left over at the end that are not zero:
/// of all spellings of the same bytes only one is accepted, so a token has one spelling.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    BASE64_URL_SAFE_NO_PAD.decode(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling_of_each_value() {
        assert_eq!(decode("").as_deref(), Some(&b""[..]));
        assert_eq!(decode("_-8").as_deref(), Some(&[0xff, 0xef][..]));
        for text in ["_", "_-8=", "_-8==", "_-9", "_-\n8", " _-8", "_-8 ", "/+8", "_-8.", "é", "\u{0}AAA", "AAAAA"] {
            assert_eq!(decode(text), None, "{text:?}");
        }
    }

    #[test]
    fn every_other_last_character_is_refused() {
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        let accepted = |length: usize| {
            alphabet.chars().filter(|last| decode(&alloc::format!("{}{last}", "A".repeat(length))).is_some()).count()
        };
        assert_eq!((accepted(1), accepted(2), accepted(3)), (4, 16, 64));
    }
}
