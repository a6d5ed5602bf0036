// The MCP server in Bun, behind its gate.
import { answer } from "./gate.js";

Bun.serve({
  port: process.env.PORT ?? 3000,
  idleTimeout: 0, // event streams may be silent for longer than the usual ten seconds
  routes: { "/health": Response.json({ healthy: true }) },
  fetch: (request) => answer(request),
});
