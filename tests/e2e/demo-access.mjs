// The page for everybody: keyboard, axe-core in both colour schemes, wide and narrow.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const tests = [];
const test = (name, options, run = options) => tests.push({ name, run, options: run === options ? {} : options });
export default tests;

test("the keyboard reaches everything, and the answer is one link away", async (visited) => {
  const { page } = visited;
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to the answer");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "verdict");
  await page.focus("#make-button");
  await page.keyboard.press("Enter");
  await visited.becomes("accepted");
  await page.focus("[data-attack='audience']");
  await page.keyboard.press("Space");
  await visited.becomes("refused");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.attack), "audience");
  await page.focus("#verdict-where a");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.check), "audience");
});

test("every field has a label of its own: a placeholder is none", async ({ page }) => {
  const nameless = await page.$$eval("input, textarea, select", (fields) => fields
    .filter((field) => field.labels.length === 0 && !field.hasAttribute("aria-label"))
    .map((field) => field.outerHTML));
  assert.deepEqual(nameless, []);
});

for (const scheme of ["light", "dark"]) {
  for (const [shape, width, height] of [["wide", 1280, 900], ["narrow", 390, 844]]) {
    test(`axe finds nothing: ${scheme}, ${shape}`, { scheme, width, height }, async (visited) => {
      const { page } = visited;
      const audit = async (moment) => assert.deepEqual(await violations(visited), [], moment);
      await audit("empty");
      await page.click(".privacy summary");
      await page.click(".algorithms summary");
      await visited.makeSample();
      await visited.becomes("accepted");
      await page.$$eval("#steps details", (all) => all.forEach((details) => { details.open = true; }));
      await audit("accepted");
      await page.fill("#issuer", "");
      await page.waitForSelector(".warning");
      await audit("accepted with a warning");
      for (const id of ["none", "duplicate", "audience"]) {
        await visited.attack(id);
        await visited.becomes("refused");
        await audit(id);
      }
      await page.selectOption("#sample-provider", "cognito");
      await visited.becomes("accepted");
      await page.waitForSelector("#findings:has-text('given up')");
      await audit("a provider that gives something up");
      await page.fill("#tolerance", "601");
      await visited.becomes("unusable");
      await audit("unusable");
      await page.evaluate(() => { location.hash = "#/token?s=nothing"; });
      await page.waitForSelector("#share-notice:visible");
      await audit("a link that cannot be read");
      await fits(page);
    });

    test(`axe finds nothing in the other tabs: ${scheme}, ${shape}`, { scheme, width, height }, async (visited) => {
      const { page } = visited;
      const audit = async (moment) => {
        assert.deepEqual(await violations(visited), [], moment);
        await fits(page);
      };
      await visited.open("keys");
      await audit("no keys");
      await page.click("#keys-example");
      await page.waitForSelector("#keys-list .key");
      await audit("keys");
      await visited.open("rules");
      await page.waitForSelector("#rules-tally:text('of 7 allowed')");
      await page.click("#panel-rules .edit summary");
      await audit("rules");
      await page.fill("#config", "{");
      await page.waitForSelector("#config[aria-invalid]");
      await audit("rules that cannot be used");
      await page.selectOption("#example", "claims");
      await page.fill("#rules-claims", "[");
      await page.waitForSelector("#rules-tally:text('No verdicts')");
      await audit("claims that cannot be used");
      await page.fill("#rules-claims", "");
      await visited.open("request");
      for (const [preset, state] of [["metadata", "accepted"], ["identity", "accepted"], ["disguise", "refused"]]) {
        await visited.send(preset);
        assert.equal(await page.getAttribute("#request-ruling", "data-state"), state, preset);
        await audit(preset);
      }
      await page.fill("#request-headers", "no header");
      await page.waitForSelector("#request-ruling[data-state='unusable']");
      await audit("a request that cannot be sent");
      await page.click("#share-open");
      await audit("share");
    });
  }
}

test("a window of 320 px shows every tab without scrolling sideways", { width: 320, height: 640 }, async (visited) => {
  const { page } = visited;
  await visited.open("keys");
  await page.click("#keys-example");
  await visited.open("rules");
  await page.selectOption("#example", "claims");
  await page.waitForSelector("#rules-tally:text('of 3 allowed')");
  await fits(page);
  await visited.open("request");
  for (const preset of ["metadata", "identity", "disguise"]) {
    await visited.send(preset);
    await fits(page);
  }
  await visited.open("keys");
  await fits(page);
});

test("a window of 320 px shows everything without scrolling sideways", { width: 320, height: 640 }, async (visited) => {
  await visited.makeSample();
  await visited.attack("audience");
  await visited.becomes("refused");
  assert.ok(await visited.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
});

export async function fits(page) {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(overflow <= 0, `${overflow} px wider than the window`);
}

/** axe-core by the debugger's own door: the page's policy would (rightly) not let a script in. */
export async function violations({ context, page }) {
  const debuggerOfPage = await context.newCDPSession(page);
  const evaluate = async (expression) => {
    const { result, exceptionDetails } = await debuggerOfPage.send("Runtime.evaluate", {
      expression, awaitPromise: true, returnByValue: true,
    });
    if (exceptionDetails !== undefined) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  await evaluate(`${axeSource}; undefined`);
  const found = await evaluate(`axe.run(document, { resultTypes: ["violations"] }).then((result) => result.violations)`);
  await debuggerOfPage.detach();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, any }) => `${target} ${any[0]?.message ?? ""}`).join("; ")}`);
}
