//! The option `issuers`: whose tokens, with which keys, for whom.

use doorward::gate::Gate;
use serde_json::{Value, json};

use crate::{
    gate::{options, valid, with_option},
    gate_options::{refused, rows_are_refused},
    provider::{ISSUER, RESOURCE, claims, provider},
};

pub(crate) fn jwks() -> Value {
    json!({ "keys": [provider().jwk()] })
}

fn with_issuer(member: &str, value: Value) -> Value {
    let mut options = options();
    options["issuers"][0][member] = value;
    options
}

#[test]
fn this_machine_may_speak_http_where_that_is_said() {
    let local =
        |resource: &str, issuer: Value| json!({ "resource": resource, "issuers": [issuer], "insecureLoopback": true });
    for resource in ["http://localhost:8787/mcp", "http://127.0.0.1/mcp", "http://[::1]:1/mcp"] {
        for issuer in [
            json!("http://localhost:9000"),
            json!({ "issuer": "http://127.0.0.1:1/x", "jwksUri": "http://[::1]:1/keys" }),
        ] {
            let options = local(resource, issuer);
            assert!(Gate::from_options(&options.to_string()).is_ok(), "{options}");
            let mut options = options;
            options["insecureLoopback"] = json!(false);
            let (option, words) = refused(&options);
            assert_eq!(option, "resource");
            assert!(words.contains("insecureLoopback"), "{words}");
        }
    }
    for (resource, issuer, name) in [
        ("http://mcp.example.com/mcp", json!(ISSUER), "resource"),
        ("http://127.0.0.2/mcp", json!(ISSUER), "resource"),
        ("http://localhost.example/mcp", json!(ISSUER), "resource"),
        ("http://localhost:/mcp", json!(ISSUER), "resource"),
        ("http://localhost@h/mcp", json!(ISSUER), "resource"),
        (RESOURCE, json!("http://idp.example.com"), "issuers[0].issuer"),
        (RESOURCE, json!({ "issuer": ISSUER, "jwksUri": "http://idp.example.com/keys" }), "issuers[0].jwksUri"),
        (RESOURCE, json!({ "issuer": "http://idp.example.com", "jwks": jwks() }), "issuers"),
    ] {
        assert_eq!(refused(&local(resource, issuer)).0, name);
    }
}

#[test]
fn issuers_are_told_by_their_place() {
    let listed = |issuers: Value| with_option("issuers", issuers);
    rows_are_refused([
        (listed(json!([])), "issuers", "an empty one"),
        (listed(json!(ISSUER)), "issuers", "a string"),
        (listed(json!({ "issuer": ISSUER })), "issuers", "an object"),
        (listed(json!([ISSUER, 1])), "issuers[1]", "a number"),
        (listed(json!([ISSUER, {}])), "issuers[1].issuer", "none"),
        (listed(json!([""])), "issuers[0].issuer", "an empty one"),
        (listed(json!([ISSUER, ISSUER])), "issuers[1].issuer", "twice"),
        (listed(json!([ISSUER, { "issuer": ["https://b.example", ISSUER] }])), "issuers[1].issuer", "twice"),
        (listed(json!([{ "issuer": [ISSUER, ISSUER] }])), "issuers[0].issuer", "twice"),
        (listed(json!(["idp.example.com"])), "issuers[0].issuer", "idp.example.com"),
        (listed(json!(["https://idp.example.com/#x"])), "issuers[0].issuer", "#x"),
        (listed(json!(["https://idp.example.com/?x"])), "issuers[0].issuer", "?x"),
        (listed(json!([{ "issuer": "accounts.example", "jwks": jwks() }])), "issuers", "none"),
        (with_issuer("audiences", json!("x")), "issuers[0].audiences", "unknown name"),
        (with_issuer("jwks_uri", json!("x")), "issuers[0].jwks_uri", "unknown name"),
        (with_issuer("jwksUri", json!("https://a.example/keys")), "issuers[0].jwksUri", "both"),
        (with_issuer("audience", json!([])), "issuers[0].audience", "an empty one"),
        (with_issuer("audience", json!("")), "issuers[0].audience", "an empty one"),
        (with_issuer("algorithms", json!(["none"])), "issuers[0].algorithms", "none"),
        (with_issuer("algorithms", json!(["HS256"])), "issuers[0].algorithms", "HS256"),
        (with_issuer("profile", json!("Okta")), "issuers[0].profile", "Okta"),
        (with_issuer("tenants", json!(["t"])), "issuers[0].issuer", "none"),
        (with_issuer("issuer", json!("https://a.example/{tenantid}")), "issuers[0].tenants", "none"),
        (with_issuer("typ", json!([])), "issuers[0].typ", "an empty one"),
        (with_issuer("clockTolerance", json!(601)), "issuers[0].clockTolerance", "601"),
        (with_issuer("scopeClaim", json!(1)), "issuers[0].scopeClaim", "a number"),
        (with_issuer("subject", json!(null)), "issuers[0].subject", "null"),
        (with_issuer("maxTokenAge", json!("1h")), "issuers[0].maxTokenAge", "a string"),
        (with_issuer("requiredClaims", json!("sub")), "issuers[0].requiredClaims", "a string"),
        (with_issuer("requiredScopes", json!(["a b"])), "issuers[0].requiredScopes", "another text"),
    ]);
}

#[test]
fn static_keys_must_have_one_to_use() {
    let symmetric = json!({ "kty": "oct", "k": "c2VjcmV0", "kid": "key-1" });
    for (keys, found) in [
        (json!({ "keys": [] }), "none"),
        (json!({ "keys": [symmetric] }), "none"),
        (json!({ "keys": [null, {}] }), "none"),
        (json!({}), "keys"),
        (json!([]), ""),
        (json!(1), ""),
        (json!(null), ""),
        (json!(""), ""),
        (json!("https://a.example/keys"), ""),
        (json!("{\"keys\":[],\"keys\":[]}"), ""),
    ] {
        let (option, words) = refused(&with_issuer("jwks", keys.clone()));
        assert_eq!(option, "issuers[0].jwks", "{keys}");
        assert!(words.contains(found), "{keys}: {words}");
    }
    let mut options = options();
    options["issuers"][0]["jwks"] = Value::Null;
    options["issuers"][0]["jwksUri"] = json!("file:///etc/passwd");
    options["issuers"][0].as_object_mut().expect("an object").remove("jwks");
    let (option, words) = refused(&options);
    assert!(option == "issuers[0].jwksUri" && words.contains("file:///etc/passwd"), "{words}");
}

/// Tokens of these providers name clients: the resource would be compared with those, and never match.
#[test]
fn providers_whose_tokens_name_clients_need_an_audience() {
    for profile in ["cognito", "clerk", "supabase"] {
        let (option, words) = refused(&with_issuer("profile", json!(profile)));
        assert_eq!(option, "issuers[0].audience");
        assert!(words.contains("client ids") && words.contains(profile), "{words}");
        let mut options = with_issuer("profile", json!(profile));
        options["issuers"][0]["audience"] = json!("client-1");
        assert!(Gate::from_options(&options.to_string()).is_ok());
    }
    let mut options = with_issuer("profile", json!("cognito"));
    options["issuers"][0]["audience"] = json!(["client-1"]);
    assert!(valid().with_claim("token_use", json!("access")).told_by(&options).is_allowed());
    assert_eq!(valid().with_claim("token_use", json!("id")).told_by(&options).status(), 401);
    assert_eq!(valid().with_claim("client_id", json!(RESOURCE)).told_by(&options).status(), 401);
}

#[test]
fn tenants_are_issuers_of_their_own() {
    let mut options = with_issuer("issuer", json!("https://login.example/{tenantid}/v2.0"));
    options["issuers"][0]["profile"] = json!("entra");
    options["issuers"][0]["tenants"] = json!(["t1", "t2"]);
    options["rules"] = json!([{ "method": "*" }]);
    let sent = |issuer: &str, tenant: &str| {
        let mut claims = claims();
        claims.insert("iss".into(), json!(issuer));
        claims.insert("tid".into(), json!(tenant));
        valid().with_token(&provider().sign(&provider().header(), &claims)).told_by(&options)
    };
    assert!(sent("https://login.example/t1/v2.0", "t1").is_allowed());
    assert!(sent("https://login.example/t2/v2.0", "t2").is_allowed());
    for (issuer, tenant) in [
        ("https://login.example/t3/v2.0", "t3"),
        ("https://login.example/t1/v2.0", "t2"),
        ("https://login.example/{tenantid}/v2.0", "{tenantid}"),
        ("https://login.example/common/v2.0", "t1"),
    ] {
        assert_eq!(sent(issuer, tenant).status(), 401, "{issuer}");
    }
}

/// The audience is the resource, with or without a slash at its end, scheme and host in any case.
#[test]
fn the_audience_is_the_resource_unless_another_is_given() {
    for (audience, allowed) in [
        (json!(RESOURCE), true),
        (json!("https://mcp.example.com/mcp/"), true),
        (json!("HTTPS://MCP.example.com/mcp"), true),
        (json!(["x", RESOURCE]), true),
        (json!("https://mcp.example.com/MCP"), false),
        (json!("https://mcp.example.com"), false),
        (json!("https://mcp.example.com/mcp/x"), false),
        (json!("https://mcp.example.com/mcp?x"), false),
        (json!("http://mcp.example.com/mcp"), false),
        (json!("https://mcp.example.com:443/mcp"), false),
        (json!([]), false),
        (json!(""), false),
        (json!(null), false),
    ] {
        assert_eq!(valid().with_claim("aud", audience.clone()).told().is_allowed(), allowed, "{audience}");
    }
    let own = with_issuer("audience", json!("api://mcp"));
    assert!(valid().with_claim("aud", json!("api://mcp")).told_by(&own).is_allowed());
    for audience in [RESOURCE, "API://mcp", "api://mcp/"] {
        assert_eq!(valid().with_claim("aud", json!(audience)).told_by(&own).code(), "audience_mismatch");
    }
}
