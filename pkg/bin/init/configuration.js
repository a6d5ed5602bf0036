// What the gate of a project is told, from what the user has said.

import { createGate, DoorwardError } from "doorward";
import { wrongUsage } from "../failure.js";

/** The value of `DOORWARD`. A gate and its proxy are made of it, so that it is right when the project runs. */
export function configurationOf({ resource, origin, issuer, audience = [], profile, scope = [] }) {
  const isLocal = [resource, origin, issuer].some((address) => LOOPBACK.test(address));
  const configuration = {
    resource,
    origin,
    ...(isLocal && { insecureLoopback: true }),
    issuers: [
      {
        issuer,
        ...(audience.length > 0 && { audience: audience.length === 1 ? audience[0] : audience }),
        ...(profile !== undefined && profile !== "standard" && { profile }),
      },
    ],
    ...(scope.length > 0 && { rules: [{ method: "*", scopes: scope }] }),
  };
  const fault = faultOf(configuration);
  if (fault !== undefined) throw wrongUsage(fault, ADVICE);
  return configuration;
}

/** What is wrong with one answer, in words, or nothing. `name` is that of an answer. */
export function faultOfAnswer(name, value) {
  const { origin, resource, issuer } = { ...RIGHT, [name]: value };
  const isLocal = LOOPBACK.test(value);
  const option = { issuer, ...(["audience", "profile"].includes(name) && { [name]: value }) };
  const rules = name === "scope" && value.length > 0 ? { rules: [{ method: "*", scopes: value }] } : {};
  return faultOf({ resource, origin, ...(isLocal && { insecureLoopback: true }), issuers: [option], ...rules });
}

function faultOf({ origin, ...gate }) {
  try {
    createGate(gate).proxy({ origin });
    return undefined;
  } catch (error) {
    if (!(error instanceof DoorwardError)) throw error;
    const { expected, found, evidence } = error;
    const option = OPTIONS.find(([pattern]) => pattern.test(evidence.option))?.[1] ?? evidence.option;
    return `expected ${option} to be ${expected.replace(/^".*?" to be /u, "")}, found ${found}`;
  }
}

/** What the gate's options are called here. */
const OPTIONS = [
  [/\.audience/u, "--audience"],
  [/\.profile/u, "--profile"],
  [/\.issuer$/u, "--issuer"],
  [/scopes/u, "--scope"],
  [/^resource/u, "--resource"],
  [/^origin/u, "--origin"],
];

/** Answers that are right, around the one that is looked at. */
const RIGHT = { resource: "https://mcp.invalid/", origin: "https://origin.invalid/", issuer: "https://idp.invalid" };

const ADVICE = "doorward init --help says what each is for";

/** The gate takes http from and to this machine, if it is told so. */
const LOOPBACK = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/]|$)/u;
