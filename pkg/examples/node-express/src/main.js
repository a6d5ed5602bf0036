// The MCP server in an Express application, behind its gate.
import { getRequestListener } from "@hono/node-server";
import express from "express";
import { answer } from "./gate.js";

const app = express();

// Before anything that reads bodies, such as express.json(): the gate judges the very bytes that came.
app.all(["/mcp", "/.well-known/oauth-protected-resource{/*path}"], getRequestListener((request) => answer(request)));

app.use(express.json());
app.get("/health", (request, response) => response.json({ healthy: true }));

app.listen(Number(process.env.PORT ?? 3000));
