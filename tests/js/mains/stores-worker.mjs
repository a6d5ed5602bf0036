// A worker that tries the stores on the runtime's own caches and namespaces.
import { workersCache, workersKV } from "./node_modules/doorward/lib/stores.js";

export default {
  async fetch(_, { KV }) {
    const stores = { cache: workersCache(), named: workersCache({ name: "mine" }), kv: workersKV(KV) };
    const told = {};
    for (const [name, store] of Object.entries(stores)) told[name] = await tried(store);
    return Response.json(told);
  },
};

/** What is there before, after the first and after the second text, and under another key. */
async function tried(store) {
  const key = "keys https://idp.example.com/a?b=1#c";
  const found = [await store.get(key)];
  for (const text of ['{"a":"é"}', "second"]) {
    await store.put(key, text, 3600);
    found.push(await store.get(key));
  }
  return [...found, await store.get(`${key}d`)].map((text) => text ?? null);
}
