//! The most likely reading of a zone that satisfies its layout, its dates and its check digits, beside the one
//! that is printed (Doc 9303-3 §4.8, §4.9; Doc 9303-4 to -7 §4.2).
//!
//! A reader misreads; a document may also be printed wrong. Repair cannot know which, but it can say how much
//! less likely the repaired reading is than the printed one ([`Repair::gap`]): little for a misreading, much for
//! a misprint that was read well. It can also say whether another reading would do as well ([`Repair::unique`]).
//! What is printed is never replaced here, and a check digit that a repaired text satisfies is no evidence: the
//! text was chosen so that it does.
//!
//! The way is dynamic programming over the weighted sums modulo 10, not trial and error: see [`best`], [`chain`],
//! [`date`], [`number`] and [`solve`]. Not done: words and names, country codes (any letters are legal), the order
//! of dates, and reading one layout as another: ask for each layout that is possible and compare the costs.
//!
//! Hostile input: the work depends on the layout alone, memory is a few tens of kilobytes, and every text and
//! every cost gives a result.

mod best;
mod chain;
mod date;
mod number;
mod plan;
mod reader;
mod solve;

pub use plan::CHARACTERS;
pub use reader::{Costs, Likelihoods, Reader, centibans};

use super::layout::{FieldId, FieldSpec, Layout, MAX_CHARACTERS};
use super::{Mrz, ShortDate, UNREAD};
use crate::check::Outcome;
use crate::error::Result;
use core::fmt;
use plan::Plan;
use serde::ser::{Serialize, SerializeStruct, Serializer};
use zeroize::Zeroize;

/// More fields than any layout has.
const MAX_FIELDS: usize = 16;

/// A repaired reading is unique if every other one is less than half as likely, in centibans.
pub const UNIQUE_MARGIN: u32 = 30;
/// The most that a repaired reading may be less likely than the printed one to be supported, in centibans.
///
/// One in a hundred: where the reader holds the repaired text for less likely than that, a misprint or a forgery is
/// no rarer a cause than a misreading, and the failed check digit has to stay.
pub const SUPPORTED_GAP: u32 = 200;
/// The least by which every other reading of the changed fields has to be less likely, in centibans.
pub const SUPPORTED_MARGIN: u32 = 200;

/// What was printed and the most likely text that satisfies the rules.
#[derive(Clone, PartialEq, Eq)]
pub struct Repair {
    layout: Layout,
    /// The joined lines as printed; fillers beyond their end.
    printed: [u8; MAX_CHARACTERS],
    /// The joined lines that satisfy the rules.
    repaired: [u8; MAX_CHARACTERS],
    /// In centibans.
    gap: u32,
    /// By field; `None` if the zone was clean and no other reading was looked at.
    margins: Option<[u32; MAX_FIELDS]>,
    readings: u32,
    supported: bool,
}

/// A position where the repaired text differs from what is printed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The line, from 1.
    pub line: u8,
    /// The column, from 1.
    pub column: u8,
    /// The character as printed; [`UNREAD`] if it could not be read.
    pub from: char,
    /// The character that satisfies the rules.
    pub to: char,
}

/// Repairs a zone from a reader that gives no probabilities.
///
/// A zone that satisfies all rules is recognised at once; its margin is then not reckoned.
///
/// ```
/// use landfall::mrz::{Reader, parse, repair};
/// let zone = parse("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n\
///                   L898902C36UTO74O8122F1204159ZE184226B<<<<<10")?;
/// let repair = repair(&zone, Reader::OcrB);
/// let change = repair.changes().next().unwrap();
/// assert_eq!((change.line, change.column, change.from, change.to), (2, 16, 'O', '0'));
/// assert!(repair.unique() && !repair.supported());
/// # Ok::<(), landfall::Error>(())
/// ```
#[must_use]
pub fn repair(zone: &Mrz, reader: Reader) -> Repair {
    if u32::from(reader.least_doubt()) > UNIQUE_MARGIN && is_clean(zone) {
        Repair {
            layout: zone.layout,
            printed: zone.characters,
            repaired: zone.characters,
            gap: 0,
            margins: None,
            readings: 1,
            supported: false,
        }
    } else {
        Likelihoods::of(zone, reader).repair(zone.layout)
    }
}

/// Whether what is printed satisfies every rule that repair knows. Reading the zone has made most of it sure.
fn is_clean(zone: &Mrz) -> bool {
    let digits = || zone.digits().all(|(_, digit)| digit.outcome == Outcome::Passed);
    digits() && zone.layout.fields().iter().all(|field| is_legal(zone, field))
}

/// Whether a field's characters and its date are legal, or tolerated because they are printed.
fn is_legal(zone: &Mrz, field: &FieldSpec) -> bool {
    let text = zone.characters.get(field.range()).unwrap_or_default();
    match field.id {
        FieldId::BirthDate => matches!(ShortDate::read(text), ShortDate::Known { .. } | ShortDate::Unknown),
        FieldId::ExpiryDate => match ShortDate::read(text) {
            date @ ShortDate::Known { .. } => !date.has_unknown_part(),
            date => date == ShortDate::Unknown,
        },
        FieldId::Sex if text == b"X" => true,
        FieldId::DocumentNumber if zone.number_is_missing() => false,
        _ => text.iter().all(|character| field.alphabet.allows(*character)),
    }
}

impl Repair {
    /// Solves a layout for what a reader says.
    fn reckon(layout: Layout, likelihoods: &Likelihoods) -> Self {
        let problem = chain::Problem { plan: Plan::new(layout, likelihoods.printed()), likelihoods };
        let solution = problem.solution();
        let lowest = |position| likelihoods.row(position).iter().min().copied();
        let printed_cost: u32 = (0..layout.characters()).filter_map(lowest).map(u32::from).sum();
        let mut repair = Self {
            layout,
            printed: [b'<'; MAX_CHARACTERS],
            repaired: solution.text,
            gap: solution.cost.saturating_sub(printed_cost),
            margins: Some(solution.margins),
            readings: solution.readings,
            supported: false,
        };
        let printed = likelihoods.printed().iter().take(layout.characters());
        for (slot, character) in repair.printed.iter_mut().zip(printed) {
            *slot = *character;
        }
        repair.supported = repair.is_supported(likelihoods);
        repair
    }

    /// The conditions of [`Repair::supported`].
    fn is_supported(&self, likelihoods: &Likelihoods) -> bool {
        let mut changes = self.changed().peekable();
        changes.peek().is_some()
            && self.gap <= SUPPORTED_GAP
            && changes.all(|(position, _, to)| {
                likelihoods.names(position, to) && self.margin_at(position) >= Some(SUPPORTED_MARGIN)
            })
    }

    /// Positions in the joined lines, what is printed there and what satisfies the rules.
    fn changed(&self) -> impl Iterator<Item = (usize, u8, u8)> {
        let pairs = self.printed.iter().zip(&self.repaired).enumerate();
        pairs.map(|(position, (from, to))| (position, *from, *to)).filter(|(_, from, to)| from != to && *to != UNREAD)
    }

    /// The margin of the field at a position.
    fn margin_at(&self, position: usize) -> Option<u32> {
        let fields = self.layout.fields().iter();
        let mut at = fields.zip(self.margins.iter().flatten());
        at.find(|(field, _)| field.range().contains(&position)).map(|(_, margin)| *margin)
    }

    /// The layout that the text satisfies.
    #[must_use]
    pub const fn layout(&self) -> Layout {
        self.layout
    }

    /// The lines as printed, with [`UNREAD`] where the reader could not read.
    pub fn printed(&self) -> impl Iterator<Item = &str> {
        lines(self.layout, &self.printed)
    }

    /// The most likely lines that satisfy the rules.
    ///
    /// [`UNREAD`] stays where no digit covers the position and the reader prefers no legal character: a letter of
    /// a name is not invented.
    pub fn repaired(&self) -> impl Iterator<Item = &str> {
        lines(self.layout, &self.repaired)
    }

    /// The repaired text, read like any other.
    ///
    /// # Errors
    /// Those of [`parse`](super::parse), none of which a repaired text gives.
    pub fn zone(&self) -> Result<Mrz> {
        super::parse(self.repaired.get(..self.layout.characters()).unwrap_or_default())
    }

    /// Where the two differ, in the order of the lines.
    pub fn changes(&self) -> impl Iterator<Item = Change> {
        self.changed().map(|(position, from, to)| {
            let (line, column) = place(self.layout, position);
            Change { line, column, from: char::from(from), to: char::from(to) }
        })
    }

    /// How much less likely the repaired reading is than the printed one, in centibans; 0 if nothing speaks
    /// against it.
    #[must_use]
    pub const fn gap(&self) -> u32 {
        self.gap
    }

    /// How much less likely the best other reading is that satisfies the rules, in centibans; 0 for a tie.
    ///
    /// `None` for a zone that was recognised as clean without looking at other readings.
    #[must_use]
    pub fn margin(&self) -> Option<u32> {
        let fields = self.layout.fields().len();
        let margins = self.margins?;
        margins.iter().take(fields).min().copied()
    }

    /// The same for readings that differ in this field, or in fields whose check digit it shares.
    ///
    /// `None` also if the layout has no such field. Where the rules leave no other reading, the margin is beyond
    /// anything that costs can add up to.
    #[must_use]
    pub fn margin_of(&self, field: FieldId) -> Option<u32> {
        let fields = self.layout.fields().iter().zip(self.margins?);
        fields.filter(|(spec, _)| spec.id == field).map(|(_, margin)| margin).min()
    }

    /// How many readings are as likely as the repaired one, itself included; at most `u32::MAX`.
    #[must_use]
    pub const fn readings(&self) -> u32 {
        self.readings
    }

    /// Whether no other reading that satisfies the rules is at least half as likely.
    #[must_use]
    pub fn unique(&self) -> bool {
        let margin_is_wide = |margin| margin > UNIQUE_MARGIN;
        self.readings == 1 && self.margin().is_none_or(margin_is_wide)
    }

    /// Whether the reader's probabilities support reading the repaired text for the printed one.
    ///
    /// They do if something changes, the gap is at most [`SUPPORTED_GAP`], the reader itself named each repaired
    /// character among its first few for the position, and every other reading of the changed fields is less
    /// likely by [`SUPPORTED_MARGIN`]. Text without probabilities never supports a repair: that a text satisfies
    /// the rules is no reason to believe that it is the one on the document. An erasure is not supported either,
    /// though only one character may fit: then the check digit would be taken as right to prove itself right.
    #[must_use]
    pub const fn supported(&self) -> bool {
        self.supported
    }
}

/// The lines of a joined text.
fn lines(layout: Layout, text: &[u8; MAX_CHARACTERS]) -> impl Iterator<Item = &str> {
    layout.lines().iter().scan(0, move |start, len| {
        let line = text.get(*start..*start + *len);
        *start += *len;
        Some(line.and_then(|line| core::str::from_utf8(line).ok()).unwrap_or(""))
    })
}

/// Line and column, from 1, of a position in the joined lines.
fn place(layout: Layout, position: usize) -> (u8, u8) {
    let mut column = position;
    let mut line = 1;
    for len in layout.lines() {
        if column < *len {
            break;
        }
        column -= len;
        line += 1;
    }
    (line, u8::try_from(column + 1).unwrap_or(u8::MAX))
}

/// A result, so it shows what was read: this and the methods above are the only doors.
impl Serialize for Repair {
    fn serialize<S: Serializer>(&self, serializer: S) -> core::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_struct("Repair", 9)?;
        map.serialize_field("layout", &self.layout)?;
        map.serialize_field("printed", &self.printed().collect::<Vec<_>>())?;
        map.serialize_field("repaired", &self.repaired().collect::<Vec<_>>())?;
        map.serialize_field("gap", &self.gap)?;
        map.serialize_field("margin", &self.margin())?;
        map.serialize_field("readings", &self.readings)?;
        map.serialize_field("unique", &self.unique())?;
        map.serialize_field("supported", &self.supported)?;
        map.serialize_field("changed", &self.changes().collect::<Vec<_>>())?;
        map.end()
    }
}

impl Serialize for Change {
    fn serialize<S: Serializer>(&self, serializer: S) -> core::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_struct("Change", 4)?;
        map.serialize_field("line", &self.line)?;
        map.serialize_field("column", &self.column)?;
        map.serialize_field("from", &self.from)?;
        map.serialize_field("to", &self.to)?;
        map.end()
    }
}

impl fmt::Debug for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Repair({}, [redacted])", self.layout)
    }
}

impl fmt::Debug for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Change({}:{}, [redacted])", self.line, self.column)
    }
}

impl Drop for Repair {
    fn drop(&mut self) {
        self.printed.zeroize();
        self.repaired.zeroize();
    }
}
