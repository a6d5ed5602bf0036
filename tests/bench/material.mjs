// Keys and tokens to measure with, the same for everybody, as files of the project: one for each scenario.

import { constants, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DISTINCT, ISSUER, RESOURCE, altered, refusedChanges, signingInput } from "./claims.mjs";
import { PROJECT, TARGET } from "./project.mjs";

export const ALGORITHMS = ["RS256", "PS256", "ES256", "ES384", "EdDSA"];

/** How many keys a set has, at most, and how many are in use, at most. */
export const KEYS = 1000;
export const TOKEN_KIBIBYTES = [0.5, 1, 2, 4, 8];

/** Keys of which each has signed one token, to be met for the first time in each process. */
const NEW_KEYS = 32;

/** Writes all files. Keys are made once and kept: primes for RSA take a while. */
export function writeMaterial() {
  const keys = keptKeys();
  const one = Object.fromEntries(ALGORITHMS.map((algorithm) => [algorithm, keys.fresh[algorithm][0]]));
  const common = { issuer: ISSUER, audience: RESOURCE };
  const verify = Object.fromEntries(ALGORITHMS.map((algorithm) => [algorithm, of(algorithm, one[algorithm])]));
  write("verify", { ...common, algorithms: verify });
  write("gate", { ...common, jwk: publicJwk(one.ES256), token: token(one.ES256, { scope: "mcp:read" }) });
  write("size", { ...common, jwk: publicJwk(one.ES256), sizes: TOKEN_KIBIBYTES.map((size) => [size, distinct(one.ES256, size)]) });
  write("keys", { ...common, keys: keys.crowd.map((key) => ({ jwk: publicJwk(key), token: token(key) })) });
  const fresh = Object.entries(keys.fresh).map(([algorithm, all]) => [algorithm, all.map((key) => ({ jwk: publicJwk(key), token: token(key) }))]);
  write("fresh", { ...common, algorithms: Object.fromEntries(fresh) });
  writeFileSync(join(TARGET, "native.json"), JSON.stringify({ ...common, algorithms: verify }));
}

/** A key with its tokens, and what must be refused, each by one change. */
function of(algorithm, key) {
  const refused = Object.entries(refusedChanges()).map(([what, changes]) => [what, token(key, changes)]);
  return {
    algorithm,
    jwk: publicJwk(key),
    pem: createPublicKey({ key: publicJwk(key), format: "jwk" }).export({ type: "spki", format: "pem" }),
    tokens: distinct(key),
    refused: { "an altered signature": altered(token(key)), ...Object.fromEntries(refused) },
  };
}

/** Tokens of a key that differ in subject and identifier; with a size, each has exactly that many KiB. */
function distinct(key, kibibytes) {
  return DISTINCT.map((changes) => {
    if (kibibytes === undefined) return token(key, changes);
    const missing = kibibytes * 1024 - token(key, { ...changes, pad: "" }).length;
    return token(key, { ...changes, pad: "x".repeat(Math.floor((missing * 3) / 4)) });
  });
}

function token(key, changes) {
  const input = signingInput(key, changes);
  return `${input}.${signature(key, Buffer.from(input)).toString("base64url")}`;
}

function signature(jwk, input) {
  const key = createPrivateKey({ key: jwk, format: "jwk" });
  const hash = `sha${jwk.alg.slice(2)}`;
  switch (jwk.alg.slice(0, 2)) {
    case "RS":
      return sign(hash, input, key);
    case "PS":
      return sign(hash, input, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST });
    case "ES":
      return sign(hash, input, { key, dsaEncoding: "ieee-p1363" });
    default:
      return sign(null, input, key);
  }
}

const KINDS = {
  RS256: ["rsa", { modulusLength: 2048 }],
  PS256: ["rsa", { modulusLength: 2048 }],
  ES256: ["ec", { namedCurve: "P-256" }],
  ES384: ["ec", { namedCurve: "P-384" }],
  EdDSA: ["ed25519", {}],
};

function keptKeys() {
  const file = join(TARGET, "keys.json");
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8"));
  const some = (algorithm, length) => Array.from({ length }, (_, at) => newKey(algorithm, `${algorithm}-${at}`));
  const fresh = Object.fromEntries(ALGORITHMS.map((algorithm) => [algorithm, some(algorithm, NEW_KEYS)]));
  const keys = { fresh, crowd: some("ES256", KEYS) };
  mkdirSync(TARGET, { recursive: true });
  writeFileSync(file, JSON.stringify(keys));
  return keys;
}

/** By way of text: Node 20 can wait for itself forever when a key that was just made is exported as JWK. */
function newKey(alg, kid) {
  const [kind, options] = KINDS[alg];
  const encoding = { publicKeyEncoding: { type: "spki", format: "pem" }, privateKeyEncoding: { type: "pkcs8", format: "pem" } };
  const { privateKey } = generateKeyPairSync(kind, { ...options, ...encoding });
  return { ...createPrivateKey(privateKey).export({ format: "jwk" }), alg, kid };
}

function publicJwk({ kty, crv, x, y, n, e, alg, kid }) {
  return JSON.parse(JSON.stringify({ kty, crv, x, y, n, e, alg, kid, use: "sig" }));
}

function write(name, value) {
  const file = join(PROJECT, "material", `${name}.mjs`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `export default ${JSON.stringify(value)};\n`);
}
