// The MCP server in Deno, behind its gate.
import { answer } from "./gate.js";

Deno.serve({ port: Number(Deno.env.get("PORT") ?? 8000) }, (request) => answer(request));
