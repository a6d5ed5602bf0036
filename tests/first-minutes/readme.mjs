// The steps of the README's first five minutes: its shell blocks, exactly as they stand there.

import { readFileSync } from "node:fs";

const SECTION = /^## The first five minutes\n(.*?)^## /msu;

/** Each step by what its first line says: the name in its comment, or the command it begins with. */
export function stepsOf(readme) {
  const [, section] = SECTION.exec(readFileSync(readme, "utf8")) ?? [];
  if (section === undefined) throw new Error("the README has no section about the first five minutes");
  return [...section.matchAll(/^```sh\n(.*?)^```$/gmsu)].map(([, text]) => ({ name: nameOf(text), text }));
}

function nameOf(text) {
  const [first] = text.split("\n");
  return first.replace(/^# /u, "").split(/:|\s{2,}/u)[0];
}

/** How many commands somebody types for it: neither comments nor the further lines of a command count. */
export function commandsOf(text) {
  return text.replaceAll("\\\n", "").split("\n").filter((line) => line !== "" && !line.startsWith("#")).length;
}
