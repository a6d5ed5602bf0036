// Requests as fast as they are answered: wrk, which Debian has.

import { execFile, execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { PROJECT, ROOT } from "../../e2e/gate/project.mjs";

/** Installs it where it is missing. */
export function needWrk() {
  try {
    execFileSync("wrk", ["--version"], { stdio: "ignore" });
  } catch (fault) {
    if (fault.code === "ENOENT") execFileSync(join(ROOT, ".ci/apt.sh"), ["wrk"], { stdio: "inherit" });
  }
}

/** Posts `body` for so many seconds over so many connections. Gives requests a second, and milliseconds. */
export async function load(url, { headers, body }, { seconds, connections }) {
  const script = join(PROJECT, `load-${new URL(url).port}.lua`);
  writeFileSync(script, scriptOf(headers, body));
  const args = ["-t", "1", "--timeout", "10s", "-c", String(connections), "-d", `${seconds}s`, "-s", script, url];
  const { stdout } = await promisify(execFile)("wrk", args, { maxBuffer: 2 ** 24 });
  const { requests, microseconds, median, errors } = JSON.parse(stdout.slice(stdout.lastIndexOf("{")));
  if (requests === 0 || errors > 0) throw new Error(`${url}: ${requests} requests, ${errors} of them failed`);
  return { requests, perSecond: (requests * 1e6) / microseconds, medianMilliseconds: median / 1000 };
}

const scriptOf = (headers, body) => `
wrk.method = "POST"
wrk.body = ${quoted(body)}
${Object.entries(headers).map(([name, value]) => `wrk.headers[ ${quoted(name)} ] = ${quoted(value)}`).join("\n")}
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format('{"requests":%d,"microseconds":%d,"median":%d,"errors":%d}', summary.requests,
    summary.duration, latency:percentile(50), e.connect + e.read + e.write + e.status + e.timeout))
end
`;

/** A string of Lua, in which no bracket of the text can end it. */
const quoted = (text) => `[==[${text}]==]`;
