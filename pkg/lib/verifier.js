// A verifier: keys and options read once, for one token after the other.

import { keySetOf, keysText } from "./key-sets.js";
import { policyOf, readMoment, readPolicy } from "./options.js";
import { verified } from "./verify.js";

/** See `index.d.ts`. Holds texts, not objects of the module: what was freed there is made anew from them. */
export function createVerifier(jwks, options) {
  const policyText = readPolicy(options);
  const keys = keysText(jwks);
  policyOf(policyText); // refused now rather than with the first token
  const keySet = keySetOf(keys);
  return Object.freeze({
    verify: (token, moment) => verified(token, keys, policyText, readMoment(moment)),
    usableKeys: keySet.length,
    skippedKeys: JSON.parse(keySet.skipped()),
  });
}
