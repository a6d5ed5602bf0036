// What `fetch` cannot send: bytes over a connection of their own. For Node, Deno and Bun.

import { connect } from "node:net";
import { connect as connectSecurely } from "node:tls";

/**
 * Sends them and gives all that come back until the server closes the connection, or is silent: a stream of events may
 * have no end. `patience` is how many seconds it may take to begin, `silence` how many it may then pause.
 */
export function exchange(url, bytes, { patience = 10, silence = 5 } = {}) {
  return new Promise((resolve, reject) => {
    const socket = opened(url);
    const received = [];
    const whole = () => Uint8Array.from(Buffer.concat(received));
    socket.setTimeout(patience * 1000);
    socket.on("timeout", () => socket.destroy(received.length > 0 ? undefined : new Error("no answer in time")));
    socket.on("data", (data) => {
      received.push(data);
      socket.setTimeout(silence * 1000);
    });
    // A server that answers before it has read everything may reset the connection after its answer.
    socket.on("error", (error) => (received.length > 0 ? resolve(whole()) : reject(error)));
    socket.on("close", () => resolve(whole()));
    socket.write(bytes);
  });
}

function opened({ protocol, hostname, port }) {
  const host = hostname.replace(/^\[|\]$/gu, ""); // an IPv6 address
  if (protocol === "http:") return connect(Number(port || 80), host);
  return connectSecurely({ host, port: Number(port || 443), ALPNProtocols: ["http/1.1"] });
}
