// Who asks, one row each. Only their name goes to the demo's server, which gets the token from the provider.

export const CALLERS = [
  { id: "none", label: "nobody", note: "No token at all: how every client begins." },
  {
    id: "reader", label: "reader", scope: "mcp:read",
    note: "A token from the provider, by client credentials, with the scope mcp:read.",
  },
  {
    id: "writer", label: "writer", scope: "mcp:write",
    note: "A token from the provider with the scope mcp:write. At this gate that includes mcp:read.",
  },
  {
    id: "admin", label: "admin", scope: "mcp:admin",
    note: "A token from the provider with the scope mcp:admin. At this gate that includes the other two.",
  },
  {
    id: "expired", label: "expired",
    note: "An admin’s token, signed by the provider, that expired yesterday.",
  },
  {
    id: "forged", label: "forged",
    note: "A reader’s token in which somebody has changed the scope to mcp:admin.",
  },
  {
    id: "elsewhere", label: "wrong audience",
    note: "An admin’s token, signed by the provider, but issued for another service.",
  },
];

/** Who has exactly this scope: whom a client becomes by asking the provider for it. */
export function callerWith(scope) {
  return CALLERS.find((caller) => caller.scope === scope);
}
