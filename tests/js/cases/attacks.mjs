// The attacks of tests/data/attacks.json through the package, where JavaScript could add a weakness of its own.

import { createVerifier, decodeUnverified, explain, verify } from "doorward";
import { FORGERIES } from "../forgeries.mjs";
import { ok, same, test } from "../harness.mjs";
import { refused } from "../refusal.mjs";
import { AUDIENCE, NOW, base64url, claims, header, jwk, jwks, options, otherJwk, sign, signByOther, token } from "../sample.mjs";

for (const [name, forgeries] of Object.entries(FORGERIES)) {
  test(`attack: ${name}`, () => {
    const verifier = createVerifier(jwks(), { issuer: options().issuer, audience: options().audience });
    same(verify(token, jwks(), options()).key.index, 0);
    for (const [text, code] of forgeries) {
      refused(code, () => verify(text, jwks(), options()), text);
      refused(code, () => verifier.verify(text, { currentDate: options().currentDate }), text);
      same(explain(text, jwks(), options()).code, code);
    }
    same(verify(token, jwks(), options()).key.index, 0);
  });
}

test("keys that are counted as false", () => {
  for (const keys of [undefined, null, "", 0, -0, NaN, false, 0n]) refused("jwks_malformed", () => verify(token, keys, options()), token);
  for (const keys of [{}, { keys: null }, { keys: undefined }, { keys: "" }, { keys: 0 }, { keys: {} }]) refused("jwks_malformed", () => verify(token, keys, options()), token);
  for (const key of [null, "", 0, false, undefined, [], {}]) refused("key_not_found", () => verify(token, { keys: [key] }, options()), token);
  for (const x of ["", null, 0, false, undefined, [], {}, "A".repeat(43)]) refused("key_unusable", () => verify(token, { keys: [{ ...jwk(), x }] }, options()), token);
});

test("keys that carry an algorithm do not widen the list", () => {
  refused("algorithm_not_allowed", () => verify(token, jwks(), { ...options(), algorithms: ["ES256"] }), token);
  refused("key_unusable", () => verify(token, { keys: [{ ...jwk(), alg: "HS256" }] }, options()), token);
  for (const name of ["HS256", "none", "None", ""]) refused("invalid_option", () => verify(token, jwks(), { ...options(), algorithms: ["EdDSA", name] }), token);
});

test("nothing is fetched, whatever a header says", async () => {
  const real = globalThis.fetch;
  const asked = [];
  globalThis.fetch = (address) => {
    asked.push(address);
    return Promise.reject(new Error("no"));
  };
  try {
    for (const member of ["jku", "x5u", "kid", "iss"]) {
      const text = await sign({ ...header(), [member]: "https://attacker.example.com/keys" });
      if (member === "kid") refused("key_not_found", () => verify(text, jwks(), options()), text);
      else same(verify(text, jwks(), options()).key.index, 0, member);
      explain(text, jwks(), options());
      decodeUnverified(text);
    }
    const keys = { keys: [{ ...jwk(), x5u: "https://attacker.example.com/certificate", jku: "https://attacker.example.com/keys" }] };
    same(verify(token, keys, options()).key.index, 0);
  } finally {
    globalThis.fetch = real;
  }
  same(asked, []);
});

test("a key of any name is found by that name", async () => {
  for (const kid of ["__proto__", "constructor", "toString", "length", "0", "", "../../dev/null"]) {
    const text = await sign({ ...header(), kid });
    same(verify(text, { keys: [otherJwk(), { ...jwk(), kid }] }, options()).key, { kid, alg: "EdDSA", index: 1 });
  }
});

test("duplicate members of keys, however they are spelt", () => {
  const text = JSON.stringify(jwk());
  for (const member of ['"kty":"OKP"', '"k\\u0074y":"oct"', '"kid":"sample"', '"__proto__":1,"__proto__":2', '"y":{"a":1,"a":2}']) {
    refused("jwks_malformed", () => verify(token, `{"keys":[${text.slice(0, -1)},${member}}]}`, options()), token);
  }
  for (const member of ['"keys":[]', '"ke\\u0079s":[]']) refused("jwks_malformed", () => verify(token, `{"keys":[${text}],${member}}`, options()), token);
});

test("what comes out inherits nothing, and pollutes nothing", async () => {
  const text = await sign(`${JSON.stringify(header()).slice(0, -1)},"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}`,
    `${JSON.stringify(claims()).slice(0, -1)},"__proto__":{"polluted":1,"admin":true},"constructor":{"prototype":{"polluted":1}}}`);
  for (const { header: head, claims: said } of [verify(text, jwks(), options()), decodeUnverified(text)]) {
    for (const record of [head, said]) {
      same(Object.getPrototypeOf(record), null);
      same([record.polluted, record.admin, record.toString, record.hasOwnProperty], [undefined, undefined, undefined, undefined]);
      same(Object.hasOwn(record, "__proto__"), true);
    }
  }
  same([{}.polluted, {}.admin, Object.polluted], [undefined, undefined, undefined]);
});

test("a polluted prototype is no option, no key and no claim", async () => {
  const polluted = { issuer: "https://attacker.example.com/", audience: "x", keys: [], kid: "other", exp: 1, cnf: {}, nonce: "n", code: "x" };
  const late = await sign(header(), { ...claims(), exp: undefined });
  for (const [name, value] of Object.entries(polluted)) Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
  try {
    same(verify(token, jwks(), options()).key.kid, "sample");
    same(verify(token, jwks(), { currentDate: options().currentDate }).issuer, null);
    refused("claim_missing", () => verify(late, jwks(), options()), late);
    refused("jwks_malformed", () => verify(token, {}, options()), token);
  } finally {
    for (const name of Object.keys(polluted)) delete Object.prototype[name];
  }
});

test("no option is a pattern", () => {
  for (const option of ["issuer", "audience", "subject", "typ", "algorithms", "requiredScopes", "requiredClaims"]) {
    for (const pattern of [/.*/u, /.*/gu, /(a+)+$/u, [/.*/u]]) {
      for (let round = 0; round < 3; round++) refused("invalid_option", () => verify(token, jwks(), { ...options(), [option]: pattern }), token);
    }
  }
  for (const pattern of [".*", "^https://", "/login/g", "*", "(a+)+$"]) {
    for (let round = 0; round < 3; round++) {
      refused("issuer_mismatch", () => verify(token, jwks(), { ...options(), issuer: pattern }), token);
      refused("audience_mismatch", () => verify(token, jwks(), { ...options(), audience: pattern }), token);
    }
  }
});

test("no answer is remembered", async () => {
  const verifier = createVerifier(jwks(), { issuer: options().issuer, audience: AUDIENCE });
  const at = (seconds) => ({ currentDate: new Date(seconds * 1000) });
  for (let round = 0; round < 3; round++) {
    same(verifier.verify(token, at(NOW)).claims.sub, "user-1");
    refused("token_expired", () => verifier.verify(token, at(NOW + 660)), token);
    refused("key_not_found", () => verify(token, { keys: [] }, options()), token);
    refused("audience_mismatch", () => verify(token, jwks(), { ...options(), audience: "https://other.example.com/" }), token);
  }
  for (const sub of ["user-1", "user-2", "user-1"]) {
    const text = await sign(header(), { ...claims(), sub });
    same(verifier.verify(text, at(NOW)).claims.sub, sub);
  }
});

test("a key of one tenant is no key of another", async () => {
  const [one, other] = ["72f988bf-86f1-41af-91ab-2d7cd011db47", "f645ad92-e38d-4d1a-b510-d1b09a74a8ca"];
  const issuerOf = (tenant) => `https://login.microsoftonline.com/${tenant}/v2.0`;
  const given = { ...options(), profile: "entra", issuer: issuerOf("{tenantid}"), tenants: [one, other] };
  const of = (tenant, tid = tenant) => sign(header(), { ...claims(), iss: issuerOf(tenant), tid });
  const keysOf = (issuer) => ({ keys: [{ ...jwk(), issuer }] });
  for (const issuer of [undefined, issuerOf(one), issuerOf("{tenantid}")]) same(verify(await of(one), keysOf(issuer), given).issuer, issuerOf(one));
  const [mine, mixed, third] = [await of(one), await of(one, other), await of("00000000-0000-0000-0000-000000000000")];
  refused("issuer_mismatch", () => verify(mine, keysOf(issuerOf(other)), given), mine);
  refused("claim_malformed", () => verify(mixed, keysOf(issuerOf("{tenantid}")), given), mixed);
  refused("issuer_mismatch", () => verify(third, keysOf(issuerOf("{tenantid}")), given), third);
});

test("a signature that does not hold has one answer whatever the cause", async () => {
  const [head, payload, signature] = token.split(".");
  const answers = new Set();
  const forgeries = [
    await signByOther(), `${head}.${base64url(JSON.stringify({ ...claims(), exp: 1 }))}.${signature}`, `${head}.${base64url("x")}.${signature}`, `${head}..${signature}`,
    `${head}.${payload}.`, ...FORGERIES["signatures that are none"].map(([text]) => text),
  ];
  for (const text of forgeries) {
    const error = refused("signature_invalid", () => verify(text, jwks(), options()), text);
    same(error.evidence, {});
    answers.add(JSON.stringify(error));
  }
  const several = { keys: [otherJwk(), jwk(), { ...otherJwk(), kid: "sample" }] };
  answers.add(JSON.stringify(refused("signature_invalid", () => verify(forgeries[4], several, options()), forgeries[4])));
  same(answers.size, 1);
  ok(forgeries.length > 20, "many causes");
});

/** Counts what is fetched while `body` runs. */
function fetched(body) {
  const { fetch } = globalThis;
  let count = 0;
  globalThis.fetch = () => {
    count++;
    throw new Error("nothing is to be fetched");
  };
  try {
    body();
  } finally {
    globalThis.fetch = fetch;
  }
  return count;
}

test("a flood of unknown kids fetches nothing and wipes nothing", () => {
  const keys = jwks();
  const [, payload, signature] = token.split(".");
  const requests = fetched(() => {
    for (let at = 0; at < 10_000; at++) {
      const flood = `${base64url(JSON.stringify({ ...header(), kid: `random-${at}` }))}.${payload}.${signature}`;
      const error = refused("key_not_found", () => verify(flood, keys, options()), flood);
      if (at === 0) same(error.evidence.usable, 1);
    }
    same(verify(token, keys, options()).key.index, 0);
  });
  same(requests, 0);
});

test("an address is no key set, and is not followed", () => {
  const requests = fetched(() => {
    for (const address of ["file:///etc/passwd", "http://login.example.com/jwks.json", "https://login.example.com/jwks.json"]) {
      for (const keys of [address, new URL(address), { keys: address }, { jwks_uri: address }]) {
        refused("jwks_malformed", () => verify(token, keys, options()), token);
        refused("jwks_malformed", () => createVerifier(keys));
      }
    }
  });
  same(requests, 0);
});

test("a key that was revoked verifies no more", () => {
  const keys = { keys: [jwk(), otherJwk()] };
  same(verify(token, keys, options()).key.index, 0);
  keys.keys.shift();
  refused("key_not_found", () => verify(token, keys, options()), token);
  refused("key_not_found", () => verify(token, JSON.stringify(keys), options()), token);
  keys.keys = [jwk()];
  same(verify(token, keys, options()).key.index, 0);
});
