// A job without a user: a token by client credentials, as the README shows, and as the SDK does it.

import assert from "node:assert/strict";
import { Client, ClientCredentialsProvider, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { startModernServer } from "./modern-server.mjs";
import { JOB } from "./provider.mjs";
import { hasPowerShell, ran, script, sentByPowerShell, sentByShell } from "./readme.mjs";
import { assertIdentity, challengeOf, startSetting, taken, text } from "./walk.mjs";
import { lines, wire } from "./wire.mjs";

const TOOLS = /"name":"read_note".*"name":"delete_note".*"name":"read_all_notes"/su;

export const credentialsWalk = {
  name: "client credentials",

  begin: (runtime) => startSetting(runtime, startModernServer, "RS256"),

  steps: [
    ["the README's lines for curl list the tools", async (walk) => {
      assert.match(await ran("bash", ["-euo", "pipefail", "-c", script("call.sh")], environment(walk)), TOOLS);
      assert.equal(walk.server.received.length, 1);
      assertIdentity(walk.server.received[0], walk, { subject: JOB.id, client: JOB.id, scopes: ["mcp:read"] });
    }],

    // Where there is no PowerShell, its lines are held against those for curl, which have run.
    ["the README's lines for PowerShell do the same", async (walk) => {
      assert.deepEqual(sentByPowerShell(script("call.ps1")), sentByShell(script("call.sh")));
      if (!hasPowerShell()) return "compared, not run: there is no pwsh here";
      const lines = `${script("call.ps1")} | ConvertTo-Json -Depth 9 -Compress`;
      assert.match(await ran("pwsh", ["-NoProfile", "-Command", lines], environment(walk)), /read_note/u);
      return "run";
    }],

    ["a wrong secret gets no token, and nothing reaches the gate", async (walk) => {
      const seen = walk.gate.events.length;
      const wrong = { ...environment(walk), CLIENT_SECRET: "wrong" };
      await assert.rejects(ran("bash", ["-euo", "pipefail", "-c", script("call.sh")], wrong));
      assert.equal(walk.gate.events.length, seen);
    }],

    ["the SDK gets a token by itself, and a better one when a tool needs it", async (walk) => {
      const { gate, provider } = walk;
      const { fetch, exchanges } = wire();
      const credentials = { clientId: JOB.id, clientSecret: JOB.secret, expectedIssuer: provider.issuer };
      const authProvider = new ClientCredentialsProvider(credentials);
      const client = new Client({ name: "job", version: "1.0.0" }, { versionNegotiation: { mode: "auto" } });
      await client.connect(new StreamableHTTPClientTransport(new URL(gate.resource), { authProvider, fetch }));
      assert.deepEqual(lines(taken(exchanges)), [
        "POST /mcp server/discover → 401",
        "GET /.well-known/oauth-protected-resource/mcp → 200",
        "GET /.well-known/oauth-authorization-server → 200",
        "POST /token → 200",
        "POST /mcp server/discover → 200",
      ]);
      assert.equal(text(await client.callTool({ name: "delete_note", arguments: { id: "1" } })), "Note 1 is deleted.");
      const [refused, ...others] = taken(exchanges);
      assert.deepEqual([refused.status, challengeOf(refused).scope], [403, "mcp:admin"]);
      assert.deepEqual(lines(others).slice(-2), ["POST /token → 200", "POST /mcp tools/call delete_note → 200"]);
      await client.close();
    }],
  ],
};

function environment({ provider, gate }) {
  return { TOKEN_ENDPOINT: `${provider.issuer}/token`, MCP_URL: gate.resource, CLIENT_ID: JOB.id, CLIENT_SECRET: JOB.secret };
}
