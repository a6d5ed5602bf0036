// A client's secret: from a variable, or typed where nobody can read along. Never an argument, which other users of the
// machine can see and shells remember.

import { wrongUsage } from "./failure.js";

/** The variable that is looked into when none is named. */
export const SECRET_VARIABLE = "CLIENT_SECRET";

/** Gives the secret, and a word on it if it looks wrong. */
export async function readSecret({ secretEnv: name = SECRET_VARIABLE }, clientId, host) {
  const value = host.env(name);
  if (value)
    return { secret: value, note: /^\s|\s$/u.test(value) ? `there is white space around the secret in ${name}` : null };
  const isAsked = name === SECRET_VARIABLE && host.stdin.isTTY === true && host.stderr.isTTY === true;
  if (!isAsked) {
    const found = value === undefined ? "no such variable" : "an empty one";
    const advice = `set it, or name another with --secret-env${host.denoNeeds(`--allow-env=${name}`)}`;
    throw wrongUsage(`expected a secret in the variable ${name}, found ${found}`, advice);
  }
  const secret = await typed(`Secret of ${clientId} (not shown): `, host);
  if (secret === "") throw wrongUsage("expected a secret, found none", `type it, or set ${SECRET_VARIABLE}`);
  return { secret, note: null };
}

/** One line from the terminal, of which nothing is shown. */
async function typed(prompt, { stdin, stderr }) {
  stdin.setRawMode(true); // before anybody knows that there is something to type
  stdin.setEncoding("utf8");
  stderr.write(prompt);
  let line = "";
  try {
    for await (const text of stdin) {
      // What is pasted comes at once, and some terminals put marks around it.
      for (const character of text.replaceAll(/\u001b\[20[01]~/gu, "")) {
        if (character === "\r" || character === "\n" || character === END_OF_TRANSMISSION) return line;
        if (character === END_OF_TEXT) throw wrongUsage("expected a secret, found an interruption", null);
        line = ERASING.has(character) ? line.slice(0, -1) : line + character;
      }
    }
    return line;
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write("\n");
  }
}

/** What a terminal in raw mode gives for Control-C, Control-D and the keys that erase. */
const END_OF_TEXT = "\u0003";
const END_OF_TRANSMISSION = "\u0004";
const ERASING = new Set(["\u007f", "\b"]);
