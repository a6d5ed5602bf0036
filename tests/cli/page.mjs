// The page about the command line: each line is typed as it stands there, at servers of these addresses.

import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { start } from "../e2e/gate/gates.mjs";
import { startProvider } from "../e2e/gate/provider.mjs";
import { optionsFor, TARGET } from "../e2e/gate/suites.mjs";
import { ok, same, test } from "../js/harness.mjs";
import { freePort } from "../js/runtimes/workerd.mjs";
import { doorward, PROJECT } from "./project.mjs";
import { startSdkServer } from "./sdk-server.mjs";

/** Registers the tests, which need the packed package in workerd, too. */
export function pageTests() {
  const blocks = blocksOf(readFileSync(join(PROJECT, "node_modules/doorward/docs/command-line.md"), "utf8"));
  for (const { language, heading, code } of blocks) {
    if (language !== "sh" || !["probe", "init"].includes(heading)) continue; // see page-of-tokens.mjs for the others
    for (const line of code.trim().split("\n")) {
      test(`command-line.md: ${line}`, async () => {
        const [, args] = /^npx doorward (.*)$/u.exec(line);
        const [, typed] = SITUATIONS.find(([pattern]) => pattern.test(args)) ?? [];
        ok(typed !== undefined, "a situation for this line");
        await typed(args.split(" "));
      });
    }
  }

  test("command-line.md: the failure is what a probe of that server says", async () => {
    const [{ code }] = blocks.filter(({ language, heading }) => language === "text" && heading === "probe");
    const provider = await startProvider();
    const server = await startSdkServer(provider.issuer, provider.signer.metadata());
    const { exitCode, stdout } = await doorward(["probe", server.url, "--only", "metadata"]);
    server.close();
    provider.stop();
    ok(exitCode === 0 && stdout.includes(code), stdout);
  });

  test("command-line.md: the file of --target is that of the gate that passes everything", () => {
    const [{ code }] = blocks.filter(({ language, heading }) => language === "json" && heading === "probe");
    const { revisions, ...target } = TARGET;
    same(JSON.parse(code), target);
  });
}

/** By the beginning of a line, after `doorward`. */
const SITUATIONS = [
  [/^probe .* --serve-issuer 9000/u, withTrustingGate],
  [/^probe https:\/\/mcp\.example\.com\/mcp/u, withGate],
  [/^init$/u, withoutTerminal],
  [/^init gate /u, withEmptyFolder],
];

async function withGate(args) {
  const provider = await startProvider();
  const gate = await start("workerd", optionsFor(provider.issuer));
  const ACCESS_TOKEN = await provider.token({ scopes: ["mcp:read", "mcp:write"] }, gate.url);
  const { exitCode, stdout } = await doorward(addressed(args, "https://mcp.example.com/mcp", gate.url), { env: { ACCESS_TOKEN } });
  await gate.stop();
  provider.stop();
  ok(exitCode === 0 && stdout.includes("no MUST failed of what was tried"), stdout);
}

async function withTrustingGate(args) {
  const port = String(await freePort());
  const gate = await start("workerd", optionsFor(`http://127.0.0.1:${port}`));
  const replaced = addressed(args, "http://127.0.0.1:3000/mcp", gate.url);
  const { exitCode, stdout } = await doorward(replaced.map((word) => (word === "9000" ? port : word)));
  await gate.stop();
  ok(exitCode === 0 && stdout.includes("no MUST failed of what was tried"), stdout);
}

/** On one, it asks: see the tests of it. */
async function withoutTerminal(args) {
  const { exitCode, stderr } = await doorward(args);
  ok(exitCode === 2 && stderr.includes("expected --resource, found none"), stderr);
}

async function withEmptyFolder(args) {
  const folder = join(PROJECT, "gate");
  rmSync(folder, { recursive: true, force: true });
  const { exitCode, stderr } = await doorward(args);
  same(exitCode, 0, stderr);
  same(JSON.parse(readFileSync(join(folder, "doorward.json"), "utf8")).resource, "https://mcp.example.com/mcp");
}

function addressed(args, from, to) {
  ok(args.includes(from), `${from} in ${args.join(" ")}`);
  return args.map((word) => (word === from ? to : word));
}

/** The blocks of a page, each with the heading that it is below. */
export function blocksOf(text) {
  return [...text.matchAll(/^```(\w+)\n(.*?)^```$/gmsu)].map(({ 1: language, 2: code, index }) => {
    const heading = [...text.slice(0, index).matchAll(/^## (.+)$/gmu)].at(-1)?.[1];
    return { language, heading, code };
  });
}
