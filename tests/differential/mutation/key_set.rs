//! Changes of the signing key as it is published, and of the set around it.

use rsa::BigUint;

use crate::{
    case::{Draft, KID, jwk},
    node::{Node, quoted},
    random::Random,
    reference::{base64url, curve},
    signer::{ALL, Owner},
};

pub(super) fn of(draft: &mut Draft<'_>, random: &mut Random) -> &'static str {
    match random.below(20) {
        0 => twin(draft, random),
        1 => crowd(draft, random),
        2 => {
            let text = random.pick(&STRANGERS);
            let Some(Node::Array(keys)) = draft.jwks.get("keys") else { return "none" };
            keys.insert(random.below(keys.len() + 1), Node::Leaf(text.into()));
            "key.beside"
        }
        3 => {
            let mut key = signing_key(draft);
            match random.below(3) {
                0 => key.remove("kid"),
                1 => key.set("kid", quoted(random.pick(&["", "key-2", "KEY-1"]))),
                _ => key.set("kid", random.pick(&["null", "1", "[]"])),
            }
            draft.jwks = key;
            "set.single.kid"
        }
        4 => {
            draft.jwks = signing_key(draft);
            "set.single"
        }
        5 => {
            let text = random.pick(&["[]", "null", "{}", "1", "\"\"", "[null]", "[[]]", "[\"x\"]"]);
            draft.jwks.set("keys", text);
            "set.keys"
        }
        6..=9 => with_signing_key(draft, |key| number(key, random)),
        10 => {
            let other = random.pick(&ALL).name();
            with_signing_key(draft, |key| {
                key.set("alg", quoted(other));
                "key.alg.other"
            })
        }
        _ => with_signing_key(draft, |key| {
            let (mutation, name, values) = random.pick(&ROWS);
            match random.pick(values) {
                "" => key.remove(name),
                value => key.set(name, value),
            }
            mutation
        }),
    }
}

/// A copy of the key that signs.
fn signing_key(draft: &mut Draft<'_>) -> Node {
    let keys = match draft.jwks.get("keys") {
        Some(Node::Array(keys)) => keys.clone(),
        _ => Vec::new(),
    };
    keys.into_iter()
        .find(|key| key.string("kid").as_deref() == Some(KID))
        .unwrap_or_else(|| Node::of(&jwk(draft.signers, Owner::Provider, draft.algorithm, KID)))
}

fn with_signing_key(draft: &mut Draft<'_>, change: impl FnOnce(&mut Node) -> &'static str) -> &'static str {
    let mut key = signing_key(draft);
    let name = change(&mut key);
    let Some(Node::Array(keys)) = draft.jwks.get("keys") else {
        draft.jwks = key;
        return name;
    };
    match keys.iter_mut().find(|key| key.string("kid").as_deref() == Some(KID)) {
        Some(place) => *place = key,
        None => keys.push(key),
    }
    name
}

/// Another key of the same name and algorithm, before or behind.
fn twin(draft: &mut Draft<'_>, random: &mut Random) -> &'static str {
    let mut key = Node::of(&jwk(draft.signers, Owner::Stranger, draft.algorithm, KID));
    let name = match random.below(3) {
        0 => {
            key.remove("alg");
            "key.twin"
        }
        1 => {
            key.set("kid", quoted("key-9"));
            draft.header.remove("kid");
            "key.choice"
        }
        _ => "key.twin",
    };
    let Some(Node::Array(keys)) = draft.jwks.get("keys") else { return "none" };
    keys.insert(random.below(keys.len() + 1), key);
    name
}

/// Several of the same name, around the number that is tried.
fn crowd(draft: &mut Draft<'_>, random: &mut Random) -> &'static str {
    let key = Node::of(&jwk(draft.signers, Owner::Stranger, draft.algorithm, KID));
    let Some(Node::Array(keys)) = draft.jwks.get("keys") else { return "none" };
    let count = random.pick(&[6, 7, 8, 9]);
    keys.splice(0..0, core::iter::repeat_n(key, count));
    "key.crowd"
}

/// A number of the key, written or chosen otherwise.
fn number(key: &mut Node, random: &mut Random) -> &'static str {
    let names: Vec<&str> = ["n", "e", "x", "y"].into_iter().filter(|name| key.string(name).is_some()).collect();
    if names.is_empty() {
        return "none";
    }
    let name = random.pick(&names);
    let text = key.string(name).unwrap();
    let bytes = base64url::decode(&text).unwrap_or_default();
    let mut write = |bytes: &[u8]| key.set(name, quoted(&base64url::encode(bytes)));
    match random.below(9) {
        0 => {
            write(&[&[0], bytes.as_slice()].concat());
            "key.number.zero"
        }
        1 => {
            write(bytes.get(1..).unwrap_or_default());
            "key.number.short"
        }
        2 => {
            write(&[bytes.as_slice(), &[0]].concat());
            "key.number.long"
        }
        3 => {
            let spelt = random.pick(&[
                format!("{text}="),
                format!(" {text}"),
                format!("{text}\n"),
                text.replace('-', "+").replace('_', "/"),
            ]);
            key.set(name, quoted(&spelt));
            "key.number.base64"
        }
        4 => {
            write(&[]);
            "key.number.empty"
        }
        5 => {
            key.set(name, random.pick(&["null", "1", "[]", "{}", ""]));
            "key.number.type"
        }
        6 if name == "e" => {
            let exponents: [&[u8]; 9] = [&[1], &[2], &[3], &[4], &[0], &[17], &[1, 0, 0], &[1; 32], &[1; 33]];
            write(random.pick(&exponents));
            "key.exponent"
        }
        6 if name == "n" => {
            let mut even = bytes.clone();
            if let Some(last) = even.last_mut() {
                *last &= 0xfe;
            }
            write(&random.pick(&[
                even,
                bytes[bytes.len() / 2..].to_vec(),
                [bytes.repeat(4), vec![1]].concat(),
                bytes.repeat(2),
            ]));
            "key.modulus"
        }
        6 => match curve::of_name(&key.string("crv").unwrap_or_default()) {
            // The same point under another number, where that fits: RFC 7518 section 6.2.1.2 has coordinates below p.
            Some(curve) => {
                let number = random.pick(&[
                    BigUint::from_bytes_be(&bytes) + &curve.prime,
                    &curve.prime - BigUint::from_bytes_be(&bytes),
                ]);
                let digits = number.to_bytes_be();
                let zeros = vec![0; bytes.len().saturating_sub(digits.len())];
                key.set(name, quoted(&base64url::encode(&[zeros, digits].concat())));
                "key.point"
            }
            None => {
                let mut point = random.pick(&SMALL_ORDER).map_or_else(
                    || vec![0xff; 32],
                    |first| {
                        let mut bytes = vec![0; 32];
                        bytes[0] = first;
                        bytes
                    },
                );
                point[31] |= random.pick(&[0, 0x80]);
                key.set(name, quoted(&base64url::encode(&point)));
                "key.small_order"
            }
        },
        7 => {
            write(&vec![random.pick(&[0, 0xff]); bytes.len()]);
            "key.number.filled"
        }
        _ => {
            let mut flipped = bytes.clone();
            if let Some(byte) = flipped.first_mut() {
                *byte ^= 1 << random.below(8);
            }
            write(&flipped);
            "key.number.bit"
        }
    }
}

/// First bytes of y, the others zero; `None` for all ones, which is above the prime.
const SMALL_ORDER: [Option<u8>; 3] = [Some(0), Some(1), None];

/// The mutation, the member, and what it becomes: JSON, or nothing for its removal.
const ROWS: [(&str, &str, &[&str]); 13] = [
    ("key.alg.absent", "alg", &[""]),
    ("key.alg.unknown", "alg", &["\"none\"", "\"HS256\"", "\"RSA-OAEP\"", "\"es256\"", "\"\""]),
    ("key.alg.type", "alg", &["null", "1", "[\"ES256\"]"]),
    ("key.use.absent", "use", &[""]),
    ("key.use.other", "use", &["\"enc\"", "\"SIG\"", "\"\"", "null", "1"]),
    ("key.key_ops.verify", "key_ops", &["[\"verify\"]", "[\"sign\",\"verify\"]", "[\"verify\",\"verify\"]"]),
    ("key.key_ops.other", "key_ops", &["[]", "[\"sign\"]", "\"verify\"", "null", "[\"verify\",1]", "{}"]),
    ("key.kid", "kid", &["", "null", "1", "\"key-2\"", "[\"key-1\"]"]),
    ("key.kty", "kty", &["", "null", "\"RSA\"", "\"EC\"", "\"OKP\"", "\"oct\"", "\"AKP\"", "\"rsa\""]),
    (
        "key.crv",
        "crv",
        &["", "null", "\"P-256\"", "\"P-384\"", "\"Ed25519\"", "\"X25519\"", "\"Ed448\"", "\"secp256k1\"", "\"p-256\""],
    ),
    ("key.private", "d", &["\"AQAB\"", "null", "\"\"", "1"]),
    ("key.private", "k", &["\"AQAB\"", "null"]),
    ("key.unknown", "ext", &["true", "false", "\"yes\"", "null"]),
];

const STRANGERS: [&str; 9] = [
    "null",
    "\"\"",
    "[]",
    "{}",
    "{\"kty\":\"oct\",\"k\":\"AA\",\"kid\":\"key-1\"}",
    "{\"kty\":\"AKP\",\"alg\":\"ML-DSA-44\",\"pub\":\"AA\"}",
    "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"AA\",\"kid\":\"key-1\"}",
    "{\"kty\":\"RSA\",\"n\":\"AQ\",\"e\":\"AQAB\",\"kid\":\"key-2\"}",
    "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"key-3\"}",
];
