// Several issuers, each with its keys and options, for one token after the other.

import { Issuers } from "../wasm/doorward.js";
import { asking } from "./error.js";
import { keySetOf } from "./key-sets.js";
import { policyOf, readIssuers, readIssuersOptions, readMoment } from "./options.js";
import { Prepared } from "./prepared.js";
import { tokensOf } from "./remembered.js";
import { tokenBytes } from "./token.js";
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
export function trustIssuers(issuers, options) {
  const cacheText = readIssuersOptions(options);
  const text = readIssuers(issuers);
  lists.get(text); // refused now rather than with the first token
  return Object.freeze({ verify: cacheText === undefined ? forgetting(text) : remembering(text, cacheText) });
}

function forgetting(text) {
  return (token, moment) => {
    const now = readMoment(moment);
    const bytes = tokenBytes(token);
    return told(asking(() => lists.get(text).verify(bytes, now)));
  };
}

function remembering(text, cacheText) {
  const name = JSON.stringify([cacheText, text]);
  tokensOf(name);
  return (token, moment) => {
    const now = readMoment(moment);
    const bytes = tokenBytes(token);
    return asking(() => tokensOf(name).verifyOf(bytes, lists.get(text), now));
  };
}
