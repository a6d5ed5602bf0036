// What the user says: by options, and by answers where there is a terminal.

import { createInterface } from "node:readline/promises";
import { wrongUsage } from "../failure.js";
import { profileFor, titleOf } from "../provider-advice.js";
import { faultOfAnswer } from "./configuration.js";
import { issuerWords, lookUp } from "./issuer.js";
import { faultOfRuntime, RUNTIMES } from "./project.js";

/** Gives `{ answers, found }`: all that is needed, and what was found of the issuer, if it was looked up meanwhile. */
export async function readAnswers(options, host) {
  const given = { ...options };
  const isAsked = host.stdin.isTTY === true && host.stderr.isTTY === true && !given.yes && !given.json;
  if (!isAsked) return { answers: withDefaults(given) };
  const terminal = createInterface({ input: host.stdin, output: host.stderr });
  try {
    return await asked(given, terminal, host);
  } finally {
    terminal.close();
  }
}

function withDefaults(given) {
  const { runtime = RUNTIMES[0], profile = profileFor(given.issuer ?? "") } = given;
  for (const name of ["resource", "origin", "issuer"]) {
    if (given[name] !== undefined) continue;
    throw wrongUsage(`expected --${name}, found none`, "give it, or run this on a terminal without --yes to be asked");
  }
  return { ...given, runtime, profile };
}

async function asked(given, terminal, host) {
  const ask = (name, ...question) => given[name] ?? answered(terminal, host, name, ...question);
  const runtime = await ask("runtime", `Where will it run, ${RUNTIMES.join(" or ")}?`, RUNTIMES[0]);
  const resource = await ask("resource", "The address of your MCP server, as its clients will have it?");
  const origin = await ask("origin", "The address where that server is now?");
  const issuer = await ask("issuer", 'The issuer of the tokens, as they have it in "iss"?');
  const found = await lookUp(issuer, true, host);
  host.stderr.write(`${issuerWords(found, host.errorStyle)}\n`);
  const suggested = profileFor(issuer) ?? "standard";
  const looks = suggested === "standard" ? "" : ` (it looks like ${titleOf(suggested)})`;
  const profile = await ask("profile", `The profile of that provider${looks}?`, suggested);
  const audience = await ask("audience", 'What do tokens have in "aud"?', [resource]);
  const scope = await ask("scope", "Scopes that every request needs, with spaces between (none)?", []);
  const isUsual = audience.length === 1 && audience[0] === resource;
  return { answers: { runtime, resource, origin, issuer, profile, audience: isUsual ? [] : audience, scope }, found };
}

/** Asks until the answer can be used. */
async function answered(terminal, host, name, question, otherwise) {
  const { bold, dim, red } = host.errorStyle;
  const words = otherwise?.length > 0 ? ` ${dim(`[${[otherwise].flat().join(" ")}]`)}` : "";
  for (;;) {
    const text = (await line(terminal, `${bold(question)}${words} `)).trim();
    if (text === "" && otherwise !== undefined) return otherwise;
    const value = LISTS.has(name) ? text.split(/[\s,]+/u) : text;
    const fault = name === "runtime" ? faultOfRuntime(value) : faultOfAnswer(name, value);
    if (fault === undefined) return value;
    host.stderr.write(`${red(fault)}\n`);
  }
}

/** A terminal that is closed answers nothing any more. */
async function line(terminal, prompt) {
  const closed = new AbortController();
  const abort = () => closed.abort();
  terminal.once("close", abort);
  try {
    return await terminal.question(prompt, { signal: closed.signal });
  } catch (error) {
    if (error.name !== "AbortError") throw error;
    throw wrongUsage("expected an answer, found the end of input", "nothing was written; options can say it, too");
  } finally {
    terminal.off("close", abort);
  }
}

const LISTS = new Set(["audience", "scope"]);
