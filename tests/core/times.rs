//! The boundaries of each time, one second to either side.

use doorward::{UnixSeconds, verify};
use serde_json::{Value, json};

use crate::provider::{changed, claims, policy, provider};

const THEN: i64 = 1_767_225_600; // 2026-01-01T00:00:00Z

/// The code at `now` of a token in which `claim` is `value` and the other times are out of the way.
fn code(claim: &str, value: Value, leeway: u32, now: i64) -> Option<&'static str> {
    let provider = provider();
    let mut claims = changed(changed(claims(), "nbf", Value::Null), "iat", Value::Null);
    claims.insert("exp".into(), json!(THEN * 2));
    let token = provider.sign(&provider.header(), &changed(claims, claim, value));
    let policy = policy().with_leeway(leeway).unwrap();
    let policy = if claim == "iat" { policy.with_max_age(100) } else { policy };
    verify(&token, &provider.keys(), &policy, UnixSeconds::new(now)).err().map(|rejection| rejection.code())
}

#[test]
fn exp_is_the_first_second_that_is_too_late() {
    for leeway in [0, 60, 600] {
        let end = THEN + i64::from(leeway);
        assert_eq!(code("exp", json!(THEN), leeway, end - 1), None);
        assert_eq!(code("exp", json!(THEN), leeway, end), Some("token_expired"));
        assert_eq!(code("exp", json!(THEN), leeway, end + 1), Some("token_expired"));
    }
}

#[test]
fn nbf_is_the_first_second_that_is_in_time() {
    for leeway in [0, 60, 600] {
        let start = THEN - i64::from(leeway);
        assert_eq!(code("nbf", json!(THEN), leeway, start - 1), Some("token_not_yet_valid"));
        assert_eq!(code("nbf", json!(THEN), leeway, start), None);
        assert_eq!(code("nbf", json!(THEN), leeway, start + 1), None);
    }
}

#[test]
fn iat_lies_between_the_future_and_the_greatest_age() {
    for leeway in [0, 60, 600] {
        let (first, last) = (THEN - i64::from(leeway), THEN + 100 + i64::from(leeway));
        assert_eq!(code("iat", json!(THEN), leeway, first - 1), Some("token_issued_in_future"));
        assert_eq!(code("iat", json!(THEN), leeway, first), None);
        assert_eq!(code("iat", json!(THEN), leeway, last), None);
        assert_eq!(code("iat", json!(THEN), leeway, last + 1), Some("token_too_old"));
    }
}

#[test]
fn fractions_count() {
    let half = json!(THEN as f64 + 0.5);
    assert_eq!(code("exp", half.clone(), 0, THEN), None);
    assert_eq!(code("exp", half.clone(), 0, THEN + 1), Some("token_expired"));
    assert_eq!(code("nbf", half.clone(), 0, THEN), Some("token_not_yet_valid"));
    assert_eq!(code("nbf", half, 0, THEN + 1), None);
}

/// At the ends of the scale nothing wraps: the first instant is not after the last.
#[test]
fn extremes_saturate() {
    assert_eq!(code("exp", json!(253_402_300_799_i64), 600, i64::MAX), Some("token_expired"));
    assert_eq!(code("exp", json!(253_402_300_799_i64), 600, i64::MIN), None);
    assert_eq!(code("exp", json!(i64::MIN), 600, i64::MIN), None);
    assert_eq!(code("exp", json!(i64::MIN), 600, i64::MAX), Some("token_expired"));
    assert_eq!(code("nbf", json!(i64::MIN), 600, i64::MIN), None);
    assert_eq!(code("nbf", json!(253_402_300_799_i64), 600, i64::MIN), Some("token_not_yet_valid"));
    assert_eq!(code("iat", json!(i64::MIN), 600, THEN), Some("token_too_old"));
}
