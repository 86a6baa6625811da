//! Where everything stands: the layouts of the machine-readable zone as tables.
//!
//! Positions are written as in the standard, line and columns from 1, inclusive; [`FieldSpec::range`] gives them
//! as a range of the zone's characters with all lines joined. Reader, writer and repair take every position from
//! here and from nowhere else.

use crate::check::{CheckId, Place};
use crate::numbered::numbered;
use core::ops::Range;

numbered! {
    /// A layout of the machine-readable zone.
    pub enum Layout {
        /// Card, 3 × 30 (Doc 9303-5 §4.2.2).
        Td1 = 1, "td1";
        /// Card or sheet, 2 × 36 (Doc 9303-6 §4.2.2).
        Td2 = 2, "td2";
        /// Passport, 2 × 44 (Doc 9303-4 §4.2.2).
        Td3 = 3, "td3";
        /// Visa of full size, 2 × 44 (Doc 9303-7 §4.2.2).
        MrvA = 4, "mrv_a";
        /// Visa of small size, 2 × 36 (Doc 9303-7 §7.2.2).
        MrvB = 5, "mrv_b";
        /// French identity card of 1988 to 2021, 2 × 36.
        FrenchIdentityCard = 6, "french_identity_card";
        /// Driving licence, 1 × 30 (ISO/IEC 18013-3).
        DrivingLicence = 7, "driving_licence";
        /// French driving licence, 1 × 30.
        FrenchDrivingLicence = 8, "french_driving_licence";
        /// Driving licence of Switzerland and Liechtenstein, 9 / 30 / 30.
        SwissDrivingLicence = 9, "swiss_driving_licence";
        /// The same without its first line, 30 / 30, as it is often cropped.
        SwissDrivingLicenceBelow = 10, "swiss_driving_licence_below";
    }
}

numbered! {
    /// A field of a machine-readable zone.
    pub enum FieldId {
        /// Kind of document.
        DocumentCode = 1, "document_code";
        /// Issuing State or organization.
        Issuer = 2, "issuer";
        /// Primary and secondary identifier.
        Name = 3, "name";
        /// Document number; for a long number its first nine characters.
        DocumentNumber = 4, "document_number";
        /// Check digit of the document number.
        DocumentNumberDigit = 5, "document_number_digit";
        /// Nationality of the holder.
        Nationality = 6, "nationality";
        /// Birth date, YYMMDD.
        BirthDate = 7, "birth_date";
        /// Check digit of the birth date.
        BirthDateDigit = 8, "birth_date_digit";
        /// Sex.
        Sex = 9, "sex";
        /// Last day of validity, YYMMDD.
        ExpiryDate = 10, "expiry_date";
        /// Check digit of the expiry date.
        ExpiryDateDigit = 11, "expiry_date_digit";
        /// Optional data; in a passport the personal number.
        OptionalData = 12, "optional_data";
        /// Check digit of the optional data.
        OptionalDataDigit = 13, "optional_data_digit";
        /// Second field of optional data.
        OptionalData2 = 14, "optional_data_2";
        /// Composite check digit.
        CompositeDigit = 15, "composite_digit";
        /// Primary identifier alone.
        PrimaryIdentifier = 16, "primary_identifier";
        /// Secondary identifier alone.
        SecondaryIdentifier = 17, "secondary_identifier";
        /// Issuing department.
        IssuingDepartment = 18, "issuing_department";
        /// Issuing office.
        IssuingOffice = 19, "issuing_office";
        /// Configuration character of a licence.
        Configuration = 20, "configuration";
        /// Version of the number of a licence.
        NumberVersion = 21, "number_version";
        /// Random data that makes chip access harder to guess.
        RandomData = 22, "random_data";
        /// Number of the blank card.
        BlankNumber = 23, "blank_number";
        /// Language of the card.
        Language = 24, "language";
        /// Fillers.
        Filler = 25, "filler";
    }
}

/// Which characters a field may hold, beside the filler where it says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Alphabet {
    /// `A`-`Z` and `<`.
    Letters,
    /// `0`-`9`.
    Digits,
    /// `0`-`9` and `<`.
    DigitsOrFiller,
    /// `A`-`Z`, `0`-`9` and `<`.
    Any,
    /// `M`, `F` and `<`.
    Sex,
    /// `<` only.
    Filler,
}

impl Alphabet {
    /// Whether a character of the zone's alphabet may stand in such a field.
    #[must_use]
    pub const fn allows(self, character: u8) -> bool {
        kind(character) & self.kinds() != 0
    }

    const fn kinds(self) -> u8 {
        match self {
            Alphabet::Letters => LETTER | FILLER,
            Alphabet::Digits => DIGIT,
            Alphabet::DigitsOrFiller => DIGIT | FILLER,
            Alphabet::Any => LETTER | DIGIT | FILLER,
            Alphabet::Sex => SEX | FILLER,
            Alphabet::Filler => FILLER,
        }
    }
}

/// Bits for the kinds of characters that fields tell apart.
const LETTER: u8 = 1;
const DIGIT: u8 = 2;
const FILLER: u8 = 4;
const SEX: u8 = 8;

/// What a character is, as bits; none for a character outside the zone's alphabet.
const fn kind(character: u8) -> u8 {
    let letter = if character.wrapping_sub(b'A') < 26 { LETTER } else { 0 };
    let digit = if character.wrapping_sub(b'0') < 10 { DIGIT } else { 0 };
    let filler = if character == b'<' { FILLER } else { 0 };
    let sex = if character == b'M' || character == b'F' { SEX } else { 0 };
    letter | digit | filler | sex
}

/// A field: which, where, and what it may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldSpec {
    /// Which field.
    pub id: FieldId,
    /// Line and columns, from 1.
    pub place: Place,
    /// What it may hold.
    pub alphabet: Alphabet,
    start: u8,
}

impl FieldSpec {
    /// The field's characters as a range of the joined zone.
    #[must_use]
    pub const fn range(&self) -> Range<usize> {
        let start = self.start as usize;
        start..start + self.len()
    }

    /// The number of characters.
    #[must_use]
    pub const fn len(&self) -> usize {
        (self.place.last - self.place.first) as usize + 1
    }

    /// No field is empty.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        false
    }
}

/// A check digit: which check, where it stands, and what it covers, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DigitSpec {
    /// The check that it makes.
    pub check: CheckId,
    /// The field that holds the digit.
    pub field: FieldId,
    /// Where it stands in the joined zone.
    pub at: usize,
    /// What it covers: ranges of the joined zone; the weights run on from one to the next.
    pub over: &'static [(usize, usize)],
    weights: [u8; MAX_CHARACTERS],
}

impl DigitSpec {
    /// The weight of every character of the joined zone: 7, 3, 1 where the digit looks, 0 elsewhere.
    #[must_use]
    pub const fn weights(&self) -> &[u8; MAX_CHARACTERS] {
        &self.weights
    }
}

/// The most characters that any zone has.
pub const MAX_CHARACTERS: usize = 90;
/// The most check digits that any zone has.
pub const MAX_DIGITS: usize = 5;

use Alphabet::{Any, Digits, DigitsOrFiller, Filler, Letters, Sex};
use CheckId::{
    MrzCheckDigitBirthDate as BirthCheck, MrzCheckDigitComposite as CompositeCheck,
    MrzCheckDigitDocumentNumber as NumberCheck, MrzCheckDigitExpiryDate as ExpiryCheck,
    MrzCheckDigitOptionalData as OptionalCheck,
};

/// Builds a field of a layout whose lines all have `width` characters.
const fn field(id: FieldId, width: u8, line: u8, first: u8, last: u8, alphabet: Alphabet) -> FieldSpec {
    FieldSpec { id, place: Place { line, first, last }, alphabet, start: (line - 1) * width + first - 1 }
}

const fn digit(check: CheckId, field: FieldId, at: usize, over: &'static [(usize, usize)]) -> DigitSpec {
    DigitSpec { check, field, at, over, weights: weights(over) }
}

const fn weights(over: &[(usize, usize)]) -> [u8; MAX_CHARACTERS] {
    let mut weights = [0; MAX_CHARACTERS];
    let (mut range, mut weighed) = (0, 0);
    while range < over.len() {
        let (mut position, last) = over[range];
        while position < last {
            weights[position] = super::digit::weight(weighed) as u8;
            weighed += 1;
            position += 1;
        }
        range += 1;
    }
    weights
}

/// What passports, visas and TD2 have in common, up to column 28 of the second line.
///
/// The second character of the document code is a letter in a passport (Doc 9303-4 §4.2.2 note a) and may be a
/// digit elsewhere (Doc 9303-6 and -7 §4.2.2 notes a to c).
macro_rules! second_line {
    ($width:literal, $code:expr, $($rest:expr),* $(,)?) => {
        &[
            field(FieldId::DocumentCode, $width, 1, 1, 2, $code),
            field(FieldId::Issuer, $width, 1, 3, 5, Letters),
            field(FieldId::Name, $width, 1, 6, $width, Letters),
            field(FieldId::DocumentNumber, $width, 2, 1, 9, Any),
            field(FieldId::DocumentNumberDigit, $width, 2, 10, 10, DigitsOrFiller),
            field(FieldId::Nationality, $width, 2, 11, 13, Letters),
            field(FieldId::BirthDate, $width, 2, 14, 19, DigitsOrFiller),
            field(FieldId::BirthDateDigit, $width, 2, 20, 20, DigitsOrFiller),
            field(FieldId::Sex, $width, 2, 21, 21, Sex),
            field(FieldId::ExpiryDate, $width, 2, 22, 27, DigitsOrFiller),
            field(FieldId::ExpiryDateDigit, $width, 2, 28, 28, DigitsOrFiller),
            $($rest),*
        ]
    };
}

const TD1: &[FieldSpec] = &[
    field(FieldId::DocumentCode, 30, 1, 1, 2, Any),
    field(FieldId::Issuer, 30, 1, 3, 5, Letters),
    field(FieldId::DocumentNumber, 30, 1, 6, 14, Any),
    field(FieldId::DocumentNumberDigit, 30, 1, 15, 15, DigitsOrFiller),
    field(FieldId::OptionalData, 30, 1, 16, 30, Any),
    field(FieldId::BirthDate, 30, 2, 1, 6, DigitsOrFiller),
    field(FieldId::BirthDateDigit, 30, 2, 7, 7, DigitsOrFiller),
    field(FieldId::Sex, 30, 2, 8, 8, Sex),
    field(FieldId::ExpiryDate, 30, 2, 9, 14, DigitsOrFiller),
    field(FieldId::ExpiryDateDigit, 30, 2, 15, 15, DigitsOrFiller),
    field(FieldId::Nationality, 30, 2, 16, 18, Letters),
    field(FieldId::OptionalData2, 30, 2, 19, 29, Any),
    field(FieldId::CompositeDigit, 30, 2, 30, 30, Digits),
    field(FieldId::Name, 30, 3, 1, 30, Letters),
];
const TD2: &[FieldSpec] = second_line!(
    36,
    Any,
    field(FieldId::OptionalData, 36, 2, 29, 35, Any),
    field(FieldId::CompositeDigit, 36, 2, 36, 36, Digits),
);
const TD3: &[FieldSpec] = second_line!(
    44,
    Letters,
    field(FieldId::OptionalData, 44, 2, 29, 42, Any),
    field(FieldId::OptionalDataDigit, 44, 2, 43, 43, DigitsOrFiller),
    field(FieldId::CompositeDigit, 44, 2, 44, 44, Digits),
);
const MRV_A: &[FieldSpec] = second_line!(44, Any, field(FieldId::OptionalData, 44, 2, 29, 44, Any));
const MRV_B: &[FieldSpec] = second_line!(36, Any, field(FieldId::OptionalData, 36, 2, 29, 36, Any));
const FRENCH_IDENTITY_CARD: &[FieldSpec] = &[
    field(FieldId::DocumentCode, 36, 1, 1, 2, Letters),
    field(FieldId::Issuer, 36, 1, 3, 5, Letters),
    field(FieldId::PrimaryIdentifier, 36, 1, 6, 30, Letters),
    field(FieldId::IssuingDepartment, 36, 1, 31, 33, Any),
    field(FieldId::IssuingOffice, 36, 1, 34, 36, Any),
    field(FieldId::DocumentNumber, 36, 2, 1, 12, Any),
    field(FieldId::DocumentNumberDigit, 36, 2, 13, 13, Digits),
    field(FieldId::SecondaryIdentifier, 36, 2, 14, 27, Letters),
    field(FieldId::BirthDate, 36, 2, 28, 33, DigitsOrFiller),
    field(FieldId::BirthDateDigit, 36, 2, 34, 34, DigitsOrFiller),
    field(FieldId::Sex, 36, 2, 35, 35, Sex),
    field(FieldId::CompositeDigit, 36, 2, 36, 36, Digits),
];
const DRIVING_LICENCE: &[FieldSpec] = &[
    field(FieldId::DocumentCode, 30, 1, 1, 1, Letters),
    field(FieldId::Configuration, 30, 1, 2, 2, Any),
    field(FieldId::Issuer, 30, 1, 3, 5, Letters),
    field(FieldId::NumberVersion, 30, 1, 6, 6, Any),
    field(FieldId::DocumentNumber, 30, 1, 7, 16, Any),
    field(FieldId::RandomData, 30, 1, 17, 29, Any),
    field(FieldId::CompositeDigit, 30, 1, 30, 30, Digits),
];
const FRENCH_DRIVING_LICENCE: &[FieldSpec] = &[
    field(FieldId::DocumentCode, 30, 1, 1, 1, Letters),
    field(FieldId::Configuration, 30, 1, 2, 2, Any),
    field(FieldId::Issuer, 30, 1, 3, 5, Letters),
    field(FieldId::DocumentNumber, 30, 1, 6, 14, Any),
    field(FieldId::DocumentNumberDigit, 30, 1, 15, 15, Digits),
    field(FieldId::ExpiryDate, 30, 1, 16, 21, DigitsOrFiller),
    field(FieldId::PrimaryIdentifier, 30, 1, 22, 29, Letters),
    field(FieldId::CompositeDigit, 30, 1, 30, 30, Digits),
];

/// The two lower lines of a Swiss licence, as lines `$above + 1` and `$above + 2` behind `$start` characters.
macro_rules! swiss {
    ($above:literal, $start:literal, $($first:expr),*) => {
        &[
            $($first,)*
            swiss_field(FieldId::DocumentCode, $above, $start, 1, 1, 2, Letters),
            swiss_field(FieldId::Issuer, $above, $start, 1, 3, 5, Letters),
            swiss_field(FieldId::DocumentNumber, $above, $start, 1, 6, 17, Digits),
            swiss_field(FieldId::Filler, $above, $start, 1, 18, 19, Filler),
            swiss_field(FieldId::BirthDate, $above, $start, 1, 20, 25, DigitsOrFiller),
            swiss_field(FieldId::Filler, $above, $start, 1, 26, 30, Filler),
            swiss_field(FieldId::Name, $above, $start, 2, 1, 30, Letters),
        ]
    };
}

const fn swiss_field(
    id: FieldId,
    above: u8,
    start: u8,
    line: u8,
    first: u8,
    last: u8,
    alphabet: Alphabet,
) -> FieldSpec {
    let place = Place { line: above + line, first, last };
    FieldSpec { id, place, alphabet, start: start + (line - 1) * 30 + first - 1 }
}

const SWISS_DRIVING_LICENCE: &[FieldSpec] = swiss!(
    1,
    9,
    field(FieldId::BlankNumber, 9, 1, 1, 6, Any),
    field(FieldId::Language, 9, 1, 7, 7, Letters),
    field(FieldId::Filler, 9, 1, 8, 9, Filler)
);
const SWISS_DRIVING_LICENCE_BELOW: &[FieldSpec] = swiss!(0, 0,);

const TD1_DIGITS: &[DigitSpec] = &[
    digit(NumberCheck, FieldId::DocumentNumberDigit, 14, &[(5, 14)]),
    digit(BirthCheck, FieldId::BirthDateDigit, 36, &[(30, 36)]),
    digit(ExpiryCheck, FieldId::ExpiryDateDigit, 44, &[(38, 44)]),
    digit(CompositeCheck, FieldId::CompositeDigit, 59, &[(5, 30), (30, 37), (38, 45), (48, 59)]),
];
const TD2_DIGITS: &[DigitSpec] = &[
    digit(NumberCheck, FieldId::DocumentNumberDigit, 45, &[(36, 45)]),
    digit(BirthCheck, FieldId::BirthDateDigit, 55, &[(49, 55)]),
    digit(ExpiryCheck, FieldId::ExpiryDateDigit, 63, &[(57, 63)]),
    digit(CompositeCheck, FieldId::CompositeDigit, 71, &[(36, 46), (49, 56), (57, 71)]),
];
const TD3_DIGITS: &[DigitSpec] = &[
    digit(NumberCheck, FieldId::DocumentNumberDigit, 53, &[(44, 53)]),
    digit(BirthCheck, FieldId::BirthDateDigit, 63, &[(57, 63)]),
    digit(ExpiryCheck, FieldId::ExpiryDateDigit, 71, &[(65, 71)]),
    digit(OptionalCheck, FieldId::OptionalDataDigit, 86, &[(72, 86)]),
    digit(CompositeCheck, FieldId::CompositeDigit, 87, &[(44, 54), (57, 64), (65, 87)]),
];
const MRV_A_DIGITS: &[DigitSpec] = &[
    digit(NumberCheck, FieldId::DocumentNumberDigit, 53, &[(44, 53)]),
    digit(BirthCheck, FieldId::BirthDateDigit, 63, &[(57, 63)]),
    digit(ExpiryCheck, FieldId::ExpiryDateDigit, 71, &[(65, 71)]),
];
const MRV_B_DIGITS: &[DigitSpec] = &[
    digit(NumberCheck, FieldId::DocumentNumberDigit, 45, &[(36, 45)]),
    digit(BirthCheck, FieldId::BirthDateDigit, 55, &[(49, 55)]),
    digit(ExpiryCheck, FieldId::ExpiryDateDigit, 63, &[(57, 63)]),
];
const FRENCH_IDENTITY_CARD_DIGITS: &[DigitSpec] = &[
    digit(NumberCheck, FieldId::DocumentNumberDigit, 48, &[(36, 48)]),
    digit(BirthCheck, FieldId::BirthDateDigit, 69, &[(63, 69)]),
    digit(CompositeCheck, FieldId::CompositeDigit, 71, &[(0, 71)]),
];
const DRIVING_LICENCE_DIGITS: &[DigitSpec] = &[digit(CompositeCheck, FieldId::CompositeDigit, 29, &[(0, 29)])];
const FRENCH_DRIVING_LICENCE_DIGITS: &[DigitSpec] = &[
    digit(NumberCheck, FieldId::DocumentNumberDigit, 14, &[(0, 14)]),
    digit(CompositeCheck, FieldId::CompositeDigit, 29, &[(0, 29)]),
];

/// Everything about a layout, with what is looked up often worked out by the compiler.
struct Table {
    lines: &'static [usize],
    fields: &'static [FieldSpec],
    digits: &'static [DigitSpec],
    /// Where a field stands in `fields`, by its number; beyond their end if the layout has none.
    index: [u8; FIELD_NUMBERS],
    /// The kinds of characters that may stand at each position.
    kinds: [u8; MAX_CHARACTERS],
}

/// One more than the highest number of a field.
const FIELD_NUMBERS: usize = FieldId::ALL.len() + 1;

const fn table(lines: &'static [usize], fields: &'static [FieldSpec], digits: &'static [DigitSpec]) -> Table {
    let mut index = [u8::MAX; FIELD_NUMBERS];
    let mut kinds = [u8::MAX; MAX_CHARACTERS];
    let mut at = fields.len();
    while at > 0 {
        at -= 1;
        index[fields[at].id.number() as usize] = at as u8;
        let range = fields[at].range();
        let mut position = range.start;
        while position < range.end {
            kinds[position] = fields[at].alphabet.kinds();
            position += 1;
        }
    }
    Table { lines, fields, digits, index, kinds }
}

static TD1_TABLE: Table = table(&[30, 30, 30], TD1, TD1_DIGITS);
static TD2_TABLE: Table = table(&[36, 36], TD2, TD2_DIGITS);
static TD3_TABLE: Table = table(&[44, 44], TD3, TD3_DIGITS);
static MRV_A_TABLE: Table = table(&[44, 44], MRV_A, MRV_A_DIGITS);
static MRV_B_TABLE: Table = table(&[36, 36], MRV_B, MRV_B_DIGITS);
static FRENCH_IDENTITY_CARD_TABLE: Table = table(&[36, 36], FRENCH_IDENTITY_CARD, FRENCH_IDENTITY_CARD_DIGITS);
static DRIVING_LICENCE_TABLE: Table = table(&[30], DRIVING_LICENCE, DRIVING_LICENCE_DIGITS);
static FRENCH_DRIVING_LICENCE_TABLE: Table = table(&[30], FRENCH_DRIVING_LICENCE, FRENCH_DRIVING_LICENCE_DIGITS);
static SWISS_DRIVING_LICENCE_TABLE: Table = table(&[9, 30, 30], SWISS_DRIVING_LICENCE, &[]);
static SWISS_DRIVING_LICENCE_BELOW_TABLE: Table = table(&[30, 30], SWISS_DRIVING_LICENCE_BELOW, &[]);

impl Layout {
    const fn table(self) -> &'static Table {
        match self {
            Layout::Td1 => &TD1_TABLE,
            Layout::Td2 => &TD2_TABLE,
            Layout::Td3 => &TD3_TABLE,
            Layout::MrvA => &MRV_A_TABLE,
            Layout::MrvB => &MRV_B_TABLE,
            Layout::FrenchIdentityCard => &FRENCH_IDENTITY_CARD_TABLE,
            Layout::DrivingLicence => &DRIVING_LICENCE_TABLE,
            Layout::FrenchDrivingLicence => &FRENCH_DRIVING_LICENCE_TABLE,
            Layout::SwissDrivingLicence => &SWISS_DRIVING_LICENCE_TABLE,
            Layout::SwissDrivingLicenceBelow => &SWISS_DRIVING_LICENCE_BELOW_TABLE,
        }
    }

    /// The lengths of the lines.
    #[must_use]
    pub const fn lines(self) -> &'static [usize] {
        self.table().lines
    }

    /// The number of characters in all lines.
    #[must_use]
    pub const fn characters(self) -> usize {
        match self {
            Layout::Td1 => 90,
            Layout::Td2 | Layout::MrvB | Layout::FrenchIdentityCard => 72,
            Layout::Td3 | Layout::MrvA => 88,
            Layout::DrivingLicence | Layout::FrenchDrivingLicence => 30,
            Layout::SwissDrivingLicence => 69,
            Layout::SwissDrivingLicenceBelow => 60,
        }
    }

    /// The fields in the order of the lines; together they cover every character once.
    #[must_use]
    pub const fn fields(self) -> &'static [FieldSpec] {
        self.table().fields
    }

    /// The check digits, the composite one last.
    #[must_use]
    pub const fn digits(self) -> &'static [DigitSpec] {
        self.table().digits
    }

    /// The field, if this layout has it.
    #[must_use]
    pub fn field(self, id: FieldId) -> Option<&'static FieldSpec> {
        let table = self.table();
        let at = table.index.get(id.number() as usize)?;
        table.fields.get(usize::from(*at))
    }

    /// Whether every character is of a kind that its field may hold. False for a few legal ones too: look closer.
    pub(super) fn fits(self, characters: &[u8; MAX_CHARACTERS]) -> bool {
        let pairs = characters.iter().zip(&self.table().kinds);
        pairs.fold(true, |fits, (c, kinds)| fits & (kind(*c) & kinds != 0))
    }

    /// How many characters of the optional data a long number may take, its digit included; none where none runs on.
    ///
    /// At least one more character of the number and the digit, and behind them a filler (Doc 9303-5 and -6 §4.2.2
    /// note j).
    pub(super) fn number_tails(self) -> Range<usize> {
        let optional = self.field(FieldId::OptionalData);
        match optional.filter(|_| self.has_long_numbers()) {
            Some(optional) => 2..optional.len(),
            None => 0..0,
        }
    }

    /// Whether a document number may run on into the optional data (Doc 9303-5 §4.2.4, Doc 9303-6 §4.2.4).
    #[must_use]
    pub const fn has_long_numbers(self) -> bool {
        matches!(self, Layout::Td1 | Layout::Td2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fields_of_every_layout_cover_every_character_exactly_once() {
        for layout in Layout::ALL {
            let mut next = 0;
            for field in layout.fields() {
                assert_eq!(field.range().start, next, "{layout} {}", field.id);
                next = field.range().end;
            }
            assert_eq!(next, layout.characters(), "{layout}");
            assert_eq!(layout.lines().iter().sum::<usize>(), layout.characters(), "{layout}");
            assert!(next <= MAX_CHARACTERS && layout.digits().len() <= MAX_DIGITS);
        }
    }

    #[test]
    fn every_field_is_found_by_its_name_and_only_where_it_is() {
        for layout in Layout::ALL {
            for id in FieldId::ALL {
                let first = layout.fields().iter().find(|field| field.id == *id);
                assert_eq!(layout.field(*id), first, "{layout} {id}");
            }
        }
    }

    #[test]
    fn the_whole_zone_fits_exactly_when_every_field_allows_its_characters() {
        for layout in Layout::ALL {
            let mut legal = [b'<'; MAX_CHARACTERS];
            for field in layout.fields() {
                let character = match field.alphabet {
                    Alphabet::Digits => b'0',
                    _ => b'<',
                };
                legal[field.range()].fill(character);
            }
            assert!(layout.fits(&legal), "{layout}");
            for field in layout.fields() {
                for byte in 0..=u8::MAX {
                    let mut changed = legal;
                    changed[field.range().start] = byte;
                    let allowed = field.alphabet.allows(byte);
                    assert_eq!(layout.fits(&changed), allowed, "{layout} {} {byte}", field.id);
                }
            }
        }
    }

    #[test]
    fn every_place_lies_in_its_line_and_agrees_with_the_joined_range() {
        for layout in Layout::ALL {
            for field in layout.fields() {
                let above = usize::from(field.place.line) - 1;
                let start: usize = layout.lines()[..above].iter().sum();
                assert_eq!(field.range().start, start + usize::from(field.place.first) - 1);
                assert!(usize::from(field.place.last) <= layout.lines()[above], "{layout} {}", field.id);
            }
        }
    }

    #[test]
    fn every_check_digit_stands_in_the_field_that_it_names_and_covers_nothing_behind_it() {
        for layout in Layout::ALL {
            for digit in layout.digits() {
                assert_eq!(layout.field(digit.field).map(FieldSpec::range), Some(digit.at..digit.at + 1));
                assert!(digit.over.iter().all(|(first, last)| first < last && *last <= digit.at));
            }
        }
    }
}
