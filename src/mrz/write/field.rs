//! One field at a time: codes, numbers, dates and the rest, each by its own rule.
//!
//! Blanks and special characters in numbers and optional data become fillers (Doc 9303-4 §4.2.2); a long number
//! of TD1 and TD2 runs on into the optional data (Doc 9303-5 and -6 §4.2.2 note j). What is placed is held against
//! the alphabet of its field.

use super::{Content, name};
use crate::check::Place;
use crate::country::Code;
use crate::date::PartialDate;
use crate::error::{Error, ErrorKind, Part, Result};
use crate::mrz::{FieldId, FieldSpec, Mrz, digit};
use crate::person::Sex;
use crate::secret::Secret;
use zeroize::Zeroizing;

/// An error about a column of a field, counted from 0.
pub(super) fn at_field(kind: ErrorKind, place: Place, column: usize) -> Error {
    let start = usize::from(place.first).saturating_sub(1);
    Error::new(kind, Part::Mrz(place.line), start + column)
}

/// Fills one field; `slot` holds fillers only. Check digits are not printed here.
pub(super) fn fill(content: &Content, spec: &FieldSpec, slot: &mut [u8]) -> Result<()> {
    use FieldId as F;
    let optional = |text: &Secret<String>, slot| place(&characters(text, spec, 0)?, spec, slot);
    match spec.id {
        F::DocumentCode => document_code(content, spec, slot),
        F::Configuration => configuration(content, spec, slot),
        F::Issuer => code(&content.issuer, spec, slot),
        F::Nationality => code(&content.nationality, spec, slot),
        F::Name => name::fill_both(content, spec, slot),
        F::PrimaryIdentifier => name::fill_primary(content, spec, slot),
        F::SecondaryIdentifier => name::fill_secondary(content, spec, slot),
        F::DocumentNumber => document_number(content, spec, slot),
        F::OptionalData => optional_data(content, spec, slot),
        F::OptionalData2 => optional(&content.optional_data_2, slot),
        F::IssuingDepartment => optional(&content.issuing_department, slot),
        F::IssuingOffice => optional(&content.issuing_office, slot),
        F::RandomData => optional(&content.random_data, slot),
        F::NumberVersion => required(&content.number_version, spec, slot),
        F::BlankNumber => required(&content.blank_number, spec, slot),
        F::Language => required(&content.language, spec, slot),
        F::BirthDate => date(content.birth_date, spec, slot),
        F::ExpiryDate => date(content.expiry_date.map(PartialDate::from), spec, slot),
        F::Sex => place(sex(content.sex), spec, slot),
        F::DocumentNumberDigit
        | F::BirthDateDigit
        | F::ExpiryDateDigit
        | F::OptionalDataDigit
        | F::CompositeDigit
        | F::Filler => Ok(()),
    }
}

/// Places characters and holds the whole field, with the fillers behind them, against its alphabet.
fn place(text: &[u8], spec: &FieldSpec, slot: &mut [u8]) -> Result<()> {
    let Some(head) = slot.get_mut(..text.len()) else {
        return Err(at_field(ErrorKind::MrzFieldLength, spec.place, slot.len()));
    };
    head.copy_from_slice(text);
    match slot.iter().position(|c| !spec.alphabet.allows(*c)) {
        None => Ok(()),
        Some(column) if column < text.len() => Err(at_field(ErrorKind::MrzCharacter, spec.place, column)),
        Some(column) => Err(at_field(ErrorKind::MrzFieldLength, spec.place, column)),
    }
}

/// The characters of a number or of optional data, without fillers at the end; `before` columns stand before them.
fn characters(text: &Secret<String>, spec: &FieldSpec, before: usize) -> Result<Zeroizing<Vec<u8>>> {
    let text = text.reveal();
    let mut written = Zeroizing::new(Vec::with_capacity(text.len()));
    for character in text.chars() {
        written.push(match character {
            'A'..='Z' | '0'..='9' | 'a'..='z' => character.to_ascii_uppercase() as u8,
            ' '..='~' => b'<',
            _ => {
                let column = before + written.len();
                return Err(at_field(ErrorKind::MrzCharacter, spec.place, column));
            }
        });
    }
    let end = written.iter().rposition(|c| *c != b'<');
    written.truncate(end.map_or(0, |last| last + 1));
    Ok(written)
}

fn required(text: &Secret<String>, spec: &FieldSpec, slot: &mut [u8]) -> Result<()> {
    let text = characters(text, spec, 0)?;
    match text.first() {
        None => Err(at_field(ErrorKind::MrzField, spec.place, 0)),
        Some(b'<') => Err(at_field(ErrorKind::MrzCharacter, spec.place, 0)),
        Some(_) => place(&text, spec, slot),
    }
}

/// The document code; in a layout whose field has one character, without the configuration behind it.
fn document_code(content: &Content, spec: &FieldSpec, slot: &mut [u8]) -> Result<()> {
    let code = content.document_code.reveal();
    let own = match content.layout.field(FieldId::Configuration) {
        Some(_) => code.get(..1).unwrap_or(code),
        None => code,
    };
    required(&Secret::new(own.to_owned()), spec, slot)
}

fn configuration(content: &Content, spec: &FieldSpec, slot: &mut [u8]) -> Result<()> {
    let code = content.document_code.reveal();
    let own = code.get(1..).unwrap_or_default();
    required(&Secret::new(own.to_owned()), spec, slot)
}

/// A code of the country table's form; whether the table knows it is for the reader to say.
fn code(text: &Secret<String>, spec: &FieldSpec, slot: &mut [u8]) -> Result<()> {
    required(text, spec, slot)?;
    match Code::parse(slot) {
        Some(_) => Ok(()),
        None => Err(at_field(ErrorKind::MrzCharacter, spec.place, 0)),
    }
}

const fn sex(sex: Option<Sex>) -> &'static [u8] {
    match sex {
        Some(Sex::Female) => b"F",
        Some(Sex::Male) => b"M",
        Some(Sex::Unspecified) | None => b"<",
    }
}

/// Six characters, fillers for what is unknown (Doc 9303-3 §4.8).
fn date(date: Option<PartialDate>, spec: &FieldSpec, slot: &mut [u8]) -> Result<()> {
    let Some(date) = date else {
        return Err(at_field(ErrorKind::MrzField, spec.place, 0));
    };
    let year = date.year().map(|year| year % 100);
    let parts = [year, date.month().map(u16::from), date.day().map(u16::from)];
    for (pair, part) in slot.chunks_mut(2).zip(parts) {
        let digits = part.map(|part| (b'0' + (part / 10) as u8, b'0' + (part % 10) as u8));
        if let ([tens, ones], Some(digits)) = (pair, digits) {
            (*tens, *ones) = digits;
        }
    }
    Ok(())
}

/// The characters of the number beyond the first nine, if the layout lets it run on.
fn tail(content: &Content, spec: &FieldSpec) -> Result<Option<Zeroizing<Vec<u8>>>> {
    let head = match content.layout.field(FieldId::DocumentNumber) {
        Some(number) if content.layout.has_long_numbers() => number.len(),
        _ => return Ok(None),
    };
    let number = characters(&content.document_number, spec, 0)?;
    Ok(number.get(head..).filter(|tail| !tail.is_empty()).map(|tail| Zeroizing::new(tail.to_vec())))
}

/// Whether the number runs on, so that a filler stands in place of its digit.
pub(super) fn number_is_long(content: &Content) -> bool {
    let spec = content.layout.field(FieldId::DocumentNumber);
    spec.is_some_and(|spec| matches!(tail(content, spec), Ok(Some(_))))
}

fn document_number(content: &Content, spec: &FieldSpec, slot: &mut [u8]) -> Result<()> {
    if tail(content, spec)?.is_none() {
        return required(&content.document_number, spec, slot);
    }
    let number = characters(&content.document_number, spec, 0)?;
    let head = number.get(..slot.len()).unwrap_or_default();
    // A filler at either end would not be read back as part of the number.
    let end = head.len().saturating_sub(1);
    for column in [0, end] {
        if head.get(column) == Some(&b'<') {
            return Err(at_field(ErrorKind::MrzCharacter, spec.place, column));
        }
    }
    place(head, spec, slot)
}

/// Optional data, behind the tail of a long number, its digit and a filler if there is one.
fn optional_data(content: &Content, spec: &FieldSpec, slot: &mut [u8]) -> Result<()> {
    let Some(tail) = tail(content, spec)? else {
        return place(&characters(&content.optional_data, spec, 0)?, spec, slot);
    };
    if let Some(column) = tail.iter().position(|c| *c == b'<') {
        return Err(at_field(ErrorKind::MrzCharacter, spec.place, column));
    }
    if !content.layout.number_tails().contains(&(tail.len() + 1)) {
        return Err(at_field(ErrorKind::MrzFieldLength, spec.place, spec.len()));
    }
    let number = characters(&content.document_number, spec, 0)?;
    let digit = digit::compute(&number).unwrap_or_default();
    let behind = tail.len() + 2;
    let own = characters(&content.optional_data, spec, behind)?;
    let mut text = Zeroizing::new(Vec::with_capacity(behind + own.len()));
    text.extend_from_slice(&tail);
    text.extend([b'0' + digit, b'<']);
    text.extend_from_slice(&own);
    place(&text, spec, slot)
}

/// A field without fillers at its end; empty if the layout has none.
pub(super) fn text_of(zone: &Mrz, id: FieldId) -> String {
    let raw = zone.field(id).map_or("", |field| field.raw);
    raw.trim_end_matches('<').to_owned()
}

/// The optional data of a zone without what belongs to a long number and without fillers at the end.
pub(super) fn optional_behind_number(zone: &Mrz) -> String {
    let raw = zone.field(FieldId::OptionalData).map_or("", |f| f.raw);
    let own = match usize::from(zone.number_tail) {
        0 => raw,
        tail => raw.get(tail + 1..).unwrap_or_default(),
    };
    own.trim_end_matches('<').to_owned()
}

/// A date of a zone, if the layout has it; an error if it has it and it is no date.
pub(super) fn date_of<D>(
    zone: &Mrz,
    id: FieldId,
    reckon: impl Fn(crate::mrz::ShortDate) -> Option<D>,
) -> Result<Option<D>> {
    let Some(field) = zone.field(id) else {
        return Ok(None);
    };
    match reckon(crate::mrz::ShortDate::read(field.raw.as_bytes())) {
        Some(date) => Ok(Some(date)),
        None => Err(at_field(ErrorKind::MrzField, field.place, 0)),
    }
}
