// The tab of keys: what each key is, whether it can be used, and which one the token names.

import assert from "node:assert/strict";

const tests = [];
const test = (name, options, run = options) => tests.push({ name: `keys: ${name}`, run, options: run === options ? {} : options });
export default tests;

test("each key of a mixed set has its kind, its strength, and the reason where it is skipped", async (visited) => {
  const { page } = visited;
  await visited.open("keys");
  await page.click("#keys-example");
  await page.waitForSelector("#keys-tally:text('4 of 8 keys usable')");
  const shown = await keysOf(page);
  assert.deepEqual(shown.map(({ word, kid, type, strength }) => [word, kid, type, strength]), [
    ["usable", "2026-a", "EC P-256", "128 bits"],
    ["usable", "2026-b", "RSA", "2048-bit modulus, 112 bits"],
    ["usable", "2026-c", "OKP Ed25519", "128 bits"],
    ["skipped", "2011-weak", "RSA", "1024-bit modulus, 80 bits"],
    ["skipped", "for-encryption", "RSA", "2048-bit modulus, 112 bits"],
    ["skipped", "not-a-point", "EC P-256", "128 bits"],
    ["skipped", "shared-secret", "oct", undefined],
    ["usable", "2026-a", "EC P-256", "128 bits"],
  ]);
  assert.match(shown[3]["why not"], /1024/);
  assert.match(shown[4]["why not"], /"enc"/);
  assert.match(shown[5]["why not"], /no point/);
  assert.match(shown[6]["why not"], /symmetric/);
  assert.deepEqual(shown.map(({ marks }) => marks).map((marks) => marks.includes("kid given twice")),
    [true, false, false, false, false, false, false, true]);
  assert.match(await page.innerText("[data-index='6']"), /This is a shared secret/);
  assert.equal(shown[1].algorithm, "RS256, RS384, RS512, PS256, PS384, PS512 (the key names none)");
  assert.equal(shown[2].algorithm, "EdDSA");
});

test("the modulus of an RSA key is measured in bits, without leading zeros", async (visited) => {
  const { page } = visited;
  await visited.open("keys");
  for (const [bytes, strength] of [
    [[0x01, ...Array(255).fill(0xff)], "2041-bit modulus, 80 bits"],
    [[0x00, 0x80, ...Array(255).fill(0xff)], "2048-bit modulus, 112 bits"],
    [[0x80, ...Array(383).fill(0xff)], "3072-bit modulus, 128 bits"],
    [[0, 0], undefined],
  ]) {
    const n = Buffer.from(bytes).toString("base64url");
    await page.fill("#keys-text", JSON.stringify({ kty: "RSA", e: "AQAB", n, kid: String(strength) }));
    await page.waitForSelector(`#keys-list .kid:text("${strength}")`);
    assert.equal((await keysOf(page))[0].strength, strength);
  }
});

test("what is typed here is what the token is checked with, and the other way round", async (visited) => {
  const { page } = visited;
  await visited.makeSample();
  await visited.becomes("accepted");
  const jwks = await page.inputValue("#jwks");
  await visited.open("keys");
  assert.equal(await page.inputValue("#keys-text"), jwks);
  await page.waitForSelector("#keys-list .named:has-text('has signed the token')");
  await page.fill("#keys-text", JSON.stringify({ keys: [] }));
  await page.waitForSelector("#keys-named:text('names the key “sample-es256”, which is not here')");
  await visited.open("token");
  assert.equal(await page.inputValue("#jwks"), '{"keys":[]}');
  await visited.becomes("refused");
});

test("the key that a refused token names is marked as named, not as its signer", async (visited) => {
  const { page } = visited;
  await visited.makeSample();
  await visited.attack("tampered");
  await visited.becomes("refused");
  await visited.open("keys");
  await page.waitForSelector("#keys-list .named:has-text('named by the token')");
  assert.doesNotMatch(await page.innerText("#keys-list"), /has signed/);
});

test("a private key is told aloud", async (visited) => {
  const { page } = visited;
  await visited.open("keys");
  await page.fill("#keys-text", JSON.stringify({ kty: "OKP", crv: "Ed25519", x: "AA", d: "AA" }));
  await page.waitForSelector("#keys-list:has-text('This is a private key')");
});

test("nothing in a key becomes part of the page, and nothing breaks it", async (visited) => {
  const { page } = visited;
  await visited.open("keys");
  const evil = "<img src=x onerror=alert(1)>\u202e";
  const keys = [{ kty: evil, kid: evil, crv: evil, alg: evil, use: evil, key_ops: [evil] }, 1, null, "x", [], { kid: {}, n: 5, kty: "RSA" }];
  await page.fill("#keys-text", JSON.stringify({ keys }));
  await page.waitForSelector("#keys-tally:text('0 of 6 keys usable')");
  assert.equal(await page.locator("#keys-list img").count(), 0);
  assert.doesNotMatch(await page.innerText("#keys-list"), /\u202e/);
  assert.equal(await page.locator("#keys-list .key").count(), 6);
  for (const garbage of ["{", "[]", '{"keys":{}}', "\u0000"]) {
    await page.fill("#keys-text", garbage);
    await page.waitForSelector("#keys-tally:text('This is no key set')");
    assert.equal(await page.locator("#keys-list .key").count(), 0);
  }
  await page.fill("#keys-text", "");
  await page.waitForSelector("#keys-tally:text('No keys yet')");
});

/** Of each key its word, its kid, its marks, and the facts by their names. */
function keysOf(page) {
  return page.$$eval("#keys-list > .key", (items) => items.map((item) => ({
    word: item.querySelector(".badge").textContent,
    kid: item.querySelector(".kid").textContent,
    marks: [...item.querySelectorAll(".mark-of-key")].map((mark) => mark.textContent),
    ...Object.fromEntries([...item.querySelectorAll("dl > div")].map((row) => [row.children[0].textContent, row.children[1].textContent])),
  })));
}
