//! Callers whose bodies are being read.

use alloc::{boxed::Box, vec::Vec};

use crate::gate::Caller;

/// By a number that is given out once. Bounded, since a host may ask and never come back: who is gone is judged
/// anew.
#[derive(Default)]
pub(super) struct Callers {
    /// The oldest first.
    waiting: Vec<(u32, Box<Caller>)>,
    latest: u32,
}

impl Callers {
    pub(super) fn keep(&mut self, caller: Box<Caller>) -> u32 {
        if self.waiting.len() >= MAX_WAITING {
            self.waiting.remove(0);
        }
        self.latest = self.latest.wrapping_add(1);
        self.waiting.push((self.latest, caller));
        self.latest
    }

    pub(super) fn take(&mut self, number: u32) -> Option<Box<Caller>> {
        let place = self.waiting.iter().position(|(waiting, _)| *waiting == number)?;
        Some(self.waiting.remove(place).1)
    }
}

/// More requests than these seldom have their bodies on the way to one instance.
const MAX_WAITING: usize = 256;
