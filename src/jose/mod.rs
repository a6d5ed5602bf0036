//! JSON Web Signature, Key and Algorithms (RFC 7515, 7517, 7518): from text to a signature that holds.

pub(crate) mod token;

pub(crate) mod header;

pub(crate) mod algorithm;

pub(crate) mod public_key;

pub(crate) mod key;

pub(crate) mod key_set;

pub(crate) mod signature;
