// docs/threat-model.md: its attacks are those of the survey, with the answers and the tests that there are.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ok, same } from "../harness.mjs";
import { ROOT, pageOf, tableBelow } from "./pages.mjs";

/** Registers the tests. */
export function threatTests(test) {
  const page = pageOf("docs/threat-model.md");
  const survey = JSON.parse(readFileSync(join(ROOT, "tests/data/attacks.json"), "utf8"));
  const headings = page.headings.filter((heading) => /^The (?:token|provider|request)/u.test(heading));
  const rows = headings.flatMap((heading) => tableBelow(page, heading));

  test("the threat model has every attack of the survey, with its names and its answer", () => {
    const inCode = (cell) => [...cell.matchAll(/`([a-z_]+)`|let through/gu)].map(([, code = "accepted"]) => code);
    same(rows.map(([, names, answer]) => [names, inCode(answer)]), survey.map(({ ids, answer }) => [ids.join(", "), answer]));
  });

  test("each attack of the threat model is shown by a test that exists", () => {
    for (const [attack, , , cell] of rows) {
      const [, file, name] = /^`(\w+)::(\w+)`$/u.exec(cell) ?? [];
      const source = readFileSync(join(ROOT, `tests/core/${file}.rs`), "utf8");
      ok(new RegExp(`#\\[test\\]\\nfn ${name}\\(`, "u").test(source), `${attack}: ${cell}`);
    }
    ok(rows.length > 60, `attacks: ${rows.length}`);
  });
}
