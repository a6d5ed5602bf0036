//! Every limit of the core: the unit in its name, the reason beside it. Each is applied before the work
//! that it bounds.

/// Longest token, in bytes of its compact form. Common servers cap all headers of a request at 8 to
/// 16 KiB, so a longer token cannot have come through one.
pub const MAX_TOKEN_BYTES: usize = 16 * 1024;

/// Longest JOSE header, in bytes after base64url. Leaves room for a certificate chain, which some
/// providers send along and which is never read.
pub const MAX_HEADER_BYTES: usize = 8 * 1024;

/// Largest key set, in bytes of JSON. Room for [`MAX_KEYS`] RSA keys of usual size, and far above what
/// any provider publishes.
pub const MAX_KEY_SET_BYTES: usize = 512 * 1024;

/// Most members of the `keys` array. Large multi-tenant providers publish some dozens.
pub const MAX_KEYS: usize = 1024;

/// Most keys that one signature is tried against. Keys may share a `kid` (RFC 7517 section 4.5); without
/// a bound, a set of many would let each forged token buy that many verifications.
pub const MAX_CANDIDATE_KEYS: usize = 8;

/// Deepest nesting of JSON arrays and objects. Real claims nest three or four levels.
pub const MAX_JSON_DEPTH: usize = 64;

/// Longest JSON text of options, in bytes. Options come from the caller, yet often from a file or a form.
pub const MAX_OPTIONS_BYTES: usize = 64 * 1024;

/// Smallest RSA modulus, in bits (RFC 7518 section 3.3: a key of 2048 bits or larger MUST be used).
pub const MIN_RSA_MODULUS_BITS: usize = 2048;

/// Largest RSA modulus, in bits. Verification time grows with the square of it.
pub const MAX_RSA_MODULUS_BITS: usize = 8192;

/// Smallest RSA public exponent. 1 would make every padded message its own signature.
pub const MIN_RSA_EXPONENT: u32 = 3;

/// Largest RSA public exponent, in bits (FIPS 186-5 section 5.4: e < 2^256). Bounds the time as well.
pub const MAX_RSA_EXPONENT_BITS: usize = 256;

/// Clock difference granted between the issuer and here unless the policy says otherwise, in seconds.
/// RFC 7519 section 4.1.4 allows "some small leeway, usually no more than a few minutes".
pub const DEFAULT_LEEWAY_SECONDS: u32 = 60;

/// Largest leeway a policy may grant, in seconds: ten minutes are more than a few already.
pub const MAX_LEEWAY_SECONDS: u32 = 600;

/// Latest instant a `NumericDate` may name, in seconds: 9999-12-31T23:59:59Z, the last one that RFC 3339
/// can write. Above it lie dates in milliseconds, a known mistake of issuers that would let a token live
/// for fifty thousand years.
pub const MAX_NUMERIC_DATE_SECONDS: i64 = 253_402_300_799;

/// Longest excerpt of a claim or header value that a rejection quotes, in characters.
pub const MAX_QUOTED_CHARS: usize = 96;
