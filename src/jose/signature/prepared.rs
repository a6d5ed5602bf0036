//! Keys as the arithmetic takes them.

#[cfg(feature = "ml-dsa")]
use alloc::boxed::Box;

use super::kernels::{ed25519, p256, rsa, weierstrass};
#[cfg(feature = "ml-dsa")]
use super::ml_dsa::MlDsaKey;
use crate::jose::public_key::{Curve, Point, PublicKey, RsaNumbers};

/// A public key with what is computed of it before a check: for a curve, a table of its multiples.
pub(crate) enum Prepared {
    Rsa(rsa::PreparedKey),
    P256(p256::PreparedKey),
    /// Of another curve in Weierstrass form.
    Weierstrass(weierstrass::PreparedKey),
    Ed25519(ed25519::PreparedKey),
    #[cfg(feature = "ml-dsa")]
    MlDsa(Box<MlDsaKey>),
}

/// The wide tables of the generators, as far as they were needed.
#[derive(Clone, Default)]
pub(super) struct Generators {
    p256: Option<p256::WideGenerator>,
    ed25519: Option<ed25519::WideGenerator>,
}

impl Prepared {
    /// In the way that is quickest to make, with what there is of the generators. `None` for numbers that are no key, as
    /// [`PublicKey::parse`] never gives them.
    pub(super) fn new(key: &PublicKey, generators: &Generators) -> Option<Self> {
        match key {
            PublicKey::Rsa(key) => Self::of_rsa(key),
            PublicKey::Elliptic(point) => match point.curve {
                Curve::P256 => Self::of_p256(point, generators),
                _ => Self::of_weierstrass(point),
            },
            PublicKey::Ed25519(encoded) => Self::of_ed25519(encoded),
            #[cfg(feature = "ml-dsa")]
            PublicKey::MlDsa(key) => Some(Self::MlDsa(key.clone())),
        }
    }

    // A function that an engine of WebAssembly calls for the first time it compiles, all of it: each kind of key has one
    // of its own, so that a process that begins waits for the kind of its token alone.

    #[inline(never)]
    fn of_rsa(key: &RsaNumbers) -> Option<Self> {
        rsa::PreparedKey::new(&key.n, &key.e).map(Self::Rsa)
    }

    #[inline(never)]
    fn of_p256(point: &Point, generators: &Generators) -> Option<Self> {
        let (x, y) = point.coordinates()?;
        let key = p256::PreparedKey::new(x, y)?;
        Some(Self::P256(match &generators.p256 {
            Some(generator) => key.with(generator.clone()),
            None => key,
        }))
    }

    #[inline(never)]
    fn of_weierstrass(point: &Point) -> Option<Self> {
        weierstrass::PreparedKey::new(point.curve.parameters()?, &point.x, &point.y).map(Self::Weierstrass)
    }

    #[inline(never)]
    fn of_ed25519(encoded: &[u8; 32]) -> Option<Self> {
        ed25519::PreparedKey::new(encoded).map(Self::Ed25519)
    }

    /// For a key that has proved warm: takes longer to make, and makes checks faster. `None` where there is nothing
    /// to gain.
    #[inline(never)] // no first token comes here
    pub(super) fn widened(&self, generators: &mut Generators) -> Option<Self> {
        match self {
            Self::P256(key) => {
                let generator = generators.p256.get_or_insert_with(p256::WideGenerator::default);
                Some(Self::P256(key.widened(generator.clone())))
            }
            Self::Ed25519(key) => {
                let generator = generators.ed25519.get_or_insert_with(ed25519::WideGenerator::default);
                Some(Self::Ed25519(key.widened(generator.clone())))
            }
            _ => None,
        }
    }

    /// The memory that it takes, in bytes.
    pub(super) fn bytes(&self) -> usize {
        let table = match self {
            Self::Rsa(key) => key.table_bytes(),
            Self::P256(key) => key.table_bytes(),
            Self::Weierstrass(key) => key.table_bytes(),
            Self::Ed25519(key) => key.table_bytes(),
            #[cfg(feature = "ml-dsa")]
            Self::MlDsa(_) => size_of::<MlDsaKey>(),
        };
        table.saturating_add(size_of::<Self>())
    }

    pub(super) fn rsa(&self) -> Option<&rsa::PreparedKey> {
        if let Self::Rsa(key) = self { Some(key) } else { None }
    }

    pub(super) fn p256(&self) -> Option<&p256::PreparedKey> {
        if let Self::P256(key) = self { Some(key) } else { None }
    }

    pub(super) fn weierstrass(&self) -> Option<&weierstrass::PreparedKey> {
        if let Self::Weierstrass(key) = self { Some(key) } else { None }
    }

    pub(super) fn ed25519(&self) -> Option<&ed25519::PreparedKey> {
        if let Self::Ed25519(key) = self { Some(key) } else { None }
    }

    #[cfg(feature = "ml-dsa")]
    pub(super) fn ml_dsa(&self) -> Option<&MlDsaKey> {
        if let Self::MlDsa(key) = self { Some(key) } else { None }
    }
}

impl Generators {
    /// The memory that they take, in bytes.
    pub(super) fn bytes(&self) -> usize {
        let p256 = self.p256.as_ref().map_or(0, p256::WideGenerator::bytes);
        let ed25519 = self.ed25519.as_ref().map_or(0, ed25519::WideGenerator::bytes);
        p256.saturating_add(ed25519)
    }
}
