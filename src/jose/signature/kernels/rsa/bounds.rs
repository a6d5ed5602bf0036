//! The arithmetic over intervals: whatever the digits of the factors and of the modulus, of every length there is, all sums
//! are exact, and the digits of the result are again within the bound.

#![expect(clippy::arithmetic_side_effects, reason = "a test that panics has failed, as it should")]

use alloc::{vec, vec::Vec};

use super::{
    MAX_END_BYTES,
    block::Block,
    interval::{FusedIntervals, Intervals},
    lanes::{Lanes, Width},
    montgomery::{Addend, Montgomery, Work},
    operand::Operand,
    shape::Shape,
    sums::{Exact, Sum},
};

#[test]
fn no_sum_leaves_the_exact_range() {
    assert_eq!([lengths::<Exact<Intervals>>(), lengths::<FusedIntervals>()], [68, 36]);
}

/// How many lengths there are.
fn lengths<S: Sum<Lanes = Intervals>>() -> usize {
    let mut lengths = Vec::new();
    for bits in 2048..=8192 {
        let shape = Shape::of::<S>(bits);
        let length = (shape.width.bits(), shape.pairs, shape.reduced);
        if lengths.contains(&length) {
            continue;
        }
        lengths.push(length);
        multiplications::<S>(shape);
        last_step::<S>(shape);
    }
    lengths.len()
}

fn multiplications<S: Sum<Lanes = Intervals>>(shape: Shape) {
    let Shape { width, pairs, reduced } = shape;
    let modulus = Montgomery::<S>::new(width, reduced, &vec![bound(&width); pairs]);
    let factor = || Operand::new(&vec![bound(&width); pairs + 2]);
    let expect = |work: Work<Intervals>| {
        assert_eq!(work.result().length(), pairs + 2);
        for digits in work.result().pairs().chain(work.taken.iter().copied()) {
            assert!(digits.largest() <= bound(&width).largest(), "{digits:?}");
        }
    };

    let mut work = Work::new(factor(), reduced);
    modulus.square(&mut work);
    expect(work);
    let mut work = Work::new(factor(), reduced);
    modulus.multiply_result(&factor().digits, &mut work);
    expect(work);
    // The last of a check: the signature is below n.
    let signature = Operand::new(&[vec![digit(&width); pairs], vec![Intervals::ZERO; 2]].concat());
    let end = vec![digit(&width); shape.below_padding::<Intervals>(&[0; MAX_END_BYTES]).len()];
    let addend = vec![bound(&width); pairs + 2];
    let mut work = Work::new(factor(), reduced);
    let addend = Addend { left: &end, right: &factor().places, pairs: &addend };
    modulus.multiply_result_and_add(&signature.digits, &addend, &mut work);
    expect(work);
}

fn last_step<S: Sum<Lanes = Intervals>>(Shape { width, pairs, .. }: Shape) {
    let block = Block::<S>::of(width, &vec![digit(&width); pairs + 2]);
    let quotient = [digit(&width), digit(&width), digit(&width), Intervals::within(width.up())];
    let taken = block.sum([bound(&width)].into_iter().cycle().take(pairs + 2), &quotient);
    assert_eq!(taken.len(), pairs + 2);
    assert!(taken.iter().all(|digits| digits.largest() <= bound(&width).largest()));
}

/// As it is made of bytes.
fn digit(width: &Width) -> Intervals {
    Intervals::within(width.up() / 2.0)
}

/// As a product has it.
fn bound(width: &Width) -> Intervals {
    Intervals::within(width.up() / 2.0 + 256.0)
}
