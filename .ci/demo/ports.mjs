// Ports of this machine alone.

import { createServer } from "node:net";

/** So many ports are tried before giving up. */
const TRIED = 100;

/** Listens at `port` or the next that is free (any that is free, for 0), and tells at which. */
export async function listen(server, port) {
  for (let tried = port; ; tried += 1) {
    const error = await new Promise((resolve) => {
      server.once("error", resolve).listen(tried, "127.0.0.1", () => {
        server.off("error", resolve);
        resolve(null);
      });
    });
    if (error === null) return server.address().port;
    if (error.code !== "EADDRINUSE" || tried >= port + TRIED) throw error;
  }
}

/** A port for somebody else to listen at: `port` or the next that is free. */
export async function freePort(port) {
  const server = createServer();
  const free = await listen(server, port);
  await new Promise((resolve) => server.close(resolve));
  return free;
}
