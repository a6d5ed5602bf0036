// Writes the module as JavaScript text, for where neither a file can be read nor a module imported:
// node .ci/inline.mjs MODULE.wasm OUTPUT.js
import { readFileSync, writeFileSync } from "node:fs";

const [module, output] = process.argv.slice(2);
writeFileSync(output, `export default "${readFileSync(module).toString("base64")}";\n`);
