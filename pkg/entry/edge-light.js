// Vercel's edge runtime forbids compiling too, and imports a module, not an instance, where told so.
import module from "../wasm/doorward_bg.wasm?module";
import { initSync } from "../wasm/doorward.js";

// Next.js builds and develops in a context that has a `WebAssembly.Module` of its own, and gives it a module of another.
if (!(module instanceof WebAssembly.Module)) Object.setPrototypeOf(module, WebAssembly.Module.prototype);
initSync({ module });

export * from "../lib/index.js";
