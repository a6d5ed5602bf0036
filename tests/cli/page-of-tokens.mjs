// The page about the command line, where it is about tokens: its lines are run by a shell, and what they write is compared.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ok, same, test } from "../js/harness.mjs";
import { blocksOf } from "./page.mjs";
import { doorward, PROJECT, RUNTIMES, surroundings } from "./project.mjs";
import { CLIENTS, CLIENT_KEYS, RESOURCE, kidOf } from "./provider.mjs";

const COMMANDS = ["inspect", "verify", "explain", "keys", "token"];

/** Registers the tests. */
export function pageOfTokensTests({ issuer, kid }) {
  const page = readFileSync(join(PROJECT, "node_modules/doorward/docs/command-line.md"), "utf8");
  for (const { language, heading, code } of blocksOf(page)) {
    if (!COMMANDS.includes(heading) || language !== "sh") continue;
    const lines = code.trim().split("\n");
    const shown = blocksOf(page).find((block) => block.language === "text" && block.heading === heading)?.code;
    lines.forEach((line, at) => {
      test(`command-line.md: ${line}`, async () => {
        const [, command, exitCode = "0"] = /^(.*?)(?: # (\d))?$/u.exec(line);
        const told = await typed(command, { issuer, kid });
        same(told.exitCode, Number(exitCode), told.stderr);
        if (at > 0 || shown === undefined) return;
        const text = likened(told.stdout, { issuer, kid });
        ok(text.includes(likened(shown, { issuer, kid })), text);
      });
    });
  }

  test("command-line.md has every command, every exit code and every option of verify", async () => {
    const { stdout } = await doorward(["--help"]);
    for (const [, command] of stdout.split("Commands:")[1].matchAll(/^ {2}(\w+) \[/gmu)) ok(page.includes(`\n## ${command}\n`), command);
    for (const [, code, words] of stdout.split("Exit codes:")[1].matchAll(/^ {2}(\d) {2}(.*)$/gmu)) ok(page.includes(`\n| ${code} | ${words}`), words);
    const help = (await doorward(["verify", "--help"])).stdout;
    for (const [, flag] of help.matchAll(/^ {2}(--[\w-]+) </gmu)) ok(page.includes(flag), flag);
  });
}

/** Types a line into a shell, at a provider on this machine, which has a client that is called otherwise. */
async function typed(line, { issuer }) {
  const { basic, post, signing } = CLIENTS;
  const [key] = Object.values(CLIENT_KEYS);
  const args = ["--issuer", issuer, "--client-id", basic.id, "--resource", RESOURCE, "--scope", "mcp:read mcp:write"];
  const fetched = await doorward(["token", "--insecure-loopback", ...args], { env: { CLIENT_SECRET: basic.secret } });
  writeFileSync(join(PROJECT, "token.txt"), fetched.stdout);
  writeFileSync(join(PROJECT, "job.pem"), key.export({ type: "pkcs8", format: "pem" }));
  writeFileSync(join(PROJECT, "jwks.json"), await (await fetch(`${issuer}/jwks`)).text());
  const here = line
    .replaceAll("https://idp.example.com", issuer)
    .replace(/--client-id job\b/gu, `--client-id '${basic.id}'`)
    .replace("--key-id job", `--key-id '${kidOf(key)}'`)
    .replace(/doorward (verify|explain|keys|token)\b/gu, "doorward $1 --insecure-loopback");
  const isPost = line.includes("client_secret_post");
  const env = {
    ...surroundings(),
    ACCESS_TOKEN: fetched.stdout.trim(),
    CLIENT_ID: isPost ? post.id : signing.id,
    CLIENT_SECRET: isPost ? post.secret : basic.secret,
  };
  const npx = `npx() { shift; '${RUNTIMES.node20.join("' '")}' "$@"; }`;
  return ranInShell(`${npx}; ${here}`, env);
}

function ranInShell(script, env) {
  return doorward([], { runtime: ["bash", "-o", "pipefail", "-c", script], env });
}

/** A text with what is another each time made alike: names, times, and where lines end. */
function likened(text, { issuer, kid }) {
  return text
    .replaceAll(issuer, "https://idp.example.com")
    .replaceAll(kid, "2026-11")
    .replaceAll(CLIENTS.basic.id, "job")
    .replace(/(?<=token id +)\S+/gu, "ID")
    .replace(/\w+, \d+ \w+ \d{4}, [\d:]+ UTC · .*/gu, "TIME")
    .replace(/\d+ ms/gu, "TIME")
    .replace(/\s+/gu, " ")
    .trim();
}
