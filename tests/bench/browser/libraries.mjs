// Doorward and jose, each used as in the other runtimes (inside/peers.mjs). Both are in one file with the rest, and
// neither is evaluated before it is asked for: so its start can be measured, and no network is needed for it.
//
// Each gives ways to verify, made from a public JWK: `prepared`, the key read before; `remembering`, tokens too where
// the library can; `fresh`, a key that is met for the first time. Issuer, audience and times are checked by all.

import { ISSUER, RESOURCE } from "../claims.mjs";

const EXPECTED = { issuer: ISSUER, audience: RESOURCE };
const TOKEN_CACHE = { entries: 1000, bytes: 4 * 1024 * 1024 };

export const LIBRARIES = {
  /** `bytes` are those of its WebAssembly module. */
  async Doorward(bytes) {
    const { createVerifier, initSync, verify } = await import("./doorward.mjs");
    initSync({ module: bytes });
    const fresh = (jwk) => {
      const jwks = { keys: [jwk] };
      return (token) => verify(token, jwks, EXPECTED).claims;
    };
    const remembering = (jwk) => {
      const verifier = createVerifier({ keys: [jwk] }, { ...EXPECTED, tokenCache: TOKEN_CACHE });
      return (token) => verifier.verify(token).claims;
    };
    return { prepared: fresh, remembering, fresh };
  },

  async jose() {
    const { createLocalJWKSet, importJWK, jwtVerify } = await import("./jose.mjs");
    const prepared = async (jwk) => {
      const key = await importJWK(jwk, jwk.alg);
      return async (token) => (await jwtVerify(token, key, EXPECTED)).payload;
    };
    const fresh = (jwk) => {
      const keys = createLocalJWKSet({ keys: [jwk] });
      return async (token) => (await jwtVerify(token, keys, EXPECTED)).payload;
    };
    return { prepared, remembering: prepared, fresh };
  },
};
