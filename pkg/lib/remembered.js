// Verified tokens that are remembered, where the caller asks for that.

import { VerifiedTokens } from "../wasm/doorward.js";
import { asking } from "./error.js";
import { Prepared } from "./prepared.js";
import { told } from "./verify.js";

/** How many verifiers and lists of issuers are served from memory: as many as there are prepared key sets. */
const MAX_REMEMBERING = 32;

const remembering = new Prepared(MAX_REMEMBERING, (text) => {
  const [cacheText] = JSON.parse(text);
  return asking(() => new VerifiedTokens(cacheText, toldForGood));
});

/**
 * The tokens that one verifier remembers, for use at once and not for keeping, by the text of `[cacheText, ...]`: what
 * follows is all that decides what is told of a token.
 */
export function tokensOf(text) {
  return remembering.get(text);
}

/** What is told each time that the token comes: nobody may change what the next one gets. */
function toldForGood(json) {
  return frozen(told(json));
}

function frozen(value) {
  for (const name of Object.keys(value)) {
    const member = value[name];
    if (typeof member === "object" && member !== null) frozen(member);
  }
  return Object.freeze(value);
}
