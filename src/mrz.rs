//! The machine-readable zone as text: read, checked, repaired and written (Doc 9303-3 §4, 9303-4 to -8).
//!
//! [`parse`] takes what a reader delivers and gives a [`Mrz`]: layout, fields with their places, and the verdict
//! of every check digit. Only what cannot be a zone at all is an error; whatever is read but wrong becomes a
//! [`Check`](crate::check::Check), and a bad field never costs the good ones. Nothing is corrected here: a better
//! reading is what [`repair()`] proposes, beside what was printed.
//!
//! Layouts: TD1, TD2, TD3, MRV-A, MRV-B; outside Doc 9303 the French identity card of 1988 to 2021, the one-line
//! driving licences of ISO/IEC 18013 and France, and the licence of Switzerland and Liechtenstein.
//! Not done: zones from images, and any other national layout.
//!
//! Hostile input: a zone is at most 90 characters in a fixed array, parsing does not allocate, and characters that
//! could not be read are a state of their own, neither filler nor value.

pub mod digit;

mod date;
mod evidence;
mod input;
mod layout;
mod name;
mod repair;
mod summary;
mod write;

pub use date::ShortDate;
pub use input::{DEFAULT_MARKS, MAX_INPUT, NOT_ASCII, ReaderMarks, UNREAD, candidates};
pub use layout::{Alphabet, DigitSpec, FieldId, FieldSpec, Layout, MAX_CHARACTERS, MAX_DIGITS};
pub use name::Name;
pub use repair::{
    CHARACTERS, Change, Costs, Likelihoods, Reader, Repair, SUPPORTED_GAP, SUPPORTED_MARGIN, UNIQUE_MARGIN, centibans,
    repair,
};
pub use summary::{CodeRead, Document, DocumentKind, FieldRead, Summary};
pub use write::{Content, EmptyDigit, Truncation, write};

use crate::check::{CheckId, Outcome, Place, Reason};
use crate::country;
use crate::date::{Date, PartialDate};
use crate::error::Result;
use crate::person::{Person, Sex};
use crate::secret::Secret;
use core::fmt;
use digit::Values;
use zeroize::Zeroize;

/// A machine-readable zone that was read.
///
/// It is `Copy`-free on purpose: it zeroes itself when dropped and shows nothing of its text in `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Mrz {
    characters: [u8; MAX_CHARACTERS],
    layout: Layout,
    digits: [Digit; MAX_DIGITS],
    /// How many characters of the optional data belong to the number and its digit; 0 for a short number.
    number_tail: u8,
}

/// A check digit as printed, as computed, and the verdict.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Digit {
    pub(crate) printed: u8,
    pub(crate) computed: Option<u8>,
    pub(crate) outcome: Outcome,
    pub(crate) reason: Reason,
}

/// A field as printed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Field<'a> {
    /// Which field.
    pub id: FieldId,
    /// Line and columns, from 1.
    pub place: Place,
    /// The characters as printed, ASCII; [`UNREAD`] where the reader could not read.
    pub raw: &'a str,
}

/// Reads a zone as a reader of unknown make delivers it: lines or one string.
///
/// # Errors
/// `MrzEmpty`, `MrzLineCount`, `MrzLineLength`, `MrzLayout` if it cannot be a zone; `MrzCandidates` for a group of
/// candidates that does not end; `TooLarge` beyond [`MAX_INPUT`] bytes.
///
/// ```
/// let zone = landfall::mrz::parse("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n\
///                                  L898902C36UTO7408122F1204159ZE184226B<<<<<10")?;
/// assert_eq!(zone.layout(), landfall::mrz::Layout::Td3);
/// assert!(zone.name().secondary().eq(["ANNA", "MARIA"]));
/// # Ok::<(), landfall::Error>(())
/// ```
pub fn parse(input: impl AsRef<[u8]>) -> Result<Mrz> {
    parse_marked(input, &DEFAULT_MARKS)
}

/// Reads a zone from a reader that has its own marks for what it could not read.
///
/// # Errors
/// As [`parse`].
pub fn parse_marked(input: impl AsRef<[u8]>, marks: &ReaderMarks) -> Result<Mrz> {
    Ok(Mrz::of(&input::read(input.as_ref(), marks)?))
}

impl Digit {
    const ABSENT: Self =
        Self { printed: b'<', computed: None, outcome: Outcome::NotPresent, reason: Reason::NotInLayout };

    fn of(characters: &[u8; MAX_CHARACTERS], values: &Values, spec: &DigitSpec) -> Self {
        let printed = characters.get(spec.at).copied().unwrap_or(UNREAD);
        let computed = values.compute(spec);
        // Doc 9303-4 §4.2.2, position 43; every other field gives 0 when it is empty.
        let may_be_empty = spec.check == CheckId::MrzCheckDigitOptionalData;
        let is_filler = |&(first, last): &(usize, usize)| {
            characters.get(first..last).is_some_and(|text| text.iter().all(|c| *c == b'<'))
        };
        let empty = printed == b'<' && may_be_empty && spec.over.iter().all(is_filler);
        let (outcome, reason) = digit::verdict(printed, computed, empty);
        Self { printed, computed, outcome, reason }
    }

    fn passed(self) -> bool {
        self.outcome == Outcome::Passed
    }

    /// The digit of a number that runs on into the optional data stands behind its last character.
    fn of_long_number(zone: &input::Zone, tail: u8) -> Self {
        let (number, len) = long_number(&zone.characters, zone.layout, tail);
        let all = number.get(..len).unwrap_or_default();
        let (printed, covered) = all.split_last().unwrap_or((&UNREAD, &[]));
        let computed = digit::compute(covered);
        let (outcome, reason) = digit::verdict(*printed, computed, false);
        Self { printed: *printed, computed, outcome, reason }
    }
}

/// Whether the layout has a document number and only fillers stand there.
fn number_is_missing(characters: &[u8; MAX_CHARACTERS], layout: Layout) -> bool {
    let number = layout.field(FieldId::DocumentNumber).and_then(|spec| characters.get(spec.range()));
    number.is_some_and(|number| number.iter().all(|c| *c == b'<'))
}

/// How many characters of the optional data belong to a long number (Doc 9303-5 and -6 §4.2.2 note j).
///
/// Anything but a tail of the lengths of [`Layout::number_tails`] is a short number whose digit is missing.
fn number_tail(zone: &input::Zone) -> u8 {
    if !zone.layout.has_long_numbers() {
        return 0;
    }
    let text = |id| zone.layout.field(id).and_then(|spec| zone.characters.get(spec.range())).unwrap_or_default();
    let number_is_full = text(FieldId::DocumentNumber).last().is_some_and(|c| *c != b'<');
    if !number_is_full || text(FieldId::DocumentNumberDigit) != b"<" {
        return 0;
    }
    let optional = text(FieldId::OptionalData);
    let tail = optional.iter().position(|c| *c == b'<');
    tail.filter(|tail| zone.layout.number_tails().contains(tail)).and_then(|tail| u8::try_from(tail).ok()).unwrap_or(0)
}

/// The first nine characters and the tail of a long number, with the digit as its last character.
fn long_number(characters: &[u8; MAX_CHARACTERS], layout: Layout, tail: u8) -> ([u8; 24], usize) {
    let text = |id| layout.field(id).and_then(|spec| characters.get(spec.range())).unwrap_or_default();
    let parts = text(FieldId::DocumentNumber).iter().chain(text(FieldId::OptionalData).iter().take(tail.into()));
    let mut joined = [b'<'; 24];
    let mut len = 0;
    for (slot, character) in joined.iter_mut().zip(parts) {
        *slot = *character;
        len += 1;
    }
    (joined, len)
}

impl Mrz {
    fn of(zone: &input::Zone) -> Self {
        let values = Values::new(&zone.characters);
        let number_tail = number_tail(zone);
        let mut digits = [Digit::ABSENT; MAX_DIGITS];
        for (slot, spec) in digits.iter_mut().zip(zone.layout.digits()) {
            let is_number = spec.check == CheckId::MrzCheckDigitDocumentNumber;
            *slot = if number_tail > 0 && is_number {
                Digit::of_long_number(zone, number_tail)
            } else {
                Digit::of(&zone.characters, &values, spec)
            };
            if is_number && number_is_missing(&zone.characters, zone.layout) {
                // A digit over nothing is right for a document that has no number, and there is none.
                (slot.outcome, slot.reason) = (Outcome::Failed, Reason::NumberMissing);
            }
        }
        Self { characters: zone.characters, layout: zone.layout, digits, number_tail }
    }

    /// Which layout it has.
    #[must_use]
    pub const fn layout(&self) -> Layout {
        self.layout
    }

    /// The lines as printed, ASCII, with [`UNREAD`] where the reader could not read.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.layout.lines().iter().scan(0, |start, len| {
            let line = self.slice(*start, *start + *len);
            *start += *len;
            Some(line)
        })
    }

    /// The fields in the order of the lines.
    pub fn fields(&self) -> impl Iterator<Item = Field<'_>> {
        self.layout.fields().iter().map(|spec| self.field_at(spec))
    }

    /// A field, if the layout has it.
    #[must_use]
    pub fn field(&self, id: FieldId) -> Option<Field<'_>> {
        self.layout.field(id).map(|spec| self.field_at(spec))
    }

    fn field_at(&self, spec: &'static FieldSpec) -> Field<'_> {
        Field { id: spec.id, place: spec.place, raw: self.slice(spec.range().start, spec.range().end) }
    }

    fn slice(&self, start: usize, end: usize) -> &str {
        self.characters.get(start..end).and_then(|text| core::str::from_utf8(text).ok()).unwrap_or("")
    }

    fn bytes(&self, id: FieldId) -> &[u8] {
        self.layout.field(id).and_then(|spec| self.characters.get(spec.range())).unwrap_or_default()
    }

    pub(crate) fn digits(&self) -> impl Iterator<Item = (&'static DigitSpec, &Digit)> {
        self.layout.digits().iter().zip(&self.digits)
    }

    /// All characters of the lines, joined.
    #[must_use]
    pub fn joined(&self) -> &str {
        self.slice(0, self.layout.characters())
    }

    /// The document code without fillers: `P`, `PD`, `AC`; of a licence with its configuration: `D1`.
    #[must_use]
    pub fn document_code(&self) -> &str {
        match self.layout {
            Layout::DrivingLicence | Layout::FrenchDrivingLicence => self.slice(0, 2),
            _ => core::str::from_utf8(self.bytes(FieldId::DocumentCode)).unwrap_or("").trim_end_matches('<'),
        }
    }

    /// The issuing State or organization.
    pub fn issuer(&self) -> country::Reading {
        country::read(self.bytes(FieldId::Issuer))
    }

    /// The nationality; `None` if the layout has no such field.
    #[must_use]
    pub fn nationality(&self) -> Option<country::Reading> {
        self.layout.field(FieldId::Nationality).map(|_| country::read(self.bytes(FieldId::Nationality)))
    }

    /// The complete document number without fillers at its end, a long one joined with its tail.
    #[must_use]
    pub fn document_number(&self) -> Secret<String> {
        let (long, len) = long_number(&self.characters, self.layout, self.number_tail);
        let short = self.bytes(FieldId::DocumentNumber);
        let number = match self.number_tail {
            0 => short,
            _ => long.get(..len.saturating_sub(1)).unwrap_or_default(),
        };
        Secret::new(core::str::from_utf8(number).unwrap_or("").trim_end_matches('<').to_owned())
    }

    fn number_is_missing(&self) -> bool {
        number_is_missing(&self.characters, self.layout)
    }

    /// Whether the document number runs on into the optional data.
    #[must_use]
    pub const fn has_long_number(&self) -> bool {
        self.number_tail > 0
    }

    /// The optional data that are not part of a long number, without fillers at their end.
    #[must_use]
    pub fn optional_data(&self) -> &str {
        let field = self.bytes(FieldId::OptionalData);
        let own = field.get(self.number_tail.into()..).unwrap_or_default();
        core::str::from_utf8(own).unwrap_or("").trim_matches('<')
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> Name<'_> {
        if self.layout.field(FieldId::Name).is_some() {
            Name::joined(self.bytes(FieldId::Name))
        } else {
            Name::parted(self.bytes(FieldId::PrimaryIdentifier), self.bytes(FieldId::SecondaryIdentifier))
        }
    }

    /// The six characters of the birth date; `None` if the layout has none.
    #[must_use]
    pub fn birth_date(&self) -> Option<ShortDate> {
        self.layout.field(FieldId::BirthDate).map(|_| ShortDate::read(self.bytes(FieldId::BirthDate)))
    }

    /// The birth date, with its century: the latest that has it before `on`, and before the document ended.
    ///
    /// The second bound tells a centenarian from a child on a document that is out of date. An expiry date whose
    /// check digit is wrong bounds nothing.
    #[must_use]
    pub fn born(&self, on: Date) -> Option<PartialDate> {
        self.born_before(self.expires(on), on)
    }

    fn born_before(&self, last_day: Option<Date>, on: Date) -> Option<PartialDate> {
        let birth = self.birth_date()?;
        let expiry_is_wrong =
            self.digits().any(|(spec, digit)| spec.check == CheckId::MrzCheckDigitExpiryDate && !digit.passed());
        let end = last_day.filter(|_| !expiry_is_wrong);
        birth.as_birth(end.map_or(on, |end| end.min(on)))
    }

    /// The six characters of the expiry date; `None` if the layout has none.
    #[must_use]
    pub fn expiry_date(&self) -> Option<ShortDate> {
        self.layout.field(FieldId::ExpiryDate).map(|_| ShortDate::read(self.bytes(FieldId::ExpiryDate)))
    }

    /// The last day of validity, reckoned from `on`, if it is wholly known.
    #[must_use]
    pub fn expires(&self, on: Date) -> Option<Date> {
        self.expiry_date()?.as_expiry(on)?.full()
    }

    /// The sex; `None` if the layout has none or it cannot be read.
    #[must_use]
    pub fn sex(&self) -> Option<Sex> {
        match self.bytes(FieldId::Sex) {
            b"M" => Some(Sex::Male),
            b"F" => Some(Sex::Female),
            b"<" | b"X" => Some(Sex::Unspecified),
            _ => None,
        }
    }

    /// The person, with the century of birth reckoned from `on`.
    #[must_use]
    pub fn person(&self, on: Date) -> Person {
        let name = self.name();
        let joined = |parts: &mut dyn Iterator<Item = &str>| Secret::new(parts.collect::<Vec<_>>().join(" "));
        let nationality = core::str::from_utf8(self.bytes(FieldId::Nationality)).unwrap_or("");
        Person {
            primary: joined(&mut name.primary()),
            secondary: joined(&mut name.secondary()),
            name_may_be_truncated: name.may_be_truncated(),
            birth_date: self.born(on),
            sex: self.sex(),
            nationality: Secret::new(nationality.trim_end_matches('<').to_owned()),
        }
    }
}

impl fmt::Debug for Mrz {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mrz({}, [redacted])", self.layout)
    }
}

impl fmt::Debug for Field<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Field({}, [redacted])", self.id)
    }
}

impl Drop for Mrz {
    fn drop(&mut self) {
        self.characters.zeroize();
    }
}
