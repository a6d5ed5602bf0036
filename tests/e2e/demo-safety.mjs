// What the page promises: nothing leaves it, and nothing that is pasted into it can act.

import assert from "node:assert/strict";
import { ATTACKS } from "../../www/sample/attacks.js";

const tests = [];
const test = (name, options, run = options) => tests.push({ name, run, options: run === options ? {} : options });
export default tests;

test("what is shown as the policy is the policy", async ({ page }) => {
  const policy = await page.getAttribute("meta[http-equiv='Content-Security-Policy']", "content");
  assert.match(policy, /default-src 'none'.*connect-src 'self'.*form-action 'none'/);
  assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval(?<!wasm-unsafe-eval)|\*|https?:|data:|blob:/);
  await page.click(".privacy summary");
  assert.equal((await page.innerText("#csp")).replaceAll(/\s+/g, " "), policy);
});

test("the minting module is loaded when a sample is asked for, and nothing at all after that", async (visited) => {
  assert.ok(!visited.requests.some((url) => url.includes("/doorward/mint")), "loaded early");
  await visited.makeSample();
  assert.ok(visited.requests.some((url) => url.endsWith("/mint_bg.wasm")));
  const count = visited.requests.length;
  for (const { id } of ATTACKS) await visited.attack(id);
  assert.equal(visited.requests.length, count);
});

test("the page works without a network once it is loaded", async (visited) => {
  await visited.makeSample();
  await visited.context.setOffline(true);
  for (const id of ["expired", "restore"]) await visited.attack(id);
  await visited.becomes("accepted");
  await visited.page.fill("#token", "eyJhbGciOiJFUzI1NiJ9.e30.AAAA");
  await visited.becomes("refused");
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
  await context.setOffline(true);
  await page.click("#make-button");
  await page.waitForSelector("#story:text('No sample')");
  await context.setOffline(false);
  await visited.makeSample();
  await visited.becomes("accepted");
  visited.faults.length = 0; // the requests made offline
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
