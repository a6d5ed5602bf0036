// The commands, and what they have in common: arguments, help, output, errors, the exit code.

import { Command, CommanderError } from "./commander.js";
import { EXIT, EXIT_WORDS } from "./exit-code.js";
import { explain } from "./explain.js";
import { failureOf, wrongUsage } from "./failure.js";
import { init } from "./init.js";
import { inspect } from "./inspect.js";
import { keys } from "./keys.js";
import { Paper } from "./paper.js";
import { probe } from "./probe.js";
import { writeSteps } from "./step-words.js";
import { token } from "./token.js";
import { verify } from "./verify.js";
import { VERSION } from "./version.js";
import { jsonText, withoutTokens } from "./visible.js";

/**
 * A command is a module of its own: `name`, `summary`, `examples` (each a line to type, and what it is for),
 * `describe`, which adds arguments and options, and `run(args, options, host)`. That gives what there is to tell, in
 * both forms:
 *
 * - `exitCode`, of `EXIT`
 * - `json`, plain data, for `--json`
 * - `write(paper)`, for people, on standard output
 * - `notes`, texts for people, on the error stream
 *
 * What goes wrong is thrown, as a `Failure` or a `DoorwardError`.
 */
const COMMANDS = [inspect, verify, explain, keys, token, probe, init];

/** Runs the command that the arguments name, and gives the exit code. */
export async function run([first, ...rest], host) {
  const args = first === undefined ? [] : first === "help" ? [...rest.slice(0, 1), "--help"] : [first, ...rest];
  const isJson = args.includes("--json");
  let exitCode = EXIT.YES;
  const program = programFor(host, async (command, operands, options) => {
    const told = await command.run(operands, options, host);
    tell(told, isJson, host);
    exitCode = told.exitCode;
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return EXIT.YES; // help, version
    const failure = thrown instanceof CommanderError ? mistake(thrown, args) : failureOf(thrown);
    if (failure === undefined) throw thrown;
    tellFailure(failure, isJson, host);
    return failure.exitCode;
  }
}

function programFor(host, action) {
  const program = new Command("doorward")
    .description("Looks at access tokens, verifies them, and says why one is refused.")
    .version(VERSION, "-v, --version", "display the version")
    .helpCommand(false)
    .exitOverride()
    .configureOutput(outputOf(host))
    .addHelpText("after", `\nMore about each: doorward COMMAND --help\n${exitWords()}`);
  for (const command of COMMANDS) {
    const parser = program.command(command.name).summary(command.summary).description(capitalized(command.summary));
    command.describe(parser);
    parser
      .option("--json", "write JSON, for programs")
      .addHelpText("after", `${exampleWords(command.examples)}\n${exitWords()}`)
      .action((...parts) => action(command, parts.slice(0, -2), parts.at(-2)));
  }
  return program;
}

/** The parser writes its help, and nothing else: mistakes are told with all others. */
function outputOf({ stdout, width }) {
  return {
    writeOut: (text) => stdout.write(text),
    writeErr: () => {},
    getOutHelpWidth: () => width,
    getErrHelpWidth: () => width,
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  };
}

function tell({ json, write, notes = [] }, isJson, host) {
  if (isJson) {
    host.stdout.write(`${jsonText(json)}\n`);
    return;
  }
  for (const note of notes) host.stderr.write(`${host.errorStyle.dim(note)}\n`);
  const paper = new Paper(host.width, host.style);
  write(paper);
  host.stdout.write(String(paper));
}

function tellFailure(failure, isJson, host) {
  if (isJson) {
    host.stdout.write(`${jsonText({ error: failure })}\n`);
    return;
  }
  const paper = new Paper(host.errorWidth, host.errorStyle);
  if (failure.details.fetches?.length > 0) writeSteps(paper, failure.details.fetches);
  if (failure.details.fetches?.length > 0) paper.write();
  paper.write(`${paper.style.red("error:")} ${failure.message}`, { hanging: 2 });
  if (failure.advice) paper.write(`${paper.style.bold("next:")} ${failure.advice}`, { hanging: 2 });
  host.stderr.write(String(paper));
}

/** What the parser could not read, as a failure. */
function mistake({ code, message }, args) {
  const [command] = args;
  if (code === "commander.help") {
    return wrongUsage(
      "expected a command, found none",
      `choose one of ${namesOfCommands()}; doorward --help says more`,
    );
  }
  const [text, suggestion] = message.replace(/^error: /u, "").split("\n");
  const more = COMMANDS.some(({ name }) => name === command) ? `doorward ${command} --help` : "doorward --help";
  if (code === "commander.unknownCommand" && withoutTokens(command) !== command) {
    return wrongUsage("expected a command, found a token", "doorward inspect shows what a token says");
  }
  const meant = /\(Did you mean (?<names>.*)\?\)/u.exec(suggestion)?.groups.names;
  return wrongUsage(text, `${meant === undefined ? "" : `did you mean ${meant}? `}${more} says what there is`);
}

function namesOfCommands() {
  return COMMANDS.map(({ name }) => name).join(", ");
}

function exampleWords(examples) {
  const lines = examples.map(([line, what]) => `  ${line.replace(/\bdoorward /gu, "npx doorward ")}\n      ${what}`);
  return `\nExamples:\n${lines.join("\n")}`;
}

function exitWords() {
  return `\nExit codes:\n${EXIT_WORDS.map(([code, words]) => `  ${code}  ${words}`).join("\n")}`;
}

function capitalized(text) {
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}
