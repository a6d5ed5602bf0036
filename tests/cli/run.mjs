// The command line as its users have it: the packed tarball, in every runtime, against a real provider.
// Run after `make build`: node tests/cli/run.mjs. Ends with "N passed, N failed".

import { run, told } from "../js/harness.mjs";
import { tokenTests } from "./client-credentials.mjs";
import { initTests } from "./init.mjs";
import { inspectTests } from "./inspect.mjs";
import { keysTests } from "./keys.mjs";
import { pageTests } from "./page.mjs";
import { pageOfTokensTests } from "./page-of-tokens.mjs";
import { probeTests } from "./probe.mjs";
import { makeProject } from "./project.mjs";
import { startProvider } from "./provider.mjs";
import { runtimeTests } from "./runtimes.mjs";
import { terminalTests } from "./terminal.mjs";
import { usageTests } from "./usage.mjs";
import { verifyTests } from "./verify.mjs";

makeProject();
const provider = await startProvider();
runtimeTests(provider);
usageTests();
terminalTests(provider);
inspectTests();
probeTests();
keysTests(provider);
verifyTests(provider);
tokenTests(provider);
initTests();
pageTests();
pageOfTokensTests(provider);
const outcome = await run();
await provider.close();
console.log(told("the command line", outcome));
process.exit(outcome.failures.length === 0 && outcome.passed > 0 ? 0 : 1); // a site of a test that failed may still be open
