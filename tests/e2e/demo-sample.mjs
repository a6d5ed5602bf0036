// The sample and its attacks: what is accepted, and what stops each attack.

import assert from "node:assert/strict";
import { ALGORITHMS } from "../../www/page/algorithms.js";
import { PROVIDERS } from "../../www/providers/providers.js";
import { ATTACKS } from "../../www/sample/attacks.js";

/** What stops each attack. An attack without a row here, or a row without a button, fails. */
const STOPPED = {
  expired: ["expiry", "token_expired"],
  audience: ["audience", "audience_mismatch"],
  tampered: ["signature", "signature_invalid"],
  none: ["algorithm", "algorithm_not_allowed"],
  hs256: ["algorithm", "algorithm_not_allowed"],
  kid: ["key", "key_not_found"],
  crit: ["extensions", "header_unsupported"],
  duplicate: ["claims", "claims_malformed"],
  base64: ["form", "token_malformed"],
};

const tests = [];
const test = (name, options, run = options) => tests.push({ name, run, options: run === options ? {} : options });
export default tests;

for (const algorithm of ALGORITHMS) {
  test(`a sample signed with ${algorithm} is accepted`, async (visited) => {
    await visited.makeSample(algorithm);
    await visited.becomes("accepted");
    const steps = await visited.steps();
    assert.deepEqual([...new Set(steps.map(({ verdict }) => verdict))], ["passed"]);
    assert.match(await visited.page.innerText("#findings"), new RegExp(`${algorithm}[^]*login\\.example\\.com`));
    assert.equal(await visited.page.innerText("#seal").then((text) => text.toLowerCase()), "verified");
  });
}

test("each attack is stopped where it should be, and none twice alike", async (visited) => {
  assert.deepEqual(ATTACKS.map(({ id }) => id), Object.keys(STOPPED));
  await visited.makeSample();
  for (const [id, [check, code]] of Object.entries(STOPPED)) {
    await visited.attack(id);
    await visited.becomes("refused");
    const failed = await visited.firstFailed();
    assert.deepEqual([failed.check, failed.code], [check, code], id);
    assert.match(await visited.page.innerText("#verdict-line"), /^Refused\s+at check \d+ of \d+/);
    assert.match(await visited.page.innerText("#findings"), new RegExp(code), id);
    const docs = await visited.page.getAttribute("#findings .message a", "href");
    assert.match(docs, new RegExp(`^https://unpkg\\.com/doorward@[\\d.]+/docs/errors\\.md#${code}$`));
    assert.match(await visited.page.innerText("#seal"), /not verified/i);
    const signed = (await visited.steps()).find(({ check }) => check === "signature").verdict === "passed";
    if (id === "none" || id === "tampered") assert.match(await visited.page.innerText(".checks"), /anyone can write/);
    if (signed) assert.doesNotMatch(await visited.page.innerText(".checks"), /anyone can write/);
    assert.match(await visited.page.innerText("#caution"), signed ? /signed.*but the token is refused/ : /^Anyone can write/);
    assert.ok(await inView(visited.page, `#check-${check}`), `${id}: the failed check is in view`);
  }
  await visited.attack("restore");
  await visited.becomes("accepted");
});

for (const algorithm of ["ES384", "ES512", "EdDSA", "RS256"]) {
  test(`the attacks on ${algorithm} are stopped at the same checks`, async (visited) => {
    await visited.makeSample(algorithm);
    for (const [id, [check, code]] of Object.entries(STOPPED)) {
      await visited.attack(id);
      await visited.becomes("refused");
      const failed = await visited.firstFailed();
      assert.deepEqual([failed.check, failed.code], [check, code], id);
      await visited.attack("restore");
      await visited.becomes("accepted");
    }
  });
}

test("an attack without a sample makes one first", async (visited) => {
  await visited.attack("none");
  await visited.becomes("refused");
  assert.equal((await visited.firstFailed()).check, STOPPED.none[0]);
});

test("making an RSA key leaves the page usable, and can be stopped", async (visited) => {
  const { page } = visited;
  const before = page.workers();
  await page.selectOption("#sample-alg", "RS256");
  await page.fill("#token", "still.here.");
  await page.evaluate(() => { // at once, so that no machine is too quick
    document.querySelector("#make-button").click();
    document.querySelector("#make-button").click();
  });
  await page.waitForSelector("#story:text('stopped')");
  await page.waitForSelector("#verdict-where:text('Now paste')");
  assert.equal(await page.inputValue("#token"), "still.here.");
  await page.waitForFunction(() => !document.querySelector("#make-button[aria-busy]"));
  const left = page.workers().filter((worker) => before.includes(worker));
  assert.equal(left.length, before.length - 1, "the thread that was busy has ended");
  await visited.makeSample("ES256");
  await visited.becomes("accepted");
});

for (const { profile, audienceClaim, scopeClaim, givesUp } of PROVIDERS) {
  test(`a sample as ${profile} issues it is accepted under its profile, and each attack on it stopped`, async (visited) => {
    const { page } = visited;
    await visited.makeSample();
    await page.selectOption("#sample-provider", profile);
    await page.waitForSelector("#make-button:not([aria-busy])");
    await visited.becomes("accepted");
    assert.equal(await page.inputValue("#profile"), profile);
    assert.match(await page.innerText("#verdict-where"), /^All \d+ checks hold/, "issuer and audience are expected");
    const payload = await page.innerText(".panel.payload");
    assert.match(payload, new RegExp(`"${audienceClaim}"`));
    if (scopeClaim !== null) assert.match(payload, new RegExp(`"${scopeClaim}"`));
    const findings = await page.innerText("#findings");
    if (givesUp === null) assert.doesNotMatch(findings, /given up/);
    else assert.ok(findings.includes(givesUp), "what the verifier gives up is what the table says");
    assert.equal((await page.innerText("#profile-note")).includes("Given up"), givesUp !== null);
    const guides = await page.$$eval("#profile-note a", (links) => links.map(({ pathname }) => pathname));
    assert.deepEqual(guides.map((path) => path.replace(/^\/doorward@[^/]*/, "")), profile === "standard" ? [] : [`/docs/providers/${profile}.md`]);
    for (const [id, [check, code]] of Object.entries(STOPPED)) {
      await visited.attack(id);
      await visited.becomes("refused");
      const failed = await visited.firstFailed();
      assert.deepEqual([failed.check, failed.code], [check, code], id);
    }
  });
}

test("a provider's profile decides: the token of one is refused under another", async (visited) => {
  const { page } = visited;
  await visited.makeSample();
  await page.selectOption("#sample-provider", "cognito");
  await visited.becomes("accepted");
  await page.selectOption("#profile", "standard");
  await visited.becomes("refused");
  assert.equal((await visited.firstFailed()).check, "audience");
  await page.selectOption("#profile", "entra");
  await page.fill("#tenants", "somebody");
  await visited.becomes("unusable");
  assert.equal(await page.getAttribute("#issuer", "aria-invalid"), "true");
});

test("as time goes by, the sample expires", async (visited) => {
  const { page } = visited;
  await visited.makeSample();
  await visited.becomes("accepted");
  await page.click("#nudges button:text('+1 hour')");
  await visited.becomes("refused");
  assert.deepEqual(await visited.firstFailed(), { check: "expiry", verdict: "failed", code: "token_expired" });
  await page.click("#clock-live");
  await visited.becomes("accepted");
  await page.fill("#moment", "2001-09-09T01:46:40");
  await visited.becomes("refused");
  assert.equal((await visited.firstFailed()).check, "issued_at");
});

test("a live clock goes on by itself: a token expires before the reader's eyes", async (visited) => {
  const { page } = visited;
  await visited.makeSample();
  await visited.becomes("accepted");
  await page.clock.install({ time: Date.now() });
  await page.reload();
  await visited.loaded();
  await visited.makeSample();
  await visited.becomes("accepted");
  await page.clock.fastForward("12:00");
  await visited.becomes("refused");
  assert.equal((await visited.firstFailed()).code, "token_expired");
});

test("a repeated member and the times of a token are shown for what they are", async (visited) => {
  await visited.attack("duplicate");
  await visited.becomes("refused");
  assert.match(await visited.page.innerText(".panel.payload"), /"scope": "mcp:tools[^]*"scope": "mcp:admin"\s*given twice/);
  await visited.attack("restore");
  assert.match(await visited.page.innerText(".panel.payload"), /"exp": \d{10}\s.*UTC · in (10 min|9 min \d+ s)/);
});

function inView(page, selector) {
  return page.$eval(selector, (element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  });
}
