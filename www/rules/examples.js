// Configurations to start from, one row each, with the operations that show what they are about.

const RESOURCE = "https://mcp.example.com/mcp";
const ORIGIN = "https://origin.internal/mcp";
const ISSUER = "https://login.example.com/";

export const EXAMPLES = [
  {
    id: "levels", name: "Three levels: read, write, admin",
    configuration: {
      resource: RESOURCE,
      origin: ORIGIN,
      issuers: [ISSUER],
      scopes: { implies: { "mcp:admin": ["mcp:write"], "mcp:write": ["mcp:read"] } },
      rules: [
        { method: "tools/call", name: "delete_*", scopes: ["mcp:admin"] },
        { method: "tools/call", name: "list_*", scopes: ["mcp:read"] },
        { method: "tools/call", scopes: ["mcp:write"] },
        { method: "resources/read", uri: "notes://private/**", scopes: ["mcp:admin"] },
        { method: "*", scopes: ["mcp:read"] },
      ],
      origins: ["https://app.example.com"],
    },
    operations: [
      "tools/list", "tools/call list_notes", "tools/call write_note", "tools/call delete_note",
      "resources/read notes://welcome", "resources/read notes://private/diary", "prompts/get summarize",
    ],
    scopes: ["mcp:read"],
  },
  {
    id: "denied", name: "Only what is listed, the rest denied",
    configuration: {
      resource: RESOURCE,
      origin: ORIGIN,
      issuers: [ISSUER],
      rules: [
        { method: "tools/list", scopes: ["tools"] },
        { method: "tools/call", name: "search", scopes: ["tools"] },
        { method: "tools/call", name: "fetch", scopes: ["tools"] },
      ],
    },
    operations: [
      "tools/list", "tools/call search", "tools/call fetch", "tools/call shell", "tools/call search_and_delete",
      "resources/read notes://welcome", "prompts/list",
    ],
    scopes: ["tools"],
  },
  {
    id: "public", name: "Public lists, protected calls",
    configuration: {
      resource: RESOURCE,
      origin: ORIGIN,
      issuers: [ISSUER],
      scopes: { baseline: ["mcp:use"] },
      rules: [
        { method: "server/discover", public: true },
        { method: "initialize", public: true },
        { method: "tools/list", public: true },
        { method: "tools/call", anyScope: ["mcp:use", "mcp:trial"] },
      ],
    },
    operations: ["server/discover", "tools/list", "tools/call search", "resources/list"],
    scopes: [],
  },
  {
    id: "claims", name: "A claim decides: who is in which group",
    configuration: {
      resource: RESOURCE,
      origin: ORIGIN,
      issuers: [ISSUER],
      rules: [
        {
          method: "tools/call", name: "payroll_*", scopes: ["mcp:tools"],
          claims: [{ claim: "groups", contains: "finance" }, { claim: "email_verified", equals: true }],
        },
        { method: "*", scopes: ["mcp:tools"] },
      ],
    },
    operations: ["tools/list", "tools/call payroll_export", "tools/call search"],
    scopes: ["mcp:tools"],
    claims: { groups: ["sales"], email_verified: true },
  },
  {
    id: "smallest", name: "The smallest: a valid token may do everything",
    configuration: { resource: RESOURCE, origin: ORIGIN, oidc: { issuer: ISSUER, client_id: "sample-client" } },
    operations: ["tools/list", "tools/call delete_note", "resources/read notes://private/diary"],
    scopes: [],
  },
];
