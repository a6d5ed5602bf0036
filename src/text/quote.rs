//! Values from outside as they appear in messages: short, in quotes, on one line.

use alloc::string::String;

use crate::limits::MAX_QUOTED_CHARS;

/// `text` in double quotes, at most [`MAX_QUOTED_CHARS`] characters of it, with everything escaped that
/// could end the quotes, start a line or drive a terminal: rejections end in logs.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    let mut characters = text.chars();
    for character in characters.by_ref().take(MAX_QUOTED_CHARS) {
        quoted.extend(character.escape_debug());
    }
    if characters.next().is_some() {
        quoted.push('…');
    }
    quoted.push('"');
    quoted
}

/// At most [`MAX_QUOTED_CHARS`] characters of `text`, for fields that programs read.
pub(crate) fn clipped(text: &str) -> String {
    text.chars().take(MAX_QUOTED_CHARS).collect()
}

/// Several values, each [`quoted`], as "a, b or c": the first few and how many more.
pub(crate) fn quoted_list<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    const SHOWN: usize = 16; // room for the names of all algorithms
    let mut list = String::new();
    let mut texts = texts.into_iter();
    for text in texts.by_ref().take(SHOWN) {
        if !list.is_empty() {
            list.push_str(", ");
        }
        list.push_str(&quoted(text));
    }
    match texts.count() {
        0 if list.is_empty() => "none".into(),
        0 => list,
        more => alloc::format!("{list} and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_short_and_on_one_line() {
        assert_eq!(quoted("a\"b\\c\r\n\u{1b}[0m\u{202e}"), r#""a\"b\\c\r\n\u{1b}[0m\u{202e}""#);
        assert_eq!(quoted(&"x".repeat(1000)).chars().count(), MAX_QUOTED_CHARS + 3);
        assert_eq!(quoted_list([]), "none");
        assert_eq!(quoted_list(["a", "b"]), r#""a", "b""#);
        assert_eq!(quoted_list(["a"; 20]).matches("\"a\"").count(), 16);
    }
}
