//! The keys of the issuers, as the host sees to them.

use alloc::string::String;

use super::{Answer, Gate, decision::KeyNeed, denial::Denial, judgement::Stop};
use crate::{
    access::Access,
    cache::{Known, Name},
    claims::Claims,
    issuers::Claimed,
    jose::{header::Header, signature::tables::KeyTables},
    keys::{Again, Fetch, FetchFault, Progress, Response, Supply},
    limits::MAX_TOKEN_BYTES,
    rejection::Rejection,
    time::UnixSeconds,
    unverified::Unverified,
    verify::judge_known,
};

impl Gate {
    /// Has the keys of all issuers, those to come as well, prepared in `tables`, in place of tables of each issuer's
    /// own.
    pub fn share_tables(&mut self, tables: &KeyTables) {
        self.issuers.all_mut().for_each(|provider| provider.source.share_tables(tables));
    }

    /// The first fetch of an attempt that [`KeyNeed`] asked for. `None` if there is nothing to fetch.
    pub fn begin(&mut self, source: usize) -> Option<Fetch> {
        self.issuers.at_mut(source)?.source.begin()
    }

    /// Takes the answer to the fetch of this `step`, and says what is next.
    pub fn fetched(
        &mut self,
        source: usize,
        step: u32,
        response: Result<Response<'_>, FetchFault>,
        now: UnixSeconds,
    ) -> Progress {
        match self.issuers.at_mut(source) {
            Some(provider) => provider.source.fetched(step, response, now),
            None => Progress::Failed,
        }
    }

    /// Takes a record that another instance left in a shared store. True if that ends the need: there is
    /// nothing to fetch any more.
    pub fn stored(&mut self, source: usize, record: &str, kid: Option<&str>, now: UnixSeconds) -> bool {
        self.issuers.at_mut(source).is_some_and(|provider| provider.source.stored(record, kid, now))
    }

    /// The keys of an issuer as a text for a shared store.
    #[must_use]
    pub fn record(&self, source: usize) -> Option<String> {
        self.issuers.at(source)?.source.record()
    }

    /// The name of that text in the store.
    #[must_use]
    pub fn store_key(&self, source: usize) -> Option<&str> {
        self.issuers.at(source)?.source.store_key()
    }

    /// The answer to a request whose keys did not come in the time that the host grants.
    #[must_use]
    pub fn unavailable(&self) -> Answer {
        self.answer(&Denial::KeysUnavailable { retry_after: 1 }, None)
    }

    /// Verifies a token with the keys of its issuer, as they are now.
    pub(super) fn verify(&mut self, token: &str, now: UnixSeconds) -> Result<Verdict, Stop> {
        // What is too long for a token is not worth a digest.
        let name = if self.tokens.is_off() || token.len() > MAX_TOKEN_BYTES { None } else { Name::of(token) };
        let presented = match name.as_ref().and_then(|name| self.tokens.find(name)) {
            Some(known) => Presented::Known(known),
            None => Presented::Unknown(Unverified::parse(token).map_err(Denial::Token)?),
        };
        let (header, claims) = presented.parts_unverified();
        let (_, claimed) = self.issuers.of_unverified(header, claims).map_err(Denial::Token)?;
        let need = |fetch, kid| Stop::NeedKeys(KeyNeed { source: claimed.place, kid, fetch });
        let unavailable = |retry_after| Stop::Denied(Denial::KeysUnavailable { retry_after });
        let Some(provider) = self.issuers.at_mut(claimed.place) else { return Err(unavailable(1)) };
        let (result, stale, refresh) = match provider.source.keys(now) {
            Supply::Ready { keys, stale, refresh } => {
                let verify = |unverified: Unverified<'_>| unverified.verify(keys, &provider.policy, now);
                let (result, is_new) = match presented {
                    Presented::Known(known) => match judge_known(known, keys, &provider.policy, now) {
                        Some(judged) => (judged, false),
                        None => (Unverified::parse(token).and_then(verify), true),
                    },
                    Presented::Unknown(unverified) => (verify(unverified), true),
                };
                if let (Ok(access), Some(name), true) = (&result, &name, is_new) {
                    self.tokens.remember(name, access);
                }
                (result, stale, refresh)
            }
            Supply::Fetch => return Err(need(true, None)),
            Supply::Wait => return Err(need(false, None)),
            Supply::Unavailable { retry_after } => return Err(unavailable(retry_after)),
        };
        let result = match result {
            Err(rejection) if may_be_a_new_key(&rejection, &claimed) => {
                match provider.source.look_again(claimed.kid.as_deref(), claimed.issued_at, now) {
                    Again::Known => Err(rejection),
                    Again::Fetch => return Err(need(true, claimed.kid.clone())),
                    // The attempt that is under way is the one that this request was to run.
                    Again::Wait => return Err(need(refresh, claimed.kid.clone())),
                    Again::Unavailable { retry_after } => return Err(unavailable(retry_after)),
                }
            }
            other => other,
        };
        let refresh = refresh.then_some(KeyNeed { source: claimed.place, kid: None, fetch: true });
        Ok(Verdict { result, stale, refresh })
    }
}

/// A token, with what is known of it.
enum Presented<'t> {
    Known(Known),
    Unknown(Unverified<'t>),
}

impl Presented<'_> {
    /// What it says of itself. That it was verified once with some key says nothing of the keys of today.
    fn parts_unverified(&self) -> (&Header, &Claims) {
        match self {
            Self::Known(known) => (&known.header, &known.claims),
            Self::Unknown(unverified) => (unverified.header_unverified(), unverified.claims_unverified()),
        }
    }
}

/// What came of a token.
pub(super) struct Verdict {
    pub(super) result: Result<Access, Rejection>,
    pub(super) stale: bool,
    pub(super) refresh: Option<KeyNeed>,
}

/// Whether the provider may have a key by now that the set lacks. A token without "kid" was tried with the
/// only key that fits it.
fn may_be_a_new_key(rejection: &Rejection, claimed: &Claimed) -> bool {
    match rejection {
        Rejection::KeyNotFound { .. } => true,
        Rejection::SignatureInvalid => claimed.kid.is_none(),
        _ => false,
    }
}
