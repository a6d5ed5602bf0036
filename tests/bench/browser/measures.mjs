// What is measured, with both libraries in turns. Each measure gives the microseconds of one verification by library,
// and how many times as fast as jose Doorward was: medians and quartiles.

import { mustRefuse } from "../inside/refusal.mjs";
import { inRotation } from "../inside/rotation.mjs";
import { inTurns } from "../inside/rounds.mjs";
import { ratio, summary } from "../statistics.mjs";

/** Long enough for clocks that tick once in a millisecond. */
const BATCH_MILLISECONDS = 40;
/** Of new keys; the first one makes the code warm, and is not counted. */
export const NEW_KEY_BATCHES = 6;

export const MEASURES = {
  /** Tokens of one key that all differ, in turns; `agreed` is how many tokens both accept, and both refuse. */
  async distinct({ libraries, material, ...budget }) {
    const verifiers = await prepared("prepared", libraries, material);
    const agreed = await agreeing(verifiers, material);
    return { ...(await measured(verifiers, material.tokens, budget)), agreed };
  },

  /** One token that comes again and again. */
  async repeated({ libraries, material, ...budget }) {
    const verifiers = await prepared("remembering", libraries, material);
    return measured(verifiers, material.tokens.slice(0, 1), budget);
  },

  /** The first token of each of many keys: the code has run, the keys are new to it. */
  async fresh({ libraries, keys, proceed }) {
    const rounds = { Doorward: [], jose: [] };
    const [warming, ...batches] = keys;
    for (const library of Object.values(libraries)) await met(library, warming);
    for (const [at, batch] of batches.entries()) {
      const names = Object.keys(rounds);
      for (const name of at % 2 === 0 ? names : names.reverse()) {
        await proceed();
        rounds[name].push((await met(libraries[name], batch)) * 1000 / batch.length);
      }
    }
    return told(rounds);
  },
};

async function prepared(way, libraries, { jwk }) {
  const verifiers = {};
  for (const [name, library] of Object.entries(libraries)) verifiers[name] = await library[way](jwk);
  return verifiers;
}

async function measured(verifiers, tokens, { proceed, milliseconds, warmMilliseconds }) {
  const candidates = Object.fromEntries(Object.entries(verifiers).map(([name, verify]) => [name, inRotation(verify, tokens)]));
  const time = async (name, count) => {
    await proceed();
    const began = performance.now();
    await candidates[name].run(count);
    return performance.now() - began;
  };
  const most = Object.fromEntries(Object.keys(candidates).map((name) => [name, Infinity]));
  return told(await inTurns(most, time, { milliseconds, warmMilliseconds, batchMilliseconds: BATCH_MILLISECONDS }));
}

/** The milliseconds that a library takes for keys that it has never seen. */
async function met(library, keys) {
  let read = 0;
  const began = performance.now();
  for (const { jwk, token } of keys) {
    const claims = library.fresh(jwk)(token);
    read += (claims instanceof Promise ? await claims : claims).sub.length;
  }
  const taken = performance.now() - began;
  if (read === 0) throw new Error("no claims");
  return taken;
}

/** Both accept the same tokens, with the same claims, and refuse the same: or what they take cannot be compared. */
async function agreeing({ Doorward, jose }, { tokens, refused }) {
  for (const token of tokens) {
    const [one, other] = [await Doorward(token), await jose(token)];
    if (sorted(one) !== sorted(other)) throw new Error("Doorward and jose give different claims for a token");
  }
  for (const [what, token] of Object.entries(refused)) {
    for (const [name, verify] of Object.entries({ Doorward, jose })) await mustRefuse(name, verify, what, token);
  }
  return { accepted: tokens.length, refused: Object.keys(refused).length };
}

const sorted = (claims) => JSON.stringify(Object.entries(claims).sort());

/** Figures by library, round by round, in short. */
export function told({ Doorward, jose }) {
  return { Doorward: summary(Doorward), jose: summary(jose), ratio: ratio(Doorward, jose) };
}
