// A decision of the gate in a few words, for one line of a list.

import { challengedScopes } from "../gate/exchange.js";

/** `{ verdict, word, reason }`, with the verdicts of the checks: "passed" or "failed". */
export function wordsOf(answer) {
  const { decision, code, scopes } = answer.decision;
  if (decision !== "deny") {
    return { verdict: "passed", word: "Allowed", reason: scopes === null ? "public, without a token" : "" };
  }
  return { verdict: "failed", word: String(answer.status), reason: REASONS[code]?.(challengedScopes(answer)) ?? code };
}

const REASONS = {
  token_absent: (needed) => `needs a token${needed.length > 0 ? `; ask for ${needed.join(" ")}` : ""}`,
  scope_insufficient: (needed) => `needs ${needed.join(" and ")}`,
  claims_insufficient: () => "a claim stands against it",
  operation_denied: () => "no rule allows it",
  uri_ambiguous: () => "the URI has a second spelling",
  version_unsupported: () => "in no revision that is served",
};
