//! What holds for every course of events at a source.

use doorward::{
    UnixSeconds,
    keys::{Again, FetchFault, Supply},
};
use proptest::prelude::*;

use crate::{
    keys_course::{
        Course, Event,
        Event::{Answer, Ask, Begin, Late, Stored},
        JWKS_URI, Reply,
        Reply::{Body, Fault, Keys, KeysFor, Metadata},
        TIMING,
    },
    provider::{ISSUER, NOW},
};

const LEASE: i64 = 15;

/// What is known from outside of a source: enough to say what it must not do.
struct Watch {
    course: Course,
    now: i64,
    /// The names of the keys that were fetched last, and the first second in which they are not fresh.
    last: Option<(&'static str, i64)>,
    /// The failures since, and when the last of them was.
    failures: u32,
    failed_at: i64,
    /// When the last caller was told to fetch, and whether its attempt has ended.
    given_at: i64,
    ended: bool,
    /// Whether an answer to that attempt is outstanding, and how many fetches it took.
    awaited: bool,
    fetches: usize,
    looked_again_at: i64,
}

impl Watch {
    fn over(course: Course) -> Self {
        let never = i64::MIN / 2;
        Self {
            course,
            now: NOW,
            last: None,
            failures: 0,
            failed_at: never,
            given_at: never,
            ended: true,
            awaited: false,
            fetches: 0,
            looked_again_at: never,
        }
    }

    fn ask(&mut self) {
        let supply = self.course.source.keys(UnixSeconds::new(self.now));
        let fetches = match supply {
            Supply::Ready { keys, stale, refresh } => {
                let (names, fresh_until) = self.last.expect("keys only after a fetch");
                assert_eq!(keys.keys()[0].kid(), Some(names));
                assert_eq!(stale, self.now >= fresh_until);
                assert!(self.now < fresh_until + i64::from(TIMING.stale_for), "beyond the hard end");
                assert!(!stale || self.failures > 0, "stale without an outage");
                refresh
            }
            Supply::Fetch => true,
            Supply::Wait => {
                assert!(!self.ended && self.now < self.given_at + LEASE, "nobody is waited for");
                false
            }
            Supply::Unavailable { retry_after } => {
                assert!(self.failures > 0 && (1..=30).contains(&retry_after));
                false
            }
        };
        if fetches {
            self.given();
        }
    }

    fn again(&mut self, issued_at: i64) {
        let now = UnixSeconds::new(self.now);
        match self.course.source.look_again(Some("unknown"), Some(UnixSeconds::new(issued_at)), now) {
            Again::Fetch => {
                assert!(self.now >= self.looked_again_at + i64::from(TIMING.cooldown), "within the cool-down");
                self.looked_again_at = self.now;
                self.given();
            }
            Again::Known => assert!(self.last.is_some() && self.failures == 0, "known without knowledge"),
            Again::Wait => assert!(!self.ended),
            Again::Unavailable { retry_after } => assert!((1..=30).contains(&retry_after)),
        }
    }

    /// The caller was told to fetch: nobody else is at it, and no pause is on.
    fn given(&mut self) {
        assert!(self.ended || self.now >= self.given_at + LEASE, "two at a time");
        let pause = (1_i64 << self.failures.saturating_sub(1).min(10)).min(30);
        assert!(self.failures == 0 || self.now >= self.failed_at + pause, "within the pause");
        (self.given_at, self.ended, self.awaited, self.fetches) = (self.now, false, false, 0);
    }

    fn begin(&mut self) {
        if self.course.happens(self.now, &Begin) != "nothing" {
            assert!(!self.ended && !self.awaited, "begun twice");
            (self.awaited, self.fetches) = (true, 1);
        }
    }

    fn answered(&mut self, reply: &Reply) {
        let outcome = self.course.happens(self.now, &Answer(reply.clone()));
        if !self.awaited {
            assert_eq!(outcome, "failed", "an answer that nobody waits for");
            return;
        }
        match (outcome.as_str(), reply) {
            ("done", Keys(names)) => self.done(names, 600),
            ("done", KeysFor(names, _)) => self.done(names, 60),
            ("failed", _) => {
                (self.failed_at, self.ended, self.awaited) = (self.now, true, false);
                self.failures += 1;
            }
            (next, _) => {
                assert!(next.starts_with("next https://"), "{next}");
                self.given_at = self.now;
                self.fetches += 1;
                assert!(self.fetches <= 5, "too many fetches in one attempt");
            }
        }
    }

    fn done(&mut self, names: &'static str, fresh_for: i64) {
        self.last = Some((names, self.now + fresh_for));
        (self.failures, self.ended, self.awaited) = (0, true, false);
    }

    /// Whatever was before, the provider's return is noticed.
    fn recovers(&mut self) {
        self.now += 100_000;
        self.ask();
        assert!(!self.ended, "an attempt is due");
        let mut said = self.course.happens(self.now, &Begin);
        while said != "done" {
            assert_ne!(said, "failed");
            let reply = if said.ends_with(JWKS_URI) { Keys("z") } else { Metadata };
            said = self.course.happens(self.now, &Answer(reply));
        }
        assert_eq!(self.course.happens(self.now, &Ask), "z");
    }
}

#[derive(Clone, Debug)]
enum Action {
    Ask,
    Again(i64),
    Begin,
    Answer(Reply),
    Late(u32),
    Garbage(String),
}

fn action() -> impl Strategy<Value = Action> {
    let empty = Body(200, Some("application/json"), "{\"keys\":[]}".into());
    let reply = prop_oneof![
        3 => Just(Keys("a")),
        1 => Just(Keys("b")),
        1 => Just(KeysFor("c", "no-store")),
        2 => Just(Metadata),
        2 => Just(Fault(FetchFault::TimedOut)),
        1 => Just(Fault(FetchFault::Redirected)),
        1 => Just(Body(404, None, String::new())),
        1 => Just(empty),
    ];
    prop_oneof![
        5 => Just(Action::Ask),
        3 => (-200..200_i64).prop_map(Action::Again),
        4 => Just(Action::Begin),
        4 => reply.prop_map(Action::Answer),
        1 => (1..40_u32).prop_map(Action::Late),
        1 => ".{0,40}".prop_map(Action::Garbage),
    ]
}

fn delay() -> impl Strategy<Value = i64> {
    prop_oneof![5 => Just(0_i64), 5 => 1..4_i64, 3 => 10..40_i64, 2 => 100..700_i64, 1 => 3000..9000_i64]
}

fn watches() -> [Watch; 2] {
    [Watch::over(Course::direct()), Watch::over(Course::of_issuer(ISSUER))]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn no_course_breaks_a_bound(rows in prop::collection::vec((delay(), action()), 0..200)) {
        for mut watch in watches() {
            for (delay, action) in &rows {
                watch.now += delay;
                match action {
                    Action::Ask => watch.ask(),
                    Action::Again(before) => watch.again(watch.now - before),
                    Action::Begin => watch.begin(),
                    Action::Answer(reply) => watch.answered(reply),
                    Action::Late(back) => {
                        let late = Late(watch.course.step.wrapping_sub(*back), Keys("late"));
                        assert_eq!(watch.course.happens(watch.now, &late), "failed");
                    }
                    Action::Garbage(record) => {
                        assert_eq!(watch.course.happens(watch.now, &Stored(record.clone(), None)), "false");
                    }
                }
            }
            watch.recovers();
        }
    }

    /// With clocks that say anything, nothing panics, and once they are right again the keys are fetched.
    #[test]
    fn no_clock_panics(rows in prop::collection::vec((any::<i64>(), action()), 0..60)) {
        for mut watch in watches() {
            for (now, action) in &rows {
                let event = match action {
                    Action::Ask => Ask,
                    Action::Again(_) => Event::AgainUndated,
                    Action::Begin => Begin,
                    Action::Answer(reply) => Answer(reply.clone()),
                    Action::Late(step) => Late(*step, Keys("late")),
                    Action::Garbage(record) => Stored(record.clone(), None),
                };
                watch.course.happens(*now, &event);
            }
            for day in [100, 200, 300] {
                watch.now = NOW + day * 86_400;
                if watch.course.happens(watch.now, &Ask) == "fetch" {
                    watch.given();
                }
            }
            prop_assert_eq!(watch.given_at, watch.now, "the last asked is told to fetch");
            watch.recovers();
        }
    }
}
