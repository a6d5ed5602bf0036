//! Base64url without padding (RFC 7515 section 2), canonical or refused.

use alloc::vec::Vec;

/// The bytes that `text` encodes. `None` for any character outside the alphabet (padding, white space
/// and line breaks included), an impossible length, and bits left over at the end that are not zero:
/// of all spellings of the same bytes only one is accepted, so a token has one spelling.
///
/// A token is no secret of ours: that this takes another time for other characters tells nothing.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let (groups, rest) = text.as_bytes().as_chunks::<4>();
    let mut bytes = alloc::vec![0; text.len().saturating_mul(3) / 4];
    let (whole, last) = bytes.as_chunks_mut::<3>();
    let (mut seen, mut left_over) = (0, 0);
    for (to, group) in whole.iter_mut().zip(groups) {
        let [a, b, c, d] = group.map(value);
        seen |= a | b | c | d;
        *to = [a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d];
    }
    // One character more holds less than a byte.
    match (rest, last) {
        ([], []) => {}
        (&[a, b], [first]) => {
            let [a, b] = [a, b].map(value);
            seen |= a | b;
            left_over = b & 0x0f;
            *first = a << 2 | b >> 4;
        }
        (&[a, b, c], [first, second]) => {
            let [a, b, c] = [a, b, c].map(value);
            seen |= a | b | c;
            left_over = c & 0x03;
            [*first, *second] = [a << 2 | b >> 4, b << 4 | c >> 2];
        }
        _ => return None,
    }
    (seen < OUTSIDE && left_over == 0).then_some(bytes)
}

/// The six bits that a character stands for, or more than that of one outside the alphabet.
fn value(character: u8) -> u8 {
    VALUES.get(usize::from(character)).copied().unwrap_or(OUTSIDE)
}

const OUTSIDE: u8 = 0x40;

#[expect(
    clippy::as_conversions,
    clippy::indexing_slicing,
    reason = "made when this is compiled: a mistake fails there"
)]
const VALUES: [u8; 256] = {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut values = [OUTSIDE; 256];
    let mut value = 0_u8;
    while value < OUTSIDE {
        values[alphabet[value as usize] as usize] = value;
        value += 1;
    }
    values
};

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use base64ct::{Base64UrlUnpadded, Encoding};

    use super::*;

    #[test]
    fn one_spelling_of_each_value() {
        assert_eq!(decode("").as_deref(), Some(&b""[..]));
        assert_eq!(decode("_-8").as_deref(), Some(&[0xff, 0xef][..]));
        for text in ["_", "_-8=", "_-8==", "_-9", "_-\n8", " _-8", "_-8 ", "/+8", "_-8.", "é", "\u{0}AAA", "AAAAA"] {
            assert_eq!(decode(text), None, "{text:?}");
        }
    }

    /// With one byte of each text changed to each other byte, so that it is no encoding any more, or of something else.
    #[test]
    fn the_same_as_another_decoder() {
        let mut counts = (0, 0);
        for length in 0..=32_u8 {
            let bytes: Vec<u8> = (0..length).map(|place| place.wrapping_mul(37).wrapping_add(length)).collect();
            let text = Base64UrlUnpadded::encode_string(&bytes);
            assert_eq!(decode(&text), Some(bytes));
            for place in 0..text.len() {
                for other in 0..=0x7f_u8 {
                    let mut changed = text.clone().into_bytes();
                    changed[place] = other;
                    let changed = String::from_utf8(changed).unwrap();
                    let decoded = decode(&changed);
                    assert_eq!(decoded, Base64UrlUnpadded::decode_vec(&changed).ok(), "{changed:?}");
                    if decoded.is_some() { counts.0 += 1 } else { counts.1 += 1 }
                }
            }
        }
        assert_eq!(counts, (44_572, 46_948));
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
