// What is told while somebody waits: one line on the error stream, where that is a terminal.

import { columnsOf } from "../style.js";

/** `say(text)` replaces the line, `clear()` removes it. Without a terminal, or with `isQuiet`, nothing is written. */
export function progressOn({ stderr, errorStyle, errorWidth }, isQuiet) {
  if (stderr.isTTY !== true || isQuiet) return { say() {}, clear() {} };
  return {
    say(text) {
      const line = columnsOf(text) < errorWidth ? text : `${text.slice(0, errorWidth - 2)}…`;
      stderr.write(`${START}${errorStyle.dim(line)}`);
    },
    clear: () => void stderr.write(START),
  };
}

/** To the first column, and nothing after it. */
const START = "\r\u001b[K";
