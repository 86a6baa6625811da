//! Arithmetic modulo an odd number, in Montgomery form (HAC §14.3.2), for public numbers only.
//!
//! A number is `N` words of 64 bits, the least significant first; a smaller modulus is padded with zeros. Numbers in
//! Montgomery form are multiples of R = 2^(64·N) modulo the modulus and always smaller than it. Nothing here runs in
//! constant time.
//!
//! Every loop runs over the words of fixed arrays. No input can make one longer.

/// A number of `N` words, the least significant first.
pub type Number<const N: usize> = [u64; N];

/// Zero.
pub const fn zero<const N: usize>() -> Number<N> {
    [0; N]
}

/// Reads an unsigned number, most significant octet first; `None` if it does not fit.
pub fn from_octets<const N: usize>(octets: &[u8]) -> Option<Number<N>> {
    let zeros = octets.iter().take_while(|octet| **octet == 0).count();
    let octets = octets.get(zeros..)?;
    let mut number = zero::<N>();
    let mut words = number.iter_mut();
    for chunk in octets.rchunks(8) {
        *words.next()? = chunk.iter().fold(0, |word, octet| word << 8 | u64::from(*octet));
    }
    Some(number)
}

/// Writes `number` into `octets`, most significant first; higher octets than fit are dropped.
pub fn to_octets<const N: usize>(number: &Number<N>, octets: &mut [u8]) {
    let all = number.iter().flat_map(|word| word.to_le_bytes());
    for (to, from) in octets.iter_mut().rev().zip(all) {
        *to = from;
    }
}

/// Whether `one` is smaller than `other`.
pub fn is_less<const N: usize>(one: &Number<N>, other: &Number<N>) -> bool {
    one.iter().rev().lt(other.iter().rev())
}

/// Whether it is zero.
pub fn is_zero<const N: usize>(number: &Number<N>) -> bool {
    number.iter().all(|word| *word == 0)
}

/// The length in bits.
pub fn bits<const N: usize>(number: &Number<N>) -> usize {
    let zeros = number.iter().rev().take_while(|word| **word == 0).count();
    match number.get(N.wrapping_sub(zeros + 1)) {
        Some(word) => 64 * (N - zeros) - word.leading_zeros() as usize,
        None => 0,
    }
}

/// How many bits are set.
fn ones<const N: usize>(number: &Number<N>) -> u32 {
    number.iter().map(|word| word.count_ones()).sum()
}

/// The bit at `index`, the least significant being 0.
pub fn bit<const N: usize>(number: &Number<N>, index: usize) -> bool {
    number.get(index / 64).is_some_and(|word| word >> (index % 64) & 1 == 1)
}

/// The number divided by 2^`count`, which is below 64 and not 0, rounded down.
pub fn shift_right<const N: usize>(number: &Number<N>, count: u32) -> Number<N> {
    core::array::from_fn(|index| {
        let above = number.get(index + 1).copied().unwrap_or(0);
        number[index] >> count | above << (64 - count)
    })
}

/// `a·b + c + d`, low and high word. It always fits.
#[inline(always)]
const fn multiply_add(a: u64, b: u64, c: u64, d: u64) -> (u64, u64) {
    let wide = a as u128 * b as u128 + c as u128 + d as u128;
    (wide as u64, (wide >> 64) as u64)
}

/// `one + other`, and whether it overflowed.
#[inline(always)]
pub fn add<const N: usize>(one: &Number<N>, other: &Number<N>) -> (Number<N>, bool) {
    let mut sum = zero::<N>();
    let mut carry = false;
    for i in 0..N {
        let (low, first) = one[i].overflowing_add(other[i]);
        let (low, second) = low.overflowing_add(u64::from(carry));
        sum[i] = low;
        carry = first | second;
    }
    (sum, carry)
}

/// `one - other`, and whether it went below zero.
#[inline(always)]
pub fn subtract<const N: usize>(one: &Number<N>, other: &Number<N>) -> (Number<N>, bool) {
    let mut difference = zero::<N>();
    let mut borrow = false;
    for i in 0..N {
        let (low, first) = one[i].overflowing_sub(other[i]);
        let (low, second) = low.overflowing_sub(u64::from(borrow));
        difference[i] = low;
        borrow = first | second;
    }
    (difference, borrow)
}

/// `one·other`, low and high half.
#[inline(always)]
fn product<const N: usize>(one: &Number<N>, other: &Number<N>) -> (Number<N>, Number<N>) {
    let (mut low, mut high) = (zero::<N>(), zero::<N>());
    for i in 0..N {
        let mut carry = 0;
        (low[i], carry) = multiply_add(one[i], other[0], high[0], carry);
        for j in 1..N {
            (high[j - 1], carry) = multiply_add(one[i], other[j], high[j], carry);
        }
        high[N - 1] = carry;
    }
    (low, high)
}

/// `number²`, low and high half: the products of different words are computed once and doubled.
#[inline(always)]
fn square<const N: usize>(number: &Number<N>) -> (Number<N>, Number<N>) {
    let (mut low, mut high) = (zero::<N>(), zero::<N>());
    for i in 0..N {
        let mut carry = 0;
        for j in i + 1..N {
            let word = if i + j < N { &mut low[i + j] } else { &mut high[i + j - N] };
            (*word, carry) = multiply_add(number[i], number[j], *word, carry);
        }
        high[i] = carry;
    }
    let mut shifted = 0;
    let mut carry = 0;
    for (i, word) in number.iter().enumerate() {
        let wide = u128::from(*word) * u128::from(*word);
        for (half, k) in [(wide as u64, 2 * i), ((wide >> 64) as u64, 2 * i + 1)] {
            let word = if k < N { &mut low[k] } else { &mut high[k - N] };
            let doubled = *word << 1 | shifted;
            shifted = *word >> 63;
            let sum = u128::from(doubled) + u128::from(half) + u128::from(carry);
            *word = sum as u64;
            carry = (sum >> 64) as u64;
        }
    }
    (low, high)
}

/// An odd modulus above 1 and what multiplication with it needs.
#[derive(Clone, Copy)]
pub struct Modulus<const N: usize> {
    /// The modulus.
    pub value: Number<N>,
    /// -1/modulus modulo 2^64.
    inverse: u64,
    /// R modulo the modulus: one in Montgomery form.
    pub one: Number<N>,
    /// R² modulo the modulus, which leads into Montgomery form.
    square: Number<N>,
    /// The modulus is 2^521 - 1: products are folded, and R counts as 1.
    mersenne: bool,
}

impl<const N: usize> Modulus<N> {
    /// `None` if `value` is even or not above 1.
    pub fn new(value: Number<N>) -> Option<Self> {
        let lowest = value.first().copied().unwrap_or(0);
        if lowest & 1 == 0 || bits(&value) < 2 {
            return None;
        }
        let mut modulus =
            Self { value, inverse: negative_inverse(lowest), one: zero(), square: zero(), mersenne: false };
        let length = bits(&value);
        modulus.mersenne = N == 9 && length == 521 && ones(&value) == 521;
        if modulus.mersenne {
            // R is taken as 1.
            modulus.one[0] = 1;
            modulus.square[0] = 1;
            return Some(modulus);
        }
        let mut one = zero::<N>();
        *one.get_mut((length - 1) / 64)? = 1 << ((length - 1) % 64);
        for _ in length - 1..64 * N {
            one = modulus.double(&one);
        }
        modulus.one = one;
        modulus.square = modulus.two_to(64 * N);
        Some(modulus)
    }

    /// 2^exponent in Montgomery form.
    fn two_to(&self, exponent: usize) -> Number<N> {
        let mut power = self.one;
        for index in (0..usize::BITS - exponent.leading_zeros()).rev() {
            power = self.multiply(&power, &power);
            if exponent >> index & 1 == 1 {
                power = self.double(&power);
            }
        }
        power
    }

    /// `number`, which must be smaller than the modulus, in Montgomery form.
    pub fn enter(&self, number: &Number<N>) -> Number<N> {
        self.multiply(number, &self.square)
    }

    /// Out of Montgomery form.
    pub fn leave(&self, number: &Number<N>) -> Number<N> {
        let mut one = zero::<N>();
        one[0] = 1;
        self.multiply(number, &one)
    }

    /// An unsigned number of octets that is smaller than the modulus, in Montgomery form.
    pub fn enter_octets(&self, octets: &[u8]) -> Option<Number<N>> {
        let number = from_octets(octets)?;
        is_less(&number, &self.value).then(|| self.enter(&number))
    }

    /// `number`, below twice the modulus with `carry` as its highest bit, brought below the modulus.
    #[inline(always)]
    fn reduce(&self, number: Number<N>, carry: bool) -> Number<N> {
        let (smaller, below) = subtract(&number, &self.value);
        if carry || !below { smaller } else { number }
    }

    /// `one + other`.
    #[inline(always)]
    pub fn add(&self, one: &Number<N>, other: &Number<N>) -> Number<N> {
        let (sum, carry) = add(one, other);
        self.reduce(sum, carry)
    }

    /// `2·number`.
    #[inline(always)]
    pub fn double(&self, number: &Number<N>) -> Number<N> {
        self.add(number, number)
    }

    /// `one - other`.
    #[inline(always)]
    pub fn subtract(&self, one: &Number<N>, other: &Number<N>) -> Number<N> {
        let (difference, below) = subtract(one, other);
        if below { add(&difference, &self.value).0 } else { difference }
    }

    /// `-number`.
    #[inline(always)]
    pub fn negate(&self, number: &Number<N>) -> Number<N> {
        self.subtract(&zero(), number)
    }

    /// The Montgomery product: `one·other/R`. Both factors are below the modulus, and so is the product.
    #[inline(always)]
    pub fn multiply(&self, one: &Number<N>, other: &Number<N>) -> Number<N> {
        if N == 9 && self.mersenne {
            let (low, high) = product(one, other);
            return self.fold(&low, &high);
        }
        let mut sum = zero::<N>();
        let mut high = 0_u64;
        for digit in other {
            let mut carry = 0;
            for j in 0..N {
                (sum[j], carry) = multiply_add(one[j], *digit, sum[j], carry);
            }
            let (top, first) = high.overflowing_add(carry);
            let quotient = sum[0].wrapping_mul(self.inverse);
            let (_, mut carry) = multiply_add(quotient, self.value[0], sum[0], 0);
            for j in 1..N {
                (sum[j - 1], carry) = multiply_add(quotient, self.value[j], sum[j], carry);
            }
            let (top, second) = top.overflowing_add(carry);
            sum[N - 1] = top;
            high = u64::from(first) + u64::from(second);
        }
        self.reduce(sum, high != 0)
    }

    /// `number²/R`.
    #[inline(always)]
    pub fn square(&self, number: &Number<N>) -> Number<N> {
        let (low, high) = square(number);
        if N == 9 && self.mersenne { self.fold(&low, &high) } else { self.reduce_wide(low, &high) }
    }

    /// `low + high·2^521` of a product below 2^1042, modulo 2^521 - 1: the part above bit 521 is added to the part below.
    #[inline(always)]
    fn fold(&self, low: &Number<N>, high: &Number<N>) -> Number<N> {
        let mut below = *low;
        let mut above = zero::<N>();
        above[0] = low[N - 1] >> 9 | high[0] << 55;
        for i in 1..N {
            above[i] = high[i - 1] >> 9 | high[i] << 55;
        }
        below[N - 1] &= 0x1FF;
        self.add(&below, &above)
    }

    /// `(low + high·R)/R` (HAC §14.32), for a product of two numbers below the modulus.
    #[inline(always)]
    fn reduce_wide(&self, mut low: Number<N>, high: &Number<N>) -> Number<N> {
        let mut extra = false;
        for next in high {
            let quotient = low[0].wrapping_mul(self.inverse);
            let (_, mut carry) = multiply_add(quotient, self.value[0], low[0], 0);
            for j in 1..N {
                (low[j - 1], carry) = multiply_add(quotient, self.value[j], low[j], carry);
            }
            let (sum, first) = next.overflowing_add(carry);
            let (sum, second) = sum.overflowing_add(u64::from(extra));
            low[N - 1] = sum;
            extra = first | second;
        }
        self.reduce(low, extra)
    }

    /// `base^exponent`, base and result in Montgomery form, the exponent not.
    pub fn power<const M: usize>(&self, base: &Number<N>, exponent: &Number<M>) -> Number<N> {
        let mut powers = [self.one; 16];
        for index in 1..16 {
            powers[index] = self.multiply(&powers[index - 1], base);
        }
        let mut power = self.one;
        for word in exponent.iter().rev() {
            for nibble in (0..16).rev() {
                for _ in 0..4 {
                    power = self.square(&power);
                }
                let digit = (word >> (4 * nibble) & 15) as usize;
                if digit != 0 {
                    power = self.multiply(&power, &powers[digit]);
                }
            }
        }
        power
    }

    /// `1/number` in Montgomery form, for a prime modulus; zero for zero (Fermat).
    pub fn invert(&self, number: &Number<N>) -> Number<N> {
        let mut two = zero::<N>();
        two[0] = 2;
        let (exponent, _) = subtract(&self.value, &two);
        self.power(number, &exponent)
    }
}

/// -1/odd modulo 2^64, by Newton's iteration: each step doubles the bits that are right.
const fn negative_inverse(odd: u64) -> u64 {
    let mut inverse = odd;
    let mut step = 0;
    while step < 6 {
        inverse = inverse.wrapping_mul(2_u64.wrapping_sub(odd.wrapping_mul(inverse)));
        step += 1;
    }
    inverse.wrapping_neg()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn modulus(value: u128) -> Option<Modulus<2>> {
        Modulus::new([value as u64, (value >> 64) as u64])
    }

    fn wide([low, high]: Number<2>) -> u128 {
        u128::from(high) << 64 | u128::from(low)
    }

    fn narrow(value: u128) -> Number<2> {
        [value as u64, (value >> 64) as u64]
    }

    /// Multiplication modulo a number of up to 127 bits by shifting and adding.
    fn multiply_slowly(one: u128, other: u128, modulus: u128) -> u128 {
        (0..128).rev().fold(0, |product, index| {
            let product = (product << 1) % modulus;
            let bit = other >> index & 1;
            (product + bit * one) % modulus
        })
    }

    proptest! {
        #[test]
        fn arithmetic_agrees_with_that_of_wide_integers(
            m in 3..1_u128 << 126, a in any::<u128>(), b in any::<u128>(),
        ) {
            let m = m | 1;
            let (a, b) = (a % m, b % m);
            let modulus = modulus(m).unwrap();
            let [x, y] = [a, b].map(|number| modulus.enter(&narrow(number)));
            let leave = |number| wide(modulus.leave(&number));
            prop_assert_eq!(leave(x), a);
            prop_assert_eq!(leave(modulus.add(&x, &y)), (a + b) % m);
            prop_assert_eq!(leave(modulus.subtract(&x, &y)), (a + m - b) % m);
            prop_assert_eq!(leave(modulus.negate(&x)), (m - a) % m);
            prop_assert_eq!(leave(modulus.multiply(&x, &y)), multiply_slowly(a, b, m));
            prop_assert_eq!(leave(modulus.square(&x)), multiply_slowly(a, a, m));
        }

        #[test]
        fn a_power_is_a_repeated_product(base in any::<u64>(), exponent in 0..40_u64) {
            let m = (1_u128 << 89) - 1;
            let modulus = modulus(m).unwrap();
            let x = modulus.enter(&narrow(base.into()));
            let product = (0..exponent).fold(1, |all, _| multiply_slowly(all, base.into(), m));
            prop_assert_eq!(wide(modulus.leave(&modulus.power(&x, &[exponent]))), product);
            let inverse = modulus.invert(&x);
            let one = if base == 0 { zero() } else { modulus.one };
            prop_assert_eq!(modulus.multiply(&x, &inverse), one);
        }

        #[test]
        fn octets_come_back_as_they_went(octets in prop::collection::vec(any::<u8>(), 0..24)) {
            let number: Number<3> = from_octets(&octets).unwrap();
            let mut back = vec![0; octets.len()];
            to_octets(&number, &mut back);
            prop_assert_eq!(back, octets);
        }
    }

    #[test]
    fn even_moduli_zero_and_one_are_none_and_too_long_numbers_do_not_fit() {
        for value in [0, 1, 2, 1 << 64, u128::MAX - 1] {
            assert!(modulus(value).is_none(), "{value}");
        }
        assert!(modulus(u128::MAX).is_some());
        assert!(from_octets::<1>(&[1, 0, 0, 0, 0, 0, 0, 0, 0]).is_none());
        assert_eq!(from_octets::<1>(&[0, 0, 1, 0, 0, 0, 0, 0, 0, 0][..9]), Some([1 << 48]));
        assert_eq!(from_octets::<1>(&[]), Some([0]));
        assert_eq!((bits(&[0, 0]), bits(&[1, 0]), bits(&[0, 1])), (0, 1, 65));
    }
}
