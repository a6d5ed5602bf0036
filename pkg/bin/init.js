// `doorward init`: a project that is a gate before an MCP server, ready to be run.

import { EXIT } from "./exit-code.js";
import { readAnswers } from "./init/answers.js";
import { configurationOf } from "./init/configuration.js";
import { lookUp, issuerWords } from "./init/issuer.js";
import { commandsFor } from "./init/next.js";
import { filesFor, mustBeFree, RUNTIMES, write } from "./init/project.js";

export const init = {
  name: "init",
  summary: "write a project that is a gate before an MCP server, ready to be run",
  examples: [
    ["doorward init", "asks what it needs to know"],
    [
      "doorward init gate --runtime deno --resource https://mcp.example.com/mcp" +
        " --origin https://origin.example.net/mcp --issuer https://idp.example.com --yes",
      "asks nothing",
    ],
  ],

  describe(command) {
    command
      .argument("[folder]", "where to write it; nothing there is overwritten", "mcp-gate")
      .option("--runtime <name>", `${RUNTIMES.join(" or ")}: where it will run`)
      .option("--resource <url>", "the address of the MCP server as its clients will have it")
      .option("--origin <url>", "the address where the server is")
      .option("--issuer <url>", 'the issuer of the tokens, as they have it in "iss"')
      .option("--audience <name...>", 'what tokens have in "aud" (the resource)')
      .option("--profile <name>", "the provider that the issuer is of (seen from its address)")
      .option("--scope <scope...>", "scopes that every request needs")
      .option("--yes", "ask nothing: take what is given, and the defaults");
  },

  async run([folder], options, host) {
    mustBeFree(folder, options.runtime === undefined ? RUNTIMES : [options.runtime]); // before anybody answers
    const { answers, found } = await readAnswers(options, host);
    const configuration = configurationOf(answers);
    const files = filesFor(answers.runtime, folder, configuration);
    const issuer = found ?? (await lookUp(answers.issuer, configuration.insecureLoopback, host));
    write(folder, files);
    const next = commandsFor(answers.runtime, folder, configuration);
    const names = files.map(({ path }) => path);
    return {
      exitCode: EXIT.YES,
      json: { folder, runtime: answers.runtime, files: names, configuration, issuer, next },
      write: (paper) => tell(paper, { folder, names, configuration, issuer, next }),
    };
  },
};

function tell(paper, { folder, names, configuration, issuer, next }) {
  const { style } = paper;
  paper.write(`${style.green("written")} ${folder}: ${names.join(", ")}`, { hanging: 2 });
  paper.write(issuerWords(issuer, style), { hanging: 2 });
  if (configuration.insecureLoopback) {
    const warning = "insecureLoopback is set, because there are http addresses: for this machine alone";
    paper.write(`${style.yellow("warning")} ${warning}`, { hanging: 2 });
  }
  paper.heading("Next").rows(next.map(({ command, what }) => [command, style.dim(what)]));
}
