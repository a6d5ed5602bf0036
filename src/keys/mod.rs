//! An issuer's keys over time: when they are fetched, from where, and how long they are used.
//!
//! A pure state machine over `now`. The host fetches what it is told to, hands the answer back and asks
//! again. No address comes from a token: all begin with a configured one.

mod source;

mod supply;

mod remote;

mod refresh;

mod held;

mod route;

mod address;

mod discovery;

mod response;

mod freshness;

mod record;

pub use address::{Address, InvalidAddress};
pub use response::{Fetch, FetchFault, Progress, Response};
pub use source::{Source, Timing};
pub use supply::{Again, Supply};
