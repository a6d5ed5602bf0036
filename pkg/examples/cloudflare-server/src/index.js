// The MCP server in a Worker, behind its gate.
import { answer } from "./gate.js";

export default { fetch: answer };
