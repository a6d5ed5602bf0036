// What an MCP client keeps about itself: its registration, its tokens, what an authorization in progress needs. Both
// generations of the SDK ask for it by the same methods.

import { followed } from "./agent.mjs";

const REDIRECT_URI = "http://127.0.0.1:9/callback";

/**
 * A client before its first registration. Its user agrees to all: when the client sends the user to the provider,
 * `callback` is where the user came back. `requested` has the scopes of each authorization, in order.
 */
export function account() {
  const kept = {};
  const cookies = new Map();
  return {
    requested: [],
    callback: undefined,
    redirectUrl: REDIRECT_URI,
    clientMetadata: {
      client_name: "walker", redirect_uris: [REDIRECT_URI], token_endpoint_auth_method: "none",
      grant_types: ["authorization_code", "refresh_token"], response_types: ["code"],
    },
    clientInformation: () => kept.client,
    saveClientInformation: (client) => void (kept.client = client),
    tokens: () => kept.tokens,
    saveTokens: (tokens) => void (kept.tokens = tokens),
    codeVerifier: () => kept.verifier,
    saveCodeVerifier: (verifier) => void (kept.verifier = verifier),
    discoveryState: () => kept.discovery,
    saveDiscoveryState: (discovery) => void (kept.discovery = discovery),
    async redirectToAuthorization(url) {
      this.requested.push(url.searchParams.get("scope"));
      this.callback = await followed(url, REDIRECT_URI, cookies);
    },
    invalidateCredentials(what) {
      for (const member of what === "all" ? Object.keys(kept) : [what]) delete kept[member];
    },
  };
}
