// What a provider may do wrong, and what clients of the gate must then see: for a good token 200 or 503, never 401;
// for any other never 2xx; an answer in time.

import { ask } from "./client.mjs";
import { expect } from "./expectations.mjs";
import { BEHAVIOURS, startProvider } from "./provider.mjs";

const { cached, changed, delayed, redirect, status, text, typed } = BEHAVIOURS;
const both = (behaviour) => ({ metadata: behaviour, keys: behaviour });

/** A server with keys that nobody trusts, and all documents in good order. */
const attacker = await startProvider();

/** One document's fault each. `healthy`: it is none to the gate. */
export const FAULTS = {
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
  "the keys' address has a user": {
    metadata: changed(({ port }) => ({ jwks_uri: `http://user:word@127.0.0.1:${port}/jwks` })),
  },
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
  "the keys are for encryption": {
    keys: changed((provider) => ({ keys: provider.signer.keys.keys.map((key) => ({ ...key, use: "enc" })) })),
  },
  "all is slow": { ...both(delayed(600)), healthy: true },
  "the keys are of type HTML": { keys: typed("text/html"), healthy: true },
  "bad keys are among the keys": {
    keys: changed((provider) => ({ keys: [null, { kty: "RSA", n: "!" }, ...provider.signer.keys.keys] })),
    healthy: true,
  },
  "the keys must not be stored": { keys: cached("no-store"), healthy: true },
};

/** A provider in good health, and a gate that has not asked it yet. */
export async function scene(gates, keys) {
  const provider = await startProvider();
  const options = (resource) => ({ resource, insecureLoopback: true, issuers: [provider.issuer], keys });
  const gate = await gates.make(options);
  return {
    provider,
    gate,
    good: (claims) => provider.token({ claims }, gate.url),
    forged: (claims) => attacker.token({ claims: { iss: provider.issuer, ...claims } }, gate.url),
  };
}

export async function begin(provider, { metadata = provider.metadata, keys = provider.keys, refused }) {
  Object.assign(provider, { metadata, keys });
  if (refused) await provider.refuse();
  else for (const socket of provider.sockets) socket.destroy(); // no connection of before is used again
}

export async function mend(provider, { refused }) {
  Object.assign(provider, { metadata: BEHAVIOURS.good, keys: BEHAVIOURS.good });
  if (refused) await provider.listen();
}

/** Asks as a good token does, and as a forged one, which must get nothing. Gives the answer to the good one. */
export async function asked({ gate, good, forged }, claims) {
  const [answer, other] = await Promise.all(
    [good(claims), forged(claims)].map(async (token) => ask(gate.url, await token)),
  );
  expect([401, 503].includes(other.status), "401 or 503 for a forged token", other);
  [answer, other].forEach(inTime);
  if (answer.status !== 200) unavailable(answer);
  return { answer, stale: answer.status === 200 && JSON.parse(answer.text).result.stale };
}

export function unavailable(answer) {
  expect(answer.status === 503 && Number(answer.headers["retry-after"]) >= 1, "503 with Retry-After", answer);
  expect(answer.headers["www-authenticate"] === undefined, "no challenge", answer);
}

export function inTime(answer) {
  expect(answer.milliseconds < MAX_ANSWER_MILLISECONDS, `an answer within ${MAX_ANSWER_MILLISECONDS} ms`, answer);
}

/** Seconds for one document of a provider. Two places of metadata and the keys may take three times as long. */
export const TIMEOUT = 1.5;
const MAX_ANSWER_MILLISECONDS = 7000;
