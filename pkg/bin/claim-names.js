// What claims and members of headers are called, in words.

/** RFC 7515 section 4.1. */
export const HEADER_NAMES = new Map([
  ["alg", "algorithm"],
  ["typ", "type"],
  ["kid", "key"],
  ["cty", "content type"],
  ["jku", "address of keys"],
  ["jwk", "a key of its own"],
  ["x5u", "address of certificate"],
  ["x5c", "certificates"],
  ["x5t", "certificate, SHA-1"],
  ["x5t#S256", "certificate, SHA-256"],
  ["crit", "extensions to obey"],
]);

/** RFC 7519 section 4.1, RFC 9068, RFC 8693, OpenID Connect Core section 2, and what the providers add. */
export const CLAIM_NAMES = new Map([
  ["iss", "issuer"],
  ["sub", "subject"],
  ["aud", "audience"],
  ["exp", "expires"],
  ["nbf", "not valid before"],
  ["iat", "issued"],
  ["jti", "token id"],
  ["client_id", "client"],
  ["cid", "client"],
  ["azp", "client"],
  ["appid", "client"],
  ["scope", "scopes"],
  ["scp", "scopes"],
  ["permissions", "permissions"],
  ["roles", "roles"],
  ["groups", "groups"],
  ["entitlements", "entitlements"],
  ["realm_access", "roles in the realm"],
  ["resource_access", "roles by client"],
  ["auth_time", "authenticated"],
  ["acr", "strength of login"],
  ["amr", "ways of login"],
  ["act", "acts on behalf of it"],
  ["may_act", "who may act for it"],
  ["cnf", "bound to a key"],
  ["nonce", "nonce"],
  ["at_hash", "hash of access token"],
  ["sid", "session"],
  ["name", "name"],
  ["email", "e-mail"],
  ["email_verified", "e-mail verified"],
  ["preferred_username", "user name"],
  ["updated_at", "profile updated"],
  ["tid", "tenant"],
  ["oid", "object"],
  ["uid", "user"],
  ["ver", "version of token"],
  ["token_use", "use of token"],
  ["typ", "kind of token"],
  ["gty", "grant"],
  ["org_id", "organization"],
]);

/** Claims that hold an instant, in seconds since 1970. */
export const INSTANTS = new Set(["exp", "nbf", "iat", "auth_time", "updated_at"]);

/** The media types of tokens (RFC 9068 section 2.1, RFC 8417, RFC 9449), in words. */
export const TYPES = new Map([
  ["jwt", "a JSON Web Token of any kind"],
  ["at+jwt", "an access token"],
  ["logout+jwt", "a logout token"],
  ["secevent+jwt", "a security event"],
  ["dpop+jwt", "a proof of possession"],
]);

/** The algorithms of signatures (RFC 7518 section 3.1, RFC 8037, RFC 9864), by how their names begin. */
export const ALGORITHMS = [
  [/^RS\d+$/u, "RSA"],
  [/^PS\d+$/u, "RSA, PSS"],
  [/^ES\d+K?$/u, "ECDSA"],
  [/^Ed(?:DSA|25519)$/u, "Ed25519"],
  [/^HS\d+$/u, "a shared secret: whoever can check such a token can make one"],
  [/^none$/iu, "nobody has signed this token"],
];
