// What attackers send, attack by attack: `[token, code]`, the answer each must get beside the sample's keys and
// options. One change to a valid token each. Named as in tests/data/attacks.json.

import * as sample from "./sample.mjs";
import { AUDIENCE, ISSUER, NOW, base64url, claims, header, jwk, jwks, sign, signByOther, token } from "./sample.mjs";

const [head, payload, signature] = token.split(".");
const plain = JSON.stringify(claims());

const withHeader = (change) => sign({ ...header(), ...change });
const withClaims = (change) => sign(header(), { ...claims(), ...change });
/** A member written into the text of header or claims, where JavaScript could not write it. */
const withHeaderText = (member) => sign(`${JSON.stringify(header()).slice(0, -1)},${member}}`);
const withClaimText = (member, without) => sign(header(), `${JSON.stringify({ ...claims(), [without]: undefined }).slice(0, -1)},${member}}`);

async function all(code, tokens) {
  return (await Promise.all(tokens)).map((text) => [text, code]);
}

/** HS256 with `secret`: what a verifier would accept that takes a public key for a shared one. */
async function shared(secret) {
  const input = `${base64url(JSON.stringify({ alg: "HS256", kid: "sample", typ: "at+jwt" }))}.${payload}`;
  const bytes = typeof secret === "string" ? new TextEncoder().encode(secret) : secret;
  const key = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return `${input}.${base64url(new Uint8Array(await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(input))))}`;
}

const spki = Uint8Array.from([...base("MCowBQYDK2VwAyEA"), ...base(jwk().x)]);
const pem = `-----BEGIN PUBLIC KEY-----\n${btoa(String.fromCharCode(...spki))}\n-----END PUBLIC KEY-----\n`;

function base(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
}

const resigned = (bytes) => `${head}.${payload}.${base64url(Uint8Array.from(bytes))}`;
const genuine = [...base(signature)];

/** 2^252 + 27742317777372353535851937790883648493, the order of the group of Ed25519, as it is written: from below. */
const ORDER = base("7dP1XBpjEljWnPei3vneFAAAAAAAAAAAAAAAAAAAABA");

function plusOrder(bytes) {
  let carry = 0;
  return bytes.map((byte, at) => {
    const sum = byte + ORDER[at] + carry;
    carry = sum >> 8;
    return sum & 0xff;
  });
}

const DATES = ["exp", "nbf", "iat"];

export const FORGERIES = {
  "alg none in any case": [
    ...["none", "None", "NONE", "nOnE", "none\0", "\uFF4Eone"].flatMap((alg) =>
      ["", signature].map((end) => [`${base64url(JSON.stringify({ alg, kid: "sample" }))}.${payload}.${end}`, "algorithm_not_allowed"])),
    ...await all("header_malformed", [sign({ kid: "sample" }), withHeader({ alg: null }), withHeader({ alg: ["EdDSA"] }), withHeader({ alg: { toString: "EdDSA" } })]),
  ],
  "public key as shared secret": await all("algorithm_not_allowed",
    [pem, pem.trim(), ` ${pem}`, `\n${pem}`, `\uFEFF${pem}`, spki, jwk().x].map(shared)),
  "JSON of the key as shared secret": await all("algorithm_not_allowed",
    [JSON.stringify(jwk()), JSON.stringify(jwks()), JSON.stringify(jwks(), null, 2), "[object Object]"].map(shared)),
  "no secret as shared secret": await all("algorithm_not_allowed", ["\0", "undefined", "null", "false", "NaN"].map(shared)),
  "embedded keys": await all("signature_invalid", [
    signByOther({ ...header(), jwk: sample.otherJwk() }), signByOther({ ...header(), jku: "https://attacker.example.com/keys" }),
    signByOther({ ...header(), x5u: "file:///etc/passwd" }), signByOther({ ...header(), x5c: ["MIIB"] }),
    signByOther({ alg: "EdDSA", jwk: { ...sample.otherJwk(), kid: "sample" } }),
  ]),
  "kid that names something else": [
    ...await all("key_not_found", [
      "__proto__", "constructor", "toString", "hasOwnProperty", "length", "0", "keys", "", "Sample", "sample\0", "sample ", "../../dev/null",
      "' OR '1'='1", "\uFF53ample", "sam\u200Bple", "https://attacker.example.com/",
    ].map((kid) => withHeader({ kid }))),
    ...await all("header_malformed", [null, 0, 1, true, [], ["sample"], {}, { toString: "sample" }].map((kid) => withHeader({ kid }))),
  ],
  "crit, b64 and zip in any form": await all("header_unsupported", [
    ...[["exp"], ["b64"], ["kid", "kid"], ["absent"], [], null, false, 0, "", "exp", {}, [[]]].map((crit) => withHeader({ crit })),
    ...[true, false, null, 0, "", "false"].map((b64) => withHeader({ b64 })),
    ...["DEF", null, "", false].map((zip) => withHeader({ zip })),
  ]),
  "other serializations and polyglots": await all("token_malformed", [
    JSON.stringify({ payload, protected: head, signature }), JSON.stringify({ payload, signatures: [{ protected: head, signature }] }),
    JSON.stringify({ payload, header: { alg: "none" }, signature: "" }), JSON.stringify(token), JSON.stringify([token]), ` {"a":"${token}"}`,
    `{"  ${head}.${base64url(plain)}.":"","protected":"${head}", "payload":"${payload}","signature":"${signature}"}`,
    `${token}.${signature}`, `${head}.${payload}`, `${token},`, `${token} x`,
  ]),
  "encrypted and nested tokens": [
    ...await all("jwe_not_supported", ["....", `${base64url('{"alg":"RSA-OAEP","enc":"A128GCM"}')}.AAAA.AAAA.${base64url(token)}.AAAA`,
      `${base64url('{"alg":"PBES2-HS256+A128KW","p2c":2147483647}')}.AAAA.AAAA.${base64url(plain)}.AAAA`, `${base64url('{"alg":"dir","zip":"DEF"}')}..AAAA.AAAA.AAAA`]),
    ...await all("claims_malformed", [sign({ ...header(), cty: "JWT" }, token), sign({ ...header(), cty: "JWT" }, JSON.stringify(token))]),
  ],
  "other spellings of the same bytes": [head, payload, signature].flatMap((segment, place) =>
    [...["=", "==", " ", "\n", "\r\n", "\t", "\0", "\u00A0", "\u2028", "\u200B", "\uFEFF", "\uD800"].flatMap((end) => [segment + end, end + segment]),
      segment.replace(/^./u, (first) => String.fromCharCode(first.charCodeAt(0) + 0xfee0)), // full width
      segment.replace(/^./u, (first) => String.fromCharCode(first.charCodeAt(0) + 0x100)), // the same low byte
    ].map((spelling) => [[head, payload, signature].with(place, spelling).join("."), "token_malformed"])),
  "signatures that are none": [
    [], [0], Array(63).fill(0), Array(64).fill(0), Array(64).fill(255), Array(65).fill(0), genuine.slice(1), [...genuine, 0], [0, ...genuine], genuine.slice(32),
    [...genuine.slice(32), ...genuine.slice(0, 32)], [1, ...Array(63).fill(0)], [...genuine.slice(0, 32), ...Array(32).fill(0)], [...Array(32).fill(0), ...genuine.slice(32)],
    [...genuine.slice(0, 32), ...plusOrder(genuine.slice(32))], genuine.map((byte, at) => (at === 63 ? byte | 0x80 : byte)), [0x30, 0x44, ...genuine],
  ].map((bytes) => [resigned(bytes), "signature_invalid"]),
  "duplicate members": [
    ...await all("header_malformed", [withHeaderText('"alg":"none"'), withHeaderText('"\\u0061lg":"EdDSA"'), withHeaderText('"x":{"a":1,"\\u0061":1}'), withHeaderText('"__proto__":1,"__proto__":2')]),
    ...await all("claims_malformed", [withClaimText('"iss":"x"'), withClaimText('"i\\u0073s":"x"'), withClaimText('"exp":99999999999'), withClaimText('"x":[{"a":1,"a":1}]'), withClaimText('"__proto__":1,"__proto__":2')]),
  ],
  "members in another case": [
    ...await all("claim_missing", [["ISS", ISSUER, "iss"], ["Aud", AUDIENCE, "aud"], ["EXP", NOW + 600, "exp"]].map(([name, value, without]) => withClaims({ [name]: value, [without]: undefined }))),
    [await sign({ Alg: "EdDSA", kid: "sample" }), "header_malformed"],
  ],
  "depth without end": [
    ...await all("claims_malformed", [64, 1000, 5000].map((depth) => withClaimText(`"x":${"[".repeat(depth)}${"]".repeat(depth)}`))),
    ...await all("header_malformed", [64, 1000].map((depth) => withHeaderText(`"x":${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`))),
  ],
  "dots and lengths without end": [
    [".".repeat(1_000_000), "token_too_large"], ["a.".repeat(500_000), "token_too_large"], [".".repeat(15_000), "token_malformed"], [`${token}${".".repeat(1000)}`, "token_malformed"],
    [`${base64url(`{"alg":"EdDSA","x":"${"x".repeat(1_000_000)}"}`)}.${payload}.${signature}`, "token_too_large"],
    [`${base64url(`{"alg":"EdDSA","x":"${"x".repeat(9000)}"}`)}.${payload}.${signature}`, "header_malformed"],
  ],
  "texts that are not UTF-8 or not one text": await all("claims_malformed", [
    ...[[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80]].map((bytes) => sign(header(), Uint8Array.from([...new TextEncoder().encode(`${plain.slice(0, -1)},"x":"`), ...bytes, 0x22, 0x7d]))),
    sign(header(), new Uint8Array(Uint16Array.from(plain, (character) => character.charCodeAt(0)).buffer)), sign(header(), `\uFEFF${plain}`), sign(header(), `${plain}\0`), sign(header(), `${plain}${plain}`),
    ...["\\ud800", "\\udc00\\ud800", "\\uD83D", "\\u{61}", "\n"].map((escape) => withClaimText(`"x":"${escape}"`)),
  ]),
  "dates that are no numbers": [
    ...await all("claim_malformed", DATES.flatMap((claim) => ['"1767225900"', '""', "null", "true", "[]", "[1767225900]", "{}", "1e20", "18446744073709551616", "9007199254740993", "1767225900000"]
      .map((text) => withClaimText(`"${claim}":${text}`, claim)))),
    ...await all("claims_malformed", DATES.flatMap((claim) => ["1e400", "-1e400", "NaN", "Infinity", "0x7fffffff", "1_000", "+1", ".5", "1n", "9".repeat(400)].map((text) => withClaimText(`"${claim}":${text}`, claim)))),
    ...await all("token_expired", ["0", "-0", "-1", "-1e300", "1767225540"].map((text) => withClaimText(`"exp":${text}`, "exp"))),
  ],
  "members named as those of a prototype": await all("claim_missing", ["__proto__", "constructor", "prototype", "toString"]
    .map((name) => withClaimText(`"${name}":{"iss":"${ISSUER}","aud":"${AUDIENCE}","exp":${NOW + 600}}`, "iss"))),
  "parts and variants of the issuer": await all("issuer_mismatch", [
    "", "https", "https://login.example.com", "https://login.example.com//", "https://LOGIN.example.com/", "https://login.example.com/\0", "https://login.example.com/ ",
    "https://login.example.com/.attacker.example.com", "https://login%2Eexample.com/", "https://log\u0456n.example.com/", "https://login\u3002example.com/", `["${ISSUER}"]`, `${ISSUER},x`,
  ].map((iss) => withClaims({ iss }))),
  "issuers that are no string": await all("claim_malformed", [[ISSUER], ["https://attacker.example.com/", ISSUER], [], { 0: ISSUER, length: 1 }, { toString: ISSUER }, null, true, 0].map((iss) => withClaims({ iss }))),
  "audiences of a wrong type": [
    ...await all("claim_malformed", [null, 0, true, {}, { 0: AUDIENCE }, [[AUDIENCE]], [AUDIENCE, 1], [1, AUDIENCE], [AUDIENCE, null]].map((aud) => withClaims({ aud }))),
    ...await all("audience_mismatch", ["", [], [""], AUDIENCE.slice(0, -1), `${AUDIENCE}x`, AUDIENCE.toUpperCase(), `${AUDIENCE},x`, `${AUDIENCE} x`, "*"].map((aud) => withClaims({ aud }))),
    [await withClaims({ aud: undefined }), "claim_missing"],
  ],
  "expired and forged": await all("signature_invalid", [{ exp: 1 }, { exp: "x" }, { aud: "x" }, { iss: [] }, { nbf: NOW + 9999 }].map((change) => signByOther(header(), { ...claims(), ...change }))),
  "tokens of another kind": [
    ...await all("token_kind_refused", [{ nonce: "n" }, { at_hash: "" }, { c_hash: null }, { token_use: "id" }, { events: {} }, { htm: "POST" }, { htu: AUDIENCE }, { sub: ISSUER }].map(withClaims)),
    ...await all("type_mismatch", ["dpop+jwt", "logout+jwt", "secevent+jwt", "JOSE", "", "at+jwt ", "text/at+jwt", "\uFF4Awt"].map((typ) => withHeader({ typ }))),
    ...await all("token_bound", [{}, null, false, { jkt: "x" }].map((cnf) => withClaims({ cnf }))),
  ],
};
