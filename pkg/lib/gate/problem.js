// Answers to what only the host sees go wrong. All others are the module's.

/** In the form of an OAuth error (RFC 6749 section 5.2), never to be kept by a cache. */
export function problem(status, error, description) {
  return new Response(JSON.stringify({ error, error_description: description }), {
    status,
    headers: { "content-type": "application/json", "cache-control": "no-store" },
  });
}
