// docs/decisions.md: the order is the one in which faults are told, and the event is one that is really told.

import { createGate, explain, verify } from "doorward";
import { ok, same } from "../harness.mjs";
import { NOW, jwks as keysOfSample, otherJwk, claims as claimsOfSample, header as headerOfSample, options as optionsOfSample, sign, token } from "../sample.mjs";
import * as forwarding from "../cases/gate-sample.mjs";
import { CODES } from "../refusal.mjs";
import { pageOf, tableBelow } from "./pages.mjs";

/** Registers the tests. */
export function decisionTests(test) {
  const page = pageOf("docs/decisions.md");
  const stages = tableBelow(page, "The stages").map(([stage, , codes, statuses]) => ({ stage, codes: codesIn(codes), statuses }));
  const checks = tableBelow(page, "The checks of a token").map(([check, section, codes]) => ({ check: codesIn(check)[0], section, codes: codesIn(codes) }));

  test("the documentation has the checks that are made, in their order", () => {
    const { steps } = explain(token, keysOfSample(), optionsOfSample());
    same(checks.map(({ check, section }) => ({ check, section })), steps.map(({ check, section }) => ({ check, section })));
  });

  test("each code of a token is the fault of a check of the documentation", () => {
    const told = new Set([...checks.flatMap(({ codes }) => codes), "claim_malformed", "invalid_option"]);
    same([...told].sort(), [...CODES].sort());
  });

  // A token with all faults, of which the first is mended each time.
  test("faults of a token are told in the order of the documentation", async () => {
    const told = [];
    for (const faulty of TOKENS) told.push(await codeOfToken(faulty));
    same(told, checks.slice(1).map(({ codes }) => codes[0]));
  });

  test("faults of a request are answered in the order of the documentation", async () => {
    const told = [];
    for (let mended = 0; mended < FAULTS.length; mended++) told.push(await answeredTo(FAULTS.slice(mended)));
    const documented = stages.flatMap(({ codes, statuses }, at) => (FAULTS[at].of ?? [codes[0]]).map((code) => ({ code, statuses })));
    same(told.map(({ code }) => code), documented.map(({ code }) => code));
    told.forEach(({ status, code }, at) => ok(documented[at].statuses.includes(String(status)), `${code}: ${status}`));
  });

  test("the event of the documentation is told", async () => {
    const [{ code: text }] = page.blocks.filter(({ heading }) => heading === "Decision events");
    const events = [];
    const gate = createGate({ ...forwarding.gateOptions(), onDecision: (event) => events.push(event) });
    await gate.authorize(forwarding.post(await forwarding.token(), { body: forwarding.call("delete_note") }));
    same({ ...events[0], milliseconds: 1 }, JSON.parse(text));
    same(Object.keys(events[0]).join(), Object.keys(JSON.parse(text)).join());
    const described = tableBelow(page, "Decision events").flatMap(([members]) => codesIn(members));
    same([...described].sort(), [...Object.keys(events[0]), "subject"].sort());
  });
}

const codesIn = (cell) => [...cell.matchAll(/`([a-z_]+)`/gu)].map(([, code]) => code);

/** What is wrong with a token, one check after the other: each has the faults of all that come after it. */
const BAD_CLAIMS = [
  ["iss", "https://other.example.com"], ["aud", "other"], ["exp", NOW - 3600], ["nbf", NOW + 3600], ["iat", NOW + 3600],
  ["sub", "user-2"], ["jti", undefined], ["nonce", "n"], ["cnf", {}], ["scope", "none"],
];
const claimsFrom = (at) => ({ ...claimsOfSample(), ...Object.fromEntries(BAD_CLAIMS.slice(at)) });
const BAD_HEADER = { alg: "none", kid: "unknown", typ: "dpop+jwt" };
const BROKEN = '{"exp":1,"exp":2}';

const TOKENS = [
  async () => "x".repeat(20_000),
  async () => "x",
  () => sign(JSON.stringify({ ...BAD_HEADER, crit: ["x"] }).replace("{", '{"typ":"JWT",'), BROKEN),
  () => sign({ ...BAD_HEADER, crit: ["x"] }, BROKEN),
  () => sign(BAD_HEADER, BROKEN),
  () => sign({ ...BAD_HEADER, alg: "EdDSA" }, BROKEN),
  async () => `${await sign({ ...BAD_HEADER, alg: "EdDSA", kid: "sample" }, BROKEN)}AAAA`,
  () => sign({ ...BAD_HEADER, alg: "EdDSA", kid: "sample" }, BROKEN),
  () => sign({ ...BAD_HEADER, alg: "EdDSA", kid: "sample" }, claimsFrom(0)),
  ...BAD_CLAIMS.map((_, at) => () => sign(headerOfSample(), claimsFrom(at))),
];

async function codeOfToken(faulty) {
  const asked = { ...optionsOfSample(), subject: "user-1", requiredClaims: ["jti"], requiredScopes: ["mail:read"] };
  try {
    verify(await faulty(), keysOfSample(), asked);
    return "none";
  } catch (error) {
    return error.code;
  }
}

/** A fault of each stage, as changes of the request, of its token and of the provider: `of` where it is not the first code. */
const FAULTS = [
  { headers: { "content-length": "99999999" } },
  { address: "https://mcp.example.com/other" },
  { headers: { origin: "https://evil.example.com" } },
  { method: "PUT" },
  { headers: { authorization: "" } },
  { headers: { authorization: "Bearer one two" } },
  { claims: { iss: "https://other.example.com" }, of: ["issuer_mismatch"] },
  { down: true },
  { claims: { exp: 1 }, of: ["token_expired"] },
  { body: () => new ReadableStream({ pull: (controller) => controller.error(new Error("gone")) }) },
  { headers: { "mcp-protocol-version": "1" } },
  { headers: { "content-type": "text/plain" } },
  { headers: { "content-encoding": "gzip" } },
  { body: () => "{" },
  { body: () => `[${READ("docs://public/../secret")}]` },
  { headers: { "mcp-method": "tools/list" } },
  { body: () => READ("docs://public/../secret") },
  { body: () => READ("notes://all") },
  { claims: { tenant: "other" } },
  { claims: { scope: "other" }, body: () => READ("docs://secret/1") },
];

const READ = (uri) => JSON.stringify({ jsonrpc: "2.0", id: 1, method: "resources/read", params: { uri } });

/** Of several changes of one thing the first counts. */
async function answeredTo(faults) {
  const first = (member) => faults.find((fault) => fault[member] !== undefined)?.[member];
  const merged = (member) => Object.assign({}, ...faults.map((fault) => fault[member]).reverse());
  const bearer = await forwarding.token({ scope: "docs:read", tenant: "acme", ...merged("claims") });
  const { authorization, ...headers } = merged("headers");
  const credentials = authorization === "" ? {} : { authorization: authorization ?? `Bearer ${bearer}` };
  const body = first("body")();
  const changes = { method: first("method") ?? "POST", address: first("address"), body, headers: { ...headers, ...credentials } };
  const events = [];
  const gate = createGate({
    ...forwarding.gateOptions({
      issuers: [forwarding.ISSUER],
      rules: [{ method: "resources/read", uri: "docs://**", scopes: ["docs:read"], claims: [{ claim: "tenant", equals: "acme" }] }],
    }),
    fetch: async (address) => providerOf(first("down") === true, address),
    onDecision: (event) => events.push(event),
  });
  const { response } = await gate.authorize(forwarding.post(undefined, { ...changes, ...(body instanceof ReadableStream ? { duplex: "half" } : {}) }));
  return { code: events[0].code, status: response?.status };
}

function providerOf(down, address) {
  if (down) return new Response(null, { status: 500 });
  const keys = `${forwarding.ISSUER}/keys`;
  return Response.json(address === keys ? { keys: [...keysOfSample().keys, otherJwk()] } : { issuer: forwarding.ISSUER, jwks_uri: keys });
}
