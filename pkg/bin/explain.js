// `doorward explain`: every check of a token, and what to change where one fails.

import { inWords } from "../lib/moment.js";
import { judge, withJudgement } from "./judgement.js";
import { adviceAtProvider } from "./provider-advice.js";
import { writeSteps } from "./step-words.js";
import { exitCodeOf, notesOf, verdictJson, writeProfile, writeVerdict } from "./verdict.js";
import { visible } from "./visible.js";

export const explain = {
  name: "explain",
  summary: "tell every check of a token, and what to change where one fails",
  examples: [
    [
      "doorward explain --env ACCESS_TOKEN --issuer https://idp.example.com --audience https://mcp.example.com/mcp",
      "why it is refused, if it is",
    ],
    ["cat token.txt | doorward explain --jwks jwks.json --profile auth0", "and what to change at Auth0"],
  ],

  describe: withJudgement,

  async run([argument], options, host) {
    const judgement = await judge(argument, options, host);
    const steps = judgement.explanation.steps.map((step) => ({
      ...step,
      atProvider: adviceAtProvider(judgement.profile, step.code),
    }));
    return {
      exitCode: exitCodeOf(judgement),
      json: { ...verdictJson(judgement), steps },
      notes: notesOf(judgement),
      write(paper) {
        writeVerdict(paper, judgement);
        if (judgement.keys.steps.length > 0) writeSteps(paper, judgement.keys.steps);
        paper.heading("Checked");
        paper.rows(steps.map((step) => stepRow(paper.style, step, judgement.unchecked)));
        if (isUnsigned(steps)) paper.write().write(UNSIGNED);
        writeProfile(paper, judgement);
      },
    };
  },
};

const MARKS = {
  passed: ["ok", "green"],
  failed: ["NO", "red"],
  not_reached: ["--", "dim"],
  unchecked: ["??", "yellow"],
};

/** Claims are judged whoever has signed them, so that all faults show at once. */
function isUnsigned(steps) {
  const verdictOf = (name) => steps.find(({ check }) => check === name).verdict;
  return verdictOf("signature") !== "passed" && verdictOf("claims") !== "not_reached";
}

const UNSIGNED =
  "Nobody is known to have signed these claims. They were looked at all the same, so that all faults show at once.";

function stepRow(style, { check, verdict, title, expected, found, section, advice, atProvider }, unchecked) {
  const [mark, colour] = MARKS[verdict === "passed" && unchecked.includes(check) ? "unchecked" : verdict];
  if (verdict === "not_reached") return [style.dim(mark), style.dim(title), style.dim("not reached")];
  const words = [
    `${inWords(visible(found))}`,
    `${style.dim("expected")} ${inWords(visible(expected))}${section ? style.dim(` (${section})`) : ""}`,
    ...(verdict === "failed" ? [advice && `${style.bold("next:")} ${advice}`, atProvider].filter(Boolean) : []),
  ];
  return [style[colour](mark), title, words.join("\n")];
}
