//! Claims, added, replaced and removed.

use crate::{case::NOW, node::Node, random::Random};

pub(super) fn of(claims: &mut Node, random: &mut Random) -> &'static str {
    match random.below(ROWS.len() + 5).saturating_sub(2) {
        0 => {
            // All around the leeway, in whole seconds and between them.
            let offset = random
                .pick(&[-601, -600, -599, -61, -60, -60, -60, -59, -11, -10, -9, -1, 0, 1, 59, 60, 61, 599, 600, 601]);
            let fraction = random.pick(&["", "", "", ".0", ".5", ".25", ".999", "e0", ".0e+0"]);
            let (mutation, claim) =
                random.pick(&[("claims.exp.edge", "exp"), ("claims.nbf.edge", "nbf"), ("claims.iat.edge", "iat")]);
            claims.set(claim, format!("{}{fraction}", NOW + offset));
            mutation
        }
        1 => {
            let (mutation, claim) =
                random.pick(&[("claims.exp.type", "exp"), ("claims.nbf.type", "nbf"), ("claims.iat.type", "iat")]);
            claims
                .set(claim, random.pick(&["null", "true", r#""1767225900""#, r#""""#, "[1767225900]", "{}", "false"]));
            mutation
        }
        2 => {
            let (mutation, claim) = random.pick(&[
                ("claims.exp.number", "exp"),
                ("claims.nbf.number", "nbf"),
                ("claims.iat.number", "iat"),
            ]);
            claims.set(claim, random.pick(&NUMBERS));
            mutation
        }
        place => {
            let (mutation, name, values) = ROWS[place - 3];
            match random.pick(values) {
                "" => claims.remove(name),
                value => claims.set(name, value),
            }
            mutation
        }
    }
}

const NUMBERS: [&str; 24] = [
    "0",
    "-0",
    "-1",
    "1",
    "1e9",
    "1.767226e9",
    "17672260e2",
    "1767226E+3",
    "176722600000e-2",
    "253402300799",
    "253402300799.5",
    "253402300800",
    "1767225900000",
    "9007199254740993",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551616",
    "-9223372036854775808",
    "-9223372036854775809",
    "1e20",
    "-1e300",
    "1e308",
    "1e-400",
    "1.5e-5",
];

/// The mutation, the claim, and what it becomes: JSON, or nothing for its removal.
const ROWS: [(&str, &str, &[&str]); 26] = [
    ("claims.exp.absent", "exp", &[""]),
    ("claims.nbf.absent", "nbf", &[""]),
    ("claims.iat.absent", "iat", &[""]),
    ("claims.iss.absent", "iss", &[""]),
    ("claims.aud.absent", "aud", &[""]),
    ("claims.sub.absent", "sub", &[""]),
    ("claims.string.absent", "jti", &[""]),
    ("claims.scope.absent", "scope", &[""]),
    (
        "claims.iss.other",
        "iss",
        &[r#""https://idp.example.com/""#, r#""https://idp.example.co""#, r#""""#, r#""HTTPS://idp.example.com""#],
    ),
    (
        "claims.iss.type",
        "iss",
        &["null", "1", r#"["https://idp.example.com"]"#, r#"{"0":"https://idp.example.com"}"#, "true"],
    ),
    (
        "claims.aud.other",
        "aud",
        &[r#""https://mcp.example.com/""#, r#""""#, "[]", r#"["x"]"#, r#""https://mcp.example.com/mcp ""#],
    ),
    ("claims.aud.array", "aud", &[r#"["https://mcp.example.com/mcp"]"#, r#"["x","https://mcp.example.com/mcp"]"#]),
    (
        "claims.aud.type",
        "aud",
        &["null", "1", r#"{"0":"https://mcp.example.com/mcp"}"#, r#"[["https://mcp.example.com/mcp"]]"#, "true"],
    ),
    ("claims.aud.mixed", "aud", &[r#"["https://mcp.example.com/mcp",1]"#, r#"[null,"https://mcp.example.com/mcp"]"#]),
    ("claims.sub.other", "sub", &[r#""user-2""#, r#""""#]),
    ("claims.sub.type", "sub", &["null", "1", r#"["user-1"]"#, "{}"]),
    ("claims.sub.issuer", "sub", &[r#""https://idp.example.com""#]),
    ("claims.string.type", "jti", &["null", "1", "[]"]),
    ("claims.string.type", "client_id", &["null", "1", "{}"]),
    ("claims.kind.id", "nonce", &["null", r#""n""#]),
    ("claims.kind.id", "at_hash", &["null", r#""n""#]),
    ("claims.kind.id", "token_use", &[r#""id""#]),
    ("claims.kind.other", "events", &["{}", "null"]),
    ("claims.kind.other", "htm", &[r#""GET""#]),
    ("claims.cnf", "cnf", &[r#"{"jkt":"x"}"#, "null", "{}", "false"]),
    ("claims.scope.type", "scope", &["null", "1", r#"["mcp:read",1]"#, "{}", "true"]),
];
