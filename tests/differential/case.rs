//! One case: a token, a key set, options and a time, and what was changed of the valid ones.

use doorward::Algorithm;
use serde_json::{Value, json};

use crate::{
    mutation::{self, Target, text::Part},
    node::Node,
    random::Random,
    reference::base64url::encode,
    signer::{ALL, Owner, Signers},
};

pub(crate) const ISSUER: &str = "https://idp.example.com";
pub(crate) const RESOURCE: &str = "https://mcp.example.com/mcp";
pub(crate) const KID: &str = "key-1";
pub(crate) const NOW: i64 = 1_767_225_600; // 2026-01-01T00:00:00Z

pub(crate) struct Case {
    pub(crate) mutations: Vec<&'static str>,
    pub(crate) algorithm: Algorithm,
    pub(crate) token: String,
    pub(crate) jwks: String,
    pub(crate) options: Options,
    pub(crate) now: i64,
}

/// What all verifiers are told to check.
#[derive(Clone)]
pub(crate) struct Options {
    pub(crate) issuer: Option<Vec<&'static str>>,
    pub(crate) audience: Option<Vec<&'static str>>,
    pub(crate) algorithms: Vec<&'static str>,
    pub(crate) tolerance: i64,
    pub(crate) typ: Option<&'static str>,
    pub(crate) subject: Option<&'static str>,
    pub(crate) max_age: Option<i64>,
    pub(crate) required_claims: Vec<&'static str>,
}

impl Options {
    fn usual() -> Self {
        Self {
            issuer: Some([ISSUER].into()),
            audience: Some([RESOURCE].into()),
            algorithms: ALL.map(Algorithm::name).into(),
            tolerance: 60,
            typ: None,
            subject: None,
            max_age: None,
            required_claims: ["exp"].into(),
        }
    }

    /// By the names that Doorward and jose have for them.
    pub(crate) fn json(&self) -> Value {
        let mut options = json!({
            "algorithms": self.algorithms,
            "clockTolerance": self.tolerance,
            "requiredClaims": self.required_claims,
        });
        let rest = [
            ("issuer", self.issuer.as_ref().map(|values| json!(values))),
            ("audience", self.audience.as_ref().map(|values| json!(values))),
            ("typ", self.typ.map(Value::from)),
            ("subject", self.subject.map(Value::from)),
            ("maxTokenAge", self.max_age.map(Value::from)),
        ];
        for (name, value) in rest {
            if let Some(value) = value {
                options[name] = value;
            }
        }
        options
    }
}

/// A case while it is made: everything that can still be changed before it is signed.
pub(crate) struct Draft<'a> {
    pub(crate) signers: &'a Signers,
    pub(crate) algorithm: Algorithm,
    pub(crate) header: Node,
    pub(crate) claims: Node,
    pub(crate) jwks: Node,
    pub(crate) options: Options,
}

impl Case {
    /// A valid case with none to three changes.
    pub(crate) fn draw(signers: &Signers, random: &mut Random) -> Self {
        let algorithm = Algorithm::from_name(random.pick(&ALGORITHMS)).expect("they are names of algorithms");
        let mut draft = Draft {
            signers,
            algorithm,
            header: Node::of(&json!({ "alg": algorithm.name(), "kid": KID, "typ": "at+jwt" })),
            claims: Node::of(&json!({
                "iss": ISSUER, "aud": RESOURCE, "sub": "user-1", "client_id": "client-1", "jti": "token-1",
                "iat": NOW - 10, "nbf": NOW - 10, "exp": NOW + 300, "scope": "mcp:read mcp:write",
            })),
            jwks: Node::of(&json!({ "keys": [jwk(signers, Owner::Provider, algorithm, KID)] })),
            options: Options::usual(),
        };
        if random.once_in(3) {
            let other = random.pick(&ALL);
            let key = Node::of(&jwk(signers, Owner::Stranger, other, "key-0"));
            draft.jwks.get("keys").unwrap().items().insert(random.below(2), key);
        }
        let changes = random.pick(&[0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 3]);
        let mut targets: Vec<Target> = (0..changes).map(|_| random.pick(&Target::ALL)).collect();
        targets.sort_unstable();
        let mut mutations = Vec::new();

        for target in &targets {
            mutations.extend(mutation::of_draft(*target, &mut draft, random));
        }
        let mut header = draft.header.text().into_bytes();
        let mut claims = draft.claims.text().into_bytes();
        let mut jwks = draft.jwks.text().into_bytes();
        for target in &targets {
            match target {
                Target::HeaderText => mutations.push(mutation::text::of(Part::Header, &mut header, random)),
                Target::ClaimsText => mutations.push(mutation::text::of(Part::Claims, &mut claims, random)),
                Target::KeySetText => mutations.push(mutation::text::of(Part::KeySet, &mut jwks, random)),
                _ => {}
            }
        }
        let jwks = String::from_utf8_lossy(&jwks).into_owned();
        let input = format!("{}.{}", encode(&header), encode(&claims));
        let mut signature = signers.sign(Owner::Provider, algorithm, input.as_bytes(), None, random);
        if targets.contains(&Target::Signature) {
            mutations.push(mutation::signature::of(&draft, &input, &mut signature, random));
        }
        let mut token = format!("{input}.{}", encode(&signature));
        if targets.contains(&Target::Token) {
            mutations.push(mutation::token::of(&mut token, random));
        }
        Self { mutations, algorithm, token, jwks, options: draft.options, now: NOW }
    }

    /// All of the case on one line.
    pub(crate) fn json(&self, doorward: &str) -> Value {
        json!({
            "mutations": self.mutations,
            "algorithm": self.algorithm.name(),
            "doorward": doorward,
            "token": self.token,
            "jwks": self.jwks,
            "options": self.options.json(),
            "now": self.now,
        })
    }
}

pub(crate) fn jwk(signers: &Signers, owner: Owner, algorithm: Algorithm, kid: &str) -> Value {
    let mut jwk = signers.public(owner, algorithm);
    jwk["kid"] = kid.into();
    jwk["alg"] = algorithm.name().into();
    jwk["use"] = "sig".into();
    jwk
}

/// The fast ones most often.
const ALGORITHMS: [&str; 22] = [
    "ES256", "ES256", "ES256", "ES256", "ES256", "ES256", "EdDSA", "EdDSA", "EdDSA", "EdDSA", "EdDSA", "Ed25519",
    "RS256", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES384", "ES512", "ES256K",
];
