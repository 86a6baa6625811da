//! What the zones of drawn pages say: invented persons of Utopia, with every character beside every other.
//!
//! Half of the names are plain sequences of letters, so that a reader cannot lean on how names sound. All check digits are right;
//! [`misprint`] puts one position wrong on purpose.

use super::dice::Dice;
use crate::date::{Date, PartialDate};
use crate::error::Result;
use crate::mrz::{Alphabet, Content, FieldId, Layout, write};
use crate::person::Sex;

const SYLLABLES: [&str; 24] = [
    "MA", "RI", "KO", "LEN", "TAR", "VI", "SO", "BEL", "NA", "DU", "FER", "GIL", "HA", "JO", "KAR", "PE", "QUI", "RO",
    "STE", "UL", "WEN", "XA", "YO", "ZI",
];
const CODES: [&str; 16] =
    ["D", "FRA", "GBR", "NZL", "AUS", "FJI", "WSM", "TON", "KIR", "TUV", "VUT", "PNG", "SLB", "NRU", "JPN", "USA"];
const NATIONALITY: [&str; 1] = ["UTO"];
const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const SIGNS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const DIGITS: &[u8] = b"0123456789";

/// A text of some of these characters.
fn letters(of: &[u8], low: usize, high: usize, dice: &mut Dice) -> String {
    (0..dice.whole(low, high)).map(|_| char::from(dice.pick(of))).collect()
}

/// One name, spoken or spelled.
fn name(dice: &mut Dice) -> String {
    if dice.chance(0.5) {
        return letters(LETTERS, 2, 11, dice);
    }
    (0..dice.whole(1, 4)).map(|_| dice.pick(&SYLLABLES)).collect()
}

/// Several names.
fn names(low: usize, high: usize, dice: &mut Dice) -> String {
    let names: Vec<_> = (0..dice.whole(low, high)).map(|_| name(dice)).collect();
    names.join(" ")
}

/// A day, at most the 28th.
fn day(first: u16, last: u16, dice: &mut Dice) -> (u16, u8, u8) {
    let year = u16::try_from(dice.whole(first.into(), last.into())).unwrap_or(first);
    let small = |value: usize| u8::try_from(value).unwrap_or(1);
    (year, small(dice.whole(1, 12)), small(dice.whole(1, 28)))
}

/// The lines of an invented zone.
///
/// # Errors
/// Those of [`write()`], which none of these texts gives.
pub fn lines(layout: Layout, dice: &mut Dice) -> Result<Vec<String>> {
    let card = matches!(layout, Layout::Td1 | Layout::Td2);
    let visa = matches!(layout, Layout::MrvA | Layout::MrvB);
    let born = day(1935, 2020, dice);
    let birth = if dice.chance(0.06) {
        PartialDate::new(Some(born.0), Some(born.1).filter(|_| dice.chance(0.5)), None)
    } else {
        PartialDate::new(Some(born.0), Some(born.1), Some(born.2))
    };
    let ends = day(2024, 2036, dice);
    let full = if dice.chance(0.12) { 5 } else { 1 };
    let long = layout == Layout::Td1 && dice.chance(0.12);
    let number = if long {
        letters(SIGNS, 11, 14, dice)
    } else {
        letters(if dice.chance(0.3) { DIGITS } else { SIGNS }, 7, 9, dice)
    };
    let second = letters(SIGNS, 1, 10, dice);
    let optional = if dice.chance(0.5) && !long {
        letters(SIGNS, 1, if layout == Layout::Td2 || layout == Layout::MrvB { 7 } else { 13 }, dice)
    } else {
        String::new()
    };
    let codes: &[&str] = match layout {
        Layout::Td3 => &["P", "PO", "PD", "PP"],
        Layout::MrvA | Layout::MrvB => &["V", "VC"],
        _ => &["I", "ID", "C", "A"],
    };
    let home = dice.chance(0.75);
    let zone = write(&Content {
        document_code: dice.pick(codes).into(),
        issuer: "UTO".into(),
        primary: names(1, 2 * full, dice).into(),
        secondary: names(0, 2 * full, dice).into(),
        document_number: number.into(),
        nationality: dice.pick(if home { &NATIONALITY[..] } else { &CODES[..] }).into(),
        birth_date: birth,
        sex: Some(if dice.chance(0.45) {
            Sex::Female
        } else if dice.chance(0.8) {
            Sex::Male
        } else {
            Sex::Unspecified
        }),
        expiry_date: Date::new(ends.0, ends.1, ends.2),
        optional_data: if card || visa || layout == Layout::Td3 { optional } else { String::new() }.into(),
        optional_data_2: if layout == Layout::Td1 && dice.chance(0.5) { second } else { String::new() }.into(),
        ..Content::new(layout)
    })?;
    Ok(zone.lines().map(str::to_owned).collect())
}

/// Prints one position wrong; gives line and column, from 0, and what would have been right.
///
/// Half of them are check digits, a third characters under one, the rest digits for letters of the name that look like them. A
/// name may have no such letter; then another place is drawn.
pub fn misprint(lines: &mut [String], layout: Layout, dice: &mut Dice) -> Option<(usize, usize, char)> {
    (0..DRAWS).find_map(|_| misprint_in_one_field(lines, layout, dice))
}

/// How often a place is drawn before there is none: each draw has five in six for a field that always has one.
const DRAWS: usize = 32;

fn misprint_in_one_field(lines: &mut [String], layout: Layout, dice: &mut Dice) -> Option<(usize, usize, char)> {
    use FieldId::{BirthDate, BirthDateDigit, DocumentNumber, DocumentNumberDigit, ExpiryDate, ExpiryDateDigit};
    let kind = dice.share();
    let fields: &[FieldId] = match kind {
        ..0.5 => &[DocumentNumberDigit, BirthDateDigit, ExpiryDateDigit],
        ..0.85 => &[DocumentNumber, BirthDate, ExpiryDate],
        _ => &[FieldId::Name],
    };
    let spec = fields.get(dice.whole(0, fields.len() - 1)).and_then(|id| layout.field(*id))?;
    let (line, start) = (usize::from(spec.place.line) - 1, usize::from(spec.place.first) - 1);
    let text = lines.get_mut(line)?;
    let worth = |c: &char| matches!(c, '0'..='9' | 'A'..='Z');
    let field: Vec<char> = text.chars().skip(start).take(spec.len()).collect();
    let likeness = |c: char| "OISBZGEA".find(c).and_then(|at| "01582634".chars().nth(at));
    let is_name = spec.alphabet == Alphabet::Letters || fields.len() == 1;
    let places: Vec<usize> = (0..field.len())
        .filter(|at| field.get(*at).is_some_and(|c| if is_name { likeness(*c).is_some() } else { worth(c) }))
        .collect();
    let at = places.get(dice.whole(0, places.len().checked_sub(1)?)).copied()?;
    let right = field.get(at).copied()?;
    let wrong = if is_name { likeness(right)? } else { other(right, dice) };
    text.replace_range(start + at..=start + at, wrong.encode_utf8(&mut [0; 4]));
    Some((line, start + at, right))
}

/// Another character of the same kind, with another value modulo 10.
fn other(right: char, dice: &mut Dice) -> char {
    let of = if right.is_ascii_digit() { DIGITS } else { LETTERS };
    let value = |c: char| c.to_digit(36).unwrap_or(0) % 10;
    loop {
        let drawn = char::from(dice.pick(of));
        if value(drawn) != value(right) {
            return drawn;
        }
    }
}
