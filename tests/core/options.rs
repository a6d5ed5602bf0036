//! Options as JSON.

use doorward::{Policy, UnixSeconds, verify};
use serde_json::json;

use crate::provider::{ISSUER, NOW, RESOURCE, provider};

fn parse(options: &str) -> Result<Policy, String> {
    Policy::from_options_unchecked_where_absent(options).map_err(|error| error.option().to_owned())
}

fn code(options: serde_json::Value) -> Option<&'static str> {
    let provider = provider();
    let policy = parse(&options.to_string()).unwrap();
    verify(&provider.token(), &provider.keys(), &policy, UnixSeconds::new(NOW)).err().map(|rejection| rejection.code())
}

#[test]
fn each_option_checks_what_it_says() {
    let rows = [
        (json!({}), None),
        (json!({ "issuer": ISSUER, "audience": RESOURCE }), None),
        (json!({ "issuer": ["https://a.example", ISSUER], "audience": ["b", RESOURCE] }), None),
        (json!({ "issuer": "https://a.example" }), Some("issuer_mismatch")),
        (json!({ "audience": "b" }), Some("audience_mismatch")),
        (json!({ "algorithms": ["ES256"] }), None),
        (json!({ "algorithms": ["RS256"] }), Some("algorithm_not_allowed")),
        (json!({ "clockTolerance": 0 }), None),
        (json!({ "clockTolerance": 600 }), None),
        (json!({ "typ": "at+jwt" }), None),
        (json!({ "typ": ["JWT"] }), Some("type_mismatch")),
        (json!({ "subject": "user-1" }), None),
        (json!({ "subject": "user-2" }), Some("subject_mismatch")),
        (json!({ "maxTokenAge": 10 }), None),
        (json!({ "maxTokenAge": 9, "clockTolerance": 0 }), Some("token_too_old")),
        (json!({ "requiredClaims": ["jti"] }), None),
        (json!({ "requiredClaims": ["acr"] }), Some("claim_missing")),
        (json!({ "requiredScopes": ["mcp:read"] }), None),
        (json!({ "requiredScopes": ["mcp:admin"] }), Some("scope_insufficient")),
    ];
    for (options, expected) in rows {
        assert_eq!(code(options.clone()), expected, "{options}");
    }
}

#[test]
fn what_was_not_meant_is_an_error_that_names_the_option() {
    let rows = [
        (r#"{"issuers":"x"}"#, "issuers"),
        (r#"{"Issuer":"x"}"#, "Issuer"),
        (r#"{"__proto__":{}}"#, "__proto__"),
        (r#"{"issuer":null}"#, "issuer"),
        (r#"{"issuer":""}"#, "issuer"),
        (r#"{"issuer":[]}"#, "issuer"),
        (r#"{"issuer":["a",null]}"#, "issuer"),
        (r#"{"issuer":["a",""]}"#, "issuer"),
        (r#"{"issuer":{}}"#, "issuer"),
        (r#"{"audience":false}"#, "audience"),
        (r#"{"audience":[["a"]]}"#, "audience"),
        (r#"{"algorithms":"ES256"}"#, "algorithms"),
        (r#"{"algorithms":[]}"#, "algorithms"),
        (r#"{"algorithms":["none"]}"#, "algorithms"),
        (r#"{"algorithms":["HS256"]}"#, "algorithms"),
        (r#"{"algorithms":["ES256","es384"]}"#, "algorithms"),
        (r#"{"clockTolerance":601}"#, "clockTolerance"),
        (r#"{"clockTolerance":-1}"#, "clockTolerance"),
        (r#"{"clockTolerance":1.5}"#, "clockTolerance"),
        (r#"{"clockTolerance":"60"}"#, "clockTolerance"),
        (r#"{"clockTolerance":"1 minute"}"#, "clockTolerance"),
        (r#"{"typ":[]}"#, "typ"),
        (r#"{"subject":["a"]}"#, "subject"),
        (r#"{"maxTokenAge":"1h"}"#, "maxTokenAge"),
        (r#"{"maxTokenAge":4294967296}"#, "maxTokenAge"),
        (r#"{"requiredClaims":"jti"}"#, "requiredClaims"),
        (r#"{"requiredScopes":"a b"}"#, "requiredScopes"),
        (r#"{"requiredScopes":["a b"]}"#, "requiredScopes"),
        (r#"{"requiredScopes":["a\"b"]}"#, "requiredScopes"),
        (r#"{"issuer":"a","issuer":"b"}"#, "options"),
        ("[]", "options"),
        ("", "options"),
        ("{} {}", "options"),
    ];
    for (options, name) in rows {
        assert_eq!(parse(options).unwrap_err(), name, "{options}");
    }
    assert_eq!(parse(&" ".repeat(65_537)).unwrap_err(), "options");
}
