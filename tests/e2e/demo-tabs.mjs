// The tabs: by mouse, by keyboard, by address and by the browser's history.

import assert from "node:assert/strict";

const tests = [];
const test = (name, options, run = options) => tests.push({ name, run, options: run === options ? {} : options });
export default tests;

/** The tabs of the page on a static host, and where "Skip to the answer" leads in each. */
export const TABS = { token: "verdict", keys: "keys-answer", rules: "rules-answer", request: "request-ruling", benchmark: "bench-results" };

test("each tab shows its own panel alone, and says so", async (visited) => {
  const { page } = visited;
  assert.deepEqual(await page.$$eval("[role='tab']:not([hidden])", (tabs) => tabs.map(({ id }) => id)),
    Object.keys(TABS).map((name) => `tab-${name}`));
  for (const name of Object.keys(TABS)) {
    await visited.open(name);
    await isShown(page, name);
  }
});

test("the address of a tab opens it, and the browser goes back to the one before", async ({ page, origin }) => {
  for (const name of Object.keys(TABS)) {
    await page.goto(`${origin}/#/${name}`);
    await isShown(page, name);
  }
  for (const name of Object.keys(TABS).reverse().slice(1)) {
    await page.goBack();
    await isShown(page, name);
  }
  for (const stranger of ["#/", "#/nowhere", "#/__proto__", "#/live", "#nowhere", "#"]) {
    await page.goto(`${origin}/${stranger}`);
    assert.equal(await page.locator("[role='tabpanel']:visible").count(), 1, stranger);
  }
});

test("the keyboard steers the tabs", async ({ page }) => {
  const names = Object.keys(TABS);
  const first = names[0];
  const last = names.at(-1);
  await page.focus(`#tab-${first}`);
  const goes = async (key, name) => {
    await page.keyboard.press(key);
    assert.equal(await page.evaluate(() => document.activeElement.id), `tab-${name}`, key);
    await isShown(page, name);
  };
  for (const name of names.slice(1)) await goes("ArrowRight", name);
  await goes("ArrowRight", first);
  await goes("ArrowLeft", last);
  await goes("Home", first);
  await goes("End", last);
  await page.focus("#skip");
  await page.keyboard.press("Tab");
  await page.waitForFunction(() => document.activeElement !== document.querySelector("#skip"));
  const reached = new Set();
  for (let presses = 0; presses < 8; presses += 1) {
    reached.add(await page.evaluate(() => document.activeElement.id));
    await page.keyboard.press("Tab");
  }
  assert.deepEqual([...reached].filter((id) => id.startsWith("tab-")), [`tab-${last}`], "one stop for all tabs");
});

test("the answer of each tab is one link away", async (visited) => {
  const { page } = visited;
  for (const [name, answer] of Object.entries(TABS)) {
    await visited.open(name);
    await page.focus("#skip");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), answer);
    await isShown(page, name);
  }
});

async function isShown(page, name) {
  await page.waitForSelector(`#panel-${name}:visible`);
  const state = await page.$$eval("[role='tab']", (tabs) => tabs
    .map((tab) => [tab, document.getElementById(tab.getAttribute("aria-controls"))])
    .filter(([tab, panel]) => tab.getAttribute("aria-selected") === "true" || panel.checkVisibility() || tab.tabIndex === 0)
    .map(([tab, panel]) => ({ tab: tab.id, panel: panel.id, labelled: panel.getAttribute("aria-labelledby") })));
  assert.deepEqual(state, [{ tab: `tab-${name}`, panel: `panel-${name}`, labelled: `tab-${name}` }]);
}
