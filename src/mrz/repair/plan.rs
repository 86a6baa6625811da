//! What may stand where, and which positions the check digits tie together: a layout seen with the eyes of repair.
//!
//! Everything comes from the layout's tables. What the tables cannot say is here: the first characters by which
//! layouts of one size differ, numbers that run on into the optional data (Doc 9303-5 §4.2.2 note j), the digit
//! that a filler may stand for, and where a document number begins: there it may have no filler, so
//! that it is never empty, and what is tolerated where it is printed and never proposed (X as sex, six
//! fillers for an expiry date), because documents with it exist and have checks of their own.

use super::super::digit;
use super::super::layout::{Alphabet, DigitSpec, FieldId, FieldSpec, Layout, MAX_CHARACTERS};
use super::date::DateField;
use super::number::NumberField;
use crate::check::CheckId;

/// The characters of a zone in the order of their values, the filler last.
pub const CHARACTERS: [u8; 37] = *b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<";
/// Where the filler stands in [`CHARACTERS`].
pub(super) const FILLER: usize = 36;

/// Where a character stands in [`CHARACTERS`].
pub(super) const fn glyph(character: u8) -> Option<usize> {
    match digit::value(character) {
        Some(_) if character == b'<' => Some(FILLER),
        Some(value) => Some(value as usize),
        None => None,
    }
}

/// A set of characters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Glyphs(u64);

impl Glyphs {
    /// `0` to `9`.
    pub(super) const DIGITS: Self = Self((1 << 10) - 1);
    /// `<` alone.
    pub(super) const FILLER: Self = Self(1 << FILLER);
    /// The whole alphabet.
    pub(super) const ANY: Self = Self((1 << 37) - 1);
    /// Letters and digits.
    pub(super) const NOT_FILLER: Self = Self::ANY.without(Self::FILLER);

    /// These characters; what is not of the zone's alphabet is left out.
    pub(super) const fn of(characters: &[u8]) -> Self {
        let mut set = 0;
        let mut at = 0;
        while at < characters.len() {
            if let Some(glyph) = glyph(characters[at]) {
                set |= 1 << glyph;
            }
            at += 1;
        }
        Self(set)
    }

    /// The characters of either set.
    pub(super) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The characters of this set that are not in the other.
    pub(super) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The characters of both sets.
    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether the character at this place of [`CHARACTERS`] is in the set.
    pub(super) const fn has(self, glyph: usize) -> bool {
        glyph < CHARACTERS.len() && self.0 & (1 << glyph) != 0
    }

    /// What a field with this alphabet may hold.
    const fn allowed(alphabet: Alphabet) -> Self {
        let letters = Self::NOT_FILLER.without(Self::DIGITS);
        match alphabet {
            Alphabet::Letters => letters.with(Self::FILLER),
            Alphabet::Digits => Self::DIGITS,
            Alphabet::DigitsOrFiller => Self::DIGITS.with(Self::FILLER),
            Alphabet::Any => Self::ANY,
            Alphabet::Sex => Self::of(b"MF<"),
            Alphabet::Filler => Self::FILLER,
        }
    }
}

/// The first characters by which a layout is told from others of its size.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Opening {
    /// Where it begins in the joined zone.
    pub(super) start: usize,
    /// What may stand there, as ways that exclude each other; where a way ends, and where
    /// there is none, the fields' alphabets say the rest.
    pub(super) ways: &'static [&'static [Glyphs]],
}

impl Opening {
    /// How many characters an opening has.
    pub(super) const LEN: usize = 5;
}

/// One step of a way: these characters.
const fn only(characters: &[u8]) -> Glyphs {
    Glyphs::of(characters)
}

/// One step of a way: all characters but these.
const fn but(characters: &[u8]) -> Glyphs {
    Glyphs::ANY.without(Glyphs::of(characters))
}

const DIGIT: Glyphs = Glyphs::DIGITS;
const NO_DIGIT: Glyphs = Glyphs::ANY.without(Glyphs::DIGITS);

const ANYTHING: &[&[Glyphs]] = &[];
const PASSPORT: &[&[Glyphs]] = &[&[but(b"V")]];
const VISA: &[&[Glyphs]] = &[&[only(b"V")]];
const FRENCH_CARD: &[&[Glyphs]] = &[&[only(b"I"), only(b"D"), only(b"F"), only(b"R"), only(b"A")]];
const NEITHER_VISA_NOR_FRENCH_CARD: &[&[Glyphs]] = &[
    &[but(b"VI")],
    &[only(b"I"), but(b"D")],
    &[only(b"I"), only(b"D"), but(b"F")],
    &[only(b"I"), only(b"D"), only(b"F"), but(b"R")],
    &[only(b"I"), only(b"D"), only(b"F"), only(b"R"), but(b"A")],
];
const LICENCE: &[&[Glyphs]] = &[
    &[only(b"D"), NO_DIGIT],
    &[only(b"D"), DIGIT, but(b"F")],
    &[only(b"D"), DIGIT, only(b"F"), but(b"R")],
    &[only(b"D"), DIGIT, only(b"F"), only(b"R"), but(b"A")],
];
const FRENCH_LICENCE: &[&[Glyphs]] = &[&[only(b"ABD"), DIGIT, only(b"F"), only(b"R"), only(b"A")]];
const SWISS_LICENCE: &[&[Glyphs]] = &[
    &[only(b"F"), only(b"A"), only(b"C"), only(b"H"), only(b"E")],
    &[only(b"F"), only(b"A"), only(b"L"), only(b"I"), only(b"E")],
];

/// How a layout begins. The reader of zones tells layouts of one size apart by the same characters.
const fn opening(layout: Layout) -> Opening {
    let (start, ways) = match layout {
        Layout::Td1 => (0, ANYTHING),
        Layout::Td3 => (0, PASSPORT),
        Layout::MrvA | Layout::MrvB => (0, VISA),
        Layout::Td2 => (0, NEITHER_VISA_NOR_FRENCH_CARD),
        Layout::FrenchIdentityCard => (0, FRENCH_CARD),
        Layout::DrivingLicence => (0, LICENCE),
        Layout::FrenchDrivingLicence => (0, FRENCH_LICENCE),
        Layout::SwissDrivingLicence => (9, SWISS_LICENCE),
        Layout::SwissDrivingLicenceBelow => (0, SWISS_LICENCE),
    };
    Opening { start, ways }
}

/// Positions `.0..` up to `.1` of the joined zone.
pub(super) type Span = (usize, usize);

/// How the positions of a part depend on each other.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// No digit covers them: every position for itself.
    Free(Span),
    /// Covered by the composite digit alone.
    Run(Span),
    /// The opening, where there is more than one way to begin.
    Opening(Opening),
    /// Covered by a digit of their own, which a filler may stand for if all of them are fillers.
    Guarded {
        /// What the digit covers.
        over: Span,
        /// Where the digit stands.
        digit: usize,
        /// Whether a filler may stand for the digit of fillers.
        may_be_empty: bool,
    },
    /// Six characters that have to be a date, perhaps with a digit.
    Date(DateField),
    /// A document number with its digit, which may run on into the optional data.
    Number(NumberField),
    /// The composite digit itself.
    Composite(usize),
}

/// A part of a zone that is solved on its own, up to its contribution to the composite sum.
#[derive(Clone, Copy)]
pub(super) struct Part {
    /// How its positions depend on each other.
    pub(super) kind: Kind,
    /// The fields in it, as bits by their index in the layout.
    pub(super) fields: u16,
}

/// A layout as a list of parts.
pub(super) struct Plan {
    /// The layout.
    pub(super) layout: Layout,
    /// What may stand at each position.
    legal: [Glyphs; MAX_CHARACTERS],
    /// The weight of each position in the composite sum, 0 where it is not covered.
    composite: [u8; MAX_CHARACTERS],
    /// Its parts in the order of the lines; every field belongs to one.
    pub(super) parts: Vec<Part>,
}

impl Plan {
    /// The plan of a layout; what is `printed` decides about what is tolerated only where it is printed.
    pub(super) fn new(layout: Layout, printed: &[u8; MAX_CHARACTERS]) -> Self {
        Self {
            layout,
            legal: legal(layout, printed),
            composite: composite_weights(layout),
            parts: layout.fields().iter().filter_map(|field| part(layout, field)).collect(),
        }
    }

    /// What may stand at a position, beyond the zone the filler.
    pub(super) fn legal_at(&self, position: usize) -> Glyphs {
        self.legal.get(position).copied().unwrap_or(Glyphs::FILLER)
    }

    /// The weight of a position in the composite sum, 0 where it is not covered.
    pub(super) fn composite_at(&self, position: usize) -> usize {
        self.composite.get(position).map_or(0, |weight| usize::from(*weight))
    }
}

/// What each position may hold: by its field, by the only way to open the layout, and X as sex if it is printed.
fn legal(layout: Layout, printed: &[u8; MAX_CHARACTERS]) -> [Glyphs; MAX_CHARACTERS] {
    let mut legal = [Glyphs::FILLER; MAX_CHARACTERS];
    for field in layout.fields() {
        let mut allowed = Glyphs::allowed(field.alphabet);
        if field.id == FieldId::Sex && printed.get(field.range().start) == Some(&b'X') {
            allowed = allowed.with(Glyphs::of(b"X"));
        }
        for slot in legal.get_mut(field.range()).into_iter().flatten() {
            *slot = allowed;
        }
    }
    let begins = layout.field(FieldId::DocumentNumber).map(|field| {
        let mut positions = field.range();
        let is_printed = |position: &usize| printed.get(*position) != Some(&b'<');
        positions.find(is_printed).unwrap_or(field.range().start)
    });
    if let Some(slot) = begins.and_then(|position| legal.get_mut(position)) {
        *slot = slot.and(Glyphs::NOT_FILLER);
    }
    let opening = opening(layout);
    if let [way] = opening.ways {
        for (slot, allowed) in legal.iter_mut().skip(opening.start).zip(*way) {
            *slot = slot.and(*allowed);
        }
    }
    legal
}

/// The weights of the composite digit; all 0 for a layout without one.
fn composite_weights(layout: Layout) -> [u8; MAX_CHARACTERS] {
    let spec = layout.digits().iter().find(|spec| is_composite(spec));
    spec.map_or([0; MAX_CHARACTERS], |spec| *spec.weights())
}

const fn is_composite(spec: &DigitSpec) -> bool {
    matches!(spec.check, CheckId::MrzCheckDigitComposite)
}

/// The digit, other than the composite one, that covers a position.
fn own_digit(layout: Layout, position: usize) -> Option<(&'static DigitSpec, Span)> {
    let own = layout.digits().iter().filter(|spec| !is_composite(spec));
    own.filter_map(|spec| spec.over.first().map(|over| (spec, *over)))
        .find(|(_, over)| (over.0..over.1).contains(&position))
}

/// The part that begins with this field; `None` if the field belongs to a part that began before.
fn part(layout: Layout, field: &FieldSpec) -> Option<Part> {
    let range = field.range();
    let kind = kind(layout, field)?;
    let (first, last) = match kind {
        Kind::Free(span) | Kind::Run(span) => span,
        Kind::Opening(opening) => (opening.start, opening.start + Opening::LEN),
        Kind::Guarded { digit, .. } => (range.start, digit + 1),
        Kind::Number(number) => (range.start, number.digit + 1),
        Kind::Date(field) => (range.start, field.digit.map_or(range.end, |digit| digit + 1)),
        Kind::Composite(digit) => (digit, digit + 1),
    };
    let fields = fields_in(layout, (first, last));
    Some(Part { kind, fields })
}

/// How the part that begins with this field hangs together.
fn kind(layout: Layout, field: &FieldSpec) -> Option<Kind> {
    let start = field.range().start;
    let opening = opening(layout);
    if opening.ways.len() > 1 && (opening.start..opening.start + Opening::LEN).contains(&start) {
        return (start == opening.start).then_some(Kind::Opening(opening));
    }
    if let Some(spec) = layout.digits().iter().find(|spec| spec.at == start) {
        return is_composite(spec).then_some(Kind::Composite(start));
    }
    let guard = own_digit(layout, start);
    if guard.is_some_and(|(_, over)| over.0 != start) {
        return None;
    }
    let may_run_on = layout.has_long_numbers();
    let optional = layout.field(FieldId::OptionalData).map(FieldSpec::range);
    match (field.id, guard) {
        (FieldId::BirthDate | FieldId::ExpiryDate, _) => Some(Kind::Date(DateField {
            first: start,
            digit: guard.map(|(spec, _)| spec.at),
            is_birth: field.id == FieldId::BirthDate,
        })),
        (FieldId::OptionalData, None) if may_run_on => None,
        (_, Some((spec, over))) => Some(guarded(spec, over, optional.filter(|_| may_run_on))),
        _ if weighs(composite_weights(layout), start) => Some(Kind::Run((start, field.range().end))),
        _ => Some(Kind::Free((start, field.range().end))),
    }
}

/// Whether a position weighs anything in a sum.
fn weighs(weights: [u8; MAX_CHARACTERS], position: usize) -> bool {
    weights.get(position).is_some_and(|weight| *weight > 0)
}

/// The part of a digit that is no date's; a number may run on into the `optional` data.
fn guarded(spec: &DigitSpec, over: Span, optional: Option<core::ops::Range<usize>>) -> Kind {
    let is_number = spec.check == CheckId::MrzCheckDigitDocumentNumber;
    match optional.filter(|_| is_number) {
        Some(optional) => Kind::Number(NumberField { over, digit: spec.at, optional: (optional.start, optional.end) }),
        None => Kind::Guarded { over, digit: spec.at, may_be_empty: spec.check == CheckId::MrzCheckDigitOptionalData },
    }
}

/// The fields of these positions, as bits by their index in the layout.
pub(super) fn fields_in(layout: Layout, (first, last): Span) -> u16 {
    let fields = layout.fields().iter().enumerate();
    fields
        .filter(|(_, field)| field.range().start >= first && field.range().end <= last)
        .fold(0, |bits, (index, _)| bits | 1 << index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_every_layout_belongs_to_exactly_one_part() {
        for layout in Layout::ALL {
            let plan = Plan::new(*layout, &[b'<'; MAX_CHARACTERS]);
            let mut seen = 0_u16;
            for part in &plan.parts {
                let optional = match part.kind {
                    Kind::Number(number) => fields_in(*layout, number.optional),
                    _ => 0,
                };
                assert_eq!(seen & (part.fields | optional), 0, "{layout}");
                seen |= part.fields | optional;
            }
            assert_eq!(seen.count_ones() as usize, layout.fields().len(), "{layout}");
            assert!(layout.fields().len() <= super::super::MAX_FIELDS);
        }
    }

    #[test]
    fn a_digit_of_its_own_covers_one_stretch_and_no_two_digits_share_one() {
        for layout in Layout::ALL {
            for spec in layout.digits().iter().filter(|spec| !is_composite(spec)) {
                assert_eq!(spec.over.len(), 1, "{layout}");
                let (first, last) = spec.over[0];
                assert!(
                    (first..last).all(|at| { own_digit(*layout, at).is_some_and(|(found, _)| found.at == spec.at) })
                );
            }
        }
    }

    #[test]
    fn the_weights_of_the_composite_digit_run_on_from_range_to_range() {
        let weights = composite_weights(Layout::Td3);
        assert_eq!((weights[44], weights[53], weights[57]), (7, 7, 3));
        assert_eq!((weights[0], weights[54], weights[64], weights[87]), (0, 0, 0, 0));
        assert_eq!(composite_weights(Layout::FrenchIdentityCard)[36], 7);
        assert!(composite_weights(Layout::MrvA).iter().all(|w| *w == 0));
    }

    #[test]
    fn the_ways_to_open_a_layout_exclude_each_other_and_the_other_layouts() {
        let opens = |layout: Layout, text: &[u8]| {
            let opening = opening(layout);
            let fits = |way: &&&[Glyphs]| {
                let mut pairs = way.iter().zip(text);
                pairs.all(|(set, c)| glyph(*c).is_some_and(|glyph| set.has(glyph)))
            };
            opening.ways.iter().filter(fits).count()
        };
        assert_eq!(opens(Layout::Td2, b"IDFRA"), 0);
        assert_eq!(opens(Layout::Td2, b"V<UTO"), 0);
        for other in [b"IDFRB", b"IDFXA", b"IDUTO", b"I<UTO", b"PUUTO"] {
            assert_eq!(opens(Layout::Td2, other), 1);
        }
        assert_eq!(opens(Layout::DrivingLicence, b"D1FRA"), 0);
        for other in [b"D1FRB", b"D1FXA", b"D1NLD", b"DLFRA"] {
            assert_eq!(opens(Layout::DrivingLicence, other), 1);
        }
        assert_eq!(opens(Layout::SwissDrivingLicence, b"FALIE"), 1);
        assert_eq!(opens(Layout::SwissDrivingLicence, b"FACIE"), 0);
    }
}
