// `doorward init`: what it writes is installed, run and asked for something, as its own words say.

import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { once } from "node:events";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { startProvider } from "../e2e/gate/provider.mjs";
import { ok, same, test } from "../js/harness.mjs";
import { nodePackage } from "../js/runtimes/processes.mjs";
import { freePort } from "../js/runtimes/workerd.mjs";
import { wranglerConfiguration } from "../js/runtimes/wrangler.mjs";
import { doorward, PROJECT, ROOT, RUNTIMES, TOOLS } from "./project.mjs";

const MADE = join(PROJECT, "made");
const GIVEN = ["--resource", "https://mcp.acme.example/mcp", "--origin", "https://origin.acme.example/mcp"];
const ISSUER = ["--issuer", "https://idp.invalid"];

/** Deno, which is asked for no more than this command needs. */
const WRITING_DENO = RUNTIMES.deno.flatMap((word) => (word === "npm:doorward" ? ["--allow-write", word] : [word]));

export function initTests() {
  for (const [runtime, { ready, start }] of Object.entries(PROJECTS)) {
    test(`init: a project for ${runtime} runs, asks for a token, and lets a right one through`, async () => {
      await withServers(async ({ provider, origin }) => {
        const port = await freePort();
        const resource = `http://localhost:${port}/mcp`;
        const addresses = ["--resource", resource, "--origin", origin, "--issuer", provider.issuer];
        const folder = emptied(runtime);
        const args = [join("made", runtime), "--runtime", runtime, "--yes", ...addresses, "--scope", "mcp:read"];
        const { exitCode, stdout } = await doorward(["init", ...args]);
        same(exitCode, 0);
        ok(stdout.replace(/\s+/gu, " ").includes(`found ${provider.issuer} has 1 key, 1 usable: ES256`), stdout);
        ready(folder);
        await running(start(port, folder), folder, `http://localhost:${port}/mcp`, async (url) => {
          const challenged = await fetch(url, { method: "POST" });
          const [, metadata] = /resource_metadata="([^"]*)"/u.exec(challenged.headers.get("www-authenticate"));
          same([challenged.status, (await (await fetch(metadata)).json()).resource], [401, resource]);
          const right = await provider.token({ scopes: ["mcp:read"] }, resource);
          same(await posted(url, right), { status: 200, body: { subject: "user" } });
          same((await posted(url, await provider.token({ scopes: [] }, resource))).status, 403);
          same((await posted(url, await provider.token({ scopes: ["mcp:read"] }, "https://other.example"))).status, 401);
        });
      });
    });
  }

  test("init: what was said is in the files, and they depend on this very version", async () => {
    const folder = emptied("said");
    const said = ["--audience", "api://mcp", "--scope", "mcp:read", "mcp:list", "--issuer", "https://acme.okta.com/oauth2/default"];
    const { stdout } = await doorward(["init", "made/said", ...GIVEN, ...said, "--json"]);
    const { name, vars, routes } = wranglerConfiguration(folder);
    same([name, routes[0].pattern], ["said", "mcp.acme.example"]);
    const expected = {
      resource: "https://mcp.acme.example/mcp",
      origin: "https://origin.acme.example/mcp",
      issuers: [{ issuer: "https://acme.okta.com/oauth2/default", audience: "api://mcp", profile: "okta" }],
      rules: [{ method: "*", scopes: ["mcp:read", "mcp:list"] }],
    };
    same(vars.DOORWARD, expected);
    const { configuration, files, issuer } = JSON.parse(stdout);
    same([configuration, files, issuer.isFound], [expected, ["package.json", "src/index.js", "wrangler.jsonc", ".gitignore"], false]);
    const { version } = JSON.parse(readFileSync(join(PROJECT, "node_modules/doorward/package.json"), "utf8"));
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    same([manifest.name, manifest.dependencies], ["said", { doorward: `^${version}` }]);
  });

  test("init: Deno and Bun write the same", async () => {
    const written = [];
    for (const [name, runtime] of [["node", "node20"], ["deno", WRITING_DENO], ["bun", "bun"]]) {
      const folder = emptied(`by-${name}/gate`);
      const { exitCode, stderr } = await doorward(["init", `made/by-${name}/gate`, ...GIVEN, ...ISSUER, "--yes"], { runtime });
      same(exitCode, 0, stderr);
      written.push(readdirSync(folder).sort().map((file) => [file, file === "src" ? "" : readFileSync(join(folder, file), "utf8")]));
    }
    same(written[1], written[0]);
    same(written[2], written[0]);
  });

  test("init: nothing is overwritten", async () => {
    const folder = emptied("taken");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "main.js"), "mine");
    const { exitCode, stderr } = await doorward(["init", "made/taken", "--runtime", "deno", ...GIVEN, ...ISSUER, "--yes"]);
    same([exitCode, readdirSync(folder), readFileSync(join(folder, "main.js"), "utf8")], [2, ["main.js"], "mine"]);
    ok(stderr.includes("expected made/taken to have no main.js, found one"), stderr);
  });

  test("init: where nothing can be written, that is said", async () => {
    rmSync(MADE, { recursive: true, force: true });
    mkdirSync(MADE, { recursive: true });
    writeFileSync(join(MADE, "file"), "");
    for (const [folder, runtime, words] of [
      ["made/file", "node20", "something there already"],
      ["made/denied", RUNTIMES.deno, "one that may not be (Deno: --allow-write)"],
    ]) {
      const { exitCode, stderr } = await doorward(["init", folder, ...GIVEN, ...ISSUER, "--yes"], { runtime });
      ok(exitCode === 2 && stderr.replace(/\s+/gu, " ").includes(words), stderr);
    }
  });

  test("init: what the gate would refuse is refused by its name, and nothing is written", async () => {
    for (const [args, words] of [
      [[...GIVEN], "expected --issuer, found none"],
      [[...GIVEN, "--issuer", "http://idp.example.com"], 'expected --issuer to be an https URL, found "http://idp.example.com"'],
      [[...ISSUER, "--resource", "mcp.example.com", "--origin", "https://a.example"], 'expected --resource to be an https URL, found "mcp.example.com"'],
      [[...ISSUER, "--resource", "https://a.example", "--origin", "ftp://a.example"], "expected --origin to be an https address"],
      [[...GIVEN, ...ISSUER, "--profile", "oktaa"], "expected --profile to be one of"],
      [[...GIVEN, ...ISSUER, "--scope", 'a"b'], "expected --scope to be scopes of printable ASCII"],
      [[...GIVEN, ...ISSUER, "--runtime", "node"], 'expected --runtime to be cloudflare or deno, found "node"'],
    ]) {
      const folder = emptied("wrong");
      const { exitCode, stderr } = await doorward(["init", "made/wrong", ...args]);
      ok(exitCode === 2 && stderr.replace(/\s+/gu, " ").includes(words), `${words}: ${stderr}`);
      ok(!existsSync(folder), "nothing is written");
    }
  });

  for (const [runtime, words] of Object.entries({ node20: RUNTIMES.node20, deno: WRITING_DENO, bun: RUNTIMES.bun })) {
    test(`init: on a terminal it asks, and asks again what cannot be used, in ${runtime}`, () => asks(words));
  }

  test("init: PowerShell is told what it understands", async () => {
    const { commandsFor } = await import(pathToFileURL(join(PROJECT, "node_modules/doorward/bin/init/next.js")));
    const lines = (platform) => commandsFor("deno", "a b", { resource: "https://a.example/mcp" }, platform).map(({ command }) => command);
    same(lines("win32"), ['cd "a b"', "$env:DOORWARD = Get-Content -Raw doorward.json; deno task start", "curl.exe -i -X POST http://localhost:8000/mcp"]);
    same(lines("linux"), ['cd "a b"', 'DOORWARD="$(cat doorward.json)" deno task start', "curl -i -X POST http://localhost:8000/mcp"]);
  });

  test("init: who leaves while being asked has written nothing", async () => {
    const folder = emptied("left");
    const written = await onTerminal(RUNTIMES.node20, "init made/left", [[/Where will it run/u, "\u0004"]]);
    ok(written.includes("expected an answer, found the end of input") && !existsSync(folder), written);
  });
}

async function asks(words) {
  await withServers(async ({ provider }) => {
    const folder = emptied("asked");
    const written = await onTerminal(words, "init made/asked", [
      [/Where will it run/u, "deno"],
      [/as its clients will have it\?/u, "mcp.example.com/mcp"],
      [/expected --resource to be an https URL[^?]*will have it\?/u, "https://mcp.example.com/mcp"],
      [/where that server is now\?/u, "https://origin.example.com/mcp"],
      [/The issuer of the tokens/u, provider.issuer],
      [/has 1 key, 1 usable: ES256[^]*The profile of that provider/u, "auth0"],
      [/What do tokens have in "aud"/u, ""],
      [/Scopes that every request needs/u, "a:read a:list"],
    ]);
    ok(/written.* made\/asked: deno\.json, doorward\.json, main\.js/u.test(written), written);
    same(JSON.parse(readFileSync(join(folder, "doorward.json"), "utf8")), {
      resource: "https://mcp.example.com/mcp",
      origin: "https://origin.example.com/mcp",
      insecureLoopback: true,
      issuers: [{ issuer: provider.issuer, profile: "auth0" }],
      rules: [{ method: "*", scopes: ["a:read", "a:list"] }],
    });
  });
}

/** How each is installed and started. Packages come from the tarball here, and wrangler from the tests' own. */
const PROJECTS = {
  cloudflare: {
    ready: installed,
    start(port, folder) {
      const home = join(folder, "home");
      mkdirSync(home);
      const env = {
        PATH: process.env.PATH, HOME: home, XDG_CONFIG_HOME: home, CI: "1", NO_COLOR: "1", WRANGLER_LOG_PATH: home,
        WRANGLER_SEND_METRICS: "false", WRANGLER_SEND_ERROR_REPORTS: "false",
        CLOUDFLARE_API_BASE_URL: "http://127.0.0.1:9", npm_config_registry: "http://127.0.0.1:9",
      };
      const wrangler = join(TOOLS, "wrangler/bin/wrangler.js");
      return { command: nodePackage(24), args: [wrangler, "dev", "--ip", "127.0.0.1", "--port", String(port)], env };
    },
  },
  deno: {
    ready(folder) {
      writeFileSync(join(folder, "package.json"), '{ "private": true }'); // Deno then takes what npm has installed
      installed(folder);
    },
    start(port, folder) {
      const DOORWARD = readFileSync(join(folder, "doorward.json"), "utf8");
      const env = { ...process.env, DOORWARD, DENO_SERVE_ADDRESS: `tcp:127.0.0.1:${port}`, NO_COLOR: "1" };
      return { command: join(TOOLS, ".bin/deno"), args: ["task", "start"], env };
    },
  },
};

function installed(folder) {
  const [tarball] = readdirSync(join(ROOT, "target/cli")).filter((file) => file.endsWith(".tgz"));
  const flags = ["--offline", "--omit=dev", "--no-save", "--no-audit", "--no-fund", "--no-package-lock", "--silent"];
  execFileSync("npm", ["install", ...flags, join(ROOT, "target/cli", tarball)], { cwd: folder });
}

/** Runs a server while `use` talks to it, and ends it with all that it has started. */
async function running({ command, args, env }, cwd, url, use) {
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  let written = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (written += data));
  const ended = once(child, "close");
  try {
    while (!(await fetch(url).catch(() => undefined))) {
      if (child.exitCode !== null) throw new Error(`it ended with status ${child.exitCode}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    await use(url);
  } catch (error) {
    throw new Error(`${error.message}\n${written}`);
  } finally {
    if (child.exitCode === null) process.kill(-child.pid, "SIGKILL");
    await ended;
  }
}

/** Runs the command on a terminal, with an answer to each question once it is asked. Gives what the terminal shows. */
async function onTerminal(words, command, answers) {
  const env = { ...process.env, TERM: "dumb", COLUMNS: "120" };
  const child = spawn("script", ["-qec", `${words.join(" ")} ${command}`, "/dev/null"], { cwd: PROJECT, env });
  const ended = once(child, "close");
  let written = "";
  let at = 0;
  child.stdout.setEncoding("utf8").on("data", (data) => {
    written += data;
    const unread = written.slice(at);
    const [question, answer] = answers[0] ?? [];
    if (!question?.test(unread)) return;
    at = written.length;
    answers.shift();
    child.stdin.write(answer === "\u0004" ? answer : `${answer}\r`);
  });
  const late = setTimeout(() => child.kill("SIGKILL"), 60_000);
  await ended;
  clearTimeout(late);
  same(answers.map(([question]) => String(question)), [], written);
  return written;
}

async function withServers(use) {
  const provider = await startProvider();
  const origin = createServer((request, response) => {
    response.end(JSON.stringify({ subject: request.headers["doorward-subject"] }));
  }).listen(0, "127.0.0.1");
  await once(origin, "listening");
  try {
    await use({ provider, origin: `http://127.0.0.1:${origin.address().port}/mcp` });
  } finally {
    provider.stop();
    origin.close();
    origin.closeAllConnections();
  }
}

async function posted(url, token) {
  const headers = {
    authorization: `Bearer ${token}`, "content-type": "application/json", accept: "application/json", "mcp-protocol-version": "2025-11-25",
  };
  const body = '{"jsonrpc":"2.0","id":1,"method":"tools/list"}';
  const response = await fetch(url, { method: "POST", headers, body });
  return { status: response.status, body: await response.json() };
}

/** A folder that is not there. */
function emptied(name) {
  const folder = join(MADE, name);
  rmSync(folder, { recursive: true, force: true });
  return folder;
}
