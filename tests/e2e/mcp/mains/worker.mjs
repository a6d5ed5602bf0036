// The gate as a worker of Cloudflare's runtime: options and origin come from its bindings.

import { createGate } from "doorward";

let handle;

export default {
  fetch(request, env, ctx) {
    handle ??= createGate({ ...env.OPTIONS, onDecision: (event) => console.log(JSON.stringify(event)) }).proxy(env.PROXY);
    return handle(request, env, ctx);
  },
};
