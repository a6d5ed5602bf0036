//! Patterns for names and URIs.

use alloc::{string::String, vec, vec::Vec};

/// A text with wildcards, which a whole other text must match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Glob(Shape);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Shape {
    Exact(String),
    /// What comes before the first wildcard stands also by itself: most texts differ from it already.
    Steps {
        start: String,
        steps: Vec<Step>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    One(char),
    /// Any characters but this one, any number of them.
    AllBut(Option<char>),
}

impl Glob {
    /// A pattern for a name: `*` is any text.
    pub(crate) fn of_name(pattern: &str) -> Self {
        Self::new(pattern, None)
    }

    /// A pattern for a URI: `*` is any text without "/", `**` any text.
    pub(crate) fn of_uri(pattern: &str) -> Self {
        Self::new(pattern, Some('/'))
    }

    fn new(pattern: &str, separator: Option<char>) -> Self {
        if !pattern.contains('*') {
            return Self(Shape::Exact(pattern.into()));
        }
        let mut steps: Vec<Step> = Vec::new();
        let mut stars: usize = 0;
        let end = |steps: &mut Vec<Step>, stars: &mut usize| match core::mem::take(stars) {
            0 => {}
            1 => steps.push(Step::AllBut(separator)),
            _ => steps.push(Step::AllBut(None)),
        };
        for character in pattern.chars() {
            if character == '*' {
                stars = stars.saturating_add(1);
            } else {
                end(&mut steps, &mut stars);
                steps.push(Step::One(character));
            }
        }
        end(&mut steps, &mut stars);
        let start = pattern.split('*').next().unwrap_or_default().into();
        Self(Shape::Steps { start, steps })
    }

    /// The only text that matches, if it is one.
    pub(crate) fn exact(&self) -> Option<&str> {
        match &self.0 {
            Shape::Exact(exact) => Some(exact),
            Shape::Steps { .. } => None,
        }
    }

    /// Whether all of `text` matches. All the ways to match are followed at the same time, so the time is at
    /// most the product of the two lengths whatever they are: nothing is tried again.
    pub(crate) fn matches(&self, text: &str) -> bool {
        let steps = match &self.0 {
            Shape::Exact(exact) => return exact == text,
            Shape::Steps { start, .. } if !text.starts_with(start) => return false,
            Shape::Steps { steps, .. } => steps,
        };
        // alive[n]: the first n steps match the text so far.
        let mut alive = vec![false; steps.len().saturating_add(1)];
        if let Some(first) = alive.first_mut() {
            *first = true;
        }
        pass_over_wildcards(steps, &mut alive);
        for character in text.chars() {
            let mut before = false; // whether the steps before this one were alive
            let mut any = false;
            let mut states = alive.iter_mut();
            if let Some(start) = states.next() {
                before = core::mem::take(start);
            }
            for (step, state) in steps.iter().zip(states) {
                let was = *state;
                *state = match step {
                    Step::One(expected) => before && *expected == character,
                    Step::AllBut(excluded) => was && *excluded != Some(character),
                };
                any |= *state;
                before = was;
            }
            if !any {
                return false;
            }
            pass_over_wildcards(steps, &mut alive);
        }
        alive.last().copied().unwrap_or(false)
    }
}

/// A wildcard matches no text, too: where the steps before it are alive, so is it.
fn pass_over_wildcards(steps: &[Step], alive: &mut [bool]) {
    let mut before = alive.first().copied().unwrap_or(false);
    for (step, state) in steps.iter().zip(alive.iter_mut().skip(1)) {
        *state |= before && matches!(step, Step::AllBut(_));
        before = *state;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_matches_as_a_whole() {
        let rows: [(&str, &str, bool); 17] = [
            ("read", "read", true),
            ("read", "reads", false),
            ("read", "Read", false),
            ("*", "", true),
            ("*", "a/b", true),
            ("delete_*", "delete_", true),
            ("delete_*", "delete_note", true),
            ("delete_*", "undelete_note", false),
            ("*_note", "delete_note", true),
            ("*_note", "delete_notes", false),
            ("a*b*c", "abc", true),
            ("a*b*c", "aXbYbZc", true),
            ("a*b*c", "aXc", false),
            ("a**c", "abc", true),
            ("*é*", "caféine", true),
            ("a*a", "a", false),
            ("", "", true),
        ];
        for (pattern, text, expected) in rows {
            assert_eq!(Glob::of_name(pattern).matches(text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn one_star_of_a_uri_stays_in_its_segment() {
        let rows: [(&str, &str, bool); 10] = [
            ("docs://public/*", "docs://public/a", true),
            ("docs://public/*", "docs://public/a/b", false),
            ("docs://public/**", "docs://public/a/b", true),
            ("docs://public/**", "docs://public/", true),
            ("docs://public/**", "docs://public", false),
            ("docs://*/readme", "docs://any/readme", true),
            ("docs://*/readme", "docs://any/more/readme", false),
            ("docs://**/readme", "docs://any/more/readme", true),
            ("**/a/*", "x/a/y/a/z", true),
            ("**/a/*", "x/a/y/z", false),
        ];
        for (pattern, text, expected) in rows {
            assert_eq!(Glob::of_uri(pattern).matches(text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn many_wildcards_take_no_longer() {
        let pattern = "a*".repeat(200);
        assert!(!Glob::of_name(&alloc::format!("{pattern}b")).matches(&"a".repeat(4000)));
    }
}
