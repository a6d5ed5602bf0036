// In Deno reading a file would need a permission: the module is in the code, the one with relaxed SIMD.
import { compiled } from "../lib/compiled.js";
import { initSync } from "../wasm/doorward.js";
import base64 from "../wasm/inline-relaxed.js";

initSync({ module: compiled(base64) });

export * from "../lib/index.js";
