// The first requests that a gate gets meet a provider that is not well; then it is.

import { ask, pause } from "./client.mjs";
import { expect } from "./expectations.mjs";
import { BEHAVIOURS, startProvider } from "./provider.mjs";
import { FAULTS, TIMEOUT, asked, begin, inTime, mend, scene, unavailable } from "./provider-faults.mjs";

export async function firstRequests(gates, test) {
  await test("one of two providers never answers", () => alone(gates));
  const tasks = Object.entries(FAULTS).map(
    ([name, fault]) =>
      () =>
        test(`${name}, and there were no keys before`, () => cold(gates, fault)),
  );
  // Most of the time is waiting, yet all at once would keep each other waiting.
  await Promise.all(
    Array.from({ length: LANES }, async () => {
      for (let next = tasks.shift(); next !== undefined; next = tasks.shift()) await next();
    }),
  );
}

async function cold(gates, fault) {
  const scenery = await scene(gates, { timeout: TIMEOUT, cooldown: 1 });
  const { provider, gate, good, forged } = scenery;
  await begin(provider, fault);
  const tokens = [good(), good(), forged(), good({ exp: 1 }), undefined];
  const answers = await Promise.all(tokens.map(async (token) => ask(gate.url, await token)));
  const [first, second, other, expired, none] = answers;
  for (const answer of [first, second]) {
    if (fault.healthy) expect(answer.status === 200, "200", answer);
    else unavailable(answer);
  }
  for (const answer of [other, expired]) expect([401, 503].includes(answer.status), "401 or 503", answer);
  expect(none.status === 401, "401", none);
  answers.forEach(inTime);
  if (!fault.healthy) await told(gates, gate);
  expect(
    (provider.endlessBytes ?? 0) < MAX_TAKEN_BYTES,
    `at most ${MAX_TAKEN_BYTES} bytes taken`,
    provider.endlessBytes,
  );
  await mend(provider, fault);
  await recovered(scenery);
  provider.stop();
}

/** The tokens of one provider do not wait for another, and metadata is served whoever is well. */
async function alone(gates) {
  const [well, ill] = [await startProvider(), await startProvider()];
  Object.assign(ill, { metadata: BEHAVIOURS.never, keys: BEHAVIOURS.never });
  const issuers = [ill.issuer, well.issuer];
  const gate = await gates.make((resource) => ({ resource, insecureLoopback: true, issuers, keys: { timeout: 3 } }));
  const waiting = ask(gate.url, await ill.token({}, gate.url));
  const answer = await ask(gate.url, await well.token({}, gate.url));
  expect(answer.status === 200 && answer.milliseconds < 2500, "200 without waiting", answer);
  const metadata = await fetch(gate.url.replace(gates.origin, `${gates.origin}/.well-known/oauth-protected-resource`));
  expect(metadata.status === 200, "200 for the metadata", metadata.status);
  unavailable(await waiting);
  for (const provider of [well, ill]) provider.stop();
}

async function told(gates, gate) {
  const events = await gates.events(gate);
  expect(
    events.some(({ code, status }) => code === "keys_unavailable" && status === 503),
    "an event that says so",
    events,
  );
}

/** 200 again, soon, and nothing but 503 until then. */
async function recovered(scenery) {
  const began = performance.now();
  for (;;) {
    const { answer } = await asked(scenery);
    if (answer.status === 200) return;
    expect(performance.now() - began < MAX_RECOVERY_MILLISECONDS, "200 after the provider is well", answer);
    await pause(200);
  }
}

const LANES = 14;
/** Of what never ends: the limit of 512 KiB for each attempt, and what the system keeps on the way. */
const MAX_TAKEN_BYTES = 20 * 2 ** 20;
/** The pauses after failures are 1, 2, 4 seconds; the rest is for a machine that has much to do. */
const MAX_RECOVERY_MILLISECONDS = 15_000;
