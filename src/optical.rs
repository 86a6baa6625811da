//! The machine-readable zone read from pictures of pages (Doc 9303-3 §4: OCR-B, ten characters an inch).
//!
//! A [`Reader`] takes a borrowed [`View`] and gives one [`Zone`] for every zone that is printed in it: any of four
//! directions, askew, small or large, in light of any kind. How it goes:
//!
//! ```text
//! view → grey planes → finder (places → cells → lines) → close look at every character → mrz::repair → what is printed, and how sure
//! ```
//!
//! A zone says what is printed ([`Zone::lines`]) and the likeliest text that satisfies the rules ([`Zone::repaired`]); where the two
//! differ the document is printed wrong, and that is evidence. [`Zone::accepted`] promises that an error is less likely than
//! [`NAME_DOUBT`] in the name and [`FIELD_DOUBT`] in each other field; anything else is for a person to look at.
//!
//! Not done: zones in other typefaces than OCR-B, bent pages beyond a parabola, MRZ of one line shorter than 18 characters.
//!
//! Hostile input: pictures have a ceiling ([`crate::image::MAX_PIXELS`]), the finder has a budget of looks, and memory is that of the
//! grey planes. Nothing that was read is shown in `Debug`, and texts are zeroed.

mod finder;
mod frames;
pub mod geometry;
pub mod light;
mod line;
mod network;
mod summary;
pub mod window;
mod zone;

use crate::error::Result;
use crate::image::{Pyramid, View};
use crate::mrz::{CHARACTERS, FieldId, FieldSpec, Layout, Mrz, Repair, UNREAD, digit};
use core::fmt;
use finder::Finder;
use network::Networks;
pub use window::Point;
use zeroize::Zeroize;
use zone::Reading;

/// The expected number of wrong characters in the name of an accepted zone is below this.
pub const NAME_DOUBT: f32 = 0.06;
/// The same for each other field.
pub const FIELD_DOUBT: f32 = 0.02;

/// A zone that is less sure than this on the mean is none: print of another kind.
pub const LEAST_CONFIDENCE: f32 = 0.8;
/// The share of errors that a fitting check digit or a known code lets through, about: one in ten for a digit.
const MISSED_BY_GUARDS: f32 = 0.12;
/// A text that is printed wrong is accepted as it is printed from this gap on, in centibans: a million to one that it is no misreading.
const CERTAINLY_WRONG: u32 = 600;
/// A text that is further from every layout than this, in centibans, is no zone: a document printed wrong in several places is within 4000,
/// a table or a page read upside down beyond 7000.
pub const MOST_GAP: u32 = 6000;
/// The same two for a zone of one line.
const LEAST_CONFIDENCE_ALONE: f32 = 0.93;
const MOST_GAP_ALONE: u32 = 800;
/// One in so many characters of a zone is none of the fillers at least: what every layout has to say, its name of one letter and its optional
/// data empty, takes a third. A row of chevrons says nothing.
const LEAST_PRINT: usize = 4;
/// What a character's confidence has to be for it to count as read in [`Zone::mrz`].
pub const READ: f32 = 0.9;

/// Reads zones from pictures. Making one unpacks the networks; memory is kept from picture to picture.
#[derive(Default)]
pub struct Reader {
    networks: Networks,
    pyramid: Pyramid,
}

/// A zone as it was read from a picture.
pub struct Zone {
    reading: Reading,
    accepted: bool,
}

impl Reader {
    /// A reader with its networks unpacked.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A reader with other weights than the crate's, as `tools/optical/train.py` writes them; what is missing counts as 0.
    #[must_use]
    pub fn with_weights(close: &[u8], wide: &[u8]) -> Self {
        Self { networks: Networks::of(close, wide), pyramid: Pyramid::default() }
    }

    /// Every zone in a picture, the best read first; none if there is none.
    pub fn read(&mut self, view: &View<'_>) -> Vec<Zone> {
        let planes = self.pyramid.of(view);
        let mut finder = Finder::new(&planes, &mut self.networks);
        let mut zones: Vec<Zone> = Vec::new();
        for attempt in finder.attempts() {
            let mut tracks = Vec::new();
            if !finder.lines(&attempt, &mut tracks) {
                continue;
            }
            let readings = zone::read(&mut finder, &tracks);
            let fresh = readings.into_iter().map(Zone::of).filter(Zone::is_one);
            zones.extend(fresh);
            if !zones.is_empty() {
                break;
            }
        }
        zones.sort_by(|a, b| b.confidence().total_cmp(&a.confidence()));
        zones
    }
}

impl Zone {
    fn of(reading: Reading) -> Self {
        let mut zone = Self { reading, accepted: false };
        zone.accepted = zone.is_acceptable();
        zone
    }

    /// Whether it is a zone at all: characters of OCR-B, in an order that the rules are not wholly foreign to.
    ///
    /// One line alone is often a line of a larger zone whose others were not found, so that it has to fit its layout better.
    fn is_one(&self) -> bool {
        let (sure, gap) = match self.layout().lines() {
            [_] => (LEAST_CONFIDENCE_ALONE, MOST_GAP_ALONE),
            _ => (LEAST_CONFIDENCE, MOST_GAP),
        };
        let count = self.layout().characters();
        let printed = self.reading.text.iter().take(count).filter(|character| **character != b'<').count();
        self.confidence() >= sure && self.reading.repair.gap() <= gap && printed * LEAST_PRINT >= count
    }

    /// Whether every field is as sure as is promised. Of a zone that is printed wrong it is the print that is accepted, by what the
    /// characters look like alone: no digit speaks for it, and a misreading must be out of the question.
    fn is_acceptable(&self) -> bool {
        let untouched = self.reading.repair.changes().next().is_none();
        let certain = !self.reading.printed_wrong || self.reading.repair.gap() >= CERTAINLY_WRONG;
        let mut fields = self.reading.layout.fields().iter();
        certain
            && fields.all(|field| {
                let doubt = self.doubt(field.id);
                let left = if untouched && self.is_guarded(field.id) {
                    let unseen = self.doubt_that_no_digit_sees(field);
                    unseen + (doubt - unseen) * MISSED_BY_GUARDS
                } else {
                    doubt
                };
                left < if field.id == FieldId::Name { NAME_DOUBT } else { FIELD_DOUBT }
            })
    }

    /// The part of a field's doubt that lies on characters whose values differ from the printed ones by tens, such as L and B or G
    /// and 6: every check digit comes out the same (Doc 9303-3 §4.9).
    fn doubt_that_no_digit_sees(&self, field: &FieldSpec) -> f32 {
        let of_position = |position: usize| -> f32 {
            let (Some(printed), Some(costs)) = (self.reading.text.get(position), self.reading.costs.get(position))
            else {
                return 0.0;
            };
            let alike = |other: u8| {
                let values = digit::value(other).zip(digit::value(*printed));
                other != *printed
                    && values.is_some_and(|(other, own)| other % 10 == own % 10)
                    && field.alphabet.allows(other)
            };
            CHARACTERS.iter().filter(|other| alike(**other)).map(|other| zone::share(costs, Some(field), *other)).sum()
        };
        field.range().map(of_position).sum()
    }

    /// Whether a check digit or the list of codes would find most errors in a field.
    fn is_guarded(&self, field: FieldId) -> bool {
        match field {
            FieldId::DocumentNumber
            | FieldId::DocumentNumberDigit
            | FieldId::BirthDate
            | FieldId::BirthDateDigit
            | FieldId::ExpiryDate
            | FieldId::ExpiryDateDigit
            | FieldId::CompositeDigit
            | FieldId::OptionalDataDigit => true,
            FieldId::OptionalData => self.reading.layout.field(FieldId::CompositeDigit).is_some(),
            FieldId::Issuer => self.mrz().is_ok_and(|zone| zone.issuer().entry().is_some()),
            FieldId::Nationality => {
                self.mrz().is_ok_and(|zone| zone.nationality().is_some_and(|code| code.entry().is_some()))
            }
            _ => false,
        }
    }

    /// The expected number of wrong characters in a field; 0 for a field that the layout lacks.
    #[must_use]
    pub fn doubt(&self, field: FieldId) -> f32 {
        let Some(spec) = self.reading.layout.field(field) else {
            return 0.0;
        };
        let sure = self.reading.sure.get(spec.range()).unwrap_or_default();
        sure.iter().map(|sure| 1.0 - sure).sum()
    }

    /// The layout.
    #[must_use]
    pub const fn layout(&self) -> Layout {
        self.reading.layout
    }

    /// The lines as they are taken to be printed.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        let lengths = self.reading.layout.lines().iter();
        lengths.scan(0, |start, length| {
            let line = self.reading.text.get(*start..*start + length);
            *start += length;
            Some(line.and_then(|line| core::str::from_utf8(line).ok()).unwrap_or_default())
        })
    }

    /// The text of one field as it is taken to be printed.
    fn text(&self, field: &FieldSpec) -> &str {
        let text = self.reading.text.get(field.range());
        text.and_then(|text| core::str::from_utf8(text).ok()).unwrap_or_default()
    }

    /// The likeliest lines that satisfy layout, dates and check digits.
    pub fn repaired(&self) -> impl Iterator<Item = &str> {
        self.reading.repair.repaired()
    }

    /// What repair found out, with gap and margins.
    #[must_use]
    pub const fn repair(&self) -> &Repair {
        &self.reading.repair
    }

    /// Whether the document breaks a rule, and the reader is sure that it is not a misreading.
    #[must_use]
    pub const fn printed_wrong(&self) -> bool {
        self.reading.printed_wrong
    }

    /// Whether every field is read as surely as is promised.
    #[must_use]
    pub const fn accepted(&self) -> bool {
        self.accepted
    }

    /// How likely the character at a position of the joined lines is right, 0 to 1.
    #[must_use]
    pub fn character_confidence(&self, position: usize) -> f32 {
        self.reading.sure.get(position).copied().unwrap_or(0.0)
    }

    /// How much the characters look like what they are taken for, on the mean, 0 to 1.
    #[must_use]
    pub const fn confidence(&self) -> f32 {
        self.reading.clear
    }

    /// The corners of the zone in pixels: upper left, upper right, lower right, lower left, as the text is read.
    #[must_use]
    pub const fn quad(&self) -> [Point; 4] {
        self.reading.quad
    }

    /// The centres of the characters of a line, counted from 0, in pixels.
    #[must_use]
    pub fn centres(&self, line: usize) -> &[Point] {
        self.reading.centres.get(line).map_or(&[], Vec::as_slice)
    }

    /// Pixels from one character to the next, on the mean.
    #[must_use]
    pub const fn pitch(&self) -> f32 {
        self.reading.pitch
    }

    /// The text as a zone with its checks; a character that is less sure than [`READ`] counts as unread.
    ///
    /// # Errors
    /// Those of [`crate::mrz::parse`], which a text of a known layout gives only if what decides the layout is unread.
    pub fn mrz(&self) -> Result<Mrz> {
        let mut text = self.reading.text;
        for (character, sure) in text.iter_mut().zip(&self.reading.sure) {
            if *sure < READ {
                *character = UNREAD;
            }
        }
        let zone = crate::mrz::parse(text.get(..self.reading.layout.characters()).unwrap_or_default());
        text.zeroize();
        zone
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Zone({}, [redacted])", self.reading.layout)
    }
}

impl Drop for Zone {
    fn drop(&mut self) {
        self.reading.text.zeroize();
        self.reading.costs.iter_mut().for_each(Zeroize::zeroize);
    }
}
