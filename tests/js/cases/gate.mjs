// The gate in front of a handler: who gets through, with what, and what all others are answered.

import { createGate } from "doorward";
import { ok, same, test } from "../harness.mjs";
import { METADATA, PAGE, PING, RESOURCE, ISSUER, call, endsBy, gate, gateOptions, hurried, now, post, request, source, textOf, token } from "./gate-sample.mjs";

const CHALLENGE = `Bearer resource_metadata="${METADATA}"`;

test("gate: a valid token with the scope of the operation is let through", async () => {
  const bearer = await token();
  const { allowed, access, request: onward } = await gate().authorize(post(bearer));
  same(allowed, true);
  same([access.issuer, access.subject, access.client, access.scopes, access.stale], [ISSUER, "user-1", "client", ["mcp:read"], false]);
  same([access.claims.aud, access.header.alg, access.key.kid, access.profile.name], [RESOURCE, "EdDSA", "sample", "standard"]);
  same(access.expires.getTime(), access.claims.exp * 1000);
  same([access.claims.constructor, access.header.constructor], [undefined, undefined]);
  ok(Object.isFrozen(access), "frozen");
  same([onward.method, onward.url, onward.headers.get("authorization"), onward.headers.get("content-type")], ["POST", RESOURCE, null, "application/json"]);
  same(await onward.text(), call("search"));
});

test("gate: the very bytes that were judged go on", async () => {
  const bodies = [` \r\n${call("search")}\t `, call("search").replace("search", "\\u0073earch"), call("search").replace("{}", '{"a":1.0e0}'), call("s\u00e9arch")];
  for (const body of bodies) {
    const bytes = new TextEncoder().encode(body);
    for (const given of [bytes, body, new Blob([bytes]).stream()]) {
      const init = given instanceof ReadableStream ? { duplex: "half" } : {};
      const { allowed, request: onward } = await gate().authorize(post(await token(), { body: given, ...init }));
      same(allowed, true, body);
      same([...new Uint8Array(await onward.arrayBuffer())], [...bytes], body);
    }
  }
});

test("gate: without a token there is a challenge, and nothing of the operation", async () => {
  const { allowed, response } = await gate().authorize(post(undefined, { body: call("delete_all") }));
  same([allowed, response.status], [false, 401]);
  same(response.headers.get("www-authenticate"), `${CHALLENGE}, scope="mcp:read"`);
  ok(!(await response.text()).includes("delete_all"), "silent about the tool");
});

const REFUSED = [
  ["an expired token", async () => post(await token({ exp: now() - 3600 })), 401, /error="invalid_token"/u],
  ["another audience", async () => post(await token({ aud: "https://other.example.com" })), 401, /error="invalid_token"/u],
  ["another issuer", async () => post(await token({ iss: "https://other.example.com" })), 401, /error="invalid_token"/u],
  ["a forged token", async () => post(`${(await token()).slice(0, -4)}AAAA`), 401, /error="invalid_token"/u],
  ["two tokens", async () => post(`${await token()}, Bearer x`), 400, /error="invalid_request"/u],
  ["too few scopes", async () => post(await token(), { body: call("delete_all") }), 403, /error="insufficient_scope".*scope="mcp:admin"/u],
  ["a foreign page", async () => post(await token(), { headers: { origin: "https://evil.example.com" } }), 403, undefined],
  ["another path", async () => post(await token(), { address: `${RESOURCE}/` }), 404, undefined],
  ["another method", async () => request(RESOURCE, { method: "PUT" }), 405, undefined],
  ["a body that is no message", async () => post(await token(), { body: "{" }), 400, undefined],
  ["a body of another type", async () => post(await token(), { headers: { "content-type": "text/plain" } }), 400, undefined],
  ["a version that there is not", async () => post(await token(), { headers: { "mcp-protocol-version": "2027-01-01" } }), 400, undefined],
];

for (const [name, make, status, challenge] of REFUSED) {
  test(`gate: refused: ${name}`, async () => {
    let called = false;
    const handle = gate().protect(() => (called = true));
    const response = await handle(await make());
    same([response.status, called], [status, false]);
    const found = response.headers.get("www-authenticate");
    if (challenge === undefined) same(found, null);
    else ok(found.startsWith(CHALLENGE) && challenge.test(found), found);
    ok(typeof (await response.json()) === "object", "a JSON body");
  });
}

test("gate: a token in query, cookie or body is none, and does not go on", async () => {
  const bearer = await token();
  const places = [
    { address: `${RESOURCE}?access_token=${bearer}` },
    { headers: { cookie: `access_token=${bearer}` } },
    { body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "x" }, access_token: bearer }) },
    { body: `access_token=${bearer}`, headers: { "content-type": "application/x-www-form-urlencoded" } },
  ];
  for (const place of places) {
    const { response } = await gate().authorize(post(undefined, place));
    same([response.status, response.headers.get("www-authenticate")], [401, `${CHALLENGE}, scope="mcp:read"`]);
  }
  const address = `${RESOURCE}?a=%7e+1&access_token=${bearer}&%61ccess_token=x&b;access_token=y&access_tokens=1`;
  const headers = { cookie: `a=1; access_token=${bearer}; b=2` };
  const { request: onward } = await gate().authorize(post(bearer, { address, headers }));
  same(new URL(onward.url).search, "?a=%7e+1&b&access_tokens=1");
  ok(![onward.url, ...onward.headers.values()].join().includes(bearer), "not forwarded");
});

test("gate: a handler gets request, access, environment and context, and a public operation nobody's access", async () => {
  const seen = [];
  const handle = gate().protect((...given) => {
    seen.push(given);
    return new Response("done", { status: 201 });
  });
  const [env, ctx] = [{ A: 1 }, { waitUntil() {} }];
  const response = await handle(post(await token()), env, ctx);
  same([response.status, await response.text()], [201, "done"]);
  same([await seen[0][0].text(), seen[0][1].subject], [call("search"), "user-1"]);
  ok(seen[0][2] === env && seen[0][3] === ctx, "the same objects");
  same((await handle(post(undefined, { body: PING }))).status, 201);
  same((await handle(post("nonsense", { body: PING }))).status, 201);
  same([seen[1][1], seen[2][1], seen[2][0].headers.get("authorization")], [undefined, undefined, null]);
});

test("gate: a handler can hear that its client has left", async () => {
  const leaving = new AbortController();
  const { request: onward } = await gate().authorize(post(await token(), { signal: leaving.signal }));
  same(onward.signal.aborted, false);
  leaving.abort();
  same(onward.signal.aborted, true);
});

test("gate: pages that may send requests can read the answers, and no others", async () => {
  const protectedGate = gate();
  const { respond } = await protectedGate.authorize(post(await token(), { headers: { origin: PAGE } }));
  const answer = respond(new Response("done", { status: 202, headers: { vary: "Accept", "access-control-allow-origin": "*", "access-control-allow-credentials": "true", "access-control-expose-headers": "X-Mine" } }));
  same([answer.status, await answer.text(), answer.headers.get("access-control-allow-origin"), answer.headers.get("access-control-allow-credentials")], [202, "done", PAGE, null]);
  same(answer.headers.get("vary"), "Accept, Origin");
  ok(/X-Mine.*WWW-Authenticate/u.test(answer.headers.get("access-control-expose-headers")), "exposed");
  same(respond(new Response(null, { status: 204 })).status, 204);
  const denied = await protectedGate.authorize(post(undefined, { headers: { origin: PAGE } }));
  same([denied.response.status, denied.response.headers.get("access-control-allow-origin")], [401, PAGE]);
  const without = await protectedGate.authorize(post(await token()));
  const given = new Response("done");
  ok(without.respond(given) === given, "untouched without an Origin");
  const handled = await protectedGate.protect(() => new Response("done"))(post(await token(), { headers: { origin: PAGE } }));
  same([await handled.text(), handled.headers.get("access-control-allow-origin")], ["done", PAGE]);
  const preflight = request(RESOURCE, { method: "OPTIONS", headers: { origin: PAGE, "access-control-request-method": "POST" } });
  const { response } = await protectedGate.authorize(preflight);
  same([response.status, response.headers.get("access-control-allow-origin")], [204, PAGE]);
});

test("gate: metadata is for everybody, and for nothing else", async () => {
  const { metadata, authorize } = gate();
  const found = metadata(new Request(METADATA));
  const document = await found.json();
  same([found.status, document.resource, document.authorization_servers, document.scopes_supported], [200, RESOURCE, [ISSUER], ["mcp:read"]]);
  same([found.headers.get("access-control-allow-origin"), found.headers.get("content-type")], ["*", "application/json"]);
  same((await metadata(new Request("https://mcp.example.com/.well-known/oauth-protected-resource")).json()).resource, "https://mcp.example.com");
  same((await (await authorize(new Request(METADATA))).response.json()).resource, RESOURCE);
  for (const path of ["/mcp", "/", "/.well-known/oauth-protected-resource/mcp/", "/.well-known/oauth-authorization-server"]) {
    same(metadata(new Request(`https://mcp.example.com${path}`)), undefined, path);
  }
  same(gate({ rootMetadata: false }).metadata(new Request("https://mcp.example.com/.well-known/oauth-protected-resource")), undefined);
});

test("gate: no more of a body is read than is judged", async () => {
  const large = source();
  const { response } = await gate({ maxBodyBytes: 100 }).authorize(post(await token(), { body: large.stream, duplex: "half" }));
  same(response.status, 413);
  ok(large.pulled < 25, `${large.pulled} chunks of 9 bytes`);
  const unread = source();
  same((await gate({ rules: [{ method: "*" }] }).authorize(post(undefined, { body: unread.stream, duplex: "half" }))).response.status, 401);
  ok(unread.pulled <= 1, `${unread.pulled} chunks`); // a runtime may look ahead
});

test("gate: a length that is declared is not believed", async () => {
  const bearer = await token();
  const [body, long] = [call("search"), `${call("search")}${" ".repeat(200)}`];
  const sent = (body, length) => post(bearer, { body, headers: { "content-length": length } });
  // Some runtimes let nobody but themselves set the field: then these are bodies like any other.
  for (const length of ["120", "1", "9000", "1e2", "0"]) {
    const { request: onward } = await gate().authorize(sent(call("search"), length));
    same(await onward.text(), call("search"), length);
  }
  same((await gate({ maxBodyBytes: 200 }).authorize(sent(`${call("search")}${" ".repeat(200)}`, "120"))).response.status, 413);
  for (const stalled of [new ReadableStream({ pull: () => new Promise(() => {}) }), new ReadableStream({ pull: (controller) => controller.error(new Error("gone")) })]) {
    const { response } = await hurried(async () => gate().authorize(post(bearer, { body: stalled, duplex: "half", headers: { "content-length": "10" } })));
    ok(response.status === 408 || response.status === 400, `${response.status}`);
  }
});

test("gate: a body that ends early or never is answered", async () => {
  const events = [];
  const listening = gate({ onDecision: (event) => events.push([event.decision, event.status, event.code]) });
  const broken = new ReadableStream({ pull: (controller) => controller.error(new Error("gone")) });
  same((await listening.authorize(post(await token(), { body: broken, duplex: "half" }))).response.status, 400);
  const texts = new ReadableStream({ start: (controller) => (controller.enqueue(call("search")), controller.close()) });
  same((await listening.authorize(post(await token(), { body: texts, duplex: "half" }))).response.status, 400);
  const stalled = new ReadableStream({ pull: () => new Promise(() => {}) });
  const { response } = await hurried(async () => listening.authorize(post(await token(), { body: stalled, duplex: "half" })));
  same([response.status, (await response.json()).error], [408, "request_timeout"]);
  same(events, [["deny", 400, "body_incomplete"], ["deny", 400, "body_incomplete"], ["deny", 408, "body_incomplete"]]);
});

test("gate: a body that somebody has read cannot be judged", async () => {
  const used = post(await token());
  await used.text();
  const fault = await gate().authorize(used).catch((error) => error);
  ok(fault instanceof TypeError && fault.message === "expected a request whose body nobody has read", String(fault));
});

test("gate: an event stream of a handler ends with the token, others do not", async () => {
  const types = [["text/event-stream", true], ["text/event-stream; charset=utf-8", true], ["text/event-streams", false], ["application/json", false]];
  await Promise.all(types.map(async ([type, ends]) => {
    const below = source();
    const exp = now() + 2;
    const response = await gate().protect(() => new Response(below.stream, { headers: { "content-type": type } }))(post(await token({ exp })));
    same([await endsBy(response, exp), below.cancelled], [ends, ends], type);
  }));
});

test("gate: what it gives cannot be altered, and works without it", async () => {
  const made = gate();
  ok(Object.isFrozen(made), "frozen");
  same(Object.keys(made), ["authorize", "protect", "proxy", "metadata"]);
  const { authorize } = made;
  same((await authorize(post(await token()))).allowed, true);
});

test("gate: its own copy of the options decides", async () => {
  const options = gateOptions();
  const { authorize } = createGate(options);
  options.issuers[0].jwks.keys.pop();
  options.rules[2].scopes.push("mcp:admin");
  same((await authorize(post(await token()))).allowed, true);
});

test("gate: an operation read in the headers leaves the body a stream", async () => {
  const headers = { "mcp-protocol-version": "2026-07-28", "mcp-method": "tools/call", "mcp-name": "search" };
  const below = source(3);
  const { allowed, request: onward } = await gate({ operationFrom: "headers" }).authorize(post(await token(), { headers, body: below.stream, duplex: "half" }));
  same(allowed, true);
  ok(below.pulled <= 1, `unread: ${below.pulled}`);
  same(await textOf(onward.body), "data: 0\n\ndata: 1\n\ndata: 2\n\n");
});

test("gate: methods without a message have no body", async () => {
  for (const method of ["GET", "DELETE"]) {
    const init = method === "DELETE" ? { body: call("delete_all") } : {};
    const headers = { authorization: `Bearer ${await token()}`, accept: "text/event-stream", "mcp-protocol-version": "2025-11-25", "mcp-session-id": "1" };
    const { allowed, request: onward } = await gate().authorize(request(RESOURCE, { method, headers, ...init }));
    same([allowed, onward.method, onward.headers.get("mcp-session-id"), await onward.text()], [true, method, "1", ""]);
  }
});
