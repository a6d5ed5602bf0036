//! JSON Web Keys (RFC 7517): what a key is for, beside what it is.

use alloc::{collections::BinaryHeap, string::String, vec::Vec};

use sha2::{Digest as _, Sha256};

use super::{
    algorithm::Algorithm,
    public_key::{PublicKey, optional_string},
};
use crate::{
    recent::Digest,
    rejection::KeyFault,
    text::{
        json::{Object, Value, kind_of},
        quote::quoted,
    },
};

/// A key of the provider that may verify signatures: public, of sufficient strength, a valid point.
#[derive(Clone, Debug)]
pub struct Key {
    index: usize,
    kid: Option<String>,
    algorithm: Option<Algorithm>,
    issuer: Option<String>,
    public: PublicKey,
    thumbprint: Thumbprint,
}

/// What a key is, whatever it is called: the digest of RFC 7638 section 3.
pub(crate) type Thumbprint = Digest;

impl Key {
    /// Reads the member at place `index` of a key set.
    pub(crate) fn parse(index: usize, members: &Object) -> Result<Self, KeyFault> {
        let kid = optional_string(members, "kid")?.map(Into::into);
        let public = PublicKey::parse(members)?;
        for_signatures(members)?;
        let algorithm = optional_string(members, "alg")?.map(|name| restriction(name, &public)).transpose()?;
        // Not a member of RFC 7517: of use only where a provider gives it a meaning, and ignored elsewhere.
        let issuer = members.get("issuer").and_then(Value::as_str).map(Into::into);
        let thumbprint = thumbprint(members);
        Ok(Self { index, kid, algorithm, issuer, public, thumbprint })
    }

    /// The place in the "keys" array, from 0.
    #[must_use]
    pub fn index(&self) -> usize {
        self.index
    }

    /// The "kid" member.
    #[must_use]
    pub fn kid(&self) -> Option<&str> {
        self.kid.as_deref()
    }

    /// The "alg" member: the one algorithm this key is for, if it names one.
    #[must_use]
    pub fn algorithm(&self) -> Option<Algorithm> {
        self.algorithm
    }

    /// The "issuer" member, by which Entra ID says whose tokens this key signs.
    #[must_use]
    pub fn issuer(&self) -> Option<&str> {
        self.issuer.as_deref()
    }

    pub(crate) fn thumbprint(&self) -> Thumbprint {
        self.thumbprint
    }

    pub(crate) fn public(&self) -> &PublicKey {
        &self.public
    }

    /// Whether this key may verify signatures of `algorithm`: its type and curve fit, and it does not
    /// name another (RFC 7517 section 4.4).
    pub(crate) fn fits(&self, algorithm: Algorithm) -> bool {
        self.public.kind() == algorithm.takes() && self.algorithm.is_none_or(|own| own == algorithm)
    }
}

/// "use" and "key_ops", where present, must allow verifying (RFC 7517 sections 4.2 and 4.3).
fn for_signatures(members: &Object) -> Result<(), KeyFault> {
    match optional_string(members, "use")? {
        None | Some("sig") => {}
        Some(other) => return Err(KeyFault::NotForSignatures { member: "use", found: quoted(other) }),
    }
    members.get("key_ops").map_or(Ok(()), for_verifying)
}

#[inline(never)] // few providers write it
fn for_verifying(operations: &Value) -> Result<(), KeyFault> {
    let operations = match operations {
        Value::Array(operations) => operations,
        other => return Err(KeyFault::malformed("key_ops", "an array of strings", kind_of(other))),
    };
    let names: Option<Vec<&str>> = operations.iter().map(Value::as_str).collect();
    let names = names.ok_or_else(|| KeyFault::malformed("key_ops", "an array of strings", "another member"))?;
    if !names.contains(&"verify") {
        return Err(KeyFault::NotForSignatures { member: "key_ops", found: "no \"verify\"".into() });
    }
    // RFC 7517 section 4.3: duplicate values MUST NOT be present.
    let count = names.len();
    let mut names = BinaryHeap::from(names).into_sorted_vec();
    names.dedup();
    if names.len() != count {
        return Err(KeyFault::malformed("key_ops", "an array of different strings", "one of them twice"));
    }
    Ok(())
}

/// The required members of each type, in lexicographic order (RFC 7638 section 3.2, RFC 9964 section 6): those
/// that a key of it has. All are texts without anything to escape, or the key was not read.
fn thumbprint(members: &Object) -> Thumbprint {
    let mut text = String::from("{");
    for name in ["alg", "crv", "e", "kty", "n", "pub", "x", "y"] {
        // "alg" is required of the type AKP alone; elsewhere it says what the key is for.
        let is_part = name != "alg" || members.contains_key("pub");
        if let Some(value) = members.get(name).and_then(Value::as_str).filter(|_| is_part) {
            // Not formatted: that would be the only use that a valid token makes of it, and it has much code.
            for part in [if text.len() > 1 { ",\"" } else { "\"" }, name, "\":\"", value, "\""] {
                text.push_str(part);
            }
        }
    }
    text.push('}');
    Sha256::digest(text).into()
}

fn restriction(name: &str, public: &PublicKey) -> Result<Algorithm, KeyFault> {
    let algorithm = Algorithm::from_name(name).ok_or_else(|| KeyFault::Algorithm { found: quoted(name) })?;
    if algorithm.takes() != public.kind() {
        return Err(KeyFault::AlgorithmOfAnotherType { algorithm });
    }
    Ok(algorithm)
}
