//! The options of a gate: what is wrong is told at the start, by its name.

use doorward::gate::Gate;
use serde_json::{Value, json};

use crate::{
    gate::{options, valid, with_option},
    gate_issuer_options::jwks,
    provider::{ISSUER, RESOURCE},
};

/// The name of the option that is refused, and the error in words.
pub(crate) fn refused(options: &Value) -> (String, String) {
    match Gate::from_options(&options.to_string()) {
        Err(error) => (error.option().to_owned(), error.to_string()),
        Ok(_) => panic!("accepted: {options}"),
    }
}

pub(crate) fn rows_are_refused(rows: impl IntoIterator<Item = (Value, &'static str, &'static str)>) {
    for (options, name, found) in rows {
        let (option, words) = refused(&options);
        assert_eq!(option, name, "{options}");
        let expected = format!("invalid option: expected \"{name}\" to be ");
        assert!(words.starts_with(&expected) && words.contains(found) && !words.contains('\n'), "{name}: {words}");
    }
}

#[test]
fn the_smallest_options_work() {
    let smallest = json!({ "resource": RESOURCE, "issuers": [ISSUER] });
    assert!(Gate::from_options(&smallest.to_string()).is_ok());
    let with_keys = json!({ "resource": RESOURCE, "issuers": [{ "issuer": ISSUER, "jwks": jwks() }] });
    assert!(valid().told_by(&with_keys).is_allowed());
    let text = json!({ "resource": RESOURCE, "issuers": [{ "issuer": ISSUER, "jwks": jwks().to_string() }] });
    assert!(valid().told_by(&text).is_allowed());
}

#[test]
fn all_options_together_work() {
    let all = json!({
        "resource": RESOURCE,
        "issuers": [ISSUER, { "issuer": "https://a.example", "jwksUri": "https://a.example/keys" }],
        "scopes": { "implies": { "a": ["b"] }, "baseline": ["b"] },
        "rules": [{ "method": "tools/*", "name": "x*", "scopes": ["a"], "anyScope": ["b"], "claims": [{ "claim": ["c", "d"], "contains": "e" }], "public": false }],
        "origins": ["https://app.example.com"],
        "versions": ["2026-07-28"],
        "maxBodyBytes": 1,
        "operationFrom": "headers",
        "metadata": { "resource_name": "x" },
        "rootMetadata": false,
        "serverCard": true,
        "authorizationServerMetadata": true,
        "keys": { "cooldown": 1, "maxAge": 86400, "staleFor": 0 },
        "logSubject": true,
        "tokenCache": { "entries": 0, "bytes": 0 },
        "insecureLoopback": true,
    });
    assert!(Gate::from_options(&all.to_string()).is_ok());
    assert!(Gate::from_options(&with_option("origins", json!([])).to_string()).is_ok(), "no page is listed");
}

#[test]
fn what_is_no_object_of_known_names_is_refused() {
    for (text, name) in [
        ("", "options"),
        ("[]", "options"),
        ("null", "options"),
        ("{", "options"),
        ("{} {}", "options"),
        ("{\"resource\":1,\"resource\":2}", "options"),
        ("{}", "resource"),
        (&format!("{{\"resource\":\"{RESOURCE}\"}}"), "issuers"),
    ] {
        assert_eq!(Gate::from_options(text).expect_err(text).option(), name, "{text}");
    }
    for name in
        ["issuer", "Resource", "rule", "__proto__", "audience", "fetch", "store", "onDecision", "", "insecureloopback"]
    {
        let (option, words) = refused(&with_option(name, json!("x")));
        assert_eq!(option, name);
        assert!(
            words.contains("\"resource\"") && words.contains("unknown name") && !words.contains("insecureLoopback"),
            "{words}"
        );
    }
    let long = format!("{{\"resource\":\"{}\"}}", "x".repeat(8 * 1024 * 1024));
    assert_eq!(Gate::from_options(&long).expect_err("too long").option(), "options");
}

#[test]
fn a_resource_is_an_https_url_in_one_spelling() {
    for resource in [
        "",
        "mcp.example.com",
        "/mcp",
        "https://",
        "https:///mcp",
        "http://mcp.example.com/mcp",
        "ftp://h/x",
        "HTTPS://mcp.example.com/mcp",
        "https://MCP.example.com/mcp",
        "https://mcp.example.com/mcp?x",
        "https://mcp.example.com/mcp#x",
        "https://mcp.example.com?",
        "https://u@mcp.example.com/mcp",
        "https://u:p@h/mcp",
        "https://mcp.example.com:443/mcp",
        "https://mcp.example.com:/mcp",
        "https://mcp.example.com:0443/",
        "https://mcp.example.com:99999/",
        "https://:8443/mcp",
        "https://mcp.example.com./mcp",
        "https://mcp.example.com/a b",
        "https://mcp.example.com/\"",
        "https://mcp.example.com/é",
        "https://é.example/",
        "https://h/../mcp",
        "https://h/./mcp",
        "https://h/x/..",
        "https://h\\mcp",
        "https://h/\r\n",
        "http://localhost.evil.example/mcp",
        "http://localhost/mcp",
        "http://127.0.0.1:8080/mcp",
        "https://h/{tenant}/mcp",
        " https://h/mcp",
    ] {
        assert_eq!(refused(&with_option("resource", json!(resource))).0, "resource", "{resource}");
    }
    for value in [json!(1), json!(null), json!([RESOURCE]), json!({})] {
        let mut options = options();
        options["resource"] = value;
        assert_eq!(refused(&options).0, "resource");
    }
    for resource in ["https://h", "https://h/", "https://h:8443/mcp/", "https://[::1]/mcp", "https://h/a%20b/~c"] {
        assert!(Gate::from_options(&with_option("resource", json!(resource)).to_string()).is_ok(), "{resource}");
    }
}

#[test]
fn other_options_are_told_by_their_name() {
    let keys = |member: &str, value: Value| with_option("keys", json!({ member: value }));
    let metadata = |member: &str, value: Value| with_option("metadata", json!({ member: value }));
    let implies = |implies: Value| with_option("scopes", json!({ "implies": implies }));
    rows_are_refused([
        (with_option("scopes", json!([])), "scopes", "an array"),
        (with_option("scopes", json!({ "imply": {} })), "scopes.imply", "unknown name"),
        (with_option("scopes", json!({ "baseline": [] })), "scopes.baseline", "an empty one"),
        (with_option("scopes", json!({ "baseline": ["offline_access"] })), "scopes.baseline", "offline_access"),
        (implies(json!([])), "scopes.implies", "an array"),
        (implies(json!({ "a": [] })), "scopes.implies.a", "an empty one"),
        (implies(json!({ "a": "b" })), "scopes.implies.a", "a string"),
        (implies(json!({ "a b": ["c"] })), "scopes.implies.a b", "another text"),
        (implies(json!({ "a": ["b c"] })), "scopes.implies.a", "b c"),
        (implies(json!({ "a": ["a"] })), "scopes.implies", "implying itself"),
        (implies(json!({ "a": ["b"], "b": ["c"], "c": ["x", "a"] })), "scopes.implies", "implying itself"),
        (with_option("origins", json!("https://a.example")), "origins", "a string"),
        (with_option("origins", json!([1])), "origins", "a number"),
        (with_option("origins", json!(["*"])), "origins", "*"),
        (with_option("origins", json!(["https://*.example.com"])), "origins", "*."),
        (with_option("origins", json!(["https://a.example/"])), "origins", "a.example/"),
        (with_option("origins", json!(["https://A.example"])), "origins", "A.example"),
        (with_option("origins", json!(["https://a.example:443"])), "origins", ":443"),
        (with_option("origins", json!(["http://a.example:80"])), "origins", ":80"),
        (with_option("origins", json!(["a.example"])), "origins", "a.example"),
        (with_option("origins", json!(["://a.example"])), "origins", "://"),
        (with_option("origins", json!(["https://a.example", ""])), "origins", "an empty one"),
        (with_option("origins", json!(["https://a.example\r\nx: y"])), "origins", "\\r\\n"),
        (with_option("versions", json!([])), "versions", "an empty one"),
        (with_option("versions", json!(["2024-11-05"])), "versions", "2024-11-05"),
        (with_option("versions", json!("2025-11-25")), "versions", "a string"),
        (with_option("maxBodyBytes", json!(0)), "maxBodyBytes", "0"),
        (with_option("maxBodyBytes", json!(-1)), "maxBodyBytes", "-1"),
        (with_option("maxBodyBytes", json!(1.5)), "maxBodyBytes", "1.5"),
        (with_option("maxBodyBytes", json!("1MB")), "maxBodyBytes", "1MB"),
        (with_option("maxBodyBytes", json!(16 * 1024 * 1024 + 1)), "maxBodyBytes", "16777217"),
        (with_option("operationFrom", json!("header")), "operationFrom", "another text"),
        (with_option("operationFrom", json!(true)), "operationFrom", "a boolean"),
        (with_option("metadata", json!([])), "metadata", "an array"),
        (metadata("resource", json!("https://x")), "metadata.resource", "unknown name"),
        (metadata("authorization_servers", json!([])), "metadata.authorization_servers", "unknown name"),
        (metadata("resource_name", json!(1)), "metadata.resource_name", "a number"),
        (metadata("scopes_supported", json!(["offline_access"])), "metadata.scopes_supported", "offline_access"),
        (metadata("scopes_supported", json!([])), "metadata.scopes_supported", "an empty one"),
        (with_option("rootMetadata", json!("false")), "rootMetadata", "a string"),
        (with_option("serverCard", json!(1)), "serverCard", "a number"),
        (with_option("logSubject", json!("yes")), "logSubject", "a string"),
        (with_option("insecureLoopback", json!("no")), "insecureLoopback", "a string"),
        (with_option("authorizationServerMetadata", json!(true)), "authorizationServerMetadata", "true"),
        (with_option("authorizationServerMetadata", json!("x")), "authorizationServerMetadata", "a string"),
        (with_option("keys", json!(30)), "keys", "a number"),
        (keys("cooldown", json!(0)), "keys.cooldown", "0"),
        (keys("cooldown", json!(3601)), "keys.cooldown", "3601"),
        (keys("maxAge", json!(0)), "keys.maxAge", "0"),
        (keys("maxAge", json!(86401)), "keys.maxAge", "86401"),
        (keys("maxAge", json!("1h")), "keys.maxAge", "a string"),
        (keys("staleFor", json!(-1)), "keys.staleFor", "-1"),
        (keys("staleFor", json!(1.5)), "keys.staleFor", "1.5"),
        (keys("staleFor", json!(86401)), "keys.staleFor", "86401"),
        (keys("max_age", json!(1)), "keys.max_age", "unknown name"),
        (with_option("tokenCache", json!(100)), "tokenCache", "a number"),
        (with_option("tokenCache", json!({ "entries": -1 })), "tokenCache.entries", "-1"),
        (with_option("tokenCache", json!({ "entries": 100_001 })), "tokenCache.entries", "100001"),
        (with_option("tokenCache", json!({ "bytes": 64 * 1024 * 1024 + 1 })), "tokenCache.bytes", "67108865"),
        (with_option("tokenCache", json!({ "size": 1 })), "tokenCache.size", "unknown name"),
    ]);
    let mut null = options();
    null["logSubject"] = Value::Null;
    assert_eq!(refused(&null).0, "logSubject");
}
