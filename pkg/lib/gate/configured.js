// A gate that is all configuration: what `doorward/worker` serves.

import { DoorwardError } from "../error.js";
import { workersCache } from "../stores.js";
import { problem } from "./problem.js";

/** A worker that reads `DOORWARD`, JSON as an object or as its text. What is not right there is served by nothing. */
export function serveConfigured(createGate) {
  let configuration;
  let handle;
  return {
    async fetch(request, env, ctx) {
      if (handle === undefined || configuration !== env?.DOORWARD) {
        configuration = env?.DOORWARD;
        handle = handlerOf(createGate, configuration);
      }
      return handle(request, env, ctx);
    },
  };
}

function handlerOf(createGate, configuration) {
  try {
    const { gate, forwarding, listener } = readConfiguration(configuration);
    return createGate({ ...gate, ...storeOfRuntime(), ...listener }).proxy(forwarding);
  } catch (fault) {
    const more = fault instanceof DoorwardError ? `; see ${fault.docs}` : "";
    console.error(`DOORWARD cannot be used: ${fault.message}${more}`);
    return () => problem(500, "server_error", "the gate is not configured: its log says what is wrong");
  }
}

/** The options of the gate, those of its proxy, and who hears of decisions. Their names do not overlap. */
export function readConfiguration(configuration) {
  const { oidc, logDecisions = false, ...members } = objectOf(configuration);
  if (typeof logDecisions !== "boolean") throw new Error('expected "logDecisions" to be true or false, found another value');
  const gate = oidc === undefined ? {} : { issuers: [issuerOf(oidc, members)] };
  const forwarding = {};
  for (const [name, value] of Object.entries(members)) (FORWARDING.has(name) ? forwarding : gate)[name] = value;
  return { gate, forwarding, listener: logDecisions ? { onDecision: logged } : {} };
}

function objectOf(configuration) {
  if (configuration === undefined) throw new Error("expected JSON in the environment, found nothing");
  const value = typeof configuration === "string" ? parsed(configuration) : configuration;
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new Error("expected a JSON object, found another value");
}

/** An engine's own message would quote the text, and there may be a private key in it. */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error("expected JSON in the environment, found text that is none");
  }
}

/** The smallest form: many providers write the client's id into `aud` where they are not told of resources. */
function issuerOf(oidc, { issuers, resource }) {
  if (issuers !== undefined) throw new Error("expected either oidc or issuers, found both");
  const { issuer, client_id, ...others } = typeof oidc === "object" && oidc !== null ? oidc : {};
  for (const [name, value] of Object.entries({ issuer, client_id })) {
    if (typeof value === "string" && value !== "") continue;
    throw new Error(`expected "oidc.${name}" to be a string, found none`);
  }
  for (const name in others) {
    throw new Error(`expected "oidc" to have issuer and client_id, found ${JSON.stringify(name)}`);
  }
  const bare = String(resource).replace(/\/$/u, "");
  return { issuer, audience: [bare, `${bare}/`, client_id] };
}

/** One line a decision, for the log that every runtime keeps of its workers. */
function logged(event) {
  console.log(JSON.stringify(event));
}

function storeOfRuntime() {
  return globalThis.caches?.default === undefined ? {} : { store: workersCache() };
}

const FORWARDING = new Set(["origin", "keepAuthorization", "assertion", "removeHeaders", "endStreamsWithToken"]);
