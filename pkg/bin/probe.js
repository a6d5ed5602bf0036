// `doorward probe`: what a server of the Model Context Protocol does right and wrong about authorization.

import { EXIT } from "./exit-code.js";
import { wrongUsage } from "./failure.js";
import { writeText } from "./output.js";
import { acquaint, endSessions } from "./probe/acquaintance.js";
import { adviceFor } from "./probe/advice.js";
import { Connection } from "./probe/connection.js";
import { credentialsFor } from "./probe/credentials.js";
import { markdownOf } from "./probe/markdown.js";
import { gradeOf, writeReport } from "./probe/report.js";
import { run, tests } from "./probe/suite.js";
import { readTarget } from "./probe/target.js";
import { progressOn } from "./probe/progress.js";
import { DEFAULT_VARIABLE } from "./token-source.js";
import { VERSION } from "./version.js";

export const probe = {
  name: "probe",
  summary: "test an MCP server's authorization against the specification, and print a report card",
  examples: [
    ["doorward probe https://mcp.example.com/mcp", "what can be tested without a token"],
    ["doorward probe https://mcp.example.com/mcp --token-env ACCESS_TOKEN --tool echo", "with a token, calling a tool"],
    ["doorward probe http://127.0.0.1:3000/mcp --serve-issuer 9000", "all of it, at a server that trusts that issuer"],
    ['doorward probe https://mcp.example.com/mcp --only "no token" metadata --json', "two topics, for programs"],
  ],

  describe(command) {
    command
      .argument("<url>", "the address of the server, as its clients have it")
      .option("--token-env <name>", `the variable with a token that the server accepts (${DEFAULT_VARIABLE})`)
      .option("--token-stdin", "read that token from standard input")
      .option("--serve-issuer <port>", "serve an issuer for the server to trust: every kind of token can then be tried")
      .option("--issuer-url <url>", "what the server calls that issuer (http://127.0.0.1:PORT)")
      .option("--wait <seconds>", "how long the server has to trust it", "60")
      .option("--scope <scope...>", "the scopes that requests need")
      .option("--tool <name>", "a tool that may be called, several times; without it none is")
      .option("--tool-arguments <json>", "the arguments for it", "{}")
      .option("--origin <origin>", "a web origin that the server allows")
      .option("--target <file>", "JSON with more about the server: see docs/command-line.md")
      .option("--only <topic...>", "some of the topics")
      .option("--revision <revision...>", "revisions of MCP, the first for most tests (what the server serves)")
      .option("--timeout <seconds>", "how long an answer may take", "10")
      .option("--markdown <file>", "write the report as Markdown, too")
      .option("--list-skipped", "name each test that was not tried");
  },

  async run([url], options, host) {
    const target = readTarget(url, options);
    const chosen = tests().filter(({ topic }) => target.topics.includes(topic));
    const most = chosen.length * MOST_PER_TEST + INTRODUCTION;
    const connection = new Connection({ url: target.url, seconds: target.seconds, most, agent });
    const progress = progressOn(host, options.json);
    const began = performance.now();
    const tell = (text) => options.json || host.stderr.write(`${host.errorStyle.dim(text)}\n`);
    const credentials = await credentialsFor(target, options, { connection, host, progress, tell });
    try {
      tell(`${chosen.length} tests, one after the other, with at most ${most} requests`);
      const { known, results } = await probed(target, chosen, credentials, connection, progress);
      const seconds = Math.round((performance.now() - began) / 100) / 10;
      return outcome({ target, known, credentials, results, requests: connection.requests, seconds }, options);
    } finally {
      progress.clear();
      credentials.close();
    }
  },
};

async function probed({ url, revisions: wanted, suite }, chosen, { token, make }, connection, progress) {
  const known = await acquaint(connection, { url, token, wanted });
  const { fetch, exchange } = connection;
  const target = { ...suite, ...known, token: make, fetch, exchange };
  const results = await tried(target, chosen, connection, progress);
  await endSessions(connection, { url, token });
  return { known, results };
}

/** One test after the other, until the server has gone. */
async function tried(target, chosen, connection, progress) {
  const results = [];
  for (const [at, { name, topic }] of chosen.entries()) {
    progress.say(`${at + 1} of ${chosen.length} · ${topic}: ${name}`);
    connection.isLimited = false;
    const [result] = await run(target, (test) => test.name === name);
    results.push(connection.isLimited ? { ...result, ...LIMITED } : result);
    connection.mustAnswer();
  }
  return results;
}

function outcome({ target, known, credentials, results, requests, seconds }, options) {
  const grade = gradeOf(results);
  if (grade.tried === 0) {
    throw wrongUsage("expected something to test, found nothing that can be tried so", "give a token, or other topics");
  }
  const { isOpen, revisions } = known;
  const { source: token, isServed: isIssuerServed, notes } = credentials;
  const advised = results.map((result) => ({
    ...result,
    next: adviceFor(result, { hasToken: token !== null, isIssuerServed }),
  }));
  const about = { url: target.url, isOpen, revisions, token, requests, seconds };
  const report = { ...about, grade, results: advised };
  if (options.markdown !== undefined) writeText(options.markdown, markdownOf(report), { overwrites: true });
  return {
    exitCode: grade.must.failed === 0 ? EXIT.YES : EXIT.NO,
    json: report,
    notes,
    write: (paper) => writeReport(paper, report, options.listSkipped === true),
  };
}

/** What happens to a test where no more requests are wanted says nothing of all else. */
const LIMITED = { outcome: "skipped", missing: "patience", reason: "there was a limit of requests" };

/** Most tests send one, a few three; and some are left for a server that asks for patience. */
const MOST_PER_TEST = 2;
/** Requests before the first test and after the last. */
const INTRODUCTION = 30;

const agent = `doorward-probe/${VERSION}`;
