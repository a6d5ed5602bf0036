//! Members of the header, added, replaced and removed.

use crate::{
    node::{Node, quoted},
    random::Random,
    signer::ALL,
};

pub(super) fn of(header: &mut Node, random: &mut Random) -> &'static str {
    match random.below(ROWS.len() + 3) {
        0 => {
            header.set("alg", quoted(random.pick(&ALL).name()));
            "header.alg.other"
        }
        1 => {
            header.remove("typ");
            "header.typ.absent"
        }
        2 => {
            header.remove("kid");
            "header.kid.absent"
        }
        place => {
            let (mutation, name, values) = ROWS[place - 3];
            match random.pick(values) {
                "" => header.remove(name),
                value => header.set(name, value),
            }
            mutation
        }
    }
}

/// The mutation, the member, and what it becomes: JSON, or nothing for its removal.
const ROWS: [(&str, &str, &[&str]); 14] = [
    ("header.crit", "crit", &[r#"["exp"]"#, "[]", r#""exp""#, "null", "{}", r#"["b64"]"#, "false", "0", r#"["alg"]"#]),
    ("header.b64", "b64", &["true", "false", "null", r#""false""#]),
    ("header.zip", "zip", &[r#""DEF""#, "null", "false"]),
    ("header.jku", "jku", &[r#""https://evil.example.com/keys""#, "1"]),
    ("header.jwk", "jwk", &[r#"{"kty":"oct","k":"AA"}"#, "null", r#"{"kty":"RSA","n":"AQ","e":"AQ"}"#]),
    ("header.x5c", "x5c", &[r#"["MIIB"]"#, r#""MIIB""#]),
    (
        "header.kid.other",
        "kid",
        &[r#""""#, r#""key-2""#, r#""KEY-1""#, r#""key-1 ""#, r#""__proto__""#, r#""../key-1""#],
    ),
    ("header.kid.nul", "kid", &[r#""key-1\u0000""#, r#""key-1' or 1=1""#]),
    ("header.kid.type", "kid", &["null", "1", r#"["key-1"]"#, r#"{"0":"key-1"}"#, "true"]),
    (
        "header.typ.known",
        "typ",
        &[r#""JWT""#, r#""jwt""#, r#""application/at+jwt""#, r#""AT+JWT""#, r#""Application/JWT""#],
    ),
    (
        "header.typ.other",
        "typ",
        &[r#""dpop+jwt""#, r#""logout+jwt""#, r#""""#, r#""application/""#, r#""text/jwt""#, r#""JOSE""#],
    ),
    ("header.typ.type", "typ", &["null", "1", r#"["JWT"]"#, "{}", "false"]),
    (
        "header.alg.forbidden",
        "alg",
        &[r#""none""#, r#""None""#, r#""HS256""#, r#""es256""#, r#""ES256 ""#, r#""RS1""#, r#""Ed448""#],
    ),
    ("header.alg.type", "alg", &["", "null", "1", r#"["ES256"]"#, r#"{"ES256":1}"#, r#""""#]),
];
