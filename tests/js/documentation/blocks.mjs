// Every block of code in the documentation is run or compared by a test. What none is for fails here.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import worker from "doorward/worker";
import { ok, same } from "../harness.mjs";
import { ROOT, pages } from "./pages.mjs";

/** Registers the tests. */
export function blockTests(test) {
  for (const page of pages()) {
    test(`every block of ${page.name} is run or compared`, async () => {
      for (const block of page.blocks) {
        const kind = [block.language, block.role].filter((part) => part !== undefined).join(" ");
        const isCovered = COVERS.find(([pattern, known]) => pattern.test(page.name) && known === kind)?.[2];
        ok(isCovered !== undefined, `line ${block.line} has a block of a known kind: "${kind}"`);
        await isCovered(block);
      }
    });
  }

  test("there is a block of each kind that is known", () => {
    const kinds = pages().flatMap(({ name, blocks }) => blocks.map(({ language, role }) => [name, [language, role].filter((part) => part !== undefined).join(" ")]));
    for (const [pattern, known] of COVERS) ok(kinds.some(([name, kind]) => pattern.test(name) && kind === known), `${pattern} ${known}`);
  });
}

/** Where a test runs each block of this kind, whatever it is. */
const all = () => {};

/** Where a test compares the blocks below certain headings. */
function below(pattern) {
  return ({ heading, line }) => ok(pattern.test(heading), `line ${line} is below a heading whose blocks are compared: ${heading}`);
}

/** Where a test runs the blocks whose first line has the name of a file, and names that. */
const namedIn = (...files) => ({ code }) => {
  const [, name] = /^(?:\/\/|#) ([\w.-]+)\n/u.exec(code) ?? [];
  ok(name !== undefined, `the first line is the name of a file: ${code.split("\n")[0]}`);
  const sources = files.map((file) => readFileSync(join(ROOT, file), "utf8")).join("\n");
  ok(sources.includes(`"${name}"`), `${files.join(" or ")} runs ${name}`);
};

const commandsOf = (code) => code.split("\n").map((line) => line.replace(/#.*/u, "").trim()).filter((line) => line !== "");

/** Commands of the README: targets of the Makefile, or a script that is run elsewhere. */
function shellOfReadme(block) {
  if (block.code.startsWith("# ")) return namedIn("tests/e2e/mcp/walk-credentials.mjs", "tests/first-minutes/run.mjs")(block);
  const makefile = readFileSync(join(ROOT, "Makefile"), "utf8");
  for (const command of commandsOf(block.code)) {
    const [, target] = /^make (\w+)$/u.exec(command) ?? [];
    ok(target !== undefined && new RegExp(`^${target}:`, "mu").test(makefile), `the Makefile has ${command}`);
  }
}

/** A configuration without code answers a request without a token as a gate does, and not that it is none. */
async function configures({ code }) {
  const { resource } = JSON.parse(code);
  const response = await worker.fetch(new Request(resource, { method: "POST" }), { DOORWARD: code });
  same(response.status, 401);
}

/** Pages, kinds of blocks, and what covers them. */
const COVERS = [
  [/^the project's README/u, "sh", shellOfReadme],
  [/^the project's README/u, "powershell", namedIn("tests/e2e/mcp/walk-credentials.mjs")],
  [/^the project's README/u, "js", namedIn("tests/js/readme.mjs")],
  [/^the project's README/u, "ts", namedIn("tests/js/readme.mjs")],
  [/^the project's README/u, "rust", all], // the README is the documentation of the crate: cargo test --doc
  [/^README/u, "sh", ({ code }) => same(commandsOf(code), ["npm install doorward"])],
  [/^README/u, "js", all], // package.mjs
  [/^README/u, "json", configures],
  [/errors\.md$/u, "text", below(/^[a-z_]+$/u)], // errors.mjs
  [/errors\.md$/u, "http", below(/^[a-z_]+$/u)],
  [/decisions\.md$/u, "json", below(/^Decision events$/u)], // decisions.mjs
  [/threat-model\.md$/u, "text", below(/^Where trust ends$/u)], // a drawing
  [/providers\//u, "js", all], // providers.mjs
  [/providers\//u, "json header", all],
  [/providers\//u, "json claims", all],
  [/providers\//u, "json worker", all],
  [/command-line\.md$/u, "sh", all], // tests/cli/page.mjs
  [/command-line\.md$/u, "text", all],
  [/command-line\.md$/u, "json", all],
  [/guides\//u, "js", all], // tests/e2e/guides/guides.mjs, and those below
  [/guides\//u, "json", all],
  [/guides\//u, "jsonc", all],
  [/guides\//u, "sh", all],
  [/guides\//u, "http", all],
  [/migration\//u, "js", namedIn("tests/e2e/guides/migration.mjs", "tests/e2e/guides/sdk.mjs")],
];
