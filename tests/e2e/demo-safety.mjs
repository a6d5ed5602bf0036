// What the page promises: nothing leaves it, and nothing that is pasted into it can act.

import assert from "node:assert/strict";
import { ATTACKS } from "../../www/sample/attacks.js";
import { TABS } from "./demo-tabs.mjs";

const tests = [];
const test = (name, options, run = options) => tests.push({ name, run, options: run === options ? {} : options });
export default tests;

/** At another fragment the browser itself looks for the icon once more, if the host has not said that it may keep it. */
const ICON = "/mark.svg";

test("what is shown as the policy is the policy", async ({ page }) => {
  const policy = await page.getAttribute("meta[http-equiv='Content-Security-Policy']", "content");
  assert.match(policy, /default-src 'none'.*connect-src 'self'.*form-action 'none'/);
  assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval(?<!wasm-unsafe-eval)|\*|https?:|data:|blob:/);
  await page.click(".privacy summary");
  assert.equal((await page.innerText("#csp")).replaceAll(/\s+/g, " "), policy);
});

test("everything is loaded at the start, and nothing at all after that", async (visited) => {
  const { page } = visited;
  const count = visited.requests.length;
  for (const algorithm of ["ES256", "EdDSA", "RS256"]) await visited.makeSample(algorithm);
  for (const { id } of ATTACKS) await visited.attack(id);
  for (const tab of Object.keys(TABS)) await visited.open(tab);
  await page.click("#share-open");
  assert.deepEqual(visited.requests.slice(count).filter((url) => !url.endsWith(ICON)), []);
});

test("every tab works without a network once the page is loaded", async (visited) => {
  const { context, page } = visited;
  await context.setOffline(true);
  await visited.makeSample();
  await visited.becomes("accepted");
  await page.selectOption("#sample-provider", "okta");
  await page.waitForSelector("#verdict-where:text('All')");
  for (const id of ["expired", "restore"]) await visited.attack(id);
  await visited.becomes("accepted");
  await visited.open("keys");
  await page.waitForSelector("#keys-list li:has-text('has signed the token')");
  await visited.open("rules");
  await page.selectOption("#example", "denied");
  await page.waitForSelector("#rules-tally:text('3 of 7 allowed')");
  await visited.open("request");
  await page.click("#request-kind-expired");
  await page.waitForSelector("#request-status:text('401')");
  await page.click("#share-open");
  assert.match(await page.inputValue("#share-link"), /#\/request\?s=/);
  const others = visited.faults.filter((fault) => !fault.endsWith(ICON) && !fault.endsWith("ERR_INTERNET_DISCONNECTED"));
  assert.deepEqual(others, []);
  visited.faults.length = 0;
});

test("garbage is refused, never a fault of the page", async (visited) => {
  const { page } = visited;
  await page.fill("#jwks", '{"keys":[]}');
  const garbage = [
    "garbage", ".", "..", "...", "a.b.c", "😀.😀.😀", "\ud800.e30.", " ", "\u0000", "eyJ.eyJ.eyJ", "a".repeat(200_000),
    ".".repeat(50_000), "e30.e30.e30", "eyJhbGciOiJFUzI1NiJ9.bnVsbA.AAAA", "W10.W10.AA", "eyJhbGciOjF9.e30.",
  ];
  for (const token of garbage) {
    await page.fill("#token", token);
    await visited.becomes("refused");
    await page.fill("#token", "");
    await visited.becomes("waiting");
  }
  await page.fill("#token", "eyJhbGciOiJFUzI1NiJ9.e30.AAAA");
  for (const jwks of ["garbage", "[]", "null", "{", '{"keys":1}', '{"keys":[1,null,{}]}', "\u0000", "\ud800", "[".repeat(10_000)]) {
    await page.fill("#jwks", jwks);
    await visited.becomes("refused");
    await page.fill("#jwks", "");
    await visited.becomes("waiting");
  }
});

test("a verifier that does not load is said aloud", async (visited) => {
  const { context, page } = visited;
  await context.route("**/doorward/*", (route) => route.abort());
  await page.reload();
  await page.waitForSelector("#trouble:text('could not be loaded')");
  visited.faults.length = 0; // the aborted requests
});

test("a sample maker that does not load is said aloud, and can be tried again", async (visited) => {
  const { context, page } = visited;
  for (const file of ["**/mint_bg.wasm", "**/worker.js"]) {
    await context.route(file, (route) => route.abort());
    await page.reload();
    await page.waitForSelector("#steps > li");
    await page.click("#make-button");
    await page.waitForSelector("#story:text('No sample: the sample maker could not be loaded')");
    await visited.open("rules");
    await page.waitForSelector("#rules-tally:text('No verdicts: the sample maker could not be loaded')");
    await context.unroute(file);
    await visited.open("token");
    await visited.makeSample();
    await visited.becomes("accepted");
    await visited.open("rules");
    await page.check("#rules-kind-none");
    await page.waitForSelector("#rules-tally:text('0 of 7 allowed')");
    await visited.open("token");
  }
  visited.faults.length = 0; // the requests that were stopped
});

test("words of a token never become part of the page", async (visited) => {
  const { page } = visited;
  const evil = { alg: "<img src=x onerror=alert(1)>", kid: "<script>alert(1)</script>", "\u202eexp": "\u202etxt" };
  await page.fill("#jwks", '{"keys":[]}');
  await page.fill("#token", `${btoa(unescape(encodeURIComponent(JSON.stringify(evil)))).replace(/=+$/, "")}.e30.AA`);
  await visited.becomes("refused");
  assert.equal(await page.locator("#panels img, #steps img, #findings img, main script").count(), 0);
  assert.match(await page.innerText("#panels"), /<img src=x onerror=alert\(1\)>/);
  assert.doesNotMatch(await page.innerText("main"), /\u202e/);
});

/** The policy holds: whatever a script on the page tries, the other server hears nothing. */
export async function policyHolds(browser, origin, other) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(origin);
  await page.evaluate(async (url) => {
    const attempts = [
      () => fetch(url, { mode: "no-cors" }),
      () => fetch(url, { method: "POST", body: "token", mode: "no-cors" }),
      () => navigator.sendBeacon(url, "token"),
      () => { new Image().src = `${url}/image`; },
      () => { document.head.append(Object.assign(document.createElement("script"), { src: `${url}/script.js` })); },
      () => { document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: `${url}/style.css` })); },
      () => { document.body.append(Object.assign(document.createElement("iframe"), { src: `${url}/frame` })); },
      () => { new WebSocket(url.replace("http", "ws")); },
      () => { new EventSource(url); },
      () => {
        const form = Object.assign(document.createElement("form"), { action: `${url}/form`, method: "post" });
        document.body.append(form);
        form.submit();
      },
    ];
    for (const attempt of attempts) await Promise.resolve().then(attempt).catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 500));
  }, other.origin);
  await context.close();
  assert.deepEqual(other.requested, []);
}
