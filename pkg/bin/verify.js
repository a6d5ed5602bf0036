// `doorward verify`: whether a token would be let in.

import { judge, withJudgement } from "./judgement.js";
import {
  exitCodeOf,
  notesOf,
  verdictJson,
  writeProfile,
  writeRefusal,
  writeVerdict,
  writeVerified,
} from "./verdict.js";

export const verify = {
  name: "verify",
  summary: "verify a token, with the keys that its issuer publishes",
  examples: [
    [
      "doorward verify --env ACCESS_TOKEN --issuer https://idp.example.com --audience https://mcp.example.com/mcp",
      "whether it is for you, and may do what it asks for: add --scope mcp:read",
    ],
    ["cat token.txt | doorward verify --jwks jwks.json --json", "with keys from a file, for programs"],
  ],

  describe: withJudgement,

  async run([argument], options, host) {
    const judgement = await judge(argument, options, host);
    return {
      exitCode: exitCodeOf(judgement),
      json: verdictJson(judgement),
      notes: notesOf(judgement),
      write(paper) {
        writeVerdict(paper, judgement);
        if (judgement.verified === null) writeRefusal(paper, judgement);
        else writeVerified(paper, judgement);
        writeProfile(paper, judgement);
      },
    };
  },
};
