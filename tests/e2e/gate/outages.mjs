// Keys were there, and become old while the provider is not well: they are used for the time that was said, the events
// say so, and then they are not. All faults go through the same instants, since the gates share a clock that is set.

import { start } from "./gates.mjs";
import { expect } from "./expectations.mjs";
import { FAULTS, TIMEOUT, asked, begin, mend, scene } from "./provider-faults.mjs";

export async function outages(runtime, test) {
  const gates = await start(runtime, (resource) => ({
    resource,
    insecureLoopback: true,
    issuers: ["https://idp.example"],
  }));
  // Of a provider that is known, no metadata is asked for while its keys can be had.
  const lasting = Object.entries(FAULTS).filter(([, { keys, refused, healthy }]) => (keys || refused) && !healthy);
  const cases = await Promise.all(
    lasting.map(async ([name, fault]) => ({ name, fault, ...(await scene(gates, TIMING)) })),
  );
  for (const { seconds, change, look } of COURSE) {
    await gates.clock(seconds);
    await Promise.all(
      cases
        .filter(({ failure }) => !failure)
        .map(async (each) => {
          await Promise.resolve(change?.(each))
            .then(() => look(each, gates))
            .catch((error) => (each.failure = error));
        }),
    );
  }
  for (const { name, failure } of cases) {
    await test(`${name}, and there were keys before`, () => (failure ? Promise.reject(failure) : undefined));
  }
  cases.forEach(({ provider }) => provider.stop());
  await gates.stop();
}

/** Seconds. */
const TIMING = { timeout: TIMEOUT, cooldown: 30, maxAge: 600, staleFor: 1000 };

const fresh = async (each) => found(await ask(each), 200, false);
/** What is asked for in the background is not waited for. */
const freshAtOnce = async (each) => {
  const seen = await ask(each);
  found(seen, 200, false);
  expect(seen.answer.milliseconds < TIMEOUT * 1000, "an answer that did not wait for the provider", seen.answer);
};
const stale = async (each, gates) => {
  found(await ask(each), 200, true);
  const events = await gates.events(each.gate);
  expect(
    events.some((event) => event.decision === "allow" && event.stale === true),
    "an event that says stale",
    events.at(-1),
  );
};
const over = async (each) => found(await ask(each), 503, false);

/** What is done at which second, and what is seen then: far from the ends, since real time passes too. */
const COURSE = [
  { seconds: 0, look: fresh },
  { seconds: 100, change: ({ provider, fault }) => begin(provider, fault), look: fresh },
  { seconds: 500, look: freshAtOnce }, // an attempt in the background, which fails
  { seconds: 700, look: stale },
  { seconds: 1450, look: stale },
  { seconds: 1700, look: over },
  { seconds: 4000, look: over },
  { seconds: 4100, change: ({ provider, fault }) => mend(provider, fault), look: fresh },
  { seconds: 4101, look: fresh },
];

/** With a token that is good through the whole course. */
function ask(each) {
  const now = Math.floor(Date.now() / 1000);
  return asked(each, { iat: now - 60, exp: now + 8000 });
}

function found({ answer, stale: isStale }, status, wanted) {
  expect(answer.status === status && isStale === wanted, `${status}${wanted ? " with stale keys" : ""}`, answer);
}
