// Keys over time, with a provider and a clock that do as they are told.

import { createGate } from "doorward";
import { ok, same, test } from "../harness.mjs";
import { header, jwk, otherJwk, signByOther, claims } from "../sample.mjs";
import { ISSUER, RESOURCE, atTimes, gateOptions, hurried, now, pause, post, source, token, until } from "./gate-sample.mjs";

const DISCOVERY = `${ISSUER}/.well-known/oauth-authorization-server`;
const OPENID = `${ISSUER}/.well-known/openid-configuration`;
const KEYS = `${ISSUER}/keys`;

/** A provider: its documents by address, each a value or a function that gives an answer, and what was asked of it. */
function provider(changes = {}) {
  const documents = { [DISCOVERY]: { issuer: ISSUER, jwks_uri: KEYS }, [KEYS]: { keys: [jwk()] }, ...changes };
  const asked = [];
  const fetch = async (address, init) => {
    asked.push({ address, ...init });
    const document = documents[address];
    if (typeof document === "function") return document(init);
    return document === undefined ? new Response("no", { status: 404 }) : Response.json(document);
  };
  return { fetch, asked, documents, addresses: () => asked.map(({ address }) => address) };
}

const gateOf = ({ fetch }, changes = {}) => createGate({ ...gateOptions(), issuers: [ISSUER], fetch, ...changes });

async function statusOf(gate, bearer, ctx) {
  const { allowed, response } = await gate.authorize(post(bearer ?? (await token())), ctx);
  return allowed ? 200 : response.status;
}

const byOther = (kid) => signByOther({ ...header(), kid }, { ...claims(), iss: ISSUER, aud: RESOURCE, scope: "mcp:read", iat: now(), nbf: now(), exp: now() + 600 });

test("keys: they are found by the issuer's metadata, once", async () => {
  const idp = provider();
  const gate = gateOf(idp);
  for (let times = 0; times < 3; times++) same(await statusOf(gate), 200);
  same(idp.addresses(), [DISCOVERY, KEYS]);
  for (const { method, redirect, headers, signal } of idp.asked) {
    same([method, redirect, headers], ["GET", "manual", { accept: "application/json" }]);
    ok(signal instanceof AbortSignal, "can be ended");
  }
});

test("keys: any answer that is not the document leads to the next place", async () => {
  const answers = [
    () => new Response("no", { status: 404 }), () => Response.json({ issuer: `${ISSUER}/`, jwks_uri: KEYS }), () => new Response("<html>"),
    () => new Response(null, { status: 302, headers: { location: DISCOVERY } }), () => new Response(source().stream),
  ];
  for (const answer of answers) {
    const idp = provider({ [DISCOVERY]: answer, [OPENID]: { issuer: ISSUER, jwks_uri: KEYS } });
    same(await statusOf(gateOf(idp)), 200, String(answer));
    same(idp.addresses(), [DISCOVERY, OPENID, KEYS]);
  }
});

test("keys: an address that is configured is asked alone, and keys that are given are not fetched", async () => {
  const idp = provider();
  same(await statusOf(gateOf(idp, { issuers: [{ issuer: ISSUER, jwksUri: KEYS }] })), 200);
  same(idp.addresses(), [KEYS]);
  same(await statusOf(gateOf(idp, { issuers: [{ issuer: ISSUER, jwks: JSON.stringify({ keys: [jwk()] }) }] })), 200);
  same(idp.asked.length, 1);
});

test("keys: nothing is fetched for a request without a token, or with one of another issuer", async () => {
  const idp = provider();
  const gate = gateOf(idp);
  same((await gate.authorize(post())).response.status, 401);
  same(await statusOf(gate, await token({ iss: "https://evil.example.com" })), 401);
  same(await statusOf(gate, await token({}, { ...header(), jku: "https://evil.example.com/keys" })), 200);
  same(idp.addresses(), [DISCOVERY, KEYS]);
});

test("keys: two hundred requests at once fetch what one fetches", async () => {
  const slow = async (document) => (await pause(30), Response.json(document));
  const idp = provider({ [DISCOVERY]: () => slow({ issuer: ISSUER, jwks_uri: KEYS }), [KEYS]: () => slow({ keys: [jwk()] }) });
  const gate = gateOf(idp);
  const bearer = await token();
  const statuses = await Promise.all(Array.from({ length: 200 }, () => statusOf(gate, bearer)));
  same(statuses.filter((status) => status !== 200), []);
  same(idp.addresses(), [DISCOVERY, KEYS]);
});

const FAULTS = {
  "does not answer": () => { throw new TypeError("refused"); },
  "answers with an error": () => new Response("no", { status: 500 }),
  "redirects": () => new Response(null, { status: 302, headers: { location: "https://evil.example.com/keys" } }),
  "was redirected by its fetch": () => Object.defineProperty(Response.json({ keys: [jwk()] }), "redirected", { value: true }),
  "redirects where a browser hides it": () => Object.defineProperties(new Response(null), { type: { value: "opaqueredirect" }, status: { value: 0 } }),
  "never answers": () => new Promise(() => {}),
  "never ends": () => new Response(new ReadableStream({ pull: () => new Promise(() => {}) })),
  "breaks off": () => new Response(new ReadableStream({ pull: (controller) => controller.error(new Error("gone")) })),
  "answers without end": () => new Response(source().stream),
  "answers nonsense": () => new Response("{\"keys\":"),
  "has no keys": () => Response.json({ keys: [] }),
  "has none that can be used": () => Response.json({ keys: [{ kty: "oct", k: "AAAA" }, null, { kty: "OKP" }] }),
  "answers with nothing": () => new Response(null),
};

for (const [name, answer] of Object.entries(FAULTS)) {
  test(`keys: a provider that ${name} is a 503, until it recovers`, async () => {
    await atTimes(async (forward) => {
      const events = [];
      const idp = provider({ [KEYS]: answer });
      const gate = gateOf(idp, { keys: { timeout: 0.05 }, onDecision: (event) => events.push(event) });
      const { allowed, response } = await gate.authorize(post(await token()));
      same([allowed, response.status], [false, 503]);
      ok(/^[1-9]\d*$/u.test(response.headers.get("retry-after")), response.headers.get("retry-after"));
      same([response.headers.get("www-authenticate"), events[0].decision, events[0].status, events[0].code], [null, "deny", 503, "keys_unavailable"]);
      ok(idp.asked.every(({ signal }) => signal.aborted), "nothing is left open");
      const before = idp.asked.length;
      for (let times = 0; times < 20; times++) same(await statusOf(gate), 503);
      ok(idp.asked.length <= before + 2, `${idp.asked.length - before} more fetches at once`);
      idp.documents[KEYS] = { keys: [jwk()] };
      forward(60);
      same(await statusOf(gate), 200);
    });
  });
}

test("keys: no more of an answer is read than is allowed, and the rest is cancelled", async () => {
  let below;
  const idp = provider({ [KEYS]: () => {
    below = { pulled: 0, cancelled: false };
    return new Response(new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(65_536).fill(0x20 + (below.pulled++ % 2))),
      cancel: () => void (below.cancelled = true),
    }, { highWaterMark: 0 }));
  } });
  same(await statusOf(gateOf(idp)), 503);
  await until(() => below.cancelled, "cancelled");
  ok(below.pulled >= 9 && below.pulled <= 11, `${below.pulled} chunks of 64 KiB`); // 512 KiB, and one more to see that there is more
});

test("keys: an answer that is none is not read", async () => {
  for (const status of [404, 302, 500]) {
    const below = source();
    const idp = provider({ [DISCOVERY]: () => new Response(below.stream, { status }), [OPENID]: { issuer: ISSUER, jwks_uri: KEYS } });
    same(await statusOf(gateOf(idp)), 200);
    await until(() => below.cancelled, "cancelled");
    ok(below.pulled <= 1, `${below.pulled} chunks`);
  }
});

test("keys: unknown ones are looked for once a cool-down, whatever comes of it", async () => {
  await atTimes(async (forward) => {
    const idp = provider();
    const gate = gateOf(idp);
    same(await statusOf(gate), 200);
    for (const round of [1, 2]) {
      for (let times = 0; times < 50; times++) {
        const status = await statusOf(gate, await byOther(`${round}-${times}`));
        ok(status === 401 || status === 503, `${status}`);
      }
      same(idp.addresses().filter((address) => address === KEYS).length, 1 + round);
      forward(31);
      if (round === 1) idp.documents[KEYS] = FAULTS["answers with an error"];
    }
    same(await statusOf(gate), 200);
  });
});

test("keys: a new key is known with its first token, and one that is withdrawn no longer is", async () => {
  await atTimes(async (forward) => {
    const idp = provider();
    const gate = gateOf(idp);
    same(await statusOf(gate), 200);
    idp.documents[KEYS] = { keys: [otherJwk()] };
    same(await statusOf(gate, await byOther("other")), 200);
    forward(31);
    const old = await statusOf(gate);
    ok(old === 401 || old === 503, `${old}`);
    same(await statusOf(gate, await byOther("other")), 200);
  });
});

test("keys: they are fetched again before they are too old, while requests go on", async () => {
  await atTimes(async (forward) => {
    const idp = provider({ [KEYS]: () => Response.json({ keys: [jwk()] }, { headers: { "cache-control": "max-age=100" } }) });
    const gate = gateOf(idp);
    same(await statusOf(gate), 200);
    forward(80);
    const kept = [];
    const ctx = { waitUntil: (promise) => kept.push(promise) };
    same(await statusOf(gate, undefined, ctx), 200);
    same(kept.length, 1);
    await Promise.all(kept);
    same(idp.addresses().filter((address) => address === KEYS).length, 2);
    forward(80);
    same(await statusOf(gate), 200); // without a context it is done all the same
    await until(() => idp.addresses().filter((address) => address === KEYS).length === 3, "fetched");
  });
});

test("keys: in an outage old ones are used for a while, which is said, and then no more", async () => {
  await atTimes(async (forward) => {
    const events = [];
    const idp = provider({ [KEYS]: () => Response.json({ keys: [jwk()] }, { headers: { "cache-control": "max-age=100" } }) });
    const gate = gateOf(idp, { keys: { staleFor: 600 }, onDecision: ({ stale }) => events.push(stale) });
    same(await statusOf(gate), 200);
    const healthy = { ...idp.documents };
    idp.documents[KEYS] = idp.documents[DISCOVERY] = FAULTS["does not answer"];
    forward(200);
    const { allowed, access } = await gate.authorize(post(await token()));
    same([allowed, access.stale, events], [true, true, [false, true]]);
    forward(400);
    same(await statusOf(gate), 200);
    forward(200);
    same(await statusOf(gate), 503);
    Object.assign(idp.documents, healthy);
    forward(60);
    same(await statusOf(gate), 200);
    same(events.at(-1), false);
  });
});

test("keys: a fetch goes on when its client has left, and waiting has an end", async () => {
  let answer;
  const idp = provider({ [KEYS]: () => new Promise((resolve) => (answer = () => resolve(Response.json({ keys: [jwk()] })))) });
  const gate = gateOf(idp, { keys: { timeout: 13 } });
  const kept = [];
  const bearer = await token();
  const ctx = { waitUntil: (promise) => kept.push(promise) };
  const statuses = await hurried(() => Promise.all([statusOf(gate, bearer, ctx), statusOf(gate, bearer)]));
  same([statuses, kept.length, idp.asked.length], [[503, 503], 1, 2]);
  answer();
  await Promise.all(kept);
  same([await statusOf(gate, bearer), idp.asked.length], [200, 2]);
});

/** A store in memory, and what was done with it. */
function memory(changes = {}) {
  const kept = new Map();
  const puts = [];
  const get = async (key) => kept.get(key);
  const put = async (key, text, seconds) => {
    await pause(20);
    puts.push({ key, seconds });
    kept.set(key, text);
  };
  return { kept, puts, get, put, ...changes };
}

test("keys: what one isolate has fetched the next takes from the store", async () => {
  const store = memory();
  const idp = provider();
  const kept = [];
  same(await statusOf(gateOf(idp, { store }), undefined, { waitUntil: (promise) => kept.push(promise) }), 200);
  await Promise.all(kept);
  same([store.puts.length, store.kept.size, idp.asked.length], [1, 1, 2]);
  ok(store.puts[0].seconds >= 7200, `${store.puts[0].seconds} seconds`);
  const elsewhere = provider();
  same(await statusOf(gateOf(elsewhere, { store })), 200);
  same(elsewhere.asked.length, 0);
});

test("keys: a record that is too old, or of another issuer, is not enough", async () => {
  await atTimes(async (forward) => {
    const store = memory();
    same(await statusOf(gateOf(provider(), { store })), 200);
    await until(() => store.kept.size === 1, "stored");
    forward(4000);
    const idp = provider();
    same(await statusOf(gateOf(idp, { store })), 200);
    ok(idp.addresses().includes(KEYS), "fetched");
    const [record] = store.kept.values();
    const other = provider();
    same(await statusOf(gateOf(other, { store: memory({ get: async () => record.replaceAll(ISSUER, "https://other.example.com") }) })), 200);
    ok(other.addresses().includes(KEYS), "fetched");
  });
});

const STORES = {
  "fails": { get: async () => { throw new Error("no"); }, put: async () => { throw new Error("no"); } },
  "throws": { get() { throw new Error("no"); }, put() { throw new Error("no"); } },
  "gives nonsense": { get: async () => "{\"keys\":[]}" },
  "gives something else": { get: async () => ({}) },
  "gives null": { get: async () => null },
  "never answers": { get: () => new Promise(() => {}), put: () => new Promise(() => {}) },
};

for (const [name, changes] of Object.entries(STORES)) {
  test(`keys: a store that ${name} breaks no request`, async () => {
    const idp = provider();
    const gate = gateOf(idp, { store: memory(changes) });
    same(await hurried(() => statusOf(gate)), 200);
    same([await statusOf(gate), idp.asked.length], [200, 2]);
  });
}

test("keys: the metadata of the issuer is repeated where old clients look for it", async () => {
  const idp = provider({ [DISCOVERY]: { issuer: ISSUER, jwks_uri: KEYS, token_endpoint: `${ISSUER}/token` } });
  const gate = gateOf(idp, { authorizationServerMetadata: true });
  const address = "https://mcp.example.com/.well-known/oauth-authorization-server";
  const { response } = await gate.authorize(new Request(address));
  same([response.status, (await response.json()).token_endpoint], [200, `${ISSUER}/token`]);
  same(gate.metadata(new Request(address)), undefined);
  same((await gateOf(idp).authorize(new Request(address))).response.status, 404);
});
