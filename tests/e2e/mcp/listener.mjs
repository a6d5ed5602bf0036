// A server on a free loopback port.

import { createServer } from "node:http";

/** Serves `handler(request, response)`. A handler that throws has answered 500, and its error is in `faults`. */
export async function listen(handler, port = 0) {
  const faults = [];
  const server = createServer(async (request, response) => {
    try {
      await handler(request, response);
    } catch (error) {
      faults.push(error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    }
  });
  await new Promise((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { origin: `http://127.0.0.1:${server.address().port}`, faults, close };
}
