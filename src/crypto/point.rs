//! Points of curves y² = x³ - 3x + b over a prime field, in Jacobian coordinates (x = X/Z², y = Y/Z³).
//!
//! Formulas: doubling of Bernstein (2001, a = -3), addition of Bernstein and Lange (2007), mixed addition (Z₂ = 1).
//! Every exceptional case (the neutral element, equal and opposite points) is looked for and answered, because the
//! points come from outside. For public numbers only: nothing runs in constant time.

use super::montgomery::{Modulus, Number, bit, is_zero, zero};

/// A point with Z = 1, coordinates in Montgomery form. Never the neutral element.
#[derive(Clone, Copy)]
pub struct Affine<const N: usize> {
    /// The first coordinate.
    pub x: Number<N>,
    /// The second.
    pub y: Number<N>,
}

/// A point in Jacobian coordinates; the neutral element has Z = 0.
#[derive(Clone, Copy)]
pub struct Point<const N: usize> {
    /// X.
    pub x: Number<N>,
    /// Y.
    pub y: Number<N>,
    /// Z.
    pub z: Number<N>,
}

impl<const N: usize> Point<N> {
    /// The neutral element.
    pub const fn neutral() -> Self {
        Self { x: zero(), y: zero(), z: zero() }
    }

    /// The same point with Z = 1.
    pub fn of(affine: &Affine<N>, field: &Modulus<N>) -> Self {
        Self { x: affine.x, y: affine.y, z: field.one }
    }

    /// Whether it is the neutral element.
    pub fn is_neutral(&self) -> bool {
        is_zero(&self.z)
    }

    /// The opposite point.
    pub fn negate(&self, f: &Modulus<N>) -> Self {
        Self { y: f.negate(&self.y), ..*self }
    }

    /// Twice the point.
    pub fn double(&self, f: &Modulus<N>) -> Self {
        let delta = f.square(&self.z);
        let gamma = f.square(&self.y);
        let beta = f.multiply(&self.x, &gamma);
        let difference = f.subtract(&self.x, &delta);
        let product = f.multiply(&difference, &f.add(&self.x, &delta));
        let alpha = f.add(&f.double(&product), &product);
        let beta4 = f.double(&f.double(&beta));
        let x = f.subtract(&f.square(&alpha), &f.double(&beta4));
        let sum = f.square(&f.add(&self.y, &self.z));
        let z = f.subtract(&f.subtract(&sum, &gamma), &delta);
        let gamma8 = f.double(&f.double(&f.double(&f.square(&gamma))));
        let y = f.subtract(&f.multiply(&alpha, &f.subtract(&beta4, &x)), &gamma8);
        Self { x, y, z }
    }

    /// The sum of two points.
    pub fn add(&self, other: &Self, f: &Modulus<N>) -> Self {
        if self.is_neutral() {
            return *other;
        }
        if other.is_neutral() {
            return *self;
        }
        let z1z1 = f.square(&self.z);
        let z2z2 = f.square(&other.z);
        let u1 = f.multiply(&self.x, &z2z2);
        let u2 = f.multiply(&other.x, &z1z1);
        let s1 = f.multiply(&self.y, &f.multiply(&other.z, &z2z2));
        let s2 = f.multiply(&other.y, &f.multiply(&self.z, &z1z1));
        let z = f.multiply(&self.z, &other.z);
        self.sum([u1, u2, s1, s2], &z, f)
    }

    /// The sum with a point whose Z is 1.
    pub fn add_affine(&self, other: &Affine<N>, f: &Modulus<N>) -> Self {
        if self.is_neutral() {
            return Self::of(other, f);
        }
        let z1z1 = f.square(&self.z);
        let u2 = f.multiply(&other.x, &z1z1);
        let s2 = f.multiply(&other.y, &f.multiply(&self.z, &z1z1));
        self.sum([self.x, u2, self.y, s2], &self.z, f)
    }

    /// The end of every addition: the two points brought to the same denominator, and the product of their Z.
    #[inline(always)]
    fn sum(&self, [u1, u2, s1, s2]: [Number<N>; 4], zz: &Number<N>, f: &Modulus<N>) -> Self {
        let h = f.subtract(&u2, &u1);
        let r = f.subtract(&s2, &s1);
        if is_zero(&h) {
            return if is_zero(&r) { self.double(f) } else { Self::neutral() };
        }
        let hh = f.square(&h);
        let hhh = f.multiply(&h, &hh);
        let v = f.multiply(&u1, &hh);
        let x = f.subtract(&f.subtract(&f.square(&r), &hhh), &f.double(&v));
        let y = f.subtract(&f.multiply(&r, &f.subtract(&v, &x)), &f.multiply(&s1, &hhh));
        let z = f.multiply(zz, &h);
        Self { x, y, z }
    }
}

/// The odd multiples P, 3P, 5P … of a point, `COUNT` of them.
pub fn odd_multiples<const N: usize, const COUNT: usize>(point: &Point<N>, f: &Modulus<N>) -> [Point<N>; COUNT] {
    let twice = point.double(f);
    let mut multiple = *point;
    core::array::from_fn(|index| {
        if index > 0 {
            multiple = multiple.add(&twice, f);
        }
        multiple
    })
}

/// Brings points to Z = 1 with one inversion (Montgomery's trick); `None` if one is the neutral element.
pub fn to_affine<const N: usize, const COUNT: usize>(
    points: &[Point<N>; COUNT],
    f: &Modulus<N>,
) -> Option<[Affine<N>; COUNT]> {
    let mut products = [f.one; COUNT];
    let mut all = f.one;
    for (product, point) in products.iter_mut().zip(points) {
        *product = all;
        all = f.multiply(&all, &point.z);
    }
    if is_zero(&all) {
        return None;
    }
    let mut inverse = f.invert(&all);
    let mut out = points.map(|point| Affine { x: point.x, y: point.y });
    for ((affine, point), product) in out.iter_mut().zip(points).zip(products).rev() {
        let of_z = f.multiply(&inverse, &product);
        inverse = f.multiply(&inverse, &point.z);
        let squared = f.square(&of_z);
        affine.x = f.multiply(&affine.x, &squared);
        affine.y = f.multiply(&affine.y, &f.multiply(&squared, &of_z));
    }
    Some(out)
}

/// The most digits that a scalar has: one more than the bits of the longest.
const MAX_DIGITS: usize = 64 * 9 + 1;

/// A scalar in non-adjacent form (Guide to Elliptic Curve Cryptography, algorithm 3.35).
///
/// Each digit is zero, or odd and below 2^(width-1) in magnitude; of `width` digits in a row at most one is not zero.
pub struct Digits {
    /// The digits, the least significant first.
    digits: [i8; MAX_DIGITS],
}

impl Digits {
    /// The digits of `scalar`, which has nine words at most; `width` is 2 to 7.
    pub fn new<const N: usize>(scalar: &Number<N>, width: usize) -> Self {
        let half = 1 << (width - 1);
        let mut out = Self { digits: [0; MAX_DIGITS] };
        let mut carry = 0;
        let mut index = 0;
        while let Some(slot) = out.digits.get_mut(index) {
            // Zero without a carry or one with it: the digit is zero, and the carry stays what it is.
            if i8::from(bit(scalar, index)) == carry {
                index += 1;
                continue;
            }
            let window =
                (0..width).rev().fold(0_i8, |window, offset| window << 1 | i8::from(bit(scalar, index + offset)))
                    + carry;
            // Subtracting twice half is done in two steps, since it does not fit.
            *slot = if window >= half { window - half - half } else { window };
            carry = i8::from(window >= half);
            index += width;
        }
        out
    }

    /// The digit at `index`; zero beyond the end.
    pub fn at(&self, index: usize) -> i8 {
        self.digits.get(index).copied().unwrap_or(0)
    }

    /// How many digits there are up to the last that is not zero.
    pub fn len(&self) -> usize {
        let zeros = self.digits.iter().rev().take_while(|digit| **digit == 0);
        MAX_DIGITS - zeros.count()
    }
}

/// The multiple that `digit` stands for, out of the odd multiples of a point, and whether it counts negative.
pub fn multiple<T: Copy>(table: &[T], digit: i8) -> Option<(T, bool)> {
    let index = usize::from(digit.unsigned_abs() / 2);
    let found = if digit == 0 { None } else { table.get(index) };
    found.map(|point| (*point, digit < 0))
}
