// The report card, for people.

import { visible, withoutTokens } from "../visible.js";

/** How many passed of those that were tried. What was not tried counts for nothing, and is told. */
export function gradeOf(results) {
  const of = (level) => {
    const tried = results.filter((result) => result.level === level && result.outcome !== "skipped");
    const failed = tried.filter(({ outcome }) => outcome === "failed").length;
    return { tried: tried.length, passed: tried.length - failed, failed };
  };
  const [must, should] = [of("MUST"), of("SHOULD")];
  const tried = must.tried + should.tried;
  return { must, should, tried, skipped: results.length - tried };
}

/** The grade in a line. */
export function gradeWords({ must, should, skipped }) {
  return `${must.passed} of ${must.tried} MUST, ${should.passed} of ${should.tried} SHOULD, ${skipped} not tried`;
}

/** What was asked, in a line. */
export function circumstances({ revisions, token, requests, seconds }) {
  const credentials = token === null ? "no token" : `token from: ${token}`;
  return `MCP ${revisions.join(", ")} · ${credentials} · ${requests} requests in ${seconds} s`;
}

/** How many were not tried, by what would have it otherwise: pairs of that and the number. */
export function remedies(results) {
  const found = new Map();
  for (const { outcome, next } of results) {
    if (outcome === "skipped") found.set(next, (found.get(next) ?? 0) + 1);
  }
  return [...found];
}

/** What was found, with text of the server's in it, for a terminal or a page. */
export function quoted(text) {
  const line = visible(withoutTokens(text).replace(/\s+/gu, " ").trim());
  return line.length > MAX_CHARACTERS ? `${line.slice(0, MAX_CHARACTERS)}…` : line;
}

export function writeReport(paper, report, listsSkipped) {
  const { style } = paper;
  paper.write(style.bold(`Report card of ${report.url}`)).write(style.dim(circumstances(report)));
  if (report.isOpen) {
    paper.write().write(style.red(style.bold("THIS SERVER ANSWERS ANYBODY: requests without a token are served.")));
  }
  for (const topic of new Set(report.results.map((result) => result.topic))) {
    const results = report.results.filter((result) => result.topic === topic);
    writeTopic(paper, topic, results, listsSkipped);
  }
  writeSkipped(paper, report);
  const { must } = report.grade;
  const words = must.failed === 0 ? "no MUST failed of what was tried" : `${must.failed} MUST failed`;
  const verdict = must.failed === 0 ? style.green(words) : style.red(words);
  paper.write().write(`${style.bold(gradeWords(report.grade))}: ${verdict}`);
}

function writeTopic(paper, topic, results, listsSkipped) {
  const { style } = paper;
  const skipped = results.filter(({ outcome }) => outcome === "skipped");
  const tried = results.filter(({ outcome }) => outcome !== "skipped");
  paper.heading(`${topic[0].toUpperCase()}${topic.slice(1)}`);
  for (const result of listsSkipped ? results : tried) {
    const word = WORDS[result.outcome](style);
    const section = style.dim(`(${result.section})`);
    paper.write(`${word} ${result.level.padEnd(6)} ${result.name} ${section}`, { indent: 2, hanging: 12 });
    if (result.outcome !== "failed") continue;
    paper.write(style.red(quoted(result.reason)), { indent: 14 });
    paper.write(`${style.bold("next:")} ${result.next}`, { indent: 14 });
  }
  if (skipped.length > 0 && !listsSkipped) paper.write(style.dim(`skip ${skipped.length} not tried`), { indent: 2 });
}

function writeSkipped(paper, { results }) {
  const groups = remedies(results);
  if (groups.length === 0) return;
  paper.heading("Not tried").rows(groups.map(([remedy, count]) => [String(count).padStart(3), remedy]));
}

/** As much as shows what was found. The rest is in the JSON. */
const MAX_CHARACTERS = 200;

const WORDS = {
  passed: (style) => style.green("pass"),
  failed: (style) => style.red(style.bold("FAIL")),
  skipped: (style) => style.dim("skip"),
};
