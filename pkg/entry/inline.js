// Everywhere else the module is in the code.
import module from "./inlined-module.js";
import { initSync } from "../wasm/doorward.js";

initSync({ module });

export * from "../lib/index.js";
