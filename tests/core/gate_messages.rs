//! Bodies: one JSON-RPC message that every parser reads alike, or a 400.

use serde_json::json;

use crate::gate::{Sent, call, message, valid, with_option};

/// The valid body with this text put in place of a part.
fn changed(part: &str, by: &str) -> Sent {
    let body = r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"add_note","arguments":{"a":1}}}"#;
    assert_eq!(body.matches(part).count(), 1, "{part}");
    valid().with_body(body.replace(part, by))
}

fn malformed(sent: &Sent, rpc_code: i64, words: &str) {
    let told = sent.told();
    let body = String::from_utf8_lossy(sent.body.as_deref().unwrap_or_default()).into_owned();
    let start = body.chars().take(200).collect::<String>();
    assert_eq!((told.status(), told.code()), (400, "message_malformed"), "{start}");
    assert_eq!(told.rpc_code(), Some(rpc_code), "{start}");
    let text = told.body()["error"]["message"].as_str().expect("words").to_owned();
    assert!(text.contains(words), "{start}: {text}");
    assert_eq!(told.body()["id"], json!(null));
}

#[test]
fn what_is_not_one_json_text_is_refused() {
    let whole = String::from_utf8(valid().body.expect("a body")).expect("a text");
    let syntax = "one JSON text and nothing else";
    let bodies: Vec<Vec<u8>> = vec![
        vec![],
        b" \n".into(),
        b"{".into(),
        whole[..whole.len() - 1].into(),
        format!("{whole}}}").into(),
        format!("{whole}{whole}").into(),
        format!("{whole}\n{whole}").into(),
        format!("{whole},").into(),
        format!("{whole}x").into(),
        format!("{whole}\0").into(),
        format!("{whole}//").into(),
        format!("/**/{whole}").into(),
        format!("data: {whole}\n\n").into(),
        format!("\u{a0}{whole}").into(),
        whole.replace('"', "'").into(),
        whole.replace("\"id\":1", "\"id\":01").into(),
        whole.replace("\"id\":1", "\"id\":1,").replace(",,", ",").replace("}}", "},}").into(),
        whole.replace("\"id\"", "id").into(),
        whole.replace("add_note", "add\nnote").into(),
        whole.replace("add_note", "\\ud800").into(),
        whole.replace("add_note", "\\x61").into(),
        whole.replace("{}", "NaN").into(),
        whole.replace("{}", "\"\t\"").into(),
        whole.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        whole.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        whole.chars().flat_map(|character| u32::from(character).to_be_bytes()).collect(),
        b"+AHs-+ACI-jsonrpc+ACI-".into(),
    ];
    for body in bodies {
        malformed(&valid().with_body(body), -32700, syntax);
    }
    let marked = [b"\xEF\xBB\xBF", whole.as_bytes()].concat();
    malformed(&valid().with_body(marked), -32700, "byte-order mark");
    let mut not_utf8 = vec![vec![0xff], [b"\xFF\xFE", whole.as_bytes()].concat()];
    for bytes in [&b"\xC0\xAE"[..], b"\xED\xA0\x80", b"\xF5\x80\x80\x80", b"\xE9", b"\x80"] {
        let body: Vec<u8> = whole
            .replace("{}", "\"#\"")
            .bytes()
            .flat_map(|b| if b == b'#' { bytes.to_vec() } else { vec![b] })
            .collect();
        not_utf8.push(body);
    }
    for body in not_utf8 {
        malformed(&valid().with_body(body), -32700, "UTF-8");
    }
}

/// White space around is no matter (RFC 8259 section 2).
#[test]
fn white_space_around_the_message_is_let_through() {
    let whole = String::from_utf8(valid().body.expect("a body")).expect("a text");
    assert!(valid().with_body(format!(" \t\r\n{whole}\r\n ")).told().is_allowed());
}

#[test]
fn what_is_json_and_no_message_is_refused() {
    for body in ["1", "null", "true", "\"x\"", "1.5", "[1]", "[null]", "[[]]", "[\"x\"]", "-0"] {
        malformed(&valid().with_body(body), -32600, "a JSON-RPC 2.0 message");
    }
    malformed(&valid().with_body("[]"), -32600, "must not be empty");
    let rows = [
        (r#""2.0""#, r#""1.0""#, "'jsonrpc'"),
        (r#""2.0""#, "2.0", "'jsonrpc'"),
        (r#""2.0""#, "null", "'jsonrpc'"),
        (r#""2.0""#, r#""2.0 ""#, "'jsonrpc'"),
        (r#""jsonrpc":"2.0","#, "", "'jsonrpc'"),
        (r#""id":1"#, r#""id":null"#, "'id'"),
        (r#""id":1"#, r#""id":1.5"#, "'id'"),
        (r#""id":1"#, r#""id":1e2"#, "'id'"),
        (r#""id":1"#, r#""id":true"#, "'id'"),
        (r#""id":1"#, r#""id":[1]"#, "'id'"),
        (r#""id":1"#, r#""id":{"a":1}"#, "'id'"),
        (r#""id":1"#, r#""id":18446744073709551616"#, "'id'"),
        (r#""method":"tools/call","#, "", "a JSON-RPC 2.0 message"),
        (r#""tools/call""#, "1", "'method'"),
        (r#""tools/call""#, "null", "'method'"),
        (r#""tools/call""#, r#"["tools/call"]"#, "'method'"),
        (r#""tools/call""#, r#"{"a":"tools/call"}"#, "'method'"),
        (r#""id":1"#, r#""id":1,"result":{}"#, "a JSON-RPC 2.0 message"),
        (r#""id":1"#, r#""id":1,"error":null"#, "a JSON-RPC 2.0 message"),
        (r#"{"name":"add_note","arguments":{"a":1}}"#, "null", "'params'"),
        (r#"{"name":"add_note","arguments":{"a":1}}"#, r#"["add_note"]"#, "'params'"),
        (r#"{"name":"add_note","arguments":{"a":1}}"#, r#""add_note""#, "'params'"),
        (r#"{"name":"add_note","arguments":{"a":1}}"#, "1", "'params'"),
        (r#""name":"add_note","#, "", "'params.name'"),
        (r#""add_note""#, "1", "'params.name'"),
        (r#""add_note""#, "null", "'params.name'"),
        (r#""add_note""#, r#"["add_note"]"#, "'params.name'"),
        (r#""arguments""#, r#""_meta":1,"arguments""#, "'params._meta'"),
        (r#""arguments""#, r#""_meta":[],"arguments""#, "'params._meta'"),
        (r#""arguments""#, r#""_meta":null,"arguments""#, "'params._meta'"),
        (r#""arguments""#, r#""_meta":{"io.modelcontextprotocol/protocolVersion":1},"arguments""#, "protocolVersion'"),
        (
            r#""arguments""#,
            r#""_meta":{"io.modelcontextprotocol/protocolVersion":null},"arguments""#,
            "protocolVersion'",
        ),
    ];
    for (part, by, words) in rows {
        malformed(&changed(part, by), -32600, words);
    }
    for method in ["resources/read", "resources/subscribe", "resources/unsubscribe"] {
        malformed(&Sent::of(&message(method, json!({}))), -32600, "'params.uri'");
        malformed(&Sent::of(&message(method, json!({ "uri": ["docs://a"] }))), -32600, "'params.uri'");
        malformed(&Sent::of(&json!({ "jsonrpc": "2.0", "id": 1, "method": method })), -32600, "'params.uri'");
    }
    malformed(&Sent::of(&message("prompts/get", json!({}))), -32600, "'params.name'");
}

/// Parsers differ in which of two they take. The second may be spelt with escapes, and stand anywhere.
#[test]
fn a_member_that_is_there_twice_is_refused() {
    let rows = [
        (r#""id":1"#, r#""id":1,"id":1"#, "'id'"),
        (r#""id":1"#, r#""id":1,"jsonrpc":"2.0""#, "'jsonrpc'"),
        (r#""id":1"#, r#""id":1,"method":"ping""#, "'method'"),
        (r#""id":1"#, r#""id":1,"\u006dethod":"ping""#, "'method'"),
        (r#""id":1"#, r#""id":1,"m\u0065tho\u0064":"ping""#, "'method'"),
        (r#""id":1"#, r#""id":1,"params":{}"#, "'params'"),
        (r#""id":1"#, r#""id":1,"p\u0061rams":{}"#, "'params'"),
        (r#""name":"add_note""#, r#""name":"add_note","name":"delete_note""#, "'name'"),
        (r#""name":"add_note""#, r#""name":"add_note","n\u0061me":"delete_note""#, "'name'"),
        (r#""name":"add_note""#, r#""name":"add_note","uri":"a:b","uri":"a:b""#, "'uri'"),
        (r#""name":"add_note""#, r#""name":"add_note","_meta":{},"\u005fmeta":{}"#, "'_meta'"),
        (
            r#""name":"add_note""#,
            r#""name":"add_note","_meta":{"io.modelcontextprotocol/protocolVersion":"a","io.modelcontextprotocol\/protocolVersion":"b"}"#,
            "protocolVersion'",
        ),
    ];
    for (part, by, name) in rows {
        malformed(&changed(part, by), -32600, name);
    }
    malformed(&valid().with_body(r#"{"jsonrpc":"2.0","id":1,"result":1,"result":2}"#), -32600, "'result'");
    malformed(&valid().with_body(r#"{"jsonrpc":"2.0","id":1,"error":1,"error":2}"#), -32600, "'error'");
    // Of no bearing: what the tool makes of its arguments is its own matter.
    assert!(changed(r#"{"a":1}"#, r#"{"a":1,"a":2,"name":"x","Name":"y"}"#).told().is_allowed());
}

/// CVE-2026-27896: parsers that match names without regard to case read what others do not.
#[test]
fn a_member_in_another_case_is_refused() {
    for (part, names) in [
        (r#""jsonrpc""#, ["JSONRPC", "jsonRpc", "j\u{17f}onrpc"].as_slice()),
        (r#""id""#, &["ID", "Id", "iD"]),
        (r#""method""#, &["Method", "METHOD", "methoD", "\\u004dethod"]),
        (r#""params""#, &["Params", "paramS", "param\u{17f}", "param\\u017f"]),
        (r#""name""#, &["Name", "NAME", "nAme"]),
    ] {
        for name in names {
            // In place of the right one, and besides it.
            for by in [format!("\"{name}\""), format!("\"{name}\":null,{part}")] {
                let told = changed(part, &by).told();
                assert_eq!((told.status(), told.code()), (400, "message_malformed"), "{by}");
            }
        }
    }
    for extra in [r#""URI":"a:b""#, r#""Uri":"a:b""#, r#""_META":{}"#, r#""_Meta":{}"#] {
        malformed(&changed(r#""arguments""#, &format!("{extra},\"arguments\"")), -32600, "in this case");
    }
    for extra in [r#""Result":{}"#, r#""ERROR":{}"#] {
        malformed(&changed(r#""id":1"#, &format!("\"id\":1,{extra}")), -32600, "in this case");
    }
    let version = r#""_meta":{"IO.modelcontextprotocol/protocolVersion":"2025-11-25"},"arguments""#;
    malformed(&changed(r#""arguments""#, version), -32600, "in this case");
    // Not of these names, however near.
    for extra in ["\u{130}d", "\u{131}d", "methods", "namespace", " name", "name ", "na\u{301}me", "__proto__", ""] {
        assert!(changed(r#""id":1"#, &format!("\"id\":1,\"{extra}\":null")).told().is_allowed(), "{extra}");
    }
}

#[test]
fn escapes_in_names_and_values_are_undone_before_they_are_judged() {
    assert!(changed(r#""name""#, r#""n\u0061me""#).told().is_allowed());
    assert!(changed("tools/call", "tools\\/c\\u0061ll").told().is_allowed());
    assert_eq!(changed("add_note", "\\u0064elete_note").told().code(), "scope_insufficient");
}

/// What tools get is not read, however deep, long or odd it is, as long as it is JSON.
#[test]
fn arguments_of_any_kind_are_let_through() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let objects = format!("{}1{}", "{\"a\":".repeat(100_000), "}".repeat(100_000));
    let long = format!("\"{}\"", "x".repeat(1024 * 1024 - 200));
    let many = format!("[{}1]", "1,".repeat(500_000));
    for arguments in [
        &deep,
        &objects,
        &long,
        &many,
        "1e400",
        "\"\\ud800\"",
        "-0.0",
        "null",
        "\"\u{0}\"".replace('\0', "\\u0000").as_str(),
    ] {
        assert!(changed(r#"{"a":1}"#, arguments).told().is_allowed(), "{}", &arguments[..arguments.len().min(20)]);
    }
    // Members that decide are skipped as deep where they are not read.
    let rows = [
        (r#""id":1"#, format!("\"id\":1,\"x\":{deep}")),
        (r#""arguments""#, format!("\"uri\":{objects},\"arguments\"")),
    ];
    for (part, by) in rows {
        assert!(changed(part, &by).told().is_allowed());
    }
    for (part, by) in [(r#""id":1"#, format!("\"id\":{deep}")), (r#""add_note""#, objects), (r#""tools/call""#, deep)] {
        assert_eq!(changed(part, &by).told().code(), "message_malformed");
    }
}

#[test]
fn names_are_bounded() {
    assert!(call(&"x".repeat(4096)).told().is_allowed());
    malformed(&call(&"x".repeat(4097)), -32600, "4096");
    malformed(&Sent::of(&message(&"x".repeat(4097), json!({}))), -32600, "4096");
    let uri = format!("docs://public/{}", "x".repeat(4097));
    malformed(&Sent::of(&message("resources/read", json!({ "uri": uri }))), -32600, "4096");
}

/// Each kind of message: a notification has no id, a response no method.
#[test]
fn notifications_and_responses_are_messages() {
    let notification = json!({ "jsonrpc": "2.0", "method": "notifications/initialized" });
    assert!(Sent::of(&notification).told().is_allowed());
    let rows = [
        json!({ "jsonrpc": "2.0", "id": 1, "result": {} }),
        json!({ "jsonrpc": "2.0", "id": "x", "error": { "code": 1, "message": "x" } }),
        json!({ "jsonrpc": "2.0", "id": null, "error": { "code": -32700, "message": "x" } }),
    ];
    for response in rows {
        // Only `*` is for responses.
        assert_eq!(Sent::of(&response).told().code(), "operation_denied");
        let all = with_option("rules", json!([{ "method": "tools/*" }, { "method": "*", "scopes": ["mcp:read"] }]));
        let told = Sent::of(&response).told_by(&all);
        assert!(told.is_allowed());
        assert_eq!((&told.event["method"], &told.event["rule"]), (&json!(null), &json!(1)));
    }
    for response in [
        json!({ "jsonrpc": "2.0", "result": {} }),
        json!({ "jsonrpc": "2.0", "id": 1.5, "result": {} }),
        json!({ "jsonrpc": "2.0", "id": 1, "result": {}, "error": {} }),
        json!({ "jsonrpc": "2.0", "id": 1 }),
        json!({ "jsonrpc": "2.0" }),
        json!({}),
    ] {
        assert_eq!(Sent::of(&response).told().code(), "message_malformed", "{response}");
    }
}
