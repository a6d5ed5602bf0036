// The tab of requests: the decision of the gate, its exact answer, and what the MCP server would get.

import assert from "node:assert/strict";
import { PRESETS } from "../../www/request/presets.js";

const tests = [];
const test = (name, options, run = options) =>
  tests.push({ name: `request: ${name}`, run, options: { tab: "request", ...(run === options ? {} : options) } });
export default tests;

/** What becomes of each request to begin with, sent by a caller with mcp:read: a code, or `null` where it gets through. */
const DECIDED = {
  list: null, call: null, delete: "scope_insufficient", read: null, metadata: null, preflight: null, listen: null,
  disguise: "header_mismatch", batch: "scope_insufficient", duplicate: "message_malformed", foreign: "origin_not_allowed",
  two: "authorization_malformed", path: "route_unknown", uri: "uri_ambiguous", identity: null,
};

const STATUS = {
  scope_insufficient: 403, header_mismatch: 400, message_malformed: 400, origin_not_allowed: 403,
  authorization_malformed: 400, route_unknown: 404, uri_ambiguous: 400, token_absent: 401, token_expired: 401,
  audience_mismatch: 401, signature_invalid: 401,
};

test("each request to begin with is decided as it should be", async (visited) => {
  assert.deepEqual(PRESETS.map(({ id }) => id), Object.keys(DECIDED));
  for (const [preset, code] of Object.entries(DECIDED)) {
    await visited.send(preset);
    const shown = await read(visited.page);
    assert.equal(shown.decision.code, code, preset);
    const links = await visited.page.$$eval("#request-rule a", (all) => all.map(({ href }) => href));
    assert.equal(links.length, code === null ? 0 : 1);
    if (code !== null) assert.match(links[0], new RegExp(`^https://unpkg\\.com/doorward@[\\d.]+/docs/errors\\.md#${code}$`));
    if (code === null) assert.ok(["Let through", "Answered"].includes(shown.word), preset);
    else assert.equal(shown.answer.split("\n")[0].slice(0, 12), `HTTP/1.1 ${STATUS[code]}`, preset);
  }
});

test("the request that was chosen is marked, and told, until it is changed", async (visited) => {
  const { page } = visited;
  const pressed = () => page.$$eval("#panel-request [aria-pressed='true']", (buttons) => buttons.map((button) => button.dataset.preset));
  assert.deepEqual(await pressed(), ["list"]);
  await visited.send("disguise");
  assert.deepEqual(await pressed(), ["disguise"]);
  assert.match(await page.innerText("#request-story"), /the body another one/);
  await visited.decides(() => page.fill("#request-path", "/"));
  assert.deepEqual(await pressed(), []);
  assert.equal(await page.innerText("#request-story"), "");
});

test("each caller is let through or stopped", async (visited) => {
  const { page } = visited;
  await visited.send("list");
  for (const [kind, code] of [
    ["none", "token_absent"], ["expired", "token_expired"], ["elsewhere", "audience_mismatch"],
    ["forged", "signature_invalid"], ["holder", null],
  ]) {
    await visited.decides(() => page.check(`#request-kind-${kind}`));
    const { decision, answer } = await read(page);
    assert.equal(decision.code, code, kind);
    if (code !== null) assert.match(answer, /^HTTP\/1\.1 401 Unauthorized\n[^]*www-authenticate: Bearer resource_metadata=/, kind);
  }
});

test("the answer is the gate's, to the letter", async (visited) => {
  const { page } = visited;
  await visited.decides(() => page.check("#request-kind-none"));
  assert.equal(await text(page, "#request-answer"), [
    "HTTP/1.1 401 Unauthorized",
    "cache-control: no-store",
    "content-type: application/json",
    'www-authenticate: Bearer resource_metadata="https://mcp.example.com/.well-known/oauth-protected-resource/mcp", scope="mcp:read"',
    "x-content-type-options: nosniff",
    "{",
    '"error": "unauthorized",',
    '"error_description": "this needs an access token: see WWW-Authenticate"',
    "}",
  ].join("\n"));
});

test("the MCP server gets who it is, and neither the token nor what a client pretends to be", async (visited) => {
  const { page } = visited;
  await visited.send("identity");
  const forwarded = await text(page, "#request-forwarded");
  assert.match(forwarded, /^POST \/mcp HTTP\/1\.1\nhost: origin\.internal\n/);
  assert.match(forwarded, /doorward-subject: ada\n/);
  assert.match(forwarded, /doorward-scopes: mcp%3Aread\n|doorward-scopes: mcp:read\n/);
  assert.doesNotMatch(forwarded, /mcp:admin|Bearer|root/);
  assert.match(forwarded, /Taken off: authorization, doorward_scopes/);
  assert.match(forwarded, /"method": "tools\/list"/);
  assert.deepEqual(await page.$$eval("#request-forwarded .marked .name", (names) => names.map((name) => name.textContent)),
    ["accept-encoding", "doorward-client", "doorward-issuer", "doorward-scopes", "doorward-subject"]);
  await visited.send("delete");
  assert.ok(await page.isHidden("#request-forwarded-box"));
});

test("an Origin is judged, which no browser lets a page send", async (visited) => {
  const { page } = visited;
  await visited.send("list");
  const headers = await page.inputValue("#request-headers");
  await visited.decides(() => page.fill("#request-headers", `${headers}\nOrigin: https://app.example.com`));
  assert.equal((await read(page)).decision.decision, "allow");
  assert.match(await page.innerText("#request-answer"), /access-control-allow-origin: https:\/\/app\.example\.com/);
  await visited.decides(() => page.fill("#request-headers", `${headers}\nOrigin: https://app.example.com.evil.example`));
  assert.equal((await read(page)).decision.code, "origin_not_allowed");
});

test("revision, HTTP method, MCP method and tool make headers and body", async (visited) => {
  const { page } = visited;
  await visited.decides(() => page.fill("#request-method", "tools/call"));
  assert.equal(await page.inputValue("#request-operand"), "delete_note");
  await visited.decides(() => page.fill("#request-operand", "list notes ✓"));
  assert.match(await page.inputValue("#request-headers"), /^Mcp-Method: tools\/call\nMcp-Name: =\?base64\?/m);
  assert.equal((await read(page)).decision.name, "list notes ✓");
  assert.equal((await read(page)).decision.code, "scope_insufficient");
  for (const revision of ["2025-11-25", "2025-06-18", "2025-03-26"]) {
    await visited.decides(() => page.selectOption("#request-revision", revision));
    const { decision } = await read(page);
    assert.deepEqual([decision.revision, decision.code], [revision, "scope_insufficient"]);
    assert.doesNotMatch(await page.inputValue("#request-headers"), /Mcp-Name/);
  }
  await visited.decides(() => page.selectOption("#request-verb", "PUT"));
  assert.equal((await read(page)).decision.code, "method_not_allowed");
  await visited.decides(() => page.selectOption("#request-verb", "DELETE"));
  assert.equal((await read(page)).decision.method, "DELETE");
  assert.ok(await page.isHidden("#request-body-field"));
});

test("what cannot be sent is told, and no old answer stays beside it", async (visited) => {
  const { page } = visited;
  await visited.send("list");
  for (const [field, value, told] of [
    ["#request-headers", "no header", /line 1 of the headers/],
    ["#request-headers", "A: b\nB: \u{1f600}", /line 2 of the headers/],
    ["#request-headers", "A b: c", /line 1 of the headers/],
  ]) {
    await visited.decides(() => page.fill(field, value));
    assert.match(await page.innerText("#request-problem"), told);
    assert.equal(await page.innerText("#request-answer"), "Nothing yet.");
    assert.ok(await page.isHidden("#request-event-box"));
  }
  await visited.send("list");
  assert.equal(await page.innerText("#request-problem"), "");
  await visited.open("rules");
  await page.fill("#config", "{}");
  await visited.open("request");
  await page.waitForSelector("#request-reason:text('The configuration in the tab “Rules” cannot be used')");
});

test("garbage is decided, never a fault of the page", async (visited) => {
  const { page } = visited;
  await visited.send("call");
  for (const body of ["", "null", "[]", "{", "\u0000", "\ud800", "[".repeat(20_000), "x".repeat(1_100_000), '{"jsonrpc":"2.0"}']) {
    await visited.decides(() => page.fill("#request-body", body));
    assert.notEqual((await read(page)).decision.code, null, body.slice(0, 20));
  }
  for (const path of ["", "//evil.example", "/mcp?access_token=x", "/\\", "http://evil.example/", "/mcp#x", "/%"]) {
    await visited.decides(() => page.fill("#request-path", path));
    assert.ok(["decided", "problem"].includes(await page.isVisible("#request-event-box") ? "decided" : "problem"));
  }
  assert.equal(await page.locator("#panel-request img").count(), 0);
});

test("one's own token is judged by its own keys", async (visited) => {
  const { page } = visited;
  await visited.decides(() => page.check("#request-kind-mine"));
  assert.match(await page.innerText("#request-reason"), /no token of yours yet/);
  await visited.open("token");
  await visited.makeSample();
  await visited.becomes("accepted");
  await visited.open("request");
  await page.waitForSelector("#request-ruling[data-state='refused']");
  assert.deepEqual((await read(page)).decision.scopes, ["mcp:resources", "mcp:tools"]);
  await visited.open("token");
  await page.fill("#jwks", '{"keys":[]}');
  await visited.open("request");
  await page.waitForSelector("#request-reason:text('key set with a usable key')");
});

/** What the page shows of the decision. */
async function read(page) {
  return {
    word: await page.innerText("#request-word"),
    decision: JSON.parse(await page.$eval("#request-event", (node) => node.textContent)),
    answer: await text(page, "#request-answer"),
  };
}

/** The lines as they are read, without what only lays them out. */
async function text(page, selector) {
  return (await page.innerText(selector)).split("\n").map((line) => line.trim()).filter((line) => line !== "").join("\n");
}
