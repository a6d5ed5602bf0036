// The gate: one decision a request, and what is done with it.

import { Gate } from "../../wasm/doorward.js";
import { asking } from "../error.js";
import { kindOf } from "../kind.js";
import { invalid } from "../plain.js";
import { Assertions } from "./assertion.js";
import { decide } from "./authorize.js";
import { withCors } from "./cors.js";
import { tell } from "./events.js";
import { forwardedRequest } from "./forward.js";
import { Keys } from "./keys.js";
import { readGateOptions, readProtection, readProxyOptions } from "./options.js";
import { forward } from "./proxy.js";
import { wholeOrWithEnd } from "./stream.js";
import { responseOf } from "./told.js";

/** See `index.d.ts`. Everything that can be wrong with options is found here, before the first request. */
export function createGate(options) {
  const { text, resource, insecureLoopback, onDecision, ...host } = readGateOptions(options);
  const gate = asking(() => new Gate(text, onDecision !== undefined));
  const places = new Map(Gate.fields().split("\n").map((name, place) => [name, place]));
  const parts = { gate, places, limit: gate.limit(), keys: new Keys(gate, host) };
  const admit = onDecision === undefined ? (request, ctx) => decide(parts, request, ctx) : admitAndTell;

  async function admitAndTell(request, ctx) {
    const began = Date.now();
    const admission = await decide(parts, request, ctx);
    tell(onDecision, { ...admission.event, milliseconds: Date.now() - began }, ctx);
    return admission;
  }

  return Object.freeze({
    async authorize(request, ctx) {
      const admission = await admit(request, ctx);
      const { allowed, response, access, cors } = admission;
      if (!allowed) return { allowed, response };
      const respond = (answer) => withCors(answer, cors);
      return { allowed, access, request: forwardedRequest(request, admission), respond };
    },

    protect(handler, protection) {
      if (typeof handler !== "function") throw invalid("handler", "a function", kindOf(handler));
      const { endStreamsWithToken } = readProtection(protection);
      return async (request, env, ctx) => {
        const admission = await admit(request, ctx);
        if (!admission.allowed) return admission.response;
        const { access, cors, expires } = admission;
        const answer = await handler(forwardedRequest(request, admission), access, env, ctx);
        return withCors(endStreamsWithToken ? await wholeOrWithEnd(answer, expires) : answer, cors);
      };
    },

    proxy(forwarding) {
      const { assertion, ...proxy } = readProxyOptions(forwarding, insecureLoopback);
      const assertions = assertion === undefined ? undefined : new Assertions(assertion, resource, proxy.origin.href);
      return async (request, env, ctx) => {
        const admission = await admit(request, ctx);
        return admission.allowed ? forward(request, admission, proxy, assertions) : admission.response;
      };
    },

    metadata({ method, url }) {
      const answer = gate.metadata(method, url);
      return answer === undefined ? undefined : responseOf(JSON.parse(answer));
    },
  });
}
