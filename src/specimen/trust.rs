//! The authorities of the invented issuers, the document signers below them, and what they publish: master list, CRL and deviation list.
//!
//! ```text
//! Utopia CSCA Specimen (UTO)             published; its CRL revokes signer 2
//! ├─ Utopia Document Signer Specimen 1
//! ├─ Utopia Document Signer Specimen 2
//! ├─ Utopia Master List Signer Specimen
//! └─ Utopia Deviation List Signer Specimen
//! Ytopia CSCA Specimen (YTO)             published, on Utopia's master list
//! └─ Ytopia Document Signer Specimen 1
//! Utopia CSCA Specimen 2 (UTO)           on no list
//! └─ Utopia Document Signer Specimen 3
//! ```
//!
//! CSCAs always sign with RSA and PKCS#1 v1.5; what an order chooses is the key of the document signer. Its certificate follows
//! from that key and the day of issue, so that one signer signs the passports of many seeds, as in life.
//!
//! The certificates of the two published CSCAs are compiled in as files, because nothing about them depends on an order.

use super::certificate::{Authority, Issuer, Period, Request, Role, certificate, revocation_list, serial};
use super::file::days_from;
use super::key::{Shipped, SigningKey};
use super::signed::{CSCA_MASTER_LIST, Content, DEVIATION_LIST, SignerName, signed_data};
use super::{DigitalSignature, invalid};
use crate::asn1::{Oid, Tag, Writer, oid};
use crate::date::{Date, Time};
use crate::error::Result;

/// DER of the certificate of Utopia's CSCA.
pub(super) const UTOPIA: &[u8] = include_bytes!("keys/csca-utopia.der");
/// DER of the certificate of the second invented issuer's CSCA.
pub(super) const SECOND: &[u8] = include_bytes!("keys/csca-second.der");

/// Days before and after an issue for which a document signer's key is used: 90 in all.
const KEY_USE_DAYS: (i64, i64) = (20, 70);
/// Days for which a document signer's certificate outlives the use of its key: ten years of documents and a reserve.
const CERTIFICATE_DAYS: i64 = 3653 + 30;

/// An issuer's authority: which, with which shipped key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Csca {
    /// Utopia's.
    Utopia,
    /// The second invented issuer's.
    Second,
    /// One in Utopia's name that is on no list.
    Unpublished,
}

impl Csca {
    /// Its names.
    pub(super) const fn authority(self) -> Authority {
        match self {
            Self::Utopia | Self::Unpublished => Authority {
                country: "UT",
                code: "UTO",
                organization: "Utopia",
                common_name: match self {
                    Self::Unpublished => "Utopia CSCA Specimen 2",
                    _ => "Utopia CSCA Specimen",
                },
                domain: "utopia.example",
            },
            Self::Second => Authority {
                country: super::SECOND_COUNTRY,
                code: "YTO",
                organization: "Ytopia",
                common_name: "Ytopia CSCA Specimen",
                domain: "ytopia.example",
            },
        }
    }

    /// Its key, which signs with RSA and PKCS#1 v1.5.
    pub(super) fn key(self) -> Result<SigningKey> {
        let shipped = match self {
            Self::Utopia => Shipped::UtopiaCsca,
            Self::Second => Shipped::SecondCsca,
            Self::Unpublished => Shipped::UnpublishedCsca,
        };
        shipped.key().map(SigningKey::RsaPkcs1)
    }

    /// Its self-signed certificate.
    pub(super) fn certificate(self) -> Result<Vec<u8>> {
        let key = self.key()?;
        let request = Request {
            role: Role::Csca,
            common_name: self.authority().common_name,
            validity: Period { from: first_day()?, until: moment(2039, 7, 1)? },
            key_use: Period { from: first_day()?, until: last_issue()? },
            public: &key.public(),
        };
        certificate(&Issuer { authority: self.authority(), key: &key }, &request)
    }
}

fn moment(year: u16, month: u8, day: u8) -> Result<Time> {
    Date::new(year, month, day).map(Time::midnight).ok_or(invalid())
}

/// When the CSCAs begin.
fn first_day() -> Result<Time> {
    moment(2024, 7, 1)
}

/// When the keys of the CSCAs are laid down: 4½ of their certificates' 15 years (Doc 9303-12 names 3 to 5).
pub(super) fn last_issue() -> Result<Time> {
    moment(2029, 1, 1)
}

/// Which document signer signs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum SignerRole {
    /// Utopia's.
    Regular,
    /// Utopia's, the one whose certificate is revoked later.
    Revoked,
    /// The second issuer's.
    Second,
    /// The one below the unpublished CSCA.
    Unpublished,
}

/// A document signer with its certificate.
pub(super) struct DocumentSigner {
    /// Its key.
    pub(super) key: SigningKey,
    /// Its certificate.
    pub(super) certificate: Vec<u8>,
    /// Who issued that.
    pub(super) authority: Authority,
    /// Under which number.
    pub(super) serial: [u8; 16],
}

impl SignerRole {
    /// Who certifies it.
    const fn csca(self) -> Csca {
        match self {
            Self::Regular | Self::Revoked => Csca::Utopia,
            Self::Second => Csca::Second,
            Self::Unpublished => Csca::Unpublished,
        }
    }

    /// Its RSA key and its common name.
    const fn key_and_name(self) -> (Shipped, &'static str) {
        match self {
            Self::Regular => (Shipped::Signer, "Utopia Document Signer Specimen 1"),
            Self::Revoked => (Shipped::RevokedSigner, "Utopia Document Signer Specimen 2"),
            Self::Second => (Shipped::SecondSigner, "Ytopia Document Signer Specimen 1"),
            Self::Unpublished => (Shipped::UnpublishedSigner, "Utopia Document Signer Specimen 3"),
        }
    }

    /// Hands `then` its key for this kind of signature, and what its certificate says for documents issued on that day.
    ///
    /// The key is in use from 20 days before the issue to 70 days after it; the certificate outlives every document that the key
    /// could have signed.
    ///
    /// # Errors
    /// `BadArgument` if its CSCA did not stand yet.
    fn prepare<T>(
        self,
        signature: DigitalSignature,
        issued: Time,
        then: impl FnOnce(SigningKey, &Request<'_>) -> Result<T>,
    ) -> Result<T> {
        let (shipped, common_name) = self.key_and_name();
        let key = SigningKey::of(signature, shipped, common_name)?;
        let from = days_from(issued, -KEY_USE_DAYS.0)?;
        if from < first_day()? {
            return Err(invalid());
        }
        let until = days_from(issued, KEY_USE_DAYS.1)?;
        let public = key.public();
        let request = Request {
            role: Role::DocumentSigner,
            common_name,
            validity: Period { from, until: days_from(until, CERTIFICATE_DAYS)? },
            key_use: Period { from, until },
            public: &public,
        };
        then(key, &request)
    }

    /// The signer of documents issued on that day.
    ///
    /// # Errors
    /// `BadArgument` if its CSCA did not stand yet.
    pub(super) fn signer(self, kind: DigitalSignature, issued: Time) -> Result<DocumentSigner> {
        let authority = self.csca().authority();
        let csca = self.csca().key()?;
        self.prepare(kind, issued, |key, request| {
            let certificate = certificate(&Issuer { authority, key: &csca }, request)?;
            Ok(DocumentSigner { key, certificate, authority, serial: serial(request) })
        })
    }

    /// The number of its certificate for documents issued on that day.
    fn serial(self, kind: DigitalSignature, issued: Time) -> Result<[u8; 16]> {
        self.prepare(kind, issued, |_, request| Ok(serial(request)))
    }
}

/// The CRL of Utopia at a time: it names the later revoked signer, whichever way it signs, and nobody else.
///
/// Issued the day before and current for 90 days, the longest that Doc 9303-12 lets pass between two; its number counts
/// days, and so only grows. The signer was revoked ten days before `at`, which is twenty days after it signed.
///
/// # Errors
/// `BadArgument` for a day on which no document signer stood.
pub(super) fn crl(issued: Time, at: Time) -> Result<Vec<u8>> {
    let revoked_on = days_from(at, -10)?;
    // Both RSA schemes are of one key, and one certificate.
    let revoked = DigitalSignature::ALL
        .iter()
        .filter(|kind| **kind != DigitalSignature::RsaPss)
        .map(|kind| Ok((SignerRole::Revoked.serial(*kind, issued)?, revoked_on)))
        .collect::<Result<Vec<_>>>()?;
    let current = Period { from: days_from(at, -1)?, until: days_from(at, 89)? };
    let key = Csca::Utopia.key()?;
    let issuer = Issuer { authority: Csca::Utopia.authority(), key: &key };
    let number = current.from.unix().unsigned_abs() / 86_400;
    revocation_list(&issuer, number, current, &revoked)
}

/// A master list with both published CSCAs, bare: the CscaMasterList alone (Doc 9303-12 §9).
///
/// ```text
/// SEQUENCE { INTEGER 0, SET OF Certificate }
/// ```
pub(super) fn bare_master_list() -> Vec<u8> {
    super::key::sequence(|w: &mut Writer| {
        w.integer(0).set_of(vec![UTOPIA.to_vec(), SECOND.to_vec()]);
    })
}

/// The same list, signed by Utopia's master list signer five days before `at`, at the latest when its key is laid down.
///
/// Signer and CSCA come along, and the signer is named by its key identifier, as Doc 9303-12 §9 recommends.
///
/// # Errors
/// `BadArgument` if the key cannot sign.
pub(super) fn master_list(at: Time) -> Result<Vec<u8>> {
    let key = Shipped::MasterListSigner.key().map(SigningKey::RsaPkcs1)?;
    let list = List {
        role: Role::MasterListSigner,
        common_name: "Utopia Master List Signer Specimen",
        kind: CSCA_MASTER_LIST,
        content: &bare_master_list(),
    };
    list.sign(&key, at)
}

/// The deviation list of Utopia (Doc 9303-12 §10), signed as the master list is: DG11 of every passport that was issued on
/// this day has another hash than EF.SOD states.
///
/// ```text
/// SEQUENCE { INTEGER 0
///            SET { SEQUENCE { SEQUENCE { [0] "PP", [4] { Time, Time } }      documents: their kind, first and last day of issue
///                             SET { SEQUENCE { PrintableString, deviation, [0] { INTEGER 11 } } } } } }
/// ```
///
/// # Errors
/// `BadArgument` if the key cannot sign.
pub(super) fn deviation_list(issued: Time, at: Time) -> Result<Vec<u8>> {
    const WRONG_HASH: Oid<'static> = oid!(2, 23, 136, 1, 1, 7, 2, 2);
    let documents = |w: &mut Writer| {
        w.text(Tag::context(0), "PP");
        w.constructed(Tag::context_constructed(4), |w| {
            w.generalized_time(Tag::GENERALIZED_TIME, issued).generalized_time(Tag::GENERALIZED_TIME, issued);
        });
    };
    let defect = |w: &mut Writer| {
        w.text(Tag::PRINTABLE_STRING, "the hash is that of another DG11").oid(WRONG_HASH);
        w.constructed(Tag::context_constructed(0), |w| {
            w.integer(11);
        });
    };
    let content = super::key::sequence(|w: &mut Writer| {
        w.integer(0).constructed(Tag::SET, |w| {
            w.constructed(Tag::SEQUENCE, |w| {
                w.constructed(Tag::SEQUENCE, documents).constructed(Tag::SET, |w| {
                    w.constructed(Tag::SEQUENCE, defect);
                });
            });
        });
    });
    let common_name = "Utopia Deviation List Signer Specimen";
    let key = SigningKey::of(DigitalSignature::EcdsaP256, Shipped::MasterListSigner, common_name)?;
    List { role: Role::DeviationListSigner, common_name, kind: DEVIATION_LIST, content: &content }.sign(&key, at)
}

/// A list that Utopia publishes.
struct List<'a> {
    /// The role of its signer.
    role: Role,
    /// The name of its signer.
    common_name: &'a str,
    kind: Oid<'static>,
    content: &'a [u8],
}

impl List<'_> {
    /// Signs five days before `at`, at the latest when the key is laid down.
    fn sign(&self, key: &SigningKey, at: Time) -> Result<Vec<u8>> {
        let csca = Csca::Utopia.key()?;
        let lifetime = Period { from: moment(2024, 7, 15)?, until: last_issue()? };
        let request = Request {
            role: self.role,
            common_name: self.common_name,
            validity: lifetime,
            key_use: lifetime,
            public: &key.public(),
        };
        let signer = certificate(&Issuer { authority: Csca::Utopia.authority(), key: &csca }, &request)?;
        let what = Content {
            kind: self.kind,
            content: self.content,
            certificates: &[&signer, UTOPIA],
            signer: SignerName::KeyIdentifier,
            signed_at: days_from(at.min(lifetime.until), -5)?,
        };
        signed_data(key, &what)
    }
}
