// The report card, to be pasted into an issue.

import { circumstances, gradeWords, quoted, remedies } from "./report.js";

export function markdownOf(report) {
  const { url, grade, results } = report;
  const failed = results.filter(({ outcome }) => outcome === "failed");
  const passed = results.filter(({ outcome }) => outcome === "passed");
  const lines = [`# MCP authorization of ${url}`, "", `**${gradeWords(grade)}** · ${circumstances(report)}`, ""];
  if (report.isOpen) lines.push("**Requests without a token are served.**", "");
  if (failed.length > 0) {
    lines.push("## Failed", "", "| | test | section | found | next |", "| --- | --- | --- | --- | --- |");
    for (const result of failed) {
      const { level, name, section, reason, next } = result;
      lines.push(row([level, name, section, quoted(reason), next]));
    }
    lines.push("");
  }
  lines.push("## Passed", "", "| | test | section |", "| --- | --- | --- |");
  for (const { level, name, section } of passed) lines.push(row([level, name, section]));
  lines.push("", "## Not tried", "");
  for (const [remedy, count] of remedies(results)) lines.push(`- ${count}: ${remedy}`);
  return `${lines.join("\n")}\n`;
}

/** Text of the server's stays text: no markup, no cell of its own. */
function row(cells) {
  return `| ${cells.map((cell) => cell.replace(/[\\`*_[\]<>|#]/gu, "\\$&").replace(/\s+/gu, " ")).join(" | ")} |`;
}
