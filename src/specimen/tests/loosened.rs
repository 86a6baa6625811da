//! EF.SOD written anew in BER: every length indefinite, every string in pieces. Certificates stay as they are, because
//! their signatures cover their bytes; attributes do if asked.

use crate::asn1::{Profile, Reader, Tag, Tlv, Writer};
use crate::deviation::Deviations;
use crate::error::Part;

fn children<'a>(tlv: &Tlv<'a>) -> Vec<Tlv<'a>> {
    let mut reader = tlv.children().unwrap();
    core::iter::from_fn(|| reader.next(&mut Deviations::new()).unwrap()).collect()
}

/// The same element in BER. `keep` says which elements are written as they are.
fn element(w: &mut Writer, tlv: &Tlv<'_>, keep: &dyn Fn(&Tlv<'_>) -> bool) {
    let constructed = tlv.tag.octets().next().is_some_and(|first| first & 0x20 != 0);
    if keep(tlv) {
        w.raw(tlv.raw);
    } else if constructed {
        w.indefinite(tlv.tag, |w| children(tlv).iter().for_each(|child| element(w, child, keep)));
    } else if tlv.tag == Tag::OCTET_STRING && tlv.value.len() > 1 {
        let (first, rest) = tlv.value.split_at(tlv.value.len() / 3 + 1);
        w.indefinite(Tag(0x24), |w| {
            w.octet_string(first).octet_string(rest);
        });
    } else {
        w.raw(tlv.raw);
    }
}

/// `sod` in BER, its outermost length apart, by which a reader knows how much to read. `attributes` says whether the
/// signed attributes are loosened too.
pub fn loosened(sod: &[u8], attributes: bool) -> Vec<u8> {
    let mut reader = Reader::new(sod, Part::Sod, Profile::Ber);
    let file = reader.read(&mut Deviations::new()).unwrap();
    let info = children(&file)[0];
    let body = children(&children(&info)[1])[0];
    let elements = children(&body);
    let certificates: Vec<&[u8]> =
        elements.iter().filter(|one| one.tag == Tag::context_constructed(0)).map(|one| one.value).collect();
    let signers = elements.last().unwrap().value;
    let within = |tlv: &Tlv<'_>, outer: &[u8]| outer.as_ptr_range().contains(&tlv.raw.as_ptr());
    let keep = |tlv: &Tlv<'_>| {
        certificates.iter().any(|set| within(tlv, set))
            || (!attributes && tlv.tag == Tag::context_constructed(0) && within(tlv, signers))
    };
    let mut writer = Writer::new();
    writer.constructed(Tag(0x77), |w| element(w, &info, &keep));
    writer.into_bytes()
}
