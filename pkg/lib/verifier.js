// A verifier: keys and options read once, for one token after the other.

import { asking } from "./error.js";
import { keySetOf, keysText } from "./key-sets.js";
import { policyOf, readMoment, readVerifierOptions } from "./options.js";
import { tokensOf } from "./remembered.js";
import { tokenBytes } from "./token.js";
import { verified } from "./verify.js";

/** See `index.d.ts`. Holds texts, not objects of the module: what was freed there is made anew from them. */
export function createVerifier(jwks, options) {
  const { policyText, cacheText } = readVerifierOptions(options);
  const keys = keysText(jwks);
  policyOf(policyText); // refused now rather than with the first token
  const verify = cacheText === undefined ? forgetting(keys, policyText) : remembering(keys, policyText, cacheText);
  const keySet = keySetOf(keys);
  return Object.freeze({ verify, usableKeys: keySet.length, skippedKeys: JSON.parse(keySet.skipped()) });
}

function forgetting(keys, policyText) {
  return (token, moment) => verified(token, keys, policyText, readMoment(moment));
}

function remembering(keys, policyText, cacheText) {
  const text = JSON.stringify([cacheText, keys, policyText]);
  tokensOf(text);
  return (token, moment) => {
    const now = readMoment(moment);
    const bytes = tokenBytes(token);
    return asking(() => tokensOf(text).verify(bytes, keySetOf(keys), policyOf(policyText), now));
  };
}
