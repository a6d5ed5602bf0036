// The types, as a user's compiler sees them.

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { test } from "./harness.mjs";
import { PROJECT, TOOLS } from "./project.mjs";

/** Registers the tests. They are for after the project was made. */
export function typeTests() {
  for (const resolution of ["nodenext", "bundler", "module"]) {
    test(`a strict program compiles, and what must not compile does not: ${resolution}`, () => {
      try {
        execFileSync(process.execPath, [join(TOOLS, "typescript/bin/tsc"), "--project", `types/tsconfig.${resolution}.json`], {
          cwd: PROJECT,
          encoding: "utf8",
        });
      } catch (error) {
        throw new Error(error.stdout || error.message);
      }
    });
  }
}
