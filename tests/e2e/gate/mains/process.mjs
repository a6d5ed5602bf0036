// The service as a process of its own: Node, Deno, Bun. The options of the first gate and the port are its arguments.

import { service } from "./service.mjs";

const [options, port] = globalThis.Deno?.args ?? globalThis.process.argv.slice(2);
const handle = service(JSON.parse(options));
const address = { hostname: "127.0.0.1", port: Number(port) };

if (globalThis.Deno) {
  globalThis.Deno.serve({ ...address, onListen: () => {} }, (request) => handle(request));
} else if (globalThis.Bun) {
  globalThis.Bun.serve({ ...address, idleTimeout: 60, fetch: (request) => handle(request) });
} else {
  const { listen } = await import("./listen.mjs");
  await listen(handle, address.port);
}
