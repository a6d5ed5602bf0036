//! Two floating-point numbers side by side, and the roundings that are used on purpose.
//!
//! A double holds every integer up to 2^53, so that sums and products of small integers are exact, and
//! WebAssembly multiplies two of them with one instruction (`f64x2.mul`); of 64-bit integers it cannot. All
//! arithmetic is on integers in that range, or on multiples of a power of two that are as few; the tests run it on
//! intervals and see that none leaves it.

#[cfg(test)]
extern crate std;

use super::digits::float;

/// Two lanes, first and second.
pub(crate) trait Lanes: Copy + Send + Sync + 'static {
    const ZERO: Self;

    fn new(first: f64, second: f64) -> Self;

    /// The same number in both lanes.
    #[inline(always)]
    fn both(number: f64) -> Self {
        Self::new(number, number)
    }

    fn sum(self, other: Self) -> Self;

    fn product(self, other: Self) -> Self;

    /// The second lane of this and the first of the next: what lies one position before `next`.
    fn across(self, next: Self) -> Self;

    /// Each lane in both.
    fn each(self) -> [Self; 2];

    fn lanes(self) -> [f64; 2];

    /// x as low + high, with low within ± 2^(width - 1) and high a multiple of 2^width. Sums of such multiples are exact
    /// as long as their quotients by 2^width are: the type of the tests holds these instead.
    fn split(self, width: &Width) -> (Self, Self);

    /// self + high / 2^width, for a high part: what is above a digit goes to the next one.
    #[inline(always)]
    fn plus_carried(self, high: Self, width: &Width) -> Self {
        self.sum(high.product(Self::both(width.down)))
    }
}

/// Lanes with an instruction that multiplies and adds with one rounding.
#[cfg(any(test, target_feature = "relaxed-simd"))]
pub(crate) trait Fusing: Lanes {
    fn difference(self, other: Self) -> Self;

    /// self + left · right, rounded once.
    fn plus_fused(self, left: Self, right: Self) -> Self;

    /// Whether the machine has one: where it has not, `plus_fused` rounds twice.
    #[cfg(target_feature = "relaxed-simd")]
    fn is_fused() -> bool;
}

/// The bits of a digit, and the constants that take a number apart there.
#[derive(Clone, Copy)]
pub(crate) struct Width {
    bits: u32,
    /// 1.5 · 2^(52 + bits). Next to it doubles are 2^bits apart, so that adding it, to a number below
    /// 2^(51 + bits), rounds to a multiple of 2^bits, and subtracting it again is exact.
    shift: f64,
    down: f64,
    up: f64,
}

impl Width {
    /// Of 1 to 62 bits.
    pub(crate) fn new(bits: u32) -> Self {
        let up = float(1_i64.wrapping_shl(bits));
        Self { bits, shift: up * ONE_AND_A_HALF_TIMES_2_TO_52, down: 1.0 / up, up }
    }

    pub(crate) fn bits(&self) -> u32 {
        self.bits
    }

    /// 1.5 · 2^(52 + bits).
    #[cfg(any(test, target_feature = "relaxed-simd"))]
    pub(crate) fn shift(&self) -> f64 {
        self.shift
    }

    /// 2^bits.
    pub(crate) fn up(&self) -> f64 {
        self.up
    }

    /// 2^-bits.
    pub(crate) fn down(&self) -> f64 {
        self.down
    }
}

/// The type for the machine at hand.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
pub(crate) type Pair = [f64; 2];

/// The type for the machine at hand.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub(crate) type Pair = core::arch::wasm32::v128;

impl Lanes for [f64; 2] {
    const ZERO: Self = [0.0; 2];

    #[inline(always)]
    fn new(first: f64, second: f64) -> Self {
        [first, second]
    }

    #[inline(always)]
    fn sum(self, [c, d]: Self) -> Self {
        let [a, b] = self;
        [a + c, b + d]
    }

    #[inline(always)]
    fn product(self, [c, d]: Self) -> Self {
        let [a, b] = self;
        [a * c, b * d]
    }

    #[inline(always)]
    fn across(self, [c, _]: Self) -> Self {
        let [_, b] = self;
        [b, c]
    }

    #[inline(always)]
    fn each(self) -> [Self; 2] {
        self.map(|lane| [lane; 2])
    }

    fn lanes(self) -> [f64; 2] {
        self
    }

    #[inline(always)]
    fn split(self, width: &Width) -> (Self, Self) {
        let high = self.map(|x| (x + width.shift) - width.shift);
        let ([a, b], [c, d]) = (self, high);
        ([a - c, b - d], high)
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
impl Lanes for core::arch::wasm32::v128 {
    const ZERO: Self = core::arch::wasm32::f64x2(0.0, 0.0);

    #[inline(always)]
    fn new(first: f64, second: f64) -> Self {
        core::arch::wasm32::f64x2(first, second)
    }

    #[inline(always)]
    fn sum(self, other: Self) -> Self {
        core::arch::wasm32::f64x2_add(self, other)
    }

    #[inline(always)]
    fn product(self, other: Self) -> Self {
        core::arch::wasm32::f64x2_mul(self, other)
    }

    #[inline(always)]
    fn across(self, next: Self) -> Self {
        core::arch::wasm32::i64x2_shuffle::<1, 2>(self, next)
    }

    #[inline(always)]
    fn each(self) -> [Self; 2] {
        use core::arch::wasm32::i64x2_shuffle;
        [i64x2_shuffle::<0, 0>(self, self), i64x2_shuffle::<1, 1>(self, self)]
    }

    fn lanes(self) -> [f64; 2] {
        use core::arch::wasm32::f64x2_extract_lane;
        [f64x2_extract_lane::<0>(self), f64x2_extract_lane::<1>(self)]
    }

    #[inline(always)]
    fn split(self, width: &Width) -> (Self, Self) {
        use core::arch::wasm32::{f64x2_add, f64x2_splat, f64x2_sub};
        let shift = f64x2_splat(width.shift);
        let high = f64x2_sub(f64x2_add(self, shift), shift);
        (f64x2_sub(self, high), high)
    }
}

/// The machine of the tests, too, has an instruction, or a library that does the same.
#[cfg(test)]
impl Fusing for [f64; 2] {
    fn difference(self, [c, d]: Self) -> Self {
        let [a, b] = self;
        [a - c, b - d]
    }

    fn plus_fused(self, [a, b]: Self, [c, d]: Self) -> Self {
        let [e, f] = self;
        [a.mul_add(c, e), b.mul_add(d, f)]
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
impl Fusing for core::arch::wasm32::v128 {
    #[inline(always)]
    fn difference(self, other: Self) -> Self {
        core::arch::wasm32::f64x2_sub(self, other)
    }

    #[inline(always)]
    fn plus_fused(self, left: Self, right: Self) -> Self {
        core::arch::wasm32::f64x2_relaxed_madd(left, right, self)
    }

    fn is_fused() -> bool {
        // (1 + 2^-30)^2 - 1 - 2^-29 is 2^-60, or zero if the square is rounded first.
        let number = core::hint::black_box(1.0 + f64::EPSILON * 4_194_304.0);
        let rest = Self::both(1.0 - 2.0 * number).plus_fused(Self::both(number), Self::both(number));
        rest.lanes().into_iter().all(|lane| lane > 0.0)
    }
}

const ONE_AND_A_HALF_TIMES_2_TO_52: f64 = 6_755_399_441_055_744.0;
