// The members of a key set, and which of them can verify.

import { createVerifier } from "doorward";

/**
 * Reads the text of a key set or of a single key. Gives of each member `{ index, kid, algorithms, strength, usable,
 * reason }`. Throws what the verifier throws of a text that is neither.
 */
export function keysOf(text) {
  const { skippedKeys } = createVerifier(text);
  const document = JSON.parse(text);
  const members = Array.isArray(document.keys) ? document.keys : [document];
  const reasons = new Map(skippedKeys.map(({ index, reason }) => [index, reason]));
  return members.map((key, index) => {
    const member = typeof key === "object" && key !== null ? key : {};
    const usable = !reasons.has(index);
    return {
      index,
      kid: typeof member.kid === "string" ? member.kid : null,
      algorithms: algorithmsOf(member),
      strength: strengthOf(member),
      usable,
      reason: reasons.get(index) ?? null,
    };
  });
}

/** "RSA 2048 bits", "P-256", "Ed25519", ... */
function strengthOf({ kty, n, crv, k }) {
  if (kty === "RSA" && typeof n === "string") return `RSA ${bitsOf(n)} bits`;
  if ((kty === "EC" || kty === "OKP") && typeof crv === "string") return crv;
  if (kty === "oct")
    return `a shared secret${typeof k === "string" ? `, ${Buffer.from(k, "base64url").length * 8} bits` : ""}`;
  return typeof kty === "string" ? kty : "of no kind";
}

/** Without `alg`, those that RFC 7518 has for this kind of key. */
function algorithmsOf({ alg, kty, crv }) {
  if (typeof alg === "string") return [alg];
  if (kty === "RSA") return ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"];
  return BY_CURVE[crv] ?? [];
}

/** The length of a number in base64url, without the zeros before it. */
function bitsOf(text) {
  const bytes = Buffer.from(text, "base64url");
  const first = bytes.findIndex((byte) => byte !== 0);
  return first < 0 ? 0 : (bytes.length - first) * 8 - (Math.clz32(bytes[first]) - 24);
}

const BY_CURVE = {
  "P-256": ["ES256"],
  "P-384": ["ES384"],
  "P-521": ["ES512"],
  secp256k1: ["ES256K"],
  Ed25519: ["EdDSA", "Ed25519"],
};
