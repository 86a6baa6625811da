//! Certificates and revocation lists by the profile of Doc 9303-12 §7.
//!
//! Country signing CA, signers of documents, master lists and deviation lists, and the CRL. Not done: link certificates, name changes,
//! communication certificates, and certificate policies, which are optional everywhere.

use super::key::{SigningKey, sequence};
use super::seed::Seed;
use crate::asn1::oid;
use crate::asn1::{Oid, Tag, Writer};
use crate::date::Time;
use crate::error::Result;
use sha2::{Digest, Sha256};

const COMMON_NAME: Oid<'static> = oid!(2, 5, 4, 3);
const COUNTRY: Oid<'static> = oid!(2, 5, 4, 6);
const LOCALITY: Oid<'static> = oid!(2, 5, 4, 7);
const ORGANIZATION: Oid<'static> = oid!(2, 5, 4, 10);

const SUBJECT_KEY_IDENTIFIER: Oid<'static> = oid!(2, 5, 29, 14);
const KEY_USAGE: Oid<'static> = oid!(2, 5, 29, 15);
const PRIVATE_KEY_USAGE_PERIOD: Oid<'static> = oid!(2, 5, 29, 16);
const SUBJECT_ALT_NAME: Oid<'static> = oid!(2, 5, 29, 17);
const ISSUER_ALT_NAME: Oid<'static> = oid!(2, 5, 29, 18);
const BASIC_CONSTRAINTS: Oid<'static> = oid!(2, 5, 29, 19);
const CRL_NUMBER: Oid<'static> = oid!(2, 5, 29, 20);
const CRL_DISTRIBUTION_POINTS: Oid<'static> = oid!(2, 5, 29, 31);
const AUTHORITY_KEY_IDENTIFIER: Oid<'static> = oid!(2, 5, 29, 35);
const EXT_KEY_USAGE: Oid<'static> = oid!(2, 5, 29, 37);
const DOCUMENT_TYPE_LIST: Oid<'static> = oid!(2, 23, 136, 1, 1, 6, 2);
const BAR_CODE_SIGNING: Oid<'static> = oid!(2, 23, 136, 1, 1, 11, 1);
const PROOF_SIGNING: Oid<'static> = oid!(2, 23, 136, 1, 1, 14, 2);
const MASTER_LIST_SIGNING: Oid<'static> = oid!(2, 23, 136, 1, 1, 3);
const DEVIATION_LIST_SIGNING: Oid<'static> = oid!(2, 23, 136, 1, 1, 8);

/// Bits 5 and 6 of KeyUsage: keyCertSign, cRLSign; behind the count of unused bits.
const SIGN_CERTIFICATES_AND_CRLS: [u8; 2] = [1, 0x06];
/// Bit 0 of KeyUsage: digitalSignature; behind the count of unused bits.
const DIGITAL_SIGNATURE: [u8; 2] = [7, 0x80];

/// Whose certificate it is, as far as names go.
#[derive(Clone, Copy)]
pub(super) struct Authority {
    /// The country in names: two capital letters.
    pub(super) country: &'static str,
    /// The code in the MRZ: three capital letters.
    pub(super) code: &'static str,
    /// The organization in names.
    pub(super) organization: &'static str,
    /// The common name of its CSCA.
    pub(super) common_name: &'static str,
    /// Mail address and host of its public services; the top-level domain `example` belongs to nobody (RFC 2606).
    pub(super) domain: &'static str,
}

/// What a certificate is for, which decides over its extensions (Doc 9303-12 §7.1.1, table 6).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The self-signed root of an issuer.
    Csca,
    /// Signs EF.SOD.
    DocumentSigner,
    /// Signs master lists.
    MasterListSigner,
    /// Signs deviation lists.
    DeviationListSigner,
    /// Signs the seals of visas.
    #[cfg_attr(not(feature = "barcode"), allow(dead_code, reason = "only seals have such signers"))]
    BarCodeSigner,
    /// Signs the seals of emergency travel documents.
    #[cfg_attr(not(feature = "barcode"), allow(dead_code, reason = "only seals have such signers"))]
    EmergencySealSigner,
    /// Signs proofs of vaccination.
    #[cfg_attr(not(feature = "barcode"), allow(dead_code, reason = "only seals have such signers"))]
    ProofSigner,
    /// Signs travel authorisations, and does not say for which documents.
    #[cfg_attr(not(feature = "barcode"), allow(dead_code, reason = "only seals have such signers"))]
    AuthorisationSigner,
}

impl Role {
    /// The purpose of a signer of seals, and the letter of the documents that it may sign; none for another role.
    const fn seals(self) -> Option<(Oid<'static>, Option<&'static str>)> {
        match self {
            Self::BarCodeSigner => Some((BAR_CODE_SIGNING, Some("V"))),
            Self::EmergencySealSigner => Some((BAR_CODE_SIGNING, Some("P"))),
            Self::ProofSigner => Some((PROOF_SIGNING, Some("N"))),
            Self::AuthorisationSigner => Some((BAR_CODE_SIGNING, None)),
            Self::Csca | Self::DocumentSigner | Self::MasterListSigner | Self::DeviationListSigner => None,
        }
    }
}

/// From when until when.
#[derive(Clone, Copy)]
pub(super) struct Period {
    /// The first moment.
    pub(super) from: Time,
    /// The last moment.
    pub(super) until: Time,
}

/// What is to be certified.
pub(super) struct Request<'a> {
    /// What for.
    pub(super) role: Role,
    /// The common name of the subject.
    pub(super) common_name: &'a str,
    /// How long the certificate is valid.
    pub(super) validity: Period,
    /// How long the private key signs.
    pub(super) key_use: Period,
    /// SubjectPublicKeyInfo of the subject.
    pub(super) public: &'a [u8],
}

/// An issuer with its key.
pub(super) struct Issuer<'a> {
    /// Its names.
    pub(super) authority: Authority,
    /// Its key.
    pub(super) key: &'a SigningKey,
}

/// The serial number of the certificate that this issuer gives this subject: 16 octets, positive.
///
/// It follows from the subject's public key, its common name and its first moment, and so is unique and foreseeable.
pub(super) fn serial(request: &Request<'_>) -> [u8; 16] {
    let seed = Seed::of(request.common_name, request.validity.from.unix().unsigned_abs());
    let hash = seed.with(request.public);
    let [_, rest @ ..] = *hash.octets().first_chunk::<16>().unwrap_or(&[0; 16]);
    let mut serial = [0x55; 16];
    serial.iter_mut().skip(1).zip(rest).for_each(|(to, from)| *to = from);
    serial
}

/// The leftmost 160 bits of the SHA-256 of a public key's bits (RFC 7093 §2 method 1).
pub(super) fn key_identifier(public: &[u8]) -> Vec<u8> {
    Sha256::digest(public).iter().take(20).copied().collect()
}

/// The distinguished name of `common_name` in the country of `authority`.
pub(super) fn name(authority: Authority, common_name: &str) -> Vec<u8> {
    sequence(|w| {
        attribute(w, COUNTRY, Tag::PRINTABLE_STRING, authority.country);
        attribute(w, ORGANIZATION, Tag::UTF8_STRING, authority.organization);
        attribute(w, COMMON_NAME, Tag::UTF8_STRING, common_name);
    })
}

/// The distinguished name of a bar code signer: country and two letters (Doc 9303-12 §7.1).
fn short_name(authority: Authority, common_name: &str) -> Vec<u8> {
    sequence(|w| {
        attribute(w, COUNTRY, Tag::PRINTABLE_STRING, authority.country);
        attribute(w, COMMON_NAME, Tag::UTF8_STRING, common_name);
    })
}

/// Writes one attribute of a name, alone in its SET:
///
/// ```text
/// SET { SEQUENCE { kind, string } }
/// ```
fn attribute(w: &mut Writer, kind: Oid<'_>, string: Tag, value: &str) {
    w.constructed(Tag::SET, |w| {
        w.constructed(Tag::SEQUENCE, |w| {
            w.oid(kind).text(string, value);
        });
    });
}

/// Signs: the body, the algorithm and the signature in one SEQUENCE (RFC 5280 §4.1, §5.1).
fn signed(key: &SigningKey, body: &[u8]) -> Result<Vec<u8>> {
    let signature = key.sign(body)?;
    Ok(sequence(|w| {
        w.raw(body).raw(&key.algorithm()).bit_string(&signature);
    }))
}

/// Issues a certificate (RFC 5280 §4.1).
///
/// ```text
/// SEQUENCE { SEQUENCE { [0] { INTEGER 2 }                  version 3
///                       INTEGER serial
///                       AlgorithmIdentifier                the same as that of the signature
///                       Name                               issuer
///                       SEQUENCE { Time, Time }            validity
///                       Name                               subject
///                       SubjectPublicKeyInfo
///                       [3] { SEQUENCE OF Extension } }
///            AlgorithmIdentifier, BIT STRING signature }
/// ```
///
/// # Errors
/// `BadArgument` if the key cannot sign.
pub(super) fn certificate(issuer: &Issuer<'_>, request: &Request<'_>) -> Result<Vec<u8>> {
    let body = sequence(|w| {
        w.constructed(Tag::context_constructed(0), |w| {
            w.integer(2);
        });
        w.unsigned(&serial(request)).raw(&issuer.key.algorithm());
        w.raw(&name(issuer.authority, issuer.authority.common_name));
        w.constructed(Tag::SEQUENCE, |w| {
            w.time(request.validity.from).time(request.validity.until);
        });
        match request.role.seals() {
            Some(_) => w.raw(&short_name(issuer.authority, request.common_name)),
            None => w.raw(&name(issuer.authority, request.common_name)),
        };
        w.raw(request.public);
        w.constructed(Tag::context_constructed(3), |w| {
            w.constructed(Tag::SEQUENCE, |w| extensions(w, issuer, request));
        });
    });
    signed(issuer.key, &body)
}

/// Writes the extensions of Doc 9303-12 §7.1.1, table 6, that are mandatory for the role, and the two key identifiers in every
/// certificate, because readers look for paths by them:
///
/// ```text
///                               CSCA   document signer   master list signer
/// authority key identifier       x            x                  x
/// subject key identifier         x            x                  x
/// key usage, critical            x            x                  x
/// private key usage period       x            x                  x
/// subject alternative name       x            x                  x
/// issuer alternative name        x            x                  x
/// basic constraints, critical    x
/// document types                              x
/// extended key usage, critical                                   x
/// CRL distribution points        x            x                  x
/// ```
fn extensions(w: &mut Writer, issuer: &Issuer<'_>, request: &Request<'_>) {
    authority_key(w, issuer);
    if let Some((of, documents)) = request.role.seals() {
        return bar_code_signer(w, of, documents);
    }
    extension(w, SUBJECT_KEY_IDENTIFIER, false, |w| {
        w.octet_string(&key_identifier(request.public));
    });
    let usage = match request.role {
        Role::Csca => SIGN_CERTIFICATES_AND_CRLS,
        _ => DIGITAL_SIGNATURE,
    };
    extension(w, KEY_USAGE, true, |w| {
        w.primitive(Tag::BIT_STRING, &usage);
    });
    extension(w, PRIVATE_KEY_USAGE_PERIOD, false, |w| {
        w.constructed(Tag::SEQUENCE, |w| {
            w.generalized_time(Tag::context(0), request.key_use.from);
            w.generalized_time(Tag::context(1), request.key_use.until);
        });
    });
    for kind in [SUBJECT_ALT_NAME, ISSUER_ALT_NAME] {
        extension(w, kind, false, |w| alternative_name(w, issuer.authority));
    }
    match request.role {
        Role::Csca => extension(w, BASIC_CONSTRAINTS, true, |w| {
            w.constructed(Tag::SEQUENCE, |w| {
                w.boolean(true).integer(0);
            });
        }),
        Role::DocumentSigner => extension(w, DOCUMENT_TYPE_LIST, false, |w| document_types(w, "P")),
        Role::MasterListSigner => purpose(w, MASTER_LIST_SIGNING),
        Role::DeviationListSigner => purpose(w, DEVIATION_LIST_SIGNING),
        Role::BarCodeSigner | Role::EmergencySealSigner | Role::ProofSigner | Role::AuthorisationSigner => {}
    }
    extension(w, CRL_DISTRIBUTION_POINTS, false, |w| {
        distribution_point(w, issuer.authority);
    });
}

/// Writes one extension; `critical` is left out where it is the default (RFC 5280 §4.1.2.9, X.690 §11.5):
///
/// ```text
/// SEQUENCE { kind, BOOLEAN TRUE?, OCTET STRING { value } }
/// ```
fn extension(w: &mut Writer, kind: Oid<'_>, critical: bool, fill: impl FnOnce(&mut Writer)) {
    let mut value = Writer::new();
    fill(&mut value);
    w.constructed(Tag::SEQUENCE, |w| {
        w.oid(kind);
        if critical {
            w.boolean(true);
        }
        w.octet_string(&value.into_bytes());
    });
}

/// Writes the identifier of the issuer's key, without the issuer's name and number, which the profile makes optional.
fn authority_key(w: &mut Writer, issuer: &Issuer<'_>) {
    extension(w, AUTHORITY_KEY_IDENTIFIER, false, |w| {
        w.constructed(Tag::SEQUENCE, |w| {
            w.primitive(Tag::context(0), &key_identifier(&issuer.key.public()));
        });
    });
}

/// A contact, and the issuer's code as localityName (Doc 9303-12 §7.1.1.2):
///
/// ```text
/// SEQUENCE { [1] rfc822Name, [4] { Name { localityName = code } } }
/// ```
fn alternative_name(w: &mut Writer, authority: Authority) {
    let code = sequence(|w| attribute(w, LOCALITY, Tag::PRINTABLE_STRING, authority.code));
    let contact = format!("csca@{}", authority.domain);
    w.constructed(Tag::SEQUENCE, |w| {
        w.text(Tag::context(1), &contact);
        w.primitive(Tag::context_constructed(4), &code);
    });
}

/// What a signer of seals has beside the key of its authority: its purpose, and its documents (Doc 9303-12 §7.1).
fn bar_code_signer(w: &mut Writer, of: Oid<'_>, documents: Option<&str>) {
    purpose(w, of);
    if let Some(letter) = documents {
        extension(w, DOCUMENT_TYPE_LIST, false, |w| document_types(w, letter));
    }
}

/// The one purpose of a key (Doc 9303-12 §7.1.1 table 6).
fn purpose(w: &mut Writer, of: Oid<'_>) {
    extension(w, EXT_KEY_USAGE, true, |w| {
        w.constructed(Tag::SEQUENCE, |w| {
            w.oid(of);
        });
    });
}

/// Version 0 and one letter, which covers every document code that begins with it (Doc 9303-12 §7.1.1.6).
fn document_types(w: &mut Writer, letter: &str) {
    w.constructed(Tag::SEQUENCE, |w| {
        w.integer(0).constructed(Tag::SET, |w| {
            w.text(Tag::PRINTABLE_STRING, letter);
        });
    });
}

/// Writes where the CRL would be fetched:
///
/// ```text
/// SEQUENCE { SEQUENCE { [0] { [0] { [6] URI } } } }      distributionPoint, fullName
/// ```
fn distribution_point(w: &mut Writer, authority: Authority) {
    let address = format!("http://pkd.{}/{}.crl", authority.domain, authority.code);
    w.constructed(Tag::SEQUENCE, |w| {
        w.constructed(Tag::SEQUENCE, |w| {
            w.constructed(Tag::context_constructed(0), |w| {
                w.constructed(Tag::context_constructed(0), |w| {
                    w.text(Tag::context(6), &address);
                });
            });
        });
    });
}

/// A certificate revocation list (Doc 9303-12 §7.1.4): the serial numbers, each with the moment of its revocation.
///
/// ```text
/// SEQUENCE { SEQUENCE { INTEGER 1                             version 2
///                       AlgorithmIdentifier, Name
///                       Time, Time                            thisUpdate, nextUpdate
///                       SEQUENCE OF SEQUENCE { INTEGER, Time }?    absent when nobody is revoked
///                       [0] { SEQUENCE { authorityKeyIdentifier, cRLNumber } } }
///            AlgorithmIdentifier, BIT STRING signature }
/// ```
///
/// Entries have no extensions: the profile forbids them all.
///
/// # Errors
/// `BadArgument` if the key cannot sign.
pub(super) fn revocation_list(
    issuer: &Issuer<'_>,
    number: u64,
    current: Period,
    revoked: &[([u8; 16], Time)],
) -> Result<Vec<u8>> {
    let body = sequence(|w| {
        w.integer(1).raw(&issuer.key.algorithm());
        w.raw(&name(issuer.authority, issuer.authority.common_name));
        w.time(current.from).time(current.until);
        if !revoked.is_empty() {
            w.constructed(Tag::SEQUENCE, |w| {
                for (serial, moment) in revoked {
                    w.constructed(Tag::SEQUENCE, |w| {
                        w.unsigned(serial).time(*moment);
                    });
                }
            });
        }
        w.constructed(Tag::context_constructed(0), |w| {
            w.constructed(Tag::SEQUENCE, |w| {
                authority_key(w, issuer);
                extension(w, CRL_NUMBER, false, |w| {
                    w.integer(number);
                });
            });
        });
    });
    signed(issuer.key, &body)
}
