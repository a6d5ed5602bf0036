// Vercel's edge runtime forbids compiling too, and imports a module, not an instance, where told so.
import module from "../wasm/doorward_bg.wasm?module";
import { initSync } from "../wasm/doorward.js";

initSync({ module });

export * from "../lib/index.js";
