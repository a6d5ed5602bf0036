// The module with overflow checks and debug assertions, which are not in the one that is shipped, under a hundred
// thousand hostile tokens: node tests/js/hostile.mjs
//
// Called without the package's JavaScript around it, so that nothing is sorted out before. Whatever is passed, the
// answer is an error with a code: a trap of the module, which is what an overflow or a failed assertion ends in, is a
// failure. In between a good token is accepted, so that the instance is seen to live. After a warm-up the memory
// must not grow by a page.

import { generateKeyPairSync, sign as signWith } from "node:crypto";
import { readFileSync } from "node:fs";
import { KeySet, Policy, decode_unverified, explain, initSync, verify as verifyBytes } from "../../target/made/checked/doorward.js";
import { FORGERIES } from "./forgeries.mjs";
import { AUDIENCE, ISSUER, NOW, base64url, claims, header, jwk, sign, token } from "./sample.mjs";

const WARM_UP = 10_000;
const ROUNDS = 100_000;
/** Tables of changing sizes take each other's place in their 2 MiB, and leave gaps: up to an eighth of that, in bytes. */
const GAPS = 2 ** 18;
const SEED = Number(process.argv[2] ?? 1);

const { memory } = initSync({ module: readFileSync(new URL("../../target/made/checked/doorward_bg.wasm", import.meta.url)) });
const random = generator(SEED);
const pick = (list) => list[random(list.length)];

const pairs = [
  ["ES256", "ec", { namedCurve: "P-256" }, "sha256"], ["ES384", "ec", { namedCurve: "P-384" }, "sha384"], ["ES512", "ec", { namedCurve: "P-521" }, "sha512"],
  ["ES256K", "ec", { namedCurve: "secp256k1" }, "sha256"], ["RS256", "rsa", { modulusLength: 2048 }, "sha256"], ["RS512", "rsa", { modulusLength: 3072 }, "sha512"],
  ["Ed25519", "ed25519", {}, null],
].map(([alg, type, options, hash]) => {
  const { publicKey, privateKey } = generateKeyPairSync(type, options);
  const head = { alg, kid: alg, typ: "at+jwt" };
  const input = `${base64url(JSON.stringify(head))}.${base64url(JSON.stringify(claims()))}`;
  const signature = signWith(hash, Buffer.from(input), { key: privateKey, dsaEncoding: "ieee-p1363" });
  return { jwk: { ...publicKey.export({ format: "jwk" }), kid: alg }, input, signature };
});

const GOOD_KEYS = JSON.stringify({ keys: [jwk(), ...pairs.map((pair) => pair.jwk)] });
const GOOD_OPTIONS = JSON.stringify({ issuer: ISSUER, audience: AUDIENCE });
const goodTokens = [token, ...pairs.map(({ input, signature }) => `${input}.${base64url(signature)}`)];

/** Values as they are found in JSON, those near a limit above all. */
const VALUES = [
  null, true, false, 0, -0, 1, -1, 0.5, 1e20, -1e300, 253402300799, 253402300800, NOW, NOW + 600, -(2 ** 63), 2 ** 63, 2 ** 64, 2 ** 53 + 2, 4294967295, 4294967296, "", "x", "\0", "é\u{10FFFF}",
  ISSUER, AUDIENCE, `${NOW}`, "none", "EdDSA", "ES256", "RS256", "sample", "sig", "enc", "verify", "RSA", "EC", "OKP", "oct", "P-256", "P-521", "secp256k1", "Ed25519", "AQAB", "AA", "A".repeat(43),
  "_".repeat(342), "A".repeat(88), "x".repeat(3000), [], [[]], [""], [ISSUER], ["verify"], {}, { a: 1 }, { "": [] }, "entra", "cognito", "https://sts.windows.net/{tenantid}/", "////", "Bearer", "access",
];
const NAMES = {
  header: ["alg", "kid", "typ", "crit", "b64", "zip", "jwk", "cty", "x"],
  claims: ["iss", "aud", "exp", "nbf", "iat", "sub", "jti", "client_id", "scope", "scp", "cnf", "nonce", "events", "token_use", "tid", "azp", "permissions", "roles", "typ", "realm_access", "__proto__", "x"],
  key: ["kty", "crv", "x", "y", "n", "e", "kid", "alg", "use", "key_ops", "issuer", "d", "k", "pub"],
  options: ["issuer", "audience", "algorithms", "clockTolerance", "typ", "subject", "maxTokenAge", "requiredClaims", "requiredScopes", "profile", "tenants", "scopeClaim", "x"],
};

const attacks = Object.values(FORGERIES).flatMap((forgeries) => forgeries.map(([text]) => text));
const short = attacks.filter((text) => text.length <= 20_000);
const long = attacks.filter((text) => text.length > 20_000);
const signed = [];
for (let n = 0; n < 2000; n++) signed.push(await sign(changed(header(), NAMES.header, 1), changed(claims(), NAMES.claims, 1 + random(3))));

const codes = new Map();
let accepted = 0;
const encoder = new TextEncoder();
const good = { keys: new KeySet(GOOD_KEYS), policy: new Policy(GOOD_OPTIONS) };

const failures = [];
const began = Date.now();
for (const text of short) attackWith(text);
// Keys that have proved warm get larger tables.
for (let times = 0; times < 20; times++) alive();
const tokens = steady("tokens", WARM_UP, ROUNDS, attack);
fillTables();
const sets = steady("key sets", WARM_UP / 8, ROUNDS / 8, attackKeys, GAPS);
// Texts of a megabyte come apart from the others: what they need would leave room for what the others leak.
for (const text of long) attackWith(text);
const texts = steady("texts of a megabyte", long.length, 20 * long.length, (round) => attackWith(long[round % long.length]));

const seconds = ((Date.now() - began) / 1000).toFixed(1);
if (codes.size < 20) failures.push(`only these codes were seen: ${[...codes.keys()]}`);
for (const failure of failures) console.log(`FAILED hostile: ${failure}`);
console.log(`hostile: ${ROUNDS} tokens, ${accepted} of them changed harmlessly and accepted; ${codes.size} codes; memory of ${tokens} bytes, of ${sets} with tables of keys, and of ${texts} with texts of a megabyte`);
console.log(`hostile: ${4 - failures.length} passed, ${failures.length} failed (${seconds} s)`);
process.exitCode = failures.length === 0 ? 0 : 1;

/** Calls `use` again and again; after a warm-up the memory may grow by `allowed` bytes. Gives its bytes. */
function steady(name, warmUp, rounds, use, allowed = 0) {
  for (let round = 0; round < warmUp; round++) use(round);
  alive();
  const before = memory.buffer.byteLength;
  for (let round = 0; round < rounds; round++) {
    use(round);
    if (round % 1000 === 0) alive();
  }
  alive();
  const after = memory.buffer.byteLength;
  if (after > before + allowed) failures.push(`${name}: ${before} bytes of memory before, ${after} after`);
  return after;
}

function attackWith(text) {
  answered(() => verify(text, good.keys, good.policy, NOW));
  answered(() => decode_unverified(text));
  answered(() => explain(text, text.slice(0, 2 ** 20), good.policy, NOW));
}

/** One hostile token. */
function attack(round) {
  const text = hostileToken();
  const now = pick([NOW, NOW, NOW, NOW, 0, -1, 1e300, -1e300, 2 ** 63, NOW + 0.5, NaN, Infinity]);
  if (answered(() => verify(text, good.keys, good.policy, now))) accepted++;
  if (round % 4 === 0) answered(() => decode_unverified(text));
  if (round % 8 === 0) answered(() => explain(text, pick([GOOD_KEYS, GOOD_KEYS, hostileKeys(), hostileText()]), good.policy, now));
}

/** Hostile keys and options. */
function attackKeys() {
  let [keys, policy] = [];
  answered(() => (keys = new KeySet(hostileKeys())));
  answered(() => (policy = new Policy(hostileOptions())));
  answered(() => keys?.skipped());
  answered(() => verify(hostileToken(), keys ?? good.keys, policy ?? good.policy, NOW));
  keys?.free();
  policy?.free();
}

/** What is prepared of keys has a bound of 2 MiB; each of these takes some 8 KiB. Until it is reached, memory grows. */
function fillTables() {
  const token = `${base64url('{"alg":"RS256","kid":"k"}')}.${base64url("{}")}.${base64url(new Uint8Array(256))}`;
  for (let number = 0; number < 1000; number++) {
    const modulus = Uint8Array.from({ length: 256 }, (_, at) => (at === 0 ? 0x80 : at === 255 ? 1 : random(256)));
    const keys = new KeySet(JSON.stringify({ kty: "RSA", kid: "k", n: base64url(modulus), e: "AQAB" }));
    answered(() => verify(token, keys, good.policy, NOW));
    keys.free();
  }
}

/** Tokens cross as UTF-8. */
function verify(text, keys, policy, now) {
  return verifyBytes(encoder.encode(text), keys, policy, now);
}

function answered(call) {
  try {
    return call() !== undefined;
  } catch (error) {
    if (!(error instanceof Error) || error instanceof WebAssembly.RuntimeError || typeof error.code !== "string" || error.code.startsWith("ERR_")) throw error;
    codes.set(error.code, (codes.get(error.code) ?? 0) + 1);
    return false;
  }
}

function alive() {
  for (const text of goodTokens) verify(text, good.keys, good.policy, NOW);
}

function hostileToken() {
  switch (random(8)) {
    case 0: return pick(short);
    case 1: case 2: return pick(signed);
    case 3: return spoilt(pick(goodTokens.slice(0, 1)));
    case 4: return spoilt(pick(short));
    case 5: return [base64url(JSON.stringify(changed(header(), NAMES.header, 2))), base64url(JSON.stringify(changed(claims(), NAMES.claims, 2))), noise(random(100))].join(".");
    case 6: return Array.from({ length: 1 + random(6) }, () => noise(random(60))).join(".");
    default: return random(8) === 0 ? spoiltSignature() : hostileText();
  }
}

/** A signature of the right length, and the arithmetic has to find out that it is none. */
function spoiltSignature() {
  const { input, signature } = pick(pairs);
  const bytes = Uint8Array.from(signature);
  for (let times = 0; times <= random(3); times++) bytes[random(bytes.length)] = pick([0, 1, 0x7f, 0x80, 0xff]);
  if (random(4) === 0) bytes.fill(pick([0, 0xff]), random(bytes.length));
  return `${input}.${base64url(bytes)}`;
}

function spoilt(text) {
  const at = random(text.length + 1);
  switch (random(5)) {
    case 0: return text.slice(0, at) + pick(["", "A", ".", "=", "_", "\0", "é", "\uD800", "\u{10FFFF}"]) + text.slice(at + 1);
    case 1: return text.slice(0, at) + text.slice(at + random(9));
    case 2: return text.slice(0, at) + noise(random(9)) + text.slice(at);
    case 3: return text.slice(0, at);
    default: return text.slice(0, at) + text.slice(random(text.length + 1));
  }
}

function changed(object, names, times) {
  const members = { ...object };
  for (let n = 0; n < times; n++) members[pick(names)] = pick(VALUES);
  return members;
}

function hostileKeys() {
  if (random(6) === 0) return spoilt(GOOD_KEYS);
  const keys = Array.from({ length: random(6) }, () => (random(5) === 0 ? pick(VALUES) : changed(pick([jwk(), ...pairs.map((pair) => pair.jwk)]), NAMES.key, random(3))));
  return JSON.stringify(random(12) === 0 ? { keys: pick(VALUES) } : { keys });
}

function hostileOptions() {
  if (random(6) === 0) return spoilt(GOOD_OPTIONS);
  return JSON.stringify(changed(random(2) === 0 ? {} : JSON.parse(GOOD_OPTIONS), NAMES.options, 1 + random(2)));
}

function hostileText() {
  return Array.from({ length: random(80) }, () => pick(["{", "}", "[", "]", "\"", ":", ",", "\\", "\\u", "\\ud83d", "1", "e", "-", ".", "9".repeat(30), "null", "keys", " ", "\n", "\0", "\uD800", "\uDC00", "é", "A"])).join("");
}

function noise(length) {
  return Array.from({ length }, () => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[random(64)]).join("");
}

/** A linear congruential generator: the same tokens in every run, but for the keys. */
function generator(seed) {
  return (below) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
}
