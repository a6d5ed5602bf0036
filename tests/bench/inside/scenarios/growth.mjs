// What happens to the time of a call when there are more keys, more keys in use, or longer tokens.

import { createVerifier, verify } from "doorward";
import { createLocalJWKSet, importJWK, jwtVerify } from "jose";
import crowd from "../material/keys.mjs";
import sized from "../material/size.mjs";
import { inRotation } from "../rotation.mjs";

const COUNTS = [1, 10, 100, 1000];

const GROWTH = { keys: ofKeys, keysInUse: ofKeysInUse, tokenSize: ofTokenSize };

/** Names are "library|size". */
export const candidatesFor = async ({ of }) => ({ candidates: await GROWTH[of](), unable: {} });

/** One key of many signs: the last. */
function ofKeys() {
  const { issuer, audience, keys } = crowd;
  const expected = { issuer, audience };
  const candidates = {};
  for (const count of [1, 2, ...COUNTS.slice(1)]) {
    const jwks = { keys: keys.slice(0, count).map(({ jwk }) => jwk) };
    const tokens = [keys[count - 1].token];
    const verifier = createVerifier(jwks, expected);
    const set = createLocalJWKSet(jwks);
    candidates[`Doorward verify|${count}`] = inRotation((token) => verify(token, jwks, expected).claims, tokens);
    candidates[`Doorward createVerifier|${count}`] = inRotation((token) => verifier.verify(token).claims, tokens);
    candidates[`jose, key set|${count}`] = inRotation(async (token) => (await jwtVerify(token, set, expected)).payload, tokens);
  }
  return candidates;
}

/** All keys of the set sign, in turns. */
async function ofKeysInUse() {
  const { issuer, audience, keys } = crowd;
  const expected = { issuer, audience };
  const candidates = {};
  for (const count of COUNTS) {
    const used = keys.slice(0, count);
    const jwks = { keys: used.map(({ jwk }) => jwk) };
    const tokens = used.map(({ token }) => token);
    const verifier = createVerifier(jwks, expected);
    const set = createLocalJWKSet(jwks);
    const both = {
      [`Doorward createVerifier|${count}`]: inRotation((token) => verifier.verify(token).claims, tokens),
      [`jose, key set|${count}`]: inRotation(async (token) => (await jwtVerify(token, set, expected)).payload, tokens),
    };
    for (const { run } of Object.values(both)) await knowAll(run, count);
    Object.assign(candidates, both);
  }
  return candidates;
}

/** Uses all keys several times: a key that was never used, or not often, costs more, and is not what grows here. */
async function knowAll(run, count) {
  const end = performance.now() + MAX_MILLISECONDS;
  for (let times = 0; times < TIMES && (times === 0 || performance.now() < end); times++) await run(count);
}

const TIMES = 20;
const MAX_MILLISECONDS = 1000;

async function ofTokenSize() {
  const { issuer, audience, jwk, sizes } = sized;
  const expected = { issuer, audience };
  const verifier = createVerifier({ keys: [jwk] }, expected);
  const key = await importJWK(jwk, "ES256");
  const candidates = {};
  for (const [size, tokens] of sizes) {
    candidates[`Doorward createVerifier|${size}`] = inRotation((token) => verifier.verify(token).claims, tokens);
    candidates[`jose, imported key|${size}`] = inRotation(async (token) => (await jwtVerify(token, key, expected)).payload, tokens);
  }
  return candidates;
}
