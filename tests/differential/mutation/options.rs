//! Other options than the usual, which all verifiers are told alike.

use crate::{
    case::{ISSUER, Options, RESOURCE},
    random::Random,
};

pub(super) fn of(options: &mut Options, random: &mut Random) -> &'static str {
    match random.below(9) {
        0 => {
            options.issuer = None;
            "options.issuer.absent"
        }
        1 => {
            options.audience = None;
            "options.audience.absent"
        }
        2 => {
            options.issuer = Some(["https://other.example.com", ISSUER].into());
            options.audience = Some([RESOURCE, "other"].into());
            "options.several"
        }
        3 => {
            options.algorithms =
                random.pick(&[["ES256"].to_vec(), ["RS256", "EdDSA"].to_vec(), ["Ed25519", "PS256"].to_vec()]);
            "options.algorithms"
        }
        4 => {
            options.typ = Some(random.pick(&["at+jwt", "application/at+jwt", "AT+JWT", "JWT", "secevent+jwt"]));
            "options.typ"
        }
        5 => {
            options.subject = Some(random.pick(&["user-1", "user-2"]));
            "options.subject"
        }
        6 => {
            options.max_age = Some(random.pick(&[0, 9, 10, 100]));
            options.tolerance = 0;
            "options.max_age"
        }
        7 => {
            options.tolerance = random.pick(&[0, 1, 600]);
            "options.tolerance"
        }
        _ => {
            options.required_claims.push(random.pick(&["sub", "scope", "email", "__proto__", "toString"]));
            "options.required"
        }
    }
}
