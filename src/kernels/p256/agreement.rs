//! The same verdicts as RustCrypto's.

#![expect(clippy::arithmetic_side_effects, reason = "a test that panics has failed, as it should")]

extern crate std;

use p256::{
    Scalar,
    ecdsa::{
        Signature, SigningKey,
        signature::hazmat::{PrehashSigner, PrehashVerifier},
    },
    elliptic_curve::PrimeField,
};

use super::PreparedKey;

/// Signatures that are right, and as many with one bit of digest, r, s changed.
#[test]
fn random_signatures() {
    let mut random = Random(0x0123_4567_89ab_cdef);
    for _ in 0..20 {
        let key = random.key();
        let point = key.verifying_key().to_encoded_point(false);
        let mut prepared = PreparedKey::new(&(*point.x().unwrap()).into(), &(*point.y().unwrap()).into()).unwrap();
        for round in 0..20 {
            if round == 10 {
                prepared.widen();
            }
            let digest = random.bytes();
            let signature: Signature = key.sign_prehash(&digest).unwrap();
            let [r, s] = [signature.r().to_bytes().into(), signature.s().to_bytes().into()];
            assert!(prepared.verify(&digest, &r, &s), "{digest:?} {r:?} {s:?}");
            let mut parts = [digest, r, s];
            let bit = usize::try_from(random.next() % 768).unwrap();
            parts[bit / 256][bit % 256 / 8] ^= 1 << (bit % 8);
            let [digest, r, s] = parts;
            let other = Signature::from_scalars(r, s)
                .is_ok_and(|signature| key.verifying_key().verify_prehash(&digest, &signature).is_ok());
            assert_eq!(prepared.verify(&digest, &r, &s), other);
        }
    }
}

struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        // splitmix64
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn bytes(&mut self) -> [u8; 32] {
        let mut bytes = [0; 32];
        for chunk in bytes.chunks_exact_mut(8) {
            chunk.copy_from_slice(&self.next().to_be_bytes());
        }
        bytes
    }

    fn key(&mut self) -> SigningKey {
        loop {
            if let Some(scalar) = Option::<Scalar>::from(Scalar::from_repr(self.bytes().into()))
                && let Ok(key) = SigningKey::from_bytes(&scalar.to_repr())
            {
                return key;
            }
        }
    }
}
