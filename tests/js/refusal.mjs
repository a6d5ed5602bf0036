// What every refusal must be, whatever its reason.

import { DoorwardError } from "doorward";
import { ok, same } from "./harness.mjs";

/** All codes, as `index.d.ts` has them. */
export const CODES = [
  "invalid_option",
  "jwks_malformed",
  "jwks_too_large",
  "token_too_large",
  "token_malformed",
  "jwe_not_supported",
  "header_malformed",
  "header_unsupported",
  "algorithm_not_allowed",
  "key_not_found",
  "key_ambiguous",
  "key_unusable",
  "signature_invalid",
  "claims_malformed",
  "claim_missing",
  "claim_malformed",
  "type_mismatch",
  "issuer_mismatch",
  "audience_mismatch",
  "token_expired",
  "token_not_yet_valid",
  "token_issued_in_future",
  "token_too_old",
  "subject_mismatch",
  "token_kind_refused",
  "token_bound",
  "scope_insufficient",
];

/** Calls what must be refused with `code` (or with any, if none is given), and gives the error. */
export function refused(code, call, token) {
  const error = thrownBy(call);
  if (!(error instanceof DoorwardError)) throw error;
  if (code !== undefined) same(error.code, code, `code of "${error.message}"`);
  wellTold(error);
  if (typeof token === "string") silentAbout(token, error);
  return error;
}

function thrownBy(call) {
  let result;
  try {
    result = call();
  } catch (thrown) {
    return thrown;
  }
  return new Error(`expected a refusal, found ${JSON.stringify(result)?.slice(0, 200)}`);
}

/** Named, with a known code, and a message of one line: lower case, no full stop, what was expected and found. */
function wellTold(error) {
  ok(error instanceof Error, "it is an Error");
  same(error.name, "DoorwardError", "name");
  ok(CODES.includes(error.code), `the code ${error.code} is known`);
  ok(/^[a-z][^\n\r]*: expected [^\n\r]+, found [^\n\r]*[^.\n\r]$/u.test(error.message), `well worded: ${error.message}`);
  ok(error.message.length < 4096, `short: ${error.message.length}`);
  ok(error.message.startsWith(error.code.replaceAll("_", " ")), `starts with its code: ${error.message}`);
  for (const field of ["expected", "found"]) {
    ok(typeof error[field] === "string" && error[field] !== "", `${field} is told: ${error.message}`);
    ok(error.message.includes(error[field]), `${field} is in the message: ${error.message}`);
  }
  for (const field of ["advice", "section"]) {
    ok(error[field] === null || (typeof error[field] === "string" && error[field] !== ""), `${field} is text or null`);
  }
  ok(error.docs.startsWith("https://") && error.docs.endsWith(`/docs/errors.md#${error.code}`), `it leads to its code: ${error.docs}`);
  ok(typeof error.evidence === "object" && error.evidence !== null, "evidence is an object");
}

/** No stretch of the token, however short it would have to be to be of no use, is anywhere in the error. */
function silentAbout(token, error) {
  const told = [error.message, String(error), error.stack, JSON.stringify(error)].join("\n");
  for (const segment of token.slice(0, 100_000).split(".").slice(0, 10)) {
    for (let at = 0; at + USELESS_LENGTH <= segment.length && at < 10_000; at++) {
      const stretch = segment.slice(at, at + USELESS_LENGTH);
      ok(!told.includes(stretch) || isWord(stretch), `nothing of the token in it: ${stretch}`);
    }
  }
}

// Hostile tokens are made of everything, also of what messages are made of.
function isWord(text) {
  return /^(.)\1*$/su.test(text);
}

const USELESS_LENGTH = 16;
