//! That nothing overflows: each formula, run over everything that its coordinates can be, ends within what they can be.

use super::{
    super::{
        comb::{self, LARGE, SMALL},
        interval::Interval,
    },
    field::{Element, R_SQUARED},
    point::{B, Coordinates, Jacobian, difference},
    sums,
    table::{WIDE, generator},
};

/// The limbs of a product, with what the last can be, in units of 2^24, which is p / 2^232.
fn product(least: i128, greatest: i128) -> Element<Interval> {
    let digit = Interval::around_zero(1 << 28);
    let mut limbs = [digit; 9];
    limbs[8] = Interval::new(least << 24, greatest << 24);
    Element(limbs)
}

fn coordinates() -> Coordinates<Interval> {
    Coordinates { x: product(-5, 4), y: product(-3, 3), zz: product(-2, 3), zzz: product(-2, 3) }
}

/// Of an entry, or of its negative.
fn entry() -> [Element<Interval>; 2] {
    [product(-2, 2), product(-3, 3)]
}

fn within(element: &Element<Interval>, bounds: &Element<Interval>) -> bool {
    element.0.iter().zip(&bounds.0).all(|(limb, bound)| limb.is_within(*bound))
}

fn assert_closed(result: &Coordinates<Interval>) {
    let bounds = coordinates();
    assert!(within(&result.x, &bounds.x), "{:?}", result.x);
    assert!(within(&result.y, &bounds.y), "{:?}", result.y);
    assert!(within(&result.zz, &bounds.zz), "{:?}", result.zz);
    assert!(within(&result.zzz, &bounds.zzz), "{:?}", result.zzz);
}

/// What [`Element::is_zero`] and [`Element::words`] take: 16p is above 2^232·(2^28 − 1), and limbs that are
/// digits, but the last, come to less than 2^232. Below a multiple of R the words are right.
fn assert_tells_zero(element: &Element<Interval>) {
    assert!(within(element, &product(-15, 15)), "{element:?}");
    element.times(&constant(&Element([1, 0, 0, 0, 0, 0, 0, 0, 0])));
}

fn constant(element: &Element) -> Element<Interval> {
    Element(element.0.map(|limb| Interval::new(limb.into(), limb.into())))
}

#[test]
fn additions() {
    let point = coordinates();
    let [x, y] = entry();
    let (run, rise) = point.distance(&x, &y);
    assert_tells_zero(&run);
    assert_tells_zero(&rise);
    assert_closed(&point.chord(&run, &rise));
}

#[test]
fn doublings() {
    assert_closed(&coordinates().tangent());
}

#[test]
fn repeated_doublings() {
    let point = Jacobian { x: product(-5, 4), y: product(-3, 3), z: product(-5, 4) };
    let within = |result: Jacobian<Interval>| {
        assert!(within(&result.x, &point.x), "{:?}", result.x);
        assert!(within(&result.y, &point.y), "{:?}", result.y);
        assert!(within(&result.z, &point.z), "{:?}", result.z);
    };
    within(Jacobian::of(&coordinates()));
    within(point.tangent());
    assert_closed(&point.coordinates());
}

#[test]
fn entries_and_their_inversion() {
    let point = coordinates();
    // A product of many ZZZ, and what an inverse is.
    let many = product(-2, 3);
    assert!(within(&many.times(&point.zzz), &many));
    assert_tells_zero(&many);
    assert!(within(&of_words(), &many));
    let [x, y] = point.affine(&many.times(&many));
    let affine = [x, y];
    let positive = product(-1, 2);
    assert!(affine.iter().all(|each| within(each, &positive)));
    assert_entry(&affine);
}

/// Entries that are made of entries.
#[test]
fn sums_of_many() {
    let many = product(-2, 3);
    // What is added is the double of a tooth, made by the inversion of points.
    let (entry, double) = (entry(), [product(-1, 2), product(-1, 2)]);
    let ([x, _], [double_x, _]) = (&entry, &double);
    assert!(within(&many.times(&double_x.minus(x)), &many));
    assert_entry(&sums::chord(&entry, &double, &many.times(&many), &constant(&Element::ONE)));
}

/// It fits an entry, and so does its negative. A point can be there.
fn assert_entry(affine: &[Element<Interval>; 2]) {
    let ([x, y], [entry_x, entry_y]) = (affine, entry());
    assert!(within(x, &entry_x), "{x:?}");
    assert!(within(y, &entry_y) && within(&y.negated(), &entry_y), "{y:?}");
    let limb = Interval::around_zero(i32::MAX.into());
    assert!(x.0.iter().chain(&y.0).all(|each| each.is_within(limb)), "limbs that an entry does not hold");
    let one = constant(&Element::ONE);
    assert_closed(&Coordinates { x: entry_x, y: entry_y, zz: one, zzz: one });
}

#[test]
fn numbers_from_outside() {
    let (x, y) = (of_words(), of_words());
    assert_entry(&[x, y]);
    assert_tells_zero(&difference(&x, &y, &constant(&Element::of_words(&B)), &constant(&Element::ONE)));
    assert_tells_zero(&x.times_minus(&coordinates().zz, &coordinates().x));
}

/// What [`Element::of_words`] makes of any number below 2^256.
fn of_words() -> Element<Interval> {
    let mut limbs = [Interval::new(0, (1 << 29) - 1); 9];
    limbs[8] = Interval::new(0, (1 << 24) - 1);
    Element(limbs).times(&constant(&R_SQUARED))
}

#[test]
fn the_generators_entries() {
    for entry in [SMALL, LARGE, WIDE].into_iter().flat_map(|shape| comb::table(&generator(), shape)) {
        assert_entry(&entry.coordinates().map(|each| constant(&each)));
    }
}
