// Fetches, for people.

import { visible } from "./visible.js";

/** Writes each fetch, with what came of it and how long it took. */
export function writeSteps(paper, steps) {
  const { style } = paper;
  paper.heading("Fetched");
  steps.forEach(({ document, url, status, milliseconds, accepted, reason, advice }, at) => {
    const mark = accepted ? style.green("ok") : style.yellow("no");
    const came = status === null ? "" : `${status}, `;
    paper.write(`${at + 1}. ${mark}  ${visible(url)}`, { indent: 2, hanging: 7 });
    paper.write(style.dim(`${document}: ${came}${milliseconds} ms${reason === null ? "" : `, ${reason}`}`), {
      indent: 9,
    });
    if (advice !== null) paper.write(advice, { indent: 9 });
  });
}
