//! Writing a zone: from what a document says to its lines, check digits included (Doc 9303-3 §4, 9303-4 to -8).
//!
//! [`Content`] holds what is to be printed; [`write()`] places it by the same tables that the reader uses, cuts names
//! that do not fit by the rules of Doc 9303-3 §4.6 and 9303-4 §4.2.3, lets long numbers of TD1 and TD2 run on into
//! the optional data, and computes every check digit. What it made is read again before it is handed out: a zone
//! that a reader would take for another layout is refused. [`Content::of`] is the way back.
//!
//! Not done: the visual zone, and prefixes, titles and suffixes of names: those are the issuer's to leave out.
//!
//! Hostile input: lengths are checked before anything is placed; errors name line and column, never a value.

mod field;
mod name;
mod truncate;

pub use truncate::Truncation;

use super::digit::Values;
use super::evidence::document_code_verdict;
use super::input::{DEFAULT_MARKS, Zone};
use super::{FieldId, Layout, MAX_CHARACTERS, Mrz, digit, input};
use crate::check::{CheckId, Outcome};
use crate::date::{Date, PartialDate};
use crate::error::{Error, ErrorKind, Part, Result};
use crate::person::Sex;
use crate::secret::Secret;
use crate::translit::Rules;
use field::at_field;
use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

/// What is printed as check digit of an empty optional field in a passport (Doc 9303-4 §4.2.2, position 43).
///
/// The standard leaves the choice to the issuer; its own worked example prints the digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum EmptyDigit {
    /// `0`, the digit that fourteen fillers give.
    #[default]
    #[serde(rename = "0")]
    Zero,
    /// `<`.
    #[serde(rename = "<")]
    Filler,
}

/// What a zone is to say.
///
/// Which members a layout needs and which it has no place for follows from its fields; [`write()`] refuses both a
/// missing and a superfluous one. Text may be in small letters. As JSON: an object with these names, empty and
/// unchosen members left out, unknown ones refused.
///
/// ```
/// use landfall::mrz::{Content, Layout, write};
/// let content = Content {
///     document_code: "P".into(),
///     issuer: "UTO".into(),
///     primary: "Eriksson".into(),
///     secondary: "Anna Maria".into(),
///     document_number: "L898902C3".into(),
///     nationality: "UTO".into(),
///     birth_date: Some("1974-08-12".parse()?),
///     sex: Some(landfall::person::Sex::Female),
///     expiry_date: Some("2012-04-15".parse()?),
///     optional_data: "ZE184226B".into(),
///     ..Content::new(Layout::Td3)
/// };
/// let zone = write(&content)?;
/// assert!(zone.lines().eq([
///     "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
///     "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
/// ]));
/// # Ok::<(), landfall::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// The layout.
    pub layout: Layout,
    /// One or two characters; of a one-line licence with its configuration: `D1`.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub document_code: Secret<String>,
    /// The issuing State or organization, without fillers: `UTO`, `D`.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub issuer: Secret<String>,
    /// The primary identifier as in the visual zone: any script that the standard transliterates, with its
    /// blanks, hyphens, apostrophes and commas.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub primary: Secret<String>,
    /// The secondary identifier, written the same way; empty for who has a single name.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub secondary: Secret<String>,
    /// The complete document number.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub document_number: Secret<String>,
    /// The nationality, without fillers.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub nationality: Secret<String>,
    /// The birth date, as far as it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<PartialDate>,
    /// The sex; none is printed as unspecified.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    /// The last day of validity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expiry_date: Option<Date>,
    /// Optional data, behind a long number if there is one.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub optional_data: Secret<String>,
    /// The second field of optional data, of TD1 only.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub optional_data_2: Secret<String>,
    /// The issuing department of a French identity card.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub issuing_department: Secret<String>,
    /// The issuing office of a French identity card.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub issuing_office: Secret<String>,
    /// The version of a driving licence's number.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub number_version: Secret<String>,
    /// The random data of a driving licence.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub random_data: Secret<String>,
    /// The number of the blank card of a Swiss driving licence.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub blank_number: Secret<String>,
    /// The language of a Swiss driving licence: one letter.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub language: Secret<String>,
    /// By which choices of the standard the name is transliterated.
    #[serde(default, skip_serializing_if = "is_default")]
    pub spelling: Rules,
    /// How a name is cut that does not fit.
    #[serde(default, skip_serializing_if = "is_default")]
    pub truncation: Truncation,
    /// What is printed as check digit of an empty optional field.
    #[serde(default, skip_serializing_if = "is_default")]
    pub empty_optional_digit: EmptyDigit,
}

fn is_empty(text: &Secret<String>) -> bool {
    text.reveal().is_empty()
}

fn is_default<T: Default + PartialEq>(choice: &T) -> bool {
    *choice == T::default()
}

impl Content {
    /// Nothing yet, for one layout.
    #[must_use]
    pub fn new(layout: Layout) -> Self {
        let none = Secret::<String>::default;
        Self {
            layout,
            document_code: none(),
            issuer: none(),
            primary: none(),
            secondary: none(),
            document_number: none(),
            nationality: none(),
            birth_date: None,
            sex: None,
            expiry_date: None,
            optional_data: none(),
            optional_data_2: none(),
            issuing_department: none(),
            issuing_office: none(),
            number_version: none(),
            random_data: none(),
            blank_number: none(),
            language: none(),
            spelling: Rules::default(),
            truncation: Truncation::default(),
            empty_optional_digit: EmptyDigit::default(),
        }
    }

    /// Reads a JSON object. Its error says where, never what stands there.
    ///
    /// # Errors
    /// `BadJson` for anything that is not such an object; the offset counts bytes.
    pub fn from_json(json: &[u8]) -> Result<Self> {
        serde_json::from_slice(json).map_err(|error| {
            let above: usize =
                json.split_inclusive(|byte| *byte == b'\n').take(error.line().saturating_sub(1)).map(<[u8]>::len).sum();
            let offset = above + error.column().saturating_sub(1);
            Error::new(ErrorKind::BadJson, Part::Input, offset)
        })
    }

    /// What a zone says, with centuries reckoned from `on`; written again, it gives the same zone if [`write()`] made it.
    ///
    /// # Errors
    /// `MrzCharacter` if a character of the zone could not be read; `MrzField` for a date that is none.
    pub fn of(zone: &Mrz, on: Date) -> Result<Self> {
        let unread = |field: &super::Field<'_>| !field.raw.bytes().all(in_alphabet);
        if let Some(field) = zone.fields().find(unread) {
            let column = field.raw.bytes().position(|c| !in_alphabet(c)).unwrap_or(0);
            return Err(at_field(ErrorKind::MrzCharacter, field.place, column));
        }
        let text = |id| Secret::new(field::text_of(zone, id));
        let optional = zone.field(FieldId::OptionalData).map_or("", |f| f.raw);
        let digit = zone.field(FieldId::OptionalDataDigit).map_or("", |f| f.raw);
        let empty = optional.bytes().all(|c| c == b'<');
        let (primary, secondary) = name::as_content(zone);
        Ok(Self {
            document_code: Secret::new(zone.document_code().to_owned()),
            issuer: text(FieldId::Issuer),
            primary,
            secondary,
            document_number: zone.document_number(),
            nationality: text(FieldId::Nationality),
            birth_date: field::date_of(zone, FieldId::BirthDate, |_| zone.born(on))?,
            sex: zone.sex(),
            expiry_date: field::date_of(zone, FieldId::ExpiryDate, |raw| raw.as_expiry(on)?.full())?,
            optional_data: Secret::new(field::optional_behind_number(zone)),
            optional_data_2: text(FieldId::OptionalData2),
            issuing_department: text(FieldId::IssuingDepartment),
            issuing_office: text(FieldId::IssuingOffice),
            number_version: text(FieldId::NumberVersion),
            random_data: text(FieldId::RandomData),
            blank_number: text(FieldId::BlankNumber),
            language: text(FieldId::Language),
            empty_optional_digit: match (empty, digit) {
                (true, "<") => EmptyDigit::Filler,
                _ => EmptyDigit::Zero,
            },
            ..Self::new(zone.layout())
        })
    }

    /// The members that are given, and the fields of which a layout must have one to place them.
    fn given(&self) -> impl Iterator<Item = &'static [FieldId]> {
        use FieldId as F;
        let text = |text: &Secret<String>| !is_empty(text);
        let members: [(bool, &'static [F]); 14] = [
            (text(&self.primary), &[F::Name, F::PrimaryIdentifier]),
            (text(&self.secondary), &[F::Name, F::SecondaryIdentifier]),
            (text(&self.document_number), &[F::DocumentNumber]),
            (text(&self.nationality), &[F::Nationality]),
            (self.birth_date.is_some(), &[F::BirthDate]),
            (self.sex.is_some(), &[F::Sex]),
            (self.expiry_date.is_some(), &[F::ExpiryDate]),
            (text(&self.optional_data), &[F::OptionalData]),
            (text(&self.optional_data_2), &[F::OptionalData2]),
            (text(&self.issuing_department), &[F::IssuingDepartment]),
            (text(&self.issuing_office), &[F::IssuingOffice]),
            (text(&self.number_version), &[F::NumberVersion]),
            (text(&self.random_data), &[F::RandomData]),
            (text(&self.blank_number) || text(&self.language), &[F::BlankNumber]),
        ];
        members.into_iter().filter_map(|(given, fields)| given.then_some(fields))
    }
}

fn in_alphabet(character: u8) -> bool {
    digit::value(character).is_some()
}

/// Writes a zone.
///
/// # Errors
/// `MrzField` if the layout needs a member that is missing or has no place for one that is given (then of
/// [`Part::MrzText`]); `MrzCharacter` for a character that may not stand in its field; `MrzFieldLength` for a value
/// that is too long, or too short for a field of fixed length, and for a name that no rule can cut so that its field
/// ends in a letter; `MrzLayout` if the document code is not one of this layout, or a reader would take the result
/// for another layout. Part and offset are the line and the column, from 0, where the trouble would stand.
pub fn write(content: &Content) -> Result<Mrz> {
    let layout = content.layout;
    let has = |fields: &[FieldId]| fields.iter().any(|id| layout.field(*id).is_some());
    if !content.given().all(has) {
        return Err(Error::new(ErrorKind::MrzField, Part::MrzText, 0));
    }
    let mut zone = Zone { characters: [b'<'; MAX_CHARACTERS], layout };
    for spec in layout.fields() {
        if let Some(slot) = zone.characters.get_mut(spec.range()) {
            field::fill(content, spec, slot)?;
        }
    }
    print_digits(content, &mut zone);
    confirm(&zone)?;
    let written = Mrz::of(&zone);
    zone.characters.zeroize();
    Ok(written)
}

/// Prints the check digits; the composite one comes last and covers the others.
fn print_digits(content: &Content, zone: &mut Zone) {
    for spec in zone.layout.digits() {
        let is_filler = |&(first, last): &(usize, usize)| {
            let covered = zone.characters.get(first..last).unwrap_or_default();
            covered.iter().all(|c| *c == b'<')
        };
        let left_out = match spec.check {
            CheckId::MrzCheckDigitDocumentNumber => field::number_is_long(content),
            CheckId::MrzCheckDigitOptionalData => {
                content.empty_optional_digit == EmptyDigit::Filler && spec.over.iter().all(is_filler)
            }
            _ => false,
        };
        let computed = Values::new(&zone.characters).compute(spec);
        if let (false, Some(digit), Some(slot)) = (left_out, computed, zone.characters.get_mut(spec.at)) {
            *slot = b'0' + digit;
        }
    }
}

/// Holds the result against the reader: the same layout from one string, and a document code that it may have.
fn confirm(zone: &Zone) -> Result<()> {
    let spec = zone.layout.field(FieldId::DocumentCode);
    let line = spec.map_or(1, |spec| spec.place.line);
    let wrong = Error::new(ErrorKind::MrzLayout, Part::Mrz(line), 0);
    let code = spec.and_then(|spec| zone.characters.get(spec.range()));
    let (outcome, _) = document_code_verdict(zone.layout, code.unwrap_or_default());
    let joined = zone.characters.get(..zone.layout.characters());
    let read = input::read(joined.unwrap_or_default(), &DEFAULT_MARKS).map_err(|_| wrong)?;
    if outcome == Outcome::Passed && read == *zone { Ok(()) } else { Err(wrong) }
}

#[cfg(test)]
mod tests;
