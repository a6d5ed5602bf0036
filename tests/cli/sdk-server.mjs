// An MCP server as the TypeScript SDK's examples have it: requireBearerAuth with jose behind it, the SDK's metadata, and
// its transport with sessions.

import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { requireBearerAuth } from "@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js";
import { mcpAuthMetadataRouter } from "@modelcontextprotocol/sdk/server/auth/router.js";
import { InvalidTokenError } from "@modelcontextprotocol/sdk/server/auth/errors.js";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import express from "express";
import { createRemoteJWKSet, jwtVerify } from "jose";

/** Starts it on a free port. Its tokens are those of `issuer`, whose metadata document is `metadata`. */
export async function startSdkServer(issuer, metadata) {
  const app = express().set("env", "test"); // no log of errors
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${server.address().port}/mcp`;
  const keys = createRemoteJWKSet(new URL(metadata.jwks_uri));
  const verifier = {
    async verifyAccessToken(token) {
      try {
        const { payload } = await jwtVerify(token, keys, { issuer, audience: url });
        return { token, clientId: payload.client_id, scopes: payload.scope?.split(" ") ?? [], expiresAt: payload.exp };
      } catch (error) {
        throw new InvalidTokenError(error.message);
      }
    },
  };
  app.use(mcpAuthMetadataRouter({ oauthMetadata: metadata, resourceServerUrl: new URL(url) }));
  const resourceMetadataUrl = new URL("/.well-known/oauth-protected-resource/mcp", url).href;
  app.all("/mcp", requireBearerAuth({ verifier, resourceMetadataUrl }), express.json(), sessions());
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url, close };
}

/** A transport for each session, as the SDK's own examples keep them. */
function sessions() {
  const transports = new Map();
  return async (request, response) => {
    let transport = transports.get(request.headers["mcp-session-id"]);
    if (transport === undefined) {
      transport = new StreamableHTTPServerTransport({
        sessionIdGenerator: randomUUID,
        onsessioninitialized: (id) => transports.set(id, transport),
      });
      const server = new McpServer({ name: "notebook", version: "1.0.0" });
      server.registerTool("echo", {}, () => ({ content: [] }));
      await server.connect(transport);
    }
    await transport.handleRequest(request, response, request.body);
  };
}
