// A worker with the gate before it and the same worker without, in turns under the same load; and one for long.

import { ratio, summary } from "../statistics.mjs";
import { createIssuer } from "../../resource-server/suite.mjs";
import { startServer } from "./servers.mjs";
import { load } from "./wrk.mjs";

const ISSUER = "https://idp.example.com";
const BODY_BYTES = 1024;

const issuer = await createIssuer(ISSUER, {});

/** Rounds of both, in turns: throughput and computing over many connections, latency over one. */
export async function compared(behind, { seconds, rounds, connections }) {
  const origin = behind === "proxy" ? await startServer("handler", optionsFor) : undefined;
  const servers = [];
  for (const variant of [behind, `gated-${behind}`]) servers.push(await startServer(variant, optionsFor, origin?.url));
  for (const server of servers) await load(server.url, await requestTo(server.url), { seconds: 3, connections });
  const [without, gated] = servers.map(() => ({ perSecond: [], computedMicroseconds: [], medianMilliseconds: [] }));
  for (let round = 0; round < rounds; round++) {
    for (const at of round % 2 ? [1, 0] : [0, 1]) {
      const server = servers[at];
      const figures = [without, gated][at];
      const request = await requestTo(server.url);
      const before = server.computed();
      const { requests, perSecond } = await load(server.url, request, { seconds, connections });
      figures.perSecond.push(perSecond);
      figures.computedMicroseconds.push((server.computed() - before) / requests);
      const alone = await load(server.url, request, { seconds: Math.ceil(seconds / 2), connections: 1 });
      figures.medianMilliseconds.push(alone.medianMilliseconds);
    }
  }
  for (const server of [...servers, origin]) server?.stop();
  return {
    without: summaries(without),
    gated: summaries(gated),
    throughput: ratio(without.perSecond, gated.perSecond), // of rates, not of times: the other way round
    addedMicroseconds: added(gated.computedMicroseconds, without.computedMicroseconds),
    addedMilliseconds: added(gated.medianMilliseconds, without.medianMilliseconds),
  };
}

/** The memory of a gate's worker, every half minute of one load. */
export async function lasting(behind, { minutes, connections }) {
  const server = await startServer(`gated-${behind}`, optionsFor);
  const request = await requestTo(server.url);
  const memory = [];
  let requests = 0;
  for (let half = 0; half <= 2 * minutes; half++) {
    memory.push({ minute: half / 2, ...(await server.memory()) });
    if (half === 2 * minutes) break;
    requests += (await load(server.url, request, { seconds: 30, connections })).requests;
  }
  server.stop();
  return { minutes, requests, memory };
}

const summaries = (figures) => Object.fromEntries(Object.entries(figures).map(([name, all]) => [name, summary(all)]));

const added = (gated, without) => summary(gated.map((figure, round) => figure - without[round]));

function optionsFor(resource) {
  return {
    resource,
    insecureLoopback: true,
    issuers: [{ issuer: ISSUER, jwks: issuer.keys }],
    rules: [
      { method: "tools/call", name: "delete_*", scopes: ["mcp:admin"] },
      { method: "tools/call", scopes: ["mcp:read"] },
      { method: "*", scopes: ["mcp:read"] },
    ],
  };
}

/** A call of a tool with the same token each time. */
async function requestTo(url) {
  const message = { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "read_note", arguments: { id: "" } } };
  message.params.arguments.id = "x".repeat(BODY_BYTES - JSON.stringify(message).length);
  const exp = Math.floor(Date.now() / 1000) + 3600;
  const token = await issuer.token({ scopes: ["mcp:read"], claims: { aud: url, exp } });
  const headers = {
    authorization: `Bearer ${token}`,
    "content-type": "application/json",
    accept: "application/json, text/event-stream",
    "mcp-protocol-version": "2025-11-25",
  };
  return { headers, body: JSON.stringify(message) };
}
