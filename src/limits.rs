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

/// Most memory for what is computed of keys beforehand, in bytes: some forty warm keys, or a thousand that were
/// used a few times.
pub const MAX_KEY_TABLES_BYTES: usize = 2 * 1024 * 1024;

/// Signatures of a key that must hold before it is prepared well, which takes as long as a dozen checks save.
pub const WARM_KEY_USES: u32 = 12;

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

/// Longest address that anything is fetched from, in bytes. Real ones have a tenth of it.
pub const MAX_URL_BYTES: usize = 2048;

/// Largest metadata document of an issuer, in bytes of JSON. The largest that providers publish have 10 KiB.
pub const MAX_METADATA_BYTES: usize = 64 * 1024;

/// Largest record of keys from a store, in bytes of JSON: a key set and a metadata document as JSON strings,
/// in which a quote or a line break takes two bytes, and room for the rest.
pub const MAX_KEY_RECORD_BYTES: usize = 2 * (MAX_KEY_SET_BYTES + MAX_METADATA_BYTES) + 8 * 1024;

/// Shortest time that fetched keys are fresh, in seconds, even where the provider says "no-store": each
/// instance of the gate then asks at most once a minute.
pub const MIN_KEY_FRESHNESS_SECONDS: u32 = 60;

/// Time that fetched keys are fresh if the provider does not say, in seconds. Common verifiers take 5 to 10
/// minutes; a withdrawn key is trusted no longer.
pub const DEFAULT_KEY_FRESHNESS_SECONDS: u32 = 600;

/// Time after which an issuer's metadata document is fetched again with the keys, in seconds: one day, as
/// providers announce a move of their keys weeks ahead.
pub const MAX_METADATA_AGE_SECONDS: u32 = 24 * 60 * 60;

/// Time that a step of an attempt to fetch keys has before another request takes over, in seconds. More than
/// one look into a store and one fetch take with the usual time-out of 5 seconds.
pub const KEY_LEASE_SECONDS: u32 = 15;

/// Longest pause after failed attempts to fetch keys, in seconds: 1, 2, 4, 8, 16, then this. Short enough to
/// notice soon that the provider is back. For as long after a pause, the provider still counts as down.
pub const MAX_KEY_PAUSE_SECONDS: u32 = 30;

/// Longest step back of the host's clock that is taken for disorder among requests, in seconds. After a
/// longer one the age of the keys is unknown, and they are fetched anew.
pub const MAX_CLOCK_STEP_BACK_SECONDS: u32 = 60;

/// Longest JSON text of a gate's options, in bytes: room for ten thousand rules and static key sets.
pub const MAX_GATE_OPTIONS_BYTES: usize = 8 * 1024 * 1024;

/// Longest body of a request that the gate judges unless told otherwise, in bytes.
pub const DEFAULT_MAX_BODY_BYTES: usize = 1024 * 1024;

/// Longest body that the gate can be told to judge, in bytes. It is held in memory as a whole, of which an
/// edge runtime has 128 MiB for all requests together.
pub const MAX_BODY_BYTES: usize = 16 * 1024 * 1024;

/// Time for which a token that was admitted counts as that while the body of its request is read, in seconds:
/// twice what the npm package waits for a body.
pub const MAX_CALLER_SECONDS: u32 = 60;

/// Most messages of a batch. Each is compared with the rules, and clients that have batches send a few.
pub const MAX_BATCH_MESSAGES: usize = 100;

/// Longest method, tool name or URI that rules are compared with, in bytes.
pub const MAX_OPERATION_NAME_BYTES: usize = 4096;

/// Tokens that a gate remembers as verified unless told otherwise: one for each client of a busy instance.
pub const DEFAULT_REMEMBERED_TOKENS: usize = 1000;

/// Most tokens that it can be told to remember.
pub const MAX_REMEMBERED_TOKENS: usize = 100_000;

/// Memory for remembered tokens unless told otherwise, in bytes: room for the default number of them at a
/// usual size.
pub const DEFAULT_REMEMBERED_BYTES: usize = 4 * 1024 * 1024;

/// Most memory that they can be given, in bytes: half of what an edge runtime has for everything.
pub const MAX_REMEMBERED_BYTES: usize = 64 * 1024 * 1024;
