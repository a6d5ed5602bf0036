// Two terminals: one for what goes on running, one for what is typed meanwhile.

import { spawn } from "node:child_process";
import { once } from "node:events";

/** Seconds that a step may take: the first one builds everything. */
const PATIENCE = 1800;

export class Shell {
  #folder;
  #env;
  #typed;
  #running = [];

  constructor(folder, env) {
    this.#folder = folder;
    this.#env = env;
    this.#typed = this.#start(["--norc", "-e", "-o", "pipefail"], "pipe");
  }

  /** Runs a step until it has ended, or, if it stays, has printed what it must. It fails if that is never printed. */
  async run(name, text, { printed, stays }) {
    const bash = stays ? this.#start(["-c", text], "ignore") : this.#typed;
    const from = bash.printed.length;
    const ended = `the end of ${name}`;
    if (!stays) bash.child.stdin.write(`{\n${text}\n} </dev/null\necho "${ended}"\n`); // a terminal, where nobody types more
    const until = stays ? printed : new RegExp(`^${ended}$`, "mu");
    const soFar = () => bash.printed.slice(from);
    for (const deadline = Date.now() + PATIENCE * 1000; !until.test(soFar());) {
      if (bash.child.exitCode !== null) throw new Error(`${name} has failed:\n${soFar()}`);
      if (Date.now() > deadline) throw new Error(`${name} has not ended within ${PATIENCE} seconds:\n${soFar()}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    if (!printed.test(soFar())) throw new Error(`${name} printed something else than ${printed}:\n${soFar()}`);
  }

  #start(options, stdin) {
    const stdio = [stdin, "pipe", "pipe"];
    const child = spawn("bash", options, { cwd: this.#folder, env: this.#env, detached: true, stdio });
    const bash = { child, printed: "" };
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (bash.printed += text));
    process.once("exit", () => interrupt(child));
    this.#running.push(child);
    return bash;
  }

  /** As Ctrl-C does, for all that a terminal has started. */
  async end() {
    await Promise.all(this.#running.filter(({ exitCode }) => exitCode === null).map((child) => {
      const ended = once(child, "exit");
      interrupt(child);
      return ended;
    }));
  }
}

function interrupt(child) {
  try {
    process.kill(-child.pid, "SIGINT");
    child.stdin?.end();
  } catch {
    // it has ended already
  }
}
