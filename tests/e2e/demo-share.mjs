// Links: they restore what they hold, they hold no credential unless told to, and hostile ones do nothing.

import assert from "node:assert/strict";

const tests = [];
const test = (name, options, run = options) => tests.push({ name: `share: ${name}`, run, options: run === options ? {} : options });
export default tests;

test("a link restores the tab, the options, the rules and the request", async (visited) => {
  const { page } = visited;
  await visited.makeSample();
  await page.selectOption("#sample-provider", "entra");
  await visited.becomes("accepted");
  await page.click(".algorithms summary");
  await page.check("#algorithms input[value='ES256']");
  await page.fill("#tolerance", "5");
  await page.fill("#moment", "2026-01-02T03:04:05");
  const jwks = await page.inputValue("#jwks");
  await visited.open("rules");
  await page.selectOption("#example", "claims");
  await page.fill("#rules-claims", '{"groups": ["<finance>"]}');
  await visited.open("request");
  await visited.send("identity");
  await visited.decides(() => page.check("#request-kind-expired"));
  const link = await linkOf(page);
  await follow(visited, link);
  await page.waitForSelector("#panel-request:visible");
  assert.match(await page.innerText("#share-notice"), /filled in by the link/);
  assert.ok(await page.isChecked("#request-kind-expired"));
  assert.match(await page.inputValue("#request-headers"), /Doorward-Subject: root/);
  await page.waitForSelector("#request-status:text('401')");
  await visited.open("rules");
  assert.equal(await page.inputValue("#rules-claims"), '{"groups": ["<finance>"]}');
  assert.match(await page.inputValue("#config"), /payroll_\*/);
  await visited.open("token");
  assert.equal(await page.inputValue("#token"), "");
  assert.equal(await page.inputValue("#jwks"), jwks);
  assert.equal(await page.inputValue("#profile"), "entra");
  assert.match(await page.inputValue("#issuer"), /\{tenantid\}/);
  assert.equal(await page.inputValue("#tenants"), "0f8fad5b-d9cb-469f-a165-70867728950e");
  assert.equal(await page.inputValue("#tolerance"), "5");
  assert.equal(await page.inputValue("#moment"), "2026-01-02T03:04:05");
  assert.ok(await page.isChecked("#algorithms input[value='ES256']"));
});

test("no token is in a link unless it is asked for, and then with a warning", async (visited) => {
  const { page } = visited;
  await visited.makeSample();
  await visited.becomes("accepted");
  const token = await page.inputValue("#token");
  const link = await linkOf(page);
  assert.doesNotMatch(link, /eyJ/, "nothing that looks like a token, to people or to scanners");
  for (const part of token.split(".")) assert.ok(!stateOf(link).includes(part), "no part of it");
  assert.match(await page.innerText("#share-left-out"), /the token/);
  assert.ok(await page.isHidden("#share-danger"));
  await page.check("#share-with-token");
  assert.match(await page.innerText("#share-danger"), /Whoever has this link has the token/);
  const whole = await page.inputValue("#share-link");
  assert.ok(stateOf(whole).includes(token));
  await page.click("#share-close");
  await page.click("#share-open");
  assert.ok(!await page.isChecked("#share-with-token"), "asked for anew each time");
  await follow(visited, whole);
  await visited.becomes("accepted");
  assert.equal(await page.inputValue("#token"), token);
  assert.equal(await page.evaluate(() => location.hash), "#/token", "it does not stay in the address");
  await page.goBack();
  await page.goForward();
  assert.equal(await page.evaluate(() => location.hash), "#/token", "nor in the history");
});

test("credentials hidden elsewhere are left out, and private keys always", async (visited) => {
  const { page } = visited;
  const token = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl";
  await page.fill("#jwks", JSON.stringify({ keys: [{ kty: "EC", crv: "P-256", x: "x", y: "y", d: "PRIVATE-1" }] }));
  await visited.open("rules");
  const config = JSON.parse(await page.inputValue("#config"));
  const key = { kty: "EC", crv: "P-256", x: "A".repeat(43), y: "A".repeat(43), d: "PRIVATE-2PRIVATE-2PRIVATE-2PRIVATE-2PRIVATE" };
  await page.fill("#config", JSON.stringify({ ...config, assertion: { key } }));
  await page.click("#panel-rules details:has(#operations) summary");
  await page.fill("#operations", `tools/list\n${token}`);
  await visited.open("request");
  await page.click("#panel-request details:has(#request-claims) summary");
  await page.fill("#request-claims", '{"note": "eyAiYWxnIjogIkVTMjU2IiB9.eyAic3ViIjogImFkYSIgfQ.c2lnbmF0dXJl"}');
  await page.fill("#request-headers", `Accept: */*\nauthorization: Bearer opaque-SECRET\nCookie: a=SECRET\nX-Note: ${token}`);
  await page.fill("#request-path", "/mcp?access_token=SECRET");
  await page.fill("#request-body", `{"token":"${token}"}`);
  const state = stateOf(await linkOf(page));
  assert.doesNotMatch(state, /SECRET|PRIVATE|eyJhbGci|eyAiYWxn/);
  assert.match(state, /Accept: \*\/\*/, "what is harmless stays");
  const told = await page.innerText("#share-left-out");
  for (const name of [/headers/, /path/, /body/, /another field/, /keys, as one is private/, /configuration, as a key in it is private/]) assert.match(told, name);
  await page.check("#share-with-token");
  const whole = stateOf(await page.inputValue("#share-link"));
  assert.match(whole, /opaque-SECRET/);
  assert.doesNotMatch(whole, /PRIVATE/);
});

test("a hostile link does nothing but fill in, and what is not as it should be is left out", async (visited) => {
  const { page } = visited;
  const html = "<img src=x onerror=alert(1)><script>alert(1)</script>";
  await follow(visited, linkTo(visited, "rules", {
    token: { token: html, jwks: html, issuer: html, audience: html, scope: html, tolerance: html, moment: html, profile: html, tenants: [html, 1], algorithms: [html] },
    rules: { config: html, operations: html, caller: { kind: html, scopes: [html, {}], claims: html } },
    request: { caller: { kind: html, scopes: html }, message: { verb: html, path: html, revision: html, method: html, operand: html, headers: html, body: html } },
    __proto__: { polluted: true }, constructor: { prototype: { polluted: true } },
  }));
  await page.waitForSelector("#panel-rules:visible");
  assert.equal(await page.inputValue("#config"), html);
  await page.waitForSelector("#rules-tally:text('No verdicts')");
  for (const tab of ["token", "keys", "rules", "request"]) {
    await visited.open(tab);
    assert.equal(await page.locator("main img, main script").count(), 0, tab);
  }
  assert.equal(await page.evaluate(() => ({}).polluted), undefined);
  assert.equal(await page.inputValue("#profile"), "standard");
});

test("a link that cannot be read is said to be one, and changes nothing", async (visited) => {
  const { page } = visited;
  await page.fill("#issuer", "https://mine.example/");
  const tooLong = encoded(`1${JSON.stringify({ token: { issuer: "x".repeat(120_000) } })}`);
  const others = ["1", "1null", "1[]", "11", '1"x"', "1{", '2{"token":{}}', '{"token":{}}', "\ud800"].map(encoded);
  const texts = ["", "%", "AAAA", "~~~", "x".repeat(200_000), "_____w", tooLong, ...others];
  for (const text of texts) {
    await page.evaluate((hash) => { location.hash = hash; }, `#/rules?s=${text}`);
    await page.waitForFunction(() => location.hash === "#/rules");
    assert.match(await page.innerText("#share-notice"), /holds nothing that can be read/, text.slice(0, 20));
    await page.evaluate(() => { document.querySelector("#share-notice-text").textContent = ""; });
    await visited.open("token");
  }
  assert.equal(await page.inputValue("#issuer"), "https://mine.example/");
});

test("members of other types are left out one by one", async (visited) => {
  const { page } = visited;
  await follow(visited, linkTo(visited, "token", {
    token: { token: 1, issuer: "https://kept.example/", audience: ["x"], tenants: "x", algorithms: { 0: "ES256" }, tolerance: null },
    rules: 7, request: { message: [], caller: null },
  }));
  await page.waitForSelector("#share-notice:visible");
  assert.equal(await page.inputValue("#issuer"), "https://kept.example/");
  assert.equal(await page.inputValue("#audience"), "");
  assert.equal(await page.inputValue("#tolerance"), "60");
  await visited.open("rules");
  await page.waitForSelector("#rules-tally:text('4 of 7 allowed')");
  await visited.open("request");
  await page.waitForSelector("#request-ruling[data-state='accepted']");
});

test("what is too long for a link is told, and no link is given", async (visited) => {
  const { page } = visited;
  await page.fill("#jwks", `{"keys":[],"x":"${"x".repeat(60_000)}"}`);
  await page.click("#share-open");
  assert.equal(await page.inputValue("#share-link"), "");
  assert.match(await page.innerText("#share-told"), /too long/);
  assert.ok(await page.isDisabled("#share-copy"));
});

test("a link is copied, and the dialog gives the focus back", async (visited) => {
  const { context, page } = visited;
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.focus("#share-open");
  await page.keyboard.press("Enter");
  await page.click("#share-copy");
  await page.waitForSelector("#share-told:text('Copied')");
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await page.inputValue("#share-link"));
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => document.activeElement.id), "share-open");
});

async function linkOf(page) {
  await page.click("#share-open");
  return page.inputValue("#share-link");
}

function linkTo({ origin }, tab, state) {
  return `${origin}/#/${tab}?s=${encoded(`1${JSON.stringify(state)}`)}`;
}

/** As somebody who gets the link: the page is loaded anew. */
async function follow(visited, link) {
  await visited.page.goto("about:blank");
  await visited.page.goto(link);
  await visited.loaded();
}

function stateOf(link) {
  return Buffer.from(link.split("?s=")[1], "base64url").toString();
}

function encoded(text) {
  return Buffer.from(text).toString("base64url");
}
