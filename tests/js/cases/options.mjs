// Options: what is accepted, and that nothing else is.

import { createVerifier, explain, verify } from "doorward";
import { ok, same, test } from "../harness.mjs";
import { refused } from "../refusal.mjs";
import { NOW, jwks, options, token } from "../sample.mjs";

const invalid = (option, given) => {
  for (const call of [() => verify(token, jwks(), given), () => explain(token, jwks(), given)]) {
    same(refused("invalid_option", call, token).evidence.option, option, "option");
  }
};

const NAMES = ["issuer", "audience", "algorithms", "clockTolerance", "profile", "scopeClaim", "typ", "subject", "maxTokenAge", "requiredClaims", "requiredScopes", "currentDate"];

/** What none of the options can be. `undefined` and `null` are what a missing setting gives. */
const NEVER = [
  undefined, null, NaN, Infinity, -Infinity, -1, 0.5, 2 ** 53, 10n, true, false, "", [], [undefined], [null], [""], [[]], [1], [{}],
  [["RS256"]], [, "RS256"], {}, { 0: "RS256", length: 1 }, () => "RS256", Symbol("RS256"), new String("RS256"), new Set(["RS256"]),
  new Map(), /RS256/, new Date(NaN), Object("\uD800"), "\uD800", ["\uDC00"], new Uint8Array(4), new Number(60), Promise.resolve("x"),
  { toJSON: () => "RS256" }, { toString: () => "RS256" }, new Proxy([], { get() { throw new Error("no"); } }),
];

for (const name of NAMES) {
  test(`${name} refuses what it cannot be`, () => {
    for (const value of NEVER) invalid(name, { ...options(), [name]: value });
  });
}

test("the same with a verifier", () => {
  for (const name of NAMES) {
    const { currentDate, ...others } = options();
    for (const value of NEVER) {
      const error = refused("invalid_option", () => createVerifier(jwks(), { ...others, [name]: value }), token);
      same(error.evidence.option, name, "option");
    }
  }
});

test("a missing value is named as what it is, and the way out is told", () => {
  for (const value of [undefined, null, NaN, Infinity]) {
    const { found, advice } = refused("invalid_option", () => verify(token, jwks(), { ...options(), issuer: value }), token);
    same([found, advice], [String(value), "leave an option out to do without its check"]);
  }
});

test("seconds are whole and not text", () => {
  for (const name of ["clockTolerance", "maxTokenAge"]) {
    for (const value of ["60", "1m", 1.5, -0.1, 2 ** 32]) invalid(name, { ...options(), [name]: value });
  }
  invalid("clockTolerance", { ...options(), clockTolerance: 601 });
});

test("a date is a Date, and a valid one", () => {
  for (const currentDate of [NOW, `${NOW}`, new Date("never"), { getTime: () => 0 }, new Proxy(new Date(), {})]) {
    invalid("currentDate", { ...options(), currentDate });
  }
  same(refused("invalid_option", () => verify(token, jwks(), { currentDate: new Date("never") })).found, "an invalid one");
  for (const milliseconds of [-8.64e15, -1, 0, 8.64e15]) {
    const error = refused(undefined, () => verify(token, jwks(), { ...options(), currentDate: new Date(milliseconds) }), token);
    ok(error.code.startsWith("token_"), error.code);
  }
});

test("algorithms are named exactly", () => {
  for (const name of ["none", "HS256", "rs256", "RS256 ", "ECDH-ES", "Ed448"]) invalid("algorithms", { algorithms: ["RS256", name] });
});

test("scopes are single scopes", () => {
  for (const scope of ["a b", "a\"b", "a\\b", "ä", "a\n"]) invalid("requiredScopes", { requiredScopes: [scope] });
});

test("profiles are named exactly, and tenants belong to a template", () => {
  for (const profile of ["Okta", "STANDARD", "okta ", "azure"]) invalid("profile", { ...options(), profile });
  const entra = { ...options(), profile: "entra", issuer: "https://login.microsoftonline.com/{tenantid}/v2.0" };
  invalid("tenants", entra);
  for (const tenants of NEVER) invalid("tenants", { ...entra, tenants });
  invalid("issuer", { ...options(), profile: "entra", tenants: ["t1"] });
});

test("an unknown option is refused by its name", () => {
  for (const name of ["Issuer", "issuers", "iss", "aud", "ignoreExpiration", "complete", "__proto__", "constructor", "toString", ""]) {
    invalid(name, Object.defineProperty(options(), name, { value: "x", enumerable: true }));
    invalid(name, Object.defineProperty(options(), name, { value: undefined, enumerable: true }));
  }
});

test("an option counts even where it is hidden", () => {
  const hidden = Object.defineProperty(options(), "subject", { value: "user-2", enumerable: false });
  refused("subject_mismatch", () => verify(token, jwks(), hidden), token);
  refused("invalid_option", () => verify(token, jwks(), { ...options(), [Symbol("issuer")]: "x" }), token);
});

test("options are a plain object, or left out", () => {
  class Options {
    issuer = "x";
  }
  const inherited = Object.create({ issuer: "https://elsewhere.example.com/" });
  const bare = Object.create(Object.assign(Object.create(null), { issuer: "x" }));
  for (const given of [null, true, 0, 1, "", "issuer", 1n, Symbol(), () => {}, [], [options()], new Options(), inherited, bare, new Map(), new Date(), new Error()]) {
    invalid("options", given);
    same(refused("invalid_option", () => createVerifier(jwks(), given)).evidence.option, "options");
  }
});

test("options that cannot be read are refused", () => {
  const cycle = [];
  cycle.push(cycle);
  const throwing = new Proxy({}, { ownKeys() { throw "no"; } });
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  for (const given of [{ issuer: cycle }, { get issuer() { throw new Error("no"); } }, throwing, proxy]) {
    const error = refused("invalid_option", () => verify(token, jwks(), given), token);
    ok(["options", "issuer"].includes(error.evidence.option), error.evidence.option);
  }
});

test("plain objects of any realm are options", () => {
  const foreign = Object.create(null, Object.getOwnPropertyDescriptors(Object.prototype));
  for (const prototype of [null, foreign]) {
    same(verify(token, jwks(), Object.assign(Object.create(prototype), options())).key.index, 0);
    refused("subject_mismatch", () => verify(token, jwks(), Object.assign(Object.create(prototype), options(), { subject: "x" })));
  }
});

test("options are read anew each time", () => {
  const given = options();
  same(verify(token, jwks(), given).key.index, 0);
  given.audience = "https://other.example.com/";
  refused("audience_mismatch", () => verify(token, jwks(), given), token);
  given.audience = [options().audience];
  same(verify(token, jwks(), given).key.index, 0);
  given.audience[0] = "x";
  refused("audience_mismatch", () => verify(token, jwks(), given), token);
  given.audience[0] = options().audience;
  given.currentDate.setTime(0);
  refused("token_not_yet_valid", () => verify(token, jwks(), given), token);
});

test("options that change in place are seen, whatever changes", () => {
  const given = { ...options(), requiredClaims: ["sub", "jti"] };
  const changes = [
    ["audience_mismatch", (to) => { to.audience = ["x"]; }],
    ["claim_missing", (to) => { to.requiredClaims[1] = "none"; }],
    ["claim_missing", (to) => { to.requiredClaims.push("none"); }],
    ["invalid_option", (to) => { to.requiredClaims.length = 3; }],
    ["invalid_option", (to) => { to.requiredClaims = { 0: "sub", 1: "jti", length: 2 }; }],
    ["invalid_option", (to) => { to.issuer = new String(to.issuer); }],
    ["invalid_option", (to) => { to.subject = undefined; }],
    ["subject_mismatch", (to) => { Object.defineProperty(to, "subject", { value: "x", enumerable: false }); }],
    ["invalid_option", (to) => { to[Symbol("subject")] = "x"; }],
    ["invalid_option", (to) => { Object.setPrototypeOf(to, { subject: "x" }); }],
    ["subject_mismatch", (to) => { delete to.currentDate; to.currentDate = options().currentDate; to.subject = "x"; }],
    ["token_expired", (to) => { delete to.currentDate; }],
    ["token_expired", (to) => { to.currentDate = new Date((NOW + 660) * 1000); }],
    ["invalid_option", (to) => { to.currentDate = NOW; }],
    ["invalid_option", (to) => { Object.defineProperty(to, "audience", { get() { throw new Error("no"); } }); }],
  ];
  for (const [code, change] of changes) {
    const changed = { ...given, requiredClaims: [...given.requiredClaims] };
    for (let n = 0; n < 2; n++) same(verify(token, jwks(), changed).key.index, 0);
    change(changed);
    for (let n = 0; n < 2; n++) refused(code, () => verify(token, jwks(), changed), token);
  }
});

test("a mistake in options is told before one in keys, and that before faults of the token", () => {
  refused("invalid_option", () => verify(undefined, undefined, { issuer: undefined }));
  refused("jwks_malformed", () => verify(undefined, undefined, options()));
  refused("token_malformed", () => verify(undefined, jwks(), options()));
});
