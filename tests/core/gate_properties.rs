//! What holds for every request.

use doorward::gate::Decision;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::gate::{Sent, Told, gate, message, mirrored, valid, with_option, with_rules};

/// A slow obvious matcher: `*` is any text, in a URI without "/" unless there are two.
fn glob_matches(pattern: &[char], text: &[char], separator: Option<char>) -> bool {
    let Some((first, rest)) = pattern.split_first() else { return text.is_empty() };
    if *first != '*' {
        return text.split_first().is_some_and(|(found, left)| found == first && glob_matches(rest, left, separator));
    }
    let stars = pattern.iter().take_while(|character| **character == '*').count();
    let barrier = separator.filter(|_| stars == 1);
    let reach = text.iter().position(|character| Some(*character) == barrier).unwrap_or(text.len());
    (0..=reach).any(|taken| glob_matches(&pattern[stars..], &text[taken..], separator))
}

fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        "(tools/call|ping|2\\.0|add_note|docs://public/a|.{0,6})".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 5, |inner| {
        let name = "(jsonrpc|id|method|params|name|uri|_meta|Name|result|.{0,4})";
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(name, inner, 0..6).prop_map(|map| json!(map)),
        ]
    })
}

/// JSON text nearly a message: members in any order, escaped names, white space, repetitions.
fn near_message() -> impl Strategy<Value = String> {
    let member = prop_oneof![
        8 => Just(r#""jsonrpc":"2.0""#.to_owned()),
        6 => "\"id\": ?(1|\"a\"|null|1\\.5|-0)",
        8 => "\"(method|m\\\\u0065thod)\":\"(tools/call|tools\\\\/call|ping|tools/list|resources/read)\"",
        6 => "\"params\":\\{ ?\"(name|n\\\\u0061me)\":\"(add_note|delete_note|\\\\u0061dd_note)\"(,\"arguments\":\\{\"name\":\"x\"\\})?\\}",
        3 => "\"params\":\\{\"uri\":\"docs://(public|secret)/a\"\\}",
        1 => "\"(Method|PARAMS|result|error|x)\":(null|\\{\\})",
    ];
    prop::collection::vec(member, 0..6).prop_map(|members| format!("{{{}}}", members.join(",")))
}

fn code(sent: &Sent) -> String {
    match sent.decided() {
        Decision::NeedBody { .. } => "body".into(),
        Decision::NeedKeys(_) => "keys".into(),
        decision => Told::of(decision).code().to_owned(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn no_bytes_panic(body in prop::collection::vec(any::<u8>(), 0..200), method in "(POST|GET|DELETE|OPTIONS|.{0,6})") {
        code(&valid().with_body(body).by(&method));
    }

    #[test]
    fn no_fields_panic(url in ".{0,60}", values in prop::collection::vec("[ -~\u{80}-\u{ff}]{0,40}", 10)) {
        const NAMES: [&str; 10] = [
            "authorization", "origin", "content-type", "content-encoding", "content-length", "mcp-protocol-version", "mcp-method",
            "mcp-name", "access-control-request-headers", "access-control-request-method",
        ];
        for (name, value) in NAMES.iter().zip(&values) {
            for sent in [valid(), mirrored("add_note"), Sent::plain("OPTIONS")] {
                code(&sent.clone().with(name, value));
                code(&sent.and(name, value));
            }
        }
        code(&valid().to(&url));
        let all = NAMES.iter().zip(&values).fold(valid(), |sent, (name, value)| sent.with(name, value));
        code(&all);
    }

    /// Whatever is asked: without a token nothing passes but what is public.
    #[test]
    fn nothing_passes_without_a_token(body in prop_oneof![near_message(), json_value().prop_map(|value| value.to_string())]) {
        let sent = valid().with_body(body.as_str()).without("authorization");
        let told = sent.told_by(&with_rules(json!([{ "method": "*" }])));
        prop_assert_eq!(told.code(), "token_absent");
        let told = sent.told();
        if told.is_allowed() {
            let read: Value = serde_json::from_str(&body).expect("JSON");
            prop_assert_eq!(&read["method"], "ping");
        }
    }

    /// What is let through says to a plain parser just what was judged.
    #[test]
    fn a_body_that_passes_is_read_alike_by_a_plain_parser(body in prop_oneof![near_message(), json_value().prop_map(|value| value.to_string())]) {
        let told = valid().with_body(body.as_str()).told_by(&with_rules(json!([
            { "method": "resources/*", "uri": "docs://secret/**", "scopes": ["none"] },
            { "method": "*" },
        ])));
        if told.is_allowed() {
            let read: Value = serde_json::from_str(&body).expect("JSON");
            let method = read.get("method").cloned().unwrap_or_default();
            prop_assert_eq!(&told.event["method"], &method);
            if method == "tools/call" || method == "prompts/get" {
                prop_assert_eq!(&told.event["name"], &read["params"]["name"]);
            }
            if method == "resources/read" {
                prop_assert!(!read["params"]["uri"].as_str().expect("a text").starts_with("docs://secret"));
            }
            prop_assert_eq!(&read["jsonrpc"], "2.0");
        }
    }

    #[test]
    fn patterns_for_names_match_as_the_obvious_way_does(pattern in "[ab*]{1,8}", text in "[ab]{0,10}") {
        let rules = with_rules(json!([{ "method": "tools/call", "name": pattern }]));
        let told = Sent::of(&message("tools/call", json!({ "name": text }))).told_by(&rules);
        let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
        prop_assert_eq!(told.is_allowed(), glob_matches(&pattern, &text, None));
    }

    #[test]
    fn patterns_for_uris_match_as_the_obvious_way_does(pattern in "([ab]|\\*|\\*\\*|/[ab*]){1,6}", text in "([ab]|/[ab]){0,8}") {
        let rules = with_rules(json!([{ "method": "resources/read", "uri": format!("x:{pattern}") }]));
        let told = Sent::of(&message("resources/read", json!({ "uri": format!("x:{text}") }))).told_by(&rules);
        let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
        prop_assert_eq!(told.is_allowed(), glob_matches(&pattern, &text, Some('/')));
    }

    /// Fields are named without regard to case, and the same request is decided the same way.
    #[test]
    fn the_same_request_is_decided_the_same_way(body in near_message()) {
        let mut gate = gate();
        let sent = valid().with_body(body.as_str());
        let first = Told::of(sent.decided_by(&mut gate));
        let second = Told::of(sent.decided_by(&mut gate));
        prop_assert_eq!(&first.event, &second.event);
        let shouted = Sent { headers: sent.headers.iter().map(|(name, value)| (shout(name), value.clone())).collect(), ..sent };
        prop_assert_eq!(&Told::of(shouted.decided_by(&mut gate)).event, &first.event);
    }

    #[test]
    fn no_options_panic(options in json_value(), name in "(rules|issuers|scopes|origins|versions|keys|metadata|resource)") {
        let _ = doorward::gate::Gate::from_options(&with_option(&name, options).to_string());
    }
}

fn shout(name: &str) -> &'static str {
    match name {
        "authorization" => "AUTHORIZATION",
        "content-type" => "Content-Type",
        "accept" => "ACCEPT",
        "mcp-protocol-version" => "MCP-Protocol-Version",
        other => panic!("no such field: {other}"),
    }
}
