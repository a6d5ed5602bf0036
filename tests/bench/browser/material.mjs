// Keys and tokens, made by the browser's own WebCrypto.

import { DISTINCT, altered, refusedChanges, signingInput } from "../claims.mjs";
import { rsaKeys } from "./primes.mjs";

const RSA = { hash: "SHA-256", modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) };

/** What WebCrypto calls each algorithm, and how it signs. */
const ALGORITHMS = {
  RS256: [{ name: "RSASSA-PKCS1-v1_5", ...RSA }, "RSASSA-PKCS1-v1_5"],
  PS256: [{ name: "RSA-PSS", ...RSA }, { name: "RSA-PSS", saltLength: 32 }],
  ES256: [{ name: "ECDSA", namedCurve: "P-256" }, { name: "ECDSA", hash: "SHA-256" }],
  ES384: [{ name: "ECDSA", namedCurve: "P-384" }, { name: "ECDSA", hash: "SHA-384" }],
  EdDSA: [{ name: "Ed25519" }, "Ed25519"],
};

/** New keys for one batch: enough for clocks that tick ten times in a millisecond. */
const NEW_KEYS = { RSA: 16, other: 48 };

export class Material {
  #known = new Map();

  /**
   * A key with tokens that all differ, and what must be refused, each by one change: the same at each call. `null` where
   * this browser does not have the algorithm.
   */
  async of(algorithm) {
    if (!this.#known.has(algorithm)) this.#known.set(algorithm, await made(algorithm));
    return this.#known.get(algorithm);
  }

  /** Keys with one token each, in so many batches: new ones at each call. Asks `proceed()` now and then. */
  async fresh(algorithm, batches, proceed) {
    const isRsa = ALGORITHMS[algorithm][0].modulusLength !== undefined;
    const each = isRsa ? NEW_KEYS.RSA : NEW_KEYS.other;
    const generate = async () => crypto.subtle.exportKey("jwk", (await generated(algorithm)).privateKey);
    const jwks = isRsa ? await rsaKeys(batches * each, generate) : null;
    const keys = [];
    for (let at = 0; at < batches * each; at++) {
      if (at % each === 0) await proceed();
      const key = isRsa ? await imported(algorithm, jwks[at]) : await generated(algorithm);
      const jwk = await published(algorithm, `new-${at}`, key);
      keys.push({ jwk, token: await signed(jwk, key.privateKey) });
    }
    return Array.from({ length: batches }, (_, batch) => keys.slice(batch * each, (batch + 1) * each));
  }
}

async function made(algorithm) {
  let key;
  try {
    key = await generated(algorithm);
  } catch (error) {
    if (error.name === "NotSupportedError") return null;
    throw error;
  }
  const jwk = await published(algorithm, algorithm, key);
  const token = (changes) => signed(jwk, key.privateKey, changes);
  const refused = { "an altered signature": altered(await token()) };
  for (const [what, changes] of Object.entries(refusedChanges())) refused[what] = await token(changes);
  return { jwk, tokens: await Promise.all(DISTINCT.map(token)), refused };
}

function generated(algorithm) {
  return crypto.subtle.generateKey(ALGORITHMS[algorithm][0], true, ["sign", "verify"]);
}

/** A private JWK as a pair of keys. */
async function imported(algorithm, jwk) {
  const { n, e } = jwk;
  const read = (text, usage) => crypto.subtle.importKey("jwk", text, ALGORITHMS[algorithm][0], true, [usage]);
  return { privateKey: await read(jwk, "sign"), publicKey: await read({ kty: jwk.kty, n, e }, "verify") };
}

/** The public JWK as providers have it. */
async function published(alg, kid, { publicKey }) {
  const { kty, crv, x, y, n, e } = await crypto.subtle.exportKey("jwk", publicKey);
  return JSON.parse(JSON.stringify({ kty, crv, x, y, n, e, alg, kid, use: "sig" }));
}

async function signed(jwk, privateKey, changes) {
  const input = signingInput(jwk, changes);
  const signature = await crypto.subtle.sign(ALGORITHMS[jwk.alg][1], privateKey, new TextEncoder().encode(input));
  const text = btoa(String.fromCharCode(...new Uint8Array(signature)));
  return `${input}.${text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`;
}
