//! Changes of JSON as text: between, before and after what it says.

use crate::random::Random;

#[derive(Clone, Copy)]
pub(crate) enum Part {
    Header,
    Claims,
    KeySet,
}

pub(crate) fn of(part: Part, text: &mut Vec<u8>, random: &mut Random) -> &'static str {
    let change = random.below(NAMES[0].len());
    // A place where white space may stand: beside a bracket, a colon or a comma.
    let places: Vec<usize> = (0..text.len()).filter(|place| b"{}[]".contains(&text[*place])).collect();
    let place = if places.is_empty() { 0 } else { random.pick(&places) };
    let anywhere = random.below(text.len().max(1));
    match change {
        0 => insert(text, place, random.pick(&[&b" "[..], b"\t", b"\r\n", b"\n\n  "])),
        1 => insert(
            text,
            place,
            random.pick(&["\u{a0}", "\u{b}", "\u{c}", "\u{feff}", "\u{2028}", "\u{85}", "\0"]).as_bytes(),
        ),
        2 => insert(text, 0, "\u{feff}".as_bytes()),
        3 => text.extend(random.pick(&[&b"x"[..], b"{}", b"\0", b",", b"}", b"]", b"//"])),
        4 => text.extend(random.pick(&[&b" "[..], b"\n", b"\r\n\t "])),
        5 => text.truncate(random.below(text.len())),
        6 => insert(text, place, b"/**/"),
        7 => text[anywhere] = random.pick(&[0x80, 0xC0, 0xFF, 0xED]),
        8 => text[anywhere] ^= 1 << random.below(7),
        9 => drop(text.remove(anywhere)),
        10 => insert(text, anywhere, random.pick(&[&b"\""[..], b"\\", b",", b"\n", b":", b"{", b"\x01", b"\x7f"])),
        _ => *text = random.pick(&[&b""[..], b"null", b"[]", b"\"x\"", b"1", b"{}", b"[{}]", b"true"]).to_vec(),
    }
    NAMES[part as usize][change]
}

fn insert(text: &mut Vec<u8>, place: usize, addition: &[u8]) {
    drop(text.splice(place..place, addition.iter().copied()));
}

macro_rules! names {
    ($of:literal) => {
        [
            concat!($of, ".space"),
            concat!($of, ".space.foreign"),
            concat!($of, ".bom"),
            concat!($of, ".trailing"),
            concat!($of, ".trailing.space"),
            concat!($of, ".truncated"),
            concat!($of, ".comment"),
            concat!($of, ".utf8"),
            concat!($of, ".bit"),
            concat!($of, ".byte.removed"),
            concat!($of, ".byte.added"),
            concat!($of, ".replaced"),
        ]
    };
}

const NAMES: [[&str; 12]; 3] = [names!("header"), names!("claims"), names!("jwks")];
