// The page in one loop: inputs → judge → answer, checks, decoded parts. The other tabs hang on it.

import { KeysPanel } from "../keys/panel.js";
import { RequestPanel } from "../request/panel.js";
import { RulesPanel } from "../rules/panel.js";
import { SamplePanel } from "../sample/panel.js";
import { SharePanel } from "../share/panel.js";
import { Callers } from "../trial/callers.js";
import { Clock } from "./clock.js";
import { Decoded } from "./decoded.js";
import { byId, setText } from "./element.js";
import { Expectations } from "./expectations.js";
import { KeysField } from "./keys-field.js";
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
const keysPanel = new KeysPanel((jwks) => { keys.value = jwks; soon(); });
const sample = new SamplePanel({
  now: () => clock.now(),
  /** The sample's key and expectations, into the fields. */
  fill: ({ jwks: text, expected }) => {
    keys.value = text;
    expectations.fill(expected);
  },
  /** One token of the sample: judged at once, and the check that stops it is shown. */
  present: (text) => {
    token.value = text;
    evaluate();
    steps.pointToFailed();
  },
});

const callers = new Callers();
let request;
const rules = new RulesPanel(callers, {
  onChange: () => request?.adopt(),
  onStart: (caller) => request.fill({ caller }),
  tryOut: ({ method, operand }, caller) => {
    const isVerb = method === "GET" || method === "DELETE";
    request.fill({ caller, message: isVerb ? { verb: method, revision: "2025-11-25" } : { method, operand } });
    tabs.open("request");
    byId("request-ruling").focus();
  },
});
request = new RequestPanel({ callers, configured: () => rules.configured });
request.adopt();

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
  keysPanel.show(keys.value, token.value, judgement.state === "accepted" ? judgement.verified.key.index : null);
  request.mineChanged(token.value, keys.value);
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

/** All that a link can hold. */
function stateOfPage() {
  return {
    token: { token: token.value, jwks: keys.value, moment: clock.state, ...expectations.state },
    rules: rules.state,
    request: request.state,
  };
}

function restore({ token: checked, rules: ruled, request: asked }) {
  if (checked !== undefined) {
    sample.forget();
    token.value = checked.token ?? "";
    keys.value = checked.jwks ?? "";
    expectations.fill(checked);
    clock.fill(checked.moment ?? "");
  }
  if (ruled !== undefined) rules.fill(ruled);
  if (asked !== undefined) request.fill(asked);
  evaluate();
}

// Read from the page and not written twice: what is shown is what the browser enforces.
setText(byId("csp"), document.querySelector("meta[http-equiv='Content-Security-Policy']").content.replaceAll("; ", ";\n"));
evaluate();

const initial = stateOfPage();
const share = new SharePanel({
  tab: () => tabs.current,
  state: stateOfPage,
  /** What is on the page from the start says nothing, but where the reader looks at it. */
  pick: (state) => {
    const changed = (...parts) => parts.some((part) => JSON.stringify(state[part]) !== JSON.stringify(initial[part]));
    const isGate = changed("rules", "request") || ["rules", "request"].includes(tabs.current);
    return {
      ...changed("token") ? { token: state.token } : {},
      ...isGate ? { rules: state.rules, request: state.request } : {},
    };
  },
  restore,
});
share.follow();

// After the first screen, which needs nothing of it.
const { BenchmarkPanel } = await import("../bench/panel.js");
const benchmark = new BenchmarkPanel();

Promise.all([sample.loaded, callers.loaded, benchmark.loaded]).then(
  () => setText(byId("loaded"), "Everything is loaded: this page needs no network any more."),
  () => {}, // whoever asks for a sample is told
);

// Only a server that has started the gate says so; from any other, nothing more is asked for.
const live = document.querySelector("meta[name='live']");
if (live !== null) {
  const { LivePanel } = await import("../gate/panel.js");
  new LivePanel(JSON.parse(live.content), inspect);
  tabs.follow(); // the address may have named this tab
}
