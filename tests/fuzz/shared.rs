//! What the targets have in common: one provider, and what must hold of every answer.

use base64ct::{Base64UrlUnpadded, Encoding};
use doorward::{Algorithm, Audience, Issuer, KeySet, Policy, UnixSeconds, Verdict, decode_unverified, explain, verify};
use ed25519_dalek::{Signer, SigningKey};

pub const ISSUER: &str = "https://idp.example.com";
pub const RESOURCE: &str = "https://mcp.example.com/mcp";
pub const NOW: UnixSeconds = UnixSeconds::new(1_767_225_600); // 2026-01-01T00:00:00Z

/// The private key of the provider: the 32 bytes of RFC 8037 appendix A.1 are as good as any.
pub fn key() -> SigningKey {
    SigningKey::from_bytes(&core::array::from_fn(|place| u8::try_from(place).unwrap_or(0)))
}

pub fn encode(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

pub fn jwks() -> String {
    let x = encode(key().verifying_key().as_bytes());
    format!(r#"{{"keys":[{{"kty":"OKP","crv":"Ed25519","kid":"key-1","alg":"EdDSA","use":"sig","x":"{x}"}}]}}"#)
}

/// A token of exactly these bytes, with a signature that holds.
pub fn token(header: &[u8], payload: &[u8]) -> String {
    let input = format!("{}.{}", encode(header), encode(payload));
    let signature = key().sign(input.as_bytes());
    format!("{input}.{}", encode(&signature.to_bytes()))
}

pub fn policy() -> Policy {
    Policy::new(Issuer::exactly(ISSUER), Audience::exactly(RESOURCE), Algorithm::ALL)
}

/// Verifies and explains, which must agree, and says nothing of the token in between. Gives whether it was
/// accepted.
pub fn judge(token: &str, jwks: &str, policy: &Policy) -> bool {
    let keys = KeySet::parse(jwks);
    let steps = explain(token, keys.as_ref(), policy, NOW);
    let told = steps.iter().find_map(|step| step.code);
    let passed = steps.iter().all(|step| step.verdict == Verdict::Passed);
    let found = match &keys {
        Err(error) => Err(error.description().code),
        Ok(keys) => verify(token, keys, policy, NOW).map_err(|rejection| {
            let text = rejection.to_string();
            assert!(!text.contains('\n'), "a rejection is one line");
            assert!(token.len() < 32 || !text.contains(token), "a rejection does not tell the token");
            rejection.code()
        }),
    };
    assert_eq!(found.as_ref().err().copied(), told, "verify and explain");
    assert_eq!(found.is_ok(), passed, "verify and explain");
    match found {
        Ok(access) => {
            let (header, claims) = decode_unverified(token).expect("what verifies decodes");
            assert_eq!(header.json(), access.header().json());
            assert_eq!(claims.json(), access.claims().json());
            true
        }
        Err(_) => false,
    }
}
