// Keys and options read once.

import { createVerifier, verify } from "doorward";
import { ok, same, test } from "../harness.mjs";
import { refused } from "../refusal.mjs";
import { NOW, claims, header, jwk, jwks, options, otherJwk, sign, token } from "../sample.mjs";

const { currentDate, ...policy } = options();

test("a verifier answers as verify does", () => {
  const verifier = createVerifier(jwks(), policy);
  same(verifier.verify(token, { currentDate }), verify(token, jwks(), options()));
  same(verifier.verify(token, { currentDate }), verify(token, jwks(), options()));
  refused("token_malformed", () => verifier.verify(`${token}=`, { currentDate }), token);
  refused("token_expired", () => verifier.verify(token, { currentDate: new Date((NOW + 660) * 1000) }), token);
  for (const hostile of [undefined, null, 1, {}, []]) refused("token_malformed", () => verifier.verify(hostile));
});

test("a verifier judges by the time of the call", async () => {
  const verifier = createVerifier(jwks());
  const fresh = await sign(header(), { exp: Math.floor(Date.now() / 1000) + 60 });
  same(verifier.verify(fresh).key.index, 0);
  refused("token_expired", () => createVerifier(jwks(), policy).verify(token), token);
});

test("the time belongs beside the token, all else to the verifier", () => {
  const error = refused("invalid_option", () => createVerifier(jwks(), options()));
  same([error.evidence.option, error.expected], ["currentDate", `"currentDate" to be beside a token`]);
  const verifier = createVerifier(jwks(), policy);
  for (const beside of [{ issuer: "x" }, { currentDate, audience: "x" }, { currentDate: undefined }, { anything: 1 }, null, [], 1, "x"]) {
    refused("invalid_option", () => verifier.verify(token, beside), token);
  }
});

test("a verifier has its own copy of the keys", () => {
  const keys = jwks();
  const verifier = createVerifier(keys, policy);
  keys.keys.pop();
  same(verifier.verify(token, { currentDate }).key.index, 0);
  refused("key_not_found", () => verify(token, keys, options()), token);
});

test("its verify can be taken off", () => {
  ok(Object.isFrozen(createVerifier(jwks())), "and not be replaced");
  const { verify: verifyAlone } = createVerifier(jwks(), policy);
  same(["?", token].map((text) => { try { return verifyAlone(text, { currentDate }).key.index; } catch ({ code }) { return code; } }), ["token_malformed", 0]);
});

test("it tells which keys it cannot use, and why", () => {
  const { usableKeys, skippedKeys } = createVerifier({ keys: [jwk(), { kty: "oct", kid: "shared", k: "c2VjcmV0" }, null, { ...otherJwk(), use: "enc" }, otherJwk()] });
  same(usableKeys, 2);
  same(skippedKeys.map(({ index, kid }) => [index, kid]), [[1, "shared"], [2, null], [3, "other"]]);
  for (const { reason } of skippedKeys) ok(typeof reason === "string" && reason.length > 10, reason);
  ok(!JSON.stringify(skippedKeys).includes("c2VjcmV0"), "no key material");
});

test("it cannot be made of what is no key set or no options", () => {
  refused("jwks_malformed", () => createVerifier());
  refused("jwks_malformed", () => createVerifier({ keys: null }));
  refused("invalid_option", () => createVerifier(jwks(), { audience: null }));
});

test("verifiers outlive those that come after them", () => {
  const verifiers = Array.from({ length: 200 }, (_, n) => createVerifier({ keys: [{ ...otherJwk(), kid: `k${n}` }, jwk()] }, { ...policy, requiredClaims: ["exp", `c${n}`].slice(0, 1 + (n % 2)) }));
  for (const [n, verifier] of verifiers.entries()) {
    if (n % 2) same(refused("claim_missing", () => verifier.verify(token, { currentDate }), token).evidence.claim, `c${n}`);
    else same(verifier.verify(token, { currentDate }).key.index, 1);
  }
  same(verifiers[0].verify(token, { currentDate }).claims.sub, claims().sub);
});
