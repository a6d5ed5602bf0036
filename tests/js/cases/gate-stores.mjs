// The stores that come with the package, on caches and namespaces that are as those of the runtimes.

import { denoCache, workersCache, workersKV } from "doorward/stores";
import { ok, same, test } from "../harness.mjs";

/** A cache by the rules of the Cache API: what is put was not used before, and each match is a new response. */
function fakeCache() {
  const kept = new Map();
  const withoutFragment = (address) => new URL(address).href.replace(/#.*$/u, "");
  return {
    kept,
    async match(address) {
      const found = kept.get(withoutFragment(address));
      return found && new Response(found.text, { headers: found.headers });
    },
    async put(address, response) {
      kept.set(withoutFragment(address), { text: await response.text(), headers: [...response.headers] });
    },
  };
}

/** Runs `body` with these `caches`, and gives what it gives. */
async function withCaches(caches, body) {
  const before = Object.getOwnPropertyDescriptor(globalThis, "caches");
  Object.defineProperty(globalThis, "caches", { value: caches, configurable: true, writable: true });
  try {
    return await body();
  } finally {
    if (before === undefined) delete globalThis.caches;
    else Object.defineProperty(globalThis, "caches", before);
  }
}

const KEY = "https://idp.example.com/a?b=1 %2F#";

async function keeps(store) {
  same(await store.get(KEY), undefined);
  await store.put(KEY, '{"a":"\u00e9"}', 3600);
  same(await store.get(KEY), '{"a":"\u00e9"}');
  for (const other of [`${KEY}2`, KEY.slice(0, -1), KEY.replace("%2F", "/")]) same(await store.get(other), undefined, other);
}

test("stores: the cache of Workers, the default one, one by name, and one that is given", async () => {
  const [given, usual, named] = [fakeCache(), fakeCache(), fakeCache()];
  await keeps(workersCache({ cache: given }));
  const caches = { default: usual, open: async (name) => (name === "mine" ? named : undefined) };
  await withCaches(caches, async () => {
    await keeps(workersCache());
    await keeps(workersCache({ name: "mine" }));
  });
  for (const { kept } of [given, usual, named]) {
    same(kept.size, 1);
    const [[address, { headers }]] = kept;
    ok(address.startsWith("https://doorward.invalid/"), address); // never an address that somebody could answer at
    same(new Headers(headers).get("cache-control"), "max-age=3600");
  }
});

test("stores: the cache of Deno", async () => {
  const cache = fakeCache();
  const names = [];
  await withCaches({ open: async (name) => (names.push(name), cache) }, async () => {
    await keeps(denoCache("mine"));
    same(await denoCache().get(KEY), '{"a":"\u00e9"}');
  });
  same([...new Set(names)], ["mine", "doorward"]);
});

test("stores: Workers KV", async () => {
  const kept = new Map();
  const namespace = {
    get: async (key) => kept.get(key)?.text ?? null,
    async put(key, text, { expirationTtl }) {
      if (expirationTtl < 60) throw new Error("too short");
      kept.set(key, { text, expirationTtl });
    },
  };
  await keeps(workersKV(namespace));
  same([...kept], [[`doorward:${KEY}`, { text: '{"a":"\u00e9"}', expirationTtl: 3600 }]]);
  await workersKV(namespace).put("short", "x", 1);
  same(kept.get("doorward:short").expirationTtl, 60);
});
