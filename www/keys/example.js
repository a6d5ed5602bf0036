// A key set with something of everything: keys from the examples of the specifications, and what can be wrong with one.

import { pretty } from "../rules/pretty.js";

/** RFC 7517 appendix A.1: P-256. */
const POINT = {
  kty: "EC", crv: "P-256",
  x: "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4", y: "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
};

/** RFC 7517 appendix A.1: RSA with a modulus of 2048 bits. */
const MODULUS = "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3okn"
  + "jhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5"
  + "hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";

/** RFC 8037 appendix A.2. */
const ED25519 = { kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" };

/** As text, as a provider would publish it. */
export const EXAMPLE = pretty({
  keys: [
    { ...POINT, kid: "2026-a", alg: "ES256", use: "sig" },
    { kty: "RSA", n: MODULUS, e: "AQAB", kid: "2026-b", use: "sig" },
    { ...ED25519, kid: "2026-c", alg: "EdDSA" },
    { kty: "RSA", n: `${MODULUS.slice(0, 170)}E`, e: "AQAB", kid: "2011-weak", use: "sig" },
    { kty: "RSA", n: MODULUS, e: "AQAB", kid: "for-encryption", use: "enc" },
    { ...POINT, y: POINT.x, kid: "not-a-point" },
    { kty: "oct", k: "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ", kid: "shared-secret", alg: "HS256" },
    { ...POINT, kid: "2026-a", alg: "ES256", use: "sig" },
  ],
});
