// What an accepted token gives.

import { verify } from "doorward";
import { ok, same, test } from "../harness.mjs";
import { AUDIENCE, ISSUER, NOW, claims, header, jwk, jwks, options, sign, token } from "../sample.mjs";

test("a valid token gives its claims, its header, and who vouched for it", () => {
  same(verify(token, jwks(), options()), {
    claims: claims(),
    header: header(),
    key: { kid: "sample", alg: "EdDSA", index: 0 },
    issuer: ISSUER,
    client: "client",
    scopes: ["mail:read", "mail:send"],
    profile: { name: "standard", givesUp: null },
  });
});

test("keys may be a set, a single key, or the text of either", () => {
  for (const keys of [jwks(), jwk(), JSON.stringify(jwks()), JSON.stringify(jwk())]) {
    same(verify(token, keys, options()).key.index, 0);
  }
});

test("without options the signature and the times are checked, and no issuer is vouched for", async () => {
  const seconds = Math.floor(Date.now() / 1000);
  const fresh = await sign(header(), { exp: seconds + 60 });
  same(verify(fresh, jwks()), {
    claims: { exp: seconds + 60 },
    header: header(),
    key: { kid: "sample", alg: "EdDSA", index: 0 },
    issuer: null,
    client: null,
    scopes: [],
    profile: { name: "standard", givesUp: null },
  });
  same(verify(await sign(header(), { ...claims(), exp: seconds + 60 }), jwks(), undefined).issuer, null);
});

test("a key without a kid vouches as such", async () => {
  const { kid, ...anonymous } = jwk();
  same(verify(await sign({ alg: "EdDSA" }), anonymous, options()).key, { kid: null, alg: "EdDSA", index: 0 });
});

test("claims and header inherit nothing", () => {
  const verified = verify(token, jwks(), options());
  for (const record of [verified.claims, verified.header]) {
    same(Object.getPrototypeOf(record), null);
    for (const name of ["constructor", "toString", "hasOwnProperty", "__proto__"]) {
      same(record[name], undefined, name);
    }
  }
});

test("a member named __proto__ is a member like any other", async () => {
  const hostile = `{"__proto__":{"admin":true},"constructor":"mine",${JSON.stringify(claims()).slice(1)}`;
  const head = `{"__proto__":{"admin":true},${JSON.stringify(header()).slice(1)}`;
  const verified = verify(await sign(head, hostile), jwks(), options());
  for (const record of [verified.claims, verified.header]) {
    same(Object.getPrototypeOf(record), null);
    same(record.admin, undefined);
    ok(Object.hasOwn(record, "__proto__"), "it is an own member");
    same(record["__proto__"], { admin: true });
  }
  same(verified.claims.constructor, "mine");
  same({}.admin, undefined);
});

test("claims come as they were written, whatever they hold", async () => {
  const odd = { "": 1, "a\u0000b": "\u2028 😀 \"\\", nested: { deep: [[{ x: null }]] }, big: 1e300, list: [true, false, null] };
  same(verify(await sign(header(), { ...claims(), ...odd }), jwks(), options()).claims, { ...claims(), ...odd });
});

test("times are judged to the second, with the tolerance granted", async () => {
  const at = (seconds) => ({ currentDate: new Date(seconds * 1000) });
  const short = await sign(header(), { exp: NOW, iat: NOW - 10 });
  same(verify(short, jwks(), at(NOW + 59)).claims.exp, NOW);
  same(verify(short, jwks(), { ...at(NOW - 1), clockTolerance: 0 }).claims.exp, NOW);
  same(verify(short, jwks(), { ...at(NOW + 599.999), clockTolerance: 600 }).claims.exp, NOW);
});

test("audiences and issuers may be lists", async () => {
  const several = await sign(header(), { ...claims(), aud: ["https://other.example.com/", AUDIENCE] });
  same(verify(several, jwks(), { ...options(), audience: ["x", AUDIENCE], issuer: ["y", ISSUER] }).issuer, ISSUER);
});

test("a profile reads what its provider writes, and says what that is worth", async () => {
  const cognito = { iss: ISSUER, client_id: "app", token_use: "access", exp: NOW + 60, scope: "a" };
  const verified = verify(await sign(header(), cognito), jwks(), { ...options(), profile: "cognito", audience: "app" });
  same([verified.client, verified.profile.name], ["app", "cognito"]);
  ok(verified.profile.givesUp.length > 20, "it says what it gives up");

  const entra = { iss: "https://login.microsoftonline.com/t1/v2.0", tid: "t1", aud: AUDIENCE, azp: "app", exp: NOW + 60, roles: ["r"], deep: { er: ["s"] } };
  const template = { issuer: "https://login.microsoftonline.com/{tenantid}/v2.0", profile: "entra", tenants: ["t0", "t1"], scopeClaim: ["deep", "er"] };
  same(verify(await sign(header(), entra), jwks(), { ...options(), ...template }).scopes, ["r", "s"]);
});

test("every option can be satisfied at once", () => {
  const all = {
    ...options(),
    algorithms: ["EdDSA", "ES256"],
    clockTolerance: 0,
    profile: "standard",
    scopeClaim: "extra",
    typ: "application/at+jwt",
    subject: "user-1",
    maxTokenAge: 60,
    requiredClaims: ["jti", "client_id"],
    requiredScopes: ["mail:send", "mail:read"],
  };
  same(verify(token, jwks(), all).claims.sub, "user-1");
});
