//! Runs the vectors of one family of algorithms, and counts them.

use alloc::{
    collections::BTreeMap,
    format,
    string::{String, ToString},
    vec::Vec,
};

use serde_json::Value;

use super::{
    exceptions::Exceptions,
    group::{self, Place, bytes, text},
};
use crate::{
    Algorithm, Key, KeySet,
    jose::signature::{holds, libraries, tables::KeyTables},
};

/// A file, and of its vectors that a JWS can carry: how many it calls valid, invalid and acceptable.
pub(super) type Row = (String, Algorithm, [usize; 3]);

/// The vectors that are not in the rows.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Rest {
    /// A JWS cannot carry them: all refused.
    pub(super) foreign: usize,
    /// Under keys that are refused.
    pub(super) unusable: usize,
    /// Under keys of kinds that are not in use here.
    pub(super) skipped: usize,
}

/// Runs each file, given by name and content.
///
/// # Panics
///
/// When a verdict is not that of the file and no exception says so, when an exception says nothing, and
/// when one is not used.
pub(super) fn run(family: &'static str, files: impl Iterator<Item = (String, &'static str)>) -> (Vec<Row>, Rest) {
    let mut exceptions = Exceptions::of(family);
    let mut rows = Vec::new();
    let mut rest = Rest::default();
    let mut wrong = Vec::new();
    for (file, json) in files {
        let document: Value = serde_json::from_str(json).unwrap();
        let mut carried = BTreeMap::<Algorithm, [usize; 3]>::new();
        for group in document["testGroups"].as_array().unwrap() {
            let tests = group["tests"].as_array().unwrap();
            let place = group::place(family, group);
            if let Place::Skipped = place {
                rest.skipped += tests.len();
                continue;
            }
            let keys = KeySet::parse(&group::jwk(family, group).to_string()).unwrap();
            for test in tests {
                let place = &group::place_of(&place, test);
                match (place, keys.keys()) {
                    (_, []) => rest.unusable += 1,
                    (Place::Carried(algorithm), _) => carried.entry(*algorithm).or_default()[said(test)] += 1,
                    _ => rest.foreign += 1,
                }
                let found = keys.keys().iter().any(|key| accepts(place, key, keys.tables(), test));
                let expected = expected(place, test);
                let problem = match exceptions.verdict(&file, test) {
                    Some(verdict) if expected == Some(verdict) => Some("excepted, and yet as the file says"),
                    Some(verdict) => (found != verdict).then_some("not as the exception says"),
                    None => (expected != Some(found)).then_some("not as the file says"),
                };
                if let Some(problem) = problem {
                    let id = &test["tcId"];
                    let skipped = keys.skipped();
                    wrong.push(format!("{file} {id} accepted={found} {problem} {place:?} {skipped:?} {test}"));
                }
            }
        }
        rows.extend(carried.into_iter().map(|(algorithm, counts)| (file.clone(), algorithm, counts)));
    }
    assert!(wrong.is_empty(), "{} verdicts: {wrong:#?}", wrong.len());
    exceptions.all_used();
    (rows, rest)
}

/// What our arithmetic says, which must be what the libraries say where there is one beside it.
fn accepts(place: &Place, key: &Key, tables: &KeyTables, test: &Value) -> bool {
    let holds = |algorithm: &Algorithm| {
        assert!(key.algorithm().is_some() || key.fits(*algorithm), "{algorithm} does not take the key");
        let (signature, message) = (bytes(test, "sig"), bytes(test, "msg"));
        let found = holds(*algorithm, key, tables, &signature, &message);
        let theirs = libraries::holds(*algorithm, key.public(), &signature, &message);
        assert!(theirs.is_none_or(|theirs| theirs == found), "{algorithm} {test}");
        found
    };
    match place {
        Place::Carried(algorithm) => key.fits(*algorithm) && holds(algorithm),
        Place::Foreign(algorithms) => algorithms.iter().any(holds),
        Place::Skipped => false,
    }
}

/// `None` where the file leaves it open.
fn expected(place: &Place, test: &Value) -> Option<bool> {
    match (place, said(test)) {
        (Place::Carried(_), 0) => Some(true),
        (Place::Carried(_), 2) => None,
        _ => Some(false),
    }
}

fn said(test: &Value) -> usize {
    let result = text(test, "result");
    ["valid", "invalid", "acceptable"].iter().position(|known| *known == result).unwrap()
}
