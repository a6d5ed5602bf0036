// The module that every engine takes, compiled from its text.
import { compiled } from "../lib/compiled.js";
import base64 from "../wasm/inline.js";

export default compiled(base64);
