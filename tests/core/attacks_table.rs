//! The table of attacks, `tests/data/attacks.json`: none without a test, no test that does not exist.

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::{Value, json};

use crate::vectors::read;

/// The files whose tests are each of an attack.
const FILES: [&str; 12] = [
    "algorithm",
    "claims",
    "ed25519",
    "fetching",
    "header",
    "json",
    "keys",
    "requests",
    "rotation",
    "rsa",
    "signature",
    "text",
];

fn table() -> Vec<Value> {
    match serde_json::from_str(&read("tests/data/attacks.json")).expect("JSON") {
        Value::Array(rows) => rows,
        other => panic!("no list: {other}"),
    }
}

fn texts(row: &Value, member: &str) -> Vec<String> {
    let list = row[member].as_array().unwrap_or_else(|| panic!("{member} of {row}"));
    list.iter().map(|text| text.as_str().expect("a text").to_owned()).collect()
}

/// The names of the functions under `#[test]` in a Rust source.
fn tests_in(source: &str) -> BTreeSet<String> {
    let after = source.split("#[test]\nfn ").skip(1);
    after.map(|text| text.split_once('(').expect("a function").0.to_owned()).collect()
}

fn tests_of(file: &str) -> Vec<String> {
    let tests = tests_in(&read(&format!("tests/core/{file}.rs")));
    tests.iter().map(|name| format!("{file}::{name}")).collect()
}

/// The tests of these files, and of those that the table names besides.
fn rust_tests(named: &[String]) -> BTreeSet<String> {
    let files: BTreeSet<&str> = named.iter().filter_map(|name| Some(name.split_once("::")?.0)).collect();
    attack_tests().into_iter().chain(files.into_iter().flat_map(tests_of)).collect()
}

fn attack_tests() -> BTreeSet<String> {
    FILES.iter().flat_map(|file| tests_of(&format!("attacks_{file}"))).collect()
}

/// All that is written in the JavaScript of the tests, where a case is named by a literal.
fn javascript(folder: &Path) -> String {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries
        .map(|path| match path.extension() {
            _ if path.is_dir() => javascript(&path),
            Some(extension) if extension == "mjs" => fs::read_to_string(path).expect("a text"),
            _ => String::new(),
        })
        .collect()
}

/// An advisory's id as the name of a function has it.
fn in_a_name(id: &str) -> String {
    id.to_lowercase().replace(['-', '#'], "_")
}

#[test]
fn every_attack_has_tests_that_exist() {
    let tests = rust_tests(&table().iter().flat_map(|row| texts(row, "rust")).collect::<Vec<_>>());
    let javascript = javascript(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/js"));
    for row in table() {
        let attack = row["attack"].as_str().expect("a name");
        let (rust, js) = (texts(&row, "rust"), texts(&row, "js"));
        assert!(!rust.is_empty() && !texts(&row, "answer").is_empty(), "{attack}");
        for name in &rust {
            assert!(tests.contains(name), "{attack}: there is no test {name}");
        }
        for name in &js {
            assert!(javascript.contains(&json!(name).to_string()), "{attack}: there is no case {name:?}");
        }
        for id in texts(&row, "ids") {
            let named = rust.iter().any(|name| name.contains(&in_a_name(&id)));
            assert!(named || rust.is_empty(), "{attack}: no test is named for {id}");
        }
    }
}

#[test]
fn every_test_of_an_attack_is_in_the_table() {
    let listed: BTreeSet<String> = table().iter().flat_map(|row| texts(row, "rust")).collect();
    assert_eq!(attack_tests().difference(&listed).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn answers_are_documented_codes() {
    let errors = read("pkg/docs/errors.md");
    for row in table() {
        for answer in texts(&row, "answer") {
            assert!(answer == "accepted" || errors.contains(&format!("\n### {answer}\n")), "{answer}");
        }
    }
}

/// The survey of attacks, beside the project where it was fetched: each of its rows, with all ids, is in the
/// table.
#[test]
fn the_table_has_every_attack_of_the_survey() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/attacks.md");
    let Ok(survey) = fs::read_to_string(path) else {
        println!("no survey of attacks beside the project: the table was not compared with it");
        return;
    };
    let table = table();
    let (mut section, mut rows) = ("", 0);
    for line in survey.lines() {
        if let Some(title) = line.strip_prefix("### ") {
            section = title.split('.').next().unwrap_or_default();
        }
        if section == "6e" && line.contains("; ") {
            rows += attacks_on_requests(line, &table);
        }
        let cells: Vec<&str> = line.split(" | ").map(|cell| cell.trim_matches(['|', ' '])).collect();
        let [attack, ids, _, _] = cells[..] else { continue };
        if !["6a", "6b", "6c", "6d"].contains(&section) || attack == "Attack" {
            continue;
        }
        rows += 1;
        let row = table.iter().find(|row| row["section"] == section && row["attack"] == attack);
        let row = row.unwrap_or_else(|| panic!("{section}: {attack} is not in the table"));
        has_all_ids(row, ids);
    }
    assert_eq!(rows, table.len(), "the table has no row that the survey has not");
}

/// The attacks on requests are one list of words. Gives their number.
fn attacks_on_requests(list: &str, table: &[Value]) -> usize {
    let attacks = list.trim_end_matches('.').split("; ");
    let found = attacks.map(|attack| {
        let row = table.iter().find(|row| row["section"] == "6e" && row["attack"] == attack);
        has_all_ids(row.unwrap_or_else(|| panic!("{attack} is not in the table")), attack);
    });
    found.count()
}

/// Whether the row has each advisory that `text` names.
fn has_all_ids(row: &Value, text: &str) {
    let listed = texts(row, "ids");
    for id in text.split(|character: char| !(character.is_ascii_alphanumeric() || "-#".contains(character))) {
        let advisory = ["CVE-", "GHSA-", "RUSTSEC-", "envoy#", "fastmcp#"].iter().any(|start| id.starts_with(start));
        assert!(!advisory || listed.iter().any(|known| known == id), "{}: {id} is not in the table", row["attack"]);
    }
}
