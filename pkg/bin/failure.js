// Why a command ends without a result.

import { DoorwardError } from "doorward";
import { EXIT } from "./exit-code.js";
import { withoutTokens } from "./visible.js";

/**
 * `message` says what is wrong, `advice` what to do next; `code` is for programs, `details` are plain data for them.
 */
export class Failure extends Error {
  constructor(exitCode, code, message, { advice = null, details = {} } = {}) {
    super(withoutTokens(message));
    this.name = "Failure";
    this.exitCode = exitCode;
    this.code = code;
    this.advice = advice && withoutTokens(advice);
    this.details = details;
  }

  toJSON() {
    const { code, message, advice, exitCode, details } = this;
    return { code, message, advice, exitCode, ...details };
  }
}

/** A mistake in arguments, in a file or in the environment. */
export function wrongUsage(message, advice) {
  return new Failure(EXIT.USAGE, "wrong_usage", message, { advice });
}

/** Something that does not answer, or not as it should. */
export function unreachable(message, advice, details) {
  return new Failure(EXIT.UNREACHABLE, "unreachable", message, { advice, details });
}

/** What was thrown, as a failure; or nothing, for a fault of this program. */
export function failureOf(thrown) {
  if (thrown instanceof Failure) return thrown;
  if (!(thrown instanceof DoorwardError)) return undefined;
  const { code, expected, found, advice, section, evidence } = thrown;
  const exitCode = ON_THIS_SIDE.has(code) ? EXIT.USAGE : EXIT.NO;
  const details = { expected, found, section, evidence };
  return new Failure(exitCode, code, `${code.replaceAll("_", " ")}: expected ${expected}, found ${found}`, {
    advice,
    details,
  });
}

/** What is no fault of the token. */
const ON_THIS_SIDE = new Set(["invalid_option", "jwks_malformed", "jwks_too_large"]);
