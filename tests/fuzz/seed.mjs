// Writes what the fuzzer starts from: one folder a target, one file an input.
//   node tests/fuzz/seed.mjs DIRECTORY
// The cases of the differential test, which are of every kind and nearly right, the JOSE cookbook where it lies
// beside the project, and a few texts of each kind.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const CASES = join(ROOT, "target/made/differential.jsonl");
const VECTORS = join(ROOT, "../shared/vectors");
const MAX_CASES = 400;

const [directory] = process.argv.slice(2);
let written = 0;

function seed(target, text) {
  const folder = join(directory, target);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, createHash("sha256").update(text).digest("hex").slice(0, 16)), text);
  written++;
}

function whole(token, jwks, options) {
  const [header, payload] = token.split(".").map((segment) => Buffer.from(segment, "base64url").toString());
  seed("token", token);
  seed("key_set", jwks);
  seed("claims", payload ?? "");
  seed("policy_json", options);
  seed("whole_path", [token, jwks, options].join("\0"));
  seed("whole_path", [`${header}${payload}`, "", options].join("\0"));
}

whole("e30.e30.", `{"keys":[]}`, "{}");
whole("eyJhbGciOiJFUzI1NiJ9.eyJleHAiOjF9.AA", `{"kty":"RSA","n":"AQ","e":"AQAB"}`, `{"typ":["at+jwt"],"requiredScopes":["a"],"maxTokenAge":1,"subject":"x","clockTolerance":600}`);

// The first byte is the revision's place, see targets/gate_message.rs.
for (const revision of "\0\x01\x02\x03") {
  for (const message of [
    { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "delete_note", arguments: { a: [1, "\u00e9"] } } },
    { jsonrpc: "2.0", id: "a", method: "resources/read", params: { uri: "docs://secret/a", _meta: { "io.modelcontextprotocol/protocolVersion": "2026-07-28" } } },
    { jsonrpc: "2.0", id: 2, method: "ping" },
    { jsonrpc: "2.0", method: "notifications/initialized" },
    { jsonrpc: "2.0", id: 1, result: {} },
    [{ jsonrpc: "2.0", id: 1, method: "ping" }, { jsonrpc: "2.0", id: 2, method: "tools/list", params: {} }],
  ]) {
    seed("gate_message", revision + JSON.stringify(message));
  }
}

if (existsSync(CASES)) {
  for (const line of readFileSync(CASES, "utf8").split("\n").slice(0, MAX_CASES)) {
    if (line === "") continue;
    const { token, jwks, options } = JSON.parse(line);
    whole(token, jwks, JSON.stringify(options));
  }
}

if (existsSync(VECTORS)) {
  for (const file of readdirSync(VECTORS, { recursive: true })) {
    if (!file.endsWith(".json")) continue;
    const { input, output } = JSON.parse(readFileSync(join(VECTORS, file), "utf8"));
    if (typeof output?.compact === "string" && input?.key !== undefined) {
      const { d, p, q, dp, dq, qi, ...key } = input.key;
      whole(output.compact, JSON.stringify(key), "{}");
    }
  }
}
console.log(`${written} seeds`);
