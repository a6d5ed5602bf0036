// The demo's gate, as a worker. A worker of your own needs the two lines with `gate` in them; the rest tells the
// demo page what was decided, in a header of the answer.

import { AsyncLocalStorage } from "node:async_hooks";
import { env } from "cloudflare:workers";
import { createGate } from "doorward";

const current = new AsyncLocalStorage();
const gate = createGate({ ...env.OPTIONS, onDecision: (event) => { current.getStore().event = event; } });
const proxied = gate.proxy({ origin: env.ORIGIN });

export default {
  async fetch(request, _, context) {
    const decision = {};
    const answer = await current.run(decision, () => proxied(request, env, context));
    const told = new Response(answer.body, answer);
    if (decision.event !== undefined) told.headers.set("Demo-Decision", inAscii(decision.event));
    return told;
  },
};

/** JSON for a header: a client may name a tool in any characters. */
function inAscii(value) {
  const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, escaped);
}
