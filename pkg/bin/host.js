// What surrounds a command: its streams, its environment, the clock.

import { Progress } from "./progress.js";
import { styleFor } from "./style.js";

/** Of the process of Node, Deno or Bun. */
export function hostOf(process) {
  const env = (name) => variable(process, name);
  for (const stream of [process.stdout, process.stderr]) stream.on?.("error", ignoreClosed);
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env,
    now: () => Date.now() / 1000,
    fetch: (address, init) => globalThis.fetch(address, init),
    progress: new Progress(process.stderr),
    denoNeeds: (flag) => ("Deno" in globalThis ? `; in Deno, that needs ${flag}` : ""),
    width: widthOf(process.stdout),
    style: styleFor(process.stdout, env),
    errorStyle: styleFor(process.stderr, env),
    errorWidth: widthOf(process.stderr),
  };
}

/** Deno asks for a permission, and a variable that may not be read is as good as none. */
function variable(process, name) {
  try {
    return process.env[name];
  } catch {
    return undefined;
  }
}

/** Beyond some width, lines are hard to read; without a terminal there is none. */
function widthOf(stream) {
  return Math.min(stream.columns || DEFAULT_COLUMNS, MAX_COLUMNS);
}

/** Whoever reads may have seen enough: `doorward keys ... | head`. */
function ignoreClosed(error) {
  if (error.code !== "EPIPE" && error.code !== "EOF") throw error;
}

const DEFAULT_COLUMNS = 80;
const MAX_COLUMNS = 120;
