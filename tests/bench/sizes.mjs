// How large the verifying module is, in bytes, as it lies on disk and as it travels.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { partsOf } from "./parts.mjs";
import { PROJECT, ROOT } from "./project.mjs";

export function sizes() {
  const bytes = readFileSync(join(PROJECT, "node_modules/doorward/wasm/doorward_bg.wasm"));
  const sizes = { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliCompressSync(bytes).length };
  return { ...sizes, parts: partsOf(readFileSync(join(ROOT, "target/made/doorward/named.wasm"))) };
}
