//! The frame of a seal: header, features, signature.
//!
//! What a seal declares is tried first. If that does not lead to its last byte, the layouts that are met in the field are
//! tried in turn; the first that does is taken, and reported. The number of tries is bounded by the size of a header.

use super::feature::Feature;
use super::header::{Header, Reference};
use super::{MAGIC, MAX_FEATURES, Seal, error, profile};
use crate::bytes::Cursor;
use crate::deviation::Deviation;
use crate::error::{ErrorKind, Part, Result};
use crate::payload::Problems;
use crate::secret::Secret;

/// The longest signer and reference, in bytes, that are looked for where a header names no length that fits.
const LONGEST_REFERENCE: usize = 64;
/// The signer that writes the length of its reference in decimal.
const DECIMAL_SIGNER: &str = "DEZV";

/// How lengths of features are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lengths {
    /// One byte.
    Byte,
    /// As in DER.
    Der,
}

/// A way through the whole seal.
struct Layout {
    header: Header,
    message: usize,
    end: usize,
    features: Vec<(u8, core::ops::Range<usize>)>,
    signature: Option<core::ops::Range<usize>>,
    after: usize,
    reference: Reference,
    lengths: Lengths,
    long_form: Option<usize>,
}

/// Reads the seal with the first layout that fits.
pub(super) fn read(bytes: &[u8], mut problems: Problems) -> Result<Seal> {
    let [MAGIC, version @ (0x02 | 0x03), ..] = *bytes else {
        return Err(error(ErrorKind::PayloadHeader, 0));
    };
    let layout = choose(bytes, version)?;
    report(&layout, version, &mut problems);
    let signed = bytes.get(..layout.end).unwrap_or(bytes).to_vec();
    let known = profile_of(&layout, bytes);
    if known.is_none() {
        problems.note(Deviation::DocumentTypeUnknown, "document_type", layout.message.saturating_sub(2));
    }
    let features = layout
        .features
        .iter()
        .map(|(tag, range)| {
            let raw = bytes.get(range.clone()).unwrap_or(&[]);
            Feature::read(*tag, raw, known, range.start, &mut problems)
        })
        .collect::<Vec<_>>();
    for (index, (tag, range)) in layout.features.iter().enumerate() {
        if layout.features.iter().take(index).any(|(earlier, _)| earlier == tag) {
            problems.note(Deviation::FieldRepeated, "features", range.start);
        }
    }
    missing(&features, known, layout.end, &mut problems);
    let signature = layout.signature.and_then(|range| bytes.get(range)).map(<[u8]>::to_vec);
    match &signature {
        None => problems.note(Deviation::Unsigned, "signature", layout.end),
        Some(signature) if signature.is_empty() || signature.len() % 2 != 0 => {
            problems.note(Deviation::FieldLength, "signature", layout.end);
        }
        Some(_) => {}
    }
    if layout.after < bytes.len() {
        problems.note(Deviation::TrailingText, "seal", layout.after);
    }
    Ok(Seal { header: layout.header, features, signature, signed: Secret::new(signed), problems })
}

/// The profile of the document type, or of the sub-profile that the seal names.
fn profile_of(layout: &Layout, bytes: &[u8]) -> Option<&'static profile::Profile> {
    let registration = |(tag, range): &(u8, core::ops::Range<usize>)| {
        *tag == 0 && bytes.get(range.clone()) == Some(&profile::REGISTRATION_ID[..])
    };
    let known = profile::profile(layout.header.definition_reference, layout.header.category)?;
    let registered = known.open && known.category == 0xC8 && layout.features.iter().any(registration);
    Some(if registered { &profile::REGISTRATION_PROFILE } else { known })
}

/// The first layout that leads to the last byte, or else the first that leads through at all.
fn choose(bytes: &[u8], version: u8) -> Result<Layout> {
    let declared = match version {
        0x02 => [(Reference::OfVersion3, Lengths::Byte), (Reference::Hexadecimal, Lengths::Der)],
        _ => [(Reference::Hexadecimal, Lengths::Der), (Reference::OfVersion3, Lengths::Byte)],
    };
    let other = |lengths| if lengths == Lengths::Der { Lengths::Byte } else { Lengths::Der };
    let mut ways = Vec::with_capacity(2 * LONGEST_REFERENCE + 8);
    for (reference, lengths) in declared {
        let readings: &[Reference] = match reference {
            Reference::Hexadecimal if is_decimal(bytes) => &[Reference::Decimal, Reference::Hexadecimal],
            Reference::Hexadecimal => &[Reference::Hexadecimal, Reference::Decimal],
            _ => &[reference],
        };
        // The header that is declared is believed before the form of lengths that belongs to it.
        for lengths in [lengths, other(lengths)] {
            ways.extend(readings.iter().map(|reference| (*reference, lengths)));
        }
    }
    for lengths in [Lengths::Der, Lengths::Byte] {
        ways.extend((2..=LONGEST_REFERENCE).map(|count| (Reference::Bytes(count), lengths)));
    }
    let mut first = Err(error(ErrorKind::PayloadHeader, 2));
    let mut through = None;
    for (reference, lengths) in ways {
        let guessed = matches!(reference, Reference::Bytes(_));
        if guessed && through.is_some() {
            // Days that do not exist are a fault of the seal, and no sign of another layout.
            break;
        }
        match layout(bytes, reference, lengths) {
            Ok(layout) if is_clean(&layout, bytes) => return Ok(layout),
            Ok(layout) if !guessed && layout.signature.is_some() && is_whole(&layout, bytes) => {
                through.get_or_insert(layout);
            }
            Ok(layout) if first.is_err() && !guessed => first = Ok(layout),
            _ => {}
        }
    }
    through.map_or(first, Ok)
}

/// Whether the layout leads to the last byte, with a signature of two halves and with days that exist.
fn is_clean(layout: &Layout, bytes: &[u8]) -> bool {
    let dated = layout.header.issue_date.is_some() && layout.header.signature_date.is_some();
    let guessed = matches!(layout.reference, Reference::Bytes(_)) && layout.signature.is_none();
    dated && !guessed && is_whole(layout, bytes)
}

/// Whether it leads to the last byte, with a signature of two halves if there is one.
fn is_whole(layout: &Layout, bytes: &[u8]) -> bool {
    let halves = layout.signature.as_ref().is_none_or(|range| !range.is_empty() && range.len() % 2 == 0);
    halves && layout.after == bytes.len()
}

fn is_decimal(bytes: &[u8]) -> bool {
    let signer = bytes.get(4..8).and_then(|bytes| crate::payload::c40::decode(bytes).ok());
    signer.is_some_and(|text| text.reveal().starts_with(DECIMAL_SIGNER))
}

/// What the layout that fits says of the one that was declared.
fn report(layout: &Layout, version: u8, problems: &mut Problems) {
    let at = 4;
    let header = &layout.header;
    match layout.reference {
        Reference::OfVersion3 if version != 0x02 => problems.note(Deviation::SealVersion, "version", 1),
        Reference::Hexadecimal | Reference::Decimal if version == 0x02 => {
            problems.note(Deviation::SealVersion, "version", 1);
        }
        Reference::Bytes(_) => problems.note(Deviation::ReferenceLength, "certificate_reference", at),
        _ => {}
    }
    let decimal = header.signer == DECIMAL_SIGNER;
    if (layout.reference == Reference::Decimal && !decimal) || (layout.reference == Reference::Hexadecimal && decimal) {
        problems.note(Deviation::ReferenceLength, "certificate_reference", at);
    }
    if header.signer.len() != 4 {
        problems.note(Deviation::FieldMalformed, "signer", at);
    }
    let dates = [(header.issue_date, "issue_date", 8), (header.signature_date, "signature_date", 5)];
    for (date, field, before) in dates {
        if date.is_none() {
            problems.note(Deviation::DateImpossible, field, layout.message.saturating_sub(before));
        }
    }
    if let Some(at) = layout.long_form {
        problems.note(Deviation::FeatureLengthForm, "features", at);
    }
    if (layout.lengths == Lengths::Byte) != (layout.reference == Reference::OfVersion3) {
        problems.note(Deviation::FeatureLengthForm, "features", layout.message);
    }
}

fn missing(features: &[Feature], known: Option<&profile::Profile>, at: usize, problems: &mut Problems) {
    let Some(known) = known else { return };
    for spec in known.features.iter().filter(|spec| spec.required) {
        if !features.iter().any(|feature| feature.tag == spec.tag) {
            problems.note(Deviation::FeatureMissing, spec.name, at);
        }
    }
    let has = |tag| features.iter().any(|feature| feature.tag == tag);
    if known.one_of.iter().all(|tag| !has(*tag)) && !known.one_of.is_empty() {
        problems.note(Deviation::FeatureMissing, "mrz", at);
    }
}

/// Reads the whole seal one way.
fn layout(bytes: &[u8], reference: Reference, lengths: Lengths) -> Result<Layout> {
    let mut cursor = Cursor::new(bytes, Part::Seal);
    let header = Header::read(&mut cursor, reference)?;
    let message = cursor.offset();
    let mut layout = Layout {
        header,
        message,
        end: bytes.len(),
        features: Vec::new(),
        signature: None,
        after: bytes.len(),
        reference,
        lengths,
        long_form: None,
    };
    while let Some(tag) = cursor.peek() {
        let at = cursor.offset();
        cursor.u8()?;
        if tag == 0xFF {
            let length = signature_length(&mut cursor, &mut layout.long_form)?;
            let from = cursor.offset();
            cursor.take(length)?;
            layout.end = at;
            layout.signature = Some(from..cursor.offset());
            layout.after = cursor.offset();
            return Ok(layout);
        }
        let length = match lengths {
            Lengths::Byte => usize::from(cursor.u8()?),
            Lengths::Der => der_length(&mut cursor, &mut layout.long_form)?,
        };
        let from = cursor.offset();
        cursor.take(length).map_err(|_| error(ErrorKind::PayloadLength, at))?;
        if layout.features.len() >= MAX_FEATURES {
            return Err(error(ErrorKind::BudgetExceeded, at));
        }
        layout.features.push((tag, from..cursor.offset()));
    }
    Ok(layout)
}

/// A length of up to two bytes as in DER; `long_form` notes where one was longer than it had to be.
fn der_length(cursor: &mut Cursor<'_>, long_form: &mut Option<usize>) -> Result<usize> {
    let at = cursor.offset();
    let (length, least) = match cursor.u8()? {
        short @ 0..=0x7F => (usize::from(short), 0),
        0x81 => (usize::from(cursor.u8()?), 0x80),
        0x82 => (usize::from(cursor.u16()?), 0x100),
        _ => return Err(error(ErrorKind::PayloadLength, at)),
    };
    if length < least {
        long_form.get_or_insert(at);
    }
    Ok(length)
}

/// The length of the signature is DER in both versions; a lone byte of 128 is met where the curve has 512 bits.
fn signature_length(cursor: &mut Cursor<'_>, long_form: &mut Option<usize>) -> Result<usize> {
    let mut as_der = *cursor;
    let mut long = None;
    if let Ok(length) = der_length(&mut as_der, &mut long) {
        *cursor = as_der;
        *long_form = long_form.or(long);
        return Ok(length);
    }
    cursor.u8().map(usize::from)
}
