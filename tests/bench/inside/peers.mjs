// Who verifies, and how each is used at its best: keys imported before, the fastest form its documentation has.
// Each does the whole job: signature, issuer, audience and expiry are checked, and the claims are given.

import { mustRefuse } from "./refusal.mjs";

/** `prepare(material)` gives a function from a token to its claims, or to a promise of them. */
export const PEERS = {
  "Doorward verify": async ({ jwk, expected }) => {
    const { verify } = await import("doorward");
    const jwks = { keys: [jwk] };
    return (token) => verify(token, jwks, expected).claims;
  },

  "Doorward createVerifier": async ({ jwk, expected }) => {
    const { createVerifier } = await import("doorward");
    const verifier = createVerifier({ keys: [jwk] }, expected);
    return (token) => verifier.verify(token).claims;
  },

  "Doorward createVerifier, tokenCache": async ({ jwk, expected }) => {
    const { createVerifier } = await import("doorward");
    const verifier = createVerifier({ keys: [jwk] }, { ...expected, tokenCache: { entries: 1000, bytes: 4 * 1024 * 1024 } });
    return (token) => verifier.verify(token).claims;
  },

  "jose, imported key": async ({ jwk, algorithm, expected }) => {
    const { importJWK, jwtVerify } = await import("jose");
    const key = await importJWK(jwk, algorithm);
    return async (token) => (await jwtVerify(token, key, expected)).payload;
  },

  "jose, key set": async ({ jwk, expected }) => {
    const { createLocalJWKSet, jwtVerify } = await import("jose");
    const keys = createLocalJWKSet({ keys: [jwk] });
    return async (token) => (await jwtVerify(token, keys, expected)).payload;
  },

  "aws-jwt-verify": async ({ jwk, expected: { issuer, audience } }) => {
    const { JwtVerifier } = await import("aws-jwt-verify");
    const verifier = JwtVerifier.create({ issuer, audience, jwksUri: `${issuer}/keys` });
    verifier.cacheJwks({ keys: [jwk] });
    return (token) => verifier.verify(token);
  },

  "aws-jwt-verify, verifySync": async ({ jwk, expected: { issuer, audience } }) => {
    const { JwtVerifier } = await import("aws-jwt-verify");
    const verifier = JwtVerifier.create({ issuer, audience, jwksUri: `${issuer}/keys` });
    verifier.cacheJwks({ keys: [jwk] });
    return (token) => verifier.verifySync(token);
  },

  "fast-jwt": (material) => fastJwt(material, false),

  "fast-jwt, cache": (material) => fastJwt(material, true),

  // Checks neither issuer nor audience: that is left to the caller, who does it here.
  "@tsndr/cloudflare-worker-jwt": async ({ jwk, algorithm, expected: { issuer, audience } }) => {
    const { verify } = await import("@tsndr/cloudflare-worker-jwt");
    const key = await imported(jwk, algorithm);
    return async (token) => {
      const { payload } = await verify(token, key, { algorithm, throwError: true });
      if (payload.iss !== issuer || payload.aud !== audience) throw new Error("for somebody else");
      return payload;
    };
  },

  "hono/jwt": async ({ jwk, algorithm, expected: { issuer, audience } }) => {
    const { verify } = await import("hono/jwt");
    const key = await imported(jwk, algorithm);
    const options = { alg: algorithm, iss: issuer, aud: audience };
    return (token) => verify(token, key, options);
  },
};

async function fastJwt({ pem, algorithm, expected: { issuer, audience } }, cache) {
  const { createVerifier } = await import("fast-jwt");
  return createVerifier({ key: pem, algorithms: [algorithm], allowedIss: issuer, allowedAud: audience, cache });
}

/** The key of WebCrypto for those who take one. */
async function imported(jwk, algorithm) {
  const { importJWK } = await import("jose");
  return importJWK(jwk, algorithm);
}

/** Prepares those who can. Gives `{ verifiers, unable }`: the functions by name, and the reasons of those who cannot. */
export async function prepared(names, material, expected) {
  const verifiers = {};
  const unable = {};
  for (const name of names) {
    let verify;
    try {
      verify = await PEERS[name]({ ...material, expected });
      if ((await verify(material.tokens[0])).sub === undefined) throw new Error("no claims");
    } catch (error) {
      unable[name] = `${error?.message ?? error}`.split("\n")[0].slice(0, 200);
      continue;
    }
    for (const [what, token] of Object.entries(material.refused)) await mustRefuse(name, verify, what, token);
    verifiers[name] = verify;
  }
  return { verifiers, unable };
}
