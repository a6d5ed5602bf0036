// The pipeline of the module, from a token to what it says.

import { verify as verifyInModule } from "../wasm/doorward.js";
import { asking } from "./error.js";
import { keySetOf, keysText } from "./key-sets.js";
import { policyOf, readOptions } from "./options.js";
import { withoutPrototype } from "./record.js";
import { tokenBytes } from "./token.js";

/** See `index.d.ts`. Mistakes of the caller are told before faults of the token. */
export function verify(token, jwks, options) {
  const { policyText, now } = readOptions(options);
  return verified(token, keysText(jwks), policyText, now);
}

/** Verifies with keys and policy given as JSON texts. */
export function verified(token, keys, policyText, now) {
  const policy = policyOf(policyText);
  const keySet = keySetOf(keys);
  const bytes = tokenBytes(token);
  return told(asking(() => verifyInModule(bytes, keySet, policy, now)));
}

/** What the module tells of a token that was accepted. */
export function told(json) {
  const { claims, header, key, issuer, client, scopes, profile } = JSON.parse(json);
  return { claims: withoutPrototype(claims), header: withoutPrototype(header), key, issuer, client, scopes, profile };
}
