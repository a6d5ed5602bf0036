// One row a rejection: a valid token, its keys and options, and a single change.

import { explain, verify } from "doorward";
import { ok, same, test } from "../harness.mjs";
import { CODES, refused } from "../refusal.mjs";
import * as sample from "../sample.mjs";
import { NOW, base64url, claims, header, jwk, jwks, options, otherJwk, sign, signByOther, token } from "../sample.mjs";

const withClaims = (change) => ({ token: () => sign(header(), { ...claims(), ...change }) });
const withoutClaim = (name) => ({ token: () => sign(header(), { ...claims(), [name]: undefined }) });
const withHeader = (change) => ({ token: () => sign({ ...header(), ...change }) });
const withOptions = (change) => ({ options: { ...options(), ...change } });
const withText = (text) => ({ token: () => text });
const withKeys = (...keys) => ({ jwks: { keys } });

const [head, payload, signature] = token.split(".");
const members = JSON.stringify(claims()).slice(1);

const ROWS = [
  // options
  ["an unknown option", withOptions({ audiance: "x" }), "invalid_option", { option: "audiance" }],
  ["a missing setting", withOptions({ issuer: undefined }), "invalid_option", { option: "issuer" }],
  ["too much tolerance", withOptions({ clockTolerance: 601 }), "invalid_option", { option: "clockTolerance" }],
  ["an algorithm that does not exist here", withOptions({ algorithms: ["HS256"] }), "invalid_option"],
  // keys
  ["keys that are no text of JSON", { jwks: "keys" }, "jwks_malformed"],
  ["keys with a duplicate member", { jwks: `{"keys":[],"keys":[]}` }, "jwks_malformed"],
  ["keys that are no list", { jwks: { keys: {} } }, "jwks_malformed"],
  ["an address in place of keys", { jwks: { jwks_uri: "https://login.example.com/keys" } }, "jwks_malformed"],
  ["a thousand keys and more", { jwks: { keys: Array(1025).fill(jwk()) } }, "jwks_too_large"],
  ["half a mebibyte of keys", withKeys({ ...jwk(), padding: "x".repeat(600_000) }), "jwks_too_large"],
  // the token's form
  ["a token of 16 KiB and a byte", withText(`${head}.${payload}.${"A".repeat(16 * 1024)}`.slice(0, 16 * 1024 + 1)), "token_too_large"],
  ["no token", withText(""), "token_malformed"],
  ["an opaque token", withText("2YotnFZFEjr1zCsicMWpAA"), "token_malformed"],
  ["a header value", withText(`Bearer ${token}`), "token_malformed"],
  ["two segments", withText(`${head}.${payload}`), "token_malformed"],
  ["four segments", withText(`${token}.${signature}`), "token_malformed"],
  ["padding", withText(`${token}==`), "token_malformed"],
  ["a line break", withText(`${token}\n`), "token_malformed"],
  ["a space in front", withText(` ${token}`), "token_malformed"],
  ["plain base64", withText(`${head}.${payload}.${signature.slice(0, -1)}+`), "token_malformed"],
  ["bits beyond the end", withText(`${head}.${payload}.${nonCanonical(signature)}`), "token_malformed"],
  ["the JSON serialization", withText(JSON.stringify({ payload, protected: head, signature })), "token_malformed"],
  ["an encrypted token", withText(`${head}.${payload}.${signature}.${signature}.${signature}`), "jwe_not_supported"],
  // the header
  ["a header that is no JSON", { token: () => sign("{") }, "header_malformed"],
  ["a header with a duplicate member", { token: () => sign(`{"alg":"EdDSA","alg":"EdDSA","kid":"sample"}`) }, "header_malformed"],
  ["a header with a disguised duplicate", { token: () => sign(`{"alg":"EdDSA","\\u0061lg":"none","kid":"sample"}`) }, "header_malformed"],
  ["a header without alg", { token: () => sign({ kid: "sample" }) }, "header_malformed"],
  ["a kid that is a number", withHeader({ kid: 1 }), "header_malformed"],
  ["crit", withHeader({ crit: ["exp"] }), "header_unsupported", { member: "crit" }],
  ["crit that is null", withHeader({ crit: null }), "header_unsupported", { member: "crit" }],
  ["b64", withHeader({ b64: true }), "header_unsupported", { member: "b64" }],
  ["zip", withHeader({ zip: "DEF" }), "header_unsupported", { member: "zip" }],
  // algorithm, key, signature
  ["alg none", withText(`${base64url('{"alg":"none"}')}.${payload}.`), "algorithm_not_allowed"],
  ["alg none under the old signature", withHeader({ alg: "none" }), "algorithm_not_allowed"],
  ["alg nOnE", withHeader({ alg: "nOnE" }), "algorithm_not_allowed"],
  ["alg HS256", withHeader({ alg: "HS256" }), "algorithm_not_allowed"],
  ["an algorithm not in the list", withOptions({ algorithms: ["ES256"] }), "algorithm_not_allowed", { alg: "EdDSA" }],
  ["an unknown kid", withHeader({ kid: "rotated" }), "key_not_found", { kid: "rotated" }],
  ["a key that is gone", withKeys(otherJwk()), "key_not_found"],
  ["no keys", withKeys(), "key_not_found"],
  ["no kid and two keys", { token: () => sign({ alg: "EdDSA" }), ...withKeys(jwk(), otherJwk()) }, "key_ambiguous"],
  ["a private key", withKeys({ ...jwk(), d: jwk().x }), "key_unusable", { kid: "sample" }],
  ["a key for encryption", withKeys({ ...jwk(), use: "enc" }), "key_unusable"],
  ["a key of another algorithm", withHeader({ alg: "ES256" }), "key_unusable"],
  ["another key of the same name", withKeys({ ...otherJwk(), kid: "sample" }), "signature_invalid", {}],
  ["another signer", { token: () => signByOther() }, "signature_invalid"],
  ["an altered payload", withText(`${head}.${base64url(JSON.stringify({ ...claims(), scope: "admin" }))}.${signature}`), "signature_invalid"],
  ["an altered header", withText(`${base64url(JSON.stringify({ ...header(), extra: 1 }))}.${payload}.${signature}`), "signature_invalid"],
  ["an altered signature", withText(`${head}.${payload}.${signature.replace(/^./u, (first) => (first === "A" ? "B" : "A"))}`), "signature_invalid"],
  ["no signature", withText(`${head}.${payload}.`), "signature_invalid"],
  ["an expired forgery", { token: () => signByOther(header(), { ...claims(), exp: 1 }) }, "signature_invalid"],
  // claims
  ["claims that are a list", { token: () => sign(header(), "[]") }, "claims_malformed"],
  ["claims with a duplicate member", { token: () => sign(header(), `{"aud":"mine",${members}`) }, "claims_malformed"],
  ["claims with a byte-order mark", { token: () => sign(header(), `\uFEFF{${members}`) }, "claims_malformed"],
  ["claims that are not UTF-8", { token: () => sign(header(), Uint8Array.from([0x7b, 0xff, 0x7d])) }, "claims_malformed"],
  ["no expiry", withoutClaim("exp"), "claim_missing", { claim: "exp" }],
  ["no issuer", withoutClaim("iss"), "claim_missing", { claim: "iss" }],
  ["no audience", withoutClaim("aud"), "claim_missing", { claim: "aud" }],
  ["no claim that the options require", withOptions({ requiredClaims: ["tenant"] }), "claim_missing", { claim: "tenant" }],
  ["an expiry in quotes", withClaims({ exp: `${NOW + 600}` }), "claim_malformed", { claim: "exp" }],
  ["an expiry of null", withClaims({ exp: null }), "claim_malformed", { claim: "exp" }],
  ["an audience in a list in a list", withClaims({ aud: [[sample.AUDIENCE]] }), "claim_malformed", { claim: "aud" }],
  ["an issuer in a list", withClaims({ iss: [sample.ISSUER] }), "claim_malformed", { claim: "iss" }],
  ["a scope that is a number", withClaims({ scope: 1 }), "claim_malformed", { claim: "scope" }],
  ["another type of token", withHeader({ typ: "dpop+jwt" }), "type_mismatch", { typ: "dpop+jwt" }],
  ["a type other than the one asked for", withOptions({ typ: "secevent+jwt" }), "type_mismatch"],
  ["another issuer", withClaims({ iss: "https://login.example.com" }), "issuer_mismatch", { iss: "https://login.example.com" }],
  ["another audience", withClaims({ aud: "https://other.example.com/" }), "audience_mismatch", { aud: ["https://other.example.com/"] }],
  ["an audience that ours begins with", withClaims({ aud: "https://mcp.example.com" }), "audience_mismatch"],
  ["no one as audience", withClaims({ aud: [] }), "audience_mismatch", { aud: [] }],
  ["a token at its expiry and the tolerance", withClaims({ exp: NOW - 60 }), "token_expired", { exp: NOW - 60, now: NOW, leeway: 60 }],
  ["an expiry of zero", withClaims({ exp: 0 }), "token_expired"],
  ["a token of tomorrow", withClaims({ nbf: NOW + 61 }), "token_not_yet_valid", { nbf: NOW + 61 }],
  ["a token issued tomorrow", withClaims({ iat: NOW + 61 }), "token_issued_in_future", { iat: NOW + 61 }],
  ["an old token", { ...withClaims({ iat: NOW - 121 }), ...withOptions({ maxTokenAge: 60 }) }, "token_too_old", { maxAge: 60 }],
  ["another subject", withOptions({ subject: "user-2" }), "subject_mismatch"],
  ["an ID token", withClaims({ nonce: "n" }), "token_kind_refused"],
  ["a logout token", withClaims({ events: {} }), "token_kind_refused"],
  ["a token bound to a key", withClaims({ cnf: { jkt: "x" } }), "token_bound", { claim: "cnf" }],
  ["too few scopes", withOptions({ requiredScopes: ["mail:read", "mail:delete"] }), "scope_insufficient", { required: ["mail:read", "mail:delete"] }],
];

for (const [name, change, code, evidence = {}] of ROWS) {
  test(`refused: ${name}`, async () => {
    const row = { token: () => token, jwks: jwks(), options: options(), ...change };
    const text = await row.token();
    const error = refused(code, () => verify(text, row.jwks, row.options), text);
    for (const [field, value] of Object.entries(evidence)) {
      if (field !== "option") same(error.evidence[field], value, field);
    }
    if (code === "invalid_option") ok("option" in error.evidence, "the option is named");
    if (evidence.option) same(error.evidence.option, evidence.option);

    // The explanation comes to the same end, except where there is nothing that could be explained.
    if (code === "invalid_option") return;
    const explanation = explain(text, row.jwks, row.options);
    same([explanation.accepted, explanation.code], [false, code], "explanation");
    const failed = explanation.steps.find((step) => step.verdict === "failed");
    same([failed.code, failed.expected, failed.found], [code, error.expected, error.found], "failed step");
  });
}

test("there is a row for every code", () => {
  same([...new Set(ROWS.map(([, , code]) => code))].sort(), [...CODES].sort());
});

/** The same bytes with a bit set that no byte has. */
function nonCanonical(segment) {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return segment.slice(0, -1) + alphabet[alphabet.indexOf(segment.at(-1)) + 1];
}
