// Standard input, and files, as text.

import { readFileSync } from "node:fs";
import { wrongUsage } from "./failure.js";

/** All that comes, as text. */
export async function readInput(stdin) {
  const chunks = [];
  let length = 0;
  for await (const chunk of stdin) {
    const bytes = typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk;
    chunks.push(bytes);
    length += bytes.length;
    if (length > MAX_BYTES) throw wrongUsage(`expected at most ${MAX_BYTES} bytes of input, found more`, null);
  }
  return decoded(Buffer.concat(chunks));
}

/** The text of a file. */
export function readText(path) {
  let bytes;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const reason = REASONS[error.code ?? error.name] ?? error.code;
    throw wrongUsage(`expected a file that can be read, found ${reason}: ${path}`, null);
  }
  return decoded(bytes);
}

/** Windows PowerShell writes UTF-16, and both begin with a mark of their own. */
function decoded(bytes) {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? "utf-16le" : "utf-8").decode(bytes);
}

const MAY_NOT = "one that may not be read";

const REASONS = {
  ENOENT: "none there",
  EISDIR: "a folder",
  EACCES: MAY_NOT,
  NotCapable: `${MAY_NOT} (Deno: --allow-read)`,
};

/** Many times the longest token and the longest key set. */
const MAX_BYTES = 4 * 1024 * 1024;
