/**
 * The verifying module itself, `doorward_bg.wasm`: compiled, not instantiated. Every engine with SIMD takes it. Beside it
 * lies `doorward_relaxed_bg.wasm`, which does the same, RSA faster, and which only engines with relaxed SIMD take.
 *
 * Nobody needs this to verify tokens: `import { verify } from "doorward"` instantiates the module by
 * itself. It is for those who must name the file to a tool, as a bundler's asset or a Worker's upload.
 *
 * What the import gives is decided by the runtime or the bundler. This type is what Cloudflare Workers
 * (wrangler, workerd) give. In Node, use `import.meta.resolve("doorward/wasm")` for the file's address.
 */
declare const module: WebAssembly.Module;
export default module;
