// The two scripts of the README by which a job without a user calls a tool: they are run as they stand there.

import { execFile, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";

const README = new URL("../../../README.md", import.meta.url);

/** The block that begins with this name as a comment. */
export function script(name) {
  const text = readFileSync(README, "utf8");
  const block = text.split("```").find((each) => each.split("\n")[1] === `# ${name}`);
  if (block === undefined) throw new Error(`the README has no ${name}`);
  return block.slice(block.indexOf("\n") + 1);
}

/** Runs a script and gives what it prints. */
export async function ran(command, args, environment) {
  const { stdout } = await promisify(execFile)(command, args, { env: { ...process.env, ...environment } });
  return stdout;
}

/** Whether this machine has PowerShell. */
export function hasPowerShell() {
  return spawnSync("pwsh", ["-Version"], { stdio: "ignore" }).status === 0;
}

/** What `call.sh` sends, in both requests: form fields, header fields, and the message. */
export function sentByShell(text) {
  const fields = [...text.matchAll(/--data(?:-urlencode)? "?([a-z_]+)=([\w:$]+)/gu)].map(([, name, value]) => [name, variable(value)]);
  const headers = [...text.matchAll(/--header "([\w-]+): ([^"]+)"/gu)].map(([, name, value]) => [name, variable(value)]);
  const [, body] = /--data '(\{.*\})'/u.exec(text);
  return { fields, headers: sorted(headers), body };
}

/** What `call.ps1` sends. */
export function sentByPowerShell(text) {
  const [, form] = /-Body @\{([^}]*)\}/u.exec(text);
  const fields = form.split(";").map((each) => each.split("=").map((part) => variable(part.trim().replaceAll('"', ""))));
  const [, type] = /-ContentType "([^"]+)"/u.exec(text);
  const [, block] = /-Headers @\{\n([^}]*)\}/u.exec(text.slice(text.indexOf("$env:MCP_URL -ContentType")));
  const headers = [...block.matchAll(/^\s*"?([\w-]+)"? = "([^"]+)"$/gmu)].map(([, name, value]) => [name, variable(value)]);
  const [, body] = /-Body '(\{.*\})'/u.exec(text);
  return { fields, headers: sorted([...headers, ["Content-Type", type]]), body };
}

/** A variable is one in any spelling: `$MCP_URL` and `$env:MCP_URL`, `$token` and `$($token.access_token)`. */
function variable(text) {
  return text.replace(/\$env:/u, "$").replace(/\$\(\$token\.access_token\)/u, "$token");
}

function sorted(pairs) {
  return pairs.sort(([one], [other]) => (one < other ? -1 : 1));
}
