// A user's worker, compiled against the installed package with everything strict. Never run.

import {
  type Admission,
  type Context,
  type DecisionCode,
  type DecisionEvent,
  type Gate,
  type GateAccess,
  type GateOptions,
  type Rule,
  type Store,
  createGate,
} from "doorward";
import { denoCache, workersCache, workersKV } from "doorward/stores";
import worker, { type Configuration } from "doorward/worker";

// What a user writes.
const options = {
  resource: "https://mcp.example.com/mcp",
  issuers: ["https://idp.example.com", { issuer: "https://login.example.org", jwks: { keys: [] }, audience: ["api://mcp"], profile: "okta" }],
  scopes: { implies: { "mcp:admin": ["mcp:write"] }, baseline: ["mcp:read"] },
  rules: [
    { method: "tools/call", name: "delete_*", scopes: ["mcp:admin"] },
    { method: "resources/read", uri: "docs://**", anyScope: ["a", "b"], claims: [{ claim: ["org", "id"], equals: 1 }] },
    { method: "ping", public: true },
  ],
  origins: ["https://app.example.com"],
  versions: ["2025-11-25", "2026-07-28"],
  keys: { cooldown: 30, timeout: 5 },
} as const satisfies GateOptions;
const gate: Gate = createGate(options);
createGate({ ...options, fetch: (address, init) => fetch(address, init), store: workersCache(), onDecision: async () => {} });

export default { fetch: gate.proxy({ origin: "https://origin.internal/mcp" }) };

interface Env {
  readonly NAMES: { readonly get: (name: string) => string };
}
interface WorkersContext {
  waitUntil(promise: Promise<unknown>): void;
  passThroughOnException(): void;
}
declare const request: Request;
declare const env: Env;
declare const ctx: WorkersContext;

const protectedHandler: (request: Request, env?: Env, ctx?: WorkersContext) => Promise<Response> = gate.protect(
  async (onward, access: GateAccess | undefined, { NAMES }: Env, context: WorkersContext) => {
    const body: unknown = await onward.json();
    context.waitUntil(Promise.resolve(body));
    const expires: Date | undefined = access?.expires;
    const stale: boolean | undefined = access?.stale;
    const issuer: string = access?.issuer ?? "";
    return new Response(NAMES.get(`${issuer} ${access?.subject} ${expires} ${stale} ${access?.claims["tenant"]}`));
  },
);
protectedHandler(request, env, ctx);
gate.protect(() => new Response(), { endStreamsWithToken: false });
const forServe: (request: Request) => Promise<Response> = gate.protect((onward) => new Response(onward.body));

const admission: Admission = await gate.authorize(request, ctx);
const response: Response = admission.allowed ? admission.respond(new Response()) : admission.response;
const metadata: Response | undefined = gate.metadata(request);

gate.proxy({
  origin: "https://origin.internal/mcp",
  fetch: (address, init) => fetch(address, { ...init, cache: "no-store" }),
  keepAuthorization: true,
  assertion: { key: { kty: "OKP", crv: "Ed25519", x: "", d: "" }, lifetime: 60 },
  removeHeaders: ["cookie"],
  endStreamsWithToken: true,
});

const log = (event: DecisionEvent): void => {
  const { decision, code, scopes, subject, milliseconds } = event;
  const why: DecisionCode | null = code;
  void [decision, why, scopes?.join(" "), subject?.length, milliseconds.toFixed()];
};
createGate({ ...options, onDecision: log });

declare const namespace: { get(key: string): Promise<string | null>; put(key: string, value: string, options?: { expirationTtl?: number }): Promise<void> };
declare const cache: Cache;
const stores: Store[] = [workersCache(), workersCache({ name: "keys" }), workersCache({ cache }), workersKV(namespace), denoCache(), denoCache("keys")];
const memory = new Map<string, string>();
const own: Store = { get: async (key) => memory.get(key), put: async (key, text) => void memory.set(key, text) };

const configuration: Configuration = { resource: "a", origin: "b", oidc: { issuer: "c", client_id: "d" }, serverCard: true };
worker.fetch(request, { DOORWARD: configuration }, ctx);
worker.fetch(request, { DOORWARD: "{}" });

const minimal: Context = {};
gate.authorize(request, minimal);

// What must not compile.

// @ts-expect-error a gate has options
createGate();
// @ts-expect-error a gate names its resource
createGate({ issuers: ["a"] });
// @ts-expect-error and its issuers
createGate({ resource: "a" });
// @ts-expect-error a list, even of one
createGate({ ...options, issuers: "https://idp.example.com" });
// @ts-expect-error an unknown option
createGate({ ...options, issuer: "a" });
// @ts-expect-error a setting that may be missing
createGate({ ...options, origins: undefined });
// @ts-expect-error the time is the gate's own
createGate({ ...options, issuers: [{ issuer: "a", currentDate: new Date() }] });
// @ts-expect-error there is no such revision
createGate({ ...options, versions: ["2024-11-05"] });
// @ts-expect-error a rule names a method
const rule: Rule = { scopes: ["a"] };
// @ts-expect-error a claim is compared with something
const condition: Rule = { method: "*", claims: [{ claim: "a" }] };
// @ts-expect-error an unknown member of a rule
const misspelt: Rule = { method: "*", scope: ["a"] };
// @ts-expect-error a proxy has an origin
gate.proxy({});
// @ts-expect-error an assertion is signed with a key
gate.proxy({ origin: "a", assertion: {} });
// @ts-expect-error a handler answers
gate.protect(() => undefined);
// @ts-expect-error what is not allowed has no request
(await gate.authorize(request)).request;
gate.protect((_, access) => {
  // @ts-expect-error an operation may be public
  return new Response(access.subject);
});
// @ts-expect-error a store can also write
const half: Store = { get: async () => undefined };
// @ts-expect-error no such code
const code: DecisionCode = "expired";
// @ts-expect-error either of both
const both: Configuration = { resource: "a", origin: "b", oidc: { issuer: "c", client_id: "d" }, issuers: ["a"] };
// @ts-expect-error functions are no configuration
const functional: Configuration = { resource: "a", origin: "b", issuers: ["a"], onDecision: () => {} };

void [forServe, response, metadata, stores, own, rule, condition, misspelt, half, code, both, functional];
