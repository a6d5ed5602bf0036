// What goes over the wire: a `fetch` for a client that notes each request and the answer to it.

/** A fetch, and `exchanges`: method, url, the JSON-RPC method and tool, status and headers of each, in order. */
export function wire() {
  const exchanges = [];
  const recorded = async (input, init) => {
    const request = new Request(input, init);
    const body = request.headers.get("content-type")?.startsWith("application/json") ? await request.clone().text() : "";
    const exchange = { method: request.method, url: request.url, ...operationOf(body), sent: request.headers };
    exchanges.push(exchange);
    const response = await fetch(request);
    return Object.assign(exchange, { status: response.status, got: response.headers }) && response;
  };
  return { fetch: recorded, exchanges };
}

/** `POST /mcp tools/call read_note → 200`, one line each: what a walk is expected to have sent. */
export function lines(exchanges) {
  return exchanges.map(({ method, url, rpc, name, status }) => (
    `${[method, new URL(url).pathname, rpc, name].filter((part) => part !== undefined).join(" ")} → ${status}`
  ));
}

function operationOf(body) {
  if (body === "") return {};
  const { method, params } = JSON.parse(body);
  return { rpc: method, name: params?.name ?? params?.uri };
}
