// Node and Bun read the module from beside this file.
import { readFileSync } from "node:fs";
import { hasRelaxedSimd } from "../lib/relaxed.js";
import { initSync } from "../wasm/doorward.js";

const portable = new URL("../wasm/doorward_bg.wasm", import.meta.url);
const relaxed = new URL("../wasm/doorward_relaxed_bg.wasm", import.meta.url);
initSync({ module: readFileSync(hasRelaxedSimd ? relaxed : portable) });

export * from "../lib/index.js";
