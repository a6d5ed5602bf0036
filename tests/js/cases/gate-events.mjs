// What a gate tells of its decisions, and what it does not.

import { ok, same, test } from "../harness.mjs";
import { ISSUER, METADATA, PING, RESOURCE, call, gate, now, post, request, token } from "./gate-sample.mjs";

const FIELDS = ["decision", "status", "code", "revision", "method", "name", "messages", "rule", "issuer", "client", "scopes", "stale", "milliseconds"];

async function eventOf(made, changes) {
  const events = [];
  await gate({ onDecision: (event) => events.push(event), ...changes }).authorize(made);
  same(events.length, 1, "events");
  return events[0];
}

test("events: each decision is told once, with the same fields", async () => {
  const allowed = await eventOf(post(await token()));
  same({ ...allowed, milliseconds: 0 }, {
    decision: "allow", status: null, code: null, revision: "2025-11-25", method: "tools/call", name: "search", messages: 1, rule: 2, issuer: ISSUER, client: "client", scopes: ["mcp:read"], stale: false, milliseconds: 0,
  });
  ok(Number.isInteger(allowed.milliseconds) && allowed.milliseconds >= 0 && allowed.milliseconds < 10_000, `${allowed.milliseconds}`);
  ok(Object.isFrozen(allowed), "frozen");
  const all = [
    [post(), "deny", 401, "token_absent"],
    [post("x"), "deny", 401, "token_malformed"],
    [post(await token({ exp: 1 })), "deny", 401, "token_expired"],
    [post(await token({ aud: "x" })), "deny", 401, "audience_mismatch"],
    [post("x, y"), "deny", 400, "authorization_malformed"],
    [post(await token(), { body: call("delete_all") }), "deny", 403, "scope_insufficient"],
    [post(await token(), { body: "{" }), "deny", 400, "message_malformed"],
    [post(await token(), { body: `[${PING}]` }), "deny", 400, "batch_not_allowed"],
    [post(await token(), { headers: { origin: "https://evil.example.com" } }), "deny", 403, "origin_not_allowed"],
    [post(await token(), { headers: { "content-type": "text/plain" } }), "deny", 400, "content_type_unsupported"],
    [post(await token(), { headers: { "mcp-protocol-version": "x" } }), "deny", 400, "version_unsupported"],
    [request("https://mcp.example.com/"), "deny", 404, "route_unknown"],
    [request(RESOURCE, { method: "PUT" }), "deny", 405, "method_not_allowed"],
    [request(METADATA), "answer", 200, null],
    [post(undefined, { body: PING }), "allow", null, null],
  ];
  for (const [made, decision, status, code] of all) {
    const event = await eventOf(made);
    same(Object.keys(event).sort(), [...FIELDS].sort(), code);
    same([event.decision, event.status, event.code], [decision, status, code]);
  }
});

test("events: nothing in them is of a token, and the subject only if asked for", async () => {
  const bearers = [await token(), await token({ exp: now() - 900 }), await token({ iss: "x" }), `${(await token()).slice(0, -3)}AAA`, "qqqq.wwww.zzzz"];
  for (const bearer of bearers) {
    for (const changes of [{}, { logSubject: true }]) {
      const place = { address: `${RESOURCE}?access_token=${bearer}`, headers: { cookie: `access_token=${bearer}`, "x-mine": bearer } };
      const told = JSON.stringify(await eventOf(post(bearer, place), changes));
      for (const part of [bearer, ...bearer.split(".")]) ok(!told.includes(part), `no token in ${told}`);
    }
  }
  const personal = await token({ sub: "person@example.com", email: "person@example.com" });
  ok(!JSON.stringify(await eventOf(post(personal))).includes("person"), "no person");
  same((await eventOf(post(personal), { logSubject: true })).subject, "person@example.com");
});

test("events: a resource is not named, a prompt is", async () => {
  const body = (method, params) => JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
  const read = await eventOf(post(await token(), { body: body("resources/read", { uri: "docs://person/secret" }) }));
  same([read.method, read.name], ["resources/read", null]);
  const prompt = await eventOf(post(await token(), { body: body("prompts/get", { name: "greeting" }) }));
  same([prompt.method, prompt.name], ["prompts/get", "greeting"]);
});

test("events: a listener breaks nothing, and holds nothing up", async () => {
  const listeners = [
    () => { throw new Error("no"); },
    async () => { throw new Error("no"); },
    () => new Promise(() => {}),
    (event) => { event.decision = "allow"; },
    () => ({ then() { throw new Error("no"); } }),
  ];
  for (const onDecision of listeners) {
    same((await gate({ onDecision }).authorize(post(await token()))).allowed, true, String(onDecision));
    same((await gate({ onDecision }).authorize(post())).response.status, 401, String(onDecision));
  }
  const kept = [];
  await gate({ onDecision: async () => "logged" }).authorize(post(await token()), { waitUntil: (promise) => kept.push(promise) });
  same(await Promise.all(kept), ["logged"]);
});
