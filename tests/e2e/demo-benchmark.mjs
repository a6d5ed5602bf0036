// The benchmark tab: what it measures and says. How fast anything is, is no matter of tests.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { GROUPS, ROWS } from "../../www/bench/rows.js";
import { violations } from "./demo-access.mjs";

const tests = [];
const test = (name, options, run = options) => {
  const own = run === options ? {} : options;
  tests.push({ name: `benchmark: ${name}`, run, options: { tab: "benchmark", ...own } });
};
export default tests;

const MAX_MILLISECONDS = 180_000;
const TIME = /^\d[\d,.]* (µs|ms)$/u;
const RATIO = /^\d+(\.\d+)? \d+(\.\d+)? to \d+(\.\d+)?$/u;

test("all rows are measured without a network, the same way for both, and can be copied", async (visited) => {
  const { context, page } = visited;
  await visited.loaded();
  await context.setOffline(true);
  await measureAll(page);
  const rows = await tableOf(page);
  assert.deepEqual(rows.map(({ id }) => id), ROWS.map(({ id }) => id));
  for (const { id, cells } of rows) {
    const [doorward, jose, ratio] = cells;
    for (const time of [doorward, jose]) {
      assert.match(time, TIME, id);
      assert.ok(Number.parseFloat(time.replace(",", "")) > 0, `${id}: ${time}`);
    }
    assert.match(ratio, RATIO, id);
    assert.ok(Number.parseFloat(ratio) > 0, `${id}: ${ratio}`);
  }
  // 64 tokens and 4 that must be refused, by each of five algorithms.
  assert.match(await page.innerText("#bench-state"), /^Done\. Both accepted the same 320 tokens .* refused the same 20 /u);
  assert.deepEqual(await barsOf(page), rows.flatMap(({ cells }) => [`Doorward ${cells[0]}`, `jose ${cells[1]}`]));

  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.click("#bench-copy");
  await page.waitForSelector("#bench-copied:text('Copied.')");
  const copied = (await page.evaluate(() => navigator.clipboard.readText())).split("\n");
  const lines = GROUPS.flatMap(({ title, algorithms }) => algorithms.map((algorithm) => `${title}, ${algorithm}`));
  assert.deepEqual(copied.slice(2, -3), rows.map(({ cells: [doorward, jose, ratio] }, at) =>
    `| ${lines[at]} | ${doorward} | ${jose} | ${ratio.replace(" ", " (")}) |`));
  const { version } = JSON.parse(await readFile(new URL("../../pkg/package.json", import.meta.url), "utf8"));
  const { devDependencies } = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8"));
  assert.match(copied.at(-2), /^Measured in (Chromium|Google Chrome) \d+ on \w+, \d+ cores?, on \d+ \w+ \d{4} at \d\d:\d\d: /u);
  assert.ok(copied.at(-2).includes(`Doorward ${version}, jose ${devDependencies.jose} `), copied.at(-2));
  // The clock of a browser is coarse: a chart may be drawn of anything, but not of nothing.
  const widths = await page.$$eval("#bench-chart rect", (bars) => bars.map((bar) => bar.getBoundingClientRect().width));
  assert.equal(widths.length, 2 * ROWS.length);
  assert.ok(widths.every((width) => width > 0), `${widths}`);
});

test("where there are no more workers, cold starts are not measured, and all else is", async (visited) => {
  const { context, page } = visited;
  await visited.loaded();
  await context.setOffline(true);
  await measureAll(page);
  await measureAll(page);
  for (const { id, cells } of await tableOf(page)) {
    if (id.startsWith("cold-")) assert.deepEqual(cells, ["not measured: a new worker needs the network, which was not there"]);
    else assert.match(cells[0], TIME, id);
  }
  visited.faults.length = 0; // of the workers that could not start
});

test("it stops when told to, keeps what it has, and can begin again", async (visited) => {
  const { page } = visited;
  await visited.loaded();
  await start(page);
  await page.waitForSelector("#bench-table [data-state='measured']");
  await page.click("#bench-start");
  await isIdle(page, 5_000);
  const state = await page.innerText("#bench-state");
  const [, count] = /^Stopped after (\d+) of 13 rows\. Both accepted/u.exec(state) ?? assert.fail(state);
  const measured = (await tableOf(page)).filter(({ cells }) => TIME.test(cells[0]));
  assert.equal(measured.length, Number(count));
  assert.ok(measured.length < ROWS.length);
  assert.equal(await page.locator("#bench-table [data-state='measuring']").count(), 0);
  await start(page);
  assert.equal((await tableOf(page)).filter(({ cells }) => TIME.test(cells[0])).length, 0, "an earlier figure beside new ones");
  await page.waitForSelector("#bench-table [data-state='measured']");
  await page.click("#bench-start");
  await isIdle(page, 5_000);
});

test("the page goes on while it measures, and it stops in the middle of a row", async (visited) => {
  const { page } = visited;
  await visited.loaded();
  await page.check("[name='bench-budget'][value='thorough']"); // one row takes longer than stopping may
  await start(page);
  await visited.open("token");
  await page.fill("#jwks", '{"keys":[]}');
  await page.fill("#token", "eyJhbGciOiJFUzI1NiJ9.e30.AAAA");
  await visited.becomes("refused");
  await visited.open("benchmark");
  assert.equal(await page.innerText("#bench-start"), "Stop");
  await page.click("#bench-start");
  await isIdle(page, 3_000);
  assert.equal(await page.innerText("#bench-state"), "Stopped after 0 of 13 rows.");
});

test("an algorithm that the browser does not have is said to be missing", async (visited) => {
  const { context, page } = visited;
  // As in browsers before they had Ed25519.
  const older = `const { generateKey } = SubtleCrypto.prototype;
    SubtleCrypto.prototype.generateKey = function (algorithm, ...others) {
      if (algorithm.name === "Ed25519") return Promise.reject(new DOMException("Unrecognized name", "NotSupportedError"));
      return generateKey.call(this, algorithm, ...others);
    };`;
  await context.route("**/measuring.js", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${older}\n${await response.text()}` });
  });
  await visited.loaded();
  await page.reload();
  await visited.loaded();
  await start(page);
  await page.waitForSelector("[data-row='distinct-EdDSA'][data-state='absent']", { timeout: MAX_MILLISECONDS });
  await page.click("#bench-start");
  await isIdle(page, 5_000);
  const rows = Object.fromEntries((await tableOf(page)).map(({ id, cells }) => [id, cells]));
  assert.deepEqual(rows["distinct-EdDSA"], ["not in this browser: its WebCrypto has no EdDSA"]);
  assert.match(rows["distinct-ES384"][0], TIME);
  assert.match(await page.textContent("#bench-chart"), /EdDSAno figures: see the table/u);
});

test("where the page may not copy, the reader can", async (visited) => {
  const { page } = visited;
  await visited.loaded();
  await measureSome(page);
  await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await page.click("#bench-copy");
  await page.waitForSelector("#bench-text:visible");
  const [selected, whole] = await page.$eval("#bench-text", (field) => [field.selectionEnd - field.selectionStart, field.value]);
  assert.equal(selected, whole.length);
  assert.match(whole, /^\| \| Doorward \| jose \| times as fast \|\n/u);
});

test("without WebCrypto it says why it cannot measure", async ({ page }) => {
  await page.evaluate(() => Object.defineProperty(globalThis, "isSecureContext", { value: false }));
  await page.click("#bench-start");
  await page.waitForSelector("#bench-state:text('https')");
  assert.equal(await page.innerText("#bench-start"), "Measure this browser");
});

for (const scheme of ["light", "dark"]) {
  for (const [shape, width, height] of [["wide", 1280, 800], ["narrow", 390, 844]]) {
    test(`axe finds nothing: ${scheme}, ${shape}`, { scheme, width, height }, async (visited) => {
      const { page } = visited;
      await visited.loaded();
      const audit = async (moment) => assert.deepEqual(await violations(visited), [], moment);
      await audit("before");
      await start(page);
      await page.waitForSelector("#bench-table [data-state='measured']");
      await audit("while it measures");
      await page.click("#bench-start");
      await isIdle(page, 5_000);
      await audit("after");
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `${overflow} px wider than the window`);
    });
  }
}

test("a window of 320 px shows everything without scrolling sideways", { width: 320, height: 640 }, async (visited) => {
  await visited.loaded();
  await measureSome(visited.page);
  assert.ok(await visited.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
});

async function start(page) {
  await page.click("#bench-start");
  await page.waitForSelector("#bench-start[aria-busy]");
}

function isIdle(page, timeout = MAX_MILLISECONDS) {
  return page.waitForSelector("#bench-start:not([aria-busy])", { timeout });
}

async function measureAll(page) {
  await start(page);
  await isIdle(page);
}

async function measureSome(page) {
  await start(page);
  await page.waitForSelector("#bench-table [data-state='measured']");
  await page.click("#bench-start");
  await isIdle(page, 5_000);
}

/** `[{ id, cells }]`, the cells' texts without the row's head. */
function tableOf(page) {
  return page.$$eval("#bench-table [data-row]", (rows) => rows.map((row) => ({
    id: row.dataset.row, cells: [...row.querySelectorAll("td")].map((cell) => cell.textContent),
  })));
}

/** What is written at the bars. */
function barsOf(page) {
  return page.$$eval("#bench-chart text", (texts) => texts.map((text) => text.textContent).filter((text) => /^(Doorward|jose) \d/u.test(text)));
}
