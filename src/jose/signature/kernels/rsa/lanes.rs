//! Two floating-point numbers side by side, and the one rounding that is used on purpose.
//!
//! A double holds every integer up to 2^53, so that sums and products of small integers are exact, and
//! WebAssembly multiplies two of them with one instruction (`f64x2.mul`); of 64-bit integers it cannot. All
//! arithmetic here is on integers in that range; the tests run it on intervals and see that none leaves it.

/// Two lanes, first and second.
pub(crate) trait Lanes: Copy {
    const ZERO: Self;

    fn new(first: f64, second: f64) -> Self;

    fn sum(self, other: Self) -> Self;

    fn product(self, other: Self) -> Self;

    /// self + left · right. A machine may round it once or twice: as product and sum are exact, it does neither.
    #[inline(always)]
    fn plus_product(self, left: Self, right: Self) -> Self {
        self.sum(left.product(right))
    }

    /// The first lanes of both.
    fn firsts(self, other: Self) -> Self;

    /// The second lanes of both.
    fn seconds(self, other: Self) -> Self;

    /// The second lane of this and the first of the next: what lies one position before `next`.
    fn across(self, next: Self) -> Self;

    /// The second lane first.
    fn swapped(self) -> Self;

    /// x as low + high, with low within ± 2^(width - 1) and high a multiple of 2^width. Sums of such multiples are exact
    /// as long as their quotients by 2^width are: the type of the tests holds these instead.
    fn split(self, width: &Width) -> (Self, Self);

    /// self + high / 2^width, for a high part: what is above a digit goes to the next one.
    #[inline(always)]
    fn plus_carried(self, high: Self, width: &Width) -> Self {
        self.plus_product(high, Self::new(width.down, width.down))
    }

    /// Nothing: for the tests, which see here that nothing is lost.
    fn expect_zero(self) {}
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
    /// Of 1 to 30 bits.
    pub(crate) fn new(bits: u32) -> Self {
        let up = f64::from(1_u32.wrapping_shl(bits));
        Self { bits, shift: up * ONE_AND_A_HALF_TIMES_2_TO_52, down: 1.0 / up, up }
    }

    pub(crate) fn bits(&self) -> u32 {
        self.bits
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

/// The two lanes of a [`Pair`].
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
pub(crate) fn lanes(pair: Pair) -> [f64; 2] {
    pair
}

/// The two lanes of a [`Pair`].
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub(crate) fn lanes(pair: Pair) -> [f64; 2] {
    use core::arch::wasm32::f64x2_extract_lane;
    [f64x2_extract_lane::<0>(pair), f64x2_extract_lane::<1>(pair)]
}

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
    fn firsts(self, [c, _]: Self) -> Self {
        let [a, _] = self;
        [a, c]
    }

    #[inline(always)]
    fn seconds(self, [_, d]: Self) -> Self {
        let [_, b] = self;
        [b, d]
    }

    #[inline(always)]
    fn across(self, [c, _]: Self) -> Self {
        let [_, b] = self;
        [b, c]
    }

    #[inline(always)]
    fn swapped(self) -> Self {
        let [a, b] = self;
        [b, a]
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

    /// In one run on Node 24 the arithmetic of 2048 bits took 33.5 us with it, and 40.4 without.
    #[cfg(target_feature = "relaxed-simd")]
    #[inline(always)]
    fn plus_product(self, left: Self, right: Self) -> Self {
        core::arch::wasm32::f64x2_relaxed_madd(left, right, self)
    }

    #[inline(always)]
    fn firsts(self, other: Self) -> Self {
        core::arch::wasm32::i64x2_shuffle::<0, 2>(self, other)
    }

    #[inline(always)]
    fn seconds(self, other: Self) -> Self {
        core::arch::wasm32::i64x2_shuffle::<1, 3>(self, other)
    }

    #[inline(always)]
    fn across(self, next: Self) -> Self {
        core::arch::wasm32::i64x2_shuffle::<1, 2>(self, next)
    }

    #[inline(always)]
    fn swapped(self) -> Self {
        core::arch::wasm32::i64x2_shuffle::<1, 0>(self, self)
    }

    #[inline(always)]
    fn split(self, width: &Width) -> (Self, Self) {
        use core::arch::wasm32::{f64x2_add, f64x2_splat, f64x2_sub};
        let shift = f64x2_splat(width.shift);
        let high = f64x2_sub(f64x2_add(self, shift), shift);
        (f64x2_sub(self, high), high)
    }
}

const ONE_AND_A_HALF_TIMES_2_TO_52: f64 = 6_755_399_441_055_744.0;
