// docs/errors.md: every code has an entry, every entry is a code, and what is quoted is what is really said.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createGate, verify } from "doorward";
import { ok, same } from "../harness.mjs";
import * as forwarding from "../cases/gate-sample.mjs";
import { refused } from "../refusal.mjs";
import * as sample from "../sample.mjs";
import { PACKAGE, pageOf } from "./pages.mjs";

const { NOW, claims, header, jwk, jwks, options, otherJwk, sign, token } = sample;

/** Registers the tests. */
export function errorTests(test) {
  const page = pageOf("docs/errors.md");
  const entries = page.headings.filter((heading) => /^[a-z_]+$/u.test(heading));

  test("every code has an entry in the documentation, and every entry is a code", () => {
    const codes = [...members("index.d.ts", "Code"), ...members("gate.d.ts", "DecisionCode")];
    same([...entries].sort(), codes.sort());
  });

  test("every code of the documentation is in its overview", () => {
    for (const code of entries) ok(page.text.includes(`[\`${code}\`](#${code})`), code);
  });

  test("there are examples for every code of the documentation and for no others", () => {
    same(Object.keys(EXAMPLES).sort(), [...entries].sort());
  });

  for (const code of entries) {
    test(`what the documentation quotes of ${code} is what is said`, async () => {
      const quoted = page.blocks.filter(({ heading }) => heading === code);
      const said = [];
      for (const example of EXAMPLES[code]) said.push(await example(code));
      same(quoted.map(({ language, code: text }) => `${language}\n${text}`), said);
    });
  }
}

/** The members of a union of strings in the types. */
function members(file, name) {
  const [, union] = new RegExp(`^export type ${name} =([^;]*);`, "mu").exec(readFileSync(join(PACKAGE, file), "utf8"));
  return union.match(/"([^"]*)"/gu).map((text) => text.slice(1, -1));
}

/** The message of a refusal, for a valid token, its keys and its options with one change. */
function message(change) {
  return async (code) => {
    const row = { token, jwks: jwks(), options: options(), ...(await change) };
    const call = row.call ?? (() => verify(row.token, row.jwks, row.options));
    return `text\n${refused(code, call, row.token).message}\n`;
  };
}

const withClaims = (changes) => message(sign(header(), { ...claims(), ...changes }).then((text) => ({ token: text })));
const withHeader = (changes) => message(sign({ ...header(), ...changes }).then((text) => ({ token: text })));
const withOptions = (changes) => message({ options: { ...options(), ...changes } });
const withKeys = (...keys) => message({ jwks: { keys } });
const withToken = (text) => message(Promise.resolve(text).then((given) => ({ token: given })));

/** The answer of a gate to a request with one change, as far as it differs from answer to answer. */
function answer(change, gateChange = {}) {
  return async (code) => {
    const events = [];
    const gate = createGate({ ...forwarding.gateOptions(gateChange), onDecision: (event) => events.push(event) });
    const { response } = await gate.authorize(await change());
    same([events.at(-1).code, events.at(-1).status], [code, response.status]);
    const fields = ["www-authenticate", "allow", "retry-after"].filter((name) => response.headers.has(name));
    const lines = fields.map((name) => `${name}: ${response.headers.get(name)}\n`);
    return `http\nHTTP/1.1 ${response.status}\n${lines.join("")}\n${await response.text()}\n`;
  };
}

const posted = (changes = {}) => async () => forwarding.post(await forwarding.token(), changes);
const brokenOff = () => new ReadableStream({ pull: (controller) => controller.error(new Error("gone")) });
const read = (uri) => JSON.stringify({ jsonrpc: "2.0", id: 1, method: "resources/read", params: { uri } });

const [head, payload, signature] = token.split(".");

const EXAMPLES = {
  invalid_option: [
    withOptions({ audiance: "x" }),
    withOptions({ issuer: undefined }),
    message({ call: () => createGate({ resource: "https://mcp.example.com/mcp", issuers: [{ issuer: "https://idp.example.com", profile: "cognito" }] }) }),
  ],
  jwks_malformed: [
    message({ jwks: { jwks_uri: "https://idp.example.com/keys" } }),
    message({ jwks: "<!doctype html>" }),
    message({ jwks: undefined }),
  ],
  jwks_too_large: [withKeys(...Array(1025).fill(jwk()))],
  token_too_large: [withToken("A".repeat(16_385))],
  token_malformed: [withToken("2YotnFZFEjr1zCsicMWpAA"), withToken(`Bearer ${token}`), withToken(`${token}\n`)],
  jwe_not_supported: [withToken(`${head}.${payload}.${signature}.${signature}.${signature}`)],
  header_malformed: [withToken(sign(`{"alg":"EdDSA","alg":"EdDSA","kid":"sample"}`))],
  header_unsupported: [withHeader({ crit: ["exp"] })],
  algorithm_not_allowed: [withHeader({ alg: "HS256" }), withOptions({ algorithms: ["RS256"] })],
  key_not_found: [withHeader({ kid: "rotated" })],
  key_unusable: [withKeys({ ...jwk(), use: "enc" }), withKeys({ ...jwk(), d: jwk().x })],
  key_ambiguous: [async (code) => message({ token: await sign({ alg: "EdDSA" }), jwks: { keys: [jwk(), otherJwk()] } })(code)],
  signature_invalid: [withKeys({ ...otherJwk(), kid: "sample" })],
  claims_malformed: [withToken(sign(header(), `{"aud":"x",${JSON.stringify(claims()).slice(1)}`))],
  claim_missing: [withClaims({ aud: undefined }), withClaims({ exp: undefined })],
  claim_malformed: [withClaims({ exp: (NOW + 600) * 1000 }), withClaims({ aud: [[sample.AUDIENCE]] })],
  type_mismatch: [withHeader({ typ: "dpop+jwt" }), withHeader({ typ: "application/okta-internal-at+jwt" })],
  issuer_mismatch: [withClaims({ iss: "https://login.example.com" })],
  audience_mismatch: [withClaims({ aud: ["https://other.example.com/", "account"] })],
  token_expired: [withClaims({ exp: NOW - 3600 })],
  token_not_yet_valid: [withClaims({ nbf: NOW + 300 })],
  token_issued_in_future: [withClaims({ iat: NOW + 300 })],
  token_too_old: [async (code) => message({ token: await sign(header(), { ...claims(), iat: NOW - 7200 }), options: { ...options(), maxTokenAge: 3600 } })(code)],
  subject_mismatch: [withOptions({ subject: "user-2" })],
  token_kind_refused: [withClaims({ nonce: "n" }), withOptions({ profile: "cognito", audience: "client" })],
  token_bound: [withClaims({ cnf: { jkt: "x" } })],
  scope_insufficient: [withOptions({ requiredScopes: ["mail:read", "mail:delete"] }), answer(posted({ body: forwarding.call("delete_note") }))],
  claims_insufficient: [answer(posted(), { rules: [{ method: "*", claims: [{ claim: "tenant", equals: "acme" }] }] })],
  operation_denied: [answer(posted(), { rules: [{ method: "tools/list" }] })],
  token_absent: [answer(() => forwarding.post(undefined))],
  authorization_malformed: [answer(() => forwarding.post(undefined, { headers: { authorization: `Bearer ${token}, Bearer ${token}` } }))],
  origin_not_allowed: [answer(posted({ headers: { origin: "https://evil.example.com" } }))],
  route_unknown: [answer(posted({ address: "https://mcp.example.com/mcp/" }))],
  method_not_allowed: [answer(() => forwarding.request(forwarding.RESOURCE, { method: "PUT" }))],
  body_too_large: [answer(posted({ body: "x".repeat(1001) }), { maxBodyBytes: 1000 })],
  body_incomplete: [answer(posted({ body: brokenOff(), duplex: "half" }))],
  content_type_unsupported: [answer(posted({ headers: { "content-type": "text/plain" } }))],
  content_encoding_unsupported: [answer(posted({ headers: { "content-encoding": "gzip" } }))],
  message_malformed: [answer(posted({ body: '{"jsonrpc":"2.0","id":1,"method":"tools/list","method":"ping"}' }))],
  batch_not_allowed: [answer(posted({ body: `[${forwarding.call("search")}]` }))],
  version_unsupported: [answer(posted({ headers: { "mcp-protocol-version": "2024-11-05" } }))],
  header_mismatch: [answer(posted({ headers: { "mcp-protocol-version": "2026-07-28", "mcp-method": "tools/list" } }))],
  uri_ambiguous: [answer(posted({ body: read("docs://public/../secret") }), { rules: [{ method: "resources/read", uri: "docs://public/**" }] })],
  keys_unavailable: [answer(posted(), { issuers: [forwarding.ISSUER], fetch: async () => new Response(null, { status: 500 }) })],
};
