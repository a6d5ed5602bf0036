// The one place where the page meets the verifier.

import { createVerifier, DoorwardError, explain, verify } from "../doorward/doorward.js";

/**
 * What the verifier says of these inputs:
 * - `{ state: "waiting", missing: "token" | "keys", steps }`: an input is still empty;
 * - `{ state: "unusable", error, steps: [] }`: the options themselves are refused;
 * - `{ state: "refused", error, steps }`, without steps where a text is none (half a surrogate pair);
 * - `{ state: "accepted", verified, steps }`.
 * `steps` are those of `explain`, but where issuer or audience hold only because nobody asked, the verdict is
 * "unchecked". Steps and answer come from one pipeline; should they ever disagree, that is thrown.
 */
export function judge(token, jwks, options) {
  let explanation;
  try {
    explanation = explain(token, jwks, options);
  } catch (error) {
    if (!(error instanceof DoorwardError)) throw error;
    return { state: error.code === "invalid_option" ? "unusable" : "refused", error, steps: [] };
  }
  const unchecked = uncheckedOf(options);
  const steps = explanation.steps.map((step) =>
    step.verdict === "passed" && unchecked.includes(step.check) ? { ...step, verdict: "unchecked" } : step);
  if (token === "") return { state: "waiting", missing: "token", steps: steps.map(waiting) };
  if (jwks.trim() === "") return { state: "waiting", missing: "keys", steps: steps.map(waitingForKeys) };

  const answer = answerOf(token, jwks, options);
  if ((answer.state === "accepted") !== explanation.accepted) {
    throw new Error("verify and explain disagree: please report this as a bug");
  }
  return { ...answer, steps };
}

/** The checks that bind a token to this service, and for which nothing is expected. */
export function uncheckedOf(options) {
  return ["issuer", "audience"].filter((name) => options[name] === undefined);
}

/** How many keys of the set can be used, and why others cannot: `null` where it cannot be read at all. */
export function keysOf(jwks) {
  try {
    const { usableKeys, skippedKeys } = createVerifier(jwks, {});
    return { usable: usableKeys, skipped: skippedKeys };
  } catch (error) {
    if (!(error instanceof DoorwardError)) throw error;
    return null;
  }
}

function answerOf(token, jwks, options) {
  try {
    return { state: "accepted", verified: verify(token, jwks, options) };
  } catch (error) {
    if (!(error instanceof DoorwardError)) throw error;
    return { state: "refused", error };
  }
}

/** Without a token no check has failed: all of them are yet to come. */
function waiting(step) {
  return { ...step, verdict: "not_reached", found: null, code: null, advice: null };
}

function waitingForKeys(step) {
  return step.check === "key_set" ? waiting(step) : step;
}
