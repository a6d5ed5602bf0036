// On what and with what was measured.

import { cpus, loadavg, totalmem } from "node:os";
import { nativeVersions } from "./native.mjs";
import { PEERS, versionOf } from "./project.mjs";
import { versions } from "./runtimes.mjs";

export function machine() {
  const [{ model }] = cpus();
  return {
    processor: model.trim(),
    cores: cpus().length,
    memoryGibibytes: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${process.arch}`,
    loadBefore: Number(loadavg()[0].toFixed(2)), // of one minute: others who ran beside
  };
}

export const versionsOfAll = () => ({
  runtimes: versions(),
  packages: Object.fromEntries(["doorward", ...PEERS].map((name) => [name, versionOf(name)])),
  native: nativeVersions(),
});
