// The command line as its users have it: the packed tarball, in every runtime, against a real provider.
// Run after `make build`: node tests/cli/run.mjs. Ends with "N passed, N failed".

import { run, told } from "../js/harness.mjs";
import { inspectTests } from "./inspect.mjs";
import { probeTests } from "./probe.mjs";
import { makeProject } from "./project.mjs";
import { runtimeTests } from "./runtimes.mjs";
import { usageTests } from "./usage.mjs";

makeProject();
runtimeTests();
usageTests();
inspectTests();
probeTests();
const outcome = await run();
console.log(told("the command line", outcome));
process.exitCode = outcome.failures.length === 0 && outcome.passed > 0 ? 0 : 1;
