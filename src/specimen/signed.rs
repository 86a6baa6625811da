//! CMS SignedData as Doc 9303-10 §4.6.2.2 and Doc 9303-12 §9 profile it: one signer, the hash of its key, signed attributes.
//!
//! EF.SOD, the master list and the deviation list are made here. They differ in the type of the content, in how the signer is
//! named, and in the certificates that come along: the signer's alone, or the CSCA's with it.
//!
//! Not done: several signers, unsigned attributes, content that is kept elsewhere. A specimen is what the standard
//! asks for; what the field deviates in is for the vectors of the reading rooms, BER apart ([`ber`](super::ber)).

use super::certificate::{Authority, key_identifier, name};
use super::key::{SigningKey, hash_algorithm, sequence};
use crate::asn1::oid;
use crate::asn1::{Oid, Tag, Writer};
use crate::crypto::HashAlgorithm;
use crate::date::Time;
use crate::error::Result;

/// The content of EF.SOD.
pub(super) const LDS_SECURITY_OBJECT: Oid<'static> = oid!(2, 23, 136, 1, 1, 1);
/// The content of a master list.
pub(super) const CSCA_MASTER_LIST: Oid<'static> = oid!(2, 23, 136, 1, 1, 2);
/// The content of a deviation list.
pub(super) const DEVIATION_LIST: Oid<'static> = oid!(2, 23, 136, 1, 1, 7);
const SIGNED_DATA: Oid<'static> = oid!(1, 2, 840, 113549, 1, 7, 2);
const CONTENT_TYPE: Oid<'static> = oid!(1, 2, 840, 113549, 1, 9, 3);
const MESSAGE_DIGEST: Oid<'static> = oid!(1, 2, 840, 113549, 1, 9, 4);
const SIGNING_TIME: Oid<'static> = oid!(1, 2, 840, 113549, 1, 9, 5);

/// How the signer is named in SignerInfo.
pub(super) enum SignerName<'a> {
    /// By issuer and serial number: the issuer's names, the certificate's number. Preferred for EF.SOD.
    IssuerAndSerial(Authority, &'a [u8]),
    /// By the identifier of its key. Recommended for master lists.
    KeyIdentifier,
}

/// What is signed, by whom and when.
pub(super) struct Content<'a> {
    /// The type of the content.
    pub(super) kind: Oid<'static>,
    /// The content.
    pub(super) content: &'a [u8],
    /// The signer's certificate, and others that help.
    pub(super) certificates: &'a [&'a [u8]],
    /// How the signer is named.
    pub(super) signer: SignerName<'a>,
    /// When it signed.
    pub(super) signed_at: Time,
}

/// A ContentInfo holding SignedData (RFC 5652 §3, §5.1).
///
/// ```text
/// SEQUENCE { id-signedData, [0] { SEQUENCE {
///     INTEGER 3
///     SET { SEQUENCE { hash } }                           digestAlgorithms
///     SEQUENCE { kind, [0] { OCTET STRING content } }     encapContentInfo
///     [0] { Certificate, … }                              certificates; crls are left out
///     SET { SignerInfo } } } }
/// ```
///
/// # Errors
/// `BadArgument` if the key cannot sign.
pub(super) fn signed_data(key: &SigningKey, what: &Content<'_>) -> Result<Vec<u8>> {
    let signer = signer_info(key, what)?;
    let mut digests = Writer::new();
    digests.primitive(Tag::SET, &hash_algorithm(key.hash()));
    let mut certificates: Vec<Vec<u8>> = what.certificates.iter().map(|one| one.to_vec()).collect();
    certificates.sort();
    let data = sequence(|w| {
        w.integer(3).raw(&digests.into_bytes());
        w.constructed(Tag::SEQUENCE, |w| {
            w.oid(what.kind);
            w.constructed(Tag::context_constructed(0), |w| {
                w.octet_string(what.content);
            });
        });
        w.primitive(Tag::context_constructed(0), &certificates.concat());
        w.primitive(Tag::SET, &signer);
    });
    Ok(sequence(|w| {
        w.oid(SIGNED_DATA).primitive(Tag::context_constructed(0), &data);
    }))
}

/// The one signer (RFC 5652 §5.3).
///
/// ```text
/// SEQUENCE { INTEGER 1 | 3                                         by the way the signer is named
///            SEQUENCE { Name, INTEGER } | [0] key identifier       sid
///            SEQUENCE { hash }                                     digestAlgorithm
///            [0] { Attribute, … }                                  signedAttrs
///            AlgorithmIdentifier, OCTET STRING signature }
/// ```
fn signer_info(key: &SigningKey, what: &Content<'_>) -> Result<Vec<u8>> {
    let mut attributes = Writer::new();
    attributes.set_of(signed_attributes(key.hash(), what));
    let attributes = attributes.into_bytes();
    // The signature covers the attributes as a SET; inside SignerInfo they stand under [0] (RFC 5652 §5.4).
    let signature = key.sign(&attributes)?;
    let mut tagged = attributes;
    if let Some(tag) = tagged.first_mut() {
        *tag = 0xA0;
    }
    Ok(sequence(|w| {
        match what.signer {
            SignerName::IssuerAndSerial(authority, serial) => {
                w.integer(1).constructed(Tag::SEQUENCE, |w| {
                    w.raw(&name(authority, authority.common_name)).unsigned(serial);
                });
            }
            SignerName::KeyIdentifier => {
                w.integer(3).primitive(Tag::context(0), &key_identifier(&key.public()));
            }
        }
        w.raw(&hash_algorithm(key.hash())).raw(&tagged);
        w.raw(&key.algorithm()).octet_string(&signature);
    }))
}

/// The attributes that are signed, each a SEQUENCE of type and SET of one value; [`Writer::set_of`] puts them in order.
///
/// Content type and digest of the content are required wherever attributes are signed (RFC 5652 §11); the signing time
/// is required in master lists (Doc 9303-12 §9) and what tells the age of EF.SOD.
fn signed_attributes(hash: HashAlgorithm, what: &Content<'_>) -> Vec<Vec<u8>> {
    let attribute = |kind: Oid<'_>, fill: &dyn Fn(&mut Writer)| {
        sequence(|w| {
            w.oid(kind).constructed(Tag::SET, |w| fill(w));
        })
    };
    let digest = hash.digest(what.content);
    vec![
        attribute(CONTENT_TYPE, &|w| {
            w.oid(what.kind);
        }),
        attribute(SIGNING_TIME, &|w| {
            w.time(what.signed_at);
        }),
        attribute(MESSAGE_DIGEST, &|w| {
            w.octet_string(digest.as_bytes());
        }),
    ]
}
