// The module's memory stays what it is, whatever comes along and however often.

import { createVerifier, explain, verify } from "doorward";
// The very instance that the package has: the module beside it is evaluated once.
import { initSync } from "../node_modules/doorward/wasm/doorward.js";
import { ok, test } from "../harness.mjs";
import { refused } from "../refusal.mjs";
import { claims, header, jwk, jwks, options, sign, token } from "../sample.mjs";

// Gives what it gave before, without instantiating again.
const bytes = () => initSync().memory.buffer.byteLength;

/** Calls `use` with one number after the other; after a few rounds the memory must not grow any more. */
function steady(name, rounds, use) {
  test(`memory does not grow with ${name}`, async () => {
    const stranger = await sign({ ...header(), kid: "rotated" }); // refused before any arithmetic
    for (let n = 0; n < rounds / 10; n++) use(n, stranger);
    const before = bytes();
    for (let n = rounds / 10; n < rounds; n++) use(n, stranger);
    ok(bytes() === before, `${before} bytes before, ${bytes()} after`);
  });
}

const rejects = (code, call) => {
  try {
    call();
  } catch (error) {
    if (error.code === code) return;
    throw error;
  }
  throw new Error(`expected ${code}`);
};

steady("a fresh but equal object each time", 10_000, (_, stranger) => rejects("key_not_found", () => verify(stranger, jwks())));
steady("a fresh but equal text each time", 10_000, (_, stranger) => rejects("key_not_found", () => verify(stranger, JSON.stringify(jwks()))));
steady("other keys each time", 1000, (n, stranger) => rejects("key_not_found", () => verify(stranger, { keys: [{ ...jwk(), kid: long(n) }] })));
steady("one object that changes each time", 1000, (n, stranger) => {
  changing.keys[0].kid = long(n);
  rejects("key_not_found", () => verify(stranger, changing));
});
steady("other options each time", 1000, (n) => rejects("token_malformed", () => verify("", jwks(), { subject: long(n) })));
steady("a verifier each time", 1000, (n) => createVerifier({ keys: [{ ...jwk(), kid: long(n) }] }, { subject: long(n) }));
steady("a verifier that remembers each time", 1000, (n) => createVerifier({ keys: [{ ...jwk(), kid: long(n) }] }, { tokenCache: { entries: n } }));
steady("explanations", 2000, (_, stranger) => explain(stranger, jwks(), options()));
steady("keys that cannot be read", 2000, (n) => rejects("jwks_malformed", () => verify(token, `{"keys":[${n}`)));
steady("large texts", 100, (n) => {
  rejects("token_too_large", () => verify("ä".repeat(1_000_000 + n), jwks()));
  rejects("jwks_too_large", () => verify(token, `"${"ä".repeat(1_000_000 + n)}"`));
});

test("memory does not grow with distinct valid tokens, beyond what is to be remembered", async () => {
  const tokens = await Promise.all(Array.from({ length: 600 }, (_, n) => sign(header(), { ...claims(), jti: `${n}`, padding: "x".repeat(2000) })));
  const { currentDate, ...policy } = options();
  const verifier = createVerifier(jwks(), { ...policy, tokenCache: { bytes: 500_000 } });
  for (const distinct of tokens.slice(0, 200)) verifier.verify(distinct, { currentDate });
  const before = bytes();
  for (const distinct of tokens) verifier.verify(distinct, { currentDate });
  ok(bytes() === before, `${before} bytes before, ${bytes()} after`);
});

/** Another text each time, so long that a thousand of them, if kept, would not find room in what is free. */
const long = (n) => String(n).padStart(20_000, "x");

const changing = jwks();

test("memory is small at the end of it", () => {
  ok(bytes() <= 32 * 2 ** 20, `at most 32 MiB, found ${bytes()} bytes`);
  refused("token_malformed", () => verify("", jwks()));
});
