//! The reader of boarding passes.

use super::code::{self, Coded};
use super::day::digit_and_day;
use super::{Conditional, Issue, Item, Leg, Pass, Security};
use crate::deviation::Deviation;
use crate::error::{Error, ErrorKind, Part, Result};
use crate::payload::Problems;
use crate::payload::text::{Text, filled, hexadecimal, string, trimmed};

/// The items that stand once and must.
const UNIQUE: usize = 23;
/// The items of a leg that must stand.
const REPEATED: usize = 37;
/// What a pass must have to be read at all: name, booking reference, airports, carrier, flight and date.
const LEAST: usize = UNIQUE + 24;

/// Whether this looks like a pass: its letter, its count, and a first leg with airports or blanks in their place.
pub(in crate::payload) fn is_pass(bytes: &[u8]) -> bool {
    let text = Text::of(bytes);
    let characters = text.characters();
    let [format, count, ..] = *characters else {
        return false;
    };
    let name = characters.get(2..22).unwrap_or(&[]);
    let is_name = name.iter().any(|c| c.is_alphabetic()) && !name.iter().any(|c| c.is_control() || *c == '<');
    matches!(format, 'M' | 'S')
        && matches!(count, '1'..='4')
        && characters.len() >= LEAST
        && is_name
        && characters.get(22).is_some_and(|c| matches!(c, 'E' | ' '))
        && is_leg(characters.get(UNIQUE..).unwrap_or(&[]))
}

/// Whether a leg begins here: letters or blanks for airports, digits or blanks for flight and day.
fn is_leg(characters: &[char]) -> bool {
    let all = |from: usize, to: usize, fits: fn(&char) -> bool| {
        characters.get(from..to).is_some_and(|part| part.iter().all(fits))
    };
    let letters = |from, to| all(from, to, char::is_ascii_uppercase) || all(from, to, |c| *c == ' ');
    letters(7, 10)
        && letters(10, 13)
        && all(13, 16, |c| c.is_ascii_alphanumeric() || *c == ' ')
        && all(16, 20, |c| c.is_ascii_digit() || *c == ' ')
        && all(21, 24, |c| c.is_ascii_digit() || *c == ' ')
}

/// Whether a whole leg begins here, with a size at its end.
fn is_whole_leg(characters: &[char]) -> bool {
    is_leg(characters) && characters.get(35..REPEATED).and_then(hexadecimal).is_some()
}

/// Reads a pass.
///
/// # Errors
/// `Truncated` if it is shorter than a first leg up to its date, `PayloadHeader` if it does not begin as a pass.
pub fn read(bytes: &[u8]) -> Result<Pass> {
    let error = |kind, offset| Error::new(kind, Part::Payload, offset);
    let mut problems = Problems::default();
    let mut text = Text::of(bytes);
    if text.trim_end(&['\r', '\n', '\0']) {
        problems.note(Deviation::TrailingText, "pass", text.characters().len());
    }
    let characters = text.characters();
    if characters.len() < LEAST {
        return Err(error(ErrorKind::Truncated, characters.len()));
    }
    let declared = match (characters.first(), characters.get(1).and_then(|c| c.to_digit(10))) {
        (Some('M' | 'S'), Some(count @ 1..=4)) => u8::try_from(count).unwrap_or(1),
        _ => return Err(error(ErrorKind::PayloadHeader, 0)),
    };
    let mut pass = Pass { legs_declared: declared, ..Pass::default() };
    let mut reader = Reader { characters, problems };
    reader.unique(&mut pass);
    let mut at = UNIQUE;
    for number in 1..=declared {
        match reader.leg(&mut pass, at, number == declared) {
            Some(end) => at = end,
            None => {
                reader.problems.note(Deviation::LegsMissing, "legs", at);
                break;
            }
        }
    }
    reader.security(&mut pass, at);
    pass.problems = reader.problems;
    Ok(pass)
}

/// Characters that are taken one field after the other.
#[derive(Clone, Copy)]
struct Fields<'t> {
    rest: &'t [char],
    at: usize,
}

/// The items 20 to 254 of a leg: airline and number of the frequent flyer, discount, baggage allowance, fast track.
const FROM_FLYER_TO_TRACK: usize = 3 + 16 + 1 + 3 + 1;

impl<'t> Fields<'t> {
    /// The next `count` characters, or as many as there are.
    fn take(&mut self, count: usize) -> &'t [char] {
        let (taken, rest) = self.rest.split_at_checked(count).unwrap_or((self.rest, &[]));
        self.rest = rest;
        self.at += taken.len();
        taken
    }

    fn item(&mut self, count: usize) -> Item {
        filled(self.take(count))
    }

    fn letter(&mut self) -> Option<char> {
        self.take(1).first().copied().filter(|c| *c != ' ')
    }
}

struct Reader<'t> {
    characters: &'t [char],
    problems: Problems,
}

impl<'t> Reader<'t> {
    fn fields(&self, from: usize, to: usize) -> Fields<'t> {
        let to = to.min(self.characters.len());
        Fields { rest: self.characters.get(from..to).unwrap_or(&[]), at: from }
    }

    /// Name and ticket indicator.
    fn unique(&mut self, pass: &mut Pass) {
        if self.characters.first() == Some(&'S') {
            self.problems.note(Deviation::MarkOther, "format", 0);
        }
        let mut fields = self.fields(2, UNIQUE);
        let name = fields.take(20);
        if name.iter().any(|c| !c.is_ascii() || c.is_ascii_control()) {
            self.problems.note(Deviation::CharacterForeign, "name", 2);
        }
        pass.name_may_be_truncated = name.last().is_some_and(|last| *last != ' ');
        pass.name = filled(name);
        let stroke = name.iter().position(|c| *c == '/');
        let (surname, given) =
            stroke.map_or((name, &[][..]), |at| (name.get(..at).unwrap_or(&[]), name.get(at + 1..).unwrap_or(&[])));
        pass.surname = filled(surname);
        pass.given_names = filled(given);
        if pass.surname.is_none() {
            self.problems.note(Deviation::FieldMissing, "name", 2);
        }
        match fields.take(1).first() {
            Some('E') => pass.electronic_ticket = true,
            Some(' ') => {}
            _ => self.problems.note(Deviation::CodeUnknown, "electronic_ticket", 22),
        }
        if self.characters.iter().skip(UNIQUE).any(|c| !c.is_ascii() || c.is_ascii_control()) {
            self.problems.note(Deviation::CharacterForeign, "pass", UNIQUE);
        }
    }

    /// Reads the leg at `at` and says where it ends; `None` if there is none.
    fn leg(&mut self, pass: &mut Pass, at: usize, is_last: bool) -> Option<usize> {
        let rest = self.characters.len().saturating_sub(at);
        if rest < 24 || !pass.legs.is_empty() && !is_leg(self.characters.get(at..)?) {
            return None;
        }
        let mut leg = self.mandatory(at);
        let begin = at + REPEATED;
        if rest < REPEATED {
            self.problems.note(Deviation::CutShort, "legs", self.characters.len());
            pass.legs.push(leg);
            return Some(self.characters.len());
        }
        let end = self.end_of_leg(begin, is_last);
        self.variable(pass, &mut leg, begin, end);
        pass.legs.push(leg);
        Some(end)
    }

    fn mandatory(&mut self, at: usize) -> Leg {
        let mut fields = self.fields(at, at + REPEATED - 2);
        let booking_reference = fields.item(7);
        let from = self.airport(&mut fields, "from");
        let to = self.airport(&mut fields, "to");
        let carrier = self.required(&mut fields, 3, "carrier");
        let flight_number = self.required(&mut fields, 5, "flight_number");
        let day_of_year = self.day(&mut fields);
        let compartment = self.coded(&mut fields, code::compartment, "compartment");
        let seat = fields.item(4);
        let sequence_number = fields.item(5);
        let passenger_status = self.coded(&mut fields, code::status, "passenger_status");
        Leg {
            booking_reference,
            from,
            to,
            carrier,
            flight_number,
            day_of_year,
            compartment,
            seat,
            sequence_number,
            passenger_status,
            ..Leg::default()
        }
    }

    fn required(&mut self, fields: &mut Fields<'_>, count: usize, name: &'static str) -> Item {
        let at = fields.at;
        let item = fields.item(count);
        if item.is_none() {
            self.problems.note(Deviation::FieldMissing, name, at);
        }
        item
    }

    fn airport(&mut self, fields: &mut Fields<'_>, name: &'static str) -> Item {
        let at = fields.at;
        let item = self.required(fields, 3, name);
        let is_code = |text: &str| text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase());
        if item.as_ref().is_some_and(|text| !is_code(text.reveal())) {
            self.problems.note(Deviation::FieldMalformed, name, at);
        }
        item
    }

    /// The day of the year; some airlines do not fill it up with zeros.
    fn day(&mut self, fields: &mut Fields<'_>) -> Option<u16> {
        let at = fields.at;
        let written = fields.take(3);
        let digits = trimmed(written);
        if digits.is_empty() {
            self.problems.note(Deviation::FieldMissing, "day_of_year", at);
            return None;
        }
        if digits.len() < written.len() {
            self.problems.note(Deviation::NumberNotFilled, "day_of_year", at);
        }
        let day = digits.iter().try_fold(0_u32, |sum, digit| Some(sum * 10 + digit.to_digit(10)?));
        let day = day.and_then(|day| u16::try_from(day).ok());
        match day {
            Some(1..=366) => day,
            Some(_) => self.missing(Deviation::DateImpossible, "day_of_year", at),
            None => self.missing(Deviation::FieldMalformed, "day_of_year", at),
        }
    }

    fn missing<T>(&mut self, deviation: Deviation, field: &'static str, at: usize) -> Option<T> {
        self.problems.note(deviation, field, at);
        None
    }

    fn coded(
        &mut self,
        fields: &mut Fields<'_>,
        table: fn(char) -> Option<&'static str>,
        name: &'static str,
    ) -> Option<Coded> {
        let at = fields.at;
        let coded = Coded::of(fields.letter()?, table);
        if coded.meaning.is_none() {
            self.problems.note(Deviation::CodeUnknown, name, at);
        }
        Some(coded)
    }

    /// Where the variable part that begins at `begin` ends: by its size, or else by the shape of what follows.
    fn end_of_leg(&mut self, begin: usize, is_last: bool) -> usize {
        let length = self.characters.len();
        let size = self.characters.get(begin - 2..begin).and_then(hexadecimal);
        let follows = |at: usize| self.characters.get(at..).unwrap_or(&[]);
        let fits = |end: usize| {
            end == length || end < length && (is_security(follows(end)) || !is_last && is_whole_leg(follows(end)))
        };
        if let Some(end) = size.map(|size| begin + size).filter(|end| fits(*end)) {
            return end;
        }
        self.problems.note(Deviation::SizeWrong, "variable_size", begin - 2);
        let next = (begin..length).find(|at| !is_last && is_whole_leg(follows(*at)));
        next.or_else(|| (begin..length).find(|at| is_security(follows(*at)))).unwrap_or(length)
    }

    /// The conditional items of a leg, and what the airline writes behind them.
    fn variable(&mut self, pass: &mut Pass, leg: &mut Leg, begin: usize, end: usize) {
        let mut fields = self.fields(begin, end);
        if fields.rest.is_empty() {
            return;
        }
        if pass.legs.is_empty() {
            match fields.rest.first() {
                Some('>') => {}
                Some('+') => self.problems.note(Deviation::MarkOther, "version", begin),
                _ => {
                    // Airlines that have no conditional items write their own text at once.
                    self.problems.note(Deviation::MarkOther, "version", begin);
                    leg.airline_data = Some(string(fields.rest));
                    return;
                }
            }
            pass.issue = Some(self.issue(&mut fields));
        }
        if fields.rest.is_empty() {
            return;
        }
        match fields.rest.get(..2).and_then(hexadecimal) {
            Some(size) => leg.conditional = Some(self.conditional(&mut fields, size)),
            None => self.problems.note(Deviation::FieldMalformed, "conditional_size", fields.at),
        }
        leg.airline_data = Some(fields.rest).filter(|rest| !rest.is_empty()).map(string);
    }

    /// The characters of a structured message of `size`, as many as there are.
    fn message(&mut self, fields: &mut Fields<'t>, size: usize, name: &'static str) -> (Fields<'t>, u8) {
        let at = fields.at;
        let rest = fields.take(size);
        if rest.len() < size {
            self.problems.note(Deviation::SizeWrong, name, at);
        }
        (Fields { rest, at }, u8::try_from(rest.len()).unwrap_or(u8::MAX))
    }

    fn issue(&mut self, fields: &mut Fields<'t>) -> Issue {
        fields.take(1);
        let version = fields.letter();
        if !version.is_some_and(|version| version.is_ascii_digit()) {
            self.problems.note(Deviation::FieldMalformed, "version", fields.at);
        }
        let at = fields.at;
        let Some(size) = hexadecimal(fields.take(2)) else {
            self.problems.note(Deviation::FieldMalformed, "unique_size", at);
            return Issue { version, ..Issue::default() };
        };
        let (mut items, size) = self.message(fields, size, "unique_size");
        let passenger_description = self.coded(&mut items, code::description, "passenger_description");
        let check_in_source = self.coded(&mut items, code::check_in, "check_in_source");
        let issuance_source = self.coded(&mut items, code::issuance, "issuance_source");
        let at = items.at;
        let issue_day = items.item(4);
        if issue_day.as_ref().is_some_and(|text| digit_and_day(text.reveal()).is_none()) {
            self.problems.note(Deviation::FieldMalformed, "issue_day", at);
        }
        let document_type = self.coded(&mut items, code::document, "document_type");
        let issuing_airline = items.item(3);
        let bag_tags = (0..3).filter_map(|_| items.item(13)).collect();
        Issue {
            version,
            size,
            passenger_description,
            check_in_source,
            issuance_source,
            issue_day,
            document_type,
            issuing_airline,
            bag_tags,
            further_items: filled(items.rest),
        }
    }

    fn conditional(&mut self, fields: &mut Fields<'t>, size: usize) -> Conditional {
        fields.take(2);
        let (mut items, size) = self.message(fields, size, "conditional_size");
        let airline_number = items.item(3);
        let document_serial = items.item(10);
        let selectee = self.coded(&mut items, code::selectee, "selectee");
        let document_verification = self.coded(&mut items, code::verification, "document_verification");
        let marketing_carrier = items.item(3);
        let (frequent_flyer_airline, frequent_flyer_number) = self.frequent_flyer(&mut items);
        let discount = self.coded(&mut items, code::discount, "discount");
        let baggage_allowance = items.item(3);
        let at = items.at;
        let fast_track = match items.letter() {
            None => None,
            Some('Y') => Some(true),
            Some('N') => Some(false),
            Some(_) => self.missing(Deviation::CodeUnknown, "fast_track", at),
        };
        Conditional {
            size,
            airline_number,
            document_serial,
            selectee,
            document_verification,
            marketing_carrier,
            frequent_flyer_airline,
            frequent_flyer_number,
            discount,
            baggage_allowance,
            fast_track,
            further_items: filled(items.rest),
        }
    }

    /// Airline and number. An airline of two characters without a blank behind it makes the number begin a place early.
    fn frequent_flyer(&mut self, items: &mut Fields<'t>) -> (Item, Item) {
        let at = items.at;
        let mut ahead = *items;
        let shifted = match items.rest {
            [first, _, third, fourth, ..] => third.is_ascii_digit() && *first != ' ' && fourth.is_ascii_digit(),
            _ => false,
        };
        // What follows moves along if nothing was filled up: then the last item is the fast track, not the end of an allowance.
        let moves =
            shifted && items.rest.len() == FROM_FLYER_TO_TRACK - 1 && matches!(items.rest.last(), Some('Y' | 'N'));
        let both = ahead.take(if moves { 18 } else { 19 });
        *items = ahead;
        if shifted {
            self.problems.note(Deviation::FieldShifted, "frequent_flyer_number", at);
        }
        let (airline, number) = both.split_at_checked(if shifted { 2 } else { 3 }).unwrap_or((both, &[]));
        (filled(airline), filled(number))
    }

    /// The security data at `at`.
    fn security(&mut self, pass: &mut Pass, at: usize) {
        let mut fields = self.fields(at, self.characters.len());
        let Some(mark) = fields.take(1).first() else {
            return;
        };
        if *mark != '^' {
            self.problems.note(Deviation::MarkOther, "security", at);
        }
        let Some(kind) = fields.take(1).first() else {
            self.problems.note(Deviation::CutShort, "security", at);
            return;
        };
        let size = hexadecimal(fields.take(2));
        if size != Some(fields.rest.len()) {
            self.problems.note(Deviation::SizeWrong, "security", at);
        }
        pass.security = Some(Security { kind: *kind, data: string(fields.rest) });
    }
}

/// Whether security data stand here: their mark, or another mark whose size leads to the end exactly.
fn is_security(characters: &[char]) -> bool {
    match characters {
        ['^', ..] => true,
        ['>' | '+', _, high, low, data @ ..] => hexadecimal(&[*high, *low]) == Some(data.len()),
        _ => false,
    }
}
