//! The rows of `tests/data/stricter.json`: where another verifier may differ, and why.

use std::{collections::BTreeMap, fs, path::PathBuf};

use serde_json::Value;

use crate::case::Case;

pub(crate) struct Excuses(Vec<Row>);

struct Row {
    id: String,
    /// Whether the peer accepts what Doorward refuses, or refuses what it accepts.
    peer_accepts: bool,
    /// The verdicts of Doorward.
    doorward: Vec<String>,
    /// Names of mutations; a star at the end stands for any end, one at the start for any start.
    mutations: Vec<String>,
    /// The algorithms of the signing key; any, if there are none.
    algorithms: Vec<String>,
    used: usize,
}

impl Excuses {
    pub(crate) fn of_peer(peer: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/stricter.json");
        let table: Value = serde_json::from_str(&fs::read_to_string(path).expect("the table")).expect("JSON");
        let rows = table["rows"].as_array().expect("rows").iter().map(|row| {
            let texts = |name: &str| -> Vec<String> {
                let texts = row[name].as_array().map_or(&[][..], Vec::as_slice);
                texts.iter().map(|text| text.as_str().expect("a text").into()).collect()
            };
            assert!(row["reason"].as_str().is_some_and(|reason| !reason.is_empty()), "a reason: {row}");
            let peer_accepts = match row["kind"].as_str() {
                Some("doorward stricter") => true,
                Some("peer refuses") => false,
                _ => panic!("kind: {row}"),
            };
            let id = row["id"].as_str().expect("an id").into();
            let (doorward, mutations, algorithms) = (texts("doorward"), texts("mutations"), texts("algorithms"));
            (texts("peers"), Row { id, peer_accepts, doorward, mutations, algorithms, used: 0 })
        });
        Self(rows.filter(|(peers, _)| peers.iter().any(|name| name == peer)).map(|(_, row)| row).collect())
    }

    /// Whether the peer's verdict is that of Doorward, or a row tells why not.
    pub(crate) fn excuse(&mut self, case: &Case, doorward: &str, peer_accepts: bool) -> bool {
        if (doorward == "accepted") == peer_accepts {
            return true;
        }
        let row = self.0.iter_mut().find(|row| row.peer_accepts == peer_accepts && row.covers(case, doorward));
        row.map(|row| row.used += 1).is_some()
    }

    /// A complaint for each row that excused nothing.
    pub(crate) fn unused(&self) -> impl Iterator<Item = String> {
        self.0.iter().filter(|row| row.used == 0).map(|row| format!("the row {} excuses nothing", row.id))
    }

    pub(crate) fn counts(&self) -> BTreeMap<&str, usize> {
        self.0.iter().map(|row| (row.id.as_str(), row.used)).collect()
    }
}

impl Row {
    fn covers(&self, case: &Case, doorward: &str) -> bool {
        let named = |pattern: &String, name: &str| match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
            (Some(end), _) => name.ends_with(end),
            (_, Some(start)) => name.starts_with(start),
            _ => pattern == name,
        };
        self.doorward.iter().any(|verdict| verdict == doorward)
            && (self.algorithms.is_empty() || self.algorithms.iter().any(|name| name == case.algorithm.name()))
            && (self.mutations.is_empty()
                || self.mutations.iter().any(|pattern| case.mutations.iter().any(|name| named(pattern, name))))
    }
}
