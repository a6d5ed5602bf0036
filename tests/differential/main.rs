//! Doorward beside others, on valid tokens and key sets of which something was changed: a slow and obvious
//! verifier that exists for this alone, which must come to the same code, and jwt-compact, which must come to
//! the same verdict or be excused by a row of `tests/data/stricter.json`. The cases are written to
//! `target/made/differential.jsonl`, where `tests/js/differential.mjs` takes them to the package and to jose.
//!
//! The seed is fixed, so every run makes the same cases. With `DIFFERENTIAL_SECONDS` it runs that long with
//! another seed, or with `DIFFERENTIAL_SEED`, and writes to `differential-any-seed.jsonl`.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that panics has failed, as it should"
)]

mod case;

mod compact;

mod excuses;

mod mutation;

mod node;

mod random;

mod reference;

mod signer;

use core::time::Duration;
use std::{
    collections::BTreeMap,
    env, fs,
    io::{self, Write},
    path::PathBuf,
    time::{Instant, SystemTime, UNIX_EPOCH},
};

use case::Case;
use doorward::{KeySet, Policy, UnixSeconds, decode_unverified, explain, verify};
use excuses::Excuses;
use random::Random;
use signer::Signers;

const SEED: u64 = 0x646F_6F72_7761_7264;
const CASES: usize = 8_000;

#[test]
fn doorward_agrees_with_its_peers() {
    let time = env::var("DIFFERENTIAL_SECONDS").ok().map(|seconds| Duration::from_secs(seconds.parse().unwrap()));
    let seed = match env::var("DIFFERENTIAL_SEED") {
        Ok(seed) => seed.parse().unwrap(),
        Err(_) if time.is_some() => SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos() as u64,
        Err(_) => SEED,
    };
    // What another seed has made is not what the table of excuses must fit in full.
    let file = if time.is_some() { "differential-any-seed.jsonl" } else { "differential.jsonl" };
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/made");
    fs::create_dir_all(&folder).unwrap();
    // Under another name until it is whole: whoever finds the file finds all of it.
    let unfinished = folder.join(format!("differential.{}", std::process::id()));
    let mut written = io::BufWriter::new(fs::File::create(&unfinished).unwrap());

    let mut random = Random::new(seed);
    let signers = Signers::generate(&mut random);
    let mut excuses = Excuses::of_peer("jwt-compact");
    let mut counts = BTreeMap::new();
    let mut failures = Vec::new();
    let began = Instant::now();
    let goes_on = |cases| time.map_or(cases < CASES, |time| began.elapsed() < time);
    let mut cases = 0;
    while goes_on(cases) {
        let case = Case::draw(&signers, &mut random);
        let found = doorward(&case);
        *counts.entry(found).or_insert(0_usize) += 1;
        let expected = reference::verdict(&case);
        if found != expected {
            failures.push((format!("reference: {expected}, doorward: {found}"), Some(case.json(found))));
        }
        if !excuses.excuse(&case, found, compact::accepts(&case)) {
            let what = format!("jwt-compact differs, doorward: {found}, by {:?}", case.mutations);
            failures.push((what, Some(case.json(found))));
        }
        writeln!(written, "{}", case.json(found)).unwrap();
        cases += 1;
    }
    written.into_inner().unwrap();
    fs::rename(unfinished, folder.join(file)).unwrap();
    if time.is_none() {
        failures.extend(excuses.unused().map(|complaint| (complaint, None)));
    }
    // Not by a macro, whose text would be kept back when the test passes.
    writeln!(io::stdout(), "\ndifferential: seed {seed}, {cases} cases: {counts:?}; excused: {:?}", excuses.counts())
        .unwrap();
    let mut kinds = BTreeMap::new();
    for (what, case) in &failures {
        kinds.entry(what).or_insert_with(|| (0, case.as_ref().map(ToString::to_string))).0 += 1;
    }
    assert!(failures.is_empty(), "{} failures, with one case of each kind: {kinds:#?}", failures.len());
}

/// The verdict of Doorward: "accepted" or the code. What must hold beside it is checked on the way.
fn doorward(case: &Case) -> &'static str {
    let policy = Policy::from_options_unchecked_where_absent(&case.options.json().to_string()).expect("valid options");
    let now = UnixSeconds::new(case.now);
    let keys = KeySet::parse(&case.jwks);
    let steps = explain(&case.token, keys.as_ref(), &policy, now);
    let told = steps.iter().find_map(|step| step.code);
    let found = match &keys {
        Err(error) => Err(error.description().code),
        Ok(keys) => verify(&case.token, keys, &policy, now).map_err(|rejection| rejection.code()),
    };
    assert_eq!(found.as_ref().err().copied(), told, "verify and explain: {}", case.json("?"));
    match found {
        Err(code) => code,
        Ok(access) => {
            let (header, claims) = decode_unverified(&case.token).expect("what verifies decodes");
            assert_eq!((header.json(), claims.json()), (access.header().json(), access.claims().json()));
            "accepted"
        }
    }
}
