// The module itself, for those who have the types of WebAssembly.

import module from "doorward/wasm";

const compiled: WebAssembly.Module = module;
void WebAssembly.Module.exports(compiled);
// @ts-expect-error it is not instantiated
module.exports;
