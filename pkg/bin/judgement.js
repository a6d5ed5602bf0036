// A token, judged by the keys and the options that were asked for: what `verify` and `explain` have in common.

import { DoorwardError, decodeUnverified, explain, verify } from "doorward";
import { wrongUsage } from "./failure.js";
import { findKeys } from "./key-source.js";
import { withProvider } from "./provider.js";
import { profileFor } from "./provider-advice.js";
import { readToken, withToken } from "./token-source.js";
import { withVerification, verificationOf } from "./verification.js";
import { visibleJson } from "./visible.js";

/** Adds the options of a command that judges a token. */
export function withJudgement(command) {
  withToken(command);
  command.option("--jwks <place>", 'the keys: a file, an address, or "-"; without it, the issuer is asked for them');
  withVerification(command);
  return withProvider(command);
}

/**
 * Gives what was found out: `verified`, as `verify` gives it, or else `refusal`, its error; the `explanation`; the
 * `keys` and whence they came; what nobody asked to be checked; and the profile of the provider, as given or by its
 * issuer.
 */
export async function judge(argument, options, host) {
  const verification = verificationOf(options, host);
  if (options.jwks === "-" && options.env === undefined && (argument ?? "-") === "-") {
    throw wrongUsage(
      "expected one thing on standard input, found keys and token",
      "name the token's variable with --env",
    );
  }
  const { token, source, notes } = await readToken(argument, options, host);
  const issuer = options.issuer?.[0];
  if (options.jwks === undefined && issuer === undefined) throw noKeys(token);
  const keys = await findKeys({ ...options, issuer }, host);
  const likely = profileFor(issuer ?? issuerOf(token));
  return {
    source,
    notes,
    keys,
    now: verification.currentDate.getTime() / 1000,
    explanation: explain(token, keys.text, verification),
    ...outcomeOf(token, keys.text, verification),
    unchecked: ["issuer", "audience"].filter((name) => verification[name] === undefined),
    profile: verification.profile ?? likely ?? "standard",
    suggestedProfile: verification.profile === undefined ? (likely ?? null) : null,
  };
}

function outcomeOf(token, keys, verification) {
  try {
    return { verified: verify(token, keys, verification), refusal: null };
  } catch (error) {
    if (!(error instanceof DoorwardError) || error.code.startsWith("jwks_")) throw error;
    return { verified: null, refusal: error };
  }
}

/** What a token says of its issuer chooses no keys here: it would choose its own. */
function noKeys(token) {
  const issuer = issuerOf(token);
  const said = issuer === undefined ? "" : `. The token says, unverified, that it is from ${visibleJson(issuer)}`;
  return wrongUsage(
    "expected --issuer or --jwks, to have keys to verify with, found neither",
    `name the issuer that you trust${said}`,
  );
}

function issuerOf(token) {
  try {
    const { iss } = decodeUnverified(token).claims;
    return typeof iss === "string" ? iss : undefined;
  } catch {
    return undefined;
  }
}
