//! The README, the documentation and the types say what the code does.

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
    let (_, section) = readme.split_once(&format!("# {heading}\n")).expect("a heading");
    let section = section.split("\n## ").next().and_then(|section| section.split("\n### ").next()).expect("a part");
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    rows.map(Into::into).collect()
}

/// A test of the package compares the documentation with the types.
#[test]
fn every_code_is_documented() {
    let sources = ["src/rejection/description.rs", "src/jose/key_set.rs", "src/option.rs", "src/issuers.rs"];
    let mut codes: BTreeSet<String> = sources.into_iter().flat_map(|path| codes_in(&read(path))).collect();
    assert!(codes.len() > 20, "{codes:?}");
    let denials = read("src/gate/denial.rs");
    let (_, denials) = denials.split_once("fn code(").expect("the gate's codes");
    let (denials, _) = denials.split_once("fn status(").expect("their end");
    codes.extend(codes_in(denials));
    codes.insert("body_incomplete".into()); // the host's: Rust is given whole bodies
    let errors = read("pkg/docs/errors.md");
    let documented: BTreeSet<String> =
        errors.lines().filter_map(|line| line.strip_prefix("### ")).map(Into::into).collect();
    assert_eq!(documented, codes);
}

/// The names of options that a Rust source lists.
fn names_in(path: &str) -> BTreeSet<String> {
    let source = read(path);
    let (_, names) = source.split_once("const NAMES").expect("the list of names");
    let (names, _) = names.split_once("];").expect("its end");
    names.split('"').skip(1).step_by(2).map(Into::into).collect()
}

#[test]
fn every_option_is_documented() {
    let mut names = names_in("src/policy/options.rs");
    names.insert("currentDate".into()); // the host's clock: the core takes a number
    assert_eq!(first_column("Options"), names);
    assert_eq!(first_column("Options of the gate"), names_in("src/gate/options.rs"));
}

#[test]
fn every_profile_is_documented() {
    let names: BTreeSet<String> = doorward::Profile::all().iter().map(|profile| profile.name().into()).collect();
    assert_eq!(first_column("Providers"), names);
    for name in names.iter().filter(|name| *name != "standard") {
        let page = read(&format!("pkg/docs/providers/{name}.md"));
        assert!(page.contains(&format!("\"profile\": \"{name}\"")), "{name}");
    }
}
