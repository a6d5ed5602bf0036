//! That nothing overflows: the arithmetic run over intervals, from the bounds of its input.

#![expect(clippy::arithmetic_side_effects, reason = "a test that panics has failed, as it should")]

use super::{
    field::Element,
    point::{Entry, FOUR_D, HALF, Point},
    root::{Candidate, D, ROOT_OF_MINUS_ONE, candidate},
    scalar::remainder,
};
use crate::interval::Interval;

type Bounds = Element<Interval>;

fn digits(bounds: impl Fn(usize) -> (i128, i128)) -> Bounds {
    Element(core::array::from_fn(|place| {
        let (least, greatest) = bounds(place);
        Interval::new(least, greatest)
    }))
}

/// From 0 to 2^29 − 1, the second digit 2^16 more to both sides.
fn tight() -> Bounds {
    digits(|place| if place == 1 { (-(1 << 16), (1 << 29) + (1 << 16)) } else { (0, (1 << 29) - 1) })
}

/// Between −2^29 and 2^29, and 2^18 more to both sides.
fn centred() -> Bounds {
    digits(|_| (-(1 << 29) - (1 << 18), (1 << 29) + (1 << 18)))
}

/// So many tight values to both sides.
fn wide(count: i128) -> Bounds {
    digits(|_| (-count << 30, count << 30))
}

/// Digits of a number below 2^255.
fn unsigned() -> Bounds {
    digits(|place| (0, if place == 8 { (1 << 23) - 1 } else { (1 << 29) - 1 }))
}

fn assert_within(inner: &Bounds, outer: &Bounds) {
    for (place, (inner, outer)) in inner.0.iter().zip(outer.0).enumerate() {
        assert!(inner.is_within(outer), "digit {place}: {inner:?} in {outer:?}");
    }
}

/// A point between two operations.
fn point() -> Point<Interval> {
    Point { e: centred(), f: centred(), g: centred(), h: centred() }
}

fn assert_point(result: &Point<Interval>) {
    for part in [result.e, result.f, result.g, result.h] {
        assert_within(&part, &centred());
    }
}

#[test]
fn kinds_of_values() {
    assert_within(&tight(), &centred());
    assert_within(&tight().negated(), &centred());
    assert_within(&tight().minus(&tight()), &centred());
    assert_within(&tight().plus_centred(&tight()), &centred());
    assert_within(&tight().plus(&Element::small(1)), &centred());
    assert_within(&tight().minus(&Element::small(1)), &centred());
    assert_within(&wide(64).carried(), &tight());
    assert_within(&unsigned(), &tight());
    // What tables hold fits 32 bits.
    assert!(tight().0.iter().all(|digit| digit.is_within(Interval::around_zero(i32::MAX.into()))));
    for constant in [&HALF, &FOUR_D, &D, &ROOT_OF_MINUS_ONE] {
        assert_within(&Element::from_digits(constant), &centred());
    }
}

#[test]
fn products() {
    let sum = tight().plus(&tight());
    assert_within(&centred().times(&centred()), &tight());
    assert_within(&sum.times(&tight()), &tight());
    assert_within(&tight().times(&sum), &tight());
    assert_within(&centred().squared(), &tight());
    assert_within(&centred().squared_times(3), &tight());
}

#[test]
fn canonical_numbers() {
    let digits = wide(8).canonical();
    assert_within(&Element(digits), &unsigned());
}

#[test]
fn points() {
    assert_point(&Point::at(centred(), centred()));
    assert_point(&point().twice());
    for opposite in [false, true] {
        assert_point(&point().combined(&[tight(); 3], opposite));
    }
}

#[test]
fn roots() {
    let Candidate { reached, u, .. } = candidate(&tight());
    assert_within(&reached.minus(&u), &wide(8));
    assert_within(&reached.plus(&u), &wide(8));
}

#[test]
fn remainders() {
    let digit = Interval::new(0, (1 << 28) - 1);
    let result = remainder(&[digit; 19]);
    assert!(result.iter().take(9).all(|each| each.is_within(digit)));
}

/// Whether the digits of an entry are tight.
pub(super) fn is_tight(entry: &Entry) -> bool {
    [entry.sum, entry.difference, entry.product]
        .iter()
        .all(|digits| Bounds::from_digits(digits).0.iter().zip(tight().0).all(|(digit, bound)| digit.is_within(bound)))
}
