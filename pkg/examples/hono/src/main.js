// The MCP server in a Hono application, behind its gate.
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { answer } from "./gate.js";

const app = new Hono();

app.get("/health", (context) => context.json({ healthy: true }));
for (const path of ["/mcp", "/.well-known/oauth-protected-resource/*"]) {
  app.all(path, (context) => answer(context.req.raw));
}

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) });
