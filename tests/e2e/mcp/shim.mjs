// The conformance suite has no place for a token: this stands before the gate and adds one to each request.

import { request as open } from "node:http";
import { pipeline } from "node:stream";
import { listen } from "./listener.mjs";

/** Starts it. Requests go to `target.resource`, with `target.token`, once both are set. */
export async function startShim() {
  const target = { resource: undefined, token: undefined };
  const listener = await listen((request, response) => {
    const headers = { ...request.headers, authorization: `Bearer ${target.token}` };
    const onward = open(target.resource, { method: request.method, headers });
    onward.on("response", (answer) => {
      response.writeHead(answer.statusCode, answer.headers).flushHeaders();
      pipeline(answer, response, () => {}); // either side may leave at any time
    });
    onward.on("error", () => response.destroy());
    response.on("close", () => onward.destroy());
    request.pipe(onward);
  });
  return { origin: listener.origin, url: `${listener.origin}/mcp`, target, close: listener.close };
}
