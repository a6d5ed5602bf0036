// Tokens of other implementations.

import { exportJWK, generateKeyPair, importJWK, jwtVerify, SignJWT } from "jose";
import { createVerifier, verify } from "doorward";
import { same, test } from "../harness.mjs";
import { refused } from "../refusal.mjs";
import { AUDIENCE, ISSUER, options } from "../sample.mjs";

/** The algorithms that both know. ES256K is not among them. */
export const ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"];

const expectations = { issuer: ISSUER, audience: AUDIENCE };

/** One RSA key serves all RSA algorithms: making one takes its time. */
let rsa;

async function keysFor(alg) {
  const isRsa = /^[RP]S/u.test(alg);
  const pair = await ((isRsa && rsa) || generateKeyPair(alg, { extractable: true }));
  if (isRsa) rsa = pair;
  const { alg: _, ...jwk } = await exportJWK(pair.privateKey);
  const { d, p, q, dp, dq, qi, ...publicJwk } = jwk;
  return { privateKey: await importJWK(jwk, alg), jwk: { ...publicJwk, kid: `jose-${alg}`, alg, use: "sig" } };
}

for (const alg of ALGORITHMS) {
  test(`jose's ${alg} is accepted, and by jose too`, async () => {
    const { privateKey, jwk } = await keysFor(alg);
    const token = await new SignJWT({ scope: "read" })
      .setProtectedHeader({ alg, kid: jwk.kid, typ: "at+jwt" })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setSubject("somebody")
      .setIssuedAt()
      .setExpirationTime("5 minutes")
      .sign(privateKey);
    const jwks = { keys: [jwk] };
    const { payload, protectedHeader } = await jwtVerify(token, await importJWK(jwk, alg), { ...expectations, typ: "at+jwt" });
    for (const verified of [verify(token, jwks, { ...expectations, algorithms: [alg] }), createVerifier(jwks, expectations).verify(token)]) {
      same(verified.claims, payload, "claims");
      same(verified.header, protectedHeader, "header");
      same(verified.key, { kid: jwk.kid, alg, index: 0 }, "key");
    }

    const [header, claims, signature] = token.split(".");
    const altered = `${header}.${claims}.${signature.slice(0, 10)}${signature[10] === "A" ? "B" : "A"}${signature.slice(11)}`;
    refused("signature_invalid", () => verify(altered, jwks, expectations), altered);
    const { jwk: stranger } = await keysFor(alg.startsWith("RS") ? "PS256" : "RS256");
    refused("key_unusable", () => verify(token, { keys: [{ ...stranger, kid: jwk.kid }] }, expectations), token);
  });
}

test("ES256K, of OpenSSL", () => {
  const jwk = {
    kty: "EC",
    crv: "secp256k1",
    x: "tZWn_1kMHgb6708f1eXBycWjvFgdhU3Gox5ajVJkIi0",
    y: "5fgm6VICiI7Q6qb31GoqFKTyMRfdwiSrK5icd-TpA18",
    kid: "k1",
  };
  const token = [
    "eyJhbGciOiJFUzI1NksiLCJraWQiOiJrMSJ9",
    "eyJpc3MiOiJodHRwczovL2xvZ2luLmV4YW1wbGUuY29tLyIsImF1ZCI6Imh0dHBzOi8vbWNwLmV4YW1wbGUuY29tLyIsInN1YiI6InVzZXItMSIsImlhdCI6MTc2NzIyNTYwMCwiZXhwIjoxNzY3MjI5MjAwfQ",
    "HjIRydwnEt-yut6kdg5ANuzlDc_Uhvi6LQw8KLKj0VF7POT9nokSZA9zqqpn_UV1uG58oQRgxDNR6N7l9VSpww",
  ].join(".");
  same(verify(token, jwk, options()).key, { kid: "k1", alg: "ES256K", index: 0 });
  refused("signature_invalid", () => verify(token.replace("HjI", "HjJ"), jwk, options()), token);
});
