// The stores on real ones: Cloudflare's cache and KV as wrangler runs them locally, and Deno's cache.

import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { same, test } from "./harness.mjs";
import { PROJECT, TOOLS } from "./project.mjs";
import { nodePackage } from "./runtimes/processes.mjs";

const run = promisify(execFile);
const FOUND = [null, '{"a":"é"}', "second", null];

/** Registers the tests. They are for after the project was made. */
export function storeTests() {
  test("the stores for Cloudflare work with its cache and KV", async () => {
    writeFileSync(join(PROJECT, "stores-cloudflare.mjs"), `
      import { Miniflare, convertV4MiniflareOptions } from ${JSON.stringify(join(TOOLS, "miniflare/dist/src/index.js"))};
      const runtime = new Miniflare(convertV4MiniflareOptions({
        rootPath: ${JSON.stringify(PROJECT)}, compatibilityDate: "2026-10-01", kvNamespaces: ["KV"],
        modules: ["stores-worker.mjs", "node_modules/doorward/lib/stores.js"].map((path) => ({ type: "ESModule", path })),
      }));
      try {
        console.log(await (await runtime.dispatchFetch("https://mcp.example.com/")).text());
      } finally {
        await runtime.dispose();
      }
    `);
    const { stdout } = await run(nodePackage(24), ["stores-cloudflare.mjs"], { cwd: PROJECT });
    same(JSON.parse(stdout.trim().split("\n").at(-1)), { cache: FOUND, named: FOUND, kv: FOUND });
  });

  test("the store for Deno works with its cache", async () => {
    writeFileSync(join(PROJECT, "stores-deno.mjs"), `
      import { denoCache } from "doorward/stores";
      const name = crypto.randomUUID();
      const [store, key, found] = [denoCache(name), "keys https://idp.example.com/a?b=1#c", []];
      found.push(await store.get(key));
      for (const text of ['{"a":"é"}', "second"]) {
        await store.put(key, text, 3600);
        found.push(await store.get(key));
      }
      found.push(await store.get(key + "d"));
      await caches.delete(name);
      console.log(JSON.stringify(found.map((text) => text ?? null)));
    `);
    const env = { ...process.env, NO_COLOR: "1", DENO_DIR: join(PROJECT, "deno") };
    const { stdout } = await run(join(TOOLS, ".bin/deno"), ["run", "--no-prompt", "--cached-only", "--location=https://mcp.example.com/", "stores-deno.mjs"], { cwd: PROJECT, env });
    same(JSON.parse(stdout), FOUND);
  });
}
