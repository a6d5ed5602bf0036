// Node and Bun read the module from beside this file.
import { readFileSync } from "node:fs";
import { initSync } from "../wasm/doorward.js";

initSync({ module: readFileSync(new URL("../wasm/doorward_bg.wasm", import.meta.url)) });

export * from "../lib/index.js";
