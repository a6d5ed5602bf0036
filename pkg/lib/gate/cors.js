// What lets a browser's page read an answer. The gate alone says which pages may.

/** The answer with the gate's headers in place of those of the server behind it. */
export function withCors(response, cors) {
  if (cors.length === 0) return response;
  const { status, statusText, body } = response;
  const headers = new Headers(response.headers);
  applyCors(headers, cors);
  return new Response(body, { status, statusText, headers });
}

/** In place: what a server says about origins is dropped, what it exposes of itself stays. */
export function applyCors(headers, cors) {
  for (const name of [...headers.keys()]) {
    if (name.startsWith("access-control-") && name !== EXPOSED) headers.delete(name);
  }
  for (const [name, value] of cors) {
    if (ADDED.has(name.toLowerCase())) headers.append(name, value);
    else headers.set(name, value);
  }
}

const EXPOSED = "access-control-expose-headers";
const ADDED = new Set(["vary", EXPOSED]);
