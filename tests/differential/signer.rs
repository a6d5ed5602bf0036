//! Private keys of every kind, made from the seed, and what they sign.

use doorward::Algorithm;
use p256::ecdsa::signature::{RandomizedSigner as _, Signer as _};
use rsa::{BigUint, Pkcs1v15Sign, Pss, RsaPrivateKey, traits::PublicKeyParts};
use serde_json::{Value, json};
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::{random::Random, reference::base64url::encode};

/// The algorithms that have signers here: those of every build, whatever its features.
pub(crate) const ALL: [Algorithm; 12] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::ES512,
    Algorithm::ES256K,
    Algorithm::EdDSA,
    Algorithm::Ed25519,
];

pub(crate) struct Signers {
    /// Those of the provider, and a second one of each for strangers.
    sets: [Set; 2],
}

struct Set {
    rsa: RsaPrivateKey,
    p256: p256::ecdsa::SigningKey,
    p384: p384::ecdsa::SigningKey,
    p521: p521::ecdsa::SigningKey,
    secp256k1: k256::ecdsa::SigningKey,
    ed25519: ed25519_dalek::SigningKey,
}

/// Whose key it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    Provider = 0,
    Stranger = 1,
}

impl Signers {
    pub(crate) fn generate(random: &mut Random) -> Self {
        let mut set = |exponent: u32| Set {
            rsa: RsaPrivateKey::new_with_exp(random, 2048, &BigUint::from(exponent)).expect("an RSA key is generated"),
            p256: p256::ecdsa::SigningKey::random(random),
            p384: p384::ecdsa::SigningKey::random(random),
            p521: p521::ecdsa::SigningKey::random(random),
            secp256k1: k256::ecdsa::SigningKey::random(random),
            ed25519: ed25519_dalek::SigningKey::from_bytes(&{
                let mut seed = [0; 32];
                rsa::rand_core::RngCore::fill_bytes(random, &mut seed);
                seed
            }),
        };
        Self { sets: [set(65_537), set(3)] }
    }

    /// The members that are the public key, without "kid", "alg" and "use".
    pub(crate) fn public(&self, owner: Owner, algorithm: Algorithm) -> Value {
        let set = &self.sets[owner as usize];
        let point =
            |curve: &str, x: &[u8], y: &[u8]| json!({ "kty": "EC", "crv": curve, "x": encode(x), "y": encode(y) });
        match algorithm.name() {
            "ES256" => {
                let key = set.p256.verifying_key().to_encoded_point(false);
                point("P-256", key.x().unwrap(), key.y().unwrap())
            }
            "ES384" => {
                let key = set.p384.verifying_key().to_encoded_point(false);
                point("P-384", key.x().unwrap(), key.y().unwrap())
            }
            "ES512" => {
                let key = p521::ecdsa::VerifyingKey::from(&set.p521).to_encoded_point(false);
                point("P-521", key.x().unwrap(), key.y().unwrap())
            }
            "ES256K" => {
                let key = set.secp256k1.verifying_key().to_encoded_point(false);
                point("secp256k1", key.x().unwrap(), key.y().unwrap())
            }
            "EdDSA" | "Ed25519" => {
                json!({ "kty": "OKP", "crv": "Ed25519", "x": encode(set.ed25519.verifying_key().as_bytes()) })
            }
            _ => json!({
                "kty": "RSA",
                "n": encode(&set.rsa.n().to_bytes_be()),
                "e": encode(&set.rsa.e().to_bytes_be()),
            }),
        }
    }

    /// A signature of `message`. PSS takes a salt of `salt` bytes, or of the length that RFC 7518 demands.
    pub(crate) fn sign(
        &self,
        owner: Owner,
        algorithm: Algorithm,
        message: &[u8],
        salt: Option<usize>,
        random: &mut Random,
    ) -> Vec<u8> {
        let set = &self.sets[owner as usize];
        let (sha256, sha384, sha512) = (Sha256::digest(message), Sha384::digest(message), Sha512::digest(message));
        let pss = |padding: Pss, digest: &[u8], random: &mut Random| {
            set.rsa.sign_with_rng(random, padding, digest).expect("it signs")
        };
        match algorithm.name() {
            "RS256" => set.rsa.sign(Pkcs1v15Sign::new::<Sha256>(), &sha256).expect("it signs"),
            "RS384" => set.rsa.sign(Pkcs1v15Sign::new::<Sha384>(), &sha384).expect("it signs"),
            "RS512" => set.rsa.sign(Pkcs1v15Sign::new::<Sha512>(), &sha512).expect("it signs"),
            "PS256" => pss(Pss::new_with_salt::<Sha256>(salt.unwrap_or(32)), &sha256, random),
            "PS384" => pss(Pss::new_with_salt::<Sha384>(salt.unwrap_or(48)), &sha384, random),
            "PS512" => pss(Pss::new_with_salt::<Sha512>(salt.unwrap_or(64)), &sha512, random),
            "ES256" => {
                let signature: p256::ecdsa::Signature = set.p256.sign(message);
                signature.to_bytes().to_vec()
            }
            "ES384" => {
                let signature: p384::ecdsa::Signature = set.p384.sign(message);
                signature.to_bytes().to_vec()
            }
            "ES512" => {
                let signature: p521::ecdsa::Signature = set.p521.sign_with_rng(random, message);
                signature.to_bytes().to_vec()
            }
            "ES256K" => {
                let signature: k256::ecdsa::Signature = set.secp256k1.sign(message);
                signature.to_bytes().to_vec()
            }
            _ => set.ed25519.sign(message).to_bytes().to_vec(),
        }
    }
}
