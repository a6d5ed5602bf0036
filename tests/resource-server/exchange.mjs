// What `fetch` cannot send: bytes over a connection of their own. For Node, Deno and Bun.

import { connect } from "node:net";

/** Sends them and gives all that come back until the server closes the connection. */
export function exchange(url, bytes) {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(url.port || 80), url.hostname);
    const received = [];
    const whole = () => Uint8Array.from(Buffer.concat(received));
    socket.on("data", (data) => received.push(data));
    // A server that answers before it has read everything may reset the connection after its answer.
    socket.on("error", (error) => (received.length > 0 ? resolve(whole()) : reject(error)));
    socket.on("close", () => resolve(whole()));
    socket.write(bytes);
  });
}
