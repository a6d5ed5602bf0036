//! That nothing overflows: the arithmetic run over intervals, from the bounds of its input.

#![expect(clippy::arithmetic_side_effects, reason = "a test that panics has failed, as it should")]

use super::{
    field::Element,
    point::{Entry, Point},
    root::{Candidate, candidate},
    scalar::remainder,
};
use crate::kernels::interval::Interval;

type Bounds = Element<Interval>;

/// What a tight digit may be: 2^28, and 2^17 more for the second digit.
fn tight_bound(place: usize) -> i128 {
    if place == 1 { (1 << 28) + (1 << 17) } else { 1 << 28 }
}

/// The sum or difference of so many tight values.
fn tight(count: i128) -> Bounds {
    Element(core::array::from_fn(|place| Interval::around_zero(count * tight_bound(place))))
}

/// Digits as [`Element::from_words`] has them.
fn unsigned() -> Bounds {
    Element(core::array::from_fn(|place| Interval::new(0, if place == 8 { (1 << 23) - 1 } else { (1 << 29) - 1 })))
}

fn assert_within(inner: &Bounds, outer: &Bounds) {
    for (place, (inner, outer)) in inner.0.iter().zip(outer.0).enumerate() {
        assert!(inner.is_within(outer), "digit {place}: {inner:?} in {outer:?}");
    }
}

/// A point between two operations.
fn point() -> Point<Interval> {
    Point { e: tight(3), f: tight(2), g: tight(2), h: tight(2) }
}

fn assert_point(result: &Point<Interval>) {
    let Point { e, f, g, h } = point();
    assert_within(&result.e, &e);
    assert_within(&result.f, &f);
    assert_within(&result.g, &g);
    assert_within(&result.h, &h);
}

/// Factors of one to six values, whose numbers multiply to at most six: their product is tight.
#[test]
fn products() {
    for (first, second) in [(1, 6), (2, 3), (3, 2), (6, 1)] {
        assert_within(&tight(first).times(&tight(second)), &tight(1));
    }
}

#[test]
fn squares() {
    assert_within(&tight(2).squared(), &tight(1));
    assert_within(&tight(2).squared_times(3), &tight(1));
}

#[test]
fn carries() {
    assert_within(&tight(64).carried(), &tight(1));
    assert_within(&unsigned().carried(), &tight(1));
    // What tables hold fits 32 bits.
    assert!(tight(1).0.iter().all(|digit| digit.is_within(Interval::around_zero(i32::MAX.into()))));
}

/// From up to sixteen values, which no chain reaches.
#[test]
fn canonical_numbers() {
    let digits = tight(16).canonical();
    assert_within(&Element(digits), &unsigned());
}

#[test]
fn points() {
    let one = tight(1);
    assert_point(&Point::at(one, one));
    assert_point(&point().twice());
    for opposite in [false, true] {
        assert_point(&point().combined(&[one; 3], opposite));
    }
    // Z = f·g doubled, and the products that inversion and encoding take, are among those of `products`.
    assert_within(&point().f.times(&point().g), &tight(1));
    assert_within(&point().e.times(&point().f), &tight(1));
}

#[test]
fn roots() {
    let Candidate { reached, u, .. } = candidate(&tight(1));
    assert_within(&reached.minus(&u), &tight(16));
    assert_within(&reached.plus(&u), &tight(16));
}

#[test]
fn remainders() {
    let digit = Interval::new(0, (1 << 28) - 1);
    let result = remainder(&[digit; 19]);
    assert!(result.iter().take(9).all(|each| each.is_within(digit)));
}

/// The digits of embedded and of computed entries are tight.
pub(super) fn is_tight(entry: &Entry) -> bool {
    [entry.sum, entry.difference, entry.product]
        .iter()
        .all(|digits| digits.iter().enumerate().all(|(place, digit)| i128::from(*digit).abs() <= tight_bound(place)))
}
