// The rules editor: what the gate says of each operation, and of a configuration that cannot be.

import assert from "node:assert/strict";
import { PROVIDERS } from "../../www/providers/providers.js";

const tests = [];
const test = (name, options, run = options) =>
  tests.push({ name: `rules: ${name}`, run, options: { tab: "rules", ...(run === options ? {} : options) } });
export default tests;

test("the verdicts follow the scopes that are chosen, and name the rule", async (visited) => {
  const { page } = visited;
  await tallied(page, "4 of 7 allowed");
  assert.deepEqual(await verdictsOf(page), [
    ["tools/list", null, "#5"],
    ["tools/call list_notes", null, "#2"],
    ["tools/call write_note", "scope_insufficient", "#3"],
    ["tools/call delete_note", "scope_insufficient", "#1"],
    ["resources/read notes://welcome", null, "#5"],
    ["resources/read notes://private/diary", "scope_insufficient", "#4"],
    ["prompts/get summarize", null, "#5"],
  ]);
  assert.match(await page.innerText("[data-operation='tools/call delete_note']"), /403 needs mcp:admin/);
  await page.check("#rules-scopes input[value='mcp:write']");
  await tallied(page, "5 of 7 allowed");
  await page.check("#rules-scopes input[value='mcp:admin']");
  await tallied(page, "7 of 7 allowed");
  await page.check("#rules-kind-none");
  await tallied(page, "0 of 7 allowed");
  assert.match(await page.innerText("[data-operation='tools/list']"), /401 needs a token; ask for mcp:read/);
});

test("rules are judged as they are typed, and their words say what each decides", async (visited) => {
  const { page } = visited;
  await tallied(page, "4 of 7 allowed");
  const text = await page.inputValue("#config");
  await page.fill("#config", text.replace('"name": "list_*"', '"name": "write_*"'));
  await page.waitForSelector("[data-operation='tools/call write_note'].passed");
  await page.waitForSelector("[data-operation='tools/call list_notes'].failed");
  assert.match(await page.innerText("#rule-1"), /tools\/call write_\* needs mcp:read\s+decides tools\/call write_note/);
  await page.click("#rules-answer summary");
  await page.fill("#operations", "tools/call write_note\nGET\nDELETE\ninitialize\nno/such");
  await tallied(page, "5 of 5 allowed");
  assert.match(await page.innerText("#rule-0"), /decides none of these/);
});

test("on a narrow page the result stands beside what is typed, and leads to the verdicts", { width: 390, height: 844 }, async ({ page }) => {
  await tallied(page, "4 of 7 allowed");
  await page.click("#config-tally:text('4 of 7 allowed')");
  assert.equal(await page.evaluate(() => document.activeElement.id), "rules-answer");
  assert.ok(await page.isVisible("#panel-rules"));
  await page.fill("#config", "{}");
  await page.waitForSelector("#config-tally:text('No verdicts')");
});

test("what no rule is for is denied, what is public needs no token, and claims decide", async (visited) => {
  const { page } = visited;
  await page.selectOption("#example", "denied");
  await tallied(page, "3 of 7 allowed");
  assert.match(await page.innerText("[data-operation='tools/call shell']"), /403 no rule allows it\s+none/);
  await page.selectOption("#example", "public");
  await page.check("#rules-kind-none");
  await tallied(page, "2 of 4 allowed");
  assert.match(await page.innerText("[data-operation='tools/list']"), /Allowed public, without a token\s+#3/);
  await page.selectOption("#example", "claims");
  await tallied(page, "2 of 3 allowed");
  assert.match(await page.innerText("[data-operation='tools/call payroll_export']"), /a claim stands against it/);
  await page.fill("#rules-claims", '{"groups": ["finance"], "email_verified": true}');
  await tallied(page, "3 of 3 allowed");
  await page.fill("#rules-claims", "[1]");
  await tallied(page, "No verdicts");
  assert.equal(await page.getAttribute("#rules-claims", "aria-invalid"), "true");
  await page.selectOption("#example", "smallest");
  await tallied(page, "3 of 3 allowed");
});

for (const [fault, change, told] of [
  ["no JSON", (text) => text.slice(0, -2), /JSON/],
  ["an unknown member of a rule", (text) => text.replace('"method": "tools/call"', '"metod": "tools/call"'), /"rules\[0\]\.metod"/],
  ["a name where there are none", (text) => text.replace('"method": "*"', '"name": "x", "method": "tools/list"'), /"rules\[4\]\.name"/],
  ["scopes in a circle", (text) => text.replace('"mcp:write": ["mcp:read"]', '"mcp:write": ["mcp:admin"]'), /"scopes\.implies/],
  ["an origin that is none", (text) => text.replace("https://app.example.com", "app.example.com"), /"origins/],
  ["an unknown option", (text) => text.replace("{", '{ "rulez": [],'), /"rulez"/],
  ["an option of the proxy", (text) => text.replace("https://origin.internal", "http://origin.internal"), /"origin"/],
  ["null", (text) => text.replace(/"rules": \[[^]*\],\n {2}"origins/u, '"rules": null,\n  "origins'), /"rules"/],
]) {
  test(`what cannot be is told by its name, beside the text, and no old verdict stays: ${fault}`, async ({ page }) => {
    await tallied(page, "4 of 7 allowed");
    const text = await page.inputValue("#config");
    assert.notEqual(change(text), text);
    await page.fill("#config", change(text));
    await page.waitForSelector("#config-problem:text('This cannot be used')");
    assert.match(await page.innerText("#config-problem"), told);
    assert.equal(await page.getAttribute("#config", "aria-invalid"), "true");
    await tallied(page, "No verdicts");
    assert.equal(await page.locator("#rules-verdicts tr").count(), 0);
    await page.fill("#config", text);
    await tallied(page, "4 of 7 allowed");
    assert.equal(await page.innerText("#config-problem"), "");
  });
}

for (const { profile, scopeClaim } of PROVIDERS) {
  test(`tokens of ${profile} get their verdicts`, async ({ page }) => {
    await page.selectOption("#config-provider", profile);
    await tallied(page, scopeClaim === null ? "0 of 7 allowed" : "4 of 7 allowed");
    assert.equal(await page.locator("#rules-verdicts .failed:not([data-code='scope_insufficient'])").count(), 0);
    assert.equal(await page.inputValue("#config-provider"), profile);
    if (profile !== "standard") assert.equal(JSON.parse(await page.inputValue("#config")).issuers[0].profile, profile);
  });
}

test("an operation is one click away from its exact answer, with the same caller", async (visited) => {
  const { page } = visited;
  await page.check("#rules-scopes input[value='mcp:write']");
  await tallied(page, "5 of 7 allowed");
  await page.click("[data-operation='resources/read notes://private/diary'] button");
  await page.waitForSelector("#panel-request:visible");
  await page.waitForSelector("#request-status:text('403 Forbidden')");
  assert.equal(await page.inputValue("#request-operand"), "notes://private/diary");
  assert.ok(await page.isChecked("#request-scopes input[value='mcp:write']"));
  assert.equal(await page.evaluate(() => document.activeElement.id), "request-ruling");
  assert.match(await page.innerText("#request-rule"), /Rule #4: resources\/read notes:\/\/private\/\*\* needs mcp:admin/);
});

async function tallied(page, text) {
  await page.waitForSelector(`#rules-tally:text("${text}")`, { timeout: 10_000 })
    .catch(async () => assert.fail(`“${await page.innerText("#rules-tally")}”, not “${text}”`));
}

/** `[operation, code, rule]` of each. */
function verdictsOf(page) {
  return page.$$eval("#rules-verdicts tr", (rows) => rows.map((row) =>
    [row.dataset.operation, row.dataset.code ?? null, row.lastElementChild.textContent]));
}
