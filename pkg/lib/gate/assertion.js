// A short-lived token of the gate's own, by which an origin can tell that a request came through it and for whom.

import { kindOf } from "../kind.js";
import { invalid } from "../plain.js";

export class Assertions {
  #issuer;
  #audience;
  #lifetime;
  #header;
  #algorithm;
  #jwk;
  #key;

  /** Reads the option `assertion`: its data was copied before. */
  constructor(assertion, issuer, audience) {
    if (kindOf(assertion) !== "an object") throw invalid("assertion", "an object", kindOf(assertion));
    const { key, lifetime = LIFETIME_SECONDS, ...others } = assertion;
    for (const name in others) throw invalid(`assertion.${name}`, "key or lifetime", "an unknown name");
    if (!Number.isInteger(lifetime) || lifetime < 1 || lifetime > MAX_LIFETIME_SECONDS) {
      throw invalid("assertion.lifetime", `whole seconds from 1 to ${MAX_LIFETIME_SECONDS}`, kindOf(lifetime));
    }
    const { alg, algorithm, jwk } = readKey(key);
    this.#issuer = issuer;
    this.#audience = audience;
    this.#lifetime = lifetime;
    this.#header = { alg, ...(key.kid === undefined ? {} : { kid: key.kid }), typ: "JWT" };
    this.#algorithm = algorithm;
    this.#jwk = jwk;
  }

  /** A token about this access, in compact form. `now` in seconds since 1970. */
  async sign({ issuer, subject, client, scopes }, now) {
    const issued = Math.floor(now);
    const claims = {
      iss: this.#issuer,
      aud: this.#audience,
      // A subject is one only together with its issuer: RFC 9493 section 3.2.3.
      ...(subject === null ? {} : { sub: subject, sub_id: { format: "iss_sub", iss: issuer, sub: subject } }),
      ...(client === null ? {} : { client_id: client }),
      scope: scopes.join(" "),
      iat: issued,
      exp: issued + this.#lifetime,
      jti: crypto.randomUUID(),
    };
    const input = `${base64url(JSON.stringify(this.#header))}.${base64url(JSON.stringify(claims))}`;
    // Each request imports for itself until one has: none waits for another's promise.
    this.#key ??= await crypto.subtle.importKey("jwk", this.#jwk, this.#algorithm, false, ["sign"]);
    const signature = await crypto.subtle.sign(this.#algorithm, this.#key, new TextEncoder().encode(input));
    return `${input}.${base64urlOfBytes(new Uint8Array(signature))}`;
  }
}

/** All that can be seen without importing it, so that a wrong key is found at start. */
function readKey(key) {
  if (kindOf(key) !== "an object") throw invalid("assertion.key", "a private key as JSON Web Key", kindOf(key));
  const row = KEYS.find(({ jwk }) => jwk.kty === key.kty && jwk.crv === key.crv);
  if (row === undefined) throw invalid("assertion.key", "one of the curve P-256 or Ed25519", "another");
  const { algs, algorithm, members } = row;
  if (key.alg !== undefined && !algs.includes(key.alg)) {
    throw invalid("assertion.key", `one for ${algs.join(" or ")}`, "one for another algorithm");
  }
  if (key.use !== undefined && key.use !== "sig") {
    throw invalid("assertion.key", "one for signatures", "one for another use");
  }
  if (key.kid !== undefined && typeof key.kid !== "string") {
    throw invalid("assertion.key", "one whose kid is a string", kindOf(key.kid));
  }
  const jwk = { ...row.jwk };
  for (const member of members) {
    if (typeof key[member] !== "string" || !BYTES_32.test(key[member])) {
      const found = member in key ? "another" : `one without ${member}`;
      throw invalid("assertion.key", `one whose ${member} is 32 bytes in base64url`, found);
    }
    jwk[member] = key[member];
  }
  return { alg: key.alg ?? algs[0], algorithm, jwk };
}

function base64url(text) {
  return base64urlOfBytes(new TextEncoder().encode(text));
}

function base64urlOfBytes(bytes) {
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The keys that there are, and the names of what is done with them (RFC 7518, RFC 8037, RFC 9864). */
const KEYS = [
  {
    jwk: { kty: "EC", crv: "P-256" },
    members: ["x", "y", "d"],
    algs: ["ES256"],
    algorithm: { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" },
  },
  {
    jwk: { kty: "OKP", crv: "Ed25519" },
    members: ["x", "d"],
    algs: ["EdDSA", "Ed25519"],
    algorithm: { name: "Ed25519" },
  },
];

const BYTES_32 = /^[A-Za-z0-9_-]{43}$/u;

/** Enough for a request on its way between two servers whose clocks differ a little. */
const LIFETIME_SECONDS = 60;

/** Beyond this it would be a credential worth stealing. */
const MAX_LIFETIME_SECONDS = 600;
