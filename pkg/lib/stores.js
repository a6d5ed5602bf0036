// Places where the keys that one isolate has fetched are kept for the others: `store` of `createGate`.
//
// Whoever can write there decides whose tokens are valid: it must be as safe as the configuration itself.

/**
 * The Cache API of Cloudflare Workers: `caches.default`, or the cache of this name, or the one given. Shared by a data
 * centre. Does nothing on *.workers.dev and behind Cloudflare Access, where that API does nothing.
 */
export function workersCache({ cache, name } = {}) {
  return storeIn(async () => cache ?? (name === undefined ? caches.default : await caches.open(name)));
}

/** A namespace of Workers KV, shared by all data centres. What is written is seen elsewhere within a minute. */
export function workersKV(namespace) {
  return {
    get: async (key) => (await namespace.get(PREFIX + key)) ?? undefined,
    put: (key, text, seconds) =>
      namespace.put(PREFIX + key, text, { expirationTtl: Math.max(seconds, KV_LEAST_SECONDS) }),
  };
}

/** The Cache API of Deno, by the name of the cache: shared by the isolates of a machine or region. */
export function denoCache(name = "doorward") {
  return storeIn(() => caches.open(name));
}

function storeIn(open) {
  return {
    async get(key) {
      const response = await (await open()).match(addressOf(key));
      return response === undefined || response === null ? undefined : response.text();
    },
    async put(key, text, seconds) {
      const headers = { "content-type": "text/plain", "cache-control": `max-age=${seconds}` };
      await (await open()).put(addressOf(key), new Response(text, { headers }));
    },
  };
}

/** Caches are keyed by address: one that nobody can fetch (RFC 2606), lest an answer from there be taken for keys. */
function addressOf(key) {
  return `https://doorward.invalid/${encodeURIComponent(key)}`;
}

const PREFIX = "doorward:";

/** Workers KV takes no shorter times. */
const KV_LEAST_SECONDS = 60;
