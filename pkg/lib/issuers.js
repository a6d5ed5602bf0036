// Several issuers, each with its keys and options, for one token after the other.

import { Issuers } from "../wasm/doorward.js";
import { asking } from "./error.js";
import { keySetOf } from "./key-sets.js";
import { policyOf, readIssuers, readMoment } from "./options.js";
import { Prepared } from "./prepared.js";
import { tokenText } from "./token.js";
import { told } from "./verify.js";

/** How many lists of issuers are kept prepared: an application has one, or a few while it is configured anew. */
const MAX_LISTS = 8;

const lists = new Prepared(MAX_LISTS, (text) => {
  const issuers = new Issuers();
  for (const [keys, policy] of JSON.parse(text)) {
    asking(() => issuers.add(keySetOf(keys), policyOf(policy)));
  }
  return issuers;
});

/** See `index.d.ts`. Holds texts, not objects of the module: what was freed there is made anew from them. */
export function trustIssuers(issuers) {
  const text = readIssuers(issuers);
  lists.get(text); // refused now rather than with the first token
  return Object.freeze({
    verify(token, moment) {
      const now = readMoment(moment);
      const compact = tokenText(token);
      return told(asking(() => lists.get(text).verify(compact, now)));
    },
  });
}
