// What a provider answers to one fetch, in words. Whether it will do is for the module to say; here is said why not.

import { createVerifier } from "doorward";
import { visibleJson } from "./visible.js";

/** Reads an answer as far as it can be read: `{ status, contentType, location, document, text }`. */
export function readAnswer({ status, headers }, bytes) {
  const text = new TextDecoder().decode(bytes);
  return {
    status,
    contentType: headers.get("content-type"),
    location: headers.get("location"),
    document: objectIn(text),
    text,
  };
}

/** Why an answer is not the metadata of this issuer (RFC 8414 section 3.3, OpenID Connect Discovery section 4.3). */
export function whyNoMetadata(issuer, answer) {
  const { contentType, document } = answer;
  const reason = whyNoAnswer(answer);
  if (reason !== undefined) return reason;
  if (!/^application\/json\s*(?:;|$)/iu.test(contentType ?? "")) {
    const found = contentType === null ? "none" : visibleJson(contentType);
    return `expected the media type application/json, found ${found}`;
  }
  if (document === undefined) return "expected a JSON object, found none";
  if (document.issuer !== issuer) {
    return `expected the metadata of ${visibleJson(issuer)}, found that of ${visibleJson(document.issuer ?? null)}`;
  }
  if (typeof document.jwks_uri !== "string") return 'expected "jwks_uri", the address of the keys, found none';
  return `expected "jwks_uri" to be an https URL, found ${visibleJson(document.jwks_uri)}`;
}

/** Why an answer is not a key set (RFC 7517 section 5). */
export function whyNoKeys(answer) {
  const reason = whyNoAnswer(answer);
  if (reason !== undefined) return reason;
  try {
    createVerifier(answer.text);
    return "it came too late";
  } catch ({ expected, found }) {
    return `expected ${expected}, found ${found}`;
  }
}

function whyNoAnswer({ fault, status, location }) {
  if (fault !== undefined) return fault.words;
  if (status >= 300 && status < 400) {
    return `redirected to ${visibleJson(location)}: no redirect is followed, the address must be that of the document`;
  }
  if (status === 200) return undefined;
  if (status === 404) return "no such document";
  return status >= 500 ? "the server failed" : "expected the status 200";
}

/** A fault of the connection, from what the runtimes throw: `{ code, words, advice }`. */
export function describeFault(error, isLate) {
  if (isLate)
    return { code: "timed_out", words: "no answer in time", advice: "is it slow, or behind a proxy or a firewall?" };
  if (error.name === "NotCapable")
    return { code: error.name, words: "Deno does not allow it", advice: "run it with --allow-net" };
  const code = codesOf(error).find((known) => known in FAULTS) ?? codesOf(error)[0] ?? "unreachable";
  const { words, advice } = FAULTS[code] ?? {
    words: `no connection (${code})`,
    advice: "can this machine reach that host?",
  };
  return { code, words, advice };
}

/** Node and Deno give the cause of a failed fetch, at times several, one an address; Bun gives it a code of its own. */
function codesOf(error) {
  if (error === undefined || error === null) return [];
  const nested = [error.cause, ...(error.errors ?? [])].flatMap((cause) => codesOf(cause));
  const named = typeof error.code === "string" ? [error.code] : [];
  const inText = /\b(?:ENOTFOUND|ECONNREFUSED|dns error|Connection refused|UnknownIssuer|CertExpired)\b/iu.exec(
    error.message,
  )?.[0];
  return [...named, ...nested, ...(inText === undefined ? [] : [inText])];
}

function objectIn(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const UNKNOWN_HOST = { words: "there is no such host", advice: "is its name spelt right?" };
const REFUSED = { words: "nothing answers at this host and port", advice: "does it run, and is the port right?" };
const UNKNOWN_CERTIFICATE = {
  words: "its certificate is from nobody that is trusted here",
  advice: "have the runtime trust it: NODE_EXTRA_CA_CERTS for Node and Bun, DENO_CERT for Deno, names a file",
};
const OLD_CERTIFICATE = { words: "its certificate is over", advice: "the provider must renew it" };

/** By the codes of Node and Bun, and the words of Deno. */
const FAULTS = {
  ENOTFOUND: UNKNOWN_HOST,
  EAI_AGAIN: { words: "the name of the host could not be looked up", advice: "is there a network, and a name server?" },
  "dns error": UNKNOWN_HOST,
  ECONNREFUSED: REFUSED,
  ConnectionRefused: REFUSED,
  "Connection refused": REFUSED,
  DEPTH_ZERO_SELF_SIGNED_CERT: UNKNOWN_CERTIFICATE,
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_CERTIFICATE,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_CERTIFICATE,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_CERTIFICATE,
  UnknownIssuer: UNKNOWN_CERTIFICATE,
  CERT_HAS_EXPIRED: OLD_CERTIFICATE,
  CertExpired: OLD_CERTIFICATE,
};
