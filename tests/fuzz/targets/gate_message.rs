//! Any bytes as a body, with and without a token. Of what passes, a plain parser reads what was judged.
#![no_main]

use std::cell::RefCell;

use doorward::{
    Value,
    gate::{Decision, Gate, Request},
};
use fuzz::{ISSUER, NOW, RESOURCE, jwks, token};
use libfuzzer_sys::fuzz_target;

thread_local! {
    static GATE: RefCell<Gate> = RefCell::new(gate());
    static BEARER: String = bearer();
}

const VERSIONS: [&str; 4] = ["2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"];

fn gate() -> Gate {
    let rules = r#"[{"method":"ping","public":true},
        {"method":"tools/call","name":"delete_*","scopes":["admin"]},
        {"method":"resources/*","uri":"docs://secret/**","scopes":["admin"]},
        {"method":"*"}]"#;
    let jwks = jwks();
    let issuers = format!(r#"[{{"issuer":"{ISSUER}","jwks":{jwks}}}]"#);
    Gate::from_options(&format!(r#"{{"resource":"{RESOURCE}","issuers":{issuers},"rules":{rules}}}"#)).expect("options")
}

fn bearer() -> String {
    let claims = format!(r#"{{"iss":"{ISSUER}","aud":"{RESOURCE}","sub":"user-1","exp":1767225900,"iat":1767225600}}"#);
    format!("Bearer {}", token(br#"{"alg":"EdDSA","kid":"key-1","typ":"at+jwt"}"#, claims.as_bytes()))
}

// The first byte chooses the revision; the fields of 2026-07-28 say what a plain parser reads in the body.
fuzz_target!(|input: &[u8]| {
    let Some((choice, body)) = input.split_first() else { return };
    let version = VERSIONS[usize::from(*choice) % VERSIONS.len()];
    let plain: Option<Value> = str::from_utf8(body).ok().and_then(|text| text.parse().ok());
    let said = |path: &[&str]| {
        let value = path.iter().try_fold(plain.as_ref()?, |value, name| value.get(name))?;
        value.as_str().map(ToOwned::to_owned)
    };
    let method = said(&["method"]);
    let mut headers = vec![
        ("authorization", BEARER.with(Clone::clone)),
        ("content-type", "application/json".to_owned()),
        ("mcp-protocol-version", version.to_owned()),
    ];
    if version == "2026-07-28" {
        headers.extend(method.clone().map(|method| ("mcp-method", method)));
        let name = said(&["params", "name"]).or_else(|| said(&["params", "uri"]));
        headers.extend(name.map(|name| ("mcp-name", name)));
    }
    let decide = |headers: &Vec<(&str, String)>| {
        let request = Request { method: "POST", url: RESOURCE, headers, body: Some(body) };
        GATE.with_borrow_mut(|gate| gate.decide(&request, NOW))
    };
    match decide(&headers) {
        Decision::Allow(admission) => {
            let name = said(&["params", "name"]).unwrap_or_default();
            match &plain {
                Some(Value::Object(_)) => {
                    assert!(admission.access().is_some() || method.as_deref() == Some("ping"));
                    assert!(method.as_deref() != Some("tools/call") || !name.starts_with("delete_"));
                }
                Some(_) => assert_eq!(version, "2025-03-26", "a batch"),
                None => {} // nested too deep for it, where nothing is judged
            }
        }
        Decision::Answer { answer, event, .. } => {
            assert!((400..500).contains(&answer.status), "{answer:?}");
            assert!(answer.headers.iter().all(|(_, value)| value.bytes().all(|byte| (b' '..=b'~').contains(&byte))));
            assert!(!event.json().contains('\n'));
        }
        other => panic!("{other:?}"),
    }
    headers.remove(0);
    if let Decision::Allow(admission) = decide(&headers) {
        assert!(admission.access().is_none());
        assert!(method.as_deref() == Some("ping") || !matches!(plain, Some(Value::Object(_))));
    }
});
