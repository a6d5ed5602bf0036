/**
 * Places where the keys that one isolate has fetched are kept for the others: {@link GateOptions.store}.
 *
 * Whoever can write there decides whose tokens are valid: it must be as safe as the configuration itself.
 *
 * @module
 */

import type { Store } from "./gate.js";

/**
 * The Cache API of Cloudflare Workers, shared by a data centre: the cache that is given, or the one of this name, or
 * `caches.default`. Does nothing on *.workers.dev and behind Cloudflare Access, where that API does nothing.
 */
export function workersCache(options?: { readonly cache?: CacheLike; readonly name?: string }): Store;

/** A namespace of Workers KV, shared by all data centres. What is written is seen elsewhere within a minute or so. */
export function workersKV(namespace: NamespaceLike): Store;

/** The Cache API of Deno, shared by the isolates of a machine or region. Default of the name: "doorward". */
export function denoCache(name?: string): Store;

/** What is used of the Cache API. */
export interface CacheLike {
  match(address: string): Promise<{ text(): Promise<string> } | undefined>;
  put(address: string, response: never): Promise<unknown>;
}

/** What is used of Workers KV. */
export interface NamespaceLike {
  get(key: string): Promise<string | null>;
  put(key: string, text: string, options: { readonly expirationTtl: number }): Promise<unknown>;
}
