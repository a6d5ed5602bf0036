// `doorward keys`: what a provider publishes to verify with.

import { span } from "../lib/moment.js";
import { EXIT } from "./exit-code.js";
import { wrongUsage } from "./failure.js";
import { keysOf } from "./key-list.js";
import { findKeysAnywhere } from "./key-source.js";
import { withProvider } from "./provider.js";
import { writeSteps } from "./step-words.js";
import { visible } from "./visible.js";

export const keys = {
  name: "keys",
  summary: "list a provider's keys: algorithm, strength, and whether each can be used",
  examples: [
    ["doorward keys https://idp.example.com", "those of an issuer, and the fetches that found them"],
    ["doorward keys https://idp.example.com/jwks", "those at an address"],
    ["doorward keys jwks.json", "those in a file"],
  ],

  describe(command) {
    command.argument("[source]", 'the issuer as tokens have it in "iss", the address of keys, a file, or "-"');
    withProvider(command);
  },

  async run([source], options, host) {
    if (source === undefined) {
      throw wrongUsage("expected an issuer, an address or a file, found none", "doorward keys https://idp.example.com");
    }
    const { name, text, steps, freshSeconds } = await findKeysAnywhere(source, options, host);
    const list = keysOf(text);
    const usable = list.filter((key) => key.usable).length;
    return {
      exitCode: usable > 0 ? EXIT.YES : EXIT.NO,
      json: { source: name, fetches: steps, freshSeconds, usable, keys: list },
      write(paper) {
        if (steps.length > 0) writeSteps(paper, steps);
        writeKeys(paper, list, usable);
        if (freshSeconds !== null) paper.write().write(`A gate fetches them again after ${span(freshSeconds)}.`);
      },
    };
  },
};

function writeKeys(paper, list, usable) {
  const { style } = paper;
  paper.heading(`${list.length === 1 ? "1 key" : `${list.length} keys`}, ${usable} usable`);
  paper.rows(
    list.map(({ kid, algorithms, strength, reason }) => [
      kid === null ? style.dim("no kid") : visible(kid),
      visible(strength),
      visible(algorithms.join(" ")),
      reason === null ? style.green("usable") : style.yellow(`skipped: ${visible(reason)}`),
    ]),
  );
}
