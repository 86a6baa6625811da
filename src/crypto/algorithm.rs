//! Signature algorithms, as an AlgorithmIdentifier names them.
//!
//! RFC 4055 for RSA, RFC 5758 for ECDSA, BSI TR-03111 §5.2.1.1 for ECDSA with the two numbers side by side.
//!
//! ```text
//! RSASSA-PSS-params ::= SEQUENCE { [0] hash DEFAULT SHA-1, [1] mask generation DEFAULT MGF1 with SHA-1,
//!                                  [2] salt length DEFAULT 20, [3] trailer DEFAULT 1 }
//! ```
//!
//! An identifier that is not known gives [`SignatureAlgorithm::Unknown`], never an error: what cannot be verified
//! is an outcome. Parameters that should be NULL and are absent, or the other way round, are read and noted.

use super::hash::HashAlgorithm;
use crate::asn1::{AlgorithmIdentifier, Oid, Reader, Tag, oid};
use crate::deviation::{Deviation, Deviations};
use crate::error::{ErrorKind, Result};
use core::fmt;

/// `rsaEncryption`: the key type, and in CMS an RSA signature whose hash is named elsewhere (RFC 3370 §3.2).
pub(crate) const RSA_ENCRYPTION: Oid<'static> = oid!(1, 2, 840, 113549, 1, 1, 1);
/// RSASSA-PSS, as key type and as signature.
pub(crate) const RSA_PSS: Oid<'static> = oid!(1, 2, 840, 113549, 1, 1, 10);
/// `id-ecPublicKey`: the key type; some signers name it as their signature algorithm.
pub(crate) const EC_PUBLIC_KEY: Oid<'static> = oid!(1, 2, 840, 10045, 2, 1);
const MGF1: Oid<'static> = oid!(1, 2, 840, 113549, 1, 1, 8);
/// The arcs below which each combination with a hash has its number.
const PKCS1: Oid<'static> = oid!(1, 2, 840, 113549, 1, 1);
const ECDSA: Oid<'static> = oid!(1, 2, 840, 10045, 4);
const ECDSA_PLAIN: Oid<'static> = oid!(0, 4, 0, 127, 0, 7, 1, 1, 4, 1);

/// The parameters of RSASSA-PSS (RFC 8017 §9.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Pss {
    /// The hash of the message.
    pub hash: HashAlgorithm,
    /// The hash inside the mask generation function MGF1.
    pub mask_hash: HashAlgorithm,
    /// The length of the salt in bytes.
    pub salt_len: u32,
}

impl Pss {
    /// One hash for both purposes and a salt of its length, as nearly every signer chooses.
    #[must_use]
    pub const fn with(hash: HashAlgorithm) -> Self {
        Self { hash, mask_hash: hash, salt_len: hash.output_len() as u32 }
    }

    /// What parameters left out mean (RFC 4055 §3.1).
    const DEFAULT: Self = Self::with(HashAlgorithm::Sha1);
}

/// A signature algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SignatureAlgorithm {
    /// RSASSA-PKCS1-v1_5 (RFC 8017 §8.2).
    RsaPkcs1(HashAlgorithm),
    /// RSASSA-PSS (RFC 8017 §8.1).
    RsaPss(Pss),
    /// ECDSA, the signature a SEQUENCE of two INTEGERs.
    Ecdsa(HashAlgorithm),
    /// ECDSA, the signature two numbers of equal length side by side (BSI TR-03111 §5.2.1.1).
    EcdsaPlain(HashAlgorithm),
    /// Another algorithm, or parameters that name something else.
    Unknown,
}

impl SignatureAlgorithm {
    /// The algorithm that `identifier` names. `digest` is the hash that the surrounding structure names, for signers
    /// that put only the key type here.
    ///
    /// # Errors
    /// Those of the reader, if parameters of RSASSA-PSS are malformed.
    pub fn of(
        identifier: &AlgorithmIdentifier<'_>,
        digest: Option<HashAlgorithm>,
        seen: &mut Deviations,
    ) -> Result<Self> {
        let tlv = &identifier.tlv;
        if identifier.oid == RSA_PSS {
            return pss(identifier, seen);
        }
        let algorithm = match (by_oid(identifier.oid), digest) {
            (Some(algorithm), _) => algorithm,
            (None, Some(hash)) if identifier.oid == RSA_ENCRYPTION => Self::RsaPkcs1(hash),
            (None, Some(hash)) if identifier.oid == EC_PUBLIC_KEY => {
                seen.note(Deviation::AlgorithmIsKeyType, tlv.part(), tlv.offset());
                return Ok(Self::Ecdsa(hash));
            }
            _ => return Ok(Self::Unknown),
        };
        note_parameters(identifier, algorithm, seen);
        Ok(algorithm)
    }

    /// The hash of the message.
    #[must_use]
    pub const fn hash(self) -> Option<HashAlgorithm> {
        match self {
            Self::RsaPkcs1(hash) | Self::Ecdsa(hash) | Self::EcdsaPlain(hash) => Some(hash),
            Self::RsaPss(pss) => Some(pss.hash),
            Self::Unknown => None,
        }
    }

    /// The family, without the hash: `rsa_pkcs1`, `rsa_pss`, `ecdsa`, `ecdsa_plain`, `unknown`.
    #[must_use]
    pub const fn family(self) -> &'static str {
        match self {
            Self::RsaPkcs1(_) => "rsa_pkcs1",
            Self::RsaPss(_) => "rsa_pss",
            Self::Ecdsa(_) => "ecdsa",
            Self::EcdsaPlain(_) => "ecdsa_plain",
            Self::Unknown => "unknown",
        }
    }
}

/// The stable name, as JSON writes it: family and hash, `rsa_pkcs1_sha256`.
impl fmt::Display for SignatureAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.family())?;
        match self.hash() {
            Some(hash) => write!(f, "_{}", hash.name()),
            None => Ok(()),
        }
    }
}

fn by_oid(oid: Oid<'_>) -> Option<SignatureAlgorithm> {
    use HashAlgorithm::{Sha1, Sha224, Sha256, Sha384, Sha512};
    if let Some(number) = oid.below(PKCS1) {
        let hash = match number {
            [5] => Sha1,
            [11] => Sha256,
            [12] => Sha384,
            [13] => Sha512,
            [14] => Sha224,
            _ => return None,
        };
        return Some(SignatureAlgorithm::RsaPkcs1(hash));
    }
    if let Some(number) = oid.below(ECDSA) {
        let hash = match number {
            [1] => Sha1,
            [3, 1] => Sha224,
            [3, 2] => Sha256,
            [3, 3] => Sha384,
            [3, 4] => Sha512,
            _ => return None,
        };
        return Some(SignatureAlgorithm::Ecdsa(hash));
    }
    let hash = match oid.below(ECDSA_PLAIN)? {
        [1] => Sha1,
        [2] => Sha224,
        [3] => Sha256,
        [4] => Sha384,
        [5] => Sha512,
        _ => return None,
    };
    Some(SignatureAlgorithm::EcdsaPlain(hash))
}

/// Notes parameters that are not as RFC 4055 §5 (RSA: NULL) and RFC 5758 §3.2 (ECDSA: none) ask.
fn note_parameters(identifier: &AlgorithmIdentifier<'_>, algorithm: SignatureAlgorithm, seen: &mut Deviations) {
    let rsa = matches!(algorithm, SignatureAlgorithm::RsaPkcs1(_));
    let deviation = match (rsa, identifier.parameters.map(|found| found.tag)) {
        (true, None) => Deviation::AlgorithmParametersAbsent,
        (true, Some(Tag::NULL)) | (false, None) => return,
        _ => Deviation::AlgorithmParametersPresent,
    };
    seen.note(deviation, identifier.tlv.part(), identifier.tlv.offset());
}

fn pss(identifier: &AlgorithmIdentifier<'_>, seen: &mut Deviations) -> Result<SignatureAlgorithm> {
    let Some(parameters) = identifier.parameters.filter(|_| !identifier.is_plain()) else {
        let deviation = Deviation::AlgorithmParametersAbsent;
        seen.note(deviation, identifier.tlv.part(), identifier.tlv.offset());
        return Ok(SignatureAlgorithm::RsaPss(Pss::DEFAULT));
    };
    let mut reader = parameters.children()?;
    let known = pss_parameters(&mut reader, seen)?;
    reader.finish_tolerant(seen)?;
    Ok(known.map_or(SignatureAlgorithm::Unknown, SignatureAlgorithm::RsaPss))
}

/// Takes the four parameters; `None` if one of them names something that is not known here.
fn pss_parameters(reader: &mut Reader<'_>, seen: &mut Deviations) -> Result<Option<Pss>> {
    let mut pss = Pss::DEFAULT;
    let mut known = true;
    match reader.optional_explicit(0, seen)? {
        Some(mut inner) => match hash(&mut inner, seen)? {
            Some(hash) => pss.hash = hash,
            None => known = false,
        },
        None => seen.note(Deviation::PssHashDefaulted, reader.part(), reader.offset()),
    }
    if let Some(mut inner) = reader.optional_explicit(1, seen)? {
        match mask_hash(&mut inner, seen)? {
            Some(hash) => pss.mask_hash = hash,
            None => known = false,
        }
    }
    if let Some(mut inner) = reader.optional_explicit(2, seen)? {
        let range = inner.error(ErrorKind::Asn1Range);
        pss.salt_len = u32::try_from(inner.small_integer(seen)?).map_err(|_| range)?;
    }
    if let Some(mut inner) = reader.optional_explicit(3, seen)? {
        known &= inner.small_integer(seen)? == 1;
    }
    Ok(known.then_some(pss))
}

/// A hash algorithm, its parameters NULL or absent, which RFC 5754 §2 calls equivalent.
fn hash(reader: &mut Reader<'_>, seen: &mut Deviations) -> Result<Option<HashAlgorithm>> {
    let identifier = AlgorithmIdentifier::read(reader, seen)?;
    Ok(HashAlgorithm::from_oid(identifier.oid))
}

fn mask_hash(reader: &mut Reader<'_>, seen: &mut Deviations) -> Result<Option<HashAlgorithm>> {
    let mut generator = reader.sequence(seen)?;
    if generator.oid(seen)? == MGF1 { hash(&mut generator, seen) } else { Ok(None) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asn1::{Profile, Writer};
    use crate::error::Part;
    use HashAlgorithm::{Sha1, Sha256, Sha512};
    use SignatureAlgorithm::{Ecdsa, EcdsaPlain, RsaPkcs1, RsaPss, Unknown};

    fn identifier(fill: impl FnOnce(&mut Writer)) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.constructed(Tag::SEQUENCE, fill);
        writer.into_bytes()
    }

    fn read(bytes: &[u8], digest: Option<HashAlgorithm>) -> (SignatureAlgorithm, Vec<Deviation>) {
        let mut seen = Deviations::new();
        let mut reader = Reader::new(bytes, Part::Certificate, Profile::Ber);
        let identifier = AlgorithmIdentifier::read(&mut reader, &mut seen).unwrap();
        let algorithm = SignatureAlgorithm::of(&identifier, digest, &mut seen).unwrap();
        (algorithm, seen.iter().map(|found| found.deviation).collect())
    }

    #[test]
    fn absent_and_superfluous_parameters_are_read_and_noted() {
        let sha256_rsa = oid!(1, 2, 840, 113549, 1, 1, 11);
        let sha512_ecdsa = oid!(1, 2, 840, 10045, 4, 3, 4);
        let rows = [
            (sha256_rsa, true, RsaPkcs1(Sha256), None),
            (sha256_rsa, false, RsaPkcs1(Sha256), Some(Deviation::AlgorithmParametersAbsent)),
            (sha512_ecdsa, false, Ecdsa(Sha512), None),
            (sha512_ecdsa, true, Ecdsa(Sha512), Some(Deviation::AlgorithmParametersPresent)),
        ];
        for (oid, null, algorithm, deviation) in rows {
            let bytes = identifier(|out| {
                out.oid(oid);
                if null {
                    out.null();
                }
            });
            assert_eq!(read(&bytes, None), (algorithm, deviation.into_iter().collect()));
        }
    }

    #[test]
    fn a_bare_key_type_is_an_algorithm_only_where_a_digest_is_named() {
        let rsa = identifier(|out| {
            out.oid(RSA_ENCRYPTION).null();
        });
        assert_eq!(read(&rsa, None).0, Unknown);
        assert_eq!(read(&rsa, Some(Sha256)), (RsaPkcs1(Sha256), vec![]));
        let ec = identifier(|out| {
            out.oid(EC_PUBLIC_KEY);
        });
        assert_eq!(read(&ec, Some(Sha1)), (Ecdsa(Sha1), vec![Deviation::AlgorithmIsKeyType]));
        let plain = identifier(|out| {
            out.oid(oid!(0, 4, 0, 127, 0, 7, 1, 1, 4, 1, 3));
        });
        assert_eq!(read(&plain, None).0, EcdsaPlain(Sha256));
    }

    fn pss_with(hash: Option<Oid<'_>>, mask: Oid<'_>, salt: u64, trailer: u64) -> Vec<u8> {
        identifier(|out| {
            out.oid(RSA_PSS);
            out.constructed(Tag::SEQUENCE, |parameters| {
                if let Some(hash) = hash {
                    parameters.constructed(Tag::context_constructed(0), |out| {
                        out.raw(&identifier(|out| {
                            out.oid(hash);
                        }));
                    });
                }
                parameters.constructed(Tag::context_constructed(1), |out| {
                    out.constructed(Tag::SEQUENCE, |out| {
                        out.oid(mask).raw(&identifier(|out| {
                            out.oid(Sha256.oid()).null();
                        }));
                    });
                });
                parameters.constructed(Tag::context_constructed(2), |out| {
                    out.integer(salt);
                });
                parameters.constructed(Tag::context_constructed(3), |out| {
                    out.integer(trailer);
                });
            });
        })
    }

    #[test]
    fn pss_parameters_are_read_and_what_is_left_out_is_the_default() {
        let (algorithm, seen) = read(&pss_with(Some(Sha256.oid()), MGF1, 64, 1), None);
        let expected = Pss { hash: Sha256, mask_hash: Sha256, salt_len: 64 };
        assert_eq!((algorithm, seen.len()), (RsaPss(expected), 0));
        assert_eq!(algorithm.to_string(), "rsa_pss_sha256");
        let (algorithm, seen) = read(&pss_with(None, MGF1, 32, 1), None);
        let expected = Pss { hash: Sha1, mask_hash: Sha256, salt_len: 32 };
        assert_eq!((algorithm, seen), (RsaPss(expected), vec![Deviation::PssHashDefaulted]));
        let empty = identifier(|out| {
            out.oid(RSA_PSS);
        });
        assert_eq!(read(&empty, None), (RsaPss(Pss::with(Sha1)), vec![Deviation::AlgorithmParametersAbsent]));
    }

    #[test]
    fn unknown_hashes_masks_trailers_and_algorithms_are_unknown_and_no_error() {
        let md5 = oid!(1, 2, 840, 113549, 2, 5);
        for bytes in [
            pss_with(Some(md5), MGF1, 32, 1),
            pss_with(Some(Sha256.oid()), md5, 32, 1),
            pss_with(Some(Sha256.oid()), MGF1, 32, 2),
            identifier(|out| {
                out.oid(md5);
            }),
        ] {
            assert_eq!(read(&bytes, Some(Sha256)).0, Unknown);
        }
    }
}
