#!/usr/bin/env node
// The command line: `npx doorward`, `bunx doorward`, `deno run npm:doorward`.
import { hostOf } from "./host.js";
import { run } from "./program.js";

// Not `process.exit`, which would cut off what is still being written.
process.exitCode = await run(process.argv.slice(2), hostOf(process));
