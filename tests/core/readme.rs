//! The README and the types say what the code does.

use std::collections::BTreeSet;

use crate::vectors::read;

/// The string literals of a Rust source that are codes: lower case words with underscores between.
fn codes_in(source: &str) -> BTreeSet<String> {
    let code: Vec<&str> = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let unescaped = code.join("\n").replace("\\\"", "'");
    let literals = unescaped.split('"').skip(1).step_by(2);
    let is_code =
        |text: &&str| text.contains('_') && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    literals.filter(is_code).map(Into::into).collect()
}

/// The names in the first column of the README's tables, where they are code.
fn first_column(heading: &str) -> BTreeSet<String> {
    let readme = read("README.md");
    let (_, section) = readme.split_once(&format!("\n## {heading}\n")).expect("a heading");
    let (section, _) = section.split_once("\n## ").expect("a next heading");
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    rows.map(Into::into).collect()
}

#[test]
fn every_code_is_documented() {
    let sources = ["src/rejection/description.rs", "src/jose/key_set.rs", "src/policy/mod.rs", "src/issuers.rs"];
    let codes: BTreeSet<String> = sources.into_iter().flat_map(|path| codes_in(&read(path))).collect();
    assert!(codes.len() > 20, "{codes:?}");
    assert_eq!(first_column("Errors"), codes);
    let types = read("pkg/index.d.ts");
    for code in codes {
        assert!(types.contains(&format!("\"{code}\"")), "{code}");
    }
}

#[test]
fn every_option_is_documented() {
    let source = read("src/policy/options.rs");
    let (_, names) = source.split_once("const NAMES").expect("the list of names");
    let (names, _) = names.split_once("];").expect("its end");
    let mut names: BTreeSet<String> = names.split('"').skip(1).step_by(2).map(Into::into).collect();
    names.insert("currentDate".into()); // the host's clock: the core takes a number
    assert_eq!(first_column("Options"), names);
}

#[test]
fn every_profile_is_documented() {
    let names: BTreeSet<String> = doorward::Profile::all().iter().map(|profile| profile.name().into()).collect();
    assert_eq!(first_column("Providers"), names);
}
