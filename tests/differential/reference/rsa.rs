//! RFC 8017 from its text: RSAVP1, EMSA-PKCS1-v1_5 and EMSA-PSS-VERIFY.

use rsa::BigUint;
use serde_json::Value;
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::base64url;

type Hash = fn(&[u8]) -> Vec<u8>;

pub(super) fn verifies(algorithm: &str, n: &[u8], e: &[u8], signature: &[u8], message: &[u8]) -> bool {
    let (hash, info): (Hash, _) = match algorithm.get(2..) {
        Some("256") => (|bytes| Sha256::digest(bytes).to_vec(), "3031300d060960864801650304020105000420"),
        Some("384") => (|bytes| Sha384::digest(bytes).to_vec(), "3041300d060960864801650304020205000430"),
        _ => (|bytes| Sha512::digest(bytes).to_vec(), "3051300d060960864801650304020305000440"),
    };
    let (number, modulus) = (BigUint::from_bytes_be(signature), BigUint::from_bytes_be(n));
    if signature.len() != n.len() || number >= modulus {
        return false;
    }
    let encoded = number.modpow(&BigUint::from_bytes_be(e), &modulus);
    if algorithm.starts_with("RS") {
        encoded == pkcs1(info, &hash(message), n.len())
    } else {
        pss(&encoded, &hash(message), modulus.bits() - 1, hash)
    }
}

/// Section 9.2.
fn pkcs1(info: &str, digest: &[u8], length: usize) -> BigUint {
    let info = BigUint::parse_bytes(info.as_bytes(), 16).expect("it is hexadecimal").to_bytes_be();
    let end = [&[0][..], &info, digest].concat();
    let padding = vec![0xff; length - end.len() - 2];
    BigUint::from_bytes_be(&[&[0, 1][..], &padding, &end].concat())
}

/// Section 9.1.2, with a salt as long as the hash (RFC 7518 section 3.5).
fn pss(encoded: &BigUint, digest: &[u8], bits: usize, hash: Hash) -> bool {
    let length = bits.div_ceil(8);
    let bytes = encoded.to_bytes_be();
    if bytes.len() > length {
        return false;
    }
    let bytes = [vec![0; length - bytes.len()], bytes].concat();
    let (masked, rest) = bytes.split_at(length - digest.len() - 1);
    let (h, end) = rest.split_at(digest.len());
    let unused = 8 * length - bits;
    if end != [0xbc] || (u32::from(masked[0]) << unused) > 0xff {
        return false;
    }
    let mask = mgf1(h, masked.len(), hash);
    let mut db: Vec<u8> = masked.iter().zip(mask).map(|(byte, mask)| byte ^ mask).collect();
    db[0] &= 0xff >> unused;
    let (zeros, rest) = db.split_at(masked.len() - digest.len() - 1);
    let (one, salt) = rest.split_at(1);
    zeros.iter().all(|byte| *byte == 0) && one == [1] && h == hash(&[&[0; 8], digest, salt].concat())
}

/// Appendix B.2.1.
fn mgf1(seed: &[u8], length: usize, hash: Hash) -> Vec<u8> {
    (0_u32..).flat_map(|counter| hash(&[seed, &counter.to_be_bytes()].concat())).take(length).collect()
}

/// The modulus of a public key.
pub(crate) fn modulus(jwk: &Value) -> BigUint {
    BigUint::from_bytes_be(&base64url::decode(jwk["n"].as_str().expect("an RSA key")).expect("base64url"))
}
