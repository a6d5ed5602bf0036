//! Many rules: the first that matches decides, wherever the others are looked for.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::gate::{Sent, Told, message, with_rules};

const METHODS: [&str; 6] = ["*", "tools/*", "tools/call", "resources/*", "resources/read", "ping"];
const NAMES: [&str; 5] = ["a", "b", "a*", "*b", "*"];
const URIS: [&str; 5] = ["docs://x/a", "docs://x/b", "docs://x/*", "docs://**", "**"];

/// A rule of each kind that can be: with a name where tools have one, with a URI where resources have one.
fn rule() -> impl Strategy<Value = Value> {
    let operand = prop_oneof![
        Just((None, None)),
        prop::sample::select(&NAMES[..]).prop_map(|name| (Some(name), None)),
        prop::sample::select(&URIS[..]).prop_map(|uri| (None, Some(uri))),
    ];
    (prop::sample::select(&METHODS[..]), operand).prop_filter_map("a rule that can be", |(method, operand)| {
        match operand {
            (None, None) => Some(json!({ "method": method })),
            (Some(name), _) if ["*", "tools/*", "tools/call"].contains(&method) => {
                Some(json!({ "method": method, "name": name }))
            }
            (_, Some(uri)) if ["*", "resources/*", "resources/read"].contains(&method) => {
                Some(json!({ "method": method, "uri": uri }))
            }
            _ => None,
        }
    })
}

/// Whether a rule is for an operation, said slowly.
fn is_for(rule: &Value, method: &str, operand: &str) -> bool {
    let matches = |pattern: &Value, text: &str| match pattern.as_str() {
        None => true,
        Some(pattern) => match pattern.split_once('*') {
            None => pattern == text,
            Some((start, end)) => text.starts_with(start) && text.ends_with(end.trim_start_matches('*')),
        },
    };
    let (name, uri) = (&rule["name"], &rule["uri"]);
    matches(&rule["method"], method)
        && match method {
            "tools/call" => uri.is_null() && matches(name, operand),
            "resources/read" => name.is_null() && matches(uri, operand),
            _ => uri.is_null() && name.is_null(),
        }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn the_first_decides_among_many(rules in prop::collection::vec(rule(), 1..12)) {
        let operations = [
            ("tools/call", "a", json!({ "name": "a" })),
            ("tools/call", "b", json!({ "name": "b" })),
            ("tools/call", "ab", json!({ "name": "ab" })),
            ("tools/call", "c", json!({ "name": "c" })),
            ("tools/list", "", json!({})),
            ("resources/read", "docs://x/a", json!({ "uri": "docs://x/a" })),
            ("resources/read", "docs://x/c", json!({ "uri": "docs://x/c" })),
            ("ping", "", json!({})),
            ("other", "", json!({})),
        ];
        let options = with_rules(json!(rules));
        for (method, operand, params) in operations {
            let told = Sent::of(&message(method, params)).told_by(&options);
            let first = rules.iter().position(|rule| is_for(rule, method, operand));
            prop_assert_eq!(told.event["rule"].as_u64(), first.map(|place| place as u64), "{} {}", method, operand);
        }
    }
}

/// As many as the options have room for, and some thousand more.
#[test]
fn ten_thousand_rules_are_read_and_keep_their_order() {
    let exact = |place: usize| json!({ "method": "tools/call", "name": format!("tool_{place}") });
    let mut rules: Vec<Value> = (0..10_000).map(exact).collect();
    rules.insert(5000, json!({ "method": "tools/call", "name": "tool_7*" }));
    rules.push(json!({ "method": "*" }));
    let options = with_rules(json!(rules));
    for (name, place) in [("tool_0", 0), ("tool_4999", 4999), ("tool_7000", 5000), ("tool_9999", 10_000), ("x", 10_001)]
    {
        let told: Told = Sent::of(&message("tools/call", json!({ "name": name }))).told_by(&options);
        assert_eq!(told.event["rule"], place, "{name}");
    }
}
