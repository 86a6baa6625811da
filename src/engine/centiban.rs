//! Logarithms in whole centibans: 1/100 of the decimal logarithm of a ratio, without floating point.
//!
//! The same ratio gives the same number on every machine, so a result can be replayed to the byte.

/// Binary places that a ratio between one and ten is kept with.
const ONE: u128 = 1 << 40;

/// `floor(100 × log10(numerator / denominator))`, to one centiban; a zero on either side counts as one.
pub(super) fn ratio_in_centibans(numerator: u32, denominator: u32) -> i32 {
    let (mut numerator, mut denominator) = (u128::from(numerator.max(1)), u128::from(denominator.max(1)));
    let mut decades = 0;
    // Both loops end: each step is a factor of ten towards a ratio between one and ten.
    while numerator < denominator {
        numerator *= 10;
        decades -= 1;
    }
    while numerator >= 10 * denominator {
        denominator *= 10;
        decades += 1;
    }
    let (first, rest) = next_decimal(numerator * ONE / denominator);
    let (second, _) = next_decimal(rest);
    100 * decades + 10 * first + second
}

/// The next decimal of a logarithm, and the ratio that the following ones come from.
///
/// The tenth power of a ratio between one and ten lies between one and ten thousand million: how often it can be
/// divided by ten is the decimal.
fn next_decimal(ratio: u128) -> (i32, u128) {
    let mut power = (0..10).fold(ONE, |power, _| power * ratio / ONE);
    let mut decimal = 0;
    while power >= 10 * ONE && decimal < 9 {
        power /= 10;
        decimal += 1;
    }
    (decimal, power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_agrees_with_the_logarithm_to_one_centiban() {
        for (numerator, denominator) in
            [(1, 1), (10, 1), (2, 1), (67, 10), (7, 100), (1, 1000), (999_999, 7), (1, 999_999)]
        {
            let exact = 100.0 * (f64::from(numerator) / f64::from(denominator)).log10();
            let found = f64::from(ratio_in_centibans(numerator, denominator));
            assert!((found - exact).abs() <= 1.0, "{numerator}/{denominator}: {found} for {exact}");
        }
    }

    #[test]
    fn it_grows_with_the_ratio() {
        let of = |n: u32| ratio_in_centibans(n, 1000);
        assert!((1..20_000).all(|n| of(n) <= of(n + 1)));
        assert_eq!((ratio_in_centibans(u32::MAX, 1), ratio_in_centibans(0, u32::MAX)), (963, -964));
    }
}
