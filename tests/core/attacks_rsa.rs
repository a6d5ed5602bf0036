//! RSA: forged paddings, signatures with a second spelling, and weak keys.

use doorward::{Algorithm, KeyFault};
use rsa::{
    BigUint, pss,
    rand_core::OsRng,
    signature::{RandomizedSigner, SignatureEncoding, Signer},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::{
    forger::{RawRsa, encode, padded, refusal_with, set, signing_input},
    provider::{Provider, changed},
};

const INVALID: Option<&str> = Some("signature_invalid");

/// The DigestInfo of SHA-256 up to the hash (RFC 8017 section 9.2 note 1).
const SHA256_PREFIX: [u8; 19] =
    [0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20];

fn code(signed: &str, signature: &[u8]) -> Option<&'static str> {
    refusal_with(vec![RawRsa::with_exponent_3().jwk()], &format!("{signed}.{}", encode(signature)))
}

/// EMSA-PKCS1-v1_5 (RFC 8017 section 9.2) with `filling` in place of DigestInfo and hash, 256 bytes long.
fn encoded(filling: &[u8]) -> Vec<u8> {
    [&[0, 1], &vec![0xff; 253 - filling.len()][..], &[0], filling].concat()
}

fn digest_info(signed: &str) -> Vec<u8> {
    [&SHA256_PREFIX[..], &Sha256::digest(signed)].concat()
}

/// Every padding below is signed with the right key: nothing but its form is wrong.
#[test]
fn cve_2006_4339_padding_that_is_not_compared_as_a_whole() {
    let signed = signing_input(Algorithm::RS256, 0);
    let key = RawRsa::with_exponent_3();
    let info = digest_info(&signed);
    assert_eq!(code(&signed, &key.raw(&encoded(&info))), None);

    let right = encoded(&info);
    let at = |place: usize, byte: u8| {
        let mut changed = right.clone();
        changed[place] = byte;
        changed
    };
    let garbage_after = |ones: usize| {
        let head = [&[0, 1], &vec![0xff; ones][..], &[0], &info].concat();
        [&head[..], &vec![0xaa; 256 - head.len()]].concat()
    };
    let hash = Sha256::digest(&signed);
    let rows = [
        ("garbage behind the hash", garbage_after(8)),
        ("garbage behind the hash and one byte of padding less", garbage_after(201)),
        ("zeros behind the hash", [&encoded(&info)[1..], &[0]].concat()),
        ("no padding", garbage_after(0)),
        ("a zero more in front", [&[0], &right[..255]].concat()),
        ("block type 0", at(1, 0)),
        ("block type 2", at(1, 2)),
        ("a first byte that is not zero", at(0, 1)),
        ("another byte in the padding", at(100, 0xfe)),
        ("the padding ends early", at(100, 0)),
        ("the padding does not end", at(204, 0xff)),
        ("the hash alone", encoded(&hash)),
        ("the message alone", encoded(&signed.as_bytes()[..200])),
        ("nothing", encoded(&[])),
    ];
    for (name, padding) in rows {
        assert_eq!(padding.len(), 256, "{name}");
        assert_eq!(code(&signed, &key.raw(&padding)), INVALID, "{name}");
    }
}

#[test]
fn cve_2014_1568_digest_info_in_other_encodings() {
    let signed = signing_input(Algorithm::RS256, 0);
    let key = RawRsa::with_exponent_3();
    let hash = Sha256::digest(&signed);
    let oid = &SHA256_PREFIX[4..15];
    let wrap = |prefix: &[u8], inner: &[&[u8]]| [prefix, &inner.concat()].concat();
    let rows = [
        ("a length in two bytes", wrap(&[0x30, 0x81, 0x31], &[&SHA256_PREFIX[2..], &hash])),
        ("a length in three bytes", wrap(&[0x30, 0x82, 0, 0x31], &[&SHA256_PREFIX[2..], &hash])),
        ("a length of the hash in two bytes", wrap(&[0x30, 0x32], &[&SHA256_PREFIX[2..17], &[4, 0x81, 0x20], &hash])),
        ("no parameters", wrap(&[0x30, 0x2f, 0x30, 0x0b], &[oid, &[4, 0x20], &hash])),
        ("garbage as parameters", wrap(&[0x30, 0x35, 0x30, 0x11], &[oid, &[4, 4, 1, 2, 3, 4], &[4, 0x20], &hash])),
        ("garbage inside", wrap(&[0x30, 0x35], &[&SHA256_PREFIX[2..], &hash, &[1, 2, 3, 4]])),
        (
            "the name of SHA-1",
            wrap(&[0x30, 0x21, 0x30, 9, 6, 5, 0x2b, 0x0e, 3, 2, 0x1a, 5, 0, 4, 0x14], &[&hash[..20]]),
        ),
        ("the name of SHA-512", {
            let mut info = digest_info(&signed);
            info[14] = 3;
            info
        }),
        ("SHA-384", wrap(&SHA256_PREFIX, &[&Sha384::digest(&signed)])),
        ("SHA-512", wrap(&SHA256_PREFIX, &[&Sha512::digest(&signed)])),
        ("the hash of another message", digest_info("another")),
    ];
    for (name, info) in rows {
        assert_eq!(code(&signed, &key.raw(&encoded(&info))), INVALID, "{name}");
    }
    assert_eq!(code(&signed, &key.raw(&encoded(&digest_info(&signed)))), None);
}

/// With the exponent 3 a number whose cube begins as it should is found without any key.
#[test]
fn cve_2006_4339_cube_root_with_exponent_3() {
    let signed = signing_input(Algorithm::RS256, 0);
    let head = [&[0, 1], &[0xff; 8][..], &[0], &digest_info(&signed)].concat();
    let behind = 8 * (256 - head.len());
    let lowest = BigUint::from_bytes_be(&head) << behind;
    let root = cube_root_above(&lowest);
    let cube = &root * &root * &root;
    assert_eq!(padded(&cube)[..head.len()], head, "the forgery is a good one");
    assert_eq!(code(&signed, &padded(&root)), INVALID);
    assert_eq!(code(&signed, &root.to_bytes_be()), INVALID);
    for trivial in [0_u8, 1, 2] {
        assert_eq!(code(&signed, &padded(&BigUint::from(trivial))), INVALID);
    }
}

/// The smallest number whose cube is at least `number`.
fn cube_root_above(number: &BigUint) -> BigUint {
    let one = BigUint::from(1_u8);
    let mut root = BigUint::from(0_u8);
    for bit in (0..number.bits() / 3 + 1).rev() {
        let tried = &root + (&one << bit);
        if &(&tried * &tried * &tried) <= number {
            root = tried;
        }
    }
    root + one
}

/// A signature as long as the modulus and below it: each has one spelling (RFC 8017 section 8).
#[test]
fn rsa_signatures_have_one_spelling() {
    let key = RawRsa::with_exponent_3();
    let space = BigUint::from(1_u8) << 2048;
    for algorithm in [Algorithm::RS256, Algorithm::PS256] {
        let (mut above, mut shorter) = (0, 0);
        for number in 0..4000 {
            let signed = signing_input(algorithm, number);
            let signature = match algorithm {
                Algorithm::RS256 => key.raw(&encoded(&digest_info(&signed))),
                _ => pss::SigningKey::<Sha256>::new(key.private().clone())
                    .sign_with_rng(&mut OsRng, signed.as_bytes())
                    .to_vec(),
            };
            let more = BigUint::from_bytes_be(&signature) + key.modulus();
            if above == 0 && more < space {
                assert_eq!(code(&signed, &padded(&more)), INVALID, "{algorithm}: above the modulus");
                above += 1;
            }
            if number == 0 {
                assert_eq!(code(&signed, &signature), None, "{algorithm}");
                assert_eq!(code(&signed, &[&[0], &signature[..]].concat()), INVALID, "{algorithm}: a zero in front");
                assert_eq!(code(&signed, &[&signature[..], &[0]].concat()), INVALID, "{algorithm}: a zero behind");
                let twice = [&more.to_bytes_be()[..], &signature].concat();
                assert_eq!(code(&signed, &twice), INVALID, "{algorithm}: much too long");
                let negated = padded(&(key.modulus() - BigUint::from_bytes_be(&signature)));
                assert_eq!(code(&signed, &negated), INVALID, "{algorithm}: n - s");
            }
            if signature[0] == 0 {
                assert_eq!(code(&signed, &signature), None, "{algorithm}: a zero that belongs there");
                assert_eq!(code(&signed, &signature[1..]), INVALID, "{algorithm}: and that is left out");
                shorter += 1;
            }
            if above > 0 && shorter > 0 {
                break;
            }
        }
        assert!(above > 0 && shorter > 0, "{algorithm}: both were tried");
    }
}

#[test]
fn pss_with_another_salt_or_as_the_other_scheme() {
    let key = RawRsa::with_exponent_3();
    let signed = signing_input(Algorithm::PS256, 0);
    let with_salt = |length| {
        pss::SigningKey::<Sha256>::new_with_salt_len(key.private().clone(), length)
            .sign_with_rng(&mut OsRng, signed.as_bytes())
            .to_vec()
    };
    assert_eq!(code(&signed, &with_salt(32)), None);
    // RFC 7518 section 3.5: the size of the salt value is the same size as the hash function output.
    for length in [0, 1, 20, 31, 33, 48, 64, 222] {
        assert_eq!(code(&signed, &with_salt(length)), INVALID, "{length}");
    }
    let pkcs1 = rsa::pkcs1v15::SigningKey::<Sha256>::new(key.private().clone());
    assert_eq!(code(&signed, &pkcs1.sign(signed.as_bytes()).to_vec()), INVALID);
    let as_rs256 = signing_input(Algorithm::RS256, 0);
    let pss = pss::SigningKey::<Sha256>::new(key.private().clone());
    assert_eq!(code(&as_rs256, &pss.sign_with_rng(&mut OsRng, as_rs256.as_bytes()).to_vec()), INVALID);
    let other_hash = pss::SigningKey::<Sha384>::new(key.private().clone());
    assert_eq!(code(&signed, &other_hash.sign_with_rng(&mut OsRng, signed.as_bytes()).to_vec()), INVALID);
}

/// The key of a token that is otherwise fine, with one number replaced.
fn weak(member: &str, number: &[u8], expected: &KeyFault) {
    let provider = Provider::of(Algorithm::RS256);
    let key = Value::from(changed(provider.jwk(), member, json!(encode(number))));
    assert_eq!(refusal_with(vec![key.clone()], &provider.token()), Some("key_unusable"), "{expected}");
    assert_eq!(set(vec![key]).skipped()[0].fault, *expected);
}

#[test]
fn cve_2022_23539_weak_rsa_keys() {
    assert_eq!(Provider::of(Algorithm::RS256).verify(&Provider::of(Algorithm::RS256).token()).err(), None);
    for bits in [8, 512, 768, 1024, 1536, 2040] {
        weak("n", &vec![0xff; bits / 8], &KeyFault::RsaWeak { bits });
    }
    weak("n", &[&[0x7f][..], &[0xff; 255]].concat(), &KeyFault::RsaWeak { bits: 2047 });
    weak("n", &[&[0xff; 255][..], &[0xfe]].concat(), &KeyFault::RsaModulusEven);
    weak("n", &[&[1][..], &[0xff; 1024]].concat(), &KeyFault::RsaTooLarge { bits: 8200 });
    weak("n", &vec![0xff; 100_000], &KeyFault::RsaTooLarge { bits: 800_000 });
    for exponent in [&[1][..], &[2], &[4], &[1, 0, 0], &[0xff; 33]] {
        weak("e", exponent, &KeyFault::RsaExponent);
    }
    // 3 is not forbidden: it is safe where the padding is compared as a whole, which is tested above.
    assert!(set(vec![RawRsa::with_exponent_3().jwk()]).skipped().is_empty());
}

/// A key of a broken generator (ROCA) is no shorter than others: it is not recognized, and the README says whom
/// to trust. What is too short to be of use is refused, as that of the published examples.
#[test]
fn cve_2017_15361_keys_of_a_broken_generator_are_for_the_provider_to_avoid() {
    weak("n", &[0x8f; 64], &KeyFault::RsaWeak { bits: 512 });
    let readme = crate::vectors::read("README.md");
    assert!(readme.contains("**Trusted:** the issuer and its private keys"));
}
