// The resource-server suite as a process of its own: Node, Deno, Bun. Its argument is the target, whose tokens come
// from an address. Writes the results as JSON.

import { exchange } from "./exchange.mjs";
import { run } from "./suite.mjs";

const [text] = globalThis.Deno?.args ?? globalThis.process.argv.slice(2);
const { tokens, ...target } = JSON.parse(text);

async function token(wish) {
  const body = JSON.stringify({ ...wish, audience: target.url }, (_, value) =>
    value === undefined ? "(undefined)" : value,
  );
  return (await fetch(tokens, { method: "POST", body })).text();
}

console.log(JSON.stringify(await run({ ...target, token, exchange })));
