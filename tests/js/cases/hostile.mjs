// Whatever is passed, a DoorwardError comes out, the instance lives on, and the token stays unsaid.

import { createVerifier, decodeUnverified, explain, trustIssuers, verify } from "doorward";
import { ok, same, test } from "../harness.mjs";
import { refused } from "../refusal.mjs";
import { base64url, header, jwk, jwks, options, sign, token } from "../sample.mjs";

const cycle = {};
cycle.keys = [cycle];
const { proxy: revoked, revoke } = Proxy.revocable({}, {});
revoke();

/** Values that are no text. */
const VALUES = [
  undefined, null, true, false, 0, -0, 1, NaN, Infinity, 2 ** 53, 10n, Symbol("token"), () => token, class {}, [], [token], [[]], {}, { token },
  Object.create(null), new String(token), new Number(1), Object(1n), new Date(), new Date(NaN), /x/, new Map([["keys", []]]), new Set(), new WeakMap(),
  new Error(token), new Uint8Array(8), new ArrayBuffer(8), new URL("https://x.example.com/"), Promise.resolve(token), globalThis.Math, JSON,
  { toString: () => token, valueOf: () => token }, { toJSON: () => undefined }, { toJSON: () => "x" }, { toJSON() { throw new Error(token); } },
  { get keys() { throw new Error(token); } }, { keys: 1n }, { keys: [1n] }, cycle, revoked,
  new Proxy({}, { get() { throw token; }, ownKeys() { throw token; } }), new Proxy(() => {}, {}), new (class Keys {})(),
];

const [head, payload, signature] = token.split(".");

/** Texts that are no token. None of them is made of what messages are made of. */
const TEXTS = [
  "", ".", "..", "...", "....", "\0", "\uFEFF", "\uD800", "\uDC00.\uD800.\uDFFF", "😀.😀.😀", "null", "undefined", "[object Object]", "{}", "[]", "\"\"",
  ` ${token}`, `${token} `, `${token}\n`, `\n${token}`, `${token}\0`, `\uFEFF${token}`, `Bearer ${token}`, token.replaceAll(".", "。"), token.replaceAll(".", " "),
  token.slice(1), token.slice(0, -1), `${token}.`, `.${token}`, `${token}${token}`, `${token}.${token}`, token.toUpperCase(), [...token].reverse().join(""),
  `${head}..${signature}`, `.${payload}.${signature}`, `${head}.${payload}.`, `${payload}.${head}.${signature}`, encodeURIComponent(`${token}=`), btoa(token),
  `${head}.${payload}.${signature}\uD800`, `\uD800${token}`, `${head}\uDC00.${payload}.${signature}`,
  ".".repeat(1_000_000), "a".repeat(1_000_000), `${token}${" ".repeat(1_000_000)}`, "\uD800".repeat(1_000_000), "\u{10FFFF}".repeat(500_000),
  "a".repeat(16 * 1024), "a".repeat(16 * 1024 + 1), `${"a".repeat(8000)}.${"a".repeat(8000)}.`, "[".repeat(16_000),
  `${base64url("[".repeat(6000))}.${payload}.${signature}`, `${base64url(`{"alg":${'{"a":'.repeat(1000)}`)}.${payload}.${signature}`,
  `${base64url(`{"alg":"EdDSA","kid":"${"\\u0000".repeat(1000)}"}`)}.${payload}.${signature}`,
];

/** Texts that are no keys. */
const KEY_TEXTS = [
  "", " ", "null", "true", "1", "\"\"", "[]", "{}", "{", "}", "{\"keys\"", "{\"keys\":[", "{\"keys\":[]", "{\"keys\":[]}x", "{\"keys\":[]}{}", "\uFEFF{\"keys\":[]}",
  "{'keys':[]}", "{keys:[]}", "{\"keys\":[],}", "{\"keys\":[]}\0", "{\"keys\":\"\\ud800\"}", "\uD800", `{"keys":["\uD800"]}`, `{"keys":["\\ud800"]}`, "{\"keys\":NaN}",
  "{\"keys\":1e999}", "[".repeat(1_000_000), "{\"keys\":".repeat(1_000_000), `{"keys":${"[".repeat(200)}${"]".repeat(200)}}`, "x".repeat(1_000_000),
  `{"keys":[${"{},".repeat(200_000)}{}]}`, `{"keys":[${"{},".repeat(2000)}{}]}`, " ".repeat(1_000_000), "\u{10FFFF}".repeat(500_000), "https://login.example.com/keys",
];

test("no value but a text is a token", () => {
  for (const value of VALUES) {
    for (const call of [() => verify(value, jwks(), options()), () => explain(value, jwks(), options()), () => decodeUnverified(value)]) {
      refused("token_malformed", call, token);
    }
  }
  alive();
});

test("no text but a token is one", () => {
  for (const text of TEXTS) {
    refused(undefined, () => verify(text, jwks(), options()), text);
    same(explain(text, jwks(), options()).accepted, false);
    const { verify: verifyAlone } = createVerifier(jwks());
    refused(undefined, () => verifyAlone(text), text);
  }
  alive();
});

test("a text of any size is refused for its size", () => {
  for (const length of [16 * 1024 + 1, 2 ** 20, 2 ** 20 + 1, 5_000_000]) {
    for (const filling of ["a", ".", "\uD800", "ä"]) refused("token_too_large", () => verify(filling.repeat(length), jwks()));
    refused("jwks_too_large", () => verify(token, `{"keys":[],"x":"${"x".repeat(Math.max(length, 600_000))}"}`), token);
    refused("invalid_option", () => verify(token, jwks(), { issuer: "x".repeat(Math.max(length, 70_000)) }), token);
  }
  alive();
});

test("no value but an object or a text is keys", () => {
  for (const value of VALUES) {
    refused("jwks_malformed", () => verify(token, value, options()), token);
    refused("jwks_malformed", () => createVerifier(value), token);
  }
  alive();
});

test("an object of any depth is refused, for its depth or for its size", () => {
  for (const depth of [65, 1000, 100_000]) {
    const deep = nested(depth);
    for (let round = 0; round < 3; round++) {
      const { code } = refused(undefined, () => verify(token, deep, options()), token);
      ok(["jwks_malformed", "jwks_too_large"].includes(code), code); // engines differ in what they can still write
    }
    refused("invalid_option", () => verify(token, jwks(), { issuer: deep }), token);
  }
  alive();
});

test("no value but a list of issuers is one", () => {
  const { currentDate, ...issuer } = options();
  const throwing = new Proxy([issuer], { get(list, name) { if (name === "0") throw token; return list[name]; } });
  for (const value of [...VALUES, throwing]) {
    refused(undefined, () => trustIssuers(value), token);
    refused(undefined, () => trustIssuers([value]), token);
    refused("jwks_malformed", () => trustIssuers([{ ...issuer, jwks: value }]), token);
    refused("token_malformed", () => trustIssuers([{ ...issuer, jwks: jwks() }]).verify(value), token);
  }
  alive();
});

test("no text but that of keys is keys", () => {
  for (const text of KEY_TEXTS) {
    const error = refused(undefined, () => verify(token, text, options()), token);
    ok(/^jwks_(malformed|too_large)$|^key_not_found$/u.test(error.code), `${text.slice(0, 40)}: ${error.code}`);
    same(explain(token, /[\uD800-\uDFFF]/u.test(text) ? "" : text, options()).accepted, false);
  }
  alive();
});

test("a text of keys with half a character is refused, not repaired", () => {
  const text = JSON.stringify({ ...jwks(), note: "?" });
  same(verify(token, text, options()).key.index, 0);
  for (const half of ["\uD800", "\uDC00", "\uDC00\uD800"]) {
    refused("jwks_malformed", () => verify(token, text.replace("?", half), options()), token);
    refused("jwks_malformed", () => createVerifier(text.replace("?", half)), token);
    refused("jwks_malformed", () => explain(token, text.replace("?", half)), token);
    refused("jwks_malformed", () => verify(token, { ...jwks(), note: half }, options()), token);
  }
});

test("whatever is in a list of keys is skipped, and the good key found", () => {
  const junk = [
    null, true, 0, "", "x", [], {}, { kty: null }, { kty: 1 }, { kty: "RSA" }, { kty: "EC" }, { kty: "OKP" }, { kty: "oct", k: "AA" }, { kty: "AKP", alg: "ML-DSA-44" },
    { ...jwk(), x: "" }, { ...jwk(), x: "!" }, { ...jwk(), x: jwk().x.slice(1) }, { ...jwk(), x: "A".repeat(43) }, { ...jwk(), crv: "Ed448" }, { ...jwk(), crv: "X25519" },
    { kty: "RSA", n: "AQAB", e: "AQAB" }, { kty: "RSA", n: "_".repeat(342), e: "AQ" }, { kty: "RSA", n: "_".repeat(342), e: "AAAB" }, { kty: "RSA", n: "_".repeat(4000), e: "AQAB" },
    { kty: "EC", crv: "P-256", x: "A".repeat(43), y: "A".repeat(43) }, { kty: "EC", crv: "P-521", x: "_", y: "_" }, { kty: "EC", crv: "__proto__" }, { kid: "\uD83D\uDE00" },
    { ...jwk(), key_ops: "verify" }, { ...jwk(), key_ops: [] }, { ...jwk(), use: 1 }, { ...jwk(), alg: "none" }, { ...jwk(), alg: "HS256" }, { ...jwk(), d: "AA" },
  ].map((key) => (typeof key === "object" && key !== null && !Array.isArray(key) && key.kid === "sample" ? { ...key, kid: "junk" } : key));
  const keys = { keys: [...junk, jwk()] };
  same(verify(token, keys, options()).key.index, junk.length);
  const { usableKeys, skippedKeys } = createVerifier(keys);
  same(usableKeys + skippedKeys.length, keys.keys.length);
  same(skippedKeys.map(({ index }) => index), junk.map((_, index) => index));
});

test("a signed token of any content is answered", async () => {
  const contents = ["", " ", "null", "1", "\"\"", "[]", "{", "{}", "{\"exp\":", `{"exp":1e999}`, `{"exp":-1e999}`, `{"exp":${"9".repeat(400)}}`, `{"exp":-0}`, `{"exp":1e20}`,
    "[".repeat(9000), `{"a":${"[".repeat(65)}${"]".repeat(65)}}`, `{"a":"\\ud800"}`, `{"a":"\\u0000","a\\u0000":1}`, `{"":{},"":[]}`, "{\"a\":1}\0", "\uFEFF{}"];
  for (const content of contents) {
    const signed = await sign(header(), content);
    refused(undefined, () => verify(signed, jwks(), options()), signed);
    const spoilt = await sign(content);
    refused(undefined, () => verify(spoilt, jwks(), options()), spoilt);
  }
  alive();
});

test("every altered character of a token is refused", () => {
  for (let at = 0; at < token.length; at++) {
    const spoilt = `${token.slice(0, at)}${token[at] === "A" ? "B" : "A"}${token.slice(at + 1)}`;
    refused(undefined, () => verify(spoilt, jwks(), options()), spoilt);
  }
  alive();
});

test("every token that is cut short is refused", () => {
  for (let at = 0; at < token.length; at++) refused(undefined, () => verify(token.slice(0, at), jwks(), options()));
  alive();
});

function alive() {
  same(verify(token, jwks(), options()).key.index, 0);
}

function nested(depth) {
  let value = {};
  for (let level = 0; level < depth; level++) value = { keys: value };
  return value;
}
