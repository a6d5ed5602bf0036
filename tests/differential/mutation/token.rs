//! Changes of the token's text, after it was signed.

use crate::random::Random;

pub(crate) fn of(token: &mut String, random: &mut Random) -> &'static str {
    let segment = random.below(3);
    let segments: Vec<String> = token.split('.').map(Into::into).collect();
    let anywhere = random.below(token.len());
    let change = random.below(16);
    let with = |changed: String| {
        let mut segments = segments.clone();
        segments[segment] = changed;
        segments.join(".")
    };
    let chosen = &segments[segment];
    let (name, changed) = match change {
        0 => ("token.padding", with(format!("{chosen}{}", random.pick(&["=", "==", "==="])))),
        1 => ("token.bits", with(last_bits(chosen, random))),
        2 => ("token.alphabet", with(chosen.replace('-', "+").replace('_', "/"))),
        3 => {
            let mut text = token.clone();
            text.insert(anywhere, random.pick(&[' ', '\n', '\r', '\t', '\0', '=', '%', '\u{a0}', 'é', '\u{200b}']));
            ("token.inserted", text)
        }
        4 => (
            "token.around",
            random.pick(&[format!(" {token}"), format!("{token}\n"), format!("{token} "), format!("\t{token}")]),
        ),
        5 => ("token.scheme", format!("{}{token}", random.pick(&["Bearer ", "bearer ", "Bearer", "DPoP "]))),
        6 => ("token.segment.absent", [&segments[..segment], &segments[segment + 1..]].concat().join(".")),
        7 => ("token.segment.empty", with(String::new())),
        8 => {
            ("token.segment.added", format!("{token}{}", random.pick(&[".", "..", ".e30", ".e30.e30", ".e30.e30.e30"])))
        }
        9 => {
            let mut swapped = segments.clone();
            swapped.swap(segment, (segment + 1) % 3);
            ("token.segment.swapped", swapped.join("."))
        }
        10 => (
            "token.json",
            format!(r#"{{"protected":"{}","payload":"{}","signature":"{}"}}"#, segments[0], segments[1], segments[2]),
        ),
        11 => ("token.truncated", token.chars().take(anywhere).collect()),
        12 => {
            let mut text: Vec<char> = token.chars().collect();
            text[anywhere] = random.pick(&['A', 'B', 'Q', 'g', 'w', '0', '_', '-', '.']);
            ("token.character", text.into_iter().collect())
        }
        13 => ("token.long", with(format!("{chosen}{}", "A".repeat(random.pick(&[4, 16_000, 17_000]))))),
        14 => ("token.doubled", with(format!("{chosen}{chosen}"))),
        _ => ("token.one_more", with(format!("{chosen}{}", random.pick(&["A", "AA", "AAA", "AAAA"])))),
    };
    *token = changed;
    name
}

/// The same bytes with other bits behind their end, where the segment's length leaves any.
fn last_bits(segment: &str, random: &mut Random) -> String {
    let unused = match segment.len() % 4 {
        2 => 4,
        3 => 2,
        _ => 0,
    };
    let mut text = segment.as_bytes().to_vec();
    if let Some(last) = text.last_mut() {
        let value = ALPHABET.iter().position(|character| character == last).unwrap_or(0);
        *last = ALPHABET[value ^ random.below(1 << unused)];
    }
    String::from_utf8(text).unwrap()
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
