// The page in one loop: inputs → judge → answer, checks, decoded parts.

import { Clock } from "./clock.js";
import { Decoded } from "./decoded.js";
import { byId, setText } from "./element.js";
import { Expectations } from "./expectations.js";
import { KeysField } from "./keys-field.js";
import { SamplePanel } from "../sample/panel.js";
import { Steps } from "./steps.js";
import { Tabs } from "./tabs.js";
import { TokenField } from "./token-field.js";
import { Verdict } from "./verdict.js";
import { judge } from "./verifier.js";

/** Long enough that a burst of keystrokes is judged once, short enough to feel immediate. */
const DEBOUNCE_MS = 60;

const tabs = new Tabs();
const keys = new KeysField(soon);
const token = new TokenField(() => { sample.forget(); soon(); });
const clock = new Clock(soon);
const expectations = new Expectations(soon);
const verdict = new Verdict();
const steps = new Steps();
const decoded = new Decoded();
const sample = new SamplePanel({
  now: () => clock.now(),
  /** The sample's key and expectations, into the fields. */
  fill: ({ jwks: text, issuer, audience, scope }) => {
    keys.value = text;
    expectations.fill({ issuer, audience, scope });
  },
  /** One token of the sample: judged at once, and the check that stops it is shown. */
  present: (text) => {
    token.value = text;
    evaluate();
    steps.pointToFailed();
  },
});

let pending;

function soon() {
  clearTimeout(pending);
  pending = setTimeout(evaluate, DEBOUNCE_MS);
}

function evaluate() {
  clearTimeout(pending);
  const now = clock.now();
  const options = expectations.options(now);
  let judgement;
  try {
    judgement = judge(token.value, keys.value, options);
    keys.tell();
  } catch (error) {
    // Never seen, but if the verifier itself fails, no earlier answer may stay on the page.
    judgement = { state: "broken", error, steps: [] };
  }
  expectations.showProblem(judgement.state === "unusable" ? judgement.error : null);
  verdict.show(judgement, options, now);
  steps.show(judgement.steps);
  decoded.show(token.value, judgement, options, now);
}

/** A token of the live gate, with the keys it is judged by there: its checks come into view. */
function inspect({ token: text, jwks, ...expected }) {
  sample.forget();
  keys.value = jwks;
  expectations.fill(expected);
  token.value = text;
  clock.goLive();
  evaluate();
  tabs.open("token");
  byId("verdict").focus();
}

// Read from the page and not written twice: what is shown is what the browser enforces.
setText(byId("csp"), document.querySelector("meta[http-equiv='Content-Security-Policy']").content.replaceAll("; ", ";\n"));
evaluate();

// Only a server that has started the gate says so; from any other, nothing more is asked for.
const live = document.querySelector("meta[name='live']");
if (live !== null) {
  const { LivePanel } = await import("../gate/panel.js");
  new LivePanel(JSON.parse(live.content), inspect);
  tabs.follow(); // the address may have named this tab
}
