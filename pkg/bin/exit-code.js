// What the command line says to programs besides its output. One table, for every command.

export const EXIT = Object.freeze({
  /** Yes, or done. */
  YES: 0,
  /** No: a token was refused, a check failed. */
  NO: 1,
  /** Wrong usage or configuration: to try again with the same arguments is of no use. */
  USAGE: 2,
  /** Something could not be reached, or did not answer as it should. */
  UNREACHABLE: 3,
});

/** The same in words, for `--help`. */
export const EXIT_WORDS = Object.freeze([
  [EXIT.YES, "yes, or done"],
  [EXIT.NO, "no: a token was refused, a check failed"],
  [EXIT.USAGE, "wrong usage or configuration"],
  [EXIT.UNREACHABLE, "something could not be reached"],
]);
