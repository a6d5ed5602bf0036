// What a token says, believed by nobody.

import { decodeUnverified } from "doorward";
import { same, test } from "../harness.mjs";
import { refused } from "../refusal.mjs";
import { claims, header, sign, signByOther, token } from "../sample.mjs";

test("header and claims are read whoever signed them", async () => {
  same(decodeUnverified(token), { header: header(), claims: claims() });
  same(decodeUnverified(await signByOther({ alg: "none" }, { exp: 0, aud: [1] })), { header: { alg: "none" }, claims: { exp: 0, aud: [1] } });
});

test("they inherit nothing", async () => {
  const decoded = decodeUnverified(await sign(`{"alg":"x","__proto__":1}`, `{"__proto__":{"admin":true}}`));
  for (const record of [decoded.header, decoded.claims]) same(Object.getPrototypeOf(record), null);
  same([decoded.claims.admin, Object.keys(decoded.claims)], [undefined, ["__proto__"]]);
});

test("what cannot be read in one way only is refused", async () => {
  const spoilt = [
    ["token_malformed", "a.b"],
    ["token_malformed", `${token}=`],
    ["token_too_large", "a".repeat(16 * 1024 + 1)],
    ["jwe_not_supported", "a.b.c.d.e"],
    ["header_malformed", await sign(`{"alg":"x","alg":"y"}`)],
    ["claims_malformed", await sign(header(), `{"aud":"x","aud":"y"}`)],
  ];
  for (const [code, text] of spoilt) refused(code, () => decodeUnverified(text), text);
});
