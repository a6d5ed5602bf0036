//! The checks, in the order in which they are made. A token is refused by the first that fails, so this
//! order is also which of several faults is told.

/// One check on the way from a text to an [`Access`](crate::Access).
///
/// What is cheap and bounds later work comes first; the signature comes before all claims, because an
/// expired forgery is a forgery; who issued the token and for whom comes before its times, because dates
/// of a token from elsewhere are of no interest; scopes come last, because only a valid token can have
/// too few (RFC 6750 section 3.1: 401 before 403).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Check {
    /// The key set can be read.
    KeySet,
    /// The token is within the size limit.
    Size,
    /// The token has three segments of canonical base64url.
    Form,
    /// The header is an object with an "alg", and strings where strings belong.
    Header,
    /// The header demands no extension.
    Extensions,
    /// The policy allows the algorithm.
    Algorithm,
    /// A key of the set fits.
    Key,
    /// The signature was made by that key.
    Signature,
    /// The payload is an object of claims.
    Claims,
    /// "typ" says that this is an access token, or does not say.
    Type,
    /// "iss" is one that the policy trusts.
    Issuer,
    /// "aud" names one that the policy answers for.
    Audience,
    /// "exp" is there and lies ahead.
    Expiry,
    /// "nbf" lies behind.
    NotBefore,
    /// "iat" lies behind, and not too far.
    IssuedAt,
    /// "sub" is the one the policy asks for.
    Subject,
    /// The claims the policy asks for are there.
    RequiredClaims,
    /// No claim marks another kind of token.
    Kind,
    /// The token is not bound to a key that its bearer would have to prove.
    Binding,
    /// The scopes the policy asks for are granted.
    Scopes,
}

impl Check {
    /// All checks, in order.
    pub const ALL: [Self; 20] = [
        Self::KeySet,
        Self::Size,
        Self::Form,
        Self::Header,
        Self::Extensions,
        Self::Algorithm,
        Self::Key,
        Self::Signature,
        Self::Claims,
        Self::Type,
        Self::Issuer,
        Self::Audience,
        Self::Expiry,
        Self::NotBefore,
        Self::IssuedAt,
        Self::Subject,
        Self::RequiredClaims,
        Self::Kind,
        Self::Binding,
        Self::Scopes,
    ];

    /// A stable name, for programs.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().0
    }

    /// A few words, for people.
    #[must_use]
    pub fn title(self) -> &'static str {
        self.row().1
    }

    /// Where the rule is written.
    #[must_use]
    pub fn section(self) -> &'static str {
        self.row().2
    }

    fn row(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::KeySet => ("key_set", "Key set", "RFC 7517 section 5"),
            Self::Size => ("size", "Token size", "RFC 9110 section 5.4"),
            Self::Form => ("form", "Token form", "RFC 7515 section 7.1"),
            Self::Header => ("header", "Header", "RFC 7515 section 4"),
            Self::Extensions => ("extensions", "Header extensions", "RFC 7515 section 4.1.11"),
            Self::Algorithm => ("algorithm", "Algorithm", "RFC 8725 section 3.1"),
            Self::Key => ("key", "Key", "RFC 7515 section 4.1.4"),
            Self::Signature => ("signature", "Signature", "RFC 7515 section 5.2"),
            Self::Claims => ("claims", "Claims", "RFC 7519 section 7.2"),
            Self::Type => ("type", "Token type", "RFC 9068 section 4"),
            Self::Issuer => ("issuer", "Issuer", "RFC 7519 section 4.1.1"),
            Self::Audience => ("audience", "Audience", "RFC 7519 section 4.1.3"),
            Self::Expiry => ("expiry", "Expiry", "RFC 7519 section 4.1.4"),
            Self::NotBefore => ("not_before", "Not before", "RFC 7519 section 4.1.5"),
            Self::IssuedAt => ("issued_at", "Issued at", "RFC 7519 section 4.1.6"),
            Self::Subject => ("subject", "Subject", "RFC 7519 section 4.1.2"),
            Self::RequiredClaims => ("required_claims", "Required claims", "RFC 7519 section 4"),
            Self::Kind => ("kind", "Token kind", "RFC 8725 section 3.12"),
            Self::Binding => ("binding", "Key binding", "RFC 7800 section 3.1"),
            Self::Scopes => ("scopes", "Scopes", "RFC 6750 section 3.1"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_whole_and_in_order() {
        assert!(Check::ALL.is_sorted());
        assert_eq!(Check::ALL.last(), Some(&Check::Scopes));
    }
}
