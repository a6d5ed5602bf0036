// How a client says who it is at the token endpoint (RFC 6749 section 2.3, OpenID Connect Core section 9).

import { clientAssertion, readClientKey } from "./client-key.js";
import { wrongUsage } from "./failure.js";
import { textsIn } from "./provider.js";
import { readSecret } from "./secret.js";

export const METHODS = ["client_secret_basic", "client_secret_post", "private_key_jwt"];

/** The method that was asked for, or else one that the client has the means for and the provider takes. */
export function methodFor({ authMethod, key }, metadata) {
  if (authMethod !== undefined && !METHODS.includes(authMethod)) {
    throw wrongUsage(`expected --auth-method to be one of ${METHODS.join(", ")}, found another`, null);
  }
  if (authMethod === "private_key_jwt" && key === undefined)
    throw wrongUsage("expected --key for private_key_jwt, found none", null);
  if (authMethod !== undefined) return authMethod;
  if (key !== undefined) return "private_key_jwt";
  // RFC 8414 section 2: if omitted, the default is "client_secret_basic".
  const taken = textsIn(metadata, "token_endpoint_auth_methods_supported") ?? ["client_secret_basic"];
  const method = ["client_secret_basic", "client_secret_post"].find((name) => taken.includes(name));
  if (method !== undefined) return method;
  if (taken.includes("private_key_jwt")) {
    throw wrongUsage(
      "expected a private key, as the provider takes no secrets, found none",
      "name its file with --key",
    );
  }
  throw wrongUsage(`expected a provider that takes ${METHODS.join(", ")}, found one that does not`, null);
}

/** Adds to a request what says who the client is. Gives `{ headers, parameters, note }`. */
export async function authenticated(method, options, { audience, metadata }, host) {
  const { clientId } = options;
  if (method === "private_key_jwt") {
    const offered = textsIn(metadata, "token_endpoint_auth_signing_alg_values_supported");
    const key = await readClientKey(options, offered);
    const assertion = await clientAssertion(key, clientId, audience, host.now());
    const parameters = { client_id: clientId, client_assertion_type: ASSERTION, client_assertion: assertion };
    return { headers: {}, parameters, note: `signed with ${key.algorithm}, for ${audience}` };
  }
  const { secret, note } = await readSecret(options, clientId, host);
  if (method === "client_secret_post")
    return { headers: {}, parameters: { client_id: clientId, client_secret: secret }, note };
  const credentials = Buffer.from(`${formEncoded(clientId)}:${formEncoded(secret)}`).toString("base64");
  return { headers: { authorization: `Basic ${credentials}` }, parameters: {}, note };
}

/** RFC 6749 section 2.3.1: both are encoded as a form first, so that ":" may be in them. */
function formEncoded(text) {
  return new URLSearchParams([["", text]]).toString().slice(1);
}

/** RFC 7523 section 2.2. */
const ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
