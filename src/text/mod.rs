//! The two encodings a token is made of, read strictly, and the one way its values are quoted. These are
//! the only places where laxness could hide.

pub(crate) mod base64url;

pub(crate) mod built;

pub(crate) mod json;

pub(crate) mod members;

pub(crate) mod places;

pub(crate) mod quote;
