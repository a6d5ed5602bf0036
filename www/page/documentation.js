// Where the documentation of this very version is. Errors lead there, so one is made and asked.

import { createVerifier } from "../doorward/doorward.js";

const ERRORS = addressOfErrors();

/** The entry of an error's or a decision's code. */
export function entryOf(code) {
  return `${ERRORS}#${code}`;
}

/** The page about a provider, by the name of its profile. */
export function guideOf(profile) {
  return new URL(`providers/${profile}.md`, ERRORS).href;
}

function addressOfErrors() {
  try {
    createVerifier({ keys: [] }, { nothing: true });
  } catch ({ docs }) {
    return docs.split("#")[0];
  }
  throw new Error("an unknown option was taken for one");
}
