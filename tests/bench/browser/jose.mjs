// What is measured of jose.

export { createLocalJWKSet, importJWK, jwtVerify } from "jose";
