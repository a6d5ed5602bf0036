//! What a forger could learn from the answers: of a signature that does not hold, nothing.

use std::collections::BTreeSet;

use doorward::{Algorithm, KeySet, UnixSeconds, explain, mint::Minter, verify};
use serde_json::json;

use crate::{
    forger::{decode, encode, resigned, segments},
    provider::{KID, NOW, Provider, claims, policy},
};

/// All that can be told of a refusal: code, check, message, words, evidence, `Debug`.
fn told(token: &str, keys: &KeySet) -> String {
    let rejection = verify(token, keys, &policy(), UnixSeconds::new(NOW)).unwrap_err();
    format!(
        "{} {:?} {rejection} {:?} {} {rejection:?}",
        rejection.code(),
        rejection.check(),
        rejection.description(),
        rejection.evidence(),
    )
}

#[test]
fn an_invalid_signature_has_one_answer_whatever_the_cause() {
    let mut answers = BTreeSet::new();
    for algorithm in Algorithm::ALL {
        let provider = Provider::of(algorithm);
        let (token, keys) = (provider.token(), provider.keys());
        let [header, payload, signature] = segments(&token);
        let bytes = decode(signature);
        // An RSA key takes long to make: the stranger's signature is of another length then, the answer the same.
        let rsa = ["RS", "PS"].iter().any(|family| algorithm.name().starts_with(family));
        let stranger = Minter::generate(if rsa { Algorithm::ES256 } else { algorithm });
        let by_stranger = stranger.sign(&json!(provider.header()).to_string(), &json!(claims()).to_string());
        let mut flipped = bytes.clone();
        flipped[0] ^= 1;
        let other_payload = encode(json!(crate::provider::changed(claims(), "sub", json!("admin"))).to_string());
        let expired = encode(json!(crate::provider::changed(claims(), "exp", json!(1))).to_string());
        let forgeries = [
            by_stranger,
            format!("{header}.{other_payload}.{signature}"),
            format!("{header}.{expired}.{signature}"),
            format!("{header}.{}.{signature}", encode("no claims at all")),
            format!("{header}..{signature}"),
            format!("{header}.{payload}."),
            resigned(&token, &flipped),
            resigned(&token, &bytes[1..]),
            resigned(&token, &[&bytes[..], &[0]].concat()),
            resigned(&token, &vec![0; bytes.len()]),
            resigned(&token, &vec![0xff; bytes.len()]),
            resigned(&token, &[&vec![0; bytes.len() / 2][..], &bytes[bytes.len() / 2..]].concat()),
            resigned(&token, &[&bytes[..bytes.len() / 2], &vec![0xff; bytes.len() / 2][..]].concat()),
        ];
        for forgery in forgeries {
            answers.insert(told(&forgery, &keys));
        }
        // Tried against one key or against several: the answer does not count them.
        let several = json!({ "keys": [provider.jwk(), provider.jwk(), provider.jwk()] }).to_string();
        answers.insert(told(&resigned(&token, &flipped), &KeySet::parse(&several).unwrap()));
    }
    assert_eq!(answers.len(), 1, "{answers:#?}");
    let answer = answers.first().unwrap();
    assert!(answer.starts_with("signature_invalid Signature ") && answer.ends_with(" {} SignatureInvalid"), "{answer}");
}

/// `explain` is for the operator, yet of the signature it says no more either.
#[test]
fn an_explanation_of_an_invalid_signature_does_not_say_why() {
    let provider = Provider::of(Algorithm::ES256);
    let (token, keys) = (provider.token(), provider.keys());
    let found: BTreeSet<String> = [vec![], vec![0; 63], vec![0; 64], vec![0xff; 64], vec![1; 64], vec![1; 65]]
        .into_iter()
        .map(|signature| {
            let steps = explain(&resigned(&token, &signature), Ok(&keys), &policy(), UnixSeconds::new(NOW));
            let step = steps.into_iter().find(|step| step.code == Some("signature_invalid")).expect("a failed step");
            format!("{} {} {:?}", step.expected, step.found, step.advice)
        })
        .collect();
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(token.contains('.') && provider.jwk()["kid"] == KID);
}

/// The documentation says whom the words are for.
#[test]
fn messages_are_for_the_operator_and_the_readme_says_so() {
    let readme = crate::vectors::read("README.md");
    let (_, errors) = readme.split_once("\n## Errors\n").expect("a section on errors");
    let (errors, _) = errors.split_once("\n## ").expect("a section behind it");
    let words = errors.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("It is for you: tell a client no more than RFC 6750 has."));
}
