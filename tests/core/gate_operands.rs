//! Names and URIs in rules: patterns, other spellings, and members that do not belong.

use serde_json::{Value, json};

use crate::gate::{Sent, message, with_rules};

fn tool(name: &str) -> Sent {
    Sent::of(&message("tools/call", json!({ "name": name })))
}

fn resource(uri: &str) -> Sent {
    Sent::of(&message("resources/read", json!({ "uri": uri })))
}

#[test]
fn names_are_compared_with_patterns() {
    for (pattern, name, matches) in [
        ("add_note", "add_note", true),
        ("add_note", "add_note2", false),
        ("add_*", "add_", true),
        ("add_*", "xadd_", false),
        ("*_note", "a/b_note", true),
        ("*", "", true),
        ("a*b*c", "a--b--c", true),
        ("a*b*c", "a--c--b", false),
        ("a?c", "abc", false),
        ("[ab]", "a", false),
        ("a.c", "abc", false),
        ("\\*", "*", false),
        ("notiz_ü*", "notiz_übung", true),
        // No normalization: to a server these are different tools.
        ("caf\u{e9}", "cafe\u{301}", false),
        ("delete", "de\u{200b}lete", false),
    ] {
        let rules = with_rules(json!([{ "method": "tools/call", "name": pattern }]));
        assert_eq!(tool(name).told_by(&rules).is_allowed(), matches, "{pattern} {name}");
        let prompt = Sent::of(&message("prompts/get", json!({ "name": name })));
        let rules = with_rules(json!([{ "method": "prompts/*", "name": pattern }]));
        assert_eq!(prompt.told_by(&rules).is_allowed(), matches, "{pattern} {name}");
    }
}

/// Matching costs at most the product of the lengths: nothing is tried twice.
#[test]
fn many_wildcards_in_long_names_cost_little() {
    let pattern = "*a".repeat(500);
    let rules = with_rules(
        json!([{ "method": "tools/call", "name": pattern.clone() + "b" }, { "method": "resources/read", "uri": format!("x:{pattern}b") }]),
    );
    let start = std::time::Instant::now();
    assert_eq!(tool(&"a".repeat(4096)).told_by(&rules).code(), "operation_denied");
    assert_eq!(resource(&format!("x:{}", "a".repeat(4000))).told_by(&rules).code(), "operation_denied");
    assert!(start.elapsed().as_secs() < 2);
}

#[test]
fn uris_are_compared_with_patterns() {
    for (pattern, uri, matches) in [
        ("docs://public/*", "docs://public/a", true),
        ("docs://public/*", "docs://public/", true),
        ("docs://public/*", "docs://public/a/b", false),
        ("docs://public/**", "docs://public/a/b", true),
        ("docs://public/**", "docs://publicity/a", false),
        ("docs://public/**", "docs://public", false),
        ("docs://*/readme", "docs://any/readme", true),
        ("docs://*/readme", "docs://any/x/readme", false),
        ("docs://public/a", "docs://public/a", true),
        ("docs://public/a", "docs://public/A", false),
        ("docs://public/a", "DOCS://PUBLIC/a", true),
        ("docs://public/a?*", "docs://public/a?b=c", true),
        ("note:*", "note:1", true),
        ("**", "anything://at/all", true),
        ("https://h:8443/**", "HTTPS://H:8443/a", true),
        ("https://h/**", "https://h.evil.example/a", false),
    ] {
        let rules = with_rules(json!([{ "method": "resources/read", "uri": pattern }]));
        let told = resource(uri).told_by(&rules);
        assert_eq!(told.is_allowed(), matches, "{pattern} {uri}: {told:?}");
    }
}

/// What a server may take for the resource that a rule protects is refused, whichever rule is first.
#[test]
fn second_spellings_of_uris_are_refused() {
    let protects = with_rules(json!([
        { "method": "resources/*", "uri": "docs://secret/**", "scopes": ["mcp:secret"] },
        { "method": "resources/*", "uri": "https://h/secret/**", "scopes": ["mcp:secret"] },
        { "method": "resources/*" },
    ]));
    assert!(resource("docs://public/a").told_by(&protects).is_allowed());
    assert_eq!(resource("docs://secret/a").told_by(&protects).code(), "scope_insufficient");
    for uri in [
        "docs://public/../secret/a",
        "docs://public/%2e%2e/secret/a",
        "docs://secret\\a",
        "docs://secret%2fa",
        "docs://secret%2Fa",
        "docs://%73ecret/a",
        "docs://s\u{65}cret//a",
        "docs://./secret/a",
        "docs://secret/./a",
        "docs://secret/%61",
        "docs://secret/a\n",
        " docs://secret/a",
        "docs://secret/a ",
        "docs://secret/\u{0}a",
        "docs://ſecret/a",
        "docs://secret/a#b",
        "docs://@secret/a",
        "docs://secret:/a",
        "docs:\\\\secret\\a",
        "https://h:443/secret/a",
        "https:/h/secret/a",
        "https:h/secret/a",
        "https:///h/secret/a",
        "https://h./secret/a",
        "https://u@h/secret/a",
        "https://u:p@h/secret/a",
        "https://h%00/secret/a",
        "https://%68/secret/a",
        "//h/secret/a",
        "/secret/a",
        "secret",
        "",
        ":",
        "docs",
        "docs://secret/%",
        "docs://secret/%GG",
        "docs://secret/a%",
    ] {
        for method in ["resources/read", "resources/subscribe", "resources/unsubscribe"] {
            let told = Sent::of(&message(method, json!({ "uri": uri }))).told_by(&protects);
            assert_eq!((told.status(), told.code()), (400, "uri_ambiguous"), "{method} {uri:?}");
        }
    }
    // In any case of scheme and host, it is the one that is protected.
    for uri in ["DOCS://SECRET/a", "docs://Secret/a", "HTTPS://h/secret/a", "https://H/secret/a"] {
        assert_eq!(resource(uri).told_by(&protects).code(), "scope_insufficient", "{uri}");
    }
    // Where no rule compares URIs, they are the server's own matter.
    assert!(resource("docs://a/../b").told_by(&with_rules(json!([{ "method": "resources/*" }]))).is_allowed());
}

/// Whoever adds a member that an operation does not have must not choose the rule for it.
#[test]
fn operands_count_where_they_belong() {
    let rules = with_rules(json!([
        { "method": "*", "name": "public_*", "public": true },
        { "method": "*", "uri": "docs://public/**", "public": true },
        { "method": "*", "scopes": ["mcp:admin"] },
    ]));
    let public =
        [("tools/call", json!({ "name": "public_x" })), ("resources/read", json!({ "uri": "docs://public/x" }))];
    for (method, params) in public {
        assert!(Sent::of(&message(method, params)).without("authorization").told_by(&rules).is_allowed(), "{method}");
    }
    let both = || json!({ "name": "public_x", "uri": "docs://public/x" });
    let with = |name: &str, uri: &str| json!({ "name": name, "uri": uri });
    let mut bodies: Vec<Value> =
        ["tools/list", "initialize", "logging/setLevel", "completion/complete", "unknown/method", "tools/calls", "GET"]
            .map(|method| message(method, both()))
            .into();
    bodies.push(message("tools/call", with("delete_all", "docs://public/x")));
    bodies.push(message("resources/read", with("public_x", "docs://secret/x")));
    bodies.push(message("resources/list", both()));
    bodies.push(json!({ "jsonrpc": "2.0", "method": "notifications/x", "params": both() }));
    bodies.push(json!({ "jsonrpc": "2.0", "id": 1, "result": {}, "params": both() }));
    bodies.push(json!({ "jsonrpc": "2.0", "id": 1, "method": "x", "name": "public_x", "uri": "docs://public/x" }));
    for body in bodies {
        let sent = Sent::of(&body);
        assert_eq!(sent.clone().without("authorization").told_by(&rules).code(), "token_absent", "{body}");
        assert_eq!(sent.told_by(&rules).code(), "scope_insufficient", "{body}");
    }
}

/// Elsewhere members of these names may be anything.
#[test]
fn other_operations_may_have_members_of_these_names() {
    for params in
        [json!({ "name": 1, "uri": [] }), json!({ "name": "x".repeat(5000), "uri": "not a uri" }), json!({ "uri": {} })]
    {
        let sent = Sent::of(&message("extension/call", params));
        let rules = with_rules(json!([{ "method": "resources/*", "uri": "docs://a" }, { "method": "*" }]));
        assert!(sent.told_by(&rules).is_allowed());
    }
}
