//! EF.SOD written anew in BER, as some issuers write it: every length indefinite, every string in pieces (X.690 §8).
//!
//! Certificates stay as they are, because their signatures cover their bytes. So do the signed attributes, unless they are to
//! show that a reader finds the form that was signed (RFC 5652 §5.4).

use crate::asn1::{Profile, Reader, Tag, Tlv, Writer};
use crate::deviation::Deviations;
use crate::error::{Part, Result};

/// Constructed OCTET STRING.
const OCTETS_IN_PIECES: Tag = Tag(0x24);

/// How much is written in BER.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// All but certificates and signed attributes.
    Around,
    /// All but certificates.
    #[cfg_attr(not(test), allow(dead_code, reason = "no specimen goes that far"))]
    Throughout,
}

fn children<'a>(tlv: &Tlv<'a>) -> Result<Vec<Tlv<'a>>> {
    let mut reader = tlv.children()?;
    core::iter::from_fn(|| reader.next(&mut Deviations::new()).transpose()).collect()
}

/// The same element in BER. `keep` says which elements are written as they are.
fn element(w: &mut Writer, tlv: &Tlv<'_>, keep: &dyn Fn(&Tlv<'_>) -> bool) {
    if keep(tlv) {
        w.raw(tlv.raw);
    } else if tlv.tag.is_constructed()
        && let Ok(children) = children(tlv)
    {
        w.indefinite(tlv.tag, |w| children.iter().for_each(|child| element(w, child, keep)));
    } else if tlv.tag == Tag::OCTET_STRING && tlv.value.len() > 1 {
        let (first, rest) = tlv.value.split_at(tlv.value.len() / 3 + 1);
        w.indefinite(OCTETS_IN_PIECES, |w| {
            w.octet_string(first).octet_string(rest);
        });
    } else {
        w.raw(tlv.raw);
    }
}

/// `sod` in BER, its outermost length apart, by which a reader knows how much to read.
///
/// # Errors
/// Those of the reader, if it is no EF.SOD in DER.
pub(super) fn loosened(sod: &[u8], extent: Extent) -> Result<Vec<u8>> {
    let seen = &mut Deviations::new();
    let mut file = Reader::new(sod, Part::Sod, Profile::Ber).read(seen)?.children()?;
    let info = file.take(Tag::SEQUENCE, seen)?;
    let mut fields = info.children()?;
    fields.take(Tag::OID, seen)?;
    let body = fields.take(Tag::context_constructed(0), seen)?.children()?.take(Tag::SEQUENCE, seen)?;
    let elements = children(&body)?;
    let certificates = elements.iter().find(|one| one.tag == Tag::context_constructed(0)).map(|one| one.value);
    let signers = elements.last().map(|one| one.value);
    let within = |tlv: &Tlv<'_>, outer: Option<&[u8]>| {
        outer.is_some_and(|outer| outer.as_ptr_range().contains(&tlv.raw.as_ptr()))
    };
    let keep = |tlv: &Tlv<'_>| {
        within(tlv, certificates)
            || (extent == Extent::Around && tlv.tag == Tag::context_constructed(0) && within(tlv, signers))
    };
    let mut writer = Writer::new();
    writer.constructed(Tag(0x77), |w| element(w, &info, &keep));
    Ok(writer.into_bytes())
}
