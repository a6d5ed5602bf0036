// The module's memory stays what it is, however many requests come and whatever is in them.

import { ask, told } from "./client.mjs";
import { expect } from "./expectations.mjs";
import { startProvider } from "./provider.mjs";

const REQUESTS = 20_000;
const WARM_UP = 2000;
const AT_ONCE = 16;

export async function memory(gates, test) {
  await test(`${REQUESTS} requests of all kinds leave the memory as it was`, () => lasting(gates));
}

async function lasting(gates) {
  const provider = await startProvider();
  const gate = await gates.make((resource) => ({
    resource,
    insecureLoopback: true,
    issuers: [provider.issuer],
    origins: ["https://app.example.com"],
  }));
  const tokens = await Promise.all(Array.from({ length: 40 }, () => provider.token({}, gate.url)));
  const answers = [];
  const some = async (upTo) => {
    while (answers.length < upTo) answers.push(await one(gate.url, answers.length, tokens));
  };
  const all = (upTo) => Promise.all(Array.from({ length: AT_ONCE }, () => some(upTo)));
  await all(WARM_UP);
  const before = await gates.memory();
  await all(REQUESTS);
  const after = await gates.memory();
  provider.stop();
  expect(
    answers.every(({ status }) => EXPECTED.has(status)),
    "only answers that are expected",
    told(answers),
  );
  expect(after === before, `${before} bytes as after ${WARM_UP} requests`, after);
  return `${told(answers)}; ${before / 2 ** 20} MiB`;
}

const EXPECTED = new Set([200, 202, 400, 401, 403, 415, 503]);

/** The n-th request: kinds take turns, and each brings something that no other does. */
async function one(url, n, tokens) {
  const good = tokens[n % tokens.length];
  const [head, payload, signature] = good.split(".");
  const long = String(n).padStart(5000, "x");
  const call = { method: "tools/call", params: { name: `tool-${n}`, arguments: { long } } };
  switch (n % 10) {
    case 0:
      return ask(url);
    case 1:
      return ask(url, `${head}.${payload}.${signature.slice(0, -1)}${n % 2 ? "A" : "Q"}`);
    case 2:
      return ask(url, `${part({ typ: "at+jwt", alg: "ES256", kid: long })}.${payload}.${signature}`);
    case 3:
      return ask(url, `${head}.${part({ iss: `https://${n}.example`, aud: url, exp: 9e9 })}.${signature}`);
    case 4:
      return ask(url, good, { operation: call });
    case 5:
      return ask(url, good, { body: `{"jsonrpc":"2.0","id":"${long}","method":"tools/list","x":[${n}` });
    case 6:
      return ask(url, good, { headers: { origin: `https://${n}.example` } });
    case 7:
      return ask(url, good, { headers: { "mcp-method": `tools/${long}` } });
    case 8:
      return ask(url, good, { headers: { "content-type": `text/${n}` } });
    default:
      return ask(url, good);
  }
}

const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
