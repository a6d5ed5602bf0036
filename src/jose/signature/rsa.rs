//! RSASSA-PKCS1-v1_5 and RSASSA-PSS (RFC 7518 sections 3.3 and 3.5, RFC 8017 section 8).

use alloc::borrow::Cow;
use core::marker::PhantomData;

use jwt_compact::Algorithm;
use rsa::{Pkcs1v15Sign, RsaPublicKey, pss, signature::Verifier, traits::PublicKeyParts};
use sha2::{
    Digest, Sha256, Sha384, Sha512,
    digest::{FixedOutputReset, const_oid::AssociatedOid},
};

use super::{NoSigningKey, SignatureBytes, run};
use crate::jose::key::PublicKey;

pub(crate) fn rs256(key: &PublicKey, signature: &[u8], message: &[u8]) -> bool {
    run(&Pkcs1v15::<Sha256>::named("RS256"), key.rsa(), signature, message)
}

pub(crate) fn rs384(key: &PublicKey, signature: &[u8], message: &[u8]) -> bool {
    run(&Pkcs1v15::<Sha384>::named("RS384"), key.rsa(), signature, message)
}

pub(crate) fn rs512(key: &PublicKey, signature: &[u8], message: &[u8]) -> bool {
    run(&Pkcs1v15::<Sha512>::named("RS512"), key.rsa(), signature, message)
}

pub(crate) fn ps256(key: &PublicKey, signature: &[u8], message: &[u8]) -> bool {
    run(&Pss::<Sha256>::named("PS256"), key.rsa(), signature, message)
}

pub(crate) fn ps384(key: &PublicKey, signature: &[u8], message: &[u8]) -> bool {
    run(&Pss::<Sha384>::named("PS384"), key.rsa(), signature, message)
}

pub(crate) fn ps512(key: &PublicKey, signature: &[u8], message: &[u8]) -> bool {
    run(&Pss::<Sha512>::named("PS512"), key.rsa(), signature, message)
}

/// RSASSA-PKCS1-v1_5 with the hash `H`. The whole encoded message is compared, so that nothing can hide
/// behind the padding (RFC 8017 section 8.2.2).
struct Pkcs1v15<H>(&'static str, PhantomData<H>);

impl<H> Pkcs1v15<H> {
    fn named(name: &'static str) -> Self {
        Self(name, PhantomData)
    }
}

impl<H: Digest + AssociatedOid> Algorithm for Pkcs1v15<H> {
    type SigningKey = NoSigningKey;
    type VerifyingKey = RsaPublicKey;
    type Signature = SignatureBytes;

    fn name(&self) -> Cow<'static, str> {
        Cow::Borrowed(self.0)
    }

    fn sign(&self, key: &NoSigningKey, _: &[u8]) -> SignatureBytes {
        match *key {}
    }

    fn verify_signature(&self, signature: &SignatureBytes, key: &RsaPublicKey, message: &[u8]) -> bool {
        key.verify(Pkcs1v15Sign::new::<H>(), &H::digest(message), signature.as_slice()).is_ok()
    }
}

/// RSASSA-PSS with the hash `H`, MGF1 with `H`, and a salt as long as the output of `H`: RFC 7518
/// section 3.5 leaves no choice.
struct Pss<H>(&'static str, PhantomData<H>);

impl<H> Pss<H> {
    fn named(name: &'static str) -> Self {
        Self(name, PhantomData)
    }
}

impl<H: Digest + FixedOutputReset> Algorithm for Pss<H> {
    type SigningKey = NoSigningKey;
    type VerifyingKey = RsaPublicKey;
    type Signature = SignatureBytes;

    fn name(&self) -> Cow<'static, str> {
        Cow::Borrowed(self.0)
    }

    fn sign(&self, key: &NoSigningKey, _: &[u8]) -> SignatureBytes {
        match *key {}
    }

    fn verify_signature(&self, signature: &SignatureBytes, key: &RsaPublicKey, message: &[u8]) -> bool {
        // The length is compared here as well: the parser below drops leading zeros.
        signature.as_slice().len() == key.size()
            && pss::Signature::try_from(signature.as_slice())
                .is_ok_and(|signature| pss::VerifyingKey::<H>::new(key.clone()).verify(message, &signature).is_ok())
    }
}
