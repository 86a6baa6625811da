//! Elliptic curves of passports and how a key names its curve: by identifier or by explicit parameters.
//!
//! Doc 9303-12 §4.1.6.3 asks for explicit parameters (X9.62 ECParameters), so nearly every certificate repeats
//! the whole curve. Repeated parameters are matched against a fixed table by *all* of p, a, b, base point, order
//! and cofactor; a curve that is not in the table is not supported, however harmless it looks.
//!
//! ```text
//! ECParameters ::= SEQUENCE { version INTEGER, fieldID SEQUENCE { OID, prime INTEGER },
//!   curve SEQUENCE { a OCTET STRING, b OCTET STRING, seed BIT STRING OPTIONAL },
//!   base OCTET STRING, order INTEGER, cofactor INTEGER OPTIONAL }
//! ```
//!
//! Hostile input: parameters that repeat a known curve with another base point let anybody make a key pair to a
//! given public point (CVE-2020-0601). They are told apart as [`Parameters::Foreign`] and verify nothing.

mod domain;

use crate::asn1::{Integer, Oid, Reader, Tag, Tlv, oid};
use crate::deviation::{Deviation, Deviations};
use crate::error::Result;
pub use domain::Domain;

/// A curve of the fixed table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Curve {
    /// NIST P-192, secp192r1.
    P192,
    /// NIST P-224, secp224r1.
    P224,
    /// NIST P-256, secp256r1.
    P256,
    /// NIST P-384, secp384r1.
    P384,
    /// NIST P-521, secp521r1.
    P521,
    /// brainpoolP224r1.
    BrainpoolP224r1,
    /// brainpoolP256r1.
    BrainpoolP256r1,
    /// brainpoolP320r1.
    BrainpoolP320r1,
    /// brainpoolP384r1.
    BrainpoolP384r1,
    /// brainpoolP512r1.
    BrainpoolP512r1,
}

impl Curve {
    /// Every curve of the table.
    pub const ALL: [Self; 10] = [
        Self::P192,
        Self::P224,
        Self::P256,
        Self::P384,
        Self::P521,
        Self::BrainpoolP224r1,
        Self::BrainpoolP256r1,
        Self::BrainpoolP320r1,
        Self::BrainpoolP384r1,
        Self::BrainpoolP512r1,
    ];

    /// The stable name, as JSON writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::P192 => "p192",
            Self::P224 => "p224",
            Self::P256 => "p256",
            Self::P384 => "p384",
            Self::P521 => "p521",
            Self::BrainpoolP224r1 => "brainpool_p224r1",
            Self::BrainpoolP256r1 => "brainpool_p256r1",
            Self::BrainpoolP320r1 => "brainpool_p320r1",
            Self::BrainpoolP384r1 => "brainpool_p384r1",
            Self::BrainpoolP512r1 => "brainpool_p512r1",
        }
    }

    /// The object identifier of the named curve (RFC 5480 §2.1.1.1, RFC 5639 §4.1).
    #[must_use]
    pub const fn oid(self) -> Oid<'static> {
        match self {
            Self::P192 => oid!(1, 2, 840, 10045, 3, 1, 1),
            Self::P224 => oid!(1, 3, 132, 0, 33),
            Self::P256 => oid!(1, 2, 840, 10045, 3, 1, 7),
            Self::P384 => oid!(1, 3, 132, 0, 34),
            Self::P521 => oid!(1, 3, 132, 0, 35),
            Self::BrainpoolP224r1 => oid!(1, 3, 36, 3, 3, 2, 8, 1, 1, 5),
            Self::BrainpoolP256r1 => oid!(1, 3, 36, 3, 3, 2, 8, 1, 1, 7),
            Self::BrainpoolP320r1 => oid!(1, 3, 36, 3, 3, 2, 8, 1, 1, 9),
            Self::BrainpoolP384r1 => oid!(1, 3, 36, 3, 3, 2, 8, 1, 1, 11),
            Self::BrainpoolP512r1 => oid!(1, 3, 36, 3, 3, 2, 8, 1, 1, 13),
        }
    }

    /// The curve with this object identifier, if it is in the table.
    #[must_use]
    pub fn from_oid(oid: Oid<'_>) -> Option<Self> {
        Self::ALL.into_iter().find(|curve| curve.oid() == oid)
    }

    /// The domain parameters.
    #[must_use]
    pub const fn domain(self) -> &'static Domain {
        match self {
            Self::P192 => &domain::P192,
            Self::P224 => &domain::P224,
            Self::P256 => &domain::P256,
            Self::P384 => &domain::P384,
            Self::P521 => &domain::P521,
            Self::BrainpoolP224r1 => &domain::BRAINPOOL_P224R1,
            Self::BrainpoolP256r1 => &domain::BRAINPOOL_P256R1,
            Self::BrainpoolP320r1 => &domain::BRAINPOOL_P320R1,
            Self::BrainpoolP384r1 => &domain::BRAINPOOL_P384R1,
            Self::BrainpoolP512r1 => &domain::BRAINPOOL_P512R1,
        }
    }

    /// How many bytes a coordinate has; for every curve here the order has as many.
    #[must_use]
    pub const fn field_len(self) -> usize {
        self.domain().p.len()
    }
}

/// What the parameters of an elliptic-curve key say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Parameters {
    /// A curve of the table, by its object identifier.
    Named(Curve),
    /// A curve of the table, all of whose parameters were repeated and are right.
    Explicit(Curve),
    /// The equation of this curve with another base point, order or cofactor.
    Foreign(Curve),
    /// No curve of the table, or parameters left to the issuer's.
    Unknown,
}

impl Parameters {
    /// Reads the parameters of a key algorithm; `None` is a key that has none.
    ///
    /// # Errors
    /// Those of the reader, if explicit parameters are malformed.
    pub fn read(tlv: Option<&Tlv<'_>>, seen: &mut Deviations) -> Result<Self> {
        match tlv {
            Some(tlv) if tlv.tag == Tag::OID => {
                let curve = Curve::from_oid(tlv.oid(seen)?);
                seen.note(Deviation::NamedCurve, tlv.part(), tlv.offset());
                Ok(curve.map_or(Self::Unknown, Self::Named))
            }
            Some(tlv) if tlv.tag == Tag::SEQUENCE => Explicit::read(tlv, seen).map(|p| p.matched()),
            _ => Ok(Self::Unknown),
        }
    }

    /// The curve, if signatures may be verified with it.
    #[must_use]
    pub const fn curve(self) -> Option<Curve> {
        match self {
            Self::Named(curve) | Self::Explicit(curve) => Some(curve),
            Self::Foreign(_) | Self::Unknown => None,
        }
    }
}

/// Explicit parameters as read, not yet compared with anything.
struct Explicit<'a> {
    prime: Option<&'a [u8]>,
    a: &'a [u8],
    b: &'a [u8],
    base: &'a [u8],
    order: &'a [u8],
    cofactor: Option<Integer<'a>>,
}

impl<'a> Explicit<'a> {
    fn read(tlv: &Tlv<'a>, seen: &mut Deviations) -> Result<Self> {
        let mut reader = tlv.children()?;
        reader.integer(seen)?;
        let prime = prime_field(&mut reader, seen)?;
        let mut curve = reader.sequence(seen)?;
        let a = curve.take(Tag::OCTET_STRING, seen)?.value;
        let b = curve.take(Tag::OCTET_STRING, seen)?.value;
        let base = reader.take(Tag::OCTET_STRING, seen)?.value;
        let order = reader.integer(seen)?.magnitude().unwrap_or_default();
        let cofactor = match reader.optional(Tag::INTEGER, seen)? {
            Some(tlv) => Some(tlv.integer(seen)?),
            None => None,
        };
        let explicit = Self { prime, a, b, base, order, cofactor };
        explicit.note(tlv, seen);
        Ok(explicit)
    }

    /// Notes what Doc 9303-12 §4.1.6.3 and X9.62 ask for and is not there.
    fn note(&self, tlv: &Tlv<'_>, seen: &mut Deviations) {
        let length = self.prime.map(<[u8]>::len);
        let padded = |octets: &[u8]| length.is_none_or(|length| octets.len() == length);
        if !(padded(self.a) && padded(self.b)) {
            seen.note(Deviation::CurveCoefficientLength, tlv.part(), tlv.offset());
        }
        if self.base.first() != Some(&4) {
            seen.note(Deviation::CompressedPoint, tlv.part(), tlv.offset());
        }
        if self.cofactor.is_none() {
            seen.note(Deviation::CofactorMissing, tlv.part(), tlv.offset());
        }
    }

    fn matched(&self) -> Parameters {
        let same_equation = |curve: &Curve| {
            let domain = curve.domain();
            self.prime.is_some_and(|prime| same_number(prime, domain.p))
                && same_number(self.a, domain.a)
                && same_number(self.b, domain.b)
        };
        match Curve::ALL.into_iter().find(same_equation) {
            Some(curve) if self.same_group(curve.domain()) => Parameters::Explicit(curve),
            Some(curve) => Parameters::Foreign(curve),
            None => Parameters::Unknown,
        }
    }

    /// Whether base point, order and cofactor are those of `domain`. A cofactor left out follows from the rest.
    fn same_group(&self, domain: &Domain) -> bool {
        same_base(self.base, domain)
            && same_number(self.order, domain.n)
            && self.cofactor.is_none_or(|h| h.to_u64() == Some(1))
    }
}

/// Takes the field; `None` if it is not one of prime order.
fn prime_field<'a>(reader: &mut Reader<'a>, seen: &mut Deviations) -> Result<Option<&'a [u8]>> {
    const PRIME_FIELD: Oid<'_> = oid!(1, 2, 840, 10045, 1, 1);
    let mut field = reader.sequence(seen)?;
    if field.oid(seen)? == PRIME_FIELD { Ok(field.integer(seen)?.magnitude()) } else { Ok(None) }
}

/// Whether two unsigned numbers are equal, leading zeros aside.
fn same_number(one: &[u8], other: &[u8]) -> bool {
    let significant = |octets: &[u8]| octets.iter().skip_while(|octet| **octet == 0).count();
    let (left, right) = (significant(one), significant(other));
    left == right && one.iter().rev().take(left).eq(other.iter().rev().take(left))
}

/// Whether an encoded point, compressed or not (X9.62 §4.3.6), is the base point of `domain`.
fn same_base(encoded: &[u8], domain: &Domain) -> bool {
    let Some((form, coordinates)) = encoded.split_first() else {
        return false;
    };
    let odd = domain.gy.last().is_some_and(|octet| octet & 1 == 1);
    match form {
        2 | 3 => coordinates == domain.gx && (*form == 3) == odd,
        4 => coordinates.split_at_checked(domain.gx.len()).is_some_and(|(x, y)| x == domain.gx && y == domain.gy),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asn1::{Profile, Writer};
    use crate::error::Part;

    /// Explicit parameters as a hostile or careless issuer may write them.
    struct Written<'a> {
        a: &'a [u8],
        b: &'a [u8],
        base: Vec<u8>,
        order: &'a [u8],
        cofactor: Option<u64>,
        seed: bool,
    }

    impl Written<'_> {
        fn of(curve: Curve) -> Self {
            let domain = curve.domain();
            Written {
                a: domain.a,
                b: domain.b,
                base: [&[4], domain.gx, domain.gy].concat(),
                order: domain.n,
                cofactor: Some(1),
                seed: false,
            }
        }

        fn read(&self, curve: Curve) -> (Parameters, Deviations) {
            let mut writer = Writer::new();
            writer.constructed(Tag::SEQUENCE, |out| {
                out.integer(1);
                out.constructed(Tag::SEQUENCE, |field| {
                    field.oid(oid!(1, 2, 840, 10045, 1, 1));
                    field.unsigned(curve.domain().p);
                });
                out.constructed(Tag::SEQUENCE, |equation| {
                    equation.octet_string(self.a).octet_string(self.b);
                    if self.seed {
                        equation.bit_string(&[7; 20]);
                    }
                });
                out.octet_string(&self.base).unsigned(self.order);
                if let Some(cofactor) = self.cofactor {
                    out.integer(cofactor);
                }
            });
            read(&writer.into_bytes())
        }
    }

    fn read(bytes: &[u8]) -> (Parameters, Deviations) {
        let mut seen = Deviations::new();
        let tlv = Reader::new(bytes, Part::Certificate, Profile::Ber).read(&mut seen).unwrap();
        let parameters = Parameters::read(Some(&tlv), &mut seen).unwrap();
        (parameters, seen)
    }

    #[test]
    fn every_curve_is_known_by_its_name_and_by_its_parameters() {
        for curve in Curve::ALL {
            let (explicit, seen) = Written::of(curve).read(curve);
            assert_eq!(explicit, Parameters::Explicit(curve));
            assert!(seen.is_empty(), "{seen:?}");
            let mut writer = Writer::new();
            writer.oid(curve.oid());
            let (named, seen) = read(&writer.into_bytes());
            assert_eq!(named.curve(), Some(curve));
            assert!(seen.contains(Deviation::NamedCurve));
        }
    }

    #[test]
    fn a_seed_unpadded_coefficients_and_a_compressed_base_point_are_the_same_curve_and_noted() {
        let curve = Curve::P521;
        let domain = curve.domain();
        let written = Written {
            b: &domain.b[1..],
            base: [&[2], domain.gx].concat(),
            cofactor: None,
            seed: true,
            ..Written::of(curve)
        };
        let (parameters, seen) = written.read(curve);
        assert_eq!(parameters, Parameters::Explicit(curve));
        for deviation in [Deviation::CurveCoefficientLength, Deviation::CompressedPoint, Deviation::CofactorMissing] {
            assert!(seen.contains(deviation), "{deviation}");
        }
        let padded = [&[0][..], domain.a].concat();
        let written = Written { a: &padded, ..Written::of(curve) };
        assert_eq!(written.read(curve).0, Parameters::Explicit(curve));
    }

    #[test]
    fn another_base_point_order_or_cofactor_makes_a_known_curve_foreign() {
        for curve in Curve::ALL {
            let domain = curve.domain();
            let mut negative = [&[4], domain.gx, domain.gy].concat();
            *negative.last_mut().unwrap() ^= 1;
            let odd = domain.gy.last().unwrap() & 1;
            let variants = [
                Written { base: negative, ..Written::of(curve) },
                Written { base: [&[4], domain.gy, domain.gx].concat(), ..Written::of(curve) },
                Written { base: [&[3 - odd], domain.gx].concat(), ..Written::of(curve) },
                Written { base: vec![0], ..Written::of(curve) },
                Written { base: vec![], ..Written::of(curve) },
                Written { order: domain.p, ..Written::of(curve) },
                Written { cofactor: Some(2), ..Written::of(curve) },
                Written { cofactor: Some(0), ..Written::of(curve) },
            ];
            for written in variants {
                let (parameters, _) = written.read(curve);
                assert_eq!(parameters, Parameters::Foreign(curve));
                assert_eq!(parameters.curve(), None);
            }
        }
    }

    #[test]
    fn another_equation_is_unknown() {
        let curve = Curve::BrainpoolP256r1;
        let domain = curve.domain();
        let swapped = Written { a: domain.b, b: domain.a, ..Written::of(curve) };
        assert_eq!(swapped.read(curve).0, Parameters::Unknown);
        assert_eq!(Written::of(Curve::P256).read(curve).0, Parameters::Unknown);
        assert_eq!(read(&[5, 0]).0, Parameters::Unknown);
    }
}
