//! The same checks by the libraries of RustCrypto and dalek: the oracle of the tests, and with the feature `libraries`
//! what signatures are checked with. Each check reads the key anew.

mod ecdsa;

mod ed25519;

mod rsa;

use sha2::{Sha256, Sha384, Sha512};

use crate::jose::{algorithm::Algorithm, public_key::PublicKey};

/// Whether `signature` is one of `message` under the key. A key of another kind than the algorithm's verifies
/// nothing. `None` for ML-DSA, which has a library and no arithmetic of ours.
pub(super) fn holds(algorithm: Algorithm, key: &PublicKey, signature: &[u8], message: &[u8]) -> Option<bool> {
    Some(match (algorithm, key) {
        (Algorithm::RS256, PublicKey::Rsa(key)) => rsa::pkcs1::<Sha256>(key, signature, message),
        (Algorithm::RS384, PublicKey::Rsa(key)) => rsa::pkcs1::<Sha384>(key, signature, message),
        (Algorithm::RS512, PublicKey::Rsa(key)) => rsa::pkcs1::<Sha512>(key, signature, message),
        (Algorithm::PS256, PublicKey::Rsa(key)) => rsa::pss::<Sha256>(key, signature, message),
        (Algorithm::PS384, PublicKey::Rsa(key)) => rsa::pss::<Sha384>(key, signature, message),
        (Algorithm::PS512, PublicKey::Rsa(key)) => rsa::pss::<Sha512>(key, signature, message),
        (Algorithm::ES256, PublicKey::Elliptic(key)) => ecdsa::es256(key, signature, message),
        (Algorithm::ES384, PublicKey::Elliptic(key)) => ecdsa::es384(key, signature, message),
        (Algorithm::ES512, PublicKey::Elliptic(key)) => ecdsa::es512(key, signature, message),
        (Algorithm::ES256K, PublicKey::Elliptic(key)) => ecdsa::es256k(key, signature, message),
        (Algorithm::EdDSA | Algorithm::Ed25519, PublicKey::Ed25519(key)) => ed25519::verify(key, signature, message),
        #[cfg(feature = "ml-dsa")]
        (Algorithm::MlDsa44 | Algorithm::MlDsa65 | Algorithm::MlDsa87, _) => return None,
        _ => false,
    })
}
