// What a server behind the gate may do wrong, and what the client must then see: 502, the server's own status, or a
// broken stream where it broke; never a whole answer that is none.

import { EventEmitter, once } from "node:events";
import { createServer } from "node:http";
import { createServer as createSocketServer } from "node:net";
import { ask, pause } from "./client.mjs";
import { expect } from "./expectations.mjs";
import { startProvider } from "./provider.mjs";

const JSON_TYPE = { "content-type": "application/json" };
const STREAM_TYPE = { "content-type": "text/event-stream" };
const ANSWER = '{"jsonrpc":"2.0","id":1,"result":{}}';
const LARGE_BYTES = 8_000_000;

/** `answer` is the server's, or `bytes` what it writes whatever it is asked; then what the client must see. */
const FAULTS = {
  "the origin answers 500": { answer: (_, response) => response.writeHead(500, JSON_TYPE).end(ANSWER), status: 500 },
  "the origin answers 404": { answer: (_, response) => response.writeHead(404, JSON_TYPE).end(ANSWER), status: 404 },
  "the origin answers 503 with Retry-After": {
    answer: (_, response) => response.writeHead(503, { ...JSON_TYPE, "retry-after": "7" }).end(ANSWER),
    status: 503,
    header: ["retry-after", "7"],
  },
  "the origin answers 401 with a challenge of its own": {
    answer: (_, response) =>
      response.writeHead(401, { "www-authenticate": 'Bearer resource_metadata="https://evil.example"' }).end(),
    status: 502,
  },
  "the origin redirects": {
    answer: (_, response) => response.writeHead(307, { location: "https://evil.example/" }).end(),
    status: 502,
  },
  "the origin resets the connection": { answer: (request) => request.socket.resetAndDestroy(), status: 502 },
  "the origin closes the connection before its answer": { answer: (request) => request.socket.destroy(), status: 502 },
  "the origin speaks no HTTP": { bytes: "220 mail.example ESMTP\r\n", status: 502 },
  "the origin breaks off in its headers": { bytes: "HTTP/1.1 200 OK\r\ncontent-type: app", status: 502 },
  "the origin is slow": {
    answer: (_, response) => setTimeout(() => response.writeHead(200, JSON_TYPE).end(ANSWER), 2000),
    status: 200,
  },
  "the origin is slow in its body": {
    answer(_, response) {
      response.writeHead(200, JSON_TYPE).write(ANSWER.slice(0, 5));
      setTimeout(() => response.end(ANSWER.slice(5)), 1500);
    },
    status: 200,
  },
  "the origin breaks off a body of known length": {
    answer: (_, response) =>
      response
        .writeHead(200, { ...JSON_TYPE, "content-length": 100 })
        .write(ANSWER, () => setTimeout(() => response.destroy(), 100)),
    broken: true,
  },
  "the origin breaks off a body in pieces": {
    answer: (_, response) =>
      response.writeHead(200, JSON_TYPE).write(ANSWER, () => setTimeout(() => response.destroy(), 100)),
    broken: true,
  },
  "the origin breaks off a stream of events": {
    answer: (_, response) =>
      response.writeHead(200, STREAM_TYPE).write("data: 1\n\n", () => setTimeout(() => response.destroy(), 100)),
    broken: true,
  },
  "the origin answers at length": {
    answer: (_, response) => response.writeHead(200, JSON_TYPE).end(`"${"x".repeat(LARGE_BYTES)}"`),
    status: 200,
    length: LARGE_BYTES + 2,
  },
};

export async function originFaults(gates, test) {
  const provider = await startProvider();
  await Promise.all([
    ...Object.entries(FAULTS).map(([name, fault]) => test(name, () => answered(gates, provider, fault))),
    test("the origin refuses connections, and then does not", () => refusing(gates, provider)),
    test("a client that goes away ends the origin's stream", () => leaving(gates, provider)),
  ]);
  provider.stop();
}

async function scene(gates, provider, port) {
  const options = (resource) => ({ resource, insecureLoopback: true, issuers: [provider.issuer] });
  const gate = await gates.make(options, { origin: `http://127.0.0.1:${port}/mcp` });
  return { gate, token: await provider.token({}, gate.url) };
}

async function listening(server, port = 0) {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return server.address().port;
}

async function answered(gates, provider, { answer, bytes, status, header, broken, length }) {
  const server =
    bytes === undefined
      ? createServer(answer)
      : createSocketServer((socket) => socket.on("error", () => {}).once("data", () => socket.end(bytes)));
  const { gate, token } = await scene(gates, provider, await listening(server));
  const seen = await ask(gate.url, token).catch((error) => ({ broken: error.code ?? error.message }));
  server.close();
  if (broken) return expect(seen.broken !== undefined, "a broken answer", seen);
  expect(seen.status === status, `status ${status}`, seen);
  if (header) expect(seen.headers[header[0]] === header[1], `${header[0]}: ${header[1]}`, seen.headers);
  if (length) expect(seen.text.length === length, `${length} bytes`, String(seen.text?.length));
  expect(!JSON.stringify(seen).includes("evil.example"), "nothing of another place", seen);
  if (status === 200 && !length) expect(seen.text === ANSWER, "the whole answer", seen);
}

async function refusing(gates, provider) {
  const server = createServer((_, response) => response.writeHead(200, JSON_TYPE).end(ANSWER));
  const port = await listening(server);
  server.close();
  await once(server, "close");
  const { gate, token } = await scene(gates, provider, port);
  const refused = await ask(gate.url, token);
  expect(refused.status === 502, "502", refused);
  await listening(server, port);
  const after = await ask(gate.url, token);
  expect(after.status === 200, "200 when the origin is back", after);
  server.close();
}

async function leaving(gates, provider) {
  const origin = new EventEmitter();
  const server = createServer((_, response) => {
    response.writeHead(200, STREAM_TYPE);
    const timer = setInterval(() => response.write("data: 1\n\n"), 50);
    origin.emit("begun");
    response.on("close", () => {
      clearInterval(timer);
      origin.emit("closed");
    });
  });
  const { gate, token } = await scene(gates, provider, await listening(server));
  const client = new AbortController();
  const [begun, closed] = ["begun", "closed"].map((event) => once(origin, event).then(() => event));
  const answer = ask(gate.url, token, { signal: client.signal }).catch(() => {});
  await begun;
  await pause(200);
  client.abort();
  await answer;
  const seen = await Promise.race([closed, pause(LEAVING_MILLISECONDS)]);
  server.closeAllConnections();
  server.close();
  expect(seen === "closed", `the origin's stream closed within ${LEAVING_MILLISECONDS} ms`, "still open");
}

const LEAVING_MILLISECONDS = 8000;
