// Serves the demo page to this machine alone, at port 8787 (or PORT) or the next that is free, with all that its live
// panel needs, and says where everything is. It runs until Ctrl-C, or until a part of it ends.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { startLive } from "./demo/live.mjs";
import { listen } from "./demo/ports.mjs";
import { secretOf } from "./demo/provider.mjs";

const fromTests = createRequire(new URL("../tests/package.json", import.meta.url));
const root = fileURLToPath(new URL("../www", import.meta.url));
const HTML = { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" };

// A signal ends this process in the way in which it ends what it has started.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(0));

const server = createServer();
const port = await listen(server, Number(process.env.PORT ?? 8787));
const hosts = [`localhost:${port}`, `127.0.0.1:${port}`];
const live = startLive({
  port: process.env.PORT === "0" ? 0 : port + 1,
  origins: hosts.map((host) => `http://${host}`),
});
const files = fromTests("sirv")(root, { dev: true });

server.on("request", (request, response) => {
  answer(request, response).catch((error) => {
    console.error(error);
    response.destroy();
  });
});

const { resource, issuer, origin, rules, implies, ended } = await live.catch((error) => {
  console.error(`The demo cannot start: ${error.message}`);
  process.exit(1);
});
ended.then(() => {
  console.error("The gate has ended, and the demo with it");
  process.exit(1);
});

console.log(`The demo page is at http://localhost:${port} until Ctrl-C, and its live panel talks to

  the gate          ${resource}  createGate in workerd
  the MCP server    ${origin}  behind the gate
  the provider      ${issuer}      of the tokens: reader, writer, admin

A token by client credentials, and a tool called with it:

${curl()}`);

async function answer(request, response) {
  const parts = await live;
  const { pathname } = new URL(request.url, "http://localhost");
  // Under another name for this machine, a stranger's page would be of the same origin (DNS rebinding).
  if (!hosts.includes(request.headers.host)) response.writeHead(421).end();
  else if (pathname.startsWith("/live/")) await parts.answer(request, response);
  else if (pathname === "/" || pathname === "/index.html") response.writeHead(200, HTML).end(await page());
  else files(request, response, () => response.writeHead(404).end());
}

/** The page, told where the live parts are. */
async function page() {
  const told = JSON.stringify({ gate: resource, issuer, rules, implies });
  const attribute = told.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  const html = await readFile(`${root}/index.html`, "utf8");
  return html.replace("</head>", `  <meta name="live" content="${attribute}">\n</head>`);
}

function curl() {
  const call = {
    jsonrpc: "2.0", id: 1, method: "tools/call",
    params: {
      name: "list_notes", arguments: {},
      _meta: {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": { name: "curl", version: "1" },
        "io.modelcontextprotocol/clientCapabilities": {},
      },
    },
  };
  return `  curl -i ${resource} \\
    -H "Authorization: Bearer $(curl -s ${issuer}/token -u reader:${secretOf("reader")} \\
      -d grant_type=client_credentials -d scope=mcp:read -d resource=${resource} \\
      | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')" \\
    -H 'Content-Type: application/json' -H 'Accept: application/json, text/event-stream' \\
    -H 'MCP-Protocol-Version: 2026-07-28' -H 'Mcp-Method: tools/call' -H 'Mcp-Name: list_notes' \\
    -d '${JSON.stringify(call)}'`;
}
