// The pipeline of the module, from a token to what it says.

import { verify as verifyInModule } from "../wasm/doorward.js";
import { asking } from "./error.js";
import { keySetOf, keysText } from "./key-sets.js";
import { policyOf, readOptions } from "./options.js";
import { withoutPrototype } from "./record.js";
import { tokenText } from "./token.js";

/** See `index.d.ts`. Mistakes of the caller are told before faults of the token. */
export function verify(token, jwks, options) {
  const { policyText, now } = readOptions(options);
  return verified(token, keysText(jwks), policyText, now);
}

/** Verifies with keys and policy given as JSON texts. */
export function verified(token, keys, policyText, now) {
  const policy = policyOf(policyText);
  const keySet = keySetOf(keys);
  const text = tokenText(token);
  const { claims, header, key, issuer, scopes } = JSON.parse(asking(() => verifyInModule(text, keySet, policy, now)));
  return { claims: withoutPrototype(claims), header: withoutPrototype(header), key, issuer, scopes };
}
