// The module, compiled from the text that the build made of it.
import base64 from "../wasm/inline.js";

const text = atob(base64);
const bytes = new Uint8Array(text.length);
for (let at = 0; at < bytes.length; at++) bytes[at] = text.charCodeAt(at);

export default new WebAssembly.Module(bytes);
