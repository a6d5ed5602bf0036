// Colours, where there is somebody to see them.

/** Functions that colour a text, or leave it as it is: no terminal, or one whose user wants none (no-color.org). */
export function styleFor(stream, env) {
  const isColoured = stream.isTTY === true && !env("NO_COLOR") && env("TERM") !== "dumb";
  const style = {};
  for (const [name, [on, off]] of Object.entries(CODES)) {
    style[name] = isColoured ? (text) => `\u001b[${on}m${text}\u001b[${off}m` : (text) => text;
  }
  return style;
}

/** How many columns a text takes. */
export function columnsOf(text) {
  return [...text.replace(SEQUENCES, "")].length;
}

/** Select Graphic Rendition: what turns each on and off again. */
const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
};

const SEQUENCES = /\u001b\[\d+m/gu;
