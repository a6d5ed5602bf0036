// What a provider may do wrong, and what clients of the gate must then see: for a good token 200 or 503, never 401;
// for any other never 2xx; an answer in time; and 200 again soon after the provider is well.

import { ask, pause } from "./client.mjs";
import { expect } from "./expectations.mjs";
import { BEHAVIOURS, startProvider } from "./provider.mjs";

const { cached, changed, delayed, redirect, status, text, typed } = BEHAVIOURS;
const both = (behaviour) => ({ metadata: behaviour, keys: behaviour });

/** One document's fault each. `healthy`: it is none to the gate. */
const FAULTS = {
  "connections are refused": { refused: true },
  "connections are reset": both(BEHAVIOURS.reset),
  "the metadata is answered 500": { metadata: status(500) },
  "the metadata is answered 404": { metadata: status(404) },
  "the metadata never comes": { metadata: BEHAVIOURS.never },
  "the metadata drips": { metadata: BEHAVIOURS.drip },
  "the metadata is truncated": { metadata: BEHAVIOURS.truncated },
  "the metadata never ends": { metadata: BEHAVIOURS.endless },
  "the metadata is a gzip bomb": { metadata: BEHAVIOURS.bomb },
  "the metadata redirects to an attacker": { metadata: (exchange) => redirect(attacker.issuer)(exchange) },
  "the metadata is HTML": { metadata: text("<!doctype html><title>Sign in</title>") },
  "the metadata is of type HTML": { metadata: typed("text/html") },
  "the metadata is empty": { metadata: text("") },
  "the metadata is a list": { metadata: text("[]") },
  "the metadata is of another issuer": { metadata: changed(() => ({ issuer: "https://other.example" })) },
  "the metadata's issuer has a slash more": { metadata: changed(({ issuer }) => ({ issuer: `${issuer}/` })) },
  "the metadata's issuer is missing": { metadata: changed(() => ({ issuer: undefined })) },
  "the keys' address is missing": { metadata: changed(() => ({ jwks_uri: undefined })) },
  "the keys' address is a file": { metadata: changed(() => ({ jwks_uri: "file:///etc/passwd" })) },
  "the keys' address is data": { metadata: changed(() => ({ jwks_uri: `data:application/json,{"keys":[]}` })) },
  "the keys' address is http elsewhere": { metadata: changed(() => ({ jwks_uri: "http://192.0.2.1/jwks" })) },
  "the keys' address has a user": { metadata: changed(({ port }) => ({ jwks_uri: `http://user:word@127.0.0.1:${port}/jwks` })) },
  "the keys are answered 500": { keys: status(500) },
  "the keys are answered 204": { keys: ({ response }) => response.writeHead(204).end() },
  "the keys are answered 206": { keys: status(206) },
  "the keys never come": { keys: BEHAVIOURS.never },
  "the keys drip": { keys: BEHAVIOURS.drip },
  "the keys are truncated": { keys: BEHAVIOURS.truncated },
  "the keys never end": { keys: BEHAVIOURS.endless },
  "the keys are a gzip bomb": { keys: BEHAVIOURS.bomb },
  "the keys redirect to an attacker": { keys: (exchange) => redirect(attacker.issuer)(exchange) },
  "the keys redirect to themselves": { keys: (exchange) => redirect(exchange.provider.issuer)(exchange) },
  "the keys are garbage": { keys: text('{"keys":[{"kty":') },
  "the keys are HTML": { keys: text("<!doctype html>") },
  "the keys are none": { keys: text('{"keys":[]}') },
  "the keys are of no use": { keys: changed(() => ({ keys: [{ kty: "oct", k: "AAAA" }, { kty: "EC" }, null, 1] })) },
  "the keys are for encryption": { keys: changed((provider) => ({ keys: provider.signer.keys.keys.map((key) => ({ ...key, use: "enc" })) })) },
  "all is slow": { ...both(delayed(600)), healthy: true },
  "the keys are of type HTML": { keys: typed("text/html"), healthy: true },
  "bad keys are among the keys": { keys: changed((provider) => ({ keys: [null, { kty: "RSA", n: "!" }, ...provider.signer.keys.keys] })), healthy: true },
  "the keys must not be stored": { keys: cached("no-store"), healthy: true },
};

/** A server with keys that nobody trusts, and all documents in good order. */
let attacker;

export async function providerFaults(gates, test) {
  attacker = await startProvider();
  const faults = Object.entries(FAULTS);
  // Of a provider that is known, no metadata is asked for while its keys can be had.
  const lasting = faults.filter(([, { keys, refused, healthy }]) => (keys || refused) && !healthy);
  await inLanes([
    ...lasting.map(([name, fault]) => () => test(`${name}, and there were keys before`, () => warm(gates, fault))),
    ...faults.map(([name, fault]) => () => test(`${name}, and there were no keys before`, () => cold(gates, fault))),
  ]);
  attacker.stop();
}

/** Most of the time is waiting, yet all at once would keep each other waiting. */
async function inLanes(tasks) {
  await Promise.all(Array.from({ length: LANES }, async () => {
    for (let next = tasks.shift(); next !== undefined; next = tasks.shift()) await next();
  }));
}

async function scene(gates, keys) {
  const provider = await startProvider();
  const gate = await gates.make((resource) => ({ resource, insecureLoopback: true, issuers: [provider.issuer], keys }));
  const good = () => provider.token({}, gate.url);
  const forged = () => attacker.token({ claims: { iss: provider.issuer } }, gate.url);
  return { provider, gate, good, forged };
}

async function begin(provider, { metadata = provider.metadata, keys = provider.keys, refused }) {
  Object.assign(provider, { metadata, keys });
  if (refused) await provider.refuse();
  else for (const socket of provider.sockets) socket.destroy(); // no connection of before is used again
}

async function mend(provider, { refused }) {
  Object.assign(provider, { metadata: BEHAVIOURS.good, keys: BEHAVIOURS.good });
  if (refused) await provider.listen();
}

/** The first requests ever meet the fault. */
async function cold(gates, fault) {
  const { provider, gate, good, forged } = await scene(gates, TIMING);
  await begin(provider, fault);
  const tokens = [good(), good(), forged(), provider.token({ claims: { exp: 1 } }, gate.url), undefined];
  const [first, second, other, expired, none] = await Promise.all(tokens.map(async (token) => ask(gate.url, await token)));
  for (const answer of [first, second]) {
    if (fault.healthy) expect(answer.status === 200, "200", answer);
    else unavailable(answer);
  }
  for (const answer of [other, expired]) expect([401, 503].includes(answer.status), "401 or 503", answer);
  expect(none.status === 401, "401", none);
  for (const answer of [first, second, other, expired, none]) inTime(answer);
  if (!fault.healthy) await codes(gates, gate, "keys_unavailable");
  expect((provider.endlessBytes ?? 0) < MAX_TAKEN_BYTES, `at most ${MAX_TAKEN_BYTES} bytes taken`, provider.endlessBytes);
  await mend(provider, fault);
  await recovered(gate, good);
  expect((await ask(gate.url, await forged())).status !== 200, "no 200 for a forged token", {});
  provider.stop();
}

/** Keys were there, and became old in the outage: they are used for the time that was said, and no longer. */
async function warm(gates, fault) {
  const { provider, gate, good, forged } = await scene(gates, { ...TIMING, maxAge: MAX_AGE, staleFor: STALE_FOR });
  expect((await ask(gate.url, await good())).status === 200, "200 before the fault", {});
  const began = performance.now();
  await begin(provider, fault);
  const seconds = () => (performance.now() - began) / 1000;
  const seen = [];
  while (seconds() < MAX_AGE + STALE_FOR + 1.5) {
    const asked = seconds();
    const [answer, other] = await Promise.all([good(), forged()].map(async (token) => ask(gate.url, await token)));
    expect(other.status !== 200, "no 200 for a forged token", other);
    [answer, other].forEach(inTime);
    if (answer.status !== 200) unavailable(answer);
    const stale = answer.status === 200 && JSON.parse(answer.text).result.stale;
    seen.push({ asked, status: answer.status, stale });
    await pause(300);
  }
  const stale = seen.filter((each) => each.stale);
  expect(stale.length > 0, "stale keys in use", seen);
  // Instants are whole seconds in the core, and a request that waits for an attempt began before it.
  const last = Math.max(...seen.filter((each) => each.status === 200).map(({ asked }) => asked));
  expect(last <= MAX_AGE + STALE_FOR + 1, `no stale keys after ${MAX_AGE + STALE_FOR} seconds`, seen);
  expect(seen.at(-1).status === 503, "503 in the end", seen);
  const events = await gates.events(gate);
  expect(events.some((event) => event.decision === "allow" && event.stale === true), "an event that says stale", events.at(-1));
  await mend(provider, fault);
  await recovered(gate, good);
  provider.stop();
}

/** 200 again, soon, and nothing but 503 until then. */
async function recovered(gate, good) {
  const began = performance.now();
  for (;;) {
    const answer = await ask(gate.url, await good());
    if (answer.status === 200 && !JSON.parse(answer.text).result.stale) return;
    if (answer.status !== 200) unavailable(answer);
    expect(performance.now() - began < MAX_RECOVERY_MILLISECONDS, "200 after the provider is well", answer);
    await pause(200);
  }
}

async function codes(gates, gate, code) {
  const events = await gates.events(gate);
  expect(events.some((event) => event.code === code && event.status === 503), `an event ${code}`, events);
}

function unavailable(answer) {
  expect(answer.status === 503 && Number(answer.headers["retry-after"]) >= 1, "503 with Retry-After", answer);
  expect(answer.headers["www-authenticate"] === undefined, "no challenge", answer);
}

function inTime(answer) {
  expect(answer.milliseconds < MAX_ANSWER_MILLISECONDS, `an answer within ${MAX_ANSWER_MILLISECONDS} ms`, answer);
}

/** Of what never ends: the limit of 512 KiB for each attempt, and what the system keeps on the way. */
const MAX_TAKEN_BYTES = 20 * 2 ** 20;
const LANES = 14;

/** Seconds. Two places of metadata and the keys may take three times as long as one document. */
const TIMING = { timeout: 1.5, cooldown: 1 };
const MAX_AGE = 1;
const STALE_FOR = 3;
const MAX_ANSWER_MILLISECONDS = 7000;
/** The pauses after failures are 1, 2, 4, 8 seconds: in five seconds of outage the last is four or eight. */
const MAX_RECOVERY_MILLISECONDS = 12_000;
