// The guides, page by page: what they show of an example is that example, whole; what they have one type is so.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { JOB } from "../mcp/provider.mjs";
import { blocks, page } from "./pages.mjs";
import { COMMAND, ROOT, dependenciesOf } from "./projects.mjs";

/** The examples of each guide. The first is the one to try. */
export const GUIDES = {
  "node-express": ["node-express"],
  hono: ["hono"],
  bun: ["bun"],
  "vercel-edge": ["vercel-edge"],
  cloudflare: ["cloudflare-server", "cloudflare"],
  deno: ["deno-server", "deno"],
};

const folderOf = (example) => join(ROOT, "pkg/examples", example);
const guide = (name) => page(`guides/${name}`);

/** Calls `count(name, body)` for each test. */
export async function guideTests(count) {
  await count("every guide is known here", () => {
    const pages = readdirSync(join(ROOT, "pkg/docs/guides")).map((file) => file.replace(/\.md$/u, ""));
    assert.deepEqual(pages.sort(), Object.keys(GUIDES).sort());
  });

  await count("the MCP server is the same in every example", () => {
    const servers = Object.values(GUIDES).map(([example]) => filesOf(example).find(({ path }) => path.endsWith("notes.js")).text);
    assert.equal(servers.length, 6);
    assert.equal(new Set(servers).size, 1);
  });

  for (const [name, examples] of Object.entries(GUIDES)) {
    await count(`${name}: the guide shows every file of its examples as it is`, () => {
      const shown = filesShown(guide(name));
      const there = examples.flatMap(filesOf);
      assert.deepEqual(shown.map(line).sort(), there.map(line).sort());
      for (const { path, text } of shown) assert.ok(there.some((file) => file.path === path && file.text === text), path);
    });

    await count(`${name}: what the guide has one type is there, and it shows nothing else`, () => {
      const text = guide(name);
      const seen = new Set([...filesShown(text).map((file) => file.text), ...blocks(partToTry(text)).map((each) => each.text)]);
      const rest = blocks(text).filter((each) => !seen.has(each.text));
      const typed = rest.filter(({ language }) => language === "sh").flatMap((each) => each.text.trim().split("\n"));
      assert.ok(typed.length >= 2);
      for (const command of typed) assert.ok(known(command, examples), command);
      assert.deepEqual(rest.filter(({ language }) => language !== "sh").map(({ language }) => language), examples.slice(1).map(() => "json"));
    });
  }
}

/** What a guide has one write for the worker without code, besides what is in the example: to be started so. */
export function configurationShown(example) {
  const [name] = Object.entries(GUIDES).find(([, [, forwarding]]) => forwarding === example);
  const shown = filesShown(guide(name)).map(({ text }) => text);
  return JSON.parse(blocks(guide(name)).find(({ language, text }) => language === "json" && !shown.includes(text)).text);
}

/** Whether its guide has one try this example. */
export function hasTrial(example) {
  return Object.values(GUIDES).some(([first]) => first === example);
}

/** The scripts of the part "Try it" in an example's guide, and what it expects of the first and the third of them. */
export function trial(example) {
  const [name] = Object.entries(GUIDES).find(([, [first]]) => first === example);
  const all = blocks(partToTry(guide(name)));
  const of = (language) => all.filter((each) => each.language === language).map(({ text }) => text);
  return { scripts: of("sh"), expected: of("http") };
}

/** Runs them at an example and gives what each has printed. `npx doorward` is the package that was packed. */
export async function tried({ scripts }, resource, provider) {
  const mark = "--- next ---";
  const npx = `npx() { shift; if [ "$1" = token ]; then set -- "$@" --insecure-loopback; fi; "${process.execPath}" "${COMMAND}" "$@"; }`;
  const script = [npx, scripts.join(`\necho "${mark}"\n`).replace(/^export MCP_URL=.*$/mu, "")].join("\n");
  const environment = { ...process.env, MCP_URL: resource, ISSUER: provider.issuer, CLIENT_ID: JOB.id, CLIENT_SECRET: JOB.secret };
  const run = promisify(execFile)("bash", ["-euo", "pipefail", "-c", script], { env: environment });
  const { stdout } = await run.catch((error) => {
    throw new Error(`exit code ${error.code}\n${error.stdout}\n${error.stderr}`);
  });
  return stdout.split(`${mark}\n`);
}

const partToTry = (text) => /^## Try it\n(.*?)^## /gmsu.exec(text)[1];

/** A file is shown in the block that follows its name, in a line of its own. */
function filesShown(text) {
  return [...text.matchAll(/^`([^`\n]+)`:\n\n```\w+\n(.*?)^```$/gmsu)].map(([, path, shown]) => ({ path, text: shown }));
}

function filesOf(example) {
  return readdirSync(folderOf(example), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: file.slice(folderOf(example).length + 1), text: readFileSync(file, "utf8") }));
}

const line = ({ path, text }) => `${path}, ${text.length} characters`;

/** A command that installs exactly what an example depends on, runs one of its scripts, or copies one of its files. */
function known(command, examples) {
  const [program, ...args] = command.replace(/^\w+="[^"]*" /u, "").split(" ");
  const script = (name) => examples.some((example) => name in (scriptsOf(example) ?? {}));
  const installed = (names, member) => (
    examples.some((example) => JSON.stringify(dependenciesOf(folderOf(example), member).map(([name]) => name).sort()) === JSON.stringify([...names].sort()))
  );
  switch (`${program} ${args[0]}`) {
    case "npm install": return args[1] === "--save-dev" ? installed(args.slice(2), "devDependencies") : installed(args.slice(1));
    case "bun add": return installed(args.slice(1));
    case "deno add": return installed([...args.slice(1).map((name) => name.replace("npm:", "")), "doorward"]);
    case "npm start": return script("start");
    case "npm run": case "bun run": return script(args[1]);
    case "deno task": return script(args[1]);
    case "npx wrangler": return true;
    case "npx vercel": return true;
    default: return program === "cp" && examples.some((example) => existsSync(join(folderOf(example), args[0])));
  }
}

function scriptsOf(example) {
  const file = ["package.json", "deno.json"].map((name) => join(folderOf(example), name)).find(existsSync);
  const { scripts, tasks } = JSON.parse(readFileSync(file, "utf8"));
  return scripts ?? tasks;
}
