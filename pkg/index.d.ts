/**
 * Strict JWT verification at the edge. Importing this is all the set-up there is; verifying is synchronous.
 *
 * @module
 */

export * from "./gate.js";

/**
 * Verifies a token. **Without `issuer` and `audience` the token is authenticated, not authorized**: it is then
 * known that a holder of one of these keys signed it and that its times hold, not that it was meant for you.
 *
 * Called with the same `jwks` object again and again, this is as fast as a {@link Verifier}; and it notices
 * whatever was changed in that object since, however deep: a key that was removed never verifies again.
 *
 * ```js
 * const { claims, scopes } = verify(token, jwks, {
 *   issuer: "https://login.example.com/",
 *   audience: "https://mcp.example.com/",
 * });
 * ```
 *
 * @param token The compact form (RFC 7515 section 7.1), at most 16 KiB, without "Bearer ".
 * @param jwks The published keys of the issuer.
 * @throws {DoorwardError} For every token that is refused, and for keys and options that cannot be. Mistakes
 *   in options come first, then those in keys, then what is wrong with the token.
 */
export function verify(token: string, jwks: Keys, options?: VerifyOptions): Verified;

/**
 * Reads keys and options once, for one token after the other.
 *
 * The verifier has its own copy of the keys: a later change of the `jwks` object does not reach it. When keys
 * are rotated, create another one.
 *
 * @throws {DoorwardError} `jwks_malformed`, `jwks_too_large` or `invalid_option`.
 */
export function createVerifier(jwks: Keys, options?: VerifierOptions & RememberingOptions): Verifier;

/**
 * Several issuers, each with its own keys, audience and options. The `iss` of a token chooses among them before
 * its signature is checked, and only among them: an issuer that is not listed is refused before any work on keys,
 * and a key of one issuer never verifies a token of another.
 *
 * ```js
 * const trusted = trustIssuers([
 *   { issuer: "https://acme.okta.com/oauth2/default", audience: "api://mcp", profile: "okta", jwks: oktaKeys },
 *   { issuer: "https://login.example.com/", audience: "https://mcp.example.com/", jwks: otherKeys },
 * ]);
 * const { claims, issuer } = trusted.verify(token);
 * ```
 *
 * Has its own copy of the keys, as a {@link Verifier} has.
 *
 * @throws {DoorwardError} `jwks_malformed`, `jwks_too_large` or `invalid_option`: also for an issuer that is
 *   listed twice, or left unchecked, or given without `audience`.
 */
export function trustIssuers(issuers: readonly TrustedIssuer[], options?: RememberingOptions): TrustedIssuers;

/**
 * Makes every check of {@link verify}, tells each with what it compared, and goes on after a failure where the
 * data allows, so that all faults show at once. It is the same pipeline: the answer is always that of `verify`.
 *
 * For operators, not for clients: a forger learns from it.
 *
 * @throws {DoorwardError} For options that cannot be, for a `token` that is no string, and for `jwks` that is
 *   neither an object nor a string. All else that is wrong is a failed step.
 */
export function explain(token: string, jwks: Keys, options?: VerifyOptions): Explanation;

/**
 * What a token says, with nothing verified: for looking, never for deciding.
 *
 * @throws {DoorwardError} When there is no header or payload to be read.
 */
export function decodeUnverified(token: string): Decoded;

/**
 * Why a token, a key set or an option was refused.
 *
 * `message` says what was expected and what was found. It may quote single values of the token (an issuer, a
 * `kid`), shortened and escaped, but never the token or a part of its encoded form: errors end in logs. With
 * `JSON.stringify` all fields are written.
 */
export class DoorwardError extends Error {
  private constructor();
  readonly name: "DoorwardError";
  /** What is wrong, for programs. Stable from version to version. */
  readonly code: Code;
  /** What was expected, for people. */
  readonly expected: string;
  /** What was found, for people. */
  readonly found: string;
  /** What to do about it. `null` where nothing useful can be said. */
  readonly advice: string | null;
  /** Where the rule is written, e.g. "RFC 7519 section 4.1.4". `null` for rules of this package. */
  readonly section: string | null;
  /** The address of what is written about `code` in the documentation of this version: causes and cures. */
  readonly docs: string;
  /** What was compared, as plain values, e.g. `{ claim: "exp", exp, now, leeway }`. */
  readonly evidence: Readonly<Record<string, unknown>>;
  toJSON(): DoorwardErrorRecord;
}

/** What a {@link DoorwardError} is in a log. */
export interface DoorwardErrorRecord {
  name: "DoorwardError";
  code: Code;
  message: string;
  expected: string;
  found: string;
  advice: string | null;
  section: string | null;
  docs: string;
  evidence: Readonly<Record<string, unknown>>;
}

/**
 * All codes there are, in the order of the checks: of several faults the first is told.
 *
 * `scope_insufficient` is about a valid token that grants too little (HTTP 403); the codes from
 * `token_too_large` to `token_bound` mean that it is not valid (401); the first three mean that keys or options
 * are wrong on this side (500). `key_not_found` often means that keys were rotated: fetch them anew, not more
 * often than every half minute, and try again.
 */
export type Code =
  | "invalid_option"
  | "jwks_malformed"
  | "jwks_too_large"
  | "token_too_large"
  | "token_malformed"
  | "jwe_not_supported"
  | "header_malformed"
  | "header_unsupported"
  | "algorithm_not_allowed"
  | "key_not_found"
  | "key_ambiguous"
  | "key_unusable"
  | "signature_invalid"
  | "claims_malformed"
  | "claim_missing"
  | "claim_malformed"
  | "type_mismatch"
  | "issuer_mismatch"
  | "audience_mismatch"
  | "token_expired"
  | "token_not_yet_valid"
  | "token_issued_in_future"
  | "token_too_old"
  | "subject_mismatch"
  | "token_kind_refused"
  | "token_bound"
  | "scope_insufficient";

/** The signature algorithms. `none` and those with a shared secret (`HS256`, ...) do not exist here. */
export type Algorithm =
  | "RS256"
  | "RS384"
  | "RS512"
  | "PS256"
  | "PS384"
  | "PS512"
  | "ES256"
  | "ES384"
  | "ES512"
  | "ES256K"
  | "EdDSA"
  | "Ed25519";

/** The providers that are known to depart from RFC 9068, and `"standard"` for all others. */
export type Profile =
  | "standard"
  | "okta"
  | "auth0"
  | "entra"
  | "cognito"
  | "keycloak"
  | "google"
  | "workos"
  | "clerk"
  | "supabase"
  | "cloudflare-access";

/**
 * What a token must be. Every option is a check, or loosens one. An unknown option is refused, and so is one
 * whose value is `undefined`, `null` or of another type: a setting that is missing never switches a check off.
 */
export interface VerifierOptions {
  /**
   * The `iss` claim must be this string, or one of these, character for character, the trailing slash
   * included. Required wherever a token decides about access. RFC 7519 section 4.1.1.
   *
   * Default: not checked, and {@link Verified.issuer} is `null`.
   */
  readonly issuer?: string | readonly string[];

  /**
   * The `aud` claim must be or contain this string, or one of these, character for character. For an MCP
   * server that is its canonical address (RFC 8707). Required wherever a token decides about access.
   * RFC 7519 section 4.1.3.
   *
   * Default: not checked. A token for any other service of this issuer then passes.
   */
  readonly audience?: string | readonly string[];

  /**
   * The `alg` header must be one of these. Name those that the issuer signs with. RFC 8725 section 3.1.
   *
   * Default: all of {@link Algorithm}; the type of each key, and its `alg` if it has one, decide.
   */
  readonly algorithms?: readonly Algorithm[];

  /**
   * The difference granted between the issuer's clock and this one, in whole seconds from 0 to 600, for `exp`,
   * `nbf`, `iat` and {@link VerifierOptions.maxTokenAge}. RFC 7519 section 4.1.4.
   *
   * Default: 60 seconds.
   */
  readonly clockTolerance?: number;

  /**
   * How this provider's tokens depart from RFC 9068: where the audience, the client and the scopes are, and what
   * marks its access tokens. What that gives up is in {@link Verified.profile}.
   *
   * Default: `"standard"`.
   */
  readonly profile?: Profile;

  /**
   * With the profile `"entra"`: the tenants that `{tenantid}` in {@link VerifierOptions.issuer} stands for.
   *
   * Default: none. Required where the issuer has `{tenantid}`, refused where it has not.
   */
  readonly tenants?: readonly string[];

  /**
   * A claim that is read for scopes besides those of the profile: its name, or a path of names, such as
   * `["realm_access", "roles"]`. A string of scopes with spaces between, or an array of scopes.
   *
   * Default: none.
   */
  readonly scopeClaim?: string | readonly string[];

  /**
   * The `typ` header must be there and one of these media types; case and a leading "application/" do not
   * matter. `"at+jwt"` is what RFC 9068 section 4 demands of access tokens.
   *
   * Default: absent, "JWT" or "at+jwt", which refuses other kinds of tokens.
   */
  readonly typ?: string | readonly string[];

  /**
   * The `sub` claim must be this string. RFC 7519 section 4.1.2.
   *
   * Default: not checked.
   */
  readonly subject?: string;

  /**
   * The `iat` claim must be there and at most so many whole seconds (and the clock tolerance) ago.
   * RFC 7519 section 4.1.6.
   *
   * Default: any age. `iat` may be absent, and may not lie in the future.
   */
  readonly maxTokenAge?: number;

  /**
   * These claims must be there, whatever their value. `exp` always must. RFC 7519 section 4.
   *
   * Default: none.
   */
  readonly requiredClaims?: readonly string[];

  /**
   * All of these scopes must be granted, by the claims that the profile reads: by default `scope` (RFC 8693
   * section 4.2) and `scp`, each a string of scopes with spaces between or an array. RFC 6750 section 3.1.
   *
   * Default: none.
   */
  readonly requiredScopes?: readonly string[];
}

/** The options of {@link verify}. */
export interface VerifyOptions extends VerifierOptions {
  /**
   * The instant to judge by.
   *
   * Default: now, by the clock of the runtime.
   */
  readonly currentDate?: Date;
}

/** What a {@link Verifier} or {@link TrustedIssuers} may keep of tokens. */
export interface RememberingOptions {
  /**
   * Verified tokens that are remembered, so that one that comes again costs no arithmetic: clients send the same token
   * until it expires. Each time, its times are judged, all that the options ask for, and whether the key that signed it
   * is among the keys. Tokens that were refused leave no trace, so nobody without a key can push others out; those
   * unused for longest give way.
   *
   * In memory are a digest of the token, its signature, its header and its claims, until they give way, also beyond
   * their expiry; verifiers with the same keys and options share them, and beyond the 32 that were used last they are
   * forgotten.
   *
   * The {@link Verified} is then the same object each time that the token comes, frozen with all that is in it. It is
   * read, copied, logged and written as JSON as any other.
   *
   * Default: nothing is kept of any token.
   */
  readonly tokenCache?: TokenCache;
}

/** How much is remembered. */
export interface TokenCache {
  /** How many tokens; at most 100,000, and 0 for none. Default: 1000. */
  readonly entries?: number;
  /** Memory for them, in bytes, by estimate; at most 64 MiB. Default: 4 MiB. */
  readonly bytes?: number;
}

/** Keys and options, read once. */
export interface Verifier {
  /**
   * Verifies a token, as {@link verify} does with the keys and options of this verifier.
   *
   * @throws {DoorwardError} For every token that is refused.
   */
  verify(this: void, token: string, options?: Pick<VerifyOptions, "currentDate">): Verified;
  /** How many keys of the set can verify signatures. */
  readonly usableKeys: number;
  /** Those that cannot: one bad key never spoils a set. */
  readonly skippedKeys: readonly SkippedKey[];
}

/** One of several issuers. */
export interface TrustedIssuer extends VerifierOptions {
  readonly issuer: string | readonly string[];
  readonly audience: string | readonly string[];
  /** The published keys of this issuer. */
  readonly jwks: Keys;
}

/** Several issuers, read once. */
export interface TrustedIssuers {
  /**
   * Verifies a token, as {@link verify} does with the keys and options of its issuer.
   *
   * @throws {DoorwardError} For every token that is refused.
   */
  verify(this: void, token: string, options?: Pick<VerifyOptions, "currentDate">): Verified;
}

/** A member of a key set that cannot verify signatures. */
export interface SkippedKey {
  /** The place in the `keys` array, from 0. */
  readonly index: number;
  /** Its `kid`, if that is a string. */
  readonly kid: string | null;
  /** Why it was skipped, for people. */
  readonly reason: string;
}

/** What a token says, once that is known to be true. */
export interface Verified {
  /** The claims. The object inherits nothing: a name that the token does not have is `undefined`. */
  readonly claims: Claims;
  /** The header. The object inherits nothing. */
  readonly header: Header;
  /** The key that made the signature. */
  readonly key: {
    /** Its `kid`, if it has one. */
    readonly kid: string | null;
    /** The algorithm it was used with. */
    readonly alg: Algorithm;
    /** Its place in the `keys` array, from 0. */
    readonly index: number;
  };
  /** The issuer that was checked. `null` without the option `issuer`, whatever the token says. */
  readonly issuer: string | null;
  /** The client that the token was issued to, by the claim in which the profile has it. `null` if none does. */
  readonly client: string | null;
  /** The scopes granted, by all claims that the profile reads together: sorted, each once. */
  readonly scopes: readonly string[];
  /** The profile that was applied. */
  readonly profile: {
    readonly name: Profile;
    /** What tokens of this provider do not prove, in words. `null` where they prove all that RFC 9068 has. */
    readonly givesUp: string | null;
  };
}

/** The claims of a verified token (RFC 7519 section 4, RFC 9068 section 2.2). Those named here have these types. */
export interface Claims {
  readonly iss?: string;
  readonly sub?: string;
  readonly aud?: string | readonly string[];
  /** Seconds since 1970. Always there. */
  readonly exp: number;
  /** Seconds since 1970. */
  readonly nbf?: number;
  /** Seconds since 1970. */
  readonly iat?: number;
  readonly jti?: string;
  readonly client_id?: string;
  readonly scope?: string | readonly string[];
  readonly scp?: string | readonly string[];
  readonly [claim: string]: unknown;
}

/** The header of a verified token (RFC 7515 section 4). Those named here have these types. */
export interface Header {
  readonly alg: Algorithm;
  readonly kid?: string;
  readonly typ?: string;
  readonly [member: string]: unknown;
}

/** What {@link decodeUnverified} gives. Anybody may have written it. */
export interface Decoded {
  readonly header: {
    readonly alg: string;
    readonly kid?: string;
    readonly typ?: string;
    readonly [member: string]: unknown;
  };
  readonly claims: { readonly [claim: string]: unknown };
}

/** What {@link explain} gives. */
export interface Explanation {
  /** Whether {@link verify} would accept the token. */
  readonly accepted: boolean;
  /** The code that {@link verify} would throw: that of the first failed step. */
  readonly code: Code | null;
  /** All checks in their order. */
  readonly steps: readonly Step[];
}

/** One check, and how it went. */
export interface Step {
  /** Its name, for programs. */
  readonly check: Check;
  /** Its name, for people. */
  readonly title: string;
  /** Where the rule is written, e.g. "RFC 7519 section 4.1.4". */
  readonly section: string;
  /** What was expected. Empty if not reached. */
  readonly expected: string;
  /** What was found. Empty if not reached. */
  readonly found: string;
  /** `"not_reached"` when an earlier failure left nothing to check. */
  readonly verdict: "passed" | "failed" | "not_reached";
  /** The code of the failure. */
  readonly code: Code | null;
  /** What to do about the failure. */
  readonly advice: string | null;
}

/** The names of the checks, in their order. */
export type Check =
  | "key_set"
  | "size"
  | "form"
  | "header"
  | "extensions"
  | "algorithm"
  | "key"
  | "signature"
  | "claims"
  | "type"
  | "issuer"
  | "audience"
  | "expiry"
  | "not_before"
  | "issued_at"
  | "subject"
  | "required_claims"
  | "kind"
  | "binding"
  | "scopes";

/** Keys: a set, a single key, or the JSON text of either, at most 512 KiB and 1024 keys. */
export type Keys = JsonWebKeySet | Jwk | string;

/** A key set (RFC 7517 section 5). */
export interface JsonWebKeySet {
  readonly keys: readonly Jwk[];
}

/** A public key (RFC 7517 section 4). Private and symmetric keys are skipped, as are those not for signatures. */
export interface Jwk {
  readonly kty?: string;
  readonly kid?: string;
  readonly alg?: string;
  readonly use?: string;
  readonly key_ops?: readonly string[];
  readonly crv?: string;
  readonly x?: string;
  readonly y?: string;
  readonly n?: string;
  readonly e?: string;
}
