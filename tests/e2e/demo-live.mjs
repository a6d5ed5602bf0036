// The live panel, against all that `make demo` starts: what the gate decides, and what of it a reader sees.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { fileURLToPath } from "node:url";
import { CALLERS } from "../../www/gate/callers.js";
import { FOREIGN_ORIGIN, OPERATIONS } from "../../www/gate/operations.js";
import { violations } from "./demo-access.mjs";

const tests = [];
const test = (name, options, run = options) => {
  const own = run === options ? {} : options;
  tests.push({ name: `live: ${name}`, run, options: { live: true, refusals: "/live/mcp", ...own } });
};
export default tests;

/** The code of each refusal that stops a caller at every operation whose request is well formed and from the page. */
const STOPPED = { none: "token_absent", expired: "token_expired", forged: "signature_invalid", elsewhere: "audience_mismatch" };

/** The scope that each operation needs, or the code with which it is refused to anybody with a good token. */
const NEEDS = {
  tools: "mcp:read", list: "mcp:read", write: "mcp:write", delete: "mcp:admin", resource: "mcp:read", batch: "mcp:admin",
  newer: "batch_not_allowed", disguise: "header_mismatch", foreign: "origin_not_allowed",
};

const GRANTED = {
  reader: ["mcp:read"], writer: ["mcp:read", "mcp:write"], admin: ["mcp:read", "mcp:write", "mcp:admin"],
};

const STATUS = {
  token_absent: 401, token_expired: 401, signature_invalid: 401, audience_mismatch: 401,
  scope_insufficient: 403, origin_not_allowed: 403, batch_not_allowed: 400, header_mismatch: 400,
};

/** The stage at which each is stopped, as the page shows it. */
const STAGE = {
  origin_not_allowed: "Origin", token_absent: "Token sent", token_expired: "Token holds", signature_invalid: "Token holds",
  audience_mismatch: "Token holds", batch_not_allowed: "Message", header_mismatch: "Message", scope_insufficient: "Scope",
};

function codeOf(caller, operation) {
  if (operation === "foreign") return NEEDS.foreign; // before anything else
  if (caller in STOPPED) return STOPPED[caller];
  if (!NEEDS[operation].startsWith("mcp:")) return NEEDS[operation];
  return GRANTED[caller].includes(NEEDS[operation]) ? null : "scope_insufficient";
}

test("no caller and no operation is without an expectation here", () => {
  assert.deepEqual(CALLERS.map(({ id }) => id).sort(), [...Object.keys(STOPPED), ...Object.keys(GRANTED)].sort());
  assert.deepEqual(OPERATIONS.map(({ id }) => id), Object.keys(NEEDS));
});

for (const { id: caller } of CALLERS) {
  test(`what ${caller} is let do and what not`, async ({ page }) => {
    await choose(page, caller, OPERATIONS[0].id);
    for (const { id: operation } of OPERATIONS) {
      const code = codeOf(caller, operation);
      const shown = await ask(page, caller, operation);
      assert.deepEqual(
        { word: shown.word, status: shown.status, code: shown.decision.code, stage: shown.failed },
        code === null
          ? { word: "Let through", status: 200, code: null, stage: undefined }
          : { word: "Turned away", status: STATUS[code], code, stage: STAGE[code] },
        `${caller}, ${operation}`,
      );
      assert.equal(/www-authenticate/.test(shown.answer), [401].includes(shown.status) || code === "scope_insufficient", operation);
      if (code === "scope_insufficient") assert.match(shown.reason, new RegExp(`needs ${NEEDS[operation]}; this token has mcp:`));
      assert.doesNotMatch(await page.innerText("#live"), /eyJ[\w-]{20}/, "the token is shortened");
    }
  });
}

test("step-up: the answer names the scope, and with it the same request is let through", async ({ page }) => {
  const shown = await ask(page, "reader", "delete");
  assert.match(shown.answer, /error="insufficient_scope".*scope="mcp:admin"/s);
  assert.match(await page.innerText("#live-step-up"), /Step-up: .*mcp:admin/);
  await page.click("#live-step-up button");
  await page.waitForSelector("#live-ruling[data-state='accepted']");
  assert.ok(await page.isChecked("#live-caller-admin"));
  assert.ok(await page.isChecked("#live-operation-delete"));
  assert.equal(await page.evaluate(() => document.activeElement.id), "live-send", "the focus is not lost with the button");
  assert.ok(await page.isHidden("#live-step-up"));
});

test("who has no token is told where to get one, and with which scope", async ({ page, demo }) => {
  const shown = await ask(page, "none", "write");
  assert.doesNotMatch(shown.request, /Authorization/);
  assert.match(shown.answer, /Bearer resource_metadata="http:\/\/127[^"]*\/\.well-known\/oauth-protected-resource\/mcp", scope="mcp:read"/);
  assert.doesNotMatch(shown.answer, /error="/);
  await page.click("#live-step-up button");
  await page.waitForSelector("#live-step-up:has-text('mcp:write')");
  assert.ok(await page.isChecked("#live-caller-reader"));
  const metadata = await (await fetch(/resource_metadata="([^"]*)"/.exec(shown.answer.replaceAll(/\s+/g, " "))[1])).json();
  assert.deepEqual([metadata.resource, metadata.authorization_servers], [demo.gate, [demo.issuer]]);
});

test("the MCP server learns from the gate who asks", { alone: true }, async ({ page }) => {
  await ask(page, "writer", "write");
  assert.match((await ask(page, "reader", "list")).answer, /today \(by writer\)/);
  await ask(page, "admin", "write");
  assert.match((await ask(page, "reader", "list")).answer, /today \(by admin\)/);
});

test("a denied batch does nothing at all, a granted one everything", { alone: true }, async ({ page }) => {
  await ask(page, "writer", "write");
  assert.equal((await ask(page, "writer", "batch")).status, 403);
  assert.match((await ask(page, "reader", "list")).answer, /today/);
  assert.match((await ask(page, "admin", "batch")).answer, /"id":1}[^]*deleted: today/);
  assert.doesNotMatch((await ask(page, "reader", "list")).answer, /today/);
});

test("the request that is shown is the one that is sent", async ({ page, demo }) => {
  const sent = page.waitForRequest((each) => each.url().endsWith("/live/mcp"));
  const shown = await ask(page, "reader", "disguise");
  const body = (await sent).postData();
  assert.equal(shown.request.replaceAll(/\s/g, "").split("Content-Length:")[1], `${body.length}${body.replaceAll(/\s/g, "")}`);
  assert.match(shown.request, new RegExp(`^POST /mcp HTTP/1.1\nHost: ${new URL(demo.gate).host}\nOrigin: ${demo.origin}\nAuthorization: Bearer eyJ`));
  assert.match(shown.request, /Mcp-Name: list_notes[^]*"delete_note"/);
  assert.match((await ask(page, "reader", "foreign")).request, new RegExp(`Origin: ${FOREIGN_ORIGIN}\n`));
});

test("the rule that decided is marked, and none where none was asked", async ({ page }) => {
  const marked = () => page.$$eval("#live-rules [aria-current]", (items) => items.map((item) => item.textContent));
  await ask(page, "writer", "delete");
  assert.deepEqual(await marked(), ["tools/call delete_* needs mcp:admin"]);
  await ask(page, "writer", "write");
  assert.deepEqual(await marked(), ["tools/call * needs mcp:write"]);
  await ask(page, "none", "write");
  assert.deepEqual(await marked(), []);
});

test("a token of the panel can be checked above, with the same result", async (visited) => {
  const { page } = visited;
  for (const [caller, check] of [["expired", "expiry"], ["forged", "signature"], ["elsewhere", "audience"]]) {
    await page.fill("#token", "");
    await visited.becomes("waiting");
    await ask(page, caller, "list");
    await page.click("#live-inspect");
    await visited.becomes("refused");
    assert.equal((await visited.firstFailed()).check, check);
  }
  await ask(page, "writer", "list");
  await page.click("#live-inspect");
  await visited.becomes("accepted");
  assert.equal(await page.evaluate(() => document.activeElement.id), "verdict");
  await ask(page, "none", "list");
  assert.ok(await page.isHidden("#live-inspect"));
});

test("no old answer stays beside a new question, nor beside a fault", async ({ page, faults }) => {
  await ask(page, "reader", "list");
  await page.check("#live-operation-delete");
  assert.equal(await page.getAttribute("#live-ruling", "data-state"), "waiting");
  assert.equal(await page.innerText("#live-answer"), "Nothing yet.");
  assert.ok(await page.isHidden("#live-event-box"));
  await ask(page, "reader", "list");
  await page.route("**/live/token*", (route) => route.abort());
  await page.click("#live-send");
  await page.waitForSelector("#live-ruling[data-state='broken']:has-text('No answer')");
  assert.equal(await page.innerText("#live-answer"), "Nothing yet.");
  faults.length = 0; // the request that was stopped
});

test("an answer that comes too late is not shown", async ({ page }) => {
  let arrive;
  await page.route("**/live/mcp", (route) => { arrive = () => route.continue(); });
  await page.click("#live-send");
  await page.waitForSelector("#live-send[aria-busy]");
  await page.waitForFunction(() => document.querySelector("#live-request").textContent.includes("eyJ"));
  await page.check("#live-caller-none");
  const answered = page.waitForResponse("**/live/mcp");
  await arrive();
  await answered;
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
  assert.equal(await page.getAttribute("#live-ruling", "data-state"), "waiting");
  assert.ok(await page.isHidden("#live-inspect"));
});

test("the keyboard does it all", async ({ page }) => {
  await page.focus("#live-caller-reader");
  await page.keyboard.press("ArrowRight");
  assert.ok(await page.isChecked("#live-caller-writer"));
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.id), "live-operation-tools");
  for (const _ of [1, 2, 3]) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.id), "live-send");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#live-ruling[data-state='refused']");
  assert.equal(await page.getAttribute("#live-ruling [aria-live]", "role"), "status");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#live-ruling[data-state='accepted']");
});

for (const scheme of ["light", "dark"]) {
  for (const [shape, width, height] of [["wide", 1280, 900], ["narrow", 390, 844], ["as narrow as can be", 320, 640]]) {
    test(`axe finds nothing: ${scheme}, ${shape}`, { scheme, width, height }, async (visited) => {
      const { page } = visited;
      const audit = async (moment) => {
        assert.deepEqual(await violations(visited), [], moment);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(overflow <= 0, `${moment}: ${overflow} px wider than the window`);
      };
      await page.click(".privacy summary");
      await audit("nothing sent");
      for (const [caller, operation] of [["admin", "batch"], ["reader", "delete"], ["expired", "disguise"]]) {
        await ask(page, caller, operation);
        await audit(`${caller}, ${operation}`);
      }
    });
  }
}

test("without the live parts the panel says how to start them, and asks for nothing", { live: false }, async (visited) => {
  const { page } = visited;
  assert.match(await page.innerText("#live"), /make demo/);
  assert.ok(await page.isHidden("#live-present"));
  assert.equal(await page.locator(".with-live:visible").count(), 0);
  assert.deepEqual(visited.requests.filter((url) => /\/(?:gate|live)\//.test(url)), []);
});

/** What concerns the processes; in this order, and after all else, as the demo ends with it. */
export const processes = {
  "live: the curl line that the demo prints gets a token and calls a tool": ({ printed }) => {
    const answer = execFileSync("bash", ["-c", printed.slice(printed.indexOf("curl -i"))], { encoding: "utf8", stdio: "pipe" });
    assert.match(answer, /^HTTP\/1\.1 200 OK/);
    assert.match(answer, /groceries \(by admin\)/);
  },
  "live: the demo's server answers to its own names alone": async ({ origin }) => {
    const status = (host) => new Promise((resolve, reject) => {
      request(`${origin}/live/keys`, { headers: { host } }, (response) => resolve(response.resume().statusCode)).on("error", reject).end();
    });
    assert.equal(await status(new URL(origin).host), 200);
    assert.equal(await status("stranger.example"), 421);
  },
  "live: Ctrl-C ends everything": async (demo) => {
    demo.child.kill("SIGINT");
    const [status] = await once(demo.child, "exit");
    assert.equal(status, 0);
    await allSilent(demo);
  },
  "live: when the gate dies, the demo ends": async () => {
    const demo = await startDemo();
    process.kill(Number(execFileSync("pgrep", ["-P", String(demo.child.pid)], { encoding: "utf8" })), "SIGKILL");
    const [status] = await once(demo.child, "exit");
    assert.equal(status, 1);
    await allSilent(demo);
  },
};

/** Starts what `make demo` starts, on any free ports. */
export async function startDemo() {
  const child = spawn(process.execPath, [fileURLToPath(new URL("../../.ci/serve.mjs", import.meta.url))], {
    env: { ...process.env, PORT: "0" }, stdio: ["ignore", "pipe", "inherit"],
  });
  process.once("exit", () => child.kill());
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (printed += text));
  while (!printed.includes("curl -i") || !printed.endsWith("'\n")) {
    if (child.exitCode !== null) throw new Error(`the demo has not started: ${printed}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const [page, gate, server, issuer] = printed.match(/http:\/\/[\w.]+:\d+(?:\/mcp)?/g);
  return { child, printed, origin: page.replace("localhost", "127.0.0.1"), gate, server, issuer };
}

async function allSilent({ origin, gate, server, issuer }) {
  for (const address of [origin, gate, server, issuer]) {
    await assert.rejects(fetch(address), ({ cause }) => cause.code === "ECONNREFUSED", address);
  }
}

async function choose(page, caller, operation) {
  await page.check(`#live-caller-${caller}`);
  await page.check(`#live-operation-${operation}`);
}

/** Asks, and reads what the page shows then. */
async function ask(page, caller, operation) {
  await choose(page, caller, operation);
  await page.click("#live-send");
  await page.waitForSelector("#live-ruling:is([data-state='accepted'], [data-state='refused']):has(#live-status:not(:empty))");
  await page.waitForSelector("#live-send:not([aria-busy])");
  const text = (selector) => page.innerText(selector);
  const failed = await page.$$eval("#live-stages .failed", (items) => items.map((item) => item.textContent.replace("failed: ", "")));
  return {
    word: await text("#live-word"),
    status: Number((await text("#live-status")).split(" ")[0]),
    reason: await text("#live-reason"),
    request: await text("#live-request"),
    answer: await text("#live-answer"),
    decision: JSON.parse(await page.$eval("#live-event", (node) => node.textContent)),
    failed: failed[0],
  };
}
