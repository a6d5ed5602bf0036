// Verified tokens that are remembered, where the caller asks for that.

import { createVerifier, trustIssuers, verify } from "doorward";
import { ok, same, test } from "../harness.mjs";
import { refused } from "../refusal.mjs";
import { AUDIENCE, ISSUER, NOW, claims, header, jwks, options, otherJwk, sign, signByOther, token } from "../sample.mjs";

const { currentDate, ...policy } = options();
const at = (seconds) => ({ currentDate: new Date((NOW + seconds) * 1000) });
const remembering = (tokenCache = {}) => createVerifier(jwks(), { ...policy, tokenCache });

/** Whether it was remembered: then it is the same object. */
const isRemembered = (verifier, text) => verifier.verify(text, at(0)) === verifier.verify(text, at(0));

test("a remembered token gives what it gave", () => {
  for (const { verify: again } of [remembering(), trustIssuers([{ ...policy, jwks: jwks() }], { tokenCache: {} })]) {
    const first = again(token, at(0));
    same(first, verify(token, jwks(), options()));
    ok(again(token, at(1)) === first, "the same object");
  }
});

test("nothing is remembered unless asked for", () => {
  for (const verifier of [createVerifier(jwks(), policy), trustIssuers([{ ...policy, jwks: jwks() }])]) {
    ok(!isRemembered(verifier, token), "another object");
    ok(!Object.isFrozen(verifier.verify(token, at(0)).claims), "of the caller's own");
  }
});

test("nobody changes what the next one gets", async () => {
  const nested = await sign(header(), { ...claims(), aud: [AUDIENCE], deep: [{ er: {} }] });
  const verifier = remembering();
  const found = verifier.verify(nested, at(0));
  const parts = [found, found.claims, found.claims.aud, found.claims.deep, found.claims.deep[0].er, found.header, found.key, found.scopes, found.profile];
  for (const part of parts) {
    ok(Object.isFrozen(part), JSON.stringify(part));
    try { part.admin = true; } catch {}
  }
  same(verifier.verify(nested, at(0)), verify(nested, jwks(), options()));
});

test("what is remembered is plain data", () => {
  const found = remembering().verify(token, at(0));
  same(Object.getPrototypeOf(found.claims), null);
  same(JSON.parse(JSON.stringify(found)), verify(token, jwks(), options()));
  same(structuredClone(found), verify(token, jwks(), options()));
  const { claims: { sub }, ...rest } = { ...found };
  same([sub, rest.issuer], ["user-1", ISSUER]);
  same({ ...found.claims, sub: "other" }, { ...claims(), sub: "other" });
});

test("a remembered token is judged by the time of each call", () => {
  const verifier = remembering();
  const codes = [0, 659, 660, 100_000, 0, -121, 0].map((seconds) => {
    try {
      return verifier.verify(token, at(seconds)).key.index;
    } catch ({ code }) {
      return code;
    }
  });
  same(codes, [0, 0, "token_expired", "token_expired", 0, "token_not_yet_valid", 0]);
});

test("forgeries of a remembered token are refused, and push nothing out", async () => {
  const verifier = remembering({ entries: 1 });
  const known = verifier.verify(token, at(0));
  const [head, payload, signature] = token.split(".");
  const other = (await sign(header(), { ...claims(), sub: "admin" })).split(".");
  for (const forged of [`${head}.${other[1]}.${signature}`, `${head}.${payload}.${other[2]}`, `${token}.`, token.slice(0, -1), `${token}=`, ` ${token}`]) {
    refused(undefined, () => verifier.verify(forged, at(0)), forged);
  }
  for (let n = 0; n < 100; n++) {
    const foreign = await signByOther(header(), { ...claims(), jti: `${n}` });
    refused("signature_invalid", () => verifier.verify(foreign, at(0)), foreign);
  }
  ok(verifier.verify(token, at(0)) === known, "still remembered");
});

test("those unused for longest give way, by number and by memory", async () => {
  const tokens = await Promise.all(Array.from({ length: 6 }, (_, n) => sign(header(), { ...claims(), jti: `${n}` })));
  const verifier = remembering({ entries: 3 });
  const known = tokens.map((text) => verifier.verify(text, at(0)));
  same(tokens.map((text, n) => n > 2 && verifier.verify(text, at(0)) === known[n]), [false, false, false, true, true, true]);
  ok(verifier.verify(tokens[0], at(0)) !== known[0], "forgotten");
  ok(verifier.verify(tokens[3], at(0)) !== known[3], "pushed out by it");
  for (const [bytes, remembered] of [[0, false], [1000, false], [100_000, true]]) same(isRemembered(remembering({ bytes }), token), remembered, `${bytes} bytes`);
  same(isRemembered(remembering({ entries: 0 }), token), false);
});

test("verifiers share what they remember only where all that decides is the same", async () => {
  const known = remembering().verify(token, at(0));
  ok(remembering().verify(token, at(0)) === known, "the same verifier, made anew");
  const others = await sign(header(), { ...claims(), aud: "other" });
  refused("audience_mismatch", () => remembering().verify(others, at(0)), others);
  same(createVerifier(jwks(), { ...policy, audience: "other", tokenCache: {} }).verify(others, at(0)).claims.aud, "other");
  refused("audience_mismatch", () => remembering().verify(others, at(0)), others);
  const rotated = createVerifier({ keys: [{ ...otherJwk(), kid: "sample" }] }, { ...policy, tokenCache: {} });
  refused("signature_invalid", () => rotated.verify(token, at(0)), token);
});

test("many verifiers that remember come and go", () => {
  const first = remembering();
  const known = first.verify(token, at(0));
  for (let n = 0; n < 40; n++) remembering({ entries: n + 1 });
  ok(first.verify(token, at(0)) !== known, "it was forgotten");
  ok(isRemembered(first, token), "and is remembered again");
});

test("an issuer's token is remembered for that issuer", async () => {
  const other = "https://other.example.com/";
  const list = [{ ...policy, jwks: jwks() }, { issuer: other, audience: AUDIENCE, jwks: { keys: [{ ...otherJwk(), kid: "sample" }] } }];
  const trusted = trustIssuers(list, { tokenCache: {} });
  const theirs = await signByOther(header(), { ...claims(), iss: other });
  same([token, theirs, token, theirs].map((text) => trusted.verify(text, at(0)).issuer), [ISSUER, other, ISSUER, other]);
  const forged = await sign(header(), { ...claims(), iss: other });
  refused("signature_invalid", () => trusted.verify(forged, at(0)), forged);
  refused("token_expired", () => trusted.verify(theirs, at(660)), theirs);
});

test("what is to be remembered is said in numbers", () => {
  const rows = [
    [undefined, "tokenCache"], [null, "tokenCache"], [true, "tokenCache"], [1000, "tokenCache"], ["", "tokenCache"], [[], "tokenCache"],
    [{ entries: undefined }, "tokenCache.entries"], [{ entries: -1 }, "tokenCache.entries"], [{ entries: 0.5 }, "tokenCache.entries"],
    [{ entries: "10" }, "tokenCache.entries"], [{ entries: 100_001 }, "tokenCache.entries"], [{ bytes: 2 ** 26 + 1 }, "tokenCache.bytes"],
    [{ bytes: null }, "tokenCache.bytes"], [{ size: 1 }, "tokenCache.size"],
  ];
  for (const [tokenCache, option] of rows) {
    for (const call of [() => createVerifier(jwks(), { tokenCache }), () => trustIssuers([{ ...policy, jwks: jwks() }], { tokenCache })]) {
      same(refused("invalid_option", call).evidence.option, option, JSON.stringify(tokenCache));
    }
  }
  same(refused("invalid_option", () => verify(token, jwks(), { ...options(), tokenCache: {} }), token).evidence.option, "tokenCache");
  same(refused("invalid_option", () => trustIssuers([{ ...policy, jwks: jwks(), tokenCache: {} }])).evidence.option, "tokenCache");
  for (const beside of [{ audience: "x" }, { currentDate }]) refused("invalid_option", () => trustIssuers([{ ...policy, jwks: jwks() }], beside));
  for (const beside of [null, [], 1, "x"]) same(refused("invalid_option", () => trustIssuers([{ ...policy, jwks: jwks() }], beside)).evidence.option, "options");
});
