//! Changes of any JSON object: names, values and what stands beside them.

use super::super::node::{Node, quoted};
use crate::random::Random;

type Names = [&'static str; 12];

macro_rules! names {
    ($of:literal) => {
        [
            concat!($of, ".duplicate.equal"),
            concat!($of, ".duplicate.other"),
            concat!($of, ".duplicate.escaped"),
            concat!($of, ".rename"),
            concat!($of, ".remove"),
            concat!($of, ".retype"),
            concat!($of, ".wrap"),
            concat!($of, ".escape"),
            concat!($of, ".surrogate"),
            concat!($of, ".number"),
            concat!($of, ".nest"),
            concat!($of, ".add"),
        ]
    };
}

pub(super) const NAMES_OF_HEADERS: Names = names!("header");
pub(super) const NAMES_OF_CLAIMS: Names = names!("claims");
pub(super) const NAMES_OF_KEY_SETS: Names = names!("jwks");

pub(super) fn of(names: Names, root: &mut Node, random: &mut Random) -> &'static str {
    let mut place = random.below(root.objects().max(1));
    let Some(members) = root.object(&mut place) else { return "none" };
    let at = random.below(members.len());
    let (name, value) = members[at].clone();
    let change = random.below(names.len());
    match change {
        0 => members.push((name, value)),
        1 => members.insert(random.below(members.len() + 1), (name, Node::Leaf(random.pick(&VALUES).into()))),
        2 => members.push((escaped(&name), value)),
        3 => {
            members[at].0 = match random.below(4) {
                0 => name.to_uppercase(),
                1 => name.replacen('"', "\" ", 1),
                2 => quoted("__proto__"),
                _ => quoted(""),
            }
        }
        4 => drop(members.remove(at)),
        5 => members[at].1 = Node::Leaf(random.pick(&VALUES).into()),
        6 if random.once_in(2) => members[at].1 = Node::Array([value].into()),
        6 => members[at].1 = Node::Object([(name, value)].into()),
        7 => {
            members[at].0 = escaped(&name);
            if let Node::Leaf(text) = &mut members[at].1 {
                *text = escaped(text);
            }
        }
        8 => {
            let texts = [r#""\ud800""#, r#""\udc00\ud800""#, r#""\uD83D\u0041""#, r#""a\udfff""#];
            members.push((quoted("extra"), Node::Leaf(random.pick(&texts).into())));
        }
        9 => members.push((quoted("extra"), Node::Leaf(random.pick(&NUMBERS).into()))),
        10 => {
            let depth = random.pick(&[2, 30, 61, 62, 63, 64, 65, 100, 140, 600]);
            let nested = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
            members.push((quoted("extra"), Node::Leaf(nested)));
        }
        _ => {
            let name = random.pick(&["extra", "__proto__", "constructor", "toJSON", "hasOwnProperty", ""]);
            members.push((quoted(name), Node::Leaf(random.pick(&VALUES).into())));
        }
    }
    names[change]
}

/// A text in quotes with its first character written as an escape.
fn escaped(text: &str) -> String {
    let Some(inner) = text.strip_prefix('"') else { return text.into() };
    let mut characters = inner.chars();
    match characters.next() {
        Some(first) if first != '"' && first != '\\' && u32::from(first) < 0x1_0000 => {
            format!("\"\\u{:04x}{}", u32::from(first), characters.as_str())
        }
        _ => text.into(),
    }
}

const VALUES: [&str; 16] = [
    "null",
    "true",
    "false",
    "0",
    "1",
    "-1",
    "1.5",
    "\"\"",
    "\"x\"",
    "\"RSA\"",
    "[]",
    "{}",
    "[null]",
    "{\"a\":{\"b\":[1,\"c\"]}}",
    "\"é😀\"",
    "1767225900",
];

const NUMBERS: [&str; 22] = [
    "01",
    "+1",
    "1.",
    ".5",
    "-",
    "-01",
    "1e",
    "1e+",
    "0x10",
    "NaN",
    "Infinity",
    "-Infinity",
    "1e400",
    "-1e400",
    "1_0",
    "1e-999",
    "0e0",
    "-0.0",
    "123456789012345678901234567890",
    "0.1e1",
    "1E5",
    "1e309",
];
