// The part of the READMEs that tells of speed. It stands between two comments and is what the results say.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../js/project.mjs";
import { ALGORITHMS, RUNTIMES, provenance, ratioOf, repeatedRatioOf, table, times } from "./figures.mjs";

export const DOCS = join(ROOT, "pkg/docs");

const { version } = JSON.parse(readFileSync(join(ROOT, "pkg/package.json"), "utf8"));

/** The READMEs, and where the documents lie as seen from each: npm shows its own where the package's files are not. */
export const READMES = { "README.md": "pkg/docs", "pkg/README.md": `https://unpkg.com/doorward@${version}/docs` };

const [BEGIN, END] = ["<!-- written by `make bench` -->", "<!-- end of what is written by `make bench` -->"];
const BLOCK = new RegExp(`(?<=${BEGIN}\n).*?(?=${END})`, "su");

/** What stands between the comments of a README. */
export function blockOf(text) {
  const found = BLOCK.exec(text);
  if (found === null) throw new Error(`expected a line ${BEGIN} and, after it, a line ${END}`);
  return found[0];
}

export function writeReadmes(results) {
  for (const [file, docs] of Object.entries(READMES)) {
    const path = join(ROOT, file);
    const text = readFileSync(path, "utf8");
    blockOf(text);
    writeFileSync(path, text.replace(BLOCK, () => block(results, docs)));
  }
}

/** What the results say, in short. */
export function block(results, docs) {
  const cells = (runtime) => ALGORITHMS.map((algorithm) => times(ratioOf(results, runtime, algorithm)?.median));
  const rows = Object.entries(RUNTIMES).map(([runtime, title]) => [title, ...cells(runtime), times(repeatedOf(results, runtime))]);
  return `## Speed

How many times as fast as \`jwtVerify\` of jose ${results.versions.packages.jose} with an imported key, on the runtime's native cryptography:
\`verify(token, jwks, options)\`, a token in and its claims out, all tokens different; and \`createVerifier\` with a
\`tokenCache\`, a token (ES256) that comes again.

${table(["", ...ALGORITHMS, "again"], rows)}

![How many times as fast as jose, by runtime and algorithm](${docs}/benchmark.svg)

${provenance(results)}, as medians of interleaved
rounds. [All figures](${docs}/benchmark.md): microseconds and spread, other libraries, native Rust, cold starts, growth, the gate.

`;
}

const repeatedOf = (results, runtime) => repeatedRatioOf(results, runtime, "ES256")?.median;
