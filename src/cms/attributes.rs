//! Signed attributes (RFC 5652 §5.3, §5.4, §11): what they say, and the bytes that a signature over them covers.
//!
//! ```text
//! [0] IMPLICIT SET OF SEQUENCE { type OBJECT IDENTIFIER, values SET OF ANY }
//!     1.2.840.113549.1.9.3   content type     one OBJECT IDENTIFIER
//!     1.2.840.113549.1.9.4   message digest   one OCTET STRING
//!     1.2.840.113549.1.9.5   signing time     one UTCTime or GeneralizedTime
//! ```
//! The signature covers not the element as it stands, tagged `[0]`, but the same set tagged 31 and encoded in DER.
//! Signers differ in how they understand that, so both readings are given out, and a verifier says which one held.

use super::Octets;
use crate::asn1::{Oid, Profile, Reader, Tag, Tlv, Writer, oid};
use crate::date::Time;
use crate::deviation::{Deviation, Deviations};
use crate::error::{ErrorKind, Part, Result};

/// id-contentType.
const CONTENT_TYPE: Oid<'static> = oid!(1, 2, 840, 113549, 1, 9, 3);
/// id-messageDigest.
const MESSAGE_DIGEST: Oid<'static> = oid!(1, 2, 840, 113549, 1, 9, 4);
/// id-signingTime.
const SIGNING_TIME: Oid<'static> = oid!(1, 2, 840, 113549, 1, 9, 5);

/// How many attributes one signer may sign.
const MAX_ATTRIBUTES: usize = 64;

/// The attributes that one signer signed.
///
/// Content type, digest and time are read; any other attribute is covered by the signature and otherwise ignored.
/// An attribute of these three that stands twice or has not exactly one value is `CmsAttribute`: two readers could
/// see two things in it.
#[derive(Debug, Clone)]
pub struct SignedAttributes<'a> {
    /// The type of the content, which must be the one that stands beside the content.
    pub content_type: Option<Oid<'a>>,
    /// The digest of the content.
    pub message_digest: Option<Octets<'a>>,
    /// When the signer says it signed.
    pub signing_time: Option<Time>,
    /// The whole element as received, with its tag `[0]`.
    pub tlv: Tlv<'a>,
}

impl<'a> SignedAttributes<'a> {
    /// Reads the attributes; whether their order is that of DER is noted.
    ///
    /// # Errors
    /// `CmsAttribute`, `BudgetExceeded` beyond 64 attributes, and those of the ASN.1 reader.
    pub(super) fn read(tlv: Tlv<'a>, seen: &mut Deviations) -> Result<Self> {
        tlv.check_set_order(seen)?;
        let mut found = Self { content_type: None, message_digest: None, signing_time: None, tlv };
        let mut reader = tlv.children()?;
        for _ in 0..MAX_ATTRIBUTES {
            let Some(attribute) = reader.next(seen)? else {
                return Ok(found);
            };
            found.attribute(&attribute, seen)?;
        }
        Err(reader.error(ErrorKind::BudgetExceeded))
    }

    /// Reads one `SEQUENCE { type, values SET }`. Of an attribute that is not known not even the values are looked into.
    fn attribute(&mut self, attribute: &Tlv<'a>, seen: &mut Deviations) -> Result<()> {
        let repeated = attribute.error(ErrorKind::CmsAttribute);
        let once = |is_first: bool| is_first.then_some(()).ok_or(repeated);
        let mut inner = attribute.children()?;
        let kind = inner.oid(seen)?;
        let mut values = inner.set(seen)?;
        match kind {
            CONTENT_TYPE => {
                once(self.content_type.is_none())?;
                self.content_type = Some(values.oid(seen)?);
            }
            MESSAGE_DIGEST => {
                once(self.message_digest.is_none())?;
                self.message_digest = Some(Octets(values.octet_string(seen)?));
            }
            SIGNING_TIME => {
                once(self.signing_time.is_none())?;
                self.signing_time = signing_time(&values.read(seen)?, seen);
            }
            _ => return inner.finish_tolerant(seen),
        }
        once(values.is_empty())?;
        inner.finish_tolerant(seen)
    }

    /// The attributes re-tagged as a SET, the elements as received and in the order received.
    ///
    /// This is what most signers sign. Some lists were signed with an order that is not DER's and verify this way only.
    #[must_use]
    pub fn as_received(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.primitive(Tag::SET, self.tlv.value);
        writer.into_bytes()
    }

    /// The attributes as a SET in the distinguished encoding, sorted: what RFC 5652 §5.4 says is signed.
    ///
    /// # Errors
    /// As [`Tlv::to_der`].
    pub fn canonical(&self) -> Result<Vec<u8>> {
        let elements = self.tlv.der_children(&mut Deviations::new())?;
        let mut writer = Writer::new();
        writer.set_of(elements);
        Ok(writer.into_bytes())
    }
}

/// The moment, or `None` and a note: a time that cannot be read is as good as none.
fn signing_time(value: &Tlv<'_>, seen: &mut Deviations) -> Option<Time> {
    let time = value.time(seen).ok();
    if time.is_none() {
        seen.note(Deviation::CmsSigningTime, value.part(), value.offset());
    }
    time
}

/// Whether `content` is itself the encoding of a non-empty set of attributes.
///
/// A signature made over signed attributes also verifies as one made directly over content that consists of the same
/// bytes. Whoever accepts content without signed attributes must refuse such content.
#[must_use]
pub fn is_attribute_set(content: &[u8]) -> bool {
    let mut seen = Deviations::new();
    let mut reader = Reader::new(content, Part::Input, Profile::Ber);
    let mut attributes = || {
        let mut set = reader.set(&mut seen)?;
        let mut count = 0;
        while let Some(attribute) = set.next(&mut seen)? {
            let mut inner = attribute.children()?;
            inner.oid(&mut seen)?;
            inner.set(&mut seen)?;
            count += 1;
        }
        Ok(count)
    };
    let count: Result<usize> = attributes();
    count.is_ok_and(|count| count > 0)
}
