// The verdict on a token, for people and for programs.

import { distance, instant, inWords } from "../lib/moment.js";
import { EXIT } from "./exit-code.js";
import { adviceAtProvider } from "./provider-advice.js";
import { documentation } from "./version.js";
import { visible } from "./visible.js";

/** What `judge` found out, as plain data that both commands tell. */
export function verdictJson({
  explanation,
  verified,
  refusal,
  unchecked,
  profile,
  suggestedProfile,
  keys,
  source,
  notes,
}) {
  return {
    accepted: explanation.accepted,
    code: explanation.code,
    unchecked,
    profile,
    suggestedProfile,
    refusal: refusal && { ...refusal.toJSON(), atProvider: adviceAtProvider(profile, refusal.code) },
    verified,
    keys: { source: keys.name, freshSeconds: keys.freshSeconds, fetches: keys.steps },
    token: { source, notes },
  };
}

export function exitCodeOf({ explanation }) {
  return explanation.accepted ? EXIT.YES : EXIT.NO;
}

/** What is said on the error stream. */
export function notesOf({ source, notes, keys }) {
  const { steps, name } = keys;
  const milliseconds = steps.reduce((sum, step) => sum + step.milliseconds, 0);
  const fetched =
    steps.length === 0 ? "" : `, ${steps.length === 1 ? "1 fetch" : `${steps.length} fetches`} in ${milliseconds} ms`;
  return [`token from: ${source}`, ...notes, `keys from: ${visible(name)}${fetched}`];
}

/** The headline, and what it leaves open. */
export function writeVerdict(paper, { explanation, unchecked }) {
  const { style } = paper;
  const loud = (colour, text) => style[colour](style.bold(text));
  if (!explanation.accepted) {
    paper.write(loud("red", `REFUSED: ${explanation.code.replaceAll("_", " ")}`));
  } else if (unchecked.length === 0) {
    paper.write(loud("green", "ACCEPTED"));
  } else {
    paper.write(loud("yellow", "AUTHENTICATED, NOT AUTHORIZED"));
  }
  if (unchecked.length > 0) {
    const options = unchecked.map((name) => `--${name}`).join(" and ");
    paper.write(`${OPEN[unchecked.join()]} To decide about access, give ${options}.`);
  }
}

/** What else there is to say of this provider. */
export function writeProfile(paper, { verified, suggestedProfile }) {
  const givesUp = verified?.profile.givesUp;
  if (givesUp) paper.write().write(`${paper.style.yellow("note:")} ${givesUp}`, { hanging: 2 });
  if (suggestedProfile === null) return;
  paper
    .write()
    .write(
      `${paper.style.bold("hint:")} by its issuer, this is a token of a known provider: --profile ${suggestedProfile} ` +
        "knows where it has its client and its scopes",
      { hanging: 2 },
    );
}

/** What was verified, in rows. */
export function writeVerified(paper, { verified, now }) {
  const { claims, client, scopes, key } = verified;
  const { style } = paper;
  const rows = [
    ["issuer", claims.iss],
    ["audience", [claims.aud ?? []].flat().join(", ")],
    ["subject", claims.sub],
    ["client", client],
    ["scopes", scopes.join(" ")],
    ["expires", `${instant(claims.exp)} · ${distance(claims.exp, now)}`],
    ["key", `${key.kid ?? `number ${key.index}, without a kid`}, ${key.alg}`],
  ];
  const told = rows.filter(([, value]) => typeof value === "string" && value !== "");
  paper.write().rows(told.map(([name, value]) => [style.dim(name), visible(value)]));
}

/** Why it was refused, and what to do, in rows. */
export function writeRefusal(paper, { refusal, profile, explanation }) {
  const { style } = paper;
  const { code, expected, found, section, advice, docs } = refusal;
  const rows = [
    ["expected", inWords(visible(expected))],
    ["found", inWords(visible(found))],
    ["rule", section],
    ["next", advice],
    ["", adviceAtProvider(profile, code)],
    ["about", docs],
    ["", profile === "standard" ? null : documentation(`providers/${profile}.md`)],
  ];
  const told = rows.filter(([, value]) => Boolean(value));
  paper.write().rows(told.map(([name, value]) => [style.dim(name), value]));
  const others = explanation.steps.filter((step) => step.verdict === "failed" && step.code !== code);
  if (others.length === 0) return;
  paper.heading("Also wrong");
  paper.rows(
    others.map((step) => [
      style.red(step.code.replaceAll("_", " ")),
      `expected ${inWords(visible(step.expected))}, found ${inWords(visible(step.found))}`,
    ]),
  );
}

/** By what nobody asked to be checked. */
const OPEN = {
  issuer: "Whose token it is was not checked: any issuer with these keys will do.",
  audience: "Whom it is for was not checked: a token for any other service of this issuer will do.",
  "issuer,audience":
    "Neither whose token it is nor whom it is for was checked: any token that these keys have signed will do.",
};
