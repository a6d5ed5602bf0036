// Several issuers in one verifier, and what providers do differently.

import { trustIssuers, verify } from "doorward";
import { same, test } from "../harness.mjs";
import { refused } from "../refusal.mjs";
import { AUDIENCE, ISSUER, NOW, claims, header, jwk, jwks, options, otherJwk, sign, signByOther, token } from "../sample.mjs";

const OTHER = "https://other.example.com/";
const moment = { currentDate: new Date(NOW * 1000) };

// The other issuer calls its key by the same name.
const list = () => [
  { issuer: ISSUER, audience: AUDIENCE, jwks: jwks() },
  { issuer: OTHER, audience: "client", profile: "clerk", jwks: { keys: [{ ...otherJwk(), kid: "sample" }] } },
];

test("each issuer is judged by its own keys and options", async () => {
  const trusted = trustIssuers(list());
  same(trusted.verify(token, moment), verify(token, jwks(), options()));
  const others = { ...claims(), iss: OTHER, aud: undefined };
  const accepted = trusted.verify(await signByOther(header(), others), moment);
  same([accepted.issuer, accepted.client, accepted.profile.name], [OTHER, "client", "clerk"]);
  const forged = await sign(header(), others);
  refused("signature_invalid", () => trusted.verify(forged, moment), forged);
  const unlisted = await sign(header(), { ...claims(), iss: "https://third.example.com/" });
  refused("issuer_mismatch", () => trusted.verify(unlisted, moment), unlisted);
});

test("a list of issuers that says too little is refused at once", () => {
  const [one, two] = list();
  const lists = [
    [undefined, "issuers"], [null, "issuers"], [{}, "issuers"], [[], "issuers"], ["x", "issuers"],
    [[undefined], "jwks"], [[null], "options"], [[[]], "options"],
    [[{ ...one, issuer: undefined }], "issuer"],
    [[{ jwks: jwks(), audience: "a" }], "issuer"],
    [[{ jwks: jwks(), issuer: "a" }], "audience"],
    [[{ issuer: "a", audience: "a" }], "jwks"],
    [[{ ...one, currentDate: new Date() }], "currentDate"],
    [[{ ...one, profile: "Okta" }], "profile"],
    [[one, two, { ...two, issuer: [ISSUER] }], "issuer"],
  ];
  for (const [issuers, option] of lists) {
    same(refused("invalid_option", () => trustIssuers(issuers)).evidence.option, option, JSON.stringify(issuers));
  }
  for (const keys of [undefined, null, 1, [], "", "{}"]) {
    refused("jwks_malformed", () => trustIssuers([{ ...one, jwks: keys }]));
  }
});

test("trusted issuers have their own copy of the keys", () => {
  const issuers = list();
  const trusted = trustIssuers(issuers);
  issuers[0].jwks.keys.pop();
  same(trusted.verify(token, moment).issuer, ISSUER);
  refused("key_not_found", () => trustIssuers(issuers).verify(token, moment), token);
});

test("many lists of issuers come and go", () => {
  const first = trustIssuers(list());
  for (let at = 0; at < 40; at++) trustIssuers([{ issuer: `https://${at}.example.com/`, audience: "a", jwks: { keys: [jwk()] } }]);
  same(first.verify(token, moment).issuer, ISSUER);
});

test("a profile says what it gives up", async () => {
  same(verify(token, jwks(), options()).profile, { name: "standard", givesUp: null });
  const cognito = await sign(header(), { ...claims(), aud: undefined, token_use: "access" });
  const { client, profile } = verify(cognito, jwks(), { ...options(), audience: "client", profile: "cognito" });
  same([client, profile.name, profile.givesUp.includes("names no resource")], ["client", "cognito", true]);
  const id = await sign(header(), { ...claims(), token_use: "id" });
  refused("token_kind_refused", () => verify(id, jwks(), { ...options(), audience: "client", profile: "cognito" }), id);
});

test("scopes are read where an option says", async () => {
  const roles = await sign(header(), { ...claims(), realm_access: { roles: ["admin"] } });
  same(verify(roles, jwks(), { ...options(), scopeClaim: ["realm_access", "roles"] }).scopes, ["admin", "mail:read", "mail:send"]);
});
