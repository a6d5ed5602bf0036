// The test of the suite: against a right server all passes, and each test fails where the server does wrong what it is
// about. Run: node tests/resource-server/check.mjs [--all]. Ends with "N passed, N failed".
// Of the tests that a fault is not about, a quarter is run, another one for each fault; with --all, every one.

import { createServer } from "node:net";
import { exchange } from "./exchange.mjs";
import { FAULTS } from "./faults.mjs";
import { listen } from "./listen.mjs";
import { createStub } from "./stub/server.mjs";
import { createIssuer, run, tests } from "./suite.mjs";

const SAMPLE = process.argv.includes("--all") ? 1 : 4;
const seen = new Set();
let handler;
let passed = 0;
let failed = 0;

const server = await listen((request) => handler(request));
const url = `http://127.0.0.1:${server.address().port}/mcp`;
const issuer = await createIssuer("https://idp.example", { audience: url });
const target = {
  url,
  token: issuer.token,
  exchange,
  revisions: ["2026-07-28", "2025-11-25", "2025-06-18", "2025-03-26"],
  ordinary: { method: "tools/list", params: {}, scopes: ["mcp:read"] },
  tool: { method: "tools/call", params: { name: "echo", arguments: {} }, scopes: ["mcp:write"] },
  stepUp: {
    method: "tools/call",
    params: { name: "delete_all", arguments: {} },
    scopes: ["mcp:admin", "files:delete"],
  },
  unfixable: { method: "tools/call", params: { name: "owner_only", arguments: {} }, scopes: ["mcp:write"] },
  resource: { method: "resources/read", params: { uri: "docs://public/a" }, scopes: ["mcp:read"] },
  broad: "mcp:admin",
  allowedOrigin: "https://app.example.com",
  maxBodyBytes: 100_000,
};
const settings = { url, issuer, allowedOrigin: target.allowedOrigin, maxBodyBytes: target.maxBodyBytes };

function count(name, faults) {
  if (faults.length === 0) passed++;
  else failed++;
  if (faults.length > 0) console.log([`FAILED ${name}`, ...faults].join("\n  "));
}

const failures = (results) => results.filter(({ outcome }) => outcome === "failed");

handler = await createStub(settings);
const right = await run(target);
count(
  "a right server",
  right.filter(({ outcome }) => outcome !== "passed").map(({ name, reason }) => `${name}: ${reason}`),
);

const names = tests().map(({ name }) => name);
for (const [at, [fault, pattern]] of Object.entries(FAULTS).entries()) {
  handler = await createStub(settings, (name) => name === fault);
  const found = failures(
    await run(target, ({ name }) => pattern?.test(name) || (names.indexOf(name) + at) % SAMPLE === 0),
  );
  found.forEach(({ name }) => seen.add(name));
  const strange = found.filter(({ name }) => !pattern?.test(name)).map(({ name, reason }) => `${name}: ${reason}`);
  count(`the fault “${fault}”`, found.length === 0 && pattern ? ["nothing failed"] : strange);
}

// What no single fault brings down: one server that serves all, and one that serves nothing, must.
const open = createServer((socket) => {
  socket.on("error", () => {}).once("data", () => socket.end("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\necho"));
});
await new Promise((resolve) => open.listen(0, "127.0.0.1", resolve));
failures(await run({ ...target, url: `http://127.0.0.1:${open.address().port}/mcp` })).forEach(({ name }) =>
  seen.add(name),
);
open.close();
handler = () => new Response(null, { status: 503 });
failures(await run(target)).forEach(({ name }) => seen.add(name));
count(
  "each test can fail",
  names.filter((name) => !seen.has(name)).map((name) => `“${name}” never failed`),
);

server.close();
server.closeAllConnections();
console.log(
  `${names.length} tests of the suite, ${Object.keys(FAULTS).length} faults: ${passed} passed, ${failed} failed`,
);
process.exitCode = failed === 0 ? 0 : 1;
