/**
 * The gate: an MCP server's OAuth resource server, in front of it. What is here comes from `doorward` too.
 *
 * @module
 */

import type { Claims, Code, Header, JsonWebKeySet, Verified, VerifierOptions } from "./index.js";

/**
 * A gate before an MCP server. It lets through what the rules allow to the holder of a valid token, and answers
 * everything else itself: with challenges (RFC 6750, RFC 9728), metadata, and the MCP transport's own errors.
 *
 * ```js
 * const gate = createGate({
 *   resource: "https://mcp.example.com/mcp",
 *   issuers: ["https://idp.example.com"],
 *   rules: [
 *     { method: "tools/call", name: "delete_*", scopes: ["mcp:admin"] },
 *     { method: "*", scopes: ["mcp:read"] },
 *   ],
 * });
 * export default { fetch: gate.proxy({ origin: "https://origin.internal/mcp" }) };
 * ```
 *
 * Call it once, outside of any request: a gate holds the keys that it has fetched.
 *
 * @throws {DoorwardError} `invalid_option`, with the path of the option in `evidence.option`. Nothing that is
 *   half-configured ever serves.
 */
export function createGate(options: GateOptions): Gate;

/** The options of {@link createGate}. As everywhere here, one that is `undefined`, `null` or unknown is refused. */
export interface GateOptions {
  /**
   * The address of the MCP server as clients know it, e.g. "https://mcp.example.com/mcp": https, without query and
   * fragment. Requests must have exactly its path. It is the `resource` of RFC 9728 and the audience of tokens.
   */
  readonly resource: string;

  /** Who issues the tokens, at least one: its issuer identifier, or that with options. */
  readonly issuers: readonly (string | GateIssuer)[];

  /** What scopes mean. Default: each stands for itself alone. */
  readonly scopes?: {
    /** The scopes that each scope includes, by its name. Not in a circle. */
    readonly implies?: { readonly [scope: string]: readonly string[] };
    /**
     * The scopes that a client is told to ask for when it has no token yet, and `scopes_supported` of the metadata.
     *
     * Default: what the rule for `tools/list` demands.
     */
    readonly baseline?: readonly string[];
  };

  /**
   * Which operations are allowed to whom. The first rule that matches decides; what none matches is denied.
   *
   * Default: `[{ method: "*" }]`, everything to every holder of a valid token.
   */
  readonly rules?: readonly Rule[];

  /**
   * The origins whose pages may send requests, in full: "https://app.example.com". "null" only if listed.
   *
   * Default: none. Requests without an `Origin` header, as all but browsers send them, are not concerned.
   */
  readonly origins?: readonly string[];

  /** The revisions of MCP that are served. Default: all. */
  readonly versions?: readonly Revision[];

  /** Longest body, in bytes. Default: 1,048,576 (1 MiB). */
  readonly maxBodyBytes?: number;

  /**
   * Where the operation is read. `"headers"` trusts `Mcp-Method` and `Mcp-Name` of 2026-07-28 and newer requests, so
   * that bodies are streamed on unread: only for a server that itself compares them with the body. Of such a body
   * only a length that is declared is held against `maxBodyBytes`. Older requests are judged by their bodies all the
   * same.
   *
   * Default: `"body"`.
   */
  readonly operationFrom?: "body" | "headers";

  /** Members of the protected resource metadata (RFC 9728 section 2). */
  readonly metadata?: {
    readonly resource_name?: string;
    readonly resource_documentation?: string;
    readonly resource_policy_uri?: string;
    readonly resource_tos_uri?: string;
    readonly scopes_supported?: readonly string[];
  };

  /** Whether to answer at /.well-known/oauth-protected-resource too, for the root of the host. Default: true. */
  readonly rootMetadata?: boolean;

  /** Whether anybody may GET the server card and /.well-known/ai-catalog.json. Default: false. */
  readonly serverCard?: boolean;

  /**
   * Whether to repeat the first issuer's metadata at /.well-known/oauth-authorization-server, where clients of
   * 2025-03-26 look for it. Default: false.
   */
  readonly authorizationServerMetadata?: boolean;

  /** How fetched keys age, in seconds. */
  readonly keys?: {
    /** Least time between two fetches for the sake of unknown keys. Default: 30. */
    readonly cooldown?: number;
    /** Longest time that keys are used before they are fetched again. Default: 3600, an hour. */
    readonly maxAge?: number;
    /** Longest time that keys are used beyond that, while the provider cannot be reached. Default: 3600, an hour. */
    readonly staleFor?: number;
    /** Longest time for one document, headers and body; more than 0, at most 13. Default: 5. */
    readonly timeout?: number;
  };

  /** Whether `subject` is part of decision events. Default: false. */
  readonly logSubject?: boolean;

  /**
   * Verified tokens that are remembered: one that comes again costs no arithmetic. Times, rules and whether its key is
   * still published are judged each time. In memory are a digest, the signature, the header and the claims of each.
   */
  readonly tokenCache?: {
    /** How many; at most 100,000, and 0 for none. Default: 1000. */
    readonly entries?: number;
    /** Memory for them, in bytes; at most 64 MiB. Default: 4 MiB. */
    readonly bytes?: number;
  };

  /** Whether issuers, keys, resource and origin may have http addresses of this machine. Default: false. */
  readonly insecureLoopback?: boolean;

  /** Fetches metadata and keys, e.g. over a service binding. Default: the runtime's `fetch`. */
  readonly fetch?: Fetch;

  /** Where fetched keys are shared with other isolates: see `doorward/stores`. Default: nowhere. */
  readonly store?: Store;

  /**
   * Is told of each decision, before the answer is sent. What it throws is not heard of: a listener never breaks a
   * request. A promise that it returns is not waited for, but outlives the request where the runtime has `waitUntil`.
   */
  readonly onDecision?: (event: DecisionEvent) => unknown;
}

/** An issuer, and what its tokens must be. */
export interface GateIssuer extends Omit<VerifierOptions, "audience"> {
  /** The `iss` claim, exactly. Several strings are several names of one provider with the same keys. */
  readonly issuer: string | readonly string[];
  /** Its public keys, as an object or as text: nothing is fetched. Default: found by discovery. */
  readonly jwks?: JsonWebKeySet | string;
  /** Where its public keys are published: fetched from there, without discovery. Default: found by discovery. */
  readonly jwksUri?: string;
  /** The `aud` claim must be or contain this, or one of these. Default: {@link GateOptions.resource}. */
  readonly audience?: string | readonly string[];
}

/** Which operations, and what they take. */
export interface Rule {
  /** A JSON-RPC method, or its beginning and "/*", or "*" for all; GET and DELETE of the endpoint are methods too. */
  readonly method: string;
  /** A pattern for `params.name`, the tool or prompt: `*` stands for any text. Default: any. */
  readonly name?: string;
  /** A pattern for `params.uri`: `*` stands for any text without "/", `**` for any text. Default: any. */
  readonly uri?: string;
  /** Scopes that the token must all have, itself or by implication. */
  readonly scopes?: readonly string[];
  /** Scopes of which the token must have one. The first is the one that a client is told to ask for. */
  readonly anyScope?: readonly string[];
  /** What claims must be. A claim that is absent is nothing. */
  readonly claims?: readonly Condition[];
  /** Whether it needs no token at all. Default: false. */
  readonly public?: boolean;
}

/** What a claim, by its name or by a path of names, must be. */
export type Condition =
  | { readonly claim: string | readonly string[]; readonly equals: string | number | boolean }
  | { readonly claim: string | readonly string[]; readonly contains: string };

/** The revisions of MCP that have an HTTP transport with one endpoint. */
export type Revision = "2025-03-26" | "2025-06-18" | "2025-11-25" | "2026-07-28";

/** See {@link createGate}. */
export interface Gate {
  /**
   * Decides about a request, and reads its body for that. For servers that must look in between; others have
   * {@link Gate.protect}.
   *
   * @param ctx Of Workers, so that keys can be fetched on after the request has been answered.
   * @throws {TypeError} For a request whose body somebody has read.
   */
  authorize(this: void, request: HttpRequest, ctx?: Context): Promise<Admission>;

  /** A request handler that calls yours with what is allowed, and answers everything else. */
  protect<Env = unknown, Ctx extends Context | undefined = Context | undefined>(
    this: void,
    handler: (
      request: HttpRequest,
      access: GateAccess | undefined,
      env: Env,
      ctx: Ctx,
    ) => HttpResponse | Promise<HttpResponse>,
    options?: ProtectOptions,
  ): (request: HttpRequest, env?: Env, ctx?: Ctx) => Promise<HttpResponse>;

  /**
   * A request handler that forwards what is allowed to an origin, and answers everything else. Streams both ways; a
   * client that goes away ends the request to the origin. An origin that cannot be reached, redirects, or wants a
   * credential becomes a 502.
   *
   * The origin is told in headers who it is: `Doorward-Issuer`, `Doorward-Subject`, `Doorward-Client` and
   * `Doorward-Scopes`, percent-encoded (RFC 3986 section 2.1). Those that a client sends are removed, in any spelling.
   * An origin that others can reach as well must verify an {@link ProxyOptions.assertion} instead.
   */
  proxy(
    this: void,
    options: ProxyOptions,
  ): (request: HttpRequest, env?: unknown, ctx?: Context) => Promise<HttpResponse>;

  /** The answer to a request for a metadata document, or to its preflight. `undefined` for all other requests. */
  metadata(this: void, request: HttpRequest): HttpResponse | undefined;
}

/** What {@link Gate.authorize} gives. */
export type Admission = Admitted | Refused;

/** A request that is allowed. */
export interface Admitted {
  readonly allowed: true;
  /** Who it is; `undefined` for an operation that is public. */
  readonly access: GateAccess | undefined;
  /**
   * The request as it may go on: the very bytes that were judged as body, without `Authorization`, and without all that
   * could make a server take it for another request, or for another client's.
   */
  readonly request: HttpRequest;
  /** The answer to it, with the headers that let a browser read it. */
  respond(this: void, response: HttpResponse): HttpResponse;
}

/** A request that is not, or that the gate itself has answered. */
export interface Refused {
  readonly allowed: false;
  readonly response: HttpResponse;
}

/** What a verified token says, at the gate. */
export interface GateAccess extends Omit<Verified, "issuer"> {
  readonly claims: Claims;
  readonly header: Header;
  readonly issuer: string;
  /** The `sub` claim: a person only together with {@link GateAccess.issuer}. `null` if there is none. */
  readonly subject: string | null;
  /** When the token expires. */
  readonly expires: Date;
  /** Whether the keys were older than they should be, because the provider cannot be reached. */
  readonly stale: boolean;
}

/** The options of {@link Gate.protect}. */
export interface ProtectOptions {
  /**
   * Whether an answer that is an event stream ends when the token expires. A handler's that has ended by then goes out
   * as a whole. Default: true.
   */
  readonly endStreamsWithToken?: boolean;
}

/** The options of {@link Gate.proxy}. */
export interface ProxyOptions extends ProtectOptions {
  /** The address of the MCP server itself: https, without query and fragment. Its path may be another. */
  readonly origin: string;
  /** Reaches it, e.g. over a service binding. Default: the runtime's `fetch`. */
  readonly fetch?: Fetch;
  /**
   * Whether the origin gets the client's token. Only for one that is the very resource the token was issued for: a
   * token is not to be passed through to others. A token that came along with a public operation was not looked at,
   * and does not get there either. The origin's own challenges then reach the client. Default: false.
   */
  readonly keepAuthorization?: boolean;
  /**
   * Has the gate prove itself with a token of its own in `Doorward-Assertion`: `iss` is the `resource`, `aud` the
   * address of the origin as `new URL(origin).href` has it, and `sub`, `sub_id` (RFC 9493, with the issuer),
   * `client_id` and `scope` are those of the client. Default: none.
   */
  readonly assertion?: {
    /** A private key as JSON Web Key: EC with P-256, or OKP with Ed25519. */
    readonly key: PrivateJwk;
    /** For how long it is valid, in whole seconds from 1 to 600. Default: 60. */
    readonly lifetime?: number;
  };
  /** Further headers that the origin is not to get. Default: none. */
  readonly removeHeaders?: readonly string[];
}

/** A private key that signs (RFC 7517, RFC 8037). */
export interface PrivateJwk {
  readonly kty?: string;
  readonly crv?: string;
  readonly x?: string;
  readonly y?: string;
  readonly d?: string;
  readonly kid?: string;
  readonly alg?: string;
  readonly use?: string;
  readonly key_ops?: readonly string[];
}

/** A place that isolates share. Whoever can write there decides whose tokens are valid. */
export interface Store {
  get(key: string): Promise<string | undefined>;
  /** `seconds`: after this time the text is of no use any more. */
  put(key: string, text: string, seconds: number): Promise<void>;
}

/** One decision, for logs and metrics. Never has a token, and nothing about a person but with `logSubject`. */
export interface DecisionEvent {
  /** `"answer"` is a metadata document or a preflight. */
  readonly decision: "allow" | "deny" | "answer";
  /** The status of the gate's own answer. `null` for what is allowed. */
  readonly status: number | null;
  /** Why it was denied. What causes it and what cures it is in docs/errors.md of this package. */
  readonly code: DecisionCode | null;
  readonly revision: Revision | null;
  /** The JSON-RPC method, or "GET" or "DELETE". */
  readonly method: string | null;
  /** The tool or prompt. */
  readonly name: string | null;
  /** How many messages the body had. */
  readonly messages: number;
  /** The place of the rule that decided, from 0. */
  readonly rule: number | null;
  readonly issuer: string | null;
  readonly client: string | null;
  readonly scopes: readonly string[] | null;
  /** See {@link GateAccess.stale}. */
  readonly stale: boolean;
  /** The `sub` claim: there with `logSubject` alone. */
  readonly subject?: string | null;
  /** How long the decision took, waiting for body and keys included. */
  readonly milliseconds: number;
}

/** Why a request was denied: a fault of its token, or one of these. Stable from version to version. */
export type DecisionCode =
  | Code
  | "token_absent"
  | "authorization_malformed"
  | "origin_not_allowed"
  | "route_unknown"
  | "method_not_allowed"
  | "body_too_large"
  | "body_incomplete"
  | "content_type_unsupported"
  | "content_encoding_unsupported"
  | "message_malformed"
  | "batch_not_allowed"
  | "version_unsupported"
  | "header_mismatch"
  | "uri_ambiguous"
  | "claims_insufficient"
  | "operation_denied"
  | "keys_unavailable";

/** What a gate uses of the context of Workers. */
export interface Context {
  waitUntil?(promise: Promise<unknown>): void;
}

/** As the runtime's own `fetch`, called with an address and with options. */
export type Fetch = (address: string, init: HttpRequestInit) => Promise<HttpResponse>;

/** The runtime's own `Request`, whichever library declares it. */
export type HttpRequest = typeof globalThis extends { Request: { prototype: infer Type } } ? Type : unknown;

/** The runtime's own `Response`. */
export type HttpResponse = typeof globalThis extends { Response: { prototype: infer Type } } ? Type : unknown;

/** The options of the runtime's own `fetch`. */
export type HttpRequestInit = typeof globalThis extends { Request: new (input: never, init?: infer Type) => unknown }
  ? NonNullable<Type>
  : unknown;
