// The command line on a terminal: colour, width, a secret that is typed.

import { spawn } from "node:child_process";
import { ok, same, test } from "../js/harness.mjs";
import { CLIENTS, RESOURCE } from "./provider.mjs";
import { PROJECT, RUNTIMES, doorwardWords, surroundings } from "./project.mjs";
import { token } from "./token.mjs";

const COLOURS = /\u001b\[\d+m/u;

export function terminalTests({ issuer }) {
  test("there is colour on a terminal, and none with NO_COLOR or on a dumb one", async () => {
    const args = ["inspect", token()];
    same(COLOURS.test((await onTerminal(args)).shown), true);
    same(COLOURS.test((await onTerminal(args, { env: { NO_COLOR: "1" } })).shown), false);
    same(COLOURS.test((await onTerminal(args, { env: { TERM: "dumb" } })).shown), false);
    same(COLOURS.test((await onTerminal(["inspect", "a.b"])).shown), true, "an error");
  });

  test("lines keep to the width of the terminal, and to 120 columns", async () => {
    const words = Array.from({ length: 60 }, (_, at) => `scope:${at}`).join(" ");
    for (const [columns, longest] of [[60, 60], [100, 100], [300, 120]]) {
      const { shown } = await onTerminal(["inspect", token({ scope: words })], { columns, env: { NO_COLOR: "1" } });
      const lines = shown.split(/\r?\n/u).filter((line) => !line.startsWith("  npx doorward verify")); // that one is for copying
      const widths = lines.map((line) => line.length);
      ok(Math.max(...widths) <= longest && Math.max(...widths) > longest - 12, `${columns}: ${Math.max(...widths)}`);
    }
  });

  for (const runtime of Object.keys(RUNTIMES)) {
    test(`${runtime}: a secret is asked for, and is not shown`, async () => {
      const { id, secret } = CLIENTS.basic;
      const args = ["token", "--insecure-loopback", "--issuer", issuer, "--client-id", id, "--resource", RESOURCE];
      const typed = `${secret.slice(0, 4)}x\u007f${secret.slice(4)}\r`;
      const { exitCode, shown } = await onTerminal(args, { runtime, typed, after: "(not shown): " });
      ok(exitCode === 0 && /\b[\w-]+\.[\w-]+\.[\w-]+\r?\n/u.test(shown), shown);
      ok(!shown.includes(secret.slice(0, 4)), shown);
    });
  }

  test("what interrupts the question ends the command", async () => {
    const args = ["token", "--token-endpoint", "https://idp.example.com/token", "--client-id", "job"];
    const { exitCode, shown } = await onTerminal(args, { typed: "abc\u0003", after: "(not shown): " });
    ok(exitCode === 2 && !shown.includes("abc"), shown);
  });

  test("what takes a while is told meanwhile, and taken back", async () => {
    const { shown } = await onTerminal(["keys", "--insecure-loopback", issuer.replace(/\d+$/u, "9")]);
    ok(shown.includes("\u001b[K") && shown.includes("error:"), JSON.stringify(shown));
  });
}

/** Runs `doorward` on a pseudo-terminal of `script`. `typed` is typed once `after` is shown. */
async function onTerminal(args, { runtime = "node20", columns = 80, env = {}, typed, after } = {}) {
  const line = [...doorwardWords(runtime), ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
  const child = spawn("script", ["-qec", `stty cols ${columns}; ${line}`, "/dev/null"], {
    cwd: PROJECT,
    env: { ...surroundings(), TERM: "xterm", SHELL: "/bin/sh", ...env },
  });
  let shown = "";
  let isTyped = false;
  child.stdout.setEncoding("utf8").on("data", (text) => {
    shown += text;
    if (typed === undefined || isTyped || !shown.includes(after)) return;
    isTyped = true;
    child.stdin.write(typed);
  });
  const exitCode = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  return { exitCode, shown };
}
