// The gate in front of an origin: what reaches it, what comes back, and that both are streams.

import { ok, same, test } from "../harness.mjs";
import { refused } from "../refusal.mjs";
import { ORIGIN, PAGE, PING, RESOURCE, call, endsBy, gate, now, origin, pause, post, request, source, textOf, token, until } from "./gate-sample.mjs";

const proxy = (fetch, forwarding = {}, changes = {}) => gate(changes).proxy({ origin: ORIGIN, fetch, ...forwarding });
const sse = (stream) => new Response(stream, { headers: { "content-type": "text/event-stream" } });

test("proxy: method, bytes and headers reach the origin, and who it is", async () => {
  const { asked, fetch } = origin();
  const bearer = await token({ sub: "us\u00e9r %1", client_id: "cli ent", scope: "mcp:read mcp:write" });
  const body = ` ${call("search")}\n`;
  const response = await proxy(fetch)(post(bearer, { body, headers: { "mcp-session-id": "7", "mcp-param-region": "eu", "last-event-id": "3", "accept-encoding": "gzip" } }));
  same([response.status, await response.json()], [200, { jsonrpc: "2.0", id: 1, result: {} }]);
  const [{ address, method, headers, redirect, ...init }] = asked;
  same([address, method, redirect, await textOf(init.body)], [ORIGIN, "POST", "manual", body]);
  const names = ["content-type", "accept", "mcp-session-id", "mcp-param-region", "last-event-id", "mcp-protocol-version", "accept-encoding"];
  same(names.map((name) => headers.get(name)), ["application/json", "application/json, text/event-stream", "7", "eu", "3", "2025-11-25", "identity"]);
  same(["issuer", "subject", "client", "scopes"].map((name) => headers.get(`doorward-${name}`)), ["https://idp.example.com", "us%C3%A9r%20%251", "cli%20ent", "mcp:read mcp:write"]);
  same([headers.get("authorization"), headers.get("doorward-assertion")], [null, null]);
  ok(![...headers.values()].join().includes(bearer.slice(20, 60)), "no token");
});

/** All that a client could send to be taken for somebody else, or its request for another. */
const SPOOFED = [
  "Doorward-Subject", "doorward_subject", "DOORWARD-SUBJECT", "Doorward_Subject", "doorward-issuer", "doorward_client", "doorward-scopes", "Doorward_Assertion",
  "doorward-assertion", "Doorward-Anything", "doorward-", "X-HTTP-Method-Override", "x_http_method_override", "X-HTTP-Method", "x_http-method", "X-Method-Override",
  "x_method_override", "X-Original-URL", "x_rewrite_url", "X-Rewrite-URL", "Connection", "Keep-Alive", "Proxy-Authorization", "proxy_authorization", "Proxy-Connection", "TE",
  "Upgrade", "Host", "Expect",
];

test("proxy: headers that speak for somebody else, in any spelling, do not reach the origin", async () => {
  for (const name of SPOOFED) {
    const { asked, fetch } = origin();
    await proxy(fetch)(post(undefined, { body: PING, headers: { [name]: "admin" } }));
    same([...asked[0].headers].filter(([, value]) => value.includes("admin")), [], name);
    await proxy(fetch)(post(await token(), { headers: { [name]: "admin" } }));
    same([...asked[1].headers].filter(([, value]) => value.includes("admin")), [], name);
    same(asked[1].headers.get("doorward-subject"), "user-1");
  }
  const { asked, fetch } = origin();
  await proxy(fetch, { removeHeaders: ["X-Mine"] })(post(await token(), { headers: { connection: "close, X-Hop", "x-hop": "1", "x-mine": "1", "x-other": "1" } }));
  same(["x-hop", "x-mine", "x-other"].map((name) => asked[0].headers.get(name)), [null, null, "1"]);
});

test("proxy: the routes of the gate are those of the origin", async () => {
  const { asked, fetch } = origin();
  const handle = proxy(fetch, {}, { serverCard: true });
  await handle(post(await token(), { address: `${RESOURCE}?a=1&access_token=x` }));
  await handle(new Request(`${RESOURCE}/server-card`));
  await handle(new Request("https://mcp.example.com/.well-known/ai-catalog.json"));
  await handle(request(RESOURCE, { method: "DELETE", headers: { authorization: `Bearer ${await token()}`, "mcp-session-id": "1" } }));
  same(asked.map(({ method, address }) => `${method} ${address}`), [
    `POST ${ORIGIN}?a=1`, `GET ${ORIGIN}/server-card`, "GET https://origin.example.net/.well-known/ai-catalog.json", `DELETE ${ORIGIN}`,
  ]);
  same(asked.map(({ headers }) => headers.get("doorward-subject")), ["user-1", null, null, "user-1"]);
  const closed = await proxy(fetch)(new Request(`${RESOURCE}/server-card`));
  same([closed.status, asked.length], [404, 4]);
});

test("proxy: what is denied does not reach the origin", async () => {
  const { asked, fetch } = origin();
  const handle = proxy(fetch);
  same((await handle(post())).status, 401);
  same((await handle(post(await token(), { body: call("delete_all") }))).status, 403);
  same((await handle(new Request("https://mcp.example.com/.well-known/oauth-protected-resource/mcp"))).status, 200);
  same(asked.length, 0);
});

test("proxy: the answer comes back without what is the gate's to say", async () => {
  const headers = {
    "content-type": "application/json", "mcp-session-id": "7", "access-control-allow-origin": "*", "access-control-allow-credentials": "true", vary: "Accept",
    "www-authenticate": 'Bearer resource_metadata="https://origin.example.net/"', "content-encoding": "gzip", "content-length": "999", connection: "close", "keep-alive": "1",
  };
  const handle = proxy(async () => new Response("{}", { status: 403, statusText: "No", headers }));
  const plain = await handle(post(await token()));
  same([plain.status, plain.statusText, await plain.text(), plain.headers.get("mcp-session-id"), plain.headers.get("content-type")], [403, "No", "{}", "7", "application/json"]);
  for (const name of ["access-control-allow-origin", "access-control-allow-credentials", "www-authenticate", "content-encoding", "connection", "keep-alive"]) {
    same(plain.headers.get(name), null, name);
  }
  ok(plain.headers.get("content-length") !== "999", "the length of something else");
  const page = await handle(post(await token(), { headers: { origin: PAGE } }));
  same([page.headers.get("access-control-allow-origin"), page.headers.get("vary")], [PAGE, "Accept, Origin"]);
  for (const status of [202, 204, 304]) {
    const bodies = [new Response(null, { status }), Object.defineProperty(new Response(""), "status", { value: status })];
    for (const answer of bodies) same((await proxy(async () => answer)(post(await token()))).status, status);
  }
});

const FAULTS = {
  "that cannot be reached": () => { throw new TypeError("refused"); },
  "that redirects": () => new Response(null, { status: 307, headers: { location: "https://origin.example.net/other" } }),
  "that redirects for good": () => new Response(null, { status: 301, headers: { location: "/mcp/" } }),
  "whose redirect a browser hides": () => Object.defineProperties(new Response(null), { type: { value: "opaqueredirect" } }),
  "that wants a token": () => new Response("no", { status: 401, headers: { "www-authenticate": "Bearer" } }),
};

for (const [name, answer] of Object.entries(FAULTS)) {
  test(`proxy: an origin ${name} is a 502`, async () => {
    const response = await proxy(async () => answer())(post(await token(), { headers: { origin: PAGE } }));
    const { error } = await response.json();
    same([response.status, error, response.headers.get("location"), response.headers.get("www-authenticate")], [502, "bad_gateway", null, null]);
    same([response.headers.get("access-control-allow-origin"), response.headers.get("cache-control")], [PAGE, "no-store"]);
  });
}

test("proxy: an origin that is the resource itself gets the token if told so, and may challenge", async () => {
  const { asked, fetch } = origin(() => new Response("no", { status: 401, headers: { "www-authenticate": "Bearer scope=\"x\"" } }));
  const bearer = await token();
  const response = await proxy(fetch, { keepAuthorization: true })(post(bearer, { address: `${RESOURCE}?access_token=x`, headers: { "doorward-subject": "admin" } }));
  same([response.status, response.headers.get("www-authenticate")], [401, "Bearer scope=\"x\""]);
  same([asked[0].headers.get("authorization"), asked[0].address, asked[0].headers.get("doorward-subject")], [`Bearer ${bearer}`, ORIGIN, "user-1"]);
});

test("proxy: a token that came along with what is public is looked at by nobody, and gets to nobody", async () => {
  const { asked, fetch } = origin();
  const handle = proxy(fetch, { keepAuthorization: true }, { serverCard: true });
  const card = `${RESOURCE}/server-card`;
  for (const bearer of [await token(), await token({ aud: "https://other.example.com" }), "forged"]) {
    same((await handle(post(bearer, { body: PING }))).status, 200);
    same((await handle(request(card, { headers: { authorization: `Bearer ${bearer}` } }))).status, 200);
  }
  same(asked.map(({ headers }) => headers.has("authorization")), Array(6).fill(false));
});

test("proxy: an event reaches the client while the origin still speaks", async () => {
  let speak;
  const stream = new ReadableStream({ start: (controller) => (speak = (text) => (text === undefined ? controller.close() : controller.enqueue(new TextEncoder().encode(text)))) });
  const response = await proxy(async () => sse(stream))(post(await token()));
  const reader = response.body.getReader();
  for (const text of ["data: 1\n\n", "data: 2\n\n"]) {
    speak(text);
    same(new TextDecoder().decode((await reader.read()).value), text);
  }
  speak(undefined);
  same((await reader.read()).done, true);
});

test("proxy: a client that does not read holds the origin back, and one that leaves ends its stream", async () => {
  for (const type of ["text/event-stream", "application/json"]) {
    const below = source();
    const response = await proxy(async () => new Response(below.stream, { headers: { "content-type": type } }))(post(await token()));
    await pause(50);
    ok(below.pulled <= 2, `${below.pulled} chunks before anybody reads`);
    const reader = response.body.getReader();
    for (let times = 0; times < 5; times++) await reader.read();
    await pause(50);
    ok(below.pulled >= 5 && below.pulled <= 7, `${below.pulled} chunks when five are read`);
    await reader.cancel();
    await until(() => below.cancelled, `cancelled: ${type}`);
  }
});

test("proxy: an origin's fault in mid-stream is one for the client", async () => {
  const stream = new ReadableStream({ pull: (controller) => controller.error(new Error("gone")) });
  const response = await proxy(async () => sse(stream))(post(await token()));
  const fault = await response.text().catch((error) => error);
  ok(fault instanceof Error, "an error");
});

test("proxy: a client that leaves before the answer ends the request to the origin", async () => {
  const leaving = new AbortController();
  const { asked, fetch } = origin((_, { signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))));
  const answer = proxy(fetch)(post(await token(), { signal: leaving.signal }));
  await until(() => asked.length === 1, "asked");
  same(asked[0].signal.aborted, false);
  leaving.abort();
  same([(await answer).status, asked[0].signal.aborted], [502, true]);
});

test("proxy: an upload that need not be read is a stream, and waits for the origin", async () => {
  const headers = { "mcp-protocol-version": "2026-07-28", "mcp-method": "tools/call", "mcp-name": "search" };
  const upload = source();
  const { asked, fetch } = origin();
  await proxy(fetch, {}, { operationFrom: "headers" })(post(await token(), { headers, body: upload.stream, duplex: "half" }));
  const reader = asked[0].body.getReader();
  await reader.read();
  await reader.read();
  await pause(50);
  ok(upload.pulled >= 2 && upload.pulled <= 4, `${upload.pulled} chunks when two are read`);
  same(asked[0].duplex, "half");
  await reader.cancel();
  await until(() => upload.cancelled, "cancelled");
});

test("proxy: an event stream ends with the token, if not told otherwise", async () => {
  await Promise.all([true, false].map(async (endStreamsWithToken) => {
    const below = source();
    const exp = now() + 2;
    const response = await proxy(async () => sse(below.stream), { endStreamsWithToken })(post(await token({ exp })));
    same([await endsBy(response, exp), below.cancelled], [endStreamsWithToken, endStreamsWithToken]);
  }));
});

test("proxy: a stream that waits for an event ends with the token as well", async () => {
  let cancelled = false;
  const silent = new ReadableStream({ pull: () => new Promise(() => {}), cancel: () => void (cancelled = true) });
  const response = await proxy(async () => sse(silent))(post(await token({ exp: now() + 2 })));
  same(await response.text(), "");
  same(cancelled, true);
});

test("proxy: a token that is accepted by the clock tolerance alone is not cut off at once", async () => {
  const response = await proxy(async () => sse(source(3).stream))(post(await token({ exp: now() - 30 })));
  same([response.status, await response.text()], [200, "data: 0\n\ndata: 1\n\ndata: 2\n\n"]);
});

const INVALID = [
  [undefined, "options"], [null, "options"], [{}, "origin"], [{ origin: undefined }, "origin"], [{ origin: 1 }, "origin"], [{ origin: "" }, "origin"],
  [{ origin: "origin.example.net" }, "origin"], [{ origin: "http://origin.example.net" }, "origin"], [{ origin: "http://127.0.0.1:3000" }, "origin"], [{ origin: "ftp://origin.example.net" }, "origin"],
  [{ origin: "https://u:p@origin.example.net" }, "origin"], [{ origin: "https://origin.example.net/?a" }, "origin"], [{ origin: "https://origin.example.net/#a" }, "origin"],
  [{ origin: ORIGIN, fetch: "x" }, "fetch"], [{ origin: ORIGIN, keepAuthorization: 1 }, "keepAuthorization"], [{ origin: ORIGIN, endStreamsWithToken: null }, "endStreamsWithToken"],
  [{ origin: ORIGIN, removeHeaders: "cookie" }, "removeHeaders"], [{ origin: ORIGIN, removeHeaders: ["a b"] }, "removeHeaders[0]"], [{ origin: ORIGIN, removeHeaders: ["a", 1] }, "removeHeaders[1]"],
  [{ origin: ORIGIN, target: "x" }, "target"],
];

test("proxy: options that it cannot have are refused at once, by their names", () => {
  const { proxy: make, protect } = gate();
  for (const [given, option] of INVALID) same(refused("invalid_option", () => make(given)).evidence.option, option, JSON.stringify(given));
  for (const [given, option] of [[[undefined], "handler"], [[null], "handler"], [[() => {}, { endStreamsWithToken: 1 }], "endStreamsWithToken"], [[() => {}, { origin: ORIGIN }], "origin"]]) {
    same(refused("invalid_option", () => protect(...given)).evidence.option, option);
  }
  const local = gate({ insecureLoopback: true });
  for (const address of ["http://127.0.0.1:3000/mcp", "http://localhost", "http://[::1]:1"]) local.proxy({ origin: address });
  for (const address of ["http://127.0.0.1.example.net", "http://origin.example.net", "http://0.0.0.0"]) {
    same(refused("invalid_option", () => local.proxy({ origin: address })).evidence.option, "origin");
  }
});
