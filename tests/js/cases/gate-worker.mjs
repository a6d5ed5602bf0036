// The worker without code: configured by one value, or serving nothing.

import worker from "doorward/worker";
import { ok, same, test } from "../harness.mjs";
import { jwks } from "../sample.mjs";
import { ISSUER, METADATA, ORIGIN, RESOURCE, call, origin, post, textOf, token } from "./gate-sample.mjs";

const configuration = (changes = {}) => ({ resource: RESOURCE, origin: ORIGIN, issuers: [{ issuer: ISSUER, jwks: jwks() }], ...changes });

/** Runs `body` while the runtime's `fetch` and `console` are these. Gives what was logged. */
async function withRuntime(fetch, body) {
  const [ordinary, { error, log }] = [globalThis.fetch, console];
  const logged = [];
  globalThis.fetch = fetch;
  console.error = console.log = (...words) => logged.push(words.join(" "));
  try {
    await body();
  } finally {
    globalThis.fetch = ordinary;
    Object.assign(console, { error, log });
  }
  return logged;
}

test("worker: the smallest configuration finds keys, and takes either audience", async () => {
  const { asked, fetch } = origin((address) => {
    if (address.startsWith(ORIGIN)) return Response.json({ reached: true });
    if (address.endsWith("/keys")) return Response.json(jwks());
    return Response.json({ issuer: ISSUER, jwks_uri: `${ISSUER}/keys` });
  });
  const env = { DOORWARD: { resource: RESOURCE, origin: ORIGIN, oidc: { issuer: ISSUER, client_id: "mcp" } } };
  const logged = await withRuntime(fetch, async () => {
    for (const aud of [RESOURCE, `${RESOURCE}/`, "mcp", ["other", "mcp"]]) {
      same(await (await worker.fetch(post(await token({ aud })), env)).json(), { reached: true }, String(aud));
    }
    for (const aud of ["other", ISSUER, undefined]) same((await worker.fetch(post(await token({ aud })), env)).status, 401, String(aud));
    same((await worker.fetch(post(), env)).status, 401);
    same((await (await worker.fetch(new Request(METADATA), env)).json()).resource, RESOURCE);
  });
  same(logged, []);
  same(asked.filter(({ address }) => !address.startsWith(ORIGIN)).length, 2);
  same(await textOf(asked.at(-1).body), call("search"));
});

test("worker: all options that are data, as an object or as its text", async () => {
  const { asked, fetch } = origin();
  const given = configuration({ rules: [{ method: "*", scopes: ["mcp:read"] }], removeHeaders: ["x-mine"], keepAuthorization: true, keys: { timeout: 1 } });
  const logged = await withRuntime(fetch, async () => {
    for (const DOORWARD of [given, JSON.stringify(given), ` ${JSON.stringify(given)}\n`]) {
      same((await worker.fetch(post(await token(), { headers: { "x-mine": "1" } }), { DOORWARD })).status, 200);
      same((await worker.fetch(post(await token({ scope: "other" })), { DOORWARD })).status, 403);
    }
  });
  same([logged, asked.length], [[], 3]);
  for (const { headers } of asked) same([headers.get("x-mine"), headers.has("authorization")], [null, true]);
});

test("worker: decisions are logged where that is asked for, a line of JSON each", async () => {
  const bearer = await token();
  const decided = (changes) => withRuntime(origin().fetch, async () => {
    await worker.fetch(post(bearer), { DOORWARD: configuration(changes) });
    await worker.fetch(post(), { DOORWARD: configuration(changes) });
  });
  const logged = await decided({ logDecisions: true });
  same(logged.map((line) => [JSON.parse(line).decision, JSON.parse(line).code]), [["allow", null], ["deny", "token_absent"]]);
  ok(!logged.join().includes(bearer.split(".")[2]), "no token");
  for (const changes of [{ logDecisions: false }, {}]) same(await decided(changes), []);
});

const INVALID = [
  [undefined, "found nothing"], ["", "found text that is none"], ["{", "found text that is none"], ["null", "found another value"], [null, "found another value"], ["[]", "found another value"], ["1", "found another value"], [1, "found another value"],
  [{}, '"resource"'], [configuration({ origin: undefined }), '"origin"'], [configuration({ origin: "http://origin.example.net" }), '"origin"'], [configuration({ resource: "x" }), '"resource"'], [configuration({ issuers: [] }), '"issuers"'],
  [configuration({ rules: [{ method: "*", scopes: ["a b"] }] }), '"rules[0].scopes"'], [configuration({ rule: [] }), '"rule"'], [configuration({ oidc: { issuer: ISSUER, client_id: "x" } }), "found both"],
  [{ resource: RESOURCE, origin: ORIGIN, oidc: { issuer: ISSUER } }, '"oidc.client_id"'], [{ resource: RESOURCE, origin: ORIGIN, oidc: { client_id: "x" } }, '"oidc.issuer"'], [{ resource: RESOURCE, origin: ORIGIN, oidc: null }, '"oidc.issuer"'],
  [{ resource: RESOURCE, origin: ORIGIN, oidc: { issuer: ISSUER, client_id: "" } }, '"oidc.client_id"'], [{ resource: RESOURCE, origin: ORIGIN, oidc: { issuer: ISSUER, client_id: "x", secret: "s" } }, '"secret"'],
  [{ origin: ORIGIN, oidc: { issuer: ISSUER, client_id: "x" } }, '"resource"'], [configuration({ assertion: { key: {} } }), '"assertion.key"'], [configuration({ fetch: "x" }), '"fetch"'], [configuration({ onDecision: "x" }), '"onDecision"'], [configuration({ logDecisions: "yes" }), '"logDecisions"'],
];

test("worker: with a configuration that cannot be used nothing is served, and the log says why", async () => {
  const { asked, fetch } = origin();
  for (const [DOORWARD, reason] of INVALID) {
    const logged = await withRuntime(fetch, async () => {
      for (const made of [post(await token()), post(), new Request(METADATA)]) {
        const response = await worker.fetch(made, { DOORWARD });
        same([response.status, response.headers.get("cache-control"), await response.json()], [
          500, "no-store", { error: "server_error", error_description: "the gate is not configured: its log says what is wrong" },
        ]);
      }
    });
    same(logged.length, 1, "told once");
    ok(logged[0].startsWith("DOORWARD cannot be used: expected ") || logged[0].startsWith("DOORWARD cannot be used: invalid option: expected "), logged[0]);
    ok(logged[0].includes(reason), `${reason} in ${logged[0]}`);
    same(logged[0].endsWith("/docs/errors.md#invalid_option"), logged[0].includes("invalid option: "), logged[0]);
  }
  same(asked.length, 0);
});

test("worker: nothing of a configuration that is no JSON is in the log", async () => {
  const logged = await withRuntime(fetch, async () => {
    await worker.fetch(post(), { DOORWARD: '{"assertion":{"key":{"d":"private"},}' });
  });
  ok(!logged.join().includes("private"), logged.join());
});

test("worker: a configuration that is replaced counts from then on", async () => {
  const { asked, fetch } = origin();
  await withRuntime(fetch, async () => {
    same((await worker.fetch(post(await token()), { DOORWARD: "{}" })).status, 500);
    same((await worker.fetch(post(await token()), { DOORWARD: configuration() })).status, 200);
    same((await worker.fetch(post(await token()), { DOORWARD: configuration({ origin: "https://other.example.net/" }) })).status, 200);
    same((await worker.fetch(post(await token()), undefined)).status, 500);
  });
  same(asked.map(({ address }) => address), [ORIGIN, "https://other.example.net/"]);
});
