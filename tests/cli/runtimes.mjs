// Every runtime gives the same answer.

import { ok, same, test } from "../js/harness.mjs";
import { RUNTIMES, TOOLS, doorward } from "./project.mjs";
import { token } from "./token.mjs";

export function runtimeTests() {
  for (const runtime of Object.keys(RUNTIMES)) {
    test(`${runtime}: a token from standard input is shown`, async () => {
      const { exitCode, stdout, stderr } = await doorward(["inspect"], { runtime, input: `${token({ sub: "one" })}\r\n` });
      same([exitCode, stderr], [0, "token from: standard input\n"]);
      ok(/^ {2}sub +subject +one$/mu.test(stdout) && stdout.startsWith("NOT VERIFIED"), stdout);
    });

    test(`${runtime}: a token from a variable is shown, and one from the default variable`, async () => {
      for (const [args, name] of [[["--env", "ELSEWHERE"], "ELSEWHERE"], [[], "DOORWARD_TOKEN"]]) {
        const told = await doorward(["inspect", "--json", ...args], { runtime, env: { [name]: token() } });
        same([told.exitCode, JSON.parse(told.stdout).source], [0, `variable ${name}`], told.stderr);
      }
    });

    test(`${runtime}: what is no token is refused with 1, what is no command with 2`, async () => {
      same((await doorward(["inspect", "not.a"], { runtime })).exitCode, 1);
      same((await doorward(["insect"], { runtime })).exitCode, 2);
    });

    test(`${runtime}: the version is told`, async () => {
      const { exitCode, stdout } = await doorward(["--version"], { runtime });
      ok(exitCode === 0 && /^\d+\.\d+\.\d+\n$/u.test(stdout), stdout);
    });
  }

  test("npx and bunx run it", async () => {
    for (const runtime of [["npx", "--offline", "doorward"], [`${TOOLS}/.bin/bunx`, "doorward"]]) {
      const { exitCode, stdout, stderr } = await doorward(["inspect", token({ sub: "two" })], { runtime });
      ok(exitCode === 0 && / two$/mu.test(stdout), `${runtime[0]}: ${stderr}`);
    }
  });
}
