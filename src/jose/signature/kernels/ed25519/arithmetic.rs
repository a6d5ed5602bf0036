//! Numbers against a library of large integers, at the extremes of their digits.

#![expect(clippy::arithmetic_side_effects, reason = "a test that panics has failed, as it should")]

use alloc::vec::Vec;

use rsa::BigUint;

use super::{
    agreement::Random,
    field::Element,
    scalar::{is_below_order, reduced},
};

/// Values with digits from `least` to `greatest`: at these extremes, sparse, near multiples of p where `least`
/// is not 0, or random.
fn elements(least: i64, greatest: i64, random: &mut Random) -> Vec<Element<i64>> {
    let mut elements = Vec::from([least, greatest, 0, 1].map(|digit| Element([digit; 9])));
    for place in 0..9 {
        for (one, other) in [(greatest, least), (least, greatest), (greatest, 0), (1, 0)] {
            elements.push(Element(core::array::from_fn(|at| if at == place { one } else { other })));
            elements.push(Element(core::array::from_fn(|at| if at < place { one } else { other })));
        }
    }
    if least < 0 {
        for multiple in [-2, -1, 0, 1, 2] {
            for more in [-20, -19, -18, -1, 0, 1, 18, 19, 20] {
                // p is 2^23 times what the last digit counts, less 19.
                elements.push(Element([more - 19 * multiple, 0, 0, 0, 0, 0, 0, 0, multiple << 23]));
            }
        }
    }
    for _ in 0..40 {
        elements.push(Element(core::array::from_fn(|_| match random.next() % 4 {
            0 => least,
            1 => greatest,
            _ => least + (random.next() >> 1).cast_signed() % (greatest - least),
        })));
    }
    elements
}

/// The greatest digits of tight and centred values.
const FULL: i64 = (1 << 29) + (1 << 17);

fn prime() -> BigUint {
    (BigUint::from(1_u8) << 255) - BigUint::from(19_u8)
}

/// What the digits stand for, below p.
fn value(element: &Element<i64>) -> BigUint {
    let offset = prime() << 80;
    let (mut above, mut below) = (offset, BigUint::default());
    for (place, digit) in element.0.iter().enumerate() {
        let part = BigUint::from(digit.unsigned_abs()) << (29 * place);
        if *digit < 0 { below += part } else { above += part }
    }
    (above - below) % prime()
}

fn canonical(element: &Element<i64>) -> BigUint {
    BigUint::from_bytes_le(&element.to_bytes())
}

#[test]
fn one_form_of_a_number() {
    for element in elements(-16 * FULL, 16 * FULL, &mut Random(1)) {
        assert_eq!(canonical(&element), value(&element), "{element:?}");
        assert_eq!(canonical(&element.carried()), value(&element), "{element:?}");
        assert_eq!(element.is_zero(), value(&element) == BigUint::default(), "{element:?}");
        assert_eq!(element.is_odd(), canonical(&element).to_bytes_le()[0] & 1 == 1, "{element:?}");
    }
}

#[test]
fn products() {
    let mut random = Random(2);
    for ((least, greatest), (other_least, other_greatest)) in
        [((-FULL, FULL), (-FULL, FULL)), ((0, 2 * FULL), (0, FULL)), ((0, FULL), (0, 2 * FULL))]
    {
        let others = elements(other_least, other_greatest, &mut random);
        for a in elements(least, greatest, &mut random) {
            for b in &others {
                assert_eq!(canonical(&a.times(b)), value(&a) * value(b) % prime(), "{a:?} {b:?}");
            }
        }
    }
}

#[test]
fn squares_and_inverses() {
    for element in elements(-FULL, FULL, &mut Random(3)) {
        let expected = value(&element) * value(&element) % prime();
        assert_eq!(canonical(&element.squared()), expected, "{element:?}");
        assert_eq!(canonical(&element.squared_times(2)), &expected * &expected % prime(), "{element:?}");
        let one = BigUint::from(u8::from(!element.is_zero()));
        assert_eq!(canonical(&element.inverse().times(&element.carried())), one, "{element:?}");
    }
}

#[test]
fn remainders_modulo_the_order() {
    let order =
        (BigUint::from(1_u8) << 252) + BigUint::parse_bytes(b"27742317777372353535851937790883648493", 10).unwrap();
    let mut random = Random(4);
    let mut numbers = Vec::from([[0; 64], [0xff; 64]]);
    for bit in 0..512 {
        // Around multiples of the order, which end at powers of two.
        let multiple = (BigUint::from(1_u8) << bit) / &order * &order;
        for more in [0_u8, 1, 2] {
            for number in [&multiple + BigUint::from(more), &multiple + &order - BigUint::from(more)] {
                let mut bytes = number.to_bytes_le();
                bytes.resize(64, 0);
                numbers.push(bytes.try_into().unwrap());
            }
        }
        let mut sparse = [0; 64];
        sparse[bit / 8] = 1 << (bit % 8);
        numbers.extend([sparse, sparse.map(|byte| !byte)]);
    }
    for _ in 0..1000 {
        let halves = [random.bytes(), random.bytes()];
        numbers.push(halves.concat().try_into().unwrap());
    }
    for number in numbers {
        let words = reduced(&number);
        let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        assert_eq!(BigUint::from_bytes_le(&bytes), BigUint::from_bytes_le(&number) % &order, "{number:?}");
        assert!(is_below_order(&words));
    }
}
