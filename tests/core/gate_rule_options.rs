//! The options `rules` and `scopes.implies`.

use doorward::gate::Gate;
use serde_json::{Value, json};

use crate::{
    gate::{valid, with_option},
    gate_options::{refused, rows_are_refused},
};

fn with_rule(rule: Value) -> Value {
    with_option("rules", json!([{ "method": "*" }, rule]))
}

#[test]
fn rules_are_told_by_their_place() {
    let rows = [
        (json!(1), "rules[1]", "a number"),
        (json!({}), "rules[1].method", "none"),
        (json!({ "method": "" }), "rules[1].method", "an empty one"),
        (json!({ "method": ["tools/call"] }), "rules[1].method", "an array"),
        (json!({ "method": "tools*" }), "rules[1].method", "tools*"),
        (json!({ "method": "*/call" }), "rules[1].method", "*/call"),
        (json!({ "method": "tools/**" }), "rules[1].method", "tools/**"),
        (json!({ "method": "a/*/*" }), "rules[1].method", "a/*/*"),
        (json!({ "method": "**" }), "rules[1].method", "**"),
        (json!({ "method": "*", "scope": "a" }), "rules[1].scope", "unknown name"),
        (json!({ "method": "*", "tool": "a" }), "rules[1].tool", "unknown name"),
        (json!({ "method": "*", "scopes": [] }), "rules[1].scopes", "an empty one"),
        (json!({ "method": "*", "scopes": "a" }), "rules[1].scopes", "a string"),
        (json!({ "method": "*", "scopes": null }), "rules[1].scopes", "null"),
        (json!({ "method": "*", "scopes": ["a b"] }), "rules[1].scopes", "a b"),
        (json!({ "method": "*", "scopes": ["a\"b"] }), "rules[1].scopes", "a\\\"b"),
        (json!({ "method": "*", "scopes": ["a\r\nb"] }), "rules[1].scopes", "\\r\\n"),
        (json!({ "method": "*", "scopes": ["é"] }), "rules[1].scopes", "é"),
        (json!({ "method": "*", "scopes": ["offline_access"] }), "rules[1].scopes", "offline_access"),
        (json!({ "method": "*", "anyScope": [] }), "rules[1].anyScope", "an empty one"),
        (json!({ "method": "*", "anyScope": ["a", "offline_access"] }), "rules[1].anyScope", "offline_access"),
        (json!({ "method": "*", "public": "yes" }), "rules[1].public", "a string"),
        (json!({ "method": "*", "public": true, "scopes": ["a"] }), "rules[1].public", "other needs"),
        (json!({ "method": "*", "public": true, "anyScope": ["a"] }), "rules[1].public", "other needs"),
        (
            json!({ "method": "*", "public": true, "claims": [{ "claim": "a", "equals": 1 }] }),
            "rules[1].public",
            "other needs",
        ),
        (json!({ "method": "*", "name": "" }), "rules[1].name", "an empty one"),
        (json!({ "method": "*", "name": 1 }), "rules[1].name", "a number"),
        (json!({ "method": "resources/read", "name": "a" }), "rules[1].name", "another method"),
        (json!({ "method": "tools/list", "name": "a" }), "rules[1].name", "another method"),
        (json!({ "method": "resources/*", "name": "a" }), "rules[1].name", "another method"),
        (json!({ "method": "tools/call", "uri": "docs://a" }), "rules[1].uri", "another method"),
        (json!({ "method": "GET", "uri": "docs://a" }), "rules[1].uri", "another method"),
        (json!({ "method": "*", "name": "a", "uri": "docs://a" }), "rules[1].uri", "both"),
        (json!({ "method": "*", "uri": "docs" }), "rules[1].uri", "docs"),
        (json!({ "method": "*", "uri": "docs://a/../b" }), "rules[1].uri", "docs://a/../b"),
        (json!({ "method": "*", "uri": "DOCS://a" }), "rules[1].uri", "DOCS://a"),
        (json!({ "method": "*", "uri": "docs://A/**" }), "rules[1].uri", "docs://A/**"),
        (json!({ "method": "*", "uri": "docs://a/%7Eb" }), "rules[1].uri", "%7E"),
        (json!({ "method": "*", "uri": "https://h:443/**" }), "rules[1].uri", ":443"),
        (json!({ "method": "*", "uri": "docs://a#*" }), "rules[1].uri", "#"),
        (json!({ "method": "*", "claims": [] }), "rules[1].claims", "an empty one"),
        (json!({ "method": "*", "claims": { "a": 1 } }), "rules[1].claims", "an object"),
        (json!({ "method": "*", "claims": ["a"] }), "rules[1].claims[0]", "a string"),
        (json!({ "method": "*", "claims": [{ "equals": 1 }] }), "rules[1].claims[0].claim", "none"),
        (
            json!({ "method": "*", "claims": [{ "claim": [], "equals": 1 }] }),
            "rules[1].claims[0].claim",
            "an empty one",
        ),
        (json!({ "method": "*", "claims": [{ "claim": "a" }] }), "rules[1].claims[0]", "neither"),
        (
            json!({ "method": "*", "claims": [{ "claim": "a", "equals": 1, "contains": "b" }] }),
            "rules[1].claims[0]",
            "both",
        ),
        (json!({ "method": "*", "claims": [{ "claim": "a", "equals": null }] }), "rules[1].claims[0].equals", "null"),
        (
            json!({ "method": "*", "claims": [{ "claim": "a", "equals": ["b"] }] }),
            "rules[1].claims[0].equals",
            "an array",
        ),
        (
            json!({ "method": "*", "claims": [{ "claim": "a", "contains": 1 }] }),
            "rules[1].claims[0].contains",
            "a number",
        ),
        (
            json!({ "method": "*", "claims": [{ "claim": "a", "equals": 1, "not": true }] }),
            "rules[1].claims[0].not",
            "unknown name",
        ),
    ];
    rows_are_refused(rows.map(|(rule, name, found)| (with_rule(rule), name, found)));
    rows_are_refused([
        (with_option("rules", json!([])), "rules", "an empty one"),
        (with_option("rules", json!({})), "rules", "an object"),
    ]);
}

/// Implications may meet again; a circle alone is refused, however long.
#[test]
fn implications_are_a_graph_without_circles() {
    let diamond = json!({ "implies": { "a": ["b", "c"], "b": ["d"], "c": ["d"] } });
    assert!(Gate::from_options(&with_option("scopes", diamond).to_string()).is_ok());
    let chain: serde_json::Map<String, Value> =
        (0..500).map(|n| (format!("s{n}"), json!([format!("s{}", n + 1)]))).collect();
    let mut options = with_option("scopes", json!({ "implies": chain }));
    options["rules"] = json!([{ "method": "*", "scopes": ["s500"] }]);
    assert!(valid().with_claim("scope", json!("s0")).told_by(&options).is_allowed());
    options["scopes"]["implies"]["s500"] = json!(["s0"]);
    assert_eq!(refused(&options).0, "scopes.implies");
}
