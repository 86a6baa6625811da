//! Logarithms in whole centibans, without floating point.

/// `100 × log10(numerator / denominator)`, to about one centiban; zero counts as one.
pub(super) fn ratio(numerator: u64, denominator: u64) -> i32 {
    of(numerator) - of(denominator)
}

/// `100 × log10(number)`: the binary logarithm to twelve places by repeated squaring, times 100 × log10(2).
fn of(number: u64) -> i32 {
    let number = number.max(1);
    let whole = number.ilog2();
    // The mantissa in [1, 2) with 31 binary places.
    let mut mantissa = if whole >= 31 { number >> (whole - 31) } else { number << (31 - whole) };
    let mut places = 0_u64;
    for _ in 0..12 {
        mantissa = (mantissa * mantissa) >> 31;
        places <<= 1;
        if mantissa >> 32 != 0 {
            mantissa >>= 1;
            places |= 1;
        }
    }
    let binary = u64::from(whole) << 12 | places;
    i32::try_from((binary * 301_030 / 10_000) >> 12).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_agrees_with_the_logarithm() {
        for (numerator, denominator) in [(1, 1), (10, 1), (2, 1), (1, 1000), (999_999, 7), (u64::MAX, 3), (1, 0)] {
            let exact = 100.0 * (numerator as f64 / (denominator as f64).max(1.0)).log10();
            let found = f64::from(ratio(numerator, denominator));
            assert!((found - exact).abs() <= 2.0, "{numerator}/{denominator}: {found} for {exact}");
        }
    }
}
