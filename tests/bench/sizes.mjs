// How large the verifying module is, in bytes, as it lies on disk and as it travels.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { PROJECT } from "./project.mjs";

export function sizes() {
  const bytes = readFileSync(join(PROJECT, "node_modules/doorward/wasm/doorward_bg.wasm"));
  return { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliCompressSync(bytes).length };
}
