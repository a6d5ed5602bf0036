// Many requests at once: cold, in a flood of unknown keys, through rotations, and with clients that go away. What is
// counted is told: how often the provider was asked.

import { ask, leave, pause, told } from "./client.mjs";
import { expect } from "./expectations.mjs";
import { BEHAVIOURS, startProvider } from "./provider.mjs";

export async function concurrency(gates, test) {
  await test("200 requests meet a cold gate", () => crowd(gates));
  await test("500 unknown keys at once", () => flood(gates, { cooldown: 30 }));
  await test("500 unknown keys at once meet a cold gate", () => flood(gates, { cooldown: 30, cold: true }));
  await Promise.all([
    test("unknown keys for three seconds", () => siege(gates, {})),
    test("unknown keys for three seconds while the provider fails", () => siege(gates, { failing: true })),
  ]);
  await test("a client goes away while its request fetches keys", () => leaving(gates));
  await test("clients go away in the middle of their bodies", () => breakingOff(gates));
  if (gates.runtime === "workerd") await test("a gate that shares promises would have been seen", () => sharing(gates));
  await test("keys are rotated under load", () => rotating(gates));
  await test("a rotation in the cool-down waits for its end", () => coolingDown(gates));
  await test("a key that is published in the second of a fetch is not refused", () => withinTheSecond(gates));
  await test("a key that is withdrawn is not trusted for long", () => withdrawing(gates));
}

async function scene(gates, keys = {}, behaviour = BEHAVIOURS.good) {
  const provider = await startProvider();
  Object.assign(provider, { metadata: behaviour, keys: behaviour });
  const gate = await gates.make((resource) => ({ resource, insecureLoopback: true, issuers: [provider.issuer], keys }));
  const good = () => provider.token({}, gate.url);
  // Signed by nobody: the name of the key is all that is looked at.
  const example = await good();
  const unknown = () =>
    [part({ typ: "at+jwt", alg: "ES256", kid: crypto.randomUUID() }), ...example.split(".").slice(1)].join(".");
  return { provider, gate, good, unknown };
}

const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const many = (count, make) => Promise.all(Array.from({ length: count }, make));
const fetched = ({ fetches }) => `metadata ${fetches.metadata}, keys ${fetches.keys}`;
const slowest = (answers) => Math.round(Math.max(...answers.map(({ milliseconds }) => milliseconds)));

/** All are answered 2xx, and the provider was asked once for each document. */
async function crowd(gates) {
  const { provider, gate, good } = await scene(gates, {}, BEHAVIOURS.delayed(300));
  const tokens = await many(200, good);
  const answers = await Promise.all(tokens.map((token) => ask(gate.url, token)));
  expect(told(answers) === "200 × 200", "200 × 200", told(answers));
  expect(provider.fetches.metadata === 1 && provider.fetches.keys === 1, "one fetch each", provider.fetches);
  provider.stop();
  return `${told(answers)}; fetches: ${fetched(provider)}; slowest ${slowest(answers)} ms`;
}

/** No flood makes the provider be asked more than once for its sake, and good tokens pass. */
async function flood(gates, { cold = false, ...keys }) {
  const { provider, gate, good, unknown } = await scene(gates, keys, cold ? BEHAVIOURS.delayed(200) : BEHAVIOURS.good);
  if (!cold) expect((await ask(gate.url, await good())).status === 200, "200", {});
  const goodTokens = await many(50, good);
  const tokens = Array.from({ length: 500 }, unknown);
  const [answers, others] = await Promise.all([
    Promise.all(tokens.map((token) => ask(gate.url, token))),
    Promise.all(goodTokens.map((token) => ask(gate.url, token))),
  ]);
  expect(
    answers.every(({ status }) => status === 401 || status === 503),
    "401 or 503",
    told(answers),
  );
  expect(told(others) === "200 × 50", "200 × 50 for good tokens", told(others));
  expect(provider.fetches.keys <= 2, "at most one fetch for the keys and one for the flood", provider.fetches);
  provider.stop();
  const statuses = `unknown: ${told(answers)}; good: ${told(others)}`;
  return `${statuses}; fetches: ${fetched(provider)}; slowest ${slowest(answers)} ms`;
}

/** Over time, at most one fetch a cool-down, failed ones included. */
async function siege(gates, { failing = false }) {
  const cooldown = 1;
  const { provider, gate, good, unknown } = await scene(gates, { cooldown, timeout: 1 });
  expect((await ask(gate.url, await good())).status === 200, "200", {});
  if (failing) Object.assign(provider, { metadata: BEHAVIOURS.status(500), keys: BEHAVIOURS.status(500) });
  const before = { ...provider.fetches };
  const began = performance.now();
  const [answers, others] = [[], []];
  const attack = async () => {
    while (performance.now() - began < SIEGE_MILLISECONDS) answers.push(await ask(gate.url, unknown()));
  };
  const use = async () => {
    while (performance.now() - began < SIEGE_MILLISECONDS) {
      others.push(await ask(gate.url, await good()));
      await pause(20);
    }
  };
  await Promise.all([...Array.from({ length: 8 }, attack), use()]);
  expect(
    answers.every(({ status }) => status === 401 || status === 503),
    "401 or 503",
    told(answers),
  );
  expect(
    others.every(({ status }) => status === 200),
    "200 for good tokens",
    told(others),
  );
  const more = provider.fetches.keys - before.keys;
  expect(more <= (performance.now() - began) / 1000 / cooldown + 1, "at most one fetch a cool-down", provider.fetches);
  provider.stop();
  return `unknown: ${told(answers)}; good: ${told(others)}; fetches in ${SIEGE_MILLISECONDS / 1000} s: ${more}`;
}

/** The fetch was its, and others need what it brings. */
async function leaving(gates) {
  const { provider, gate, good } = await scene(gates, { timeout: 3 }, BEHAVIOURS.delayed(1000));
  const first = leave(gate.url, await good(), 400);
  await pause(200);
  const answers = await Promise.all((await many(20, good)).map((token) => ask(gate.url, token)));
  await first;
  expect(told(answers) === "200 × 20", "200 × 20", told(answers));
  expect(slowest(answers) < 8000, "answers within eight seconds", slowest(answers));
  provider.stop();
  return `${told(answers)}; fetches: ${fetched(provider)}; slowest ${slowest(answers)} ms`;
}

/** What they have sent is given up; others are served. */
async function breakingOff(gates) {
  const { provider, gate, good } = await scene(gates);
  const token = await good();
  await many(50, () => leave(gate.url, token, 300, { "content-length": 1_000_000 }));
  const answers = await Promise.all((await many(20, good)).map((each) => ask(gate.url, each)));
  expect(told(answers) === "200 × 20", "200 × 20", told(answers));
  provider.stop();
}

/** The counterpart: where one request's promise is awaited in others, its end is theirs. */
async function sharing(gates) {
  const { provider } = await scene(gates, {}, BEHAVIOURS.delayed(1000));
  const url = `${gates.origin}/naive/mcp`;
  const headers = { "x-keys": `${provider.issuer}/jwks` };
  const first = leave(url, undefined, 400, headers);
  await pause(200);
  const unanswered = () => ({ status: 0 });
  const answers = await many(5, () =>
    ask(url, undefined, { headers, signal: AbortSignal.timeout(3000) }).catch(unanswered),
  );
  await first;
  expect(
    answers.every(({ status }) => status !== 200),
    "no answer, or 500",
    told(answers),
  );
  provider.stop();
  return `where it is shared: ${told(answers)} (0: none within 3 s)`;
}

/** Tokens of a new key are good from the moment that it is published: 200, or 503 in the cool-down, never 401. */
async function rotating(gates) {
  const { provider, gate } = await scene(gates, { cooldown: 1 });
  const began = performance.now();
  const answers = [];
  let rotations = 0;
  const use = async () => {
    while (performance.now() - began < ROTATION_MILLISECONDS) {
      answers.push(await ask(gate.url, await provider.token({}, gate.url)));
      await pause(5);
    }
  };
  const rotate = async () => {
    while (performance.now() - began < ROTATION_MILLISECONDS - 1500) {
      await pause(900);
      await provider.rotate(2);
      rotations++;
    }
  };
  await Promise.all([...Array.from({ length: 8 }, use), rotate()]);
  expect(
    answers.every(({ status }) => status === 200 || status === 503),
    "200 or 503",
    told(answers),
  );
  await pause(1100);
  const last = await ask(gate.url, await provider.token({}, gate.url));
  expect(last.status === 200, "200 after the cool-down", last);
  expect(
    provider.fetches.keys <= (performance.now() - began) / 1000 + 2,
    "at most one fetch a cool-down",
    provider.fetches,
  );
  provider.stop();
  return `${rotations} rotations: ${told(answers)}; fetches: ${fetched(provider)}`;
}

/** A second new key within the cool-down is not asked for at once: 503 until then, and the known keys are good. */
async function coolingDown(gates) {
  const { provider, gate, good } = await scene(gates, { cooldown: 3 });
  expect((await ask(gate.url, await good())).status === 200, "200", {});
  await provider.rotate(2);
  const known = await good();
  expect((await ask(gate.url, known)).status === 200, "200 for the first new key", {});
  await pause(1100); // instants are whole seconds: the next token is issued after that fetch
  await provider.rotate(2);
  const token = await good();
  const answers = [];
  do {
    answers.push(await ask(gate.url, token));
    expect((await ask(gate.url, known)).status === 200, "200 for a known key", {});
    await pause(200);
  } while (answers.at(-1).status !== 200 && answers.length < 50);
  expect(answers[0].status === 503 && answers[0].headers["retry-after"] <= 3, "503 with Retry-After", answers[0]);
  expect(
    answers.slice(0, -1).every(({ status }) => status === 503),
    "503 until the cool-down ends",
    told(answers),
  );
  expect(answers.at(-1).status === 200, "200 after the cool-down", told(answers));
  expect(provider.fetches.keys === 3, "three fetches", provider.fetches);
  provider.stop();
}

/** Instants of tokens are whole seconds: one issued in the second of a fetch may be newer than what was fetched. */
async function withinTheSecond(gates) {
  const { provider, gate, good } = await scene(gates, { cooldown: 2 });
  expect((await ask(gate.url, await good())).status === 200, "200", {});
  await provider.rotate(2);
  await pause(1000 - (Date.now() % 1000)); // the beginning of a second
  expect((await ask(gate.url, await good())).status === 200, "200 for the first new key", {});
  await provider.rotate(2);
  const token = await good();
  const answer = await ask(gate.url, token);
  expect(answer.status === 503, "503 in the cool-down", answer);
  await pause(2100);
  const later = await ask(gate.url, token);
  expect(later.status === 200, "200 after it", later);
  provider.stop();
}

async function withdrawing(gates) {
  const { provider, gate, good } = await scene(gates, { cooldown: 1, maxAge: 2, staleFor: 2 });
  const former = await good();
  expect((await ask(gate.url, former)).status === 200, "200", {});
  await provider.rotate(0);
  await pause(3100); // fresh for two seconds, and instants are whole seconds
  const [answer, newer] = [await ask(gate.url, former), await ask(gate.url, await good())];
  expect([401, 503].includes(answer.status), "401 or 503 for the former key", answer);
  expect(newer.status === 200, "200 for the new one", newer);
  provider.stop();
}

const SIEGE_MILLISECONDS = 3000;
const ROTATION_MILLISECONDS = 4500;
