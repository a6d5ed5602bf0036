// The fields: what is typed, pasted and chosen, and what becomes of it.

import assert from "node:assert/strict";

const tests = [];
const test = (name, options, run = options) => tests.push({ name, run, options: run === options ? {} : options });
export default tests;

test("an empty page waits, and lists the checks to come", async (visited) => {
  assert.equal(await visited.state(), "waiting");
  const steps = await visited.steps();
  assert.ok(steps.length >= 15, `${steps.length} checks`);
  assert.ok(steps.every(({ verdict }) => verdict === "not reached"));
  assert.equal(await visited.page.title(), "Doorward playground");
});

test("expectations decide: issuer, audience, scopes, algorithms, tolerance", async (visited) => {
  const { page } = visited;
  await visited.makeSample();
  const changed = async (selector, value, check, code) => {
    const before = await page.inputValue(selector);
    await page.fill(selector, value);
    await visited.becomes("refused");
    assert.deepEqual(await visited.firstFailed(), { check, verdict: "failed", code });
    await page.fill(selector, before);
    await visited.becomes("accepted");
  };
  await changed("#issuer", "https://login.example.com", "issuer", "issuer_mismatch");
  await changed("#audience", "https://a.example, https://b.example", "audience", "audience_mismatch");
  await changed("#scopes", "mcp:tools mcp:admin", "scopes", "scope_insufficient");
  await page.click(".algorithms summary");
  await page.check("#algorithms input[value='RS256']");
  await visited.becomes("refused");
  assert.equal((await visited.firstFailed()).check, "algorithm");
  await page.check("#algorithms input[value='ES256']");
  await visited.becomes("accepted");
  await page.fill("#audience", "https://a.example");
  await visited.becomes("refused");
  await page.fill("#audience", "https://a.example\nhttps://mcp.example.com/mcp");
  await visited.becomes("accepted");
});

test("issuer and audience left out are said aloud", async (visited) => {
  await visited.makeSample();
  await visited.page.fill("#issuer", "");
  await visited.page.fill("#audience", "");
  await visited.page.waitForSelector("#verdict-where:text('not checked: issuer, audience')");
  assert.match(await visited.page.innerText("#findings"), /authenticated, not authorized/);
  const unchecked = (await visited.steps()).filter(({ verdict }) => verdict === "not checked");
  assert.deepEqual(unchecked.map(({ check }) => check), ["issuer", "audience"]);
});

test("a setting that cannot be is named at its field, and no old answer stays", async (visited) => {
  const { page } = visited;
  await visited.makeSample();
  await visited.becomes("accepted");
  await page.fill("#tolerance", "601");
  await visited.becomes("unusable");
  assert.equal(await page.getAttribute("#tolerance", "aria-invalid"), "true");
  assert.match(await page.innerText("#problem"), /expected "clockTolerance" to be .*, found 601\./);
  assert.equal(await page.isVisible(".checks"), false);
  await page.fill("#tolerance", "0");
  await visited.becomes("accepted");
  await page.fill("#moment", "");
  await visited.becomes("unusable");
});

test("a single JWK does as well as a set", async (visited) => {
  const { page } = visited;
  await visited.makeSample();
  const jwks = JSON.parse(await page.inputValue("#jwks"));
  await page.fill("#jwks", JSON.stringify(jwks.keys[0]));
  await page.fill("#issuer", "");
  await page.waitForSelector("#verdict-where:text('not checked: issuer')");
  assert.equal(await visited.state(), "accepted");
});

test("what surrounds a pasted token is taken off, and that is said", async (visited) => {
  const { page } = visited;
  await page.focus("#token");
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", "Authorization: Bearer aaaa.bbbb.\n  cccc \n");
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData, cancelable: true, bubbles: true }));
  });
  assert.equal(await page.inputValue("#token"), "aaaa.bbbb.cccc");
  assert.match(await page.innerText("#token-note"), /Taken off/);
});

test("keys that cannot be used are named with the reason, and do not spoil the set", async (visited) => {
  const { page } = visited;
  await visited.makeSample();
  const { keys } = JSON.parse(await page.inputValue("#jwks"));
  assert.equal(await page.innerText("#jwks-note"), "1 usable key");
  const bad = { kty: "EC", crv: "P-256", x: "AA", y: "AA", kid: "<b>bad</b>" };
  await page.fill("#jwks", JSON.stringify({ keys: [bad, ...keys] }));
  await page.waitForSelector("#jwks-note li:text('is skipped')");
  assert.match(await page.innerText("#jwks-note"), /1 usable key\s+key 0 “<b>bad<\/b>” is skipped: ./);
  assert.equal(await visited.state(), "accepted");
});
