//! What an attacker has: everything public, keys of their own, and arithmetic.

use std::sync::OnceLock;

use base64ct::{Base64, Base64UrlUnpadded, Encoding};
use doorward::{Algorithm, KeySet, Rejection, UnixSeconds, verify};
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use rsa::{
    BigUint, RsaPrivateKey, RsaPublicKey,
    pkcs1::EncodeRsaPublicKey,
    pkcs8::EncodePublicKey,
    rand_core::OsRng,
    traits::{PrivateKeyParts, PublicKeyParts},
};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::provider::{KID, NOW, Provider, claims, object, policy, provider};

/// The code with which a token of the sample provider is refused; `None` when it is let in.
pub(crate) fn refusal(token: &str) -> Option<&'static str> {
    provider().verify(token).err().map(|rejection| rejection.code())
}

/// The same with these keys, given as they would stand in a set.
pub(crate) fn refusal_with(keys: Vec<Value>, token: &str) -> Option<&'static str> {
    verdict(&set(keys), token).err().map(|rejection| rejection.code())
}

pub(crate) fn verdict(keys: &KeySet, token: &str) -> Result<usize, Rejection> {
    verify(token, keys, &policy(), UnixSeconds::new(NOW)).map(|access| access.key().index)
}

pub(crate) fn set(keys: Vec<Value>) -> KeySet {
    KeySet::parse(&json!({ "keys": keys }).to_string()).expect("a key set")
}

pub(crate) fn encode(bytes: impl AsRef<[u8]>) -> String {
    Base64UrlUnpadded::encode_string(bytes.as_ref())
}

pub(crate) fn decode(text: &str) -> Vec<u8> {
    Base64UrlUnpadded::decode_vec(text).expect("base64url")
}

/// The three segments of a token.
pub(crate) fn segments(token: &str) -> [&str; 3] {
    token.split('.').collect::<Vec<_>>().try_into().expect("three segments")
}

/// `token` with another signature.
pub(crate) fn resigned(token: &str, signature: &[u8]) -> String {
    let (signed, _) = token.rsplit_once('.').expect("three segments");
    format!("{signed}.{}", encode(signature))
}

/// A token without any signature, of these texts and the sample claims.
pub(crate) fn unsigned(header: &str) -> String {
    format!("{}.{}.", encode(header), encode(json!(claims()).to_string()))
}

/// What a verifier would accept that takes `secret` for a shared one: HS256 over the sample claims.
pub(crate) fn with_shared_secret(secret: &[u8]) -> String {
    let header = json!({ "alg": "HS256", "kid": KID, "typ": "at+jwt" }).to_string();
    let signed = format!("{}.{}", encode(header), encode(json!(claims()).to_string()));
    format!("{signed}.{}", encode(hmac_sha256(secret, signed.as_bytes())))
}

/// RFC 2104: this crate has none.
pub(crate) fn hmac_sha256(secret: &[u8], message: &[u8]) -> [u8; 32] {
    let mut key = [0; 64];
    if secret.len() > key.len() {
        key[..32].copy_from_slice(&Sha256::digest(secret));
    } else {
        key[..secret.len()].copy_from_slice(secret);
    }
    let inner = Sha256::new().chain_update(key.map(|byte| byte ^ 0x36)).chain_update(message).finalize();
    Sha256::new().chain_update(key.map(|byte| byte ^ 0x5c)).chain_update(inner).finalize().into()
}

/// The public key of the sample provider for RS256 in the forms in which it is passed around.
pub(crate) struct PublicForms {
    pub(crate) spki: Vec<u8>,
    pub(crate) pkcs1: Vec<u8>,
}

impl PublicForms {
    pub(crate) fn of(provider: &Provider) -> Self {
        let jwk = provider.jwk();
        let number = |member| BigUint::from_bytes_be(&decode(jwk[member].as_str().expect("a number")));
        let key = RsaPublicKey::new(number("n"), number("e")).expect("a key");
        Self {
            spki: key.to_public_key_der().expect("an SPKI").into_vec(),
            pkcs1: key.to_pkcs1_der().expect("a PKCS #1 key").as_bytes().to_vec(),
        }
    }

    pub(crate) fn spki_pem(&self) -> String {
        pem("PUBLIC KEY", &self.spki)
    }

    pub(crate) fn pkcs1_pem(&self) -> String {
        pem("RSA PUBLIC KEY", &self.pkcs1)
    }
}

fn pem(label: &str, der: &[u8]) -> String {
    let text = Base64::encode_string(der);
    let lines: Vec<&str> = text.as_bytes().chunks(64).map(|line| str::from_utf8(line).expect("ASCII")).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

/// An ES256 key that signs bytes, also such as are no text.
pub(crate) struct ByteSigner(SigningKey);

impl ByteSigner {
    pub(crate) fn new() -> Self {
        Self(SigningKey::from_slice(&[7; 32]).expect("a scalar"))
    }

    pub(crate) fn jwk(&self) -> Map<String, Value> {
        let point = self.0.verifying_key().to_encoded_point(false);
        let (x, y) = (point.x().expect("x"), point.y().expect("y"));
        object(json!({ "kty": "EC", "crv": "P-256", "kid": KID, "alg": "ES256", "x": encode(x), "y": encode(y) }))
    }

    pub(crate) fn sign(&self, header: &[u8], payload: &[u8]) -> String {
        let signed = format!("{}.{}", encode(header), encode(payload));
        let signature: Signature = self.0.sign(signed.as_bytes());
        format!("{signed}.{}", encode(signature.to_bytes()))
    }
}

/// An RSA key with the exponent 3, which some still have and which forgers like best.
pub(crate) struct RawRsa {
    key: RsaPrivateKey,
}

impl RawRsa {
    pub(crate) fn with_exponent_3() -> &'static Self {
        static KEY: OnceLock<RawRsa> = OnceLock::new();
        KEY.get_or_init(|| Self {
            key: RsaPrivateKey::new_with_exp(&mut OsRng, 2048, &BigUint::from(3_u8)).expect("a key"),
        })
    }

    pub(crate) fn private(&self) -> &RsaPrivateKey {
        &self.key
    }

    pub(crate) fn modulus(&self) -> &BigUint {
        self.key.n()
    }

    pub(crate) fn jwk(&self) -> Value {
        json!({ "kty": "RSA", "kid": KID, "n": encode(self.key.n().to_bytes_be()), "e": encode([3]) })
    }

    /// RSASP1 (RFC 8017 section 5.2.1) of an encoded message, whatever it is.
    pub(crate) fn raw(&self, encoded: &[u8]) -> Vec<u8> {
        padded(&BigUint::from_bytes_be(encoded).modpow(self.key.d(), self.key.n()))
    }
}

/// As long as the modulus.
pub(crate) fn padded(number: &BigUint) -> Vec<u8> {
    let bytes = number.to_bytes_be();
    [vec![0; 256 - bytes.len()], bytes].concat()
}

/// The signed text of a sample token for `algorithm`, told apart by `number`.
pub(crate) fn signing_input(algorithm: Algorithm, number: usize) -> String {
    let header = json!({ "alg": algorithm.name(), "kid": KID }).to_string();
    let claims = crate::provider::changed(claims(), "jti", json!(number.to_string()));
    format!("{}.{}", encode(header), encode(json!(claims).to_string()))
}

/// RFC 7515 appendix A.1, so that a forgery with a shared secret is one.
#[test]
fn the_shared_secret_of_the_forger_works() {
    let secret = decode("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow");
    let signed = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9\
        leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    assert_eq!(encode(hmac_sha256(&secret, signed.as_bytes())), "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
}
