//! Tokens and keys in the shapes known from the providers' documentation (none is from a live tenant): each
//! accepted under its profile, and each refused after the one change that its profile is about.

use doorward::{KeySet, Policy, Profile, UnixSeconds, verify};
use serde_json::{Map, Value, json};

use crate::provider::{KID, NOW, changed, object, provider};

/// An access token in a provider's shape, and the options for it.
struct Sample {
    options: Value,
    header: Value,
    claims: Value,
    client: Option<&'static str>,
    scopes: &'static [&'static str],
}

fn samples() -> [(&'static str, Sample); 11] {
    let times = |claims: Value| {
        let mut claims = object(claims);
        claims.extend(object(json!({ "iat": NOW - 10, "exp": NOW + 3600 })));
        Value::from(claims)
    };
    let header = |typ: Option<&str>| {
        let header = object(json!({ "alg": "ES256", "kid": KID }));
        Value::from(changed(header, "typ", typ.map_or(Value::Null, Into::into)))
    };
    [
        (
            "okta",
            Sample {
                options: json!({ "issuer": "https://acme.okta.com/oauth2/default", "audience": "api://mcp" }),
                header: header(None),
                claims: times(json!({
                    "ver": 1, "jti": "AT.0mP4JKAZX1iACIT4vbEDF7LpvDVjxypPMf0D7uX39RE",
                    "iss": "https://acme.okta.com/oauth2/default", "aud": "api://mcp", "cid": "0oa1nmcp",
                    "uid": "00uid4BxXw6I6TV4m0g3", "scp": ["openid", "mcp:read"], "sub": "john.doe@acme.com",
                })),
                client: Some("0oa1nmcp"),
                scopes: &["mcp:read", "openid"],
            },
        ),
        (
            "auth0",
            Sample {
                options: json!({ "issuer": "https://acme.eu.auth0.com/", "audience": "https://mcp.example.com" }),
                header: header(Some("JWT")),
                claims: times(json!({
                    "iss": "https://acme.eu.auth0.com/", "sub": "auth0|123456",
                    "aud": ["https://mcp.example.com", "https://acme.eu.auth0.com/userinfo"],
                    "azp": "my_client_id", "scope": "openid profile", "permissions": ["read:tools", "call tools"],
                })),
                client: Some("my_client_id"),
                scopes: &["call tools", "openid", "profile", "read:tools"],
            },
        ),
        (
            "entra",
            Sample {
                options: json!({
                    "issuer": "https://login.microsoftonline.com/{tenantid}/v2.0",
                    "tenants": ["72f988bf-86f1-41af-91ab-2d7cd011db47", "f645ad92-e38d-4d1a-b510-d1b09a74a8ca"],
                    "audience": "6e74172b-be56-4843-9ff4-e66a39bb12e3",
                }),
                header: header(Some("JWT")),
                claims: times(json!({
                    "aud": "6e74172b-be56-4843-9ff4-e66a39bb12e3", "ver": "2.0",
                    "iss": "https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0",
                    "nbf": NOW - 10, "azp": "14c2f153-90a7-4689-9db7-9543bf084dad", "azpacr": "1",
                    "oid": "690222be-ff1a-4d56-abd1-7e4f7d38e474", "scp": "mcp.read mcp.write", "roles": ["Mcp.Admin"],
                    "sub": "HKZpfaHyWadeOouYlitjrI-KffTm222X5rrV3xDqfKQ",
                    "tid": "72f988bf-86f1-41af-91ab-2d7cd011db47", "uti": "fqiBqXLPj0eQa82S-IYFAA",
                })),
                client: Some("14c2f153-90a7-4689-9db7-9543bf084dad"),
                scopes: &["Mcp.Admin", "mcp.read", "mcp.write"],
            },
        ),
        (
            "entra",
            Sample {
                options: json!({
                    "issuer": "https://sts.windows.net/{tenantid}/", "audience": "api://mcp",
                    "tenants": ["72f988bf-86f1-41af-91ab-2d7cd011db47"],
                }),
                header: header(Some("JWT")),
                claims: times(json!({
                    "aud": "api://mcp", "iss": "https://sts.windows.net/72f988bf-86f1-41af-91ab-2d7cd011db47/",
                    "nbf": NOW - 10, "appid": "75dbe77f-10a3-4e59-85fd-8c127544f17c", "appidacr": "0",
                    "scp": "user_impersonation", "sub": "5_J9rSss8-jvt_Icu6ueRNL8xXb8LF4Fsg_KooC2RJQ",
                    "tid": "72f988bf-86f1-41af-91ab-2d7cd011db47", "ver": "1.0",
                })),
                client: Some("75dbe77f-10a3-4e59-85fd-8c127544f17c"),
                scopes: &["user_impersonation"],
            },
        ),
        (
            "cognito",
            Sample {
                options: json!({
                    "issuer": "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_EXAMPLE",
                    "audience": ["1example23456789"],
                }),
                header: header(None),
                claims: times(json!({
                    "sub": "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee", "cognito:groups": ["mcp"], "token_use": "access",
                    "iss": "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_EXAMPLE", "version": 2,
                    "client_id": "1example23456789", "origin_jti": "a1b2", "event_id": "e1", "username": "u",
                    "scope": "mcp/read mcp/write", "auth_time": NOW - 10, "jti": "j1",
                })),
                client: Some("1example23456789"),
                scopes: &["mcp/read", "mcp/write"],
            },
        ),
        (
            "keycloak",
            Sample {
                options: json!({
                    "issuer": "https://kc.example.com/realms/mcp", "audience": "https://mcp.example.com",
                    "scopeClaim": ["realm_access", "roles"],
                }),
                header: header(Some("JWT")),
                claims: times(json!({
                    "jti": "onrtac:1", "iss": "https://kc.example.com/realms/mcp", "nonce": "n-0S6_WzA2Mj",
                    "aud": ["https://mcp.example.com", "account"], "sub": "f1", "typ": "Bearer", "azp": "mcp-client",
                    "sid": "s1", "acr": "1", "realm_access": { "roles": ["offline_access", "mcp-admin"] },
                    "resource_access": { "account": { "roles": ["view-profile"] } }, "scope": "email mcp:tools",
                })),
                client: Some("mcp-client"),
                scopes: &["email", "mcp-admin", "mcp:tools", "offline_access"],
            },
        ),
        (
            "google",
            Sample {
                options: json!({
                    "issuer": ["https://accounts.google.com", "accounts.google.com"],
                    "audience": "https://mcp.example.com",
                }),
                header: header(Some("JWT")),
                claims: times(json!({
                    "aud": "https://mcp.example.com", "azp": "113774264463038321964", "email_verified": true,
                    "email": "sa@project.iam.gserviceaccount.com", "iss": "https://accounts.google.com",
                    "sub": "113774264463038321964", "scope": "ignored: an ID token grants nothing",
                })),
                client: Some("113774264463038321964"),
                scopes: &[],
            },
        ),
        (
            "workos",
            Sample {
                options: json!({ "issuer": "https://acme.authkit.app", "audience": "https://mcp.example.com" }),
                header: header(None),
                claims: times(json!({
                    "iss": "https://acme.authkit.app", "aud": "https://mcp.example.com", "sub": "user_01",
                    "sid": "session_01", "org_id": "org_01", "role": "member", "permissions": ["tools:read"],
                    "client_id": "client_01", "jti": "01", "scope": "openid",
                })),
                client: Some("client_01"),
                scopes: &["openid", "tools:read"],
            },
        ),
        (
            "clerk",
            Sample {
                options: json!({ "issuer": "https://clerk.acme.com", "audience": "client_abc" }),
                header: header(Some("at+jwt")),
                claims: times(json!({
                    "client_id": "client_abc", "iss": "https://clerk.acme.com", "jti": "oat_1", "nbf": NOW - 20,
                    "scope": "profile email", "sub": "user_1",
                })),
                client: Some("client_abc"),
                scopes: &["email", "profile"],
            },
        ),
        (
            "supabase",
            Sample {
                options: json!({ "issuer": "https://abc.supabase.co/auth/v1", "audience": "9a8b7c6d" }),
                header: header(Some("JWT")),
                claims: times(json!({
                    "aud": "authenticated", "sub": "8ccaa7af", "role": "authenticated", "aal": "aal1",
                    "session_id": "4b938a09", "email": "u@example.com", "client_id": "9a8b7c6d",
                    "iss": "https://abc.supabase.co/auth/v1", "is_anonymous": false,
                })),
                client: Some("9a8b7c6d"),
                scopes: &[],
            },
        ),
        (
            "cloudflare-access",
            Sample {
                options: json!({
                    "issuer": "https://acme.cloudflareaccess.com",
                    "audience": "32eafc7626e737ba8bb2b9a1e4f1b5d2f2e4e2a5a0e1d3c4b5a6978869504132",
                }),
                header: header(None),
                claims: times(json!({
                    "aud": ["32eafc7626e737ba8bb2b9a1e4f1b5d2f2e4e2a5a0e1d3c4b5a6978869504132"], "type": "app",
                    "common_name": "e367826f93b8d71185e03fe518aff3b4.access", "identity_nonce": "6ei69kawdKzMIAPF",
                    "iss": "https://acme.cloudflareaccess.com", "sub": "", "country": "US",
                })),
                client: Some("e367826f93b8d71185e03fe518aff3b4.access"),
                scopes: &[],
            },
        ),
    ]
}

impl Sample {
    fn policy(&self, profile: &str) -> Policy {
        let options = changed(object(self.options.clone()), "profile", json!(profile));
        Policy::from_options_unchecked_where_absent(&json!(options).to_string()).expect("valid options")
    }

    fn sign(&self, claims: &Map<String, Value>) -> String {
        provider().sign(&object(self.header.clone()), claims)
    }
}

fn code(token: &str, keys: &KeySet, policy: &Policy) -> Option<&'static str> {
    verify(token, keys, policy, UnixSeconds::new(NOW)).err().map(|rejection| rejection.code())
}

#[test]
fn each_provider_has_its_tokens_accepted() {
    for (profile, sample) in samples() {
        let token = sample.sign(&object(sample.claims.clone()));
        let access = verify(&token, &provider().keys(), &sample.policy(profile), UnixSeconds::new(NOW))
            .unwrap_or_else(|rejection| panic!("{profile}: {rejection}"));
        assert_eq!(access.client(), sample.client, "{profile}");
        assert_eq!(access.scopes().iter().collect::<Vec<_>>(), sample.scopes, "{profile}");
        assert_eq!(access.profile().gives_up(), Profile::from_name(profile).and_then(Profile::gives_up));
    }
}

#[test]
fn every_profile_has_a_sample() {
    let sampled: Vec<_> = samples().into_iter().map(|(profile, _)| profile).collect();
    for profile in Profile::all() {
        assert!(sampled.contains(&profile.name()) || profile == Profile::standard(), "{}", profile.name());
    }
}

/// One change each: what marks another kind of token, another recipient, another tenant.
#[test]
fn each_profile_refuses_what_it_is_about() {
    let other_tenant = "f645ad92-e38d-4d1a-b510-d1b09a74a8ca";
    let rows = [
        ("okta", "aud", json!("api://other"), "audience_mismatch"),
        ("okta", "scp", json!({}), "claim_malformed"),
        ("auth0", "aud", json!(["https://acme.eu.auth0.com/userinfo"]), "audience_mismatch"),
        ("auth0", "iss", json!("https://acme.eu.auth0.com"), "issuer_mismatch"),
        ("auth0", "permissions", json!("read:tools\u{0}"), ""),
        ("entra", "tid", json!(other_tenant), "claim_malformed"),
        ("entra", "tid", Value::Null, "claim_missing"),
        ("entra", "tid", json!("microsoftonline"), "claim_malformed"),
        ("entra", "tid", json!(""), "claim_malformed"),
        ("entra", "tid", json!("v2.0"), "claim_malformed"),
        ("entra", "iss", json!("https://login.microsoftonline.com/{tenantid}/v2.0"), "issuer_mismatch"),
        ("entra", "iss", json!("https://login.microsoftonline.com/common/v2.0"), "issuer_mismatch"),
        ("entra", "nonce", json!("n"), "token_kind_refused"),
        ("cognito", "token_use", json!("id"), "token_kind_refused"),
        ("cognito", "token_use", Value::Null, "token_kind_refused"),
        ("cognito", "client_id", json!("another"), "audience_mismatch"),
        ("cognito", "client_id", Value::Null, "claim_missing"),
        ("cognito", "aud", json!(7), "claim_malformed"),
        ("keycloak", "aud", json!("account"), "audience_mismatch"),
        ("keycloak", "typ", json!("ID"), "token_kind_refused"),
        ("keycloak", "typ", json!("Refresh"), "token_kind_refused"),
        ("keycloak", "typ", Value::Null, "token_kind_refused"),
        ("keycloak", "at_hash", json!("h"), "token_kind_refused"),
        ("keycloak", "realm_access", json!({ "roles": "one" }), ""),
        ("keycloak", "realm_access", json!({ "roles": [1] }), "claim_malformed"),
        ("google", "iss", json!("accounts.google.com"), ""),
        ("google", "iss", json!("https://accounts.google.com/"), "issuer_mismatch"),
        ("google", "at_hash", json!("h"), "token_kind_refused"),
        ("workos", "aud", Value::Null, "claim_missing"),
        ("clerk", "client_id", json!("client_other"), "audience_mismatch"),
        ("supabase", "client_id", Value::Null, "claim_missing"),
        ("supabase", "aud", json!("anon"), "token_kind_refused"),
        ("cloudflare-access", "type", json!("org"), "token_kind_refused"),
        ("cloudflare-access", "aud", json!([]), "audience_mismatch"),
    ];
    let samples = samples();
    for (profile, claim, value, expected) in rows {
        let (_, sample) = samples.iter().find(|(name, _)| *name == profile).expect("a sample");
        let token = sample.sign(&changed(object(sample.claims.clone()), claim, value.clone()));
        let code = code(&token, &provider().keys(), &sample.policy(profile)).unwrap_or_default();
        assert_eq!(code, expected, "{profile}: {claim} {value}");
    }
}

/// Okta's org authorization server signs tokens that only Okta may verify.
#[test]
fn okta_tokens_for_okta_itself_are_named() {
    let (profile, sample) = samples().into_iter().next().expect("okta is first");
    let header = changed(object(sample.header.clone()), "typ", json!("application/okta-internal-at+jwt"));
    let token = provider().sign(&header, &object(sample.claims.clone()));
    let rejection =
        verify(&token, &provider().keys(), &sample.policy(profile), UnixSeconds::new(NOW)).expect_err("refused");
    assert!(rejection.description().advice.contains("custom authorization server"), "{rejection}");
}

/// Entra ID publishes one set for all tenants; a key may name the tenant it signs for.
#[test]
fn an_entra_key_signs_for_the_issuer_it_names() {
    let (_, sample) = samples().into_iter().nth(2).expect("entra is third");
    let token = sample.sign(&object(sample.claims.clone()));
    let tenant = "72f988bf-86f1-41af-91ab-2d7cd011db47";
    let rows = [
        ("https://login.microsoftonline.com/{tenantid}/v2.0".to_owned(), None),
        (format!("https://login.microsoftonline.com/{tenant}/v2.0"), None),
        ("https://login.microsoftonline.com/f645ad92-e38d-4d1a-b510-d1b09a74a8ca/v2.0".into(), Some("issuer_mismatch")),
        ("https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0".into(), Some("issuer_mismatch")),
    ];
    for (issuer, expected) in rows {
        let jwk = changed(provider().jwk(), "issuer", json!(issuer));
        let keys = KeySet::parse(&json!({ "keys": [jwk] }).to_string()).expect("a key set");
        assert_eq!(code(&token, &keys, &sample.policy("entra")), expected, "{issuer}");
    }
}

/// Also where any issuer will do: one set of keys signs for all tenants.
#[test]
fn an_entra_token_without_a_trusted_issuer_still_has_one_tenant() {
    let policy = Policy::from_options_unchecked_where_absent(r#"{"profile":"entra"}"#).expect("valid options");
    let (_, sample) = samples().into_iter().nth(2).expect("entra is third");
    let rows = [
        ("sub", json!("anything"), None),
        ("tid", json!("f645ad92-e38d-4d1a-b510-d1b09a74a8ca"), Some("claim_malformed")),
        ("tid", Value::Null, Some("claim_missing")),
        ("iss", Value::Null, Some("claim_missing")),
    ];
    for (claim, value, expected) in rows {
        let token = sample.sign(&changed(object(sample.claims.clone()), claim, value.clone()));
        assert_eq!(code(&token, &provider().keys(), &policy), expected, "{claim} {value}");
    }
}

#[test]
fn tenants_and_their_template_go_together() {
    let template = "https://login.microsoftonline.com/{tenantid}/v2.0";
    let rows = [
        (json!({ "profile": "entra", "issuer": template }), "tenants"),
        (json!({ "profile": "entra", "issuer": template, "tenants": [] }), "tenants"),
        (json!({ "profile": "entra", "issuer": template, "tenants": "all" }), "tenants"),
        (json!({ "profile": "entra", "issuer": "https://a.example", "tenants": ["t"] }), "issuer"),
        (json!({ "profile": "entra", "tenants": ["t"] }), "issuer"),
        (json!({ "profile": "okta", "issuer": template, "tenants": ["t"] }), "profile"),
        (json!({ "issuer": template, "tenants": ["t"] }), "profile"),
        (json!({ "profile": "Entra" }), "profile"),
        (json!({ "profile": ["entra"] }), "profile"),
        (json!({ "scopeClaim": [] }), "scopeClaim"),
    ];
    for (options, option) in rows {
        let error = Policy::from_options_unchecked_where_absent(&options.to_string()).expect_err("refused");
        assert_eq!(error.option(), option, "{options}");
    }
}

#[test]
fn a_scope_path_ends_where_the_claims_end() {
    let claims = json!({ "a": { "b": "one two" }, "https://x.example/roles": ["three"], "b": "four" });
    let rows = [
        (json!(["a", "b"]), Some(vec!["one", "two"])),
        (json!("https://x.example/roles"), Some(vec!["three"])),
        (json!(["a", "c"]), Some(vec![])),
        (json!(["a", "b", "c"]), Some(vec![])),
        (json!("none"), Some(vec![])),
        (json!("a"), None),
    ];
    for (path, expected) in rows {
        let mut claims = object(claims.clone());
        claims.insert("exp".into(), json!(NOW + 1));
        let options = json!({ "scopeClaim": path }).to_string();
        let policy = Policy::from_options_unchecked_where_absent(&options).expect("valid options");
        let token = provider().sign(&provider().header(), &claims);
        let access = verify(&token, &provider().keys(), &policy, UnixSeconds::new(NOW)).ok();
        let scopes = access.as_ref().map(|access| access.scopes().iter().collect::<Vec<_>>());
        assert_eq!(scopes, expected, "{path}");
    }
}
