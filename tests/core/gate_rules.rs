//! Rules: which one decides, and what it takes to satisfy it.

use serde_json::{Value, json};

use crate::gate::{Sent, Told, message, valid, with_rules};

fn tool(name: &str) -> Sent {
    Sent::of(&message("tools/call", json!({ "name": name })))
}

fn resource(uri: &str) -> Sent {
    Sent::of(&message("resources/read", json!({ "uri": uri })))
}

fn plain(method: &str) -> Sent {
    Sent::of(&message(method, json!({})))
}

/// The place of the rule that decided.
fn rule(told: &Told) -> Option<u64> {
    told.event["rule"].as_u64()
}

#[test]
fn the_first_rule_that_matches_decides() {
    let rules = with_rules(json!([
        { "method": "tools/call", "name": "delete_*", "scopes": ["mcp:admin"] },
        { "method": "tools/call", "name": "*", "scopes": ["mcp:write"] },
        { "method": "tools/*", "scopes": ["mcp:list"] },
        { "method": "*", "scopes": ["mcp:read"] },
        { "method": "ping", "public": true },
    ]));
    for (sent, place, allowed) in [
        (tool("delete_note"), 0, false),
        (tool("delete_"), 0, false),
        (tool("Delete_note"), 1, true),
        (tool(" delete_note"), 1, true),
        (tool(""), 1, true),
        (plain("tools/list"), 2, false),
        (plain("tools/"), 2, false),
        (plain("tools"), 3, true),
        (plain("Tools/list"), 3, true),
        (plain("x/tools/list"), 3, true),
        (plain("ping"), 3, true),
        (Sent::plain("GET"), 3, true),
        (plain("GET"), 3, true),
    ] {
        let told = sent.told_by(&rules);
        assert_eq!((rule(&told), told.is_allowed()), (Some(place), allowed), "{sent:?}");
    }
}

#[test]
fn what_no_rule_is_for_is_denied() {
    let rules = with_rules(json!([{ "method": "tools/list" }, { "method": "tools/call", "name": "a" }]));
    assert!(plain("tools/list").told_by(&rules).is_allowed());
    for sent in [
        tool("b"),
        tool("aa"),
        plain("tools/list/"),
        plain("tools/lists"),
        plain("tools/List"),
        plain("tools/list\0"),
        plain(""),
        plain("constructor"),
        plain("*"),
        Sent::plain("GET"),
        Sent::plain("DELETE"),
        Sent::of(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" })),
        Sent::of(&json!({ "jsonrpc": "2.0", "id": 1, "result": {} })),
    ] {
        let told = sent.told_by(&rules);
        assert_eq!((told.status(), told.code(), rule(&told)), (403, "operation_denied", None), "{sent:?}");
        assert_eq!(told.challenge(), None, "no scope would help");
    }
}

/// Without rules, whoever has a valid token may do everything.
#[test]
fn without_rules_a_valid_token_is_enough() {
    for sent in [tool("x"), plain("anything"), Sent::plain("DELETE"), resource("docs://a/../b")] {
        assert!(sent.told_by(&with_rules(Value::Null)).is_allowed());
        assert_eq!(sent.without("authorization").told_by(&with_rules(Value::Null)).code(), "token_absent");
    }
}

#[test]
fn all_scopes_of_a_rule_are_needed() {
    for (needs, granted, expected) in [
        (json!({ "scopes": ["a", "b"] }), "a b", None),
        (json!({ "scopes": ["a", "b"] }), "b c a", None),
        (json!({ "scopes": ["a", "b"] }), "a", Some("a b")),
        (json!({ "scopes": ["a", "b"] }), "", Some("a b")),
        (json!({ "scopes": ["a"] }), "A", Some("a")),
        (json!({ "scopes": ["a"] }), "aa", Some("a")),
        (json!({ "anyScope": ["a", "b"] }), "b", None),
        (json!({ "anyScope": ["a", "b"] }), "c", Some("a")),
        (json!({ "scopes": ["a"], "anyScope": ["b", "c"] }), "a c", None),
        (json!({ "scopes": ["a"], "anyScope": ["b", "c"] }), "a", Some("a b")),
        // The alternative that is there already is the one to keep.
        (json!({ "scopes": ["a"], "anyScope": ["b", "c"] }), "c", Some("a c")),
        (json!({ "scopes": ["a"], "anyScope": ["a", "b"] }), "b", Some("a b")),
        (json!({ "scopes": ["a"], "anyScope": ["a", "b"] }), "", Some("a")),
        (json!({}), "", None),
    ] {
        let mut rule = needs.clone();
        rule["method"] = json!("*");
        let told = valid().with_claim("scope", json!(granted)).told_by(&with_rules(json!([rule])));
        let asked = told.answer.is_some().then(|| {
            let (_, scopes) = told.challenge().expect("a challenge").rsplit_once("scope=\"").expect("scopes");
            scopes.trim_end_matches('"').to_owned()
        });
        assert_eq!(asked.as_deref(), expected, "{needs} with {granted:?}");
    }
}

/// 2026-07-28: servers MUST account for hierarchies. What is asked for stays the narrow scope.
#[test]
fn broader_scopes_imply_narrower_ones_however_far() {
    let mut options = with_rules(json!([{ "method": "*", "scopes": ["read"], "anyScope": ["list", "other"] }]));
    options["scopes"] = json!({ "implies": {
        "root": ["admin", "x"],
        "admin": ["write"],
        "write": ["read", "list"],
        "audit": ["list"],
    } });
    for (granted, allowed) in [
        ("root", true),
        ("admin", true),
        ("write", true),
        ("read list", true),
        ("read audit", true),
        ("read other", true),
        ("read", false),
        ("audit", false),
        ("x other", false),
        ("rootx", false),
        ("", false),
    ] {
        let told = valid().with_claim("scope", json!(granted)).told_by(&options);
        assert_eq!(told.is_allowed(), allowed, "{granted}");
        if !allowed {
            let asked = told.challenge().expect("a challenge");
            assert!(
                asked.ends_with(if granted == "x other" { "scope=\"read other\"" } else { "scope=\"read list\"" }),
                "{asked}"
            );
        }
    }
}

#[test]
fn claims_are_compared_strictly() {
    let rows: &[(Value, Value, bool)] = &[
        (json!({ "equals": "sales" }), json!("sales"), true),
        (json!({ "equals": "sales" }), json!("Sales"), false),
        (json!({ "equals": "sales" }), json!(["sales"]), false),
        (json!({ "equals": "sales" }), json!("sales "), false),
        (json!({ "equals": "null" }), json!(null), false),
        (json!({ "equals": true }), json!(true), true),
        (json!({ "equals": true }), json!("true"), false),
        (json!({ "equals": true }), json!(1), false),
        (json!({ "equals": false }), json!(false), true),
        (json!({ "equals": false }), json!(0), false),
        (json!({ "equals": 1 }), json!(1), true),
        (json!({ "equals": 1 }), json!("1"), false),
        (json!({ "equals": 1 }), json!(2), false),
        (json!({ "equals": 1.5 }), json!(1.5), true),
        (json!({ "contains": "a" }), json!(["b", "a"]), true),
        (json!({ "contains": "a" }), json!(["A", "ab"]), false),
        (json!({ "contains": "a" }), json!([]), false),
        (json!({ "contains": "a" }), json!("a"), false),
        (json!({ "contains": "a" }), json!("b a"), false),
        (json!({ "contains": "a" }), json!([["a"]]), false),
        (json!({ "contains": "a" }), json!({ "a": true }), false),
        (json!({ "contains": "1" }), json!([1]), false),
        (json!({ "claim": ["x", "y", "z"], "equals": 1 }), json!({ "y": { "z": 1 } }), true),
        (json!({ "claim": ["x", "y"], "contains": "a" }), json!({ "y": ["a"] }), true),
        (json!({ "claim": ["x", "y"], "equals": 1 }), json!({ "y": { "z": 1 } }), false),
        (json!({ "claim": ["x", "y"], "equals": 1 }), json!({ "Y": 1 }), false),
        (json!({ "claim": ["x", "y"], "equals": 1 }), json!([1]), false),
        (json!({ "claim": ["x", "0"], "equals": 1 }), json!([1]), false),
        (json!({ "claim": ["x", "y"], "equals": 1 }), json!("y"), false),
        (json!({ "claim": "x.y", "equals": 1 }), json!({ "y": 1 }), false),
    ];
    for (condition, value, holds) in rows {
        let mut condition = condition.clone();
        if condition.get("claim").is_none() {
            condition["claim"] = json!("x");
        }
        let rules = with_rules(json!([{ "method": "*", "claims": [condition] }]));
        let told = valid().with_claim("x", value.clone()).told_by(&rules);
        assert_eq!(told.is_allowed(), *holds, "{condition} and {value}");
        assert!(*holds || (told.code() == "claims_insufficient" && told.challenge().is_none()));
    }
}

#[test]
fn claims_stand_beside_scopes_and_come_first() {
    let rules = with_rules(json!([{
        "method": "*",
        "scopes": ["mcp:admin"],
        "claims": [{ "claim": "a", "equals": 1 }, { "claim": "b", "contains": "x" }],
    }]));
    let provider = crate::provider::provider();
    let sent = |claims: Value| {
        let mut all = crate::provider::claims();
        all.extend(claims.as_object().cloned().expect("an object"));
        valid().with_token(&provider.sign(&provider.header(), &all)).told_by(&rules)
    };
    assert_eq!(sent(json!({})).code(), "claims_insufficient");
    assert_eq!(sent(json!({ "a": 1 })).code(), "claims_insufficient");
    // No scope helps where a claim is in the way: a client would ask for it again and again.
    assert_eq!(sent(json!({ "a": 1, "b": ["y"], "scope": "mcp:admin" })).code(), "claims_insufficient");
    assert_eq!(sent(json!({ "a": 1, "b": ["x"] })).code(), "scope_insufficient");
    assert!(sent(json!({ "a": 1, "b": ["x"], "scope": "mcp:admin" })).is_allowed());
}

/// What is public passes whatever comes along, and everything about it is the same for all.
#[test]
fn public_operations_need_no_token() {
    let rules = with_rules(json!([
        { "method": "tools/call", "name": "public_*", "public": true },
        { "method": "resources/read", "uri": "docs://public/**", "public": true },
        { "method": "*", "scopes": ["mcp:read"] },
    ]));
    for sent in [tool("public_time"), resource("docs://public/a")] {
        for authorization in ["Bearer x", "Bearer", "Bearer a, Bearer b", "Basic x"] {
            let told = sent.clone().with("authorization", authorization).told_by(&rules);
            assert!(told.is_allowed() && told.admission().access().is_none(), "{authorization}");
            assert_eq!(told.admission().expires(), None);
        }
        assert!(sent.without("authorization").told_by(&rules).admission().identity().is_empty());
    }
    for sent in [
        tool("time"),
        resource("docs://public/../a"),
        resource("docs://secret/a"),
        plain("tools/list"),
        Sent::plain("GET"),
    ] {
        assert_eq!(sent.clone().without("authorization").told_by(&rules).code(), "token_absent", "{sent:?}");
        assert_eq!(sent.with_token("x").told_by(&rules).code(), "token_malformed");
    }
    // A fault of the body is no way in.
    for body in ["{", "[]", r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"public_x","name":"x"}}"#]
    {
        assert_eq!(valid().with_body(body).without("authorization").told_by(&rules).code(), "token_absent", "{body}");
    }
    for sent in [
        tool("public_x").with("mcp-name", "x"),
        tool("public_x").with("mcp-protocol-version", "x"),
        tool("public_x").with("content-type", "text/plain"),
    ] {
        assert_eq!(sent.without("authorization").told_by(&rules).code(), "token_absent");
    }
}
