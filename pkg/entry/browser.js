// Browsers compile while they download. Whatever goes wrong there (a development server that moved this
// file, a file server that does not know .wasm), the module is in the package a second time, as text.
import { hasRelaxedSimd } from "../lib/relaxed.js";
import { initSync } from "../wasm/doorward.js";

const portable = new URL("../wasm/doorward_bg.wasm", import.meta.url);
const relaxed = new URL("../wasm/doorward_relaxed_bg.wasm", import.meta.url);
const text = async () => (await import("./inlined-module.js")).default;
initSync({ module: await WebAssembly.compileStreaming(fetch(hasRelaxedSimd ? relaxed : portable)).catch(text) });

export * from "../lib/index.js";
