#![doc = include_str!("../README.md")]
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

pub mod limits;

mod time;

mod text;

mod option;

mod recent;

mod rejection;

mod check;

mod jose;

mod claims;

mod scope;

mod profile;

mod policy;

mod access;

mod cache;

mod verify;

mod explain;

mod unverified;

mod issuers;

pub mod gate;

pub mod keys;

#[cfg(feature = "mint")]
pub mod mint;

#[cfg(all(feature = "wasm", target_arch = "wasm32"))]
mod wasm;

#[cfg(doctest)]
mod forbidden;

pub use serde_json::Value;

pub use crate::{
    access::Access,
    cache::VerifiedTokens,
    check::Check,
    claims::Claims,
    explain::{Step, Verdict, explain},
    issuers::{IssuerConflict, Issuers},
    jose::{
        algorithm::Algorithm,
        header::Header,
        key::Key,
        key_set::{KeySet, KeySetError, SkippedKey},
        signature::{SigningKey, Verified, tables::KeyTables},
        token::Token,
    },
    option::InvalidOption,
    policy::{Audience, Issuer, Policy},
    profile::Profile,
    rejection::{Description, HeaderFault, KeyFault, Rejection, TokenFault},
    scope::Scopes,
    text::json::JsonFault,
    time::UnixSeconds,
    verify::{decode_unverified, verify, verify_remembering, verify_signature},
};
