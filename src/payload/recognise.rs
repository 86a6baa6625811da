//! What a payload is, by its content: first what begins with marks of its own, then what has a shape.

use super::{Kind, MAX_PAYLOAD, aamva, bcbp, idb, stripe, vds, vds_nc};

/// A kind, and whether content is of it.
type Row = (Kind, fn(&[u8]) -> bool);

/// Says what a payload is; `None` for content that nothing recognises.
#[must_use]
pub fn recognise(bytes: &[u8]) -> Option<Kind> {
    if bytes.is_empty() || bytes.len() > MAX_PAYLOAD {
        return None;
    }
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii();
    let rows: [Row; 11] = [
        (Kind::Vds, vds::is_seal),
        (Kind::VdsNc, vds_nc::is_seal),
        (Kind::Idb, idb::is_barcode),
        (Kind::EuHealthCertificate, |text| text.starts_with(b"HC1:")),
        (Kind::MdocEngagement, is_mdoc),
        (Kind::TwoDDoc, is_two_d_doc),
        (Kind::Aamva, aamva::is_card),
        (Kind::MagneticStripe, stripe::is_stripe),
        (Kind::Bcbp, bcbp::is_pass),
        (Kind::Aadhaar, is_aadhaar),
        (Kind::Mosip169, is_mosip),
    ];
    // Blanks belong to a pass, and every byte to a seal.
    let whole = |kind: Kind| matches!(kind, Kind::Vds | Kind::Bcbp | Kind::Aamva);
    let found = rows.iter().find(|(kind, is)| is(if whole(*kind) { bytes } else { text }));
    found.map(|(kind, _)| *kind)
}

/// `mdoc:` and base64url (ISO/IEC 18013-5 §8.2.2.3).
fn is_mdoc(text: &[u8]) -> bool {
    text.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"mdoc:")) && text.len() > 5
}

/// `DC`, a version, and two identifiers of four characters.
fn is_two_d_doc(text: &[u8]) -> bool {
    matches!(text, [b'D', b'C', b'0', b'1'..=b'9', rest @ ..] if rest.len() >= 16
        && rest.iter().take(8).all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()))
}

/// The XML of the older cards, or one decimal number of hundreds of digits: the secure code.
fn is_aadhaar(text: &[u8]) -> bool {
    let has = |word: &[u8]| text.windows(word.len()).any(|window| window == word);
    let number = text.len() >= 400 && text.iter().all(u8::is_ascii_digit);
    number || text.starts_with(b"<") && (has(b"PrintLetterBarcodeData") || has(b"<QPDB"))
}

/// A CBOR web token with claim 169, compressed, in base45.
fn is_mosip(text: &[u8]) -> bool {
    let Some(binary) = base45(text) else {
        return false;
    };
    let inflated = miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(&binary, MAX_PAYLOAD);
    let token = inflated.unwrap_or(binary);
    // COSE_Sign1, with or without the tag of a web token around it, and the key 169 of a map.
    let signed = matches!(token.as_slice(), [0xD2, 0x84, ..] | [0xD8, 0x3D, 0xD2, 0x84, ..]);
    signed && token.windows(2).any(|pair| pair == [0x18, 0xA9])
}

/// Base45 (RFC 9285): three characters for two bytes.
fn base45(text: &[u8]) -> Option<Vec<u8>> {
    const ALPHABET: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    let value = |byte: &u8| ALPHABET.iter().position(|own| own == byte);
    let mut bytes = Vec::with_capacity(text.len());
    for group in text.chunks(3) {
        let number = group.iter().rev().try_fold(0, |sum, byte| Some(sum * 45 + value(byte)?))?;
        match group.len() {
            3 => bytes.extend(u16::try_from(number).ok()?.to_be_bytes()),
            2 => bytes.push(u8::try_from(number).ok()?),
            _ => return None,
        }
    }
    (bytes.len() > 8).then_some(bytes)
}
