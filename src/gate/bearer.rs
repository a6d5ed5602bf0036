//! The credentials of a request (RFC 6750 section 2.1).

/// What the field Authorization holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Credentials<'a> {
    /// Nothing, or credentials of another scheme: nobody has tried to use a token.
    Absent,
    /// The scheme is Bearer, and what follows is not one token.
    Malformed,
    /// One token, of which nothing is known yet.
    Bearer(&'a str),
}

impl<'a> Credentials<'a> {
    /// Reads the field. Two fields arrive here joined by a comma, which no token contains.
    ///
    /// Tokens in the query, in a cookie or in a form are not looked for: OAuth 2.1 section 5.1 says that
    /// resource servers MUST ignore them.
    pub(crate) fn parse(authorization: Option<&'a str>) -> Self {
        let Some(value) = authorization else { return Self::Absent };
        let (scheme, rest) = value.split_at_checked("Bearer".len()).unwrap_or((value, ""));
        // RFC 9110 section 11.1: the scheme is matched without regard to case.
        if !scheme.eq_ignore_ascii_case("Bearer") {
            // A second field with a token may stand behind a first one without.
            return if mentions_bearer(value) { Self::Malformed } else { Self::Absent };
        }
        match rest.strip_prefix(' ').map(|token| token.trim_start_matches(' ')) {
            Some(token) if is_token68(token) => Self::Bearer(token),
            None if rest.starts_with(is_token_character) => Self::Absent, // another scheme that begins so
            _ => Self::Malformed,
        }
    }
}

fn mentions_bearer(value: &str) -> bool {
    value.split(',').skip(1).any(|part| {
        part.trim_start_matches([' ', '\t'])
            .get(.."Bearer ".len())
            .is_some_and(|start| start.eq_ignore_ascii_case("Bearer "))
    })
}

/// RFC 9110 section 11.2: letters, digits and six signs, with "=" at the end alone.
fn is_token68(text: &str) -> bool {
    let unpadded = text.trim_end_matches('=');
    !unpadded.is_empty() && unpadded.bytes().all(|byte| IN_TOKEN68.get(usize::from(byte)) == Some(&true))
}

/// By byte: a token is long, and to compare each of its bytes with the signs takes as long as its digest.
const IN_TOKEN68: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    while byte < u8::MAX {
        #[expect(clippy::as_conversions, clippy::indexing_slicing, reason = "at compile time, and any byte is within")]
        {
            table[byte as usize] =
                byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'+' | b'/');
        }
        byte = byte.wrapping_add(1);
    }
    table
};

/// RFC 9110 section 5.6.2, as far as a scheme's name may go on with it.
fn is_token_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(character)
}
