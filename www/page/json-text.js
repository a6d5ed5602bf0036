// JSON text laid out for reading, from its tokens and not from its value: what `JSON.parse` would drop or
// change (a member given twice, a number's spelling, text after the end) stays to be seen.

// A string, a number or word, one mark, white space, or any single character that is none of these.
const LEXEME = /"(?:[^"\\]|\\.)*"|[-+.\w]+|[{}[\],:]|\s+|[^]/g;

// Characters that show nothing, or reorder what is shown: controls, zero-width and bidirectional marks.
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/**
 * The lines of `text`. Each is `{ depth, lexemes: [{ kind, text }], name, value }` with the kinds `name`,
 * `string`, `number`, `word`, `mark`, `stray` and `repeated` (a member name that its object has already).
 * `name` and `value` are set on lines that hold one member of the outermost object with a simple value.
 */
export function linesOf(text) {
  const lexemes = (text.match(LEXEME) ?? []).filter((lexeme) => lexeme.trim() !== "");
  const lines = [];
  const open = []; // one a bracket: the member names seen so far; null for an array
  let line = newLine(0);
  const breakLine = () => {
    if (line.lexemes.length > 0) lines.push(line);
    line = newLine(open.length);
  };

  lexemes.forEach((lexeme, index) => {
    const next = lexemes[index + 1];
    if (lexeme === "{" || lexeme === "[") {
      line.lexemes.push({ kind: "mark", text: lexeme });
      open.push(lexeme === "{" ? new Set() : null);
      if (next !== "}" && next !== "]") breakLine();
    } else if (lexeme === "}" || lexeme === "]") {
      const empty = lexemes[index - 1] === "{" || lexemes[index - 1] === "[";
      open.pop();
      if (!empty) breakLine();
      line.lexemes.push({ kind: "mark", text: lexeme });
    } else if (lexeme === ",") {
      line.lexemes.push({ kind: "mark", text: "," });
      breakLine();
    } else if (lexeme === ":") {
      line.lexemes.push({ kind: "mark", text: ": " });
    } else {
      const names = open.at(-1);
      const isName = next === ":" && names instanceof Set;
      line.lexemes.push({ kind: isName ? nameKind(lexeme, names) : valueKind(lexeme), text: seen(lexeme) });
      if (isName && open.length === 1) line.name = plain(lexeme);
      else if (line.name !== null && open.length === 1) line.value = plain(lexeme);
    }
  });
  breakLine();
  return lines;
}

/** The text with every character that cannot be seen written as `\u{…}`. */
export function seen(text) {
  return text.replace(UNSEEN, (character) => `\\u{${character.codePointAt(0).toString(16)}}`);
}

function newLine(depth) {
  return { depth, lexemes: [], name: null, value: null };
}

function nameKind(lexeme, names) {
  const name = plain(lexeme);
  if (names.has(name)) return "repeated";
  names.add(name);
  return "name";
}

function valueKind(lexeme) {
  if (lexeme.startsWith('"') && lexeme.length > 1) return "string";
  if (/^-?\d/.test(lexeme)) return "number";
  return ["true", "false", "null"].includes(lexeme) ? "word" : "stray";
}

/** What the lexeme stands for, so that `"i\u0073s"` is seen to repeat `"iss"`. */
function plain(lexeme) {
  try {
    return JSON.parse(lexeme);
  } catch {
    return lexeme;
  }
}
