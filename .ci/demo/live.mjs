// The live part of the demo: a provider, an MCP server and the gate between, and the page's way to them. The page's
// policy lets it ask nobody but its own server, which therefore passes its requests on.

import { request as requestTo } from "node:http";
import { optionsOf, startGate } from "./gate.mjs";
import { startNotes } from "./notes.mjs";
import { freePort } from "./ports.mjs";
import { startProvider } from "./provider.mjs";
import { ELSEWHERE, tokenFor } from "./tokens.mjs";

/** What goes to the gate of what a browser sends: what the page has chosen, and nothing of the browser's own. */
const PASSED = /^(?:authorization|content-type|accept|content-length|mcp-.*)$/u;

/** Starts everything, on ports from `port` on, for a page at these origins. */
export async function startLive({ port, origins }) {
  const gatePort = await freePort(port);
  const next = port === 0 ? 0 : gatePort + 1;
  const resource = `http://127.0.0.1:${gatePort}/mcp`;
  const provider = await startProvider({ port: next, resources: [resource, ELSEWHERE] });
  const notes = await startNotes({ port: next });
  const options = optionsOf({ resource, issuer: provider.issuer, origins });
  const gate = await startGate({ port: gatePort, options, origin: notes.origin });
  return {
    resource,
    issuer: provider.issuer,
    origin: notes.origin,
    rules: options.rules,
    implies: options.scopes.implies,
    ended: gate.ended,
    /** Answers what is below `/live/`. */
    answer: (request, response) => answer(request, response, { provider, resource }),
  };
}

async function answer(request, response, { provider, resource }) {
  const { pathname, searchParams } = new URL(request.url, "http://localhost");
  const route = `${request.method} ${pathname}`;
  if (route === "POST /live/mcp") {
    pass(request, response, resource);
  } else if (route === "POST /live/token") {
    const token = await tokenFor(searchParams.get("as"), provider, resource);
    tell(response, token === undefined ? 404 : 200, JSON.stringify(token ?? { error: "nobody has this name" }));
  } else if (route === "GET /live/keys") {
    tell(response, 200, await (await provider.keys()).text());
  } else {
    response.writeHead(404).end();
  }
}

/** To the gate and back, both ways as it is: only `Demo-Origin` takes the place of the page's own `Origin`. */
function pass(request, response, resource) {
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => PASSED.test(name)));
  const origin = request.headers["demo-origin"] ?? request.headers.origin;
  if (origin !== undefined) headers.origin = origin;
  const onward = requestTo(resource, { method: "POST", headers });
  onward.on("response", (answered) => {
    response.writeHead(answered.statusCode, answered.statusMessage, answered.headers);
    answered.pipe(response);
  });
  onward.on("error", (error) => {
    if (response.headersSent) response.destroy();
    else tell(response, 502, JSON.stringify({ error: error.message }));
  });
  response.on("close", () => onward.destroy());
  request.pipe(onward);
}

function tell(response, status, body) {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" }).end(body);
}
