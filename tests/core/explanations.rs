//! `explain` tells what `verify` does.

use doorward::{Check, KeySet, Step, UnixSeconds, Verdict, explain};
use serde_json::{Value, json};

use crate::provider::{NOW, changed, claims, policy, provider};

fn steps(token: &str) -> Vec<Step> {
    explain(token, Ok(&provider().keys()), &policy(), UnixSeconds::new(NOW))
}

fn failures(steps: &[Step]) -> Vec<(Check, &'static str)> {
    let failed = steps.iter().filter(|step| step.verdict == Verdict::Failed);
    failed.map(|step| (step.check, step.code.expect("a failure has a code"))).collect()
}

#[test]
fn every_check_is_told_once_and_in_order() {
    let provider = provider();
    for token in [provider.token(), provider.token_with("exp", json!(1)), "".into(), "a.b.c".into()] {
        assert!(steps(&token).iter().map(|step| step.check).eq(Check::ALL));
    }
}

#[test]
fn a_valid_token_passes_every_check() {
    for step in steps(&provider().token()) {
        assert_eq!(step.verdict, Verdict::Passed, "{step:?}");
        assert!(!step.expected.is_empty() && !step.found.is_empty(), "{step:?}");
        assert_eq!((step.code, step.advice), (None, None));
    }
}

/// Whatever is wrong: the first failed step is the rejection of `verify`, all before it have passed.
#[test]
fn the_first_failure_is_the_rejection() {
    let provider = provider();
    let valid = provider.token();
    let (signed, _) = valid.rsplit_once('.').unwrap();
    let mut tokens = vec![
        valid.clone(),
        "opaque".into(),
        format!("{valid}="),
        format!("{valid}{}", "A".repeat(20_000)),
        format!("{signed}."),
        provider.minter.sign("{}", "{}"),
        provider.minter.sign(r#"{"alg":"none"}"#, "not json"),
        provider.minter.sign(r#"{"alg":"ES256","kid":"key-1"}"#, "[]"),
    ];
    for member in ["alg", "kid", "typ", "crit", "b64"] {
        tokens.extend([json!("x"), json!(1), Value::Null].map(|value| provider.token_with_header(member, value)));
    }
    for claim in ["iss", "aud", "exp", "nbf", "iat", "sub", "jti", "nonce", "cnf", "scope", "scp"] {
        tokens.extend([json!("x"), json!(1), Value::Null].map(|value| provider.token_with(claim, value)));
    }
    for token in tokens {
        let steps = steps(&token);
        let verified = provider.verify(&token).err();
        let first = steps.iter().find(|step| step.verdict != Verdict::Passed);
        assert_eq!(
            first.map(|step| (step.check, step.verdict, step.code)),
            verified.as_ref().map(|rejection| (rejection.check(), Verdict::Failed, Some(rejection.code()))),
        );
        if let (Some(step), Some(rejection)) = (first, verified) {
            let description = rejection.description();
            assert_eq!((&step.expected, &step.found), (&description.expected, &description.found));
        }
    }
}

#[test]
fn all_failing_claims_show_at_once() {
    let provider = provider();
    let mut claims = claims();
    for (claim, value) in [
        ("iss", json!("https://other.example")),
        ("aud", json!(7)),
        ("exp", json!(1)),
        ("nbf", json!(NOW + 3600)),
        ("cnf", json!({})),
    ] {
        claims = changed(claims, claim, value);
    }
    let expected = [
        (Check::Issuer, "issuer_mismatch"),
        (Check::Audience, "claim_malformed"),
        (Check::Expiry, "token_expired"),
        (Check::NotBefore, "token_not_yet_valid"),
        (Check::Binding, "token_bound"),
    ];
    assert_eq!(failures(&steps(&provider.sign(&provider.header(), &claims))), expected);

    // Also behind a signature that does not hold, and behind an algorithm that is not allowed.
    let forged = provider.sign(&provider.header(), &claims);
    let (signed, _) = forged.rsplit_once('.').unwrap();
    let steps_of_forged = steps(&format!("{signed}.{}", "A".repeat(86)));
    assert_eq!(failures(&steps_of_forged)[0], (Check::Signature, "signature_invalid"));
    assert_eq!(failures(&steps_of_forged)[1..], expected);

    let steps = steps(&provider.sign(&changed(provider.header(), "alg", json!("none")), &claims));
    assert_eq!(failures(&steps)[0], (Check::Algorithm, "algorithm_not_allowed"));
    assert_eq!(failures(&steps)[1..], expected);
    let not_reached = |check| steps.iter().any(|step| step.check == check && step.verdict == Verdict::NotReached);
    assert!(not_reached(Check::Key) && not_reached(Check::Signature));
}

#[test]
fn a_key_set_that_cannot_be_read_is_a_failed_check() {
    let error = KeySet::parse("{}").unwrap_err();
    let steps = explain(&provider().token(), Err(&error), &policy(), UnixSeconds::new(NOW));
    assert_eq!(failures(&steps), [(Check::KeySet, "jwks_malformed")]);
    let not_reached: Vec<_> =
        steps.iter().filter(|step| step.verdict == Verdict::NotReached).map(|step| step.check).collect();
    assert_eq!(not_reached, [Check::Key, Check::Signature]);
}

#[test]
fn a_subject_is_not_told() {
    for token in [provider().token(), provider().token_with("cnf", json!({}))] {
        assert!(steps(&token).iter().all(|step| !step.found.contains("user-1")));
    }
}
