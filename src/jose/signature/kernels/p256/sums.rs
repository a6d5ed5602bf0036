//! Sums of many points at once, for tables. With the coordinates themselves an addition needs an inverse, and five
//! products and a square beside it, where [`Group::plus`] needs eight and two, and seven and one more to make an entry of
//! the sum. One inversion serves all (P. L. Montgomery, "Speeding the Pollard and Elliptic Curve Methods", 1987).

use alloc::vec::Vec;

use super::{
    super::{
        comb::{self, Group},
        word::Word,
    },
    field::Element,
    point::{Entry, Point},
};

/// The entries of a part, as [`Group::part`] gives them. `None` where points meet that are the same or opposite.
pub(super) fn part(teeth: &[[Entry; 2]]) -> Option<Vec<Entry>> {
    let (_, others) = teeth.split_last()?;
    let (first, others) = others.split_at(FEW_TEETH.min(others.len()));
    let mut entries = Point::entries(&comb::sums(comb::lowest::<Point>(teeth), first));
    for [_, twice] in others {
        let sums = with(&entries, twice)?;
        entries.extend(sums);
    }
    Some(entries)
}

/// The sums of these points and another. `None` where one of them is the same or the opposite.
fn with(points: &[Entry], other: &Entry) -> Option<Vec<Entry>> {
    let other = other.coordinates();
    let [other_x, _] = &other;
    let mut product = Element::ONE;
    let mut products = Vec::with_capacity(points.len());
    for point in points.iter().rev() {
        let [x, _] = point.coordinates();
        products.push(product);
        product = product.times(&other_x.minus(&x));
    }
    if product.is_zero() {
        return None;
    }
    let mut inverse = product.inverse();
    let sums = points.iter().zip(products.iter().rev()).map(|(point, before)| {
        let point = point.coordinates();
        let [x, _] = &point;
        let of_run = inverse.times(before);
        inverse = inverse.times(&other_x.minus(x));
        Entry::of(&chord(&point, &other, &of_run, &Element::ONE))
    });
    Some(sums.collect())
}

/// The sum of two points with different x, given the inverse of their distance there.
///
/// Products alone, so that no sum is larger than what it is of: tables are sums of sums of sums.
#[inline(always)]
pub(super) fn chord<W: Word>(
    [x, y]: &[Element<W>; 2],
    [other_x, other_y]: &[Element<W>; 2],
    inverse: &Element<W>,
    one: &Element<W>,
) -> [Element<W>; 2] {
    let slope = other_y.minus(y).times(inverse);
    let sum_x = slope.times_minus_product(&slope, &x.plus(other_x), one);
    // The third point of the line is the negative of the sum.
    let sum_y = slope.times_minus(&other_x.minus(&sum_x), other_y);
    [sum_x, sum_y]
}

/// Teeth with so few sums that an inversion takes longer than it saves.
const FEW_TEETH: usize = 4;

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::{
        super::table::{WIDE, generator},
        *,
    };

    /// A tooth whose point is so many times the generator.
    fn tooth(multiple: u32) -> [Entry; 2] {
        let one = Point::entries(&[generator()]);
        let point = (0..multiple).fold(Point::identity(), |sum, _| sum.plus(&one[0]));
        let entries = Point::entries(&[point, point.doubled()]);
        [entries[0], entries[1]]
    }

    fn numbers(entries: &[Entry]) -> Vec<[[u32; 8]; 2]> {
        entries.iter().map(|entry| entry.coordinates().map(|each| each.words())).collect()
    }

    /// As when each sum is made by itself.
    #[test]
    fn entries_of_a_part() {
        let mut teeth = vec![tooth(1)];
        while let Some([_, twice]) = teeth.last()
            && teeth.len() < usize::try_from(WIDE.teeth).unwrap()
        {
            let next = Point::identity().plus(twice).doubled_often(22);
            let entries = Point::entries(&[next, next.doubled()]);
            teeth.push([entries[0], entries[1]]);
        }
        for count in 1..=teeth.len() {
            let teeth = &teeth[..count];
            assert_eq!(numbers(&part(teeth).unwrap()), numbers(&comb::part::<Point>(teeth)), "{count} teeth");
        }
    }

    /// The teeth 1, 1, 1, 1, 8 and 24 times the generator make 12 to 20 times the generator of the first four, and
    /// among them what is to be added, 16 times. With 40 instead of 24 they do not.
    #[test]
    fn points_that_are_the_same() {
        let teeth = |last| [1, 1, 1, 1, 8, last].map(tooth);
        assert!(part(&teeth(40)).is_some());
        assert!(part(&teeth(24)).is_none());
        let multiples: Vec<u32> = (0..32_u32).map(|place| 12 + 2 * (place & 15).count_ones() + (place & 16)).collect();
        let expected: Vec<Entry> = multiples.into_iter().map(|multiple| tooth(multiple)[0]).collect();
        assert_eq!(numbers(&Point::part(&teeth(24))), numbers(&expected));
    }
}
