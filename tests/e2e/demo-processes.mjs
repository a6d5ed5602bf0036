// What `make demo` runs, as processes: how it starts, what it prints, and that nothing of it is left.

import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { request } from "node:http";
import { fileURLToPath } from "node:url";

/** Starts what `make demo` starts, on any free ports. */
export async function startDemo() {
  const child = spawn(process.execPath, [fileURLToPath(new URL("../../.ci/serve.mjs", import.meta.url))], {
    env: { ...process.env, PORT: "0" }, stdio: ["ignore", "pipe", "inherit"],
  });
  process.once("exit", () => child.kill());
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (printed += text));
  while (!printed.includes("curl -i") || !printed.endsWith("'\n")) {
    if (child.exitCode !== null) throw new Error(`the demo has not started: ${printed}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const [page, gate, server, issuer] = printed.match(/http:\/\/[\w.]+:\d+(?:\/mcp)?/g);
  return { child, printed, origin: page.replace("localhost", "127.0.0.1"), gate, server, issuer };
}

/** In this order, and after all else, as the demo ends with it. */
export default {
  "live: the curl line that the demo prints gets a token and calls a tool": ({ printed }) => {
    if (spawnSync("curl", ["--version"]).error) return console.log("     not run: this machine has no curl");
    const command = printed.slice(printed.indexOf("curl -i"));
    const answer = execFileSync("bash", ["-c", command], { encoding: "utf8", stdio: "pipe" });
    assert.match(answer, /^HTTP\/1\.1 200 OK/);
    assert.match(answer, /groceries \(by admin\)/);
  },
  "live: the demo's server answers to its own names alone": async ({ origin }) => {
    const status = async (host) => {
      const [response] = await once(request(`${origin}/live/keys`, { headers: { host } }).end(), "response");
      return response.resume().statusCode;
    };
    assert.equal(await status(new URL(origin).host), 200);
    assert.equal(await status("stranger.example"), 421);
  },
  "live: Ctrl-C ends everything": async (demo) => {
    demo.child.kill("SIGINT");
    const [status] = await once(demo.child, "exit");
    assert.equal(status, 0);
    await allSilent(demo);
  },
  "live: when the gate dies, the demo ends": async () => {
    const demo = await startDemo();
    process.kill(onlyChildOf(demo.child.pid), "SIGKILL");
    const [status] = await once(demo.child, "exit");
    assert.equal(status, 1);
    await allSilent(demo);
  },
};

/** The process that another has started: Linux has it in a file, elsewhere a command tells. */
function onlyChildOf(pid) {
  const file = `/proc/${pid}/task/${pid}/children`;
  return Number(existsSync(file) ? readFileSync(file) : execFileSync("pgrep", ["-P", String(pid)]));
}

async function allSilent({ origin, gate, server, issuer }) {
  for (const address of [origin, gate, server, issuer]) {
    await assert.rejects(fetch(address), ({ cause }) => cause.code === "ECONNREFUSED", address);
  }
}
