//! Public keys, as a SubjectPublicKeyInfo holds them (RFC 5280 §4.1.2.7, RFC 3279, RFC 5480).
//!
//! ```text
//! RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }
//! ECPoint      ::= 04 x y | 02 x | 03 x
//! ```
//!
//! A key type that is not known is [`PublicKey::Unknown`], not an error. Whether a key is fit to verify anything
//! (its exponent, its curve, its point) is judged where it is used, in [`verify`](super::verify()).

use super::algorithm::{EC_PUBLIC_KEY, RSA_ENCRYPTION, RSA_PSS};
use super::curve::{Curve, Parameters};
use crate::asn1::{Profile, Reader, SubjectPublicKeyInfo};
use crate::deviation::{Deviation, Deviations};
use crate::error::{ErrorKind, Result};
use std::borrow::Cow;

/// A public key, borrowed from its encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PublicKey<'a> {
    /// RSA.
    Rsa(RsaKey<'a>),
    /// A point on an elliptic curve.
    Ec(EcKey<'a>),
    /// A key type that is not known.
    Unknown,
}

/// An RSA key. The numbers are unsigned, most significant octet first, without leading zeros.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RsaKey<'a> {
    /// The modulus n.
    pub modulus: &'a [u8],
    /// The public exponent e.
    pub exponent: &'a [u8],
    /// The key says that it serves RSASSA-PSS alone (RFC 4055 §1.2).
    pub pss_only: bool,
}

impl RsaKey<'_> {
    /// The length of the modulus in bits.
    #[must_use]
    pub fn bits(&self) -> u32 {
        bit_length(self.modulus)
    }

    /// The length of the exponent in bits.
    #[must_use]
    pub fn exponent_bits(&self) -> u32 {
        bit_length(self.exponent)
    }
}

/// A key on an elliptic curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EcKey<'a> {
    /// The curve and how the key names it.
    pub parameters: Parameters,
    /// The point as encoded (X9.62 §4.3.6).
    pub point: &'a [u8],
}

impl<'a> PublicKey<'a> {
    /// The key that `info` holds.
    ///
    /// # Errors
    /// Those of the reader, if the key of a known type or its parameters are malformed.
    pub fn of(info: &SubjectPublicKeyInfo<'a>, seen: &mut Deviations) -> Result<Self> {
        let SubjectPublicKeyInfo { algorithm, tlv, .. } = info;
        match algorithm.oid {
            RSA_ENCRYPTION | RSA_PSS => {
                let pss_only = algorithm.oid == RSA_PSS;
                if algorithm.parameters.is_none() && !pss_only {
                    let deviation = Deviation::AlgorithmParametersAbsent;
                    seen.note(deviation, tlv.part(), tlv.offset());
                }
                rsa(info, pss_only, seen).map(PublicKey::Rsa)
            }
            EC_PUBLIC_KEY => {
                let parameters = Parameters::read(algorithm.parameters.as_ref(), seen)?;
                let point = key_octets(info)?;
                if point.first() != Some(&4) {
                    seen.note(Deviation::CompressedPoint, tlv.part(), tlv.offset());
                }
                Ok(PublicKey::Ec(EcKey { parameters, point }))
            }
            _ => Ok(PublicKey::Unknown),
        }
    }

    /// The size by which keys of this type are compared: bits of the modulus or of the field.
    #[must_use]
    pub fn bits(&self) -> Option<u32> {
        match self {
            PublicKey::Rsa(key) => Some(key.bits()),
            PublicKey::Ec(key) => key.parameters.curve().map(field_bits),
            PublicKey::Unknown => None,
        }
    }

    /// The stable name of type and size, as JSON writes it: `rsa_4096`, `p256`, `unknown`.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            PublicKey::Rsa(key) => format!("rsa_{}", key.bits()),
            PublicKey::Ec(key) => match key.parameters {
                Parameters::Named(curve) | Parameters::Explicit(curve) => curve.name().to_owned(),
                Parameters::Foreign(_) => "foreign_curve".to_owned(),
                Parameters::Unknown => "unknown_curve".to_owned(),
            },
            PublicKey::Unknown => "unknown".to_owned(),
        }
    }
}

fn field_bits(curve: Curve) -> u32 {
    bit_length(curve.domain().p)
}

/// The length in bits of an unsigned number without leading zero octets.
fn bit_length(octets: &[u8]) -> u32 {
    let zeros = octets.first().map_or(0, |octet| octet.leading_zeros());
    u32::try_from(octets.len()).unwrap_or(u32::MAX).saturating_mul(8).saturating_sub(zeros)
}

/// The octets of a key in one piece and without unused bits.
fn key_octets<'a>(info: &SubjectPublicKeyInfo<'a>) -> Result<&'a [u8]> {
    match info.key.octets {
        Cow::Borrowed(octets) if info.key.unused == 0 => Ok(octets),
        _ => Err(info.tlv.error(ErrorKind::Asn1Value)),
    }
}

fn rsa<'a>(info: &SubjectPublicKeyInfo<'a>, pss_only: bool, seen: &mut Deviations) -> Result<RsaKey<'a>> {
    let octets = key_octets(info)?;
    // The key is the last thing inside the structure.
    let begin = info.tlv.offset() + info.tlv.raw.len().saturating_sub(octets.len());
    let mut reader = Reader::at(octets, info.tlv.part(), Profile::Ber, begin);
    let mut key = reader.sequence(seen)?;
    let mut unsigned = || {
        let wrong = key.error(ErrorKind::Asn1Value);
        key.integer(seen)?.magnitude().ok_or(wrong)
    };
    Ok(RsaKey { modulus: unsigned()?, exponent: unsigned()?, pss_only })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asn1::{Oid, Tag, Writer, oid};
    use crate::error::Part;

    fn info(oid: Oid<'_>, parameters: impl FnOnce(&mut Writer), key: &[u8]) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.constructed(Tag::SEQUENCE, |out| {
            out.constructed(Tag::SEQUENCE, |out| {
                out.oid(oid);
                parameters(out);
            });
            out.bit_string(key);
        });
        writer.into_bytes()
    }

    fn rsa_key(modulus: &[u8], exponent: &[u8]) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.constructed(Tag::SEQUENCE, |out| {
            out.unsigned(modulus).unsigned(exponent);
        });
        writer.into_bytes()
    }

    fn check<T>(bytes: &[u8], look: impl FnOnce(Result<PublicKey<'_>>, Deviations) -> T) -> T {
        let mut seen = Deviations::new();
        let mut reader = Reader::new(bytes, Part::Certificate, Profile::Ber);
        let info = SubjectPublicKeyInfo::read(&mut reader, &mut seen).unwrap();
        let key = PublicKey::of(&info, &mut seen);
        look(key, seen)
    }

    #[test]
    fn an_rsa_key_is_read_with_and_without_null_and_as_a_pss_key() {
        let key = rsa_key(&[0xC1, 2, 3], &[1, 0, 1]);
        let rows =
            [(RSA_ENCRYPTION, true, false, false), (RSA_ENCRYPTION, false, false, true), (RSA_PSS, false, true, false)];
        for (oid, null, pss_only, noted) in rows {
            let parameters = |out: &mut Writer| {
                if null {
                    out.null();
                }
            };
            check(&info(oid, parameters, &key), |key, seen| {
                let expected = RsaKey { modulus: &[0xC1, 2, 3], exponent: &[1, 0, 1], pss_only };
                assert_eq!(key, Ok(PublicKey::Rsa(expected)));
                assert_eq!(expected.bits(), 24);
                assert_eq!(seen.contains(Deviation::AlgorithmParametersAbsent), noted);
            });
        }
    }

    #[test]
    fn a_point_on_a_named_curve_is_read_and_a_compressed_one_is_noted() {
        let p256 = |out: &mut Writer| {
            out.oid(Curve::P256.oid());
        };
        check(&info(EC_PUBLIC_KEY, p256, &[2; 33]), |key, seen| {
            let key = key.unwrap();
            assert_eq!((key.name().as_str(), key.bits()), ("p256", Some(256)));
            assert!(seen.contains(Deviation::CompressedPoint));
        });
    }

    #[test]
    fn an_unknown_key_type_is_no_error_and_a_malformed_key_is() {
        let dsa = info(oid!(1, 2, 840, 10040, 4, 1), |_| {}, &[1]);
        check(&dsa, |key, _| assert_eq!(key, Ok(PublicKey::Unknown)));
        let negative = [0x30, 6, 2, 1, 0x81, 2, 1, 3];
        let malformed = info(RSA_ENCRYPTION, |_| {}, &negative);
        check(&malformed, |key, _| {
            assert_eq!(key.map_err(|error| error.kind), Err(ErrorKind::Asn1Value));
        });
    }
}
