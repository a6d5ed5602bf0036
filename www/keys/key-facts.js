// What a key says of itself: read for display only. Whether it can be used is the verifier's word, not this file's.

import { decodedBytes } from "../page/segments.js";

/** The algorithms of each kind of key (RFC 7518 section 3.1, RFC 8037, RFC 8812). */
const ALGORITHMS = {
  "P-256": ["ES256"], "P-384": ["ES384"], "P-521": ["ES512"], secp256k1: ["ES256K"], Ed25519: ["EdDSA", "Ed25519"],
  RSA: ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"],
};

/** Work to break the key, as a power of two (NIST SP 800-57 part 1, table 2; RFC 8032 for Ed25519). */
const STRENGTHS = { "P-256": 128, "P-384": 192, "P-521": 256, secp256k1: 128, Ed25519: 128 };

/** The least modulus, in bits, for a strength in bits. */
const RSA_STRENGTHS = [[15_360, 256], [7_680, 192], [3_072, 128], [2_048, 112], [1_024, 80]];

/** Members that only a private or a symmetric key has (RFC 7518 sections 6.2.2, 6.3.2 and 6.4.1). */
export const PRIVATE_MEMBERS = ["d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"];

/** `{ kid, kind, strength, algorithms, uses, isPrivate }` in words, of any JSON value. */
export function factsOf(jwk) {
  if (typeof jwk !== "object" || jwk === null || Array.isArray(jwk)) {
    return { kid: null, kind: "no JSON object", strength: "", algorithms: "", uses: "", isPrivate: false };
  }
  const { kid, kty, crv, alg, use, key_ops: operations } = jwk;
  const family = kty === "RSA" ? "RSA" : crv;
  const possible = Object.hasOwn(ALGORITHMS, family) ? ALGORITHMS[family] : [];
  return {
    kid: typeof kid === "string" ? kid : null,
    kind: [kty, crv].filter((part) => typeof part === "string").join(" ") || "no kty",
    strength: strengthOf(jwk, family),
    algorithms: typeof alg === "string" ? alg : possible.join(", "),
    isNamed: typeof alg === "string",
    uses: [use, ...Array.isArray(operations) ? operations : []].filter((part) => typeof part === "string").join(", "),
    isPrivate: PRIVATE_MEMBERS.some((member) => member in jwk),
  };
}

function strengthOf({ n }, family) {
  if (family !== "RSA") return Object.hasOwn(STRENGTHS, family) ? `${STRENGTHS[family]} bits` : "";
  const bits = bitsOf(n);
  if (bits === 0) return "";
  const [, strength] = RSA_STRENGTHS.find(([least]) => bits >= least) ?? [0, 0];
  return `${bits}-bit modulus${strength > 0 ? `, ${strength} bits` : ""}`;
}

function bitsOf(n) {
  const bytes = typeof n === "string" ? decodedBytes(n) ?? [] : [];
  const first = bytes.findIndex((byte) => byte !== 0);
  return first === -1 ? 0 : (bytes.length - first) * 8 - Math.clz32(bytes[first]) + 24;
}
