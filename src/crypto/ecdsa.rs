//! ECDSA verification on every curve of the table, with every hash (FIPS 186-4 §6.4, BSI TR-03111 §4.2.1.2).
//!
//! For the curves and hashes that `ring` does not have or is slow at; for public data only. Points are worked on in the form with
//! a = -3: brainpool curves through their twists (RFC 5639 §2.2). The two multiples u₁·G + u₂·Q are computed together,
//! with a table of G that is made once for each curve.
//!
//! What a signature must be before anything is computed: 0 < r, s < n; the two numbers encoded exactly as DER asks.
//! What a key must be: both coordinates below p, on the curve, not the neutral element; all cofactors are 1.

use super::curve::{Curve, Domain};
use super::hash::Digest;
use super::montgomery::{self as m, Modulus, Number};
use super::point::{Affine, Digits, Point, multiple, odd_multiples, to_affine};
use crate::asn1::{Profile, Reader};
use crate::deviation::Deviations;
use crate::error::{Part, Result};
use std::sync::LazyLock;

/// Width of the digits for the base point, and how many odd multiples they need.
const BASE_WIDTH: usize = 7;
const BASE_MULTIPLES: usize = 1 << (BASE_WIDTH - 2);
/// The same for the point of the key, whose multiples are computed for every signature.
const KEY_WIDTH: usize = 5;
const KEY_MULTIPLES: usize = 1 << (KEY_WIDTH - 2);

/// What came of a verification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// The signature is right.
    Right,
    /// It is wrong.
    Wrong,
    /// The point of the key is none of the curve.
    NoPoint,
    /// The point is compressed on a curve where it is not taken apart here.
    Compressed,
}

/// A curve made ready to compute with.
struct Group<const N: usize> {
    domain: &'static Domain,
    field: Modulus<N>,
    order: Modulus<N>,
    /// The coefficient b, of the twist where there is one.
    b: Number<N>,
    /// z² and z³ of the twist, one where there is none.
    twist: [Number<N>; 2],
    /// The odd multiples of the base point.
    base: [Affine<N>; BASE_MULTIPLES],
}

impl<const N: usize> Group<N> {
    /// `None` only if the table of curves were wrong, which a test excludes.
    fn new(domain: &'static Domain) -> Option<Self> {
        let field = Modulus::new(m::from_octets(domain.p)?)?;
        let order = Modulus::new(m::from_octets(domain.n)?)?;
        let z = match domain.twist {
            Some(z) => field.enter_octets(z)?,
            None => field.one,
        };
        let squared = field.square(&z);
        let cubed = field.multiply(&squared, &z);
        let sixth = field.square(&cubed);
        let mut group = Self {
            domain,
            field,
            order,
            b: field.multiply(&field.enter_octets(domain.b)?, &sixth),
            twist: [squared, cubed],
            base: [Affine { x: field.one, y: field.one }; BASE_MULTIPLES],
        };
        let generator = group.point(domain.gx, domain.gy)?;
        let multiples = odd_multiples(&Point::of(&generator, &field), &field);
        group.base = to_affine(&multiples, &field)?;
        Some(group)
    }

    /// The point with these coordinates, if it lies on the curve.
    fn point(&self, x: &[u8], y: &[u8]) -> Option<Affine<N>> {
        let [squared, cubed] = &self.twist;
        let x = self.field.multiply(&self.field.enter_octets(x)?, squared);
        let y = self.field.multiply(&self.field.enter_octets(y)?, cubed);
        (self.field.square(&y) == self.right_side(&x)).then_some(Affine { x, y })
    }

    /// x³ - 3x + b.
    fn right_side(&self, x: &Number<N>) -> Number<N> {
        let f = &self.field;
        let cubed = f.multiply(&f.square(x), x);
        let thrice = f.add(&f.double(x), x);
        f.add(&f.subtract(&cubed, &thrice), &self.b)
    }

    /// Takes an encoded point apart (X9.62 §4.3.7).
    fn decode(&self, encoded: &[u8]) -> core::result::Result<Affine<N>, Answer> {
        let length = self.domain.p.len();
        let (form, coordinates) = encoded.split_first().ok_or(Answer::NoPoint)?;
        let (x, y) = coordinates.split_at_checked(length).ok_or(Answer::NoPoint)?;
        match form {
            4 if y.len() == length => self.point(x, y).ok_or(Answer::NoPoint),
            2 | 3 if y.is_empty() => self.decompress(x, *form == 3),
            _ => Err(Answer::NoPoint),
        }
    }

    /// Finds the second coordinate, for primes of the form 4k + 3 (X9.62 §4.2.2).
    fn decompress(&self, x: &[u8], odd: bool) -> core::result::Result<Affine<N>, Answer> {
        let f = &self.field;
        if f.value[0] & 3 != 3 {
            return Err(Answer::Compressed);
        }
        let [squared, cubed] = &self.twist;
        let x = f.enter_octets(x).ok_or(Answer::NoPoint)?;
        let x = f.multiply(&x, squared);
        let right = self.right_side(&x);
        // (p + 1)/4, as (p - 3)/4 + 1 since p + 1 may not fit.
        let quarter = m::shift_right(&f.value, 2);
        let root = f.multiply(&f.power(&right, &quarter), &right);
        if f.square(&root) != right {
            return Err(Answer::NoPoint);
        }
        // Which of the two roots is odd is a question about the curve, not about its twist.
        let untwisted = f.multiply(&root, &f.invert(cubed));
        let is_odd = f.leave(&untwisted)[0] & 1 == 1;
        let y = if is_odd == odd { root } else { f.negate(&root) };
        Ok(Affine { x, y })
    }

    /// A number of a signature: above 0 and below the order.
    fn scalar(&self, octets: &[u8]) -> Option<Number<N>> {
        let number = m::from_octets(octets)?;
        let fits = !m::is_zero(&number) && m::is_less(&number, &self.order.value);
        fits.then_some(number)
    }

    /// The leftmost bits of a digest, as many as the order has (FIPS 186-4 §6.4), below the order.
    ///
    /// The orders here are of whole octets or longer than every digest, so that whole octets are cut.
    fn truncated(&self, digest: &Digest) -> Number<N> {
        let octets = digest.as_bytes();
        let kept = octets.get(..self.domain.n.len()).unwrap_or(octets);
        let number = m::from_octets(kept).unwrap_or(m::zero());
        let (smaller, below) = m::subtract(&number, &self.order.value);
        if below { number } else { smaller }
    }

    fn verify(&self, key: &[u8], digest: &Digest, (r, s): (&[u8], &[u8])) -> Answer {
        let key = match self.decode(key) {
            Ok(key) => key,
            Err(answer) => return answer,
        };
        let (Some(r), Some(s)) = (self.scalar(r), self.scalar(s)) else {
            return Answer::Wrong;
        };
        let order = &self.order;
        // Multiplying a number outside Montgomery form with one inside leads outside.
        let inverse = order.invert(&order.enter(&s));
        let u1 = order.multiply(&self.truncated(digest), &inverse);
        let u2 = order.multiply(&r, &inverse);
        if self.is_first_coordinate(&self.combine(&u1, &u2, &key), &r) { Answer::Right } else { Answer::Wrong }
    }

    /// u₁·G + u₂·Q.
    fn combine(&self, u1: &Number<N>, u2: &Number<N>, key: &Affine<N>) -> Point<N> {
        let f = &self.field;
        let of_base = Digits::new(u1, BASE_WIDTH);
        let of_key = Digits::new(u2, KEY_WIDTH);
        let table: [Point<N>; KEY_MULTIPLES] = odd_multiples(&Point::of(key, f), f);
        let mut sum = Point::neutral();
        for index in (0..of_base.len().max(of_key.len())).rev() {
            sum = sum.double(f);
            if let Some((point, negative)) = multiple(&table, of_key.at(index)) {
                let point = if negative { point.negate(f) } else { point };
                sum = sum.add(&point, f);
            }
            if let Some((mut point, negative)) = multiple(&self.base, of_base.at(index)) {
                if negative {
                    point.y = f.negate(&point.y);
                }
                sum = sum.add_affine(&point, f);
            }
        }
        sum
    }

    /// Whether the first coordinate of `point`, which is below p, is r modulo n: r or r + n.
    fn is_first_coordinate(&self, point: &Point<N>, r: &Number<N>) -> bool {
        if point.is_neutral() {
            return false;
        }
        let f = &self.field;
        let denominator = f.multiply(&f.square(&point.z), &self.twist[0]);
        let is = |candidate: &Number<N>| {
            m::is_less(candidate, &f.value) && f.multiply(&f.enter(candidate), &denominator) == point.x
        };
        let (longer, overflow) = m::add(r, &self.order.value);
        is(r) || (!overflow && is(&longer))
    }
}

/// Signatures with keys that are no secret.
#[cfg(feature = "specimen")]
impl<const N: usize> Group<N> {
    /// The coordinates of `scalar`·G, out of Montgomery form and off the twist.
    fn base_times(&self, scalar: &Number<N>) -> Option<[Number<N>; 2]> {
        let f = &self.field;
        let product = self.combine(scalar, &m::zero(), self.base.first()?);
        let [point] = to_affine(&[product], f)?;
        let [squared, cubed] = self.twist.map(|power| f.invert(&power));
        Some([f.leave(&f.multiply(&point.x, &squared)), f.leave(&f.multiply(&point.y, &cubed))])
    }

    fn public(&self, private: &[u8]) -> Option<[Vec<u8>; 2]> {
        let point = self.base_times(&self.scalar(private)?)?;
        Some(point.map(|number| self.octets(&number)))
    }

    fn sign(&self, private: &[u8], nonce: &[u8], digest: &Digest) -> Option<[Vec<u8>; 2]> {
        let (private, nonce) = (self.scalar(private)?, self.scalar(nonce)?);
        let order = &self.order;
        let [x, _] = self.base_times(&nonce)?;
        let (smaller, below) = m::subtract(&x, &order.value);
        let r = if below { x } else { smaller };
        // Multiplying a number outside Montgomery form with one inside leads outside.
        let sum = order.add(&self.truncated(digest), &order.multiply(&order.enter(&r), &private));
        let s = order.multiply(&order.invert(&order.enter(&nonce)), &sum);
        let usable = !m::is_zero(&r) && !m::is_zero(&s);
        usable.then(|| [r, s].map(|number| self.octets(&number)))
    }

    fn octets(&self, number: &Number<N>) -> Vec<u8> {
        let mut octets = vec![0; self.domain.p.len()];
        m::to_octets(number, &mut octets);
        octets
    }
}

/// The groups, each made ready when it is first asked for.
macro_rules! groups {
    ($($name:ident $words:literal $curve:ident,)*) => {
        $(static $name: LazyLock<Option<Group<$words>>> =
            LazyLock::new(|| Group::new(Curve::$curve.domain()));)*

        /// Hands the group of `curve` to `$use`; `None` cannot come of any input.
        macro_rules! with_group {
            ($of:expr, $use:expr) => {
                match $of { $(Curve::$curve => $name.as_ref().map($use),)* }
            };
        }
    };
}

groups! {
    P192 3 P192,
    P224 4 P224,
    P256 4 P256,
    P384 6 P384,
    P521 9 P521,
    BRAINPOOL_P224R1 4 BrainpoolP224r1,
    BRAINPOOL_P256R1 4 BrainpoolP256r1,
    BRAINPOOL_P320R1 5 BrainpoolP320r1,
    BRAINPOOL_P384R1 6 BrainpoolP384r1,
    BRAINPOOL_P512R1 8 BrainpoolP512r1,
}

/// Verifies a signature over `digest`. `point` is the key as encoded; `signature` two numbers, either a SEQUENCE of two
/// INTEGERs or, if `plain`, side by side. `None` cannot come of any input.
pub fn verify(curve: Curve, point: &[u8], digest: &Digest, plain: bool, signature: &[u8]) -> Option<Answer> {
    let numbers = if plain { side_by_side(signature, curve) } else { sequence(signature).ok() };
    match numbers {
        Some(numbers) => with_group!(curve, |group| group.verify(point, digest, numbers)),
        None => Some(Answer::Wrong),
    }
}

/// The coordinates of the public point of a private key; `None` if it is none.
#[cfg(feature = "specimen")]
pub fn public(curve: Curve, private: &[u8]) -> Option<[Vec<u8>; 2]> {
    with_group!(curve, |group| group.public(private)).flatten()
}

/// The two numbers of a signature over `digest` with a private key that is no secret; `None` if key or nonce are no
/// scalars, or the nonce is one of the few that lead to zero.
#[cfg(feature = "specimen")]
pub fn sign(curve: Curve, private: &[u8], nonce: &[u8], digest: &Digest) -> Option<[Vec<u8>; 2]> {
    with_group!(curve, |group| group.sign(private, nonce, digest)).flatten()
}

/// What is wrong with an encoded point, if anything is.
pub fn check_point(curve: Curve, point: &[u8]) -> Option<Answer> {
    with_group!(curve, |group| group.decode(point).err()).flatten()
}

/// Whether the order of the curve times this point is the neutral element.
#[cfg(test)]
pub fn order_annihilates(curve: Curve, point: &[u8]) -> Option<bool> {
    with_group!(curve, |group| {
        let point = group.decode(point).ok()?;
        // The sum n·Q + 0·G, n being taken as it is and not modulo itself.
        let sum = group.combine(&m::zero(), &group.order.value, &point);
        Some(sum.is_neutral())
    })
    .flatten()
}

/// The two halves of a plain signature, each as long as the order (BSI TR-03111 §5.2.1).
fn side_by_side(signature: &[u8], curve: Curve) -> Option<(&[u8], &[u8])> {
    let length = curve.domain().n.len();
    let halves = signature.split_at_checked(length);
    halves.filter(|(_, s)| s.len() == length)
}

/// The two numbers of a signature that is encoded exactly as DER asks.
fn sequence(signature: &[u8]) -> Result<(&[u8], &[u8])> {
    let mut none = Deviations::new();
    let mut outer = Reader::new(signature, Part::Input, Profile::Der);
    let mut inner = outer.sequence(&mut none)?;
    outer.finish()?;
    // A negative number becomes none at all, which is refused like zero.
    let r = inner.integer(&mut none)?.magnitude().unwrap_or_default();
    let s = inner.integer(&mut none)?.magnitude().unwrap_or_default();
    inner.finish()?;
    Ok((r, s))
}
