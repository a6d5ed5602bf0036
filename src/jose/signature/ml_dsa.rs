//! ML-DSA (FIPS 204 algorithm 3, RFC 9964 section 4): the pure variant, with an empty context.

use alloc::borrow::Cow;
use core::marker::PhantomData;

use jwt_compact::Algorithm;
use ml_dsa::{EncodedVerifyingKey, MlDsa44, MlDsa65, MlDsa87, MlDsaParams, Signature, Verifier, VerifyingKey};

use super::{NoSigningKey, SignatureBytes, prepared::Prepared, run};

pub(crate) fn ml_dsa_44(key: &Prepared, signature: &[u8], message: &[u8]) -> bool {
    let key = if let Some(MlDsaKey::MlDsa44(key)) = key.ml_dsa() { Some(key) } else { None };
    run(&MlDsa::named("ML-DSA-44"), key, signature, message)
}

pub(crate) fn ml_dsa_65(key: &Prepared, signature: &[u8], message: &[u8]) -> bool {
    let key = if let Some(MlDsaKey::MlDsa65(key)) = key.ml_dsa() { Some(key) } else { None };
    run(&MlDsa::named("ML-DSA-65"), key, signature, message)
}

pub(crate) fn ml_dsa_87(key: &Prepared, signature: &[u8], message: &[u8]) -> bool {
    let key = if let Some(MlDsaKey::MlDsa87(key)) = key.ml_dsa() { Some(key) } else { None };
    run(&MlDsa::named("ML-DSA-87"), key, signature, message)
}

/// A public key of one of the three parameter sets.
#[derive(Clone)]
pub(crate) enum MlDsaKey {
    MlDsa44(VerifyingKey<MlDsa44>),
    MlDsa65(VerifyingKey<MlDsa65>),
    MlDsa87(VerifyingKey<MlDsa87>),
}

impl MlDsaKey {
    /// Reads the bytes of FIPS 204 algorithm 23. Their number says the parameter set; any bytes of it are a
    /// key.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        match bytes.len() {
            ML_DSA_44_KEY_BYTES => key(bytes).map(Self::MlDsa44),
            ML_DSA_65_KEY_BYTES => key(bytes).map(Self::MlDsa65),
            ML_DSA_87_KEY_BYTES => key(bytes).map(Self::MlDsa87),
            _ => None,
        }
    }
}

fn key<P: MlDsaParams>(bytes: &[u8]) -> Option<VerifyingKey<P>> {
    EncodedVerifyingKey::<P>::try_from(bytes).ok().map(|bytes| VerifyingKey::decode(&bytes))
}

struct MlDsa<P>(&'static str, PhantomData<P>);

impl<P> MlDsa<P> {
    fn named(name: &'static str) -> Self {
        Self(name, PhantomData)
    }
}

impl<P: MlDsaParams> Algorithm for MlDsa<P> {
    type SigningKey = NoSigningKey;
    type VerifyingKey = VerifyingKey<P>;
    type Signature = SignatureBytes;

    fn name(&self) -> Cow<'static, str> {
        Cow::Borrowed(self.0)
    }

    fn sign(&self, key: &NoSigningKey, _: &[u8]) -> SignatureBytes {
        match *key {}
    }

    /// Hints out of order, hints after their count, and a z above its bound do not parse.
    fn verify_signature(&self, signature: &SignatureBytes, key: &VerifyingKey<P>, message: &[u8]) -> bool {
        Signature::<P>::try_from(signature.as_slice()).is_ok_and(|signature| key.verify(message, &signature).is_ok())
    }
}

/// FIPS 204 table 2.
pub(crate) const ML_DSA_44_KEY_BYTES: usize = 1312;
pub(crate) const ML_DSA_65_KEY_BYTES: usize = 1952;
pub(crate) const ML_DSA_87_KEY_BYTES: usize = 2592;

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use serde_json::{Value, json};

    use crate::{Algorithm, KeyFault, KeySet, mint::Minter};

    #[test]
    fn a_key_is_for_the_one_algorithm_that_it_names() {
        let jwk: Value = serde_json::from_str(&Minter::generate(Algorithm::MlDsa65).jwk("key-1")).unwrap();
        let set = KeySet::parse(&jwk.to_string()).unwrap();
        for algorithm in Algorithm::ALL {
            assert_eq!(set.keys()[0].fits(algorithm), algorithm == Algorithm::MlDsa65, "{algorithm}");
        }

        let rows = [
            ("alg", Value::Null, KeyFault::Missing { member: "alg" }),
            ("alg", json!("ML-DSA-44"), KeyFault::Length { member: "pub", expected: 1312, found: 1952 }),
            ("alg", json!("ES256"), KeyFault::AlgorithmOfAnotherType { algorithm: Algorithm::ES256 }),
            ("alg", json!("SLH-DSA-SHA2-128s"), KeyFault::Algorithm { found: "\"SLH-DSA-SHA2-128s\"".into() }),
            ("pub", Value::Null, KeyFault::Missing { member: "pub" }),
            ("priv", json!("AA"), KeyFault::Private { member: "priv" }),
            ("use", json!("enc"), KeyFault::NotForSignatures { member: "use", found: "\"enc\"".into() }),
        ];
        for (member, value, fault) in rows {
            let mut changed = jwk.clone();
            let members = changed.as_object_mut().unwrap();
            match value {
                Value::Null => members.remove(member),
                value => members.insert(member.into(), value),
            };
            assert_eq!(KeySet::parse(&changed.to_string()).unwrap().skipped()[0].fault, fault);
        }
    }
}
