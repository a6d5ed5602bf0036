// The documentation: what it shows is run, what it quotes is compared, and what it links to is there. Its tests are part
// of the project, so that they have the package, and its pages, as they were installed.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { test } from "./harness.mjs";
import { PROJECT } from "./project.mjs";

/** Registers the tests. They are for after the project was made. */
export async function documentationTests() {
  const ofProject = (file) => import(pathToFileURL(join(PROJECT, "documentation", file)));
  (await ofProject("links.mjs")).linkTests(test);
  (await ofProject("blocks.mjs")).blockTests(test);
  (await ofProject("errors.mjs")).errorTests(test);
  (await ofProject("decisions.mjs")).decisionTests(test);
  (await ofProject("providers.mjs")).providerTests(test);
  (await ofProject("threats.mjs")).threatTests(test);
}
