// A server in the project, for as long as somebody talks to it.

import { spawn } from "node:child_process";
import { PROJECT } from "../project.mjs";
import { waitFor } from "./workerd.mjs";

/** Runs a server in the project while `use` talks to it. */
export async function served(command, args, env, port, use) {
  const child = spawn(command, args, { cwd: PROJECT, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let written = "";
  child.stdout.on("data", (data) => (written += data));
  child.stderr.on("data", (data) => (written += data));
  const ended = new Promise((resolve) => child.on("close", resolve));
  const address = `http://127.0.0.1:${port}/`;
  try {
    await waitFor(address, child);
    await use(address);
  } catch (error) {
    throw new Error(`${error.message}\n${written}`);
  } finally {
    child.kill();
    await ended;
  }
}
