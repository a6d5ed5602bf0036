// What the demo's servers take from npm, found where the tests have it installed.

import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

const tests = new URL("../../tests/", import.meta.url);
const fromTests = createRequire(new URL("package.json", tests));
const load = (name) => import(pathToFileURL(fromTests.resolve(name)).href);

export const { default: Provider, errors } = await load("oidc-provider");
export const { McpServer, createMcpHandler, fromJsonSchema } = await load("@modelcontextprotocol/server");
export const workerd = fileURLToPath(new URL("node_modules/.bin/workerd", tests));
