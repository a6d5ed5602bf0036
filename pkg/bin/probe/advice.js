// What to do about a test that failed, and what would let a test run that was not tried.

/** What to do next, for a result, or nothing. `known` says `hasToken` and `isIssuerServed`. */
export function adviceFor(result, known) {
  if (result.outcome === "failed") return cureOf(result);
  return result.outcome === "skipped" ? remedyOf(result, known) : null;
}

/** For a failed test: the first row that is about it, by what was found or by its name; or else its topic's. */
function cureOf({ name, topic, reason }) {
  if (/^expected (?:a comma between|a scheme before|a challenge of)/u.test(reason)) return GRAMMAR;
  const [, cure] = CURES.find(([pattern]) => pattern.test(name)) ?? [undefined, TOPICS[topic]];
  return cure;
}

/** For a skipped test. Each text is one group in the report. */
function remedyOf({ missing }, { isIssuerServed, hasToken }) {
  if (missing === undefined) return "nothing is there to be tested";
  if (MEMBERS[missing] !== undefined) return MEMBERS[missing];
  if (/^\d{4}-\d\d-\d\d$/u.test(missing)) {
    return `the server was not seen to serve the revision ${missing}: --revision ${missing} tries it all the same`;
  }
  if (!hasToken && FROM_A_TOKEN.has(missing)) return "a token that the server accepts is needed: --token-env NAME";
  if (isIssuerServed) return "no such token can be made";
  return "tokens made to order are needed, signed by an issuer that the server trusts: --serve-issuer PORT";
}

/** Kinds of tokens that need no more than a valid one. */
const FROM_A_TOKEN = new Set(["valid", "changed_claims", "untrusted_key", "embedded_key"]);

const GRAMMAR = "write the challenge by the grammar of RFC 9110: parameters once each, quotes in values escaped";

const MEMBERS = {
  tool: "a tool that may be called is needed: --tool NAME, with --tool-arguments JSON",
  stepUp: 'a call that needs more scopes is needed: "stepUp" in the file of --target',
  unfixable: 'a call that is denied whatever the scopes is needed: "unfixable" in the file of --target',
  resource: 'a resource that may be read is needed: "resource" in the file of --target',
  broad: 'a scope that implies the tool\'s is needed: "broad" in the file of --target',
  allowedOrigin: "a web origin that the server allows is needed: --origin URL",
  maxBodyBytes: 'the largest body that is accepted is needed: "maxBodyBytes" in the file of --target',
  scopes: "the scopes that a request needs have to be known: --scope NAME",
  jwt: "the token is no JWT: only its issuer could say whether a changed one is refused",
  patience: "the server answers no more requests (429), or asked for too many: try later, or --only some topics",
};

/** In this order: what is about a case before what is about a kind. */
const CURES = [
  [/taken from the header/u, 'write "bearer_methods_supported": ["header"] into the metadata'],
  [
    /^no Authorization header/u,
    "answer 401 with WWW-Authenticate: Bearer to every request without a token, before all else",
  ],
  [/^a (?:token|name) in /u, "read the token from the Authorization header and believe no other place"],
  [/session/u, "judge the token of each request; a session id proves nothing"],
  [/judged anew/u, "verify the token of every request, whatever came before on the connection"],
  [/nothing of the tools/u, "leave names of tools out of answers to requests without a token"],
  [/no error code/u, "leave error and error_description out of the challenge where no token was sent"],
  [
    /alg |as a secret/u,
    "allow asymmetric algorithms by name and take the algorithm from the key, never from the token",
  ],
  [
    /signature|changed claims|parts is|padding is|no token is refused/u,
    "verify the signature over the exact bytes of three base64url parts without padding",
  ],
  [/untrusted key|brings along/u, "take keys from the issuer's jwks_uri alone, never from the token's header"],
  [/critical/u, "refuse tokens with a crit member that is not understood"],
  [/another type|identity assertion/u, "accept the types at+jwt and JWT, and no other"],
  [/ID token/u, "refuse tokens with nonce or at_hash, and those whose audience is the client"],
  [/bound to a key/u, "refuse tokens with cnf unless the proof is checked"],
  [/capitals is accepted/u, "compare scheme and host of the audience in any letters"],
  [/several audiences is accepted/u, "accept a token if one of its audiences is this server"],
  [/audience|another path/u, "compare aud with this server's own address, exactly"],
  [/issued in the future/u, "refuse tokens whose iat is ahead of the clock by more than its tolerance"],
  [/expir|not yet valid/u, "require exp as a number; check exp and nbf against the clock"],
  [/issuer/u, "require iss and compare it with the configured issuer, character by character"],
  [/token is not in the answer|nothing of the token/u, "never write any part of a token into an answer"],
  [
    /resource_metadata|metadata of the challenge/u,
    "name the metadata document in the challenge: resource_metadata=\"URL\"",
  ],
  [
    /well-known address/u,
    "serve the document at /.well-known/oauth-protected-resource followed by the path of the server",
  ],
  [/at the root|what is not served/u, "answer 404 where the document would be about another resource"],
  [/names authorization servers/u, "list the issuers in authorization_servers"],
  [/[Bb]rowsers may/u, "answer the metadata with Access-Control-Allow-Origin: *, its preflight too"],
  [/does not follow/u, "build the metadata's address from the configuration, never from headers of the request"],
  [/scope tells|offline_access/u, "name the scopes of the operation in the challenge, without offline_access"],
  [
    /changes nothing|path with|absolute target/u,
    "judge the request that is served: no header and no spelling of the path may lead around the check",
  ],
  [
    /without a token is not served|OPTIONS that is no/u,
    "ask for a token whatever the method, with 405 for those that do not exist",
  ],
  [/is answered 405/u, "answer 405 to methods other than POST, GET and DELETE"],
  [
    /content (?:type|coding)|for a content type|several parts/u,
    "answer 415 to what is not application/json in UTF-8, uncompressed",
  ],
  [/too large/u, "count the bytes of the body while they come, and answer 413"],
  [
    /twice|too (?:is|are) refused/u,
    "refuse objects with a member twice: whoever reads the other one is shown another request",
  ],
  [/batch/u, "judge each message of a batch (2025-03-26); refuse batches in later revisions"],
  [
    /without a token is answered 401|expired token is answered 401|lacks a scope is answered 401/u,
    "judge the token before the body, the revision and the scopes",
  ],
  [
    /is accepted$|scheme may be|UTF-8$|is ignored$|to its end$|needs no|white space/u,
    "accept it: clients that follow the specification send it",
  ],
];

const TOPICS = {
  accepted: "see in the server's log why it refused a good request",
  "no token": "answer 401 with a Bearer challenge",
  "malformed authorization": 'answer 400 with error="invalid_request" to an Authorization header that cannot be read',
  "bad token": 'answer 401 with error="invalid_token"',
  challenge: GRAMMAR,
  metadata: "serve the document of RFC 9728, about exactly the address that clients use",
  scopes: 'answer 403 with error="insufficient_scope" and all scopes that the operation needs',
  order: "judge the token first",
  revision: "answer 400 to a revision that is not served, with those that are",
  headers: "compare Mcp-Method and Mcp-Name with the body, and answer 400 with code -32020 where they differ",
  body: "answer 400 to what is not exactly one JSON-RPC message",
  origin: "answer 403 to every Origin that is not on a list, compared whole",
  "methods and paths": "serve nothing without a token",
};
