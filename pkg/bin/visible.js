// Texts of others, fit for a terminal.

/** The text with what a terminal would obey, or show in another order or not at all, as `\u{...}`. */
export function visible(text) {
  return text.replace(INVISIBLE, (character) => `\\u{${character.codePointAt(0).toString(16)}}`);
}

/** A JSON value in one line. */
export function visibleJson(value) {
  return escaped(JSON.stringify(value));
}

/** JSON for programs, which may end on a terminal all the same: any reader takes an escaped character for the same. */
export function jsonText(value) {
  return JSON.stringify(value, null, 2).split("\n").map(escaped).join("\n");
}

function escaped(json) {
  return json.replace(INVISIBLE, (character) =>
    Array.from(
      { length: character.length },
      (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`,
    ).join(""),
  );
}

/** A text in which no token can be read: errors end in logs, and may quote what was typed. */
export function withoutTokens(text) {
  return text.replace(TOKENS, "(a token)");
}

/** Control and format characters, lone surrogates, and the separators of lines. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

/**
 * What begins as the base64url of `{"`, however damaged the rest: a JWT, whole or in part. With white space after the
 * brace, as some write their headers, it begins otherwise, and the parts after it tell it from a word.
 */
const TOKENS = /(?:eyJ[\w-]{6,}|e[yw][\w-]{6,}\.[\w-]{6,}\.)[\w.+/=-]*/gu;
