// Every check, in order. That it comes to the same end as verify is tested with each rejection.

import { explain } from "doorward";
import { ok, same, test } from "../harness.mjs";
import { refused } from "../refusal.mjs";
import { NOW, claims, header, jwks, options, sign, signByOther, token } from "../sample.mjs";

/** All checks, as `index.d.ts` has them. */
export const CHECKS = [
  "key_set", "size", "form", "header", "extensions", "algorithm", "key", "signature", "claims", "type", "issuer", "audience",
  "expiry", "not_before", "issued_at", "subject", "required_claims", "kind", "binding", "scopes",
];

test("of a valid token every check has passed", () => {
  const { accepted, code, steps } = explain(token, jwks(), options());
  same([accepted, code], [true, null]);
  same(steps.map(({ check }) => check), CHECKS);
  for (const step of steps) {
    same([step.verdict, step.code, step.advice], ["passed", null, null], step.check);
    for (const field of ["title", "section", "expected", "found"]) ok(step[field] !== "", `${step.check} tells ${field}`);
    ok(/^RFC \d{4} section [\d.]+$/u.test(step.section), step.section);
  }
});

test("all faults show at once, and the first decides", async () => {
  const spoilt = await signByOther(header(), { ...claims(), aud: "x", exp: 1, nbf: NOW * 2 });
  const { accepted, code, steps } = explain(spoilt, jwks(), options());
  same([accepted, code], [false, "signature_invalid"]);
  same(steps.filter(({ verdict }) => verdict === "failed").map(({ check }) => check), ["signature", "audience", "expiry", "not_before"]);
});

test("what cannot be reached is said to be so", () => {
  const { steps } = explain("opaque", jwks(), options());
  same(steps.map(({ check }) => check), CHECKS);
  same(steps.map(({ verdict }) => verdict).join(), ["passed", "passed", "failed", ...Array(17).fill("not_reached")].join());
});

test("keys that cannot be read do not hide the token's faults", async () => {
  const expired = await sign(header(), { ...claims(), exp: 1 });
  const { code, steps } = explain(expired, "{", options());
  same(code, "jwks_malformed");
  same(steps.filter(({ verdict }) => verdict === "failed").map(({ check }) => check), ["key_set", "expiry"]);
});

test("an explanation has no part of the token", () => {
  const text = JSON.stringify(explain(token, jwks(), options()));
  for (const segment of token.split(".")) ok(!text.includes(segment.slice(0, 16)), segment);
});

test("what is no text and no keys is refused", () => {
  for (const hostile of [undefined, null, 1, {}, [], Symbol()]) refused("token_malformed", () => explain(hostile, jwks()));
  for (const hostile of [undefined, null, 1, [], Symbol()]) refused("jwks_malformed", () => explain(token, hostile), token);
});
