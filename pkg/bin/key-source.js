// Where keys come from: an issuer, an address, a file, standard input.

import { wrongUsage } from "./failure.js";
import { readInput, readText } from "./input.js";
import { fetchKeys } from "./provider.js";

/**
 * Reads keys from `jwks`, a file or the address of keys, or else from what `issuer` publishes. Gives `{ name, text,
 * steps, freshSeconds, metadata }`; what was not fetched has no steps.
 */
export async function findKeys({ issuer, jwks, insecureLoopback }, host) {
  if (jwks === undefined) return { name: issuer, ...(await fetched({ issuer, insecureLoopback }, host)) };
  if (isAddress(jwks)) return { name: jwks, ...(await fetched({ jwksUri: jwks, insecureLoopback }, host)) };
  return { name: jwks, text: await textOf(jwks, host), steps: [], freshSeconds: null, metadata: null };
}

/** The same for one text that may be any of these. What does not look like the address of keys is an issuer first. */
export async function findKeysAnywhere(source, { insecureLoopback }, host) {
  if (!isAddress(source)) return findKeys({ jwks: source }, host);
  if (KEYS.test(source)) return findKeys({ jwks: source, insecureLoopback }, host);
  const issuer = source.replace(/\/\.well-known\/(?:openid-configuration|oauth-authorization-server)(?=\/|$)/u, "");
  return findKeys({ issuer, insecureLoopback }, host);
}

async function fetched(place, host) {
  const { keys, ...others } = await fetchKeys(place, host);
  return { text: keys, ...others };
}

async function textOf(file, host) {
  const text = file === "-" ? await readInput(host.stdin) : readText(file);
  if (text.trim() === "") throw wrongUsage(`expected a key set in ${file}, found nothing`, null);
  if (/-----BEGIN [A-Z ]*(?:KEY|CERTIFICATE)-----/u.test(text)) {
    throw wrongUsage(
      `expected a JSON Web Key Set in ${file}, found PEM`,
      "have it as JSON: providers publish it at jwks_uri",
    );
  }
  return text.replace(/^\ufeff/u, "");
}

/** A drive of Windows is no scheme: "C:\\keys.json". */
function isAddress(text) {
  return /^https?:\/\//iu.test(text);
}

/** How providers name the place of their keys. */
const KEYS = /(?:\/(?:jwks|certs|keys)|\.json)(?:\?.*)?$/u;
