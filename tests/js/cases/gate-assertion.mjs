// The gate's own token for its origin, as an origin verifies it.

import { importJWK, jwtVerify } from "jose";
import { verify } from "doorward";
import { ok, same, test } from "../harness.mjs";
import { refused } from "../refusal.mjs";
import { otherJwk, privateJwk } from "../sample.mjs";
import { ISSUER, ORIGIN, PING, RESOURCE, gate, now, origin, post, token } from "./gate-sample.mjs";

const ED25519 = privateJwk();

async function newKey(algorithm) {
  const { privateKey } = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  return crypto.subtle.exportKey("jwk", privateKey);
}

const withoutPrivate = ({ d, key_ops, ext, ...key }) => key;

async function assertionOf(key, { lifetime, bearer = undefined, body = undefined } = {}) {
  const { asked, fetch } = origin();
  const assertion = lifetime === undefined ? { key } : { key, lifetime };
  const handle = gate().proxy({ origin: ORIGIN, fetch, assertion });
  await handle(post(bearer ?? (await token()), { headers: { "doorward-assertion": "forged" }, ...(body && { body }) }));
  return asked[0].headers.get("doorward-assertion");
}

for (const [name, make] of [["ES256", () => newKey({ name: "ECDSA", namedCurve: "P-256" })], ["EdDSA", async () => ED25519]]) {
  test(`assertion: one with ${name} is what an origin can verify, with this package and with jose`, async () => {
    const key = { ...(await make()), kid: "gate-1", alg: name };
    const assertion = await assertionOf(key);
    const { claims, header, scopes, client } = verify(assertion, { keys: [withoutPrivate(key)] }, { issuer: RESOURCE, audience: ORIGIN, algorithms: [name] });
    same(header, { alg: name, kid: "gate-1", typ: "JWT" });
    same([claims.sub, claims.sub_id, client, scopes], ["user-1", { format: "iss_sub", iss: ISSUER, sub: "user-1" }, "client", ["mcp:read"]]);
    same(claims.exp - claims.iat, 60);
    ok(Math.abs(claims.iat - now()) <= 5, "issued now");
    const { payload } = await jwtVerify(assertion, await importJWK(withoutPrivate(key), name), { issuer: RESOURCE, audience: ORIGIN });
    same(payload, claims);
    refused("audience_mismatch", () => verify(assertion, { keys: [withoutPrivate(key)] }, { issuer: RESOURCE, audience: "https://other.example.net" }), assertion);
    refused("key_not_found", () => verify(assertion, { keys: [otherJwk()] }, { issuer: RESOURCE, audience: ORIGIN }), assertion);
  });
}

test("assertion: each request has its own, for as long as is said", async () => {
  const { asked, fetch } = origin();
  const handle = gate().proxy({ origin: ORIGIN, fetch, assertion: { key: ED25519, lifetime: 5 } });
  const bearer = await token();
  await Promise.all([handle(post(bearer)), handle(post(bearer)), handle(post(bearer))]);
  const all = asked.map(({ headers }) => verify(headers.get("doorward-assertion"), { keys: [withoutPrivate(ED25519)] }, { issuer: RESOURCE, audience: ORIGIN }).claims);
  same(new Set(all.map(({ jti }) => jti)).size, 3);
  same(all.map(({ exp, iat }) => exp - iat), [5, 5, 5]);
});

test("assertion: none for what is public, whatever the client sends", async () => {
  same(await assertionOf(ED25519, { body: PING }), null);
});

test("assertion: a token without subject or client says none", async () => {
  const assertion = await assertionOf(ED25519, { bearer: await token({ sub: undefined, client_id: undefined, scope: "mcp:read" }) });
  const { claims } = verify(assertion, { keys: [withoutPrivate(ED25519)] }, { issuer: RESOURCE, audience: ORIGIN });
  same(Object.keys(claims).sort(), ["aud", "exp", "iat", "iss", "jti", "scope"]);
});

const INVALID = [
  [undefined, "assertion"], [null, "assertion"], ["key", "assertion"], [{}, "assertion.key"], [{ key: undefined }, "assertion.key"], [{ key: "pem" }, "assertion.key"], [{ key: ED25519, ttl: 1 }, "assertion.ttl"],
  [{ key: { ...ED25519, d: undefined } }, "assertion.key"], [{ key: withoutPrivate(ED25519) }, "assertion.key"], [{ key: { ...ED25519, d: "AAAA" } }, "assertion.key"], [{ key: { ...ED25519, crv: "Ed448" } }, "assertion.key"],
  [{ key: { ...ED25519, alg: "ES256" } }, "assertion.key"], [{ key: { ...ED25519, use: "enc" } }, "assertion.key"], [{ key: { ...ED25519, kid: 1 } }, "assertion.key"], [{ key: { kty: "RSA", n: "AQAB", e: "AQAB" } }, "assertion.key"],
  [{ key: { kty: "oct", k: "AAAA" } }, "assertion.key"], [{ key: { ...ED25519, kty: "EC", crv: "P-256" } }, "assertion.key"],
  ...[0, -1, 1.5, 601, "60", null].map((lifetime) => [{ key: ED25519, lifetime }, "assertion.lifetime"]),
];

test("assertion: a key that cannot sign is refused at start, and nothing of it is told", () => {
  for (const [assertion, option] of INVALID) {
    const error = refused("invalid_option", () => gate().proxy({ origin: ORIGIN, assertion }));
    same(error.evidence.option, option, JSON.stringify(assertion));
    ok(!JSON.stringify(error).includes(ED25519.d), "silent about the key");
  }
});
