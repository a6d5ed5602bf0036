// Every check of a token, for people.

import { explain as explainInModule } from "../wasm/doorward.js";
import { crossing } from "./crossing.js";
import { asking } from "./error.js";
import { keysText } from "./key-sets.js";
import { policyOf, readOptions } from "./options.js";
import { tokenText } from "./token.js";

/** See `index.d.ts`. */
export function explain(token, jwks, options) {
  const { policyText, now } = readOptions(options);
  const keys = crossing(keysText(jwks));
  const policy = policyOf(policyText);
  const text = tokenText(token);
  return JSON.parse(asking(() => explainInModule(text, keys, policy, now)));
}
