/**
 * A worker without code: `createGate` and `proxy`, configured by one JSON value, `DOORWARD` in the environment.
 *
 * ```json
 * {
 *   "resource": "https://mcp.example.com/mcp",
 *   "origin": "https://origin.internal/mcp",
 *   "oidc": { "issuer": "https://idp.example.com", "client_id": "mcp" }
 * }
 * ```
 *
 * @module
 */

import type { Context, GateOptions, HttpRequest, HttpResponse, ProxyOptions } from "./gate.js";

/**
 * What `DOORWARD` may have: all options of gate and proxy that are data. With `oidc` in place of `issuers`, a token's
 * audience may be `resource` or the `client_id`. With `logDecisions`, each decision is a line of JSON in the log.
 */
export type Configuration = Omit<GateOptions, "issuers" | "fetch" | "store" | "onDecision"> &
  Omit<ProxyOptions, "fetch"> & { readonly logDecisions?: boolean } &
  (
    | { readonly issuers: GateOptions["issuers"]; readonly oidc?: never }
    | { readonly oidc: { readonly issuer: string; readonly client_id: string }; readonly issuers?: never }
  );

/**
 * A Workers module. Keys are shared through `caches.default` where there is one. With a configuration that cannot be
 * used it answers every request with 500, and says what is wrong in the log.
 */
declare const worker: {
  fetch(
    request: HttpRequest,
    env: { readonly DOORWARD?: Configuration | string | undefined },
    ctx?: Context,
  ): Promise<HttpResponse>;
};
export default worker;
