// The live panel, against all that `make demo` starts: what the gate decides, and what of it a reader sees.

import assert from "node:assert/strict";
import { CALLERS } from "../../www/gate/callers.js";
import { FOREIGN_ORIGIN, OPERATIONS } from "../../www/gate/operations.js";
import { fits, violations } from "./demo-access.mjs";

const tests = [];
const test = (name, options, run = options) => {
  const own = run === options ? {} : options;
  tests.push({ name: `live: ${name}`, run, options: { live: true, tab: "live", refusals: "/live/mcp", ...own } });
};
export default tests;

/** What stops those whose token is not good, at every operation that the page itself asks for. */
const STOPPED = {
  none: "token_absent", expired: "token_expired", forged: "signature_invalid", elsewhere: "audience_mismatch",
};

/** The scope that each operation needs, or the code with which it is refused to anybody with a good token. */
const NEEDS = {
  tools: "mcp:read", list: "mcp:read", write: "mcp:write", delete: "mcp:admin", resource: "mcp:read",
  batch: "mcp:admin", newer: "batch_not_allowed", disguise: "header_mismatch", foreign: "origin_not_allowed",
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
  origin_not_allowed: "Origin", token_absent: "Token sent",
  token_expired: "Token holds", signature_invalid: "Token holds", audience_mismatch: "Token holds",
  batch_not_allowed: "Message", header_mismatch: "Message", scope_insufficient: "Scope",
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
      const challenged = shown.status === 401 || code === "scope_insufficient";
      assert.equal(shown.answer.includes("www-authenticate: Bearer "), challenged, operation);
      if (code === "scope_insufficient") assert.match(shown.reason, new RegExp(`needs ${NEEDS[operation]}; .* has `));
      assert.doesNotMatch(await page.innerText("#panel-live"), /eyJ[\w-]{20}/, "the token is shortened");
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
  assert.equal(await focused(page), "live-send", "the focus is not lost with the button");
  assert.ok(await page.isHidden("#live-step-up"));
});

test("who has no token is told where to get one, and with which scope", async ({ page, demo }) => {
  const shown = await ask(page, "none", "write");
  assert.doesNotMatch(shown.request, /Authorization/);
  const [, address] = /Bearer resource_metadata="([^"]*)", scope="mcp:read"/.exec(shown.answer);
  await page.click("#live-step-up button");
  await page.waitForSelector("#live-step-up:has-text('mcp:write')");
  assert.ok(await page.isChecked("#live-caller-reader"));
  const metadata = await (await fetch(address)).json();
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
  const unspaced = (text) => text.replaceAll(/\s/g, "");
  assert.equal(unspaced(shown.request.split("Content-Length:")[1]), `${body.length}${unspaced(body)}`);
  const first = ["POST /mcp HTTP/1.1", `Host: ${new URL(demo.gate).host}`, `Origin: ${demo.origin}`];
  assert.deepEqual(shown.request.split("\n").slice(0, 3), first);
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

test("a token of the panel can be checked in the tab of tokens, with the same result", async (visited) => {
  const { page } = visited;
  for (const [caller, check] of [["expired", "expiry"], ["forged", "signature"], ["elsewhere", "audience"]]) {
    await visited.open("token");
    await page.fill("#token", "");
    await visited.becomes("waiting");
    await visited.open("live");
    await ask(page, caller, "list");
    await page.click("#live-inspect");
    await visited.becomes("refused");
    assert.equal((await visited.firstFailed()).check, check);
  }
  await visited.open("live");
  await ask(page, "writer", "list");
  await page.click("#live-inspect");
  await visited.becomes("accepted");
  assert.equal(await focused(page), "verdict");
  await visited.open("live");
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
  await page.unroute("**/live/token*");
  await page.route("**/live/mcp", (route) => route.fulfill({ status: 502, body: "{}" }));
  await page.click("#live-send");
  await page.waitForSelector("#live-ruling[data-state='broken']:has-text('No decision')");
  faults.length = 0; // the requests that were stopped
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
  assert.equal(await focused(page), "live-operation-tools");
  for (const _ of [1, 2, 3]) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "live-send");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#live-ruling[data-state='refused']");
  assert.equal(await page.getAttribute("#live-ruling [aria-live]", "role"), "status");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#live-ruling[data-state='accepted']");
});

for (const scheme of ["light", "dark"]) {
  for (const [shape, width, height] of [["wide", 1280, 900], ["narrow", 390, 844]]) {
    test(`axe finds nothing: ${scheme}, ${shape}`, { scheme, width, height }, async (visited) => {
      const { page } = visited;
      const audit = async (moment) => {
        assert.deepEqual(await violations(visited), [], moment);
        await fits(page);
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

test("a window of 320 px shows all without scrolling sideways", { width: 320, height: 640 }, async ({ page }) => {
  for (const [caller, operation] of [["admin", "batch"], ["reader", "delete"], ["expired", "disguise"]]) {
    await ask(page, caller, operation);
    await fits(page);
  }
});

test("on a static host there is no such tab, even at its address, and nothing of it is asked for", {
  live: false,
}, async (visited) => {
  const { page } = visited;
  assert.match(await page.innerText("#live-absent"), /make demo/);
  assert.ok(await page.isHidden("#tab-live"));
  assert.ok(await page.isHidden("#panel-live"));
  assert.ok(await page.isVisible("#panel-token"));
  assert.equal(await page.locator(".with-live:visible").count(), 0);
  assert.deepEqual(visited.requests.filter((url) => /^\/(?:gate\/panel|live\/)/.test(new URL(url).pathname)), []);
});

function focused(page) {
  return page.evaluate(() => document.activeElement.id);
}

async function choose(page, caller, operation) {
  await page.check(`#live-caller-${caller}`);
  await page.check(`#live-operation-${operation}`);
}

/** Asks, and reads what the page shows then. */
async function ask(page, caller, operation) {
  await choose(page, caller, operation);
  await page.click("#live-send");
  await page.waitForSelector("#live-ruling:is([data-state='accepted'], [data-state='refused'])");
  await page.waitForSelector("#live-send:not([aria-busy])");
  const text = (selector) => page.innerText(selector);
  const [failed] = await page.$$eval("#live-stages .failed", (items) => items.map((item) => item.textContent));
  return {
    word: await text("#live-word"),
    status: Number((await text("#live-status")).split(" ")[0]),
    reason: await text("#live-reason"),
    request: await text("#live-request"),
    answer: await text("#live-answer"),
    decision: JSON.parse(await page.$eval("#live-event", (node) => node.textContent)),
    failed: failed?.replace("failed: ", ""),
  };
}
