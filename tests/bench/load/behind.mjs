/** What may be behind the gate: each is a variant of the worker, and with "gated-" before it another. */
export const BEHIND = {
  handler: "a handler that does nothing",
  sdk: "the server of the MCP SDK",
  proxy: "an origin, by proxy",
};
