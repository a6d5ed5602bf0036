// The gate as a server in Deno: options and origin come as arguments.

import { createGate } from "doorward";

const [port, options, proxy] = Deno.args;
const gate = createGate({ ...JSON.parse(options), onDecision: (event) => console.log(JSON.stringify(event)) });
const handle = gate.proxy(JSON.parse(proxy));
Deno.serve({ hostname: "127.0.0.1", port: Number(port), onListen() {} }, (request) => handle(request));
