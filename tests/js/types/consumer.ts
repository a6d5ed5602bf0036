// A user's program, compiled against the installed package with everything strict. Never run.

import {
  type Algorithm,
  type Claims,
  type Code,
  type Explanation,
  type JsonWebKeySet,
  type Jwk,
  type SkippedKey,
  type Step,
  type TrustedIssuers,
  type Verified,
  type Verifier,
  type VerifierOptions,
  type VerifyOptions,
  createVerifier,
  decodeUnverified,
  DoorwardError,
  explain,
  trustIssuers,
  verify,
} from "doorward";

declare const token: string;
declare const jwks: JsonWebKeySet;

// What a user writes.
const verified: Verified = verify(token, jwks);
const subject: string | undefined = verified.claims.sub;
const expiry: number = verified.claims.exp;
const tenant: unknown = verified.claims["tenant"];
const algorithm: Algorithm = verified.key.alg;
const issuer: string | null = verified.issuer;
const client: string | null = verified.client;
const scopes: readonly string[] = verified.scopes;

verify(token, JSON.stringify(jwks));
verify(token, jwks.keys[0] ?? "");
verify(token, { keys: [{ kty: "OKP", crv: "Ed25519", x: "" }] }, {});
verify(token, jwks, undefined);
verify(token, jwks, {
  issuer: ["a", "b"],
  audience: "a",
  algorithms: ["ES256", "EdDSA"],
  clockTolerance: 60,
  currentDate: new Date(),
  profile: "entra",
  tenants: ["a"],
  scopeClaim: ["realm_access", "roles"],
  typ: "at+jwt",
  subject: "a",
  maxTokenAge: 3600,
  requiredClaims: ["jti"],
  requiredScopes: ["mail:read"],
});
const options = { issuer: "a", audience: ["b"], algorithms: ["RS256"] } as const satisfies VerifyOptions;
verify(token, jwks, options);

const policy: VerifierOptions = options;
const verifier: Verifier = createVerifier(jwks, policy);
createVerifier(jwks, { ...policy, tokenCache: { entries: 10, bytes: 100_000 } });
createVerifier(jwks, { tokenCache: {} });
trustIssuers([{ ...options, jwks }], { tokenCache: { entries: 10 } });
const { verify: verifyAlone, skippedKeys } = verifier;
verifyAlone(token, { currentDate: new Date() }).claims satisfies Claims;
const skipped: readonly SkippedKey[] = skippedKeys;

const trusted: TrustedIssuers = trustIssuers([{ ...options, jwks }, { issuer: "b", audience: "b", profile: "okta", jwks: "" }]);
const givesUp: string | null = trusted.verify(token, { currentDate: new Date() }).profile.givesUp;
// @ts-expect-error: each of several issuers names its audience
trustIssuers([{ issuer: "a", jwks }]);
// @ts-expect-error: each of several issuers has keys of its own
trustIssuers([{ issuer: "a", audience: "a" }]);
// @ts-expect-error: a profile that there is not
verify(token, jwks, { profile: "Okta" });

const explanation: Explanation = explain(token, jwks, options);
const failed: Step | undefined = explanation.steps.find((step) => step.verdict === "failed");

const { header, claims } = decodeUnverified(token);
const unbelieved: unknown = claims["sub"];
const named: string = header.alg;

try {
  verify(token, jwks);
} catch (error) {
  if (error instanceof DoorwardError) {
    const code: Code = error.code;
    const status: 401 | 403 | 500 = statusOf(code);
    const record: string = JSON.stringify(error.toJSON());
    const plain: Error = error;
    void [status, record, plain, error.advice?.length, error.docs.length, error.toJSON().docs.length, error.evidence["claim"]];
  }
}

// A `switch` over the codes can be whole.
function statusOf(code: Code): 401 | 403 | 500 {
  switch (code) {
    case "invalid_option":
    case "jwks_malformed":
    case "jwks_too_large":
      return 500;
    case "scope_insufficient":
      return 403;
    case "token_too_large":
    case "token_malformed":
    case "jwe_not_supported":
    case "header_malformed":
    case "header_unsupported":
    case "algorithm_not_allowed":
    case "key_not_found":
    case "key_ambiguous":
    case "key_unusable":
    case "signature_invalid":
    case "claims_malformed":
    case "claim_missing":
    case "claim_malformed":
    case "type_mismatch":
    case "issuer_mismatch":
    case "audience_mismatch":
    case "token_expired":
    case "token_not_yet_valid":
    case "token_issued_in_future":
    case "token_too_old":
    case "subject_mismatch":
    case "token_kind_refused":
    case "token_bound":
      return 401;
  }
}

// The key types of others fit.
interface JoseJwk {
  kty?: string;
  kid?: string;
  key_ops?: string[];
  [name: string]: unknown;
}
declare const foreignSet: { keys: JoseJwk[] };
verify(token, foreignSet);
declare const foreignKey: JoseJwk & { kty: "EC" };
verify(token, foreignKey satisfies Jwk);

// What must not compile.

// @ts-expect-error a token is a string
verify(undefined, jwks);
declare const header_: string | null;
// @ts-expect-error a header that may be absent must be looked at first
verify(header_, jwks);
// @ts-expect-error keys are needed
verify(token);
// @ts-expect-error a list of keys is no set
verify(token, jwks.keys);
// @ts-expect-error an address is no set
verify(token, new Map([["keys", []]]));
// @ts-expect-error an unknown option
verify(token, jwks, { audiance: "a" });
// @ts-expect-error a setting that may be missing
verify(token, jwks, { issuer: undefined });
declare const env: { ISSUER?: string };
// @ts-expect-error a setting that may be missing, as it comes from the environment
verify(token, jwks, { issuer: env.ISSUER });
// @ts-expect-error no options are left out, not null
verify(token, jwks, null);
// @ts-expect-error shared secrets do not exist here
verify(token, jwks, { algorithms: ["HS256"] });
// @ts-expect-error nor does none
verify(token, jwks, { algorithms: ["none"] });
// @ts-expect-error a list, even of one
verify(token, jwks, { algorithms: "ES256" });
// @ts-expect-error no such provider
verify(token, jwks, { profile: "azure" });
// @ts-expect-error seconds, not text
verify(token, jwks, { clockTolerance: "1m" });
// @ts-expect-error a Date, not a number
verify(token, jwks, { currentDate: 0 });
// @ts-expect-error the time belongs beside the token
createVerifier(jwks, { currentDate: new Date() });
// @ts-expect-error the issuer belongs to the verifier
verifier.verify(token, { issuer: "a" });
// @ts-expect-error synchronous: there is nothing to await
verify(token, jwks).then;
// @ts-expect-error what a token says cannot be altered
verified.claims.sub = "b";
// @ts-expect-error a claim of no known type
const role: string = verified.claims["role"];
// @ts-expect-error nothing that is not verified has a known type
const guessed: string = claims["sub"];
// @ts-expect-error what is decoded is not verified
const believed: Verified = decodeUnverified(token);
// @ts-expect-error nor are its claims those of a verified token
const believedClaims: Claims = decodeUnverified(token).claims;
// @ts-expect-error nor does it say who signed it
decodeUnverified(token).key;
// @ts-expect-error an explanation is for reading
const explained: Verified = explain(token, jwks);
// @ts-expect-error keys are needed for an explanation too
explain(token);
// @ts-expect-error and for a verifier
createVerifier();
// @ts-expect-error an unknown option of a verifier
createVerifier(jwks, { audiance: "a" });
// @ts-expect-error a setting of a verifier that may be missing
createVerifier(jwks, { issuer: env.ISSUER });
// @ts-expect-error a verifier needs a token
verifier.verify();
// @ts-expect-error what is not checked cannot be said by half: a pattern is no issuer
verify(token, jwks, { issuer: /login/u });
// @ts-expect-error scopes are not added to afterwards
verified.scopes.push("admin");
// @ts-expect-error nor is the key exchanged
verified.key = decodeUnverified(token).header;
// @ts-expect-error no such code
const code: Code = "expired";
// @ts-expect-error only the package makes these
new DoorwardError("signature_invalid");

void [believed, believedClaims, explained, subject, expiry, tenant, algorithm, issuer, client, givesUp, scopes, skipped, failed, unbelieved, named, role, guessed, code];
