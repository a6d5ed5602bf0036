// What a gate cannot be configured as: refused at start, by the name of the option.

import { createGate } from "doorward";
import { ok, same, test } from "../harness.mjs";
import { refused } from "../refusal.mjs";
import { jwk, jwks } from "../sample.mjs";
import { ISSUER, RESOURCE, gateOptions } from "./gate-sample.mjs";

const issuer = (changes) => ({ issuers: [{ issuer: ISSUER, jwks: jwks(), ...changes }] });
const rule = (changes) => ({ rules: [{ method: "ping" }, { method: "*", ...changes }] });

/** One change to valid options each, and the option that is to blame. */
const INVALID = [
  [{ resource: undefined }, "resource"], [{ resource: "mcp.example.com" }, "resource"], [{ resource: "http://mcp.example.com/mcp" }, "resource"], [{ resource: `${RESOURCE}#a` }, "resource"], [{ resource: `${RESOURCE}?a` }, "resource"],
  [{ issuers: undefined }, "issuers"], [{ issuers: [] }, "issuers"], [{ issuers: ISSUER }, "issuers"], [{ issuers: [ISSUER, undefined] }, "issuers[1]"], [{ issuers: [1] }, "issuers[0]"], [{ issuers: ["http://idp.example.com"] }, "issuers[0].issuer"],
  [{ issuers: [{ jwks: jwks() }] }, "issuers[0].issuer"], [issuer({ issuer: undefined }), "issuers[0].issuer"], [issuer({ jwks: undefined }), "issuers[0].jwks"], [issuer({ jwks: { keys: [] } }), "issuers[0].jwks"],
  [issuer({ jwks: { keys: [jwk(), undefined] } }), "issuers[0].jwks.keys[1]"], [issuer({ jwks: "{" }), "issuers[0].jwks"], [issuer({ jwksUri: "https://idp.example.com/keys" }), "issuers[0].jwksUri"],
  [{ issuers: [{ issuer: ISSUER, jwksUri: "http://idp.example.com/keys" }] }, "issuers[0].jwksUri"], [issuer({ audience: null }), "issuers[0].audience"], [issuer({ audience: [] }), "issuers[0].audience"],
  [issuer({ algorithms: ["none"] }), "issuers[0].algorithms"], [issuer({ algorithms: ["RS256", undefined] }), "issuers[0].algorithms[1]"], [issuer({ profile: "Okta" }), "issuers[0].profile"], [issuer({ clockTolerance: -1 }), "issuers[0].clockTolerance"],
  [issuer({ currentDate: new Date() }), "issuers[0].currentDate"], [{ issuers: [ISSUER, ISSUER] }, "issuers[1].issuer"],
  [{ rules: undefined }, "rules"], [{ rules: [] }, "rules"], [{ rules: {} }, "rules"], [{ rules: ["*"] }, "rules[0]"], [rule({ method: undefined }), "rules[1].method"], [rule({ method: "tools/*/x" }), "rules[1].method"], [rule({ scopes: undefined }), "rules[1].scopes"],
  [rule({ scopes: ["a b"] }), "rules[1].scopes"], [rule({ scopes: "a" }), "rules[1].scopes"], [rule({ anyScope: [] }), "rules[1].anyScope"], [rule({ public: 1 }), "rules[1].public"], [rule({ scope: ["a"] }), "rules[1].scope"],
  [rule({ claims: [{ claim: "a" }] }), "rules[1].claims[0]"], [rule({ public: true, scopes: ["a"] }), "rules[1].public"],
  [{ scopes: undefined }, "scopes"], [{ scopes: { implies: { a: ["b"], b: ["a"] } } }, "scopes.implies"], [{ scopes: { baseline: ["offline_access"] } }, "scopes.baseline"], [{ scopes: { imply: {} } }, "scopes.imply"],
  [{ origins: ["app.example.com"] }, "origins"], [{ origins: ["*"] }, "origins"], [{ origins: undefined }, "origins"], [{ versions: ["2027-01-01"] }, "versions"], [{ versions: [] }, "versions"],
  [{ maxBodyBytes: 0 }, "maxBodyBytes"], [{ maxBodyBytes: "1MB" }, "maxBodyBytes"], [{ maxBodyBytes: NaN }, "maxBodyBytes"], [{ operationFrom: "header" }, "operationFrom"],
  [{ metadata: { resource: "x" } }, "metadata.resource"], [{ metadata: { scopes_supported: ["offline_access"] } }, "metadata.scopes_supported"], [{ rootMetadata: "yes" }, "rootMetadata"], [{ serverCard: 1 }, "serverCard"],
  [{ authorizationServerMetadata: true }, "authorizationServerMetadata"], [{ logSubject: null }, "logSubject"], [{ insecureLoopback: undefined }, "insecureLoopback"],
  [{ keys: { cooldown: -1 } }, "keys.cooldown"], [{ keys: { cooldown: undefined } }, "keys.cooldown"], [{ keys: { maxAge: 1e9 } }, "keys.maxAge"], [{ keys: { ttl: 1 } }, "keys.ttl"], [{ keys: 5 }, "keys"],
  [{ keys: { timeout: 0 } }, "keys.timeout"], [{ keys: { timeout: 13.1 } }, "keys.timeout"], [{ keys: { timeout: "5" } }, "keys.timeout"],
  [{ fetch: undefined }, "fetch"], [{ fetch: null }, "fetch"], [{ fetch: {} }, "fetch"], [{ onDecision: null }, "onDecision"], [{ onDecision: "console" }, "onDecision"],
  [{ store: undefined }, "store"], [{ store: null }, "store"], [{ store: {} }, "store"], [{ store: new Map() }, "store"], [{ store: { get() {} } }, "store"], [{ store: { put() {} } }, "store"],
  [{ issuer: ISSUER }, "issuer"], [{ Rules: [] }, "Rules"], [{ origin: "https://origin.example.net" }, "origin"], [{ currentDate: new Date() }, "currentDate"], [{ [Symbol("rules")]: [] }, "options"],
];

test("gate options: one that it cannot have is refused at start, by its path", () => {
  for (const [change, option] of INVALID) {
    const error = refused("invalid_option", () => createGate({ ...gateOptions(), ...change }));
    same(error.evidence.option, option, `${JSON.stringify(change)}: ${error.message}`);
  }
});

test("gate options: they are an object, and cannot be left out", () => {
  class Options {}
  for (const given of [undefined, null, 1, "x", [], () => {}, new Options(), new Map(), Promise.resolve({})]) {
    same(refused("invalid_option", () => createGate(given)).evidence.option, "options");
  }
  const cycle = { method: "*" };
  cycle.claims = [cycle];
  refused("invalid_option", () => createGate({ ...gateOptions(), rules: [cycle] }));
  refused("invalid_option", () => createGate({ ...gateOptions(), get rules() { throw new Error("no"); } }));
});

test("gate options: what each may be is accepted", () => {
  const accepted = [
    {}, { resource: "https://mcp.example.com" }, { issuers: [ISSUER, "https://login.example.org/tenant"] }, issuer({ audience: ["api://mcp", "x"], profile: "okta", algorithms: ["ES256", "EdDSA"], clockTolerance: 0, typ: "at+jwt", maxTokenAge: 3600, requiredClaims: ["jti"], requiredScopes: ["a"], scopeClaim: ["realm_access", "roles"] }),
    issuer({ jwks: { keys: [{ ...jwk(), use: undefined, ext: undefined }] } }), issuer({ jwks: JSON.stringify(jwks()) }), { issuers: [{ issuer: ISSUER, jwksUri: "https://keys.example.com/" }] }, { scopes: { implies: { a: ["b"], b: ["c"] }, baseline: ["a"] } },
    rule({ anyScope: ["a", "b"], claims: [{ claim: ["org", "id"], equals: 1 }, { claim: "groups", contains: "x" }] }), { rules: [{ method: "tools/*", name: "a*b" }, { method: "resources/read", uri: "docs://**" }, { method: "*", public: true }] },
    { origins: [] }, { origins: ["null", "https://a.example.com:8443"] }, { versions: ["2026-07-28"] }, { maxBodyBytes: 1 }, { operationFrom: "headers" }, { metadata: { resource_name: "x", resource_documentation: "https://x.example.com/" } },
    { rootMetadata: false, serverCard: true, logSubject: true, insecureLoopback: true }, { insecureLoopback: true, resource: "http://127.0.0.1:8787/mcp", issuers: ["http://localhost:3000"] }, { issuers: [ISSUER], authorizationServerMetadata: true },
    { keys: { cooldown: 1, maxAge: 60, staleFor: 0, timeout: 0.5 } }, { keys: {} }, { fetch: async () => new Response() }, { store: { get() {}, put() {} } }, { onDecision() {} },
  ];
  for (const change of accepted) ok(Object.isFrozen(createGate({ ...gateOptions(), ...change })), JSON.stringify(change));
});
