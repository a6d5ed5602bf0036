//! ECDSA over P-256.
