// Where a token comes from, and what people bring along with it.

import { wrongUsage } from "./failure.js";
import { readInput } from "./input.js";

/** The variable that is looked into when nothing else is said. */
export const DEFAULT_VARIABLE = "DOORWARD_TOKEN";

/** Adds the argument and the option of a command that takes a token. */
export function withToken(command) {
  return command
    .argument("[token]", 'the token, or "-" for standard input. Shells remember arguments: better pipe it in')
    .option("--env <name>", `the variable with the token (${DEFAULT_VARIABLE} where no token is given)`);
}

/** Gives `{ token, source, notes }`: whence it came, and what was taken off, in words. */
export async function readToken(argument, { env: variable }, host) {
  if (argument !== undefined && variable !== undefined) {
    throw wrongUsage("expected one token, found an argument and --env", "leave one of them out");
  }
  if (variable !== undefined) return fromVariable(variable, host);
  if (argument !== undefined && argument !== "-") return cleaned(argument, "argument");
  const piped = argument === "-" || !host.stdin.isTTY ? await pipedIn(host) : "";
  if (piped.trim() !== "") return cleaned(piped, "standard input");
  if (argument !== "-" && host.env(DEFAULT_VARIABLE)) return fromVariable(DEFAULT_VARIABLE, host);
  throw wrongUsage(
    argument === "-" ? "expected a token on standard input, found nothing" : "expected a token, found none",
    `pipe it in, set ${DEFAULT_VARIABLE}, or name a variable with --env${host.denoNeeds("--allow-env")}`,
  );
}

/** A program may have left it open without writing to it: who waits then must see for what. */
async function pipedIn({ stdin, stderr, errorStyle }) {
  const told = setTimeout(() => stderr.write(`${errorStyle.dim(WAITING)}\n`), PATIENCE_MILLISECONDS);
  try {
    return await readInput(stdin);
  } finally {
    clearTimeout(told);
  }
}

function fromVariable(name, host) {
  const value = host.env(name);
  if (value) return cleaned(value, `variable ${name}`);
  const found = value === undefined ? "no such variable" : "an empty one";
  const advice = `set ${name}, or name another variable${host.denoNeeds(`--allow-env=${name}`)}`;
  throw wrongUsage(`expected a token in the variable ${name}, found ${found}`, advice);
}

/** Nobody is helped by a token that is refused for the quotes around it; but whoever sends it so must know. */
function cleaned(text, source) {
  const notes = [];
  let token = text.trim();
  for (const { what, pattern } of WRAPPINGS) {
    const bare = pattern.exec(token)?.groups.token;
    if (bare === undefined) continue;
    notes.push(`took the token out of ${what}`);
    token = bare.trim();
  }
  const whole = token.replace(/\s*[\r\n]\s*/gu, "");
  if (whole !== token) notes.push("joined the lines of the token: a server would refuse it so");
  return { token: whole, source, notes };
}

const WAITING = `waiting for a token on standard input; --env ${DEFAULT_VARIABLE} would read that variable alone`;

/** Longer than it usually takes to fetch a token. */
const PATIENCE_MILLISECONDS = 3000;

/** In the order in which they are around a token. */
const WRAPPINGS = [
  { what: 'the "access_token" of a JSON object', pattern: /^\{.*"access_token"\s*:\s*"(?<token>[^"]*)".*\}$/su },
  { what: "quotes", pattern: /^(?<quote>["'`])(?<token>.*)\k<quote>$/su },
  { what: 'a field "Authorization"', pattern: /^authorization\s*:(?<token>.*)$/isu },
  { what: 'the scheme "Bearer"', pattern: /^bearer\s+(?<token>.*)$/isu },
  { what: "quotes", pattern: /^(?<quote>["'`])(?<token>.*)\k<quote>$/su },
];
