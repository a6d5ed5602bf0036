// A client's private key, and what it signs to say who it is (RFC 7523 section 2.2).

import { createPrivateKey } from "node:crypto";
import { wrongUsage } from "./failure.js";
import { readText } from "./input.js";

/**
 * Reads a private key, as JWK or PEM. Gives `{ key, algorithm, kid }`. `offered` are algorithms that the provider
 * takes.
 */
export async function readClientKey({ key: file, keyId, keyAlgorithm }, offered, { subtle } = globalThis.crypto) {
  const jwk = jwkOf(readText(file), file);
  if (typeof jwk.d !== "string")
    throw wrongUsage(`expected a private key in ${file}, found none`, 'a JWK with "d", or PEM');
  const algorithm = algorithmFor(jwk, keyAlgorithm, offered);
  const { kty, crv, n, e, d, p, q, dp, dq, qi, x, y } = jwk;
  const members = { kty, crv, n, e, d, p, q, dp, dq, qi, x, y }; // whatever else it says of its use
  try {
    const key = await subtle.importKey("jwk", members, ALGORITHMS[algorithm].parameters, false, ["sign"]);
    return { key, algorithm, kid: keyId ?? (typeof jwk.kid === "string" ? jwk.kid : undefined) };
  } catch {
    throw wrongUsage(`expected a private key for ${algorithm} in ${file}, found one that cannot be used`, null);
  }
}

/** What says who the client is, for the next two minutes and for one use. */
export async function clientAssertion({ key, algorithm, kid }, clientId, audience, now) {
  const issued = Math.floor(now);
  const claims = {
    iss: clientId,
    sub: clientId,
    aud: audience,
    jti: globalThis.crypto.randomUUID(),
    iat: issued,
    exp: issued + LIFETIME,
  };
  const signed = [{ alg: algorithm, typ: "JWT", ...(kid === undefined ? {} : { kid }) }, claims].map(encoded).join(".");
  const bytes = new TextEncoder().encode(signed);
  const signature = await globalThis.crypto.subtle.sign(ALGORITHMS[algorithm].parameters, key, bytes);
  return `${signed}.${Buffer.from(signature).toString("base64url")}`;
}

function jwkOf(text, file) {
  if (/-----BEGIN ENCRYPTED|Proc-Type: 4,ENCRYPTED/u.test(text)) {
    throw wrongUsage(
      `expected a private key in ${file}, found an encrypted one`,
      `decrypt it: openssl pkey -in ${file}`,
    );
  }
  try {
    return text.includes("-----BEGIN") ? createPrivateKey(text).export({ format: "jwk" }) : JSON.parse(text);
  } catch {
    throw wrongUsage(
      `expected a private key in ${file}, found another text`,
      "a JWK, or PEM as openssl genpkey writes it",
    );
  }
}

function algorithmFor(jwk, asked, offered) {
  const fitting = Object.keys(ALGORITHMS).filter((name) => ALGORITHMS[name].fits(jwk));
  if (fitting.length === 0) {
    throw wrongUsage("expected an RSA, P-256, P-384 or Ed25519 key, found another", null);
  }
  const wanted = asked ?? (fitting.includes(jwk.alg) ? jwk.alg : undefined);
  if (wanted !== undefined && fitting.includes(wanted)) return wanted;
  if (wanted !== undefined)
    throw wrongUsage(`expected --key-algorithm to fit the key, one of ${fitting.join(", ")}, found another`, null);
  return fitting.find((name) => offered?.includes(name)) ?? fitting[0];
}

function encoded(part) {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}

const isRsa = ({ kty }) => kty === "RSA";
const isEd25519 = ({ kty, crv }) => kty === "OKP" && crv === "Ed25519";
const isOnCurve =
  (curve) =>
  ({ kty, crv }) =>
    kty === "EC" && crv === curve;

/**
 * RFC 7518 section 3.1, RFC 8037, RFC 9864, with what WebCrypto calls them. The first that fits a key is the usual one.
 */
const ALGORITHMS = {
  RS256: { fits: isRsa, parameters: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" } },
  PS256: { fits: isRsa, parameters: { name: "RSA-PSS", hash: "SHA-256", saltLength: 32 } },
  ES256: { fits: isOnCurve("P-256"), parameters: { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } },
  ES384: { fits: isOnCurve("P-384"), parameters: { name: "ECDSA", namedCurve: "P-384", hash: "SHA-384" } },
  EdDSA: { fits: isEd25519, parameters: { name: "Ed25519" } },
  Ed25519: { fits: isEd25519, parameters: { name: "Ed25519" } },
};

/** Seconds: for the way to the provider, and for clocks that differ. */
const LIFETIME = 120;
