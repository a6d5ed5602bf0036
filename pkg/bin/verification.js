// The options of `verify`, as the command line has them.

import { DoorwardError, createVerifier } from "doorward";
import { wrongUsage } from "./failure.js";

/** Adds them to a command. */
export function withVerification(command) {
  for (const { flags, words, read } of OPTIONS) command.option(flags, words, read);
  return command;
}

/** What was given, as `VerifyOptions`. Whatever cannot be is told before anything is fetched. */
export function verificationOf(given, host) {
  const { currentDate = new Date(host.now() * 1000), ...options } = Object.fromEntries(
    OPTIONS.flatMap(({ flags, option, of = (value) => value }) => {
      const value = given[attributeOf(flags)];
      return value === undefined ? [] : [[option, of(value)]];
    }),
  );
  try {
    createVerifier({ keys: [] }, options);
  } catch (error) {
    if (error instanceof DoorwardError && error.code === "invalid_option") throw mistakeIn(error);
    throw error;
  }
  return { ...options, currentDate };
}

/** The module's refusal of an option, by the name that it has here. */
function mistakeIn({ expected, found, advice, evidence }) {
  const [name] = (evidence.option ?? "").split(/[.[]/u);
  const flag = OPTIONS.find(({ option }) => option === name)?.flags.split(" ")[0] ?? name;
  return wrongUsage(`expected ${expected.replace(/^"[^"]*"/u, flag)}, found ${found}`, advice);
}

/** "--clock-tolerance <seconds>" is `clockTolerance` for the parser. */
function attributeOf(flags) {
  return flags
    .split(" ")[0]
    .slice(2)
    .replace(/-[a-z]/gu, ([, letter]) => letter.toUpperCase());
}

const collect = (value, before = []) => [...before, value];

const collectWords = (value, before = []) => [...before, ...value.split(" ").filter((word) => word !== "")];

const seconds = (flag) => (value) => {
  if (/^\d{1,15}$/u.test(value)) return Number(value);
  throw wrongUsage(`expected ${flag} to be whole seconds, found another text`, null);
};

/** A date and time of ISO 8601, or seconds since 1970, as tokens have them. */
function instantOf(value) {
  const date = /^\d{9,11}$/u.test(value) ? new Date(Number(value) * 1000) : new Date(value);
  if (!Number.isNaN(date.getTime())) return date;
  throw wrongUsage("expected --at to be a time, such as 2026-11-22T20:13:01Z or 1795378381, found another text", null);
}

/** `of` makes of what was collected what the option is. */
const OPTIONS = [
  {
    flags: "--issuer <url>",
    option: "issuer",
    read: collect,
    words: 'what "iss" must be, and who is asked for keys; repeated: one of them',
  },
  {
    flags: "--audience <name>",
    option: "audience",
    read: collect,
    words: 'what "aud" must be or contain; repeated: one of them',
  },
  {
    flags: "--scope <scope>",
    option: "requiredScopes",
    read: collectWords,
    words: "a scope that must be granted; repeated: all of them",
  },
  {
    flags: "--profile <name>",
    option: "profile",
    words: "how tokens of this provider are: okta, auth0, entra, cognito, ...",
  },
  {
    flags: "--tenant <id>",
    option: "tenants",
    read: collect,
    words: "with the profile entra: a tenant; repeated: one of them",
  },
  {
    flags: "--scope-claim <name>",
    option: "scopeClaim",
    read: collect,
    of: (path) => (path.length === 1 ? path[0] : path),
    words: "one more claim with scopes; repeated: the path to it",
  },
  {
    flags: "--algorithm <name>",
    option: "algorithms",
    read: collect,
    words: "an algorithm that is allowed; repeated: one of them",
  },
  {
    flags: "--typ <type>",
    option: "typ",
    read: collect,
    words: 'what "typ" in the header must be; repeated: one of them',
  },
  { flags: "--subject <name>", option: "subject", words: 'what "sub" must be' },
  {
    flags: "--required-claim <name>",
    option: "requiredClaims",
    read: collect,
    words: "a claim that must be there; repeated: all of them",
  },
  {
    flags: "--max-token-age <seconds>",
    option: "maxTokenAge",
    read: seconds("--max-token-age"),
    words: 'the most seconds that "iat" may be ago',
  },
  {
    flags: "--clock-tolerance <seconds>",
    option: "clockTolerance",
    read: seconds("--clock-tolerance"),
    words: "seconds that clocks may differ by, to 600 (default: 60)",
  },
  {
    flags: "--at <time>",
    option: "currentDate",
    read: instantOf,
    words: "the instant to judge by, as 2026-11-22T20:13:01Z (default: now)",
  },
];
