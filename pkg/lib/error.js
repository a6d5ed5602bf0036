// The one error of this package, and how what the module throws becomes one.

/** Why a token, a key set or an option was refused. `code` is stable; nothing in it contains the token. */
export class DoorwardError extends Error {
  static {
    Object.defineProperty(this.prototype, "name", { value: "DoorwardError", writable: true, configurable: true });
  }

  constructor({ code, message, expected, found, advice, section, evidence }) {
    super(message);
    this.code = code;
    this.expected = expected;
    this.found = found;
    this.advice = advice || null;
    this.section = section || null;
    this.docs = `${DOCUMENTATION}#${code}`;
    this.evidence = evidence;
  }

  /** The same fields in the same order, for logs that write JSON: an `Error` would be written as `{}`. */
  toJSON() {
    const { name, code, message, expected, found, advice, section, docs, evidence } = this;
    return { name, code, message, expected, found, advice, section, docs, evidence };
  }
}

/** An error for what JavaScript alone can get wrong, worded as the module words its own. */
export function refusal(code, expected, found, { advice = "", section = "", evidence = {} } = {}) {
  const message = `${code.replaceAll("_", " ")}: expected ${expected}, found ${found}`;
  return new DoorwardError({
    code,
    message: advice ? `${message}; ${advice}` : message,
    expected,
    found,
    advice,
    section,
    evidence,
  });
}

/** Calls into the module. A refusal comes out as `DoorwardError`; a fault of the module as it is. */
export function asking(call) {
  try {
    return call();
  } catch (thrown) {
    throw isRefusal(thrown) ? new DoorwardError(thrown) : thrown;
  }
}

function isRefusal(thrown) {
  return thrown instanceof Error && Object.hasOwn(thrown, "code") && Object.hasOwn(thrown, "evidence");
}

// Of this very version: the text that a code leads to must be about what this code does.
const DOCUMENTATION = "https://unpkg.com/doorward@0.1.0/docs/errors.md";
