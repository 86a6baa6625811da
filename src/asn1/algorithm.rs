//! The two structures that certificates, signed content and chip files share: algorithm and public key.
//!
//! They are taken apart and not interpreted; which algorithm a number means is for the room that computes.

use super::oid::Oid;
use super::reader::{Reader, Tlv};
use super::tag::Tag;
use super::value::BitString;
use crate::deviation::Deviations;
use crate::error::Result;

/// AlgorithmIdentifier (RFC 5280 §4.1.1.2).
///
/// ```text
/// SEQUENCE { algorithm OBJECT IDENTIFIER, parameters ANY DEFINED BY algorithm OPTIONAL }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct AlgorithmIdentifier<'a> {
    /// Which algorithm.
    pub oid: Oid<'a>,
    /// Its parameters; absent and NULL are told apart.
    pub parameters: Option<Tlv<'a>>,
    /// The whole structure as received.
    pub tlv: Tlv<'a>,
}

impl<'a> AlgorithmIdentifier<'a> {
    /// Takes an AlgorithmIdentifier.
    ///
    /// # Errors
    /// As [`Reader::take`] and [`Reader::oid`].
    pub fn read(reader: &mut Reader<'a>, seen: &mut Deviations) -> Result<Self> {
        let tlv = reader.take(Tag::SEQUENCE, seen)?;
        let mut inner = tlv.children()?;
        let oid = inner.oid(seen)?;
        let parameters = inner.next(seen)?;
        inner.finish_tolerant(seen)?;
        Ok(Self { oid, parameters, tlv })
    }

    /// Whether there are no parameters but a NULL at most.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.parameters.is_none_or(|parameters| parameters.tag == Tag::NULL)
    }
}

/// SubjectPublicKeyInfo (RFC 5280 §4.1.2.7).
///
/// ```text
/// SEQUENCE { algorithm AlgorithmIdentifier, subjectPublicKey BIT STRING }
/// ```
#[derive(Debug, Clone)]
pub struct SubjectPublicKeyInfo<'a> {
    /// The kind of key, and its domain parameters.
    pub algorithm: AlgorithmIdentifier<'a>,
    /// The key in the encoding of its kind.
    pub key: BitString<'a>,
    /// The whole structure as received.
    pub tlv: Tlv<'a>,
}

impl<'a> SubjectPublicKeyInfo<'a> {
    /// Takes a SubjectPublicKeyInfo.
    ///
    /// # Errors
    /// As [`AlgorithmIdentifier::read`] and [`Reader::bit_string`].
    pub fn read(reader: &mut Reader<'a>, seen: &mut Deviations) -> Result<Self> {
        let tlv = reader.take(Tag::SEQUENCE, seen)?;
        let mut inner = tlv.children()?;
        let algorithm = AlgorithmIdentifier::read(&mut inner, seen)?;
        let key = inner.bit_string(seen)?;
        inner.finish_tolerant(seen)?;
        Ok(Self { algorithm, key, tlv })
    }
}
