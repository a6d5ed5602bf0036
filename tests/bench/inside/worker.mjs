// Runs candidates in workerd, whose clock stands still while code computes: whoever asks takes the time. A request
// names the scenario, and is answered with the names of the candidates; or with a candidate and a count, which it then runs. With
// `idle` all is prepared and nothing run: the difference of the two is what the run takes.

import { limitsOf } from "./rounds.mjs";
import * as gate from "./scenarios/gate.mjs";
import * as verify from "./scenarios/verify.mjs";

const SCENARIOS = { gate, verify };
const prepared = new Map();

export default {
  async fetch(request) {
    const query = new URL(request.url).searchParams;
    const text = query.get("job");
    if (text === null) return new Response("ready");
    const job = JSON.parse(text);
    if (!prepared.has(text)) prepared.set(text, await SCENARIOS[job.scenario].candidatesFor(job));
    const { candidates, unable } = prepared.get(text);
    const name = query.get("candidate");
    if (name === null) return Response.json({ most: limitsOf(candidates), unable });
    const count = Number(query.get("count"));
    const { prepare, run } = candidates[name];
    const made = await prepare?.(count);
    if (!query.has("idle")) await run(count, made);
    return new Response("done");
  },
};
