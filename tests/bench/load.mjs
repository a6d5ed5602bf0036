// A worker with the gate before it and the same worker without, in workerd, under load over HTTP. Run after
// `make build`: node tests/bench/load.mjs [--json FILE] [--seconds N] [--rounds N] [--connections N] [--proxy]
// [--minutes N]. With --minutes the gate alone is under load for so long, and its memory is told.

import { writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { createIssuer } from "../resource-server/suite.mjs";
import { makeProject } from "../e2e/gate/project.mjs";
import { startServer } from "./load/servers.mjs";
import { load, needWrk } from "./load/wrk.mjs";

const ISSUER = "https://idp.example.com";
const BODY_BYTES = 1024;

const { values: given } = parseArgs({
  options: {
    json: { type: "string" },
    seconds: { type: "string", default: process.env.LOAD_SECONDS ?? "5" },
    rounds: { type: "string", default: "5" },
    connections: { type: "string", default: "16" },
    proxy: { type: "boolean", default: false },
    minutes: { type: "string" },
  },
});
const seconds = Number(given.seconds);
const connections = Number(given.connections);

needWrk();
makeProject();
const issuer = await createIssuer(ISSUER, {});
const result = given.minutes === undefined ? await compared(given.proxy) : await lasting(Number(given.minutes));
const text = JSON.stringify({ ...result, seconds, connections, loadAverage: loadavg()[0] }, null, 2);
if (given.json !== undefined) writeFileSync(given.json, `${text}\n`);
console.log(text);

/** Rounds of both, in turns: throughput over many connections, latency over one. */
async function compared(proxy) {
  const origin = proxy ? await startServer("bare", optionsFor) : undefined;
  const [bare, gate] = proxy ? ["bare-proxy", "gate-proxy"] : ["bare", "gate"];
  const servers = [];
  for (const variant of [bare, gate]) servers.push(await startServer(variant, optionsFor, origin?.url));
  const rounds = [];
  for (const server of servers) await load(server.url, await requestTo(server.url), { seconds: 2, connections });
  for (let round = 0; round < Number(given.rounds); round++) {
    const figures = {};
    for (const server of round % 2 ? servers.toReversed() : servers) {
      const request = await requestTo(server.url);
      const before = server.computed();
      const { requests, perSecond } = await load(server.url, request, { seconds, connections });
      const computedMicroseconds = Math.round((server.computed() - before) / requests);
      const { medianMilliseconds } = await load(server.url, request, { seconds: Math.ceil(seconds / 2), connections: 1 });
      figures[server.variant] = { perSecond: Math.round(perSecond), computedMicroseconds, medianMilliseconds };
    }
    rounds.push(figures);
  }
  for (const server of [...servers, origin]) server?.stop();
  const ratio = median(rounds.map((round) => round[gate].perSecond / round[bare].perSecond));
  const added = median(rounds.map((round) => round[gate].medianMilliseconds - round[bare].medianMilliseconds));
  const computed = median(rounds.map((round) => round[gate].computedMicroseconds - round[bare].computedMicroseconds));
  return {
    kind: proxy ? "proxy" : "protect",
    rounds,
    throughputRatio: ratio,
    addedMedianMilliseconds: added,
    addedComputedMicroseconds: computed,
  };
}

/** The memory of the gate's worker, every half minute of one load. */
async function lasting(minutes) {
  const server = await startServer("gate", optionsFor);
  const request = await requestTo(server.url);
  const memory = [];
  let requests = 0;
  for (let half = 0; half <= 2 * minutes; half++) {
    memory.push({ minute: half / 2, ...(await server.memory()) });
    if (half === 2 * minutes) break;
    const { perSecond } = await load(server.url, request, { seconds: 30, connections });
    requests += Math.round(perSecond * 30);
  }
  server.stop();
  return { kind: "memory", minutes, requests, memory };
}

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
  const message = { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "echo", arguments: { text: "" } } };
  message.params.arguments.text = "x".repeat(BODY_BYTES - JSON.stringify(message).length);
  const token = await issuer.token({ scopes: ["mcp:read"], claims: { aud: url, exp: Math.floor(Date.now() / 1000) + 3600 } });
  const headers = {
    authorization: `Bearer ${token}`,
    "content-type": "application/json",
    accept: "application/json, text/event-stream",
    "mcp-protocol-version": "2025-11-25",
  };
  return { headers, body: JSON.stringify(message) };
}

function median(figures) {
  const sorted = figures.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)];
}
