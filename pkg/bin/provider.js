// The keys and the metadata of a provider, found as the gate finds them: by a gate, whose fetches are watched.

import { DoorwardError, createGate } from "doorward";
import { readAtMost } from "../lib/gate/body.js";
import { describeFault, readAnswer, whyNoKeys, whyNoMetadata } from "./answer.js";
import { unreachable, wrongUsage } from "./failure.js";
import { knownKeysOf } from "./provider-advice.js";
import { visibleJson } from "./visible.js";

/** Adds the option of a command that fetches. */
export function withProvider(command) {
  return command.option("--insecure-loopback", "fetch by http, too, from this machine alone");
}

/**
 * Fetches what `issuer` publishes, or the keys at `jwksUri`. Gives `{ steps, keys, metadata, freshSeconds }`: each
 * fetch, the text of the key set, the issuer's metadata as an object (`null` where none was asked for), and for how
 * long the gate would take these keys for fresh.
 */
export async function fetchKeys(place, host) {
  const { fetches, record } = await follow(place, host);
  const steps = toldSteps(place, fetches, record !== undefined);
  if (record === undefined) throw failureOf(place, steps, host);
  const { keys, metadata, fetchedAt, freshUntil } = JSON.parse(record);
  return { steps, keys, metadata: metadata && JSON.parse(metadata.text), freshSeconds: freshUntil - fetchedAt };
}

/** A member of the metadata that is a list of texts. What is none says nothing: the gate does not look at it. */
export function textsIn(metadata, name) {
  const value = metadata?.[name];
  return Array.isArray(value) && value.every((each) => typeof each === "string") ? value : undefined;
}

/**
 * Has a gate look for the keys, as it does for the first token of an issuer. Gives `{ fetches, record }`: what was
 * fetched, and what the gate would keep in a store if it has keys.
 */
async function follow({ issuer = NOBODY, jwksUri, insecureLoopback = false }, host) {
  const [fetches, pending] = [[], []];
  let record;
  const watched = async (url, init) => {
    const isOfKeys = jwksUri !== undefined || fetches.at(-1)?.document?.jwks_uri === url;
    const fetched = { url, isOfKeys };
    fetches.push(fetched);
    const fetching = watch(url, init, host);
    pending.push(fetching.then(({ told }) => Object.assign(fetched, told)));
    return (await fetching).response();
  };
  const gate = gateFor(
    { issuer, jwksUri, insecureLoopback },
    { fetch: watched, store: { get: async () => null, put: async (_, text) => void (record = text) } },
  );
  const request = new Request(RESOURCE, { headers: { authorization: `Bearer ${unsignedToken(issuer)}` } });
  await host.progress.during(`asking ${jwksUri ?? issuer}`, () =>
    gate.authorize(request, { waitUntil: (promise) => pending.push(promise) }),
  );
  await Promise.all(pending);
  return { fetches, record };
}

/** The gate's options are those of the command, by other names. */
function gateFor({ issuer, jwksUri, insecureLoopback }, parts) {
  const address = jwksUri === undefined ? {} : { jwksUri };
  const issuers = [{ issuer, audience: RESOURCE, ...address }];
  try {
    return createGate({ resource: RESOURCE, issuers, insecureLoopback, keys: { timeout: TIMEOUT_SECONDS }, ...parts });
  } catch (error) {
    if (!(error instanceof DoorwardError) || !error.evidence.option?.startsWith("issuers")) throw error;
    const expected = error.expected.replace(/^".*?" to be /u, "").replace(/, unless insecure loopback.*$/u, "");
    const isLocal = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/]|$)/u.test(jwksUri ?? issuer);
    const advice = isLocal ? "--insecure-loopback allows http on this machine, to try things out" : null;
    throw wrongUsage(`expected ${expected}, found ${error.found}`, advice);
  }
}

/** Fetches one document. Gives what is to be told of it, and the answer, which throws if there is none. */
async function watch(url, init, host) {
  const began = performance.now();
  const done = (told, response) => ({
    told: { ...told, milliseconds: Math.round(performance.now() - began) },
    response,
  });
  try {
    const response = await host.fetch(url, init);
    const { status, headers } = response;
    const bytes = response.body === null ? new Uint8Array() : await readAtMost(response.body.getReader(), MAX_BYTES);
    const body = BODILESS.has(status) ? null : bytes;
    return done(readAnswer(response, bytes), () => new Response(body, { status, headers }));
  } catch (error) {
    return done({ fault: describeFault(error, init.signal.aborted) }, () => {
      throw error;
    });
  }
}

/** The fetches as plain data. Whether the last one brought what was wanted is known from the gate alone. */
function toldSteps({ issuer }, fetches, isSuccess) {
  return fetches.map((fetched, at) => {
    const { url, isOfKeys, status = null, milliseconds, fault } = fetched;
    const isAccepted = at === fetches.length - 1 ? isSuccess : fetches[at + 1].isOfKeys;
    const reason = isAccepted ? null : isOfKeys ? whyNoKeys(fetched) : whyNoMetadata(issuer, fetched);
    const advice = isAccepted ? null : (fault?.advice ?? adviceFor(issuer, fetched));
    return {
      document: isOfKeys ? "keys" : "metadata",
      url,
      status,
      milliseconds,
      accepted: isAccepted,
      reason,
      advice,
    };
  });
}

/** A provider has one name, and tokens carry exactly that. */
function adviceFor(issuer, { isOfKeys, status, document }) {
  if (isOfKeys || status !== 200 || typeof document?.issuer !== "string" || document.issuer === issuer) return null;
  const isSlash = document.issuer.replace(/\/$/u, "") === issuer.replace(/\/$/u, "");
  const slash = isSlash ? ": the slash at the end counts" : "";
  return `give the issuer as ${visibleJson(document.issuer)}${slash}, if that is the one you mean`;
}

/** The last word is that of the step that came nearest. */
function failureOf({ issuer, jwksUri }, steps, host) {
  const failed = steps.filter((step) => !step.accepted);
  const telling =
    failed.findLast((step) => step.advice !== null) ?? failed.findLast((step) => step.status === 200) ?? failed.at(-1);
  const what = telling.document === "keys" ? "keys" : "metadata";
  const advice =
    telling.advice ?? (what === "metadata" ? otherIssuer(issuer) : jwksUri === undefined ? BROKEN : OTHER_ADDRESS);
  const isBehindProxy = telling.status === null && PROXIES.some((name) => host.env(name));
  return unreachable(
    `expected the ${what} ${jwksUri === undefined ? `of ${issuer}` : `at ${jwksUri}`}, found none: ${telling.reason}`,
    isBehindProxy ? `${advice} There is a proxy in the environment: NODE_USE_ENV_PROXY=1 has Node 24 use it` : advice,
    { fetches: steps },
  );
}

/** A token that nobody has signed: for what it says of its issuer, the gate fetches the keys that would refuse it. */
function unsignedToken(issuer) {
  const encoded = (part) => Buffer.from(JSON.stringify(part)).toString("base64url");
  return `${encoded({ alg: "RS256" })}.${encoded({ iss: issuer })}.AAAA`;
}

function otherIssuer(issuer) {
  const known = knownKeysOf(issuer);
  const where = known === undefined ? "" : `. Its keys are at ${known}: --jwks, or doorward keys, takes that address`;
  return `is this the issuer, as in "iss" of its tokens?${where}`;
}

const OTHER_ADDRESS = 'is this the address of its keys, "jwks_uri" in its metadata?';
const BROKEN = "its metadata leads there: the provider must mend that";

/** RFC 2606 section 2: names that are nobody's. */
const RESOURCE = "https://resource.invalid/";
const NOBODY = "https://issuer.invalid";

/** For one document, headers and body: somebody waits, but may have a slow line. */
const TIMEOUT_SECONDS = 10;

/** More than the module takes of any document, which refuses what is longer than that. */
const MAX_BYTES = 1024 * 1024 + 1;

/** Statuses of a `Response` that has no body. */
const BODILESS = new Set([101, 204, 205, 304]);

const PROXIES = ["HTTPS_PROXY", "https_proxy"];
