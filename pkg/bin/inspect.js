// `doorward inspect`: what a token says, with nothing verified.

import { decodeUnverified } from "doorward";
import { distance, instant, span } from "../lib/moment.js";
import { ALGORITHMS, CLAIM_NAMES, HEADER_NAMES, INSTANTS, TYPES } from "./claim-names.js";
import { EXIT } from "./exit-code.js";
import { readToken, withToken } from "./token-source.js";
import { visible, visibleJson } from "./visible.js";

export const inspect = {
  name: "inspect",
  summary: "show what a token says, with times and claims in words; verifies nothing",
  examples: [
    ["doorward inspect --env ACCESS_TOKEN", "a token in a variable"],
    [
      "doorward token --issuer https://idp.example.com --client-id job --resource https://mcp.example.com/mcp | doorward inspect",
      "a fresh one",
    ],
    ["cat token.txt | doorward inspect --json", "for programs"],
  ],

  describe(command) {
    withToken(command);
  },

  async run([argument], options, host) {
    const { token, source, notes } = await readToken(argument, options, host);
    const { header, claims } = decodeUnverified(token);
    const now = host.now();
    const times = timesOf(claims, now);
    return {
      exitCode: EXIT.YES,
      json: { verified: false, source, notes, header, claims, times },
      notes: [`token from: ${source}`, ...notes],
      write: (paper) => write(paper, { header, claims, times, now }),
    };
  },
};

/** Of each claim that holds an instant: its date, how far off it is in seconds, and that in words. */
function timesOf(claims, now) {
  const times = {};
  for (const [name, seconds] of Object.entries(claims)) {
    if (!INSTANTS.has(name) || typeof seconds !== "number") continue;
    const date = new Date(seconds * 1000);
    if (Number.isNaN(date.getTime())) continue;
    times[name] = {
      date: date.toISOString(),
      secondsFromNow: Math.trunc(seconds - now),
      words: distance(seconds, now),
    };
  }
  return times;
}

function write(paper, { header, claims, times, now }) {
  const { style } = paper;
  paper.write(style.yellow(style.bold("NOT VERIFIED: anybody can write such a token. Believe nothing of it.")));
  paper
    .heading("Header")
    .rows(
      Object.entries(header).map(([name, value]) => row(style, HEADER_NAMES, name, headerWords(style, name, value))),
    );
  paper
    .heading("Claims")
    .rows(
      Object.entries(claims).map(([name, value]) =>
        row(style, CLAIM_NAMES, name, claimWords(style, name, value, times, now)),
      ),
    );
  const lifetime = claims.exp - claims.iat;
  if (lifetime > 0) paper.write().write(`Issued for ${span(lifetime)}.`);
  paper.write().write("To verify it, if that is who should have issued it, and for whom:");
  paper.verbatim(`npx doorward verify ${argumentsFor(claims)}`);
}

function row(style, names, name, words) {
  return [style.cyan(visible(name)), style.dim(names.get(name) ?? ""), words];
}

function headerWords(style, name, value) {
  if (name === "alg") {
    const [, words = "no algorithm that Doorward knows"] = ALGORITHMS.find(([pattern]) => pattern.test(value)) ?? [];
    return `${visible(value)} (${words})`;
  }
  const type =
    name === "typ" && typeof value === "string"
      ? TYPES.get(value.toLowerCase().replace(/^application\//u, ""))
      : undefined;
  return type === undefined ? valueWords(value) : `${visible(value)} (${type})`;
}

function claimWords(style, name, value, times, now) {
  const time = times[name];
  if (time === undefined) return INSTANTS.has(name) ? noInstant(style, value) : valueWords(value);
  const words = `${instant(value)} · ${time.words}${value > MOST_SECONDS ? " (milliseconds?)" : ""}`;
  if (name === "exp") return value <= now ? style.red(`${words}: EXPIRED`) : style.green(words);
  if (value > now) return style.red(`${words}: ${name === "nbf" ? "NOT VALID YET" : "IN THE FUTURE"}`);
  return words;
}

/** The year 5138: what is later was counted in another unit. */
const MOST_SECONDS = 99_999_999_999;

/** RFC 7519 section 2, NumericDate: seconds, as a number. */
function noInstant(style, value) {
  const expected = "expected seconds since 1970, as a number";
  return style.red(`${valueWords(value)}: ${typeof value === "number" ? `${expected}; milliseconds?` : expected}`);
}

function valueWords(value) {
  if (typeof value === "string") return visible(value);
  if (Array.isArray(value) && value.every((member) => typeof member === "string")) return value.map(visible).join(", ");
  return visibleJson(value);
}

/**
 * What the token says of itself, to compare and to fill in, not to copy: where it is not what was expected, ask why.
 */
function argumentsFor({ iss, aud }) {
  const audience = Array.isArray(aud) ? aud[0] : aud;
  const argument = (value, otherwise) => (typeof value === "string" && /^[\w.:/~-]+$/u.test(value) ? value : otherwise);
  return `--issuer ${argument(iss, "URL")} --audience ${argument(audience, "YOU")}`;
}
