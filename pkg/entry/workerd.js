// Cloudflare Workers compile modules at deployment and forbid it later: the module is imported, the one with relaxed SIMD.
import module from "../wasm/doorward_relaxed_bg.wasm";
import { initSync } from "../wasm/doorward.js";

initSync({ module });

export * from "../lib/index.js";
