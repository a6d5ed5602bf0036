// `doorward token`: an access token by client credentials.

import { span } from "../lib/moment.js";
import { METHODS, authenticated, methodFor } from "./client-authentication.js";
import { EXIT } from "./exit-code.js";
import { wrongUsage } from "./failure.js";
import { fetchKeys, textsIn, withProvider } from "./provider.js";
import { SECRET_VARIABLE } from "./secret.js";
import { requestToken, tokenEndpointAt } from "./token-endpoint.js";
import { visible, visibleJson } from "./visible.js";

export const token = {
  name: "token",
  summary: "fetch an access token by client credentials, and write it alone",
  examples: [
    [
      "doorward token --issuer https://idp.example.com --client-id job --resource https://mcp.example.com/mcp --scope mcp:read",
      `with the secret in ${SECRET_VARIABLE}; without one, it is asked for`,
    ],
    [
      "doorward token --issuer https://idp.example.com --client-id job --key job.pem --resource https://mcp.example.com/mcp | doorward inspect",
      "by private_key_jwt, and a look at what came",
    ],
  ],

  describe(command) {
    const collect = (value, before = []) => [...before, value];
    command
      .option("--issuer <url>", "whose metadata names the token endpoint")
      .option("--token-endpoint <url>", "the token endpoint, where the issuer is not asked for it")
      .option("--client-id <id>", "the client (default: CLIENT_ID in the environment)")
      .option("--secret-env <name>", `the variable with its secret (default: ${SECRET_VARIABLE}, or a prompt)`)
      .option("--key <file>", "its private key, JWK or PEM, for private_key_jwt")
      .option("--key-id <kid>", 'the "kid" that the provider knows this key by')
      .option("--key-algorithm <name>", "RS256, PS256, ES256, ES384 or EdDSA (default: by key and provider)")
      .option("--auth-method <name>", `${METHODS.join(", ")} (default: by key and provider)`)
      .option(
        "--assertion-audience <name>",
        "whom the signed assertion is for (default: the issuer, or else the endpoint)",
      )
      .option("--resource <url>", "the resource that the token is for (RFC 8707); repeated: all of them", collect)
      .option("--scope <scope>", "a scope to ask for; repeated: all of them", collect)
      .option("--audience <name>", "the parameter by which Auth0 and others are told of the resource", collect);
    withProvider(command);
  },

  async run(_, given, host) {
    const options = { ...given, clientId: given.clientId ?? host.env("CLIENT_ID") };
    if (!options.clientId) throw wrongUsage("expected --client-id, found none", "name the client, or set CLIENT_ID");
    if (options.issuer === undefined && options.tokenEndpoint === undefined) {
      throw wrongUsage(
        "expected --issuer or --token-endpoint, found neither",
        'the issuer is what tokens have in "iss"',
      );
    }
    // Where the endpoint is known, the issuer is asked for nothing: not everyone has metadata.
    const metadata = options.tokenEndpoint === undefined ? (await fetchKeys(options, host)).metadata : undefined;
    const endpoint = endpointIn(options, metadata);
    const method = methodFor(options, metadata);
    const audience = options.assertionAudience ?? options.issuer ?? endpoint;
    const { headers, parameters, note } = await authenticated(method, options, { audience, metadata }, host);
    const hints = {
      method,
      methods: textsIn(metadata, "token_endpoint_auth_methods_supported"),
      scopesSupported: textsIn(metadata, "scopes_supported"),
      assertionAudience: audience,
    };
    const answer = await requestToken(endpoint, { headers, body: formOf(options, parameters) }, hints, host);
    return {
      exitCode: EXIT.YES,
      json: answer,
      notes: [`token from: ${endpoint}, by ${method}`, ...(note === null ? [] : [note]), ...wordsOn(answer)],
      write: (paper) => paper.write(answer.access_token),
    };
  },
};

function endpointIn({ tokenEndpoint, insecureLoopback }, metadata) {
  const address = tokenEndpoint ?? metadata.token_endpoint;
  if (typeof address === "string") return tokenEndpointAt(address, insecureLoopback);
  throw wrongUsage(
    "expected a provider with a token endpoint, found none in its metadata",
    "name it with --token-endpoint",
  );
}

/** RFC 6749 section 4.4.2, RFC 8707 section 2. */
function formOf({ resource = [], scope = [], audience = [] }, parameters) {
  const form = new URLSearchParams({ grant_type: "client_credentials", ...parameters });
  for (const value of resource) form.append("resource", value);
  for (const value of audience) form.append("audience", value);
  if (scope.length > 0) form.set("scope", scope.join(" "));
  return form;
}

/** What the answer says of the token (RFC 6749 section 5.1). */
function wordsOn({ token_type: type, expires_in: seconds, scope, access_token: token }) {
  const words = [];
  if (typeof seconds === "number" && seconds > 0) words.push(`valid for ${span(seconds)}`);
  if (typeof scope === "string") words.push(`scopes granted: ${visible(scope)}`);
  if (type.toLowerCase() !== "bearer") words.push(`expected a Bearer token, found one of type ${visibleJson(type)}`);
  if (token.split(".").length !== 3)
    words.push("it is opaque, no JWT: most providers need --resource or --audience to issue one");
  return words;
}
