//! Tokens that are remembered: a gate that remembers decides as one that does not.

use doorward::Algorithm;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{
    forger::segments,
    gate::{Sent, Told, gate, gate_of, options, valid},
    provider::{NOW, Provider, changed, claims, provider},
};

const OTHER: &str = "https://other.example";

/// Two issuers, whose keys have one name.
fn two_issuers(remembered: usize) -> Value {
    let mut options = options();
    let other = Provider::of(Algorithm::EdDSA);
    options["issuers"] = json!([
        options["issuers"][0].clone(),
        { "issuer": OTHER, "jwks": { "keys": [other.jwk()] }, "requiredClaims": ["jti"], "clockTolerance": 0 },
    ]);
    options["tokenCache"] = json!({ "entries": remembered });
    options
}

/// Tokens that share much with one another: header, claims or signature.
fn tokens() -> Vec<String> {
    let (ours, theirs) = (provider(), Provider::of(Algorithm::EdDSA));
    let of_other = changed(claims(), "iss", json!(OTHER));
    let ours_signed = ours.token();
    let again = ours.sign(&ours.header(), &changed(claims(), "jti", json!("token-2")));
    let [header, payload, signature] = segments(&ours_signed);
    let [_, other_payload, other_signature] = segments(&again);
    vec![
        ours_signed.clone(),
        again.clone(),
        ours.sign(&ours.header(), &of_other),
        theirs.sign(&theirs.header(), &of_other),
        theirs.sign(&theirs.header(), &changed(of_other, "jti", Value::Null)),
        theirs.sign(&theirs.header(), &claims()),
        ours.token_with("exp", json!(NOW + 5)),
        ours.token_with("nbf", json!(NOW + 62)),
        ours.token_with("scope", json!("mcp:admin")),
        format!("{header}.{payload}.{other_signature}"),
        format!("{header}.{other_payload}.{signature}"),
        format!("{header}.{payload}."),
        format!("{header}.{payload}.{signature}="),
        format!("{header}.{payload}.{}", &signature[..signature.len() - 1]),
        format!("{ours_signed}.x"),
        format!("x{ours_signed}"),
    ]
}

fn judged(gate: &mut doorward::gate::Gate, token: &str, seconds: i64) -> (Value, Option<String>) {
    let told = Told::of(valid().with_token(token).decided_at(gate, NOW + seconds));
    (told.event, told.admission.map(|admission| format!("{:?} {:?}", admission.identity(), admission.expires())))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    /// Whatever comes before: in any order, at any time, with room for all, for two or for none.
    #[test]
    fn what_was_remembered_changes_no_decision(
        requests in prop::collection::vec((0..16_usize, prop::sample::select(vec![0, 5, 64, 66, 300, 359, 360])), 1..24),
    ) {
        let tokens = tokens();
        let mut gates = [0, 2, 1000].map(|remembered| gate_of(&two_issuers(remembered)));
        for (place, seconds) in requests {
            let [none, two, all] = gates.each_mut().map(|gate| judged(gate, &tokens[place], seconds));
            prop_assert_eq!(&two, &none, "token {} after {} s", place, seconds);
            prop_assert_eq!(&all, &none, "token {} after {} s", place, seconds);
        }
    }
}

/// The rules are judged each time, by what this request does.
#[test]
fn a_remembered_token_may_do_what_it_may() {
    let mut gate = gate();
    for _ in 0..3 {
        for (sent, code) in [
            (valid(), "allow"),
            (crate::gate::call("delete_note"), "scope_insufficient"),
            (valid().with("origin", "null"), "origin_not_allowed"),
            (valid().with_body("{"), "message_malformed"),
            (valid().and("authorization", "Bearer x"), "authorization_malformed"),
            (Sent::plain("DELETE"), "scope_insufficient"),
        ] {
            assert_eq!(Told::of(sent.decided_by(&mut gate)).code(), code, "{sent:?}");
        }
    }
}
