// Keys that are met for the first time by code that has run: node first-use.mjs ALGORITHM prints the microseconds of
// the first and of the second token of each key.

import { argv } from "node:process";
import { verify } from "doorward";
import { createLocalJWKSet, jwtVerify } from "jose";
import material from "./material/fresh.mjs";

const [algorithm] = argv.slice(2);
const { issuer, audience, algorithms } = material;
const expected = { issuer, audience };
const keys = algorithms[algorithm];
/** So many keys make the code warm: the making of tables is code, too. */
const warming = keys.length / 2;
const TIMES = 30;

const libraries = {
  Doorward(jwk) {
    const jwks = { keys: [jwk] };
    return (token) => verify(token, jwks, expected).claims;
  },
  jose(jwk) {
    const keys = createLocalJWKSet({ keys: [jwk] });
    return async (token) => (await jwtVerify(token, keys, expected)).payload;
  },
};

for (const { jwk, token } of keys.slice(0, warming)) {
  for (const prepare of Object.values(libraries)) {
    const verifier = prepare(jwk);
    for (let time = 0; time < TIMES; time++) await verifier(token);
  }
}

const rounds = {};
for (const { jwk, token } of keys.slice(warming)) {
  for (const [name, prepare] of Object.entries(libraries)) {
    let verifier;
    note(`${name}, first`, await taken(() => (verifier = prepare(jwk))(token)));
    note(`${name}, second`, await taken(() => verifier(token)));
  }
}
console.log(JSON.stringify({ rounds }));

async function taken(run) {
  const began = performance.now();
  const result = run();
  if (result instanceof Promise) await result;
  return (performance.now() - began) * 1000;
}

function note(name, microseconds) {
  (rounds[name] ??= []).push(microseconds);
}
