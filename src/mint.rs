//! Keys and tokens for the demo page, the command line and the tests: the signing side of jwt-compact.
//! Behind the feature `mint`, apart from everything that verifies.

use alloc::{borrow::Cow, boxed::Box, format, string::String, vec::Vec};

use base64ct::{Base64UrlUnpadded, Encoding};
use jwt_compact::{
    AlgorithmSignature as _,
    alg::{Ed25519, Es256, Es256k, ModulusBits, Rsa},
    jwk::JsonWebKey,
};
use p256::ecdsa::signature::{RandomizedSigner, SignatureEncoding};
use rsa::rand_core::{OsRng, RngCore};
use serde_json::Value;

use crate::jose::algorithm::Algorithm;

/// A fresh private key, which signs whatever it is given: also what no issuer would sign.
pub struct Minter {
    algorithm: Algorithm,
    public: Value,
    sign: Signer,
}

/// From a message to its signature, with the private key inside.
type Signer = Box<dyn Fn(&[u8]) -> Vec<u8> + Send + Sync>;

impl Minter {
    /// Generates a key for `algorithm`, with randomness from the operating system or the browser. RSA
    /// keys have 2048 bits.
    ///
    /// # Panics
    ///
    /// Where there is no source of randomness.
    #[must_use]
    pub fn generate(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::RS256 => Self::rsa(algorithm, Rsa::rs256()),
            Algorithm::RS384 => Self::rsa(algorithm, Rsa::rs384()),
            Algorithm::RS512 => Self::rsa(algorithm, Rsa::rs512()),
            Algorithm::PS256 => Self::rsa(algorithm, Rsa::ps256()),
            Algorithm::PS384 => Self::rsa(algorithm, Rsa::ps384()),
            Algorithm::PS512 => Self::rsa(algorithm, Rsa::ps512()),
            Algorithm::ES256 => {
                let key = p256::ecdsa::SigningKey::random(&mut OsRng);
                let public = *key.verifying_key();
                Self::new(algorithm, &(&public).into(), Es256, key)
            }
            Algorithm::ES384 => {
                let key = p384::ecdsa::SigningKey::random(&mut OsRng);
                let point = key.verifying_key().to_encoded_point(false);
                let sign = move |message: &[u8]| {
                    let signature: p384::ecdsa::Signature = key.sign_with_rng(&mut OsRng, message);
                    signature.to_vec()
                };
                Self { algorithm, public: elliptic("P-384", point.x(), point.y()), sign: Box::new(sign) }
            }
            Algorithm::ES512 => {
                let key = p521::ecdsa::SigningKey::random(&mut OsRng);
                let point = p521::ecdsa::VerifyingKey::from(&key).to_encoded_point(false);
                let sign = move |message: &[u8]| {
                    let signature: p521::ecdsa::Signature = key.sign_with_rng(&mut OsRng, message);
                    signature.to_vec()
                };
                Self { algorithm, public: elliptic("P-521", point.x(), point.y()), sign: Box::new(sign) }
            }
            Algorithm::ES256K => {
                let key = k256::ecdsa::SigningKey::random(&mut OsRng);
                let public = *key.verifying_key();
                Self::new(algorithm, &(&public).into(), Es256k::<sha2::Sha256>::default(), key)
            }
            Algorithm::EdDSA | Algorithm::Ed25519 => {
                let mut seed = [0; 32];
                OsRng.fill_bytes(&mut seed);
                let key = ed25519_dalek::SigningKey::from_bytes(&seed);
                Self::new(algorithm, &(&key.verifying_key()).into(), Ed25519, key)
            }
            #[cfg(feature = "ml-dsa")]
            Algorithm::MlDsa44 => Self::ml_dsa::<ml_dsa::MlDsa44>(algorithm),
            #[cfg(feature = "ml-dsa")]
            Algorithm::MlDsa65 => Self::ml_dsa::<ml_dsa::MlDsa65>(algorithm),
            #[cfg(feature = "ml-dsa")]
            Algorithm::MlDsa87 => Self::ml_dsa::<ml_dsa::MlDsa87>(algorithm),
        }
    }

    /// The seed is the private key (RFC 9964 section 3); the signatures are the deterministic ones.
    #[cfg(feature = "ml-dsa")]
    fn ml_dsa<P>(algorithm: Algorithm) -> Self
    where
        P: ml_dsa::MlDsaParams,
        ml_dsa::SigningKey<P>: Send + Sync + 'static,
    {
        use ml_dsa::{Keypair, SignatureEncoding, Signer};

        let mut seed = ml_dsa::Seed::default();
        OsRng.fill_bytes(&mut seed);
        let key = ml_dsa::SigningKey::<P>::from_seed(&seed);
        let public = Base64UrlUnpadded::encode_string(&key.verifying_key().encode());
        let sign = move |message: &[u8]| key.sign(message).to_vec();
        Self { algorithm, public: serde_json::json!({ "kty": "AKP", "pub": public }), sign: Box::new(sign) }
    }

    #[expect(clippy::expect_used, reason = "2048 bits always generate; only missing randomness fails")]
    fn rsa(algorithm: Algorithm, scheme: Rsa) -> Self {
        let (private, key) = Rsa::generate(&mut OsRng, ModulusBits::TwoKibibytes).expect("an RSA key is generated");
        Self::new(algorithm, &(&key.into_inner()).into(), scheme, private.into_inner())
    }

    fn new<A>(algorithm: Algorithm, public: &JsonWebKey<'_>, scheme: A, key: A::SigningKey) -> Self
    where
        A: jwt_compact::Algorithm + Send + Sync + 'static,
        A::SigningKey: Send + Sync,
    {
        let sign = move |message: &[u8]| scheme.sign(&key, message).as_bytes().into_owned();
        Self { algorithm, public: json(public), sign: Box::new(sign) }
    }

    /// The public key as the JSON text of a JWK named `kid`.
    #[must_use]
    pub fn jwk(&self, kid: &str) -> String {
        let mut jwk = self.public.clone();
        for (member, value) in [("kid", kid), ("alg", self.algorithm.name()), ("use", "sig")] {
            if let Some(members) = jwk.as_object_mut() {
                members.insert(member.into(), value.into());
            }
        }
        format!("{jwk}")
    }

    /// A compact token of exactly these texts: nothing is added, nothing is checked.
    #[must_use]
    pub fn sign(&self, header: &str, payload: &str) -> String {
        let encode = |bytes: &[u8]| Base64UrlUnpadded::encode_string(bytes);
        let signing_input = format!("{}.{}", encode(header.as_bytes()), encode(payload.as_bytes()));
        let signature = encode(&(self.sign)(signing_input.as_bytes()));
        format!("{signing_input}.{signature}")
    }
}

fn elliptic<T: AsRef<[u8]>>(curve: &'static str, x: Option<T>, y: Option<T>) -> Value {
    let bytes = |coordinate: Option<T>| Cow::Owned(coordinate.map_or_else(Vec::new, |bytes| bytes.as_ref().to_vec()));
    json(&JsonWebKey::EllipticCurve { curve: Cow::Borrowed(curve), x: bytes(x), y: bytes(y), secret: None })
}

fn json(public: &JsonWebKey<'_>) -> Value {
    serde_json::to_value(public).unwrap_or_default()
}
