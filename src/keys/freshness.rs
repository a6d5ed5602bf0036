//! How long an answer is fresh, by what its sender says and within what we allow.

use core::mem;

use crate::limits::{DEFAULT_KEY_FRESHNESS_SECONDS, MIN_KEY_FRESHNESS_SECONDS};

/// Seconds for which a key set is fresh: "max-age" less "Age" (RFC 9111 section 4.2), and at most `longest`.
///
/// Never less than [`MIN_KEY_FRESHNESS_SECONDS`], not even for "no-store": a provider cannot make us fetch
/// for each request. Of several "max-age" the least counts, and a malformed one counts as 0 (RFC 9111
/// section 4.2.1 encourages to take such an answer for stale). "must-revalidate" changes nothing: that keys
/// are used in an outage is our own, bounded, decision.
pub(super) fn freshness(cache_control: Option<&str>, age: Option<&str>, longest: u32) -> u32 {
    let mut said: Option<u32> = None;
    for directive in directives(cache_control.unwrap_or_default()) {
        let (name, value) = directive.split_once('=').unwrap_or((directive, ""));
        let name = name.trim();
        let seconds = if name.eq_ignore_ascii_case("max-age") {
            delta_seconds(unquoted(value.trim())).unwrap_or(0).saturating_sub(seconds_of_age(age))
        } else if name.eq_ignore_ascii_case("no-store") || name.eq_ignore_ascii_case("no-cache") {
            0
        } else {
            continue;
        };
        said = Some(said.map_or(seconds, |other| other.min(seconds)));
    }
    said.unwrap_or(DEFAULT_KEY_FRESHNESS_SECONDS).max(MIN_KEY_FRESHNESS_SECONDS).min(longest)
}

/// The members of the list, split at the commas outside quoted strings (RFC 9110 section 5.6.4).
fn directives(list: &str) -> impl Iterator<Item = &str> {
    let (mut in_quotes, mut escaped) = (false, false);
    list.split(move |character| match character {
        _ if mem::take(&mut escaped) => false,
        '\\' if in_quotes => {
            escaped = true;
            false
        }
        '"' => {
            in_quotes = !in_quotes;
            false
        }
        ',' => !in_quotes,
        _ => false,
    })
}

/// RFC 9111 section 5.2: a recipient ought to accept both forms of an argument.
fn unquoted(value: &str) -> &str {
    value.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')).unwrap_or(value)
}

/// RFC 9111 section 5.1: the first member of a list counts, and an invalid field is ignored.
fn seconds_of_age(age: Option<&str>) -> u32 {
    let first = age.and_then(|age| age.split(',').next());
    first.and_then(|first| delta_seconds(first.trim())).unwrap_or(0)
}

/// RFC 9111 section 1.2.2: digits only, and what is too great counts as the greatest.
fn delta_seconds(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sender_is_believed_within_bounds() {
        let rows = [
            ("max-age=300", None, 300),
            ("public, max-age=300, must-revalidate", None, 300),
            ("MAX-AGE=300", None, 300),
            (" max-age=300 ,private", None, 300),
            ("max-age=\"300\"", None, 300),
            ("s-maxage=900, x-max-age=900", None, 600),
            ("max-age=300", Some("100"), 200),
            ("max-age=300", Some("100, 299"), 200),
            ("max-age=300", Some("-100"), 300),
            ("max-age=300", Some("soon"), 300),
            ("max-age=300", Some("99999999999999999999"), 60),
            ("", Some("599"), 600),
            ("private=\"x\"", None, 600),
            // Bounded below, whatever is said.
            ("max-age=0", None, 60),
            ("no-store", None, 60),
            ("No-Cache=\"Set-Cookie\", max-age=300", None, 60),
            ("no-cache, no-store, max-age=300", None, 60),
            // Bounded above.
            ("max-age=3601", None, 3600),
            ("max-age=31536000, immutable", None, 3600),
            ("max-age=4294967296", None, 3600),
            ("max-age=99999999999999999999999999999999", None, 3600),
            // Ambiguous or malformed: the least.
            ("max-age=300, max-age=200", None, 200),
            ("max-age=200, max-age=300", None, 200),
            ("max-age=300, max-age=x", None, 60),
            ("max-age=-1", None, 60),
            ("max-age=+300", None, 60),
            ("max-age=3e3", None, 60),
            ("max-age=1.5", None, 60),
            ("max-age=", None, 60),
            ("max-age", None, 60),
            ("max-age=\"300", None, 60),
            ("max-age=\u{0663}00", None, 60),
            // What is in quotes is no directive.
            ("private=\"a, max-age=100, b\"", None, 600),
            ("x=\"\\\", max-age=100\", max-age=200", None, 200),
            ("x=\"never closed, max-age=100", None, 600),
            (",,,;=\"\\", None, 600),
        ];
        for (cache_control, age, seconds) in rows {
            assert_eq!(freshness(Some(cache_control), age, 3600), seconds, "{cache_control} {age:?}");
        }
        assert_eq!(freshness(None, None, 3600), 600);
    }

    #[test]
    fn the_longest_time_outweighs_the_shortest() {
        assert_eq!(freshness(None, None, 300), 300);
        assert_eq!(freshness(Some("max-age=1"), None, 10), 10);
    }
}
