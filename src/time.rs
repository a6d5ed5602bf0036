//! Instants in whole seconds. The core has no clock: the host passes one `now` a request.

use core::fmt;

use crate::limits::MAX_NUMERIC_DATE_SECONDS;

/// Seconds since 1970-01-01T00:00:00Z, leap seconds ignored (RFC 7519 section 2, `NumericDate`).
///
/// Arithmetic saturates: no leeway and no claim can wrap an instant round.
///
/// ```
/// use doorward::UnixSeconds;
/// use std::time::{SystemTime, UNIX_EPOCH};
///
/// let now = UnixSeconds::from_clock(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs_f64());
/// assert!(now.is_some()); // a number, and no infinity
/// # Ok::<(), std::time::SystemTimeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixSeconds(i64);

impl UnixSeconds {
    /// The instant `seconds` after (or, if negative, before) 1970.
    #[must_use]
    pub const fn new(seconds: i64) -> Self {
        Self(seconds)
    }

    /// The instant at which a clock that shows `seconds` stands: the begun second. `None` for NaN and
    /// the infinities.
    #[must_use]
    pub fn from_clock(seconds: f64) -> Option<Self> {
        let whole = saturating_trunc(seconds)?;
        let begun = if to_f64(whole) > seconds { whole.saturating_sub(1) } else { whole };
        Some(Self(begun))
    }

    /// A `NumericDate` claim, rounded up to the whole second: compared with a clock of whole seconds
    /// that gives the same answer as the exact fraction. `None` for what is not a finite number, or lies
    /// after the year 9999 ([`MAX_NUMERIC_DATE_SECONDS`]).
    #[must_use]
    pub fn from_numeric_date(seconds: f64) -> Option<Self> {
        let whole = saturating_trunc(seconds)?;
        let rounded = if to_f64(whole) < seconds { whole.saturating_add(1) } else { whole };
        (rounded <= MAX_NUMERIC_DATE_SECONDS).then_some(Self(rounded))
    }

    /// Seconds since 1970.
    #[must_use]
    pub const fn as_seconds(self) -> i64 {
        self.0
    }

    /// The instant `seconds` later, or the last one there is.
    #[must_use]
    pub fn saturating_add(self, seconds: u32) -> Self {
        Self(self.0.saturating_add(i64::from(seconds)))
    }
}

impl fmt::Display for UnixSeconds {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, formatter)
    }
}

#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    reason = "a float-to-integer `as` truncates and saturates, which is what is wanted; NaN is gone"
)]
fn saturating_trunc(seconds: f64) -> Option<i64> {
    seconds.is_finite().then_some(seconds as i64)
}

#[expect(clippy::as_conversions, reason = "rounding far beyond the year 9999 changes no comparison")]
fn to_f64(seconds: i64) -> f64 {
    seconds as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_shows_the_begun_second() {
        let rows = [(0.0, 0), (0.999, 0), (-0.5, -1), (-1.0, -1), (1e300, i64::MAX), (-1e300, i64::MIN)];
        for (clock, seconds) in rows {
            assert_eq!(UnixSeconds::from_clock(clock).map(UnixSeconds::as_seconds), Some(seconds), "{clock}");
        }
        for clock in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(UnixSeconds::from_clock(clock), None);
        }
    }

    #[test]
    fn a_numeric_date_rounds_up_and_ends_with_the_year_9999() {
        let rows = [
            (100.0, Some(100)),
            (100.25, Some(101)),
            (-0.0, Some(0)),
            (-0.5, Some(0)),
            (253_402_300_799.0, Some(253_402_300_799)),
            (253_402_300_799.5, None),
            (1_700_000_000_000.0, None), // milliseconds
            (1e20, None),
            (f64::NAN, None),
        ];
        for (claim, seconds) in rows {
            assert_eq!(UnixSeconds::from_numeric_date(claim).map(UnixSeconds::as_seconds), seconds, "{claim}");
        }
    }

    #[test]
    fn leeway_saturates() {
        assert_eq!(UnixSeconds::new(i64::MAX).saturating_add(600).as_seconds(), i64::MAX);
    }
}
