//! Where the verdict is not that of a file, or the file leaves it open.

use alloc::{collections::BTreeMap, string::String, vec::Vec};

use serde::Deserialize;
use serde_json::Value;

/// The exceptions of one family of algorithms, by file and number of the vector.
pub(super) struct Exceptions(BTreeMap<(String, u64), Exception>);

struct Exception {
    result: String,
    accepted: bool,
    used: bool,
}

impl Exceptions {
    pub(super) fn of(family: &str) -> Self {
        let all: Vec<Entry> = serde_json::from_str(FILE).unwrap();
        let mut exceptions = BTreeMap::new();
        for entry in all.into_iter().filter(|entry| entry.family == family) {
            assert!(!entry.reason.is_empty(), "an exception has a reason");
            for (file, numbers) in entry.vectors {
                for number in numbers {
                    let exception = Exception { result: entry.result.clone(), accepted: entry.accepted, used: false };
                    assert!(exceptions.insert((file.clone(), number), exception).is_none(), "{file} {number}: twice");
                }
            }
        }
        Self(exceptions)
    }

    /// What is said of this vector, if anything.
    pub(super) fn verdict(&mut self, file: &str, test: &Value) -> Option<bool> {
        let number = test["tcId"].as_u64().unwrap();
        let exception = self.0.get_mut(&(file.into(), number))?;
        assert_eq!(test["result"], exception.result, "{file} {number}: the file says another result");
        exception.used = true;
        Some(exception.accepted)
    }

    pub(super) fn all_used(&self) {
        for (vector, exception) in &self.0 {
            assert!(exception.used, "there is no such vector: {vector:?}");
        }
    }
}

/// An entry of the file: several vectors for one reason.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    family: String,
    result: String,
    accepted: bool,
    reason: String,
    vectors: BTreeMap<String, Vec<u64>>,
}

const FILE: &str = include_str!("../../../../tests/data/wycheproof-exceptions.json");
