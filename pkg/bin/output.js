// Files that are written.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { wrongUsage } from "./failure.js";

/** Writes a text, and the folders around it. A file that is there stays as it is, unless `overwrites`. */
export function writeText(path, text, { overwrites = false } = {}) {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: overwrites ? "w" : "wx" });
  } catch (error) {
    const reason = REASONS[error.code ?? error.name];
    if (reason === undefined) throw error;
    throw wrongUsage(`expected a file that can be written, found ${reason}: ${path}`, "name another one");
  }
}

const MAY_NOT = "one that may not be";

const REASONS = {
  EEXIST: "something there already",
  EISDIR: "a folder",
  EACCES: MAY_NOT,
  EPERM: MAY_NOT,
  EROFS: MAY_NOT,
  ENOSPC: "no space",
  NotCapable: `${MAY_NOT} (Deno: --allow-write)`,
};
