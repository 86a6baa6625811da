//! What a zone's text gives as evidence: one check for every rule that text alone can be held against.
//!
//! Every check of the catalogue's `mrz.*` family comes out once for every zone, also when the layout has nothing
//! to check, so that a consumer never has to wonder. Nothing here decides what a failure means.

use super::{Alphabet, FieldId, Layout, Mrz, NOT_ASCII, ShortDate, UNREAD};
use crate::check::{Check, CheckId, Outcome, Reason, Seen, Subject};
use crate::country::{Deviation, Entry, Kind, Reading, Use};
use crate::date::{Date, PartialDate};

/// The checks that every zone makes, in the order of the catalogue.
const MADE: [CheckId; 13] = [
    CheckId::MrzCheckDigitDocumentNumber,
    CheckId::MrzCheckDigitBirthDate,
    CheckId::MrzCheckDigitExpiryDate,
    CheckId::MrzCheckDigitOptionalData,
    CheckId::MrzCheckDigitComposite,
    CheckId::MrzCalendar,
    CheckId::MrzCodes,
    CheckId::MrzDocumentCode,
    CheckId::MrzCharacters,
    CheckId::MrzName,
    CheckId::MrzSex,
    CheckId::DocumentExpiry,
    CheckId::DocumentSpecimen,
];

/// An outcome and why it came about.
type Verdict = (Outcome, Reason);

const CONFIRMED: Verdict = (Outcome::Passed, Reason::Confirmed);
const UNREADABLE: Verdict = (Outcome::Undetermined, Reason::Unreadable);
const NUMBER_MISSING: Verdict = (Outcome::Failed, Reason::NumberMissing);
const NOT_IN_LAYOUT: Verdict = (Outcome::NotPresent, Reason::NotInLayout);

impl Mrz {
    /// Every check that the text allows, made on the day `on`.
    ///
    /// The order is that of the catalogue. Nothing is allocated.
    pub fn checks(&self, subject: Subject, on: Date) -> impl Iterator<Item = Check> + '_ {
        let examination = Examination::of(self, on);
        MADE.iter().map(move |id| examination.find(*id).check(*id, subject, self.layout()))
    }
}

/// What a check found: a verdict, the field that it speaks of, and what was seen there.
struct Finding {
    verdict: Verdict,
    field: Option<FieldId>,
    seen: Option<Seen>,
}

impl Finding {
    const fn of_zone(verdict: Verdict) -> Self {
        Self { verdict, field: None, seen: None }
    }

    const fn of(field: FieldId, verdict: Verdict) -> Self {
        Self { verdict, field: Some(field), seen: None }
    }

    /// The worst of what was found in several fields; the first among equals.
    fn worst(findings: impl IntoIterator<Item = Option<Self>>) -> Self {
        let found = findings.into_iter().flatten();
        found.min_by_key(|finding| severity(finding.verdict)).unwrap_or(Self::of_zone(NOT_IN_LAYOUT))
    }

    fn check(self, id: CheckId, subject: Subject, layout: Layout) -> Check {
        let mut check = Check::new(id, subject, self.verdict.0, self.verdict.1);
        let field = self.field.and_then(|field| layout.field(field));
        check.evidence.place = field.map(|field| field.place);
        check.evidence.seen = self.seen;
        check
    }
}

/// A zone on a day, with what several checks ask of it read once.
struct Examination<'a> {
    zone: &'a Mrz,
    on: Date,
    expiry: Option<ShortDate>,
    /// The last day of validity, as far as it is known.
    ends: Option<PartialDate>,
    born: Option<PartialDate>,
    issuer: Reading,
    nationality: Option<Reading>,
}

impl<'a> Examination<'a> {
    fn of(zone: &'a Mrz, on: Date) -> Self {
        let expiry = zone.expiry_date();
        let ends = expiry.and_then(|date| date.as_expiry(on));
        Self {
            zone,
            on,
            expiry,
            ends,
            born: zone.born_before(ends.and_then(PartialDate::full), on),
            issuer: zone.issuer(),
            nationality: zone.nationality(),
        }
    }

    fn find(&self, id: CheckId) -> Finding {
        match id {
            CheckId::MrzCalendar => self.calendar(),
            CheckId::MrzCodes => self.codes(),
            CheckId::MrzDocumentCode => self.document_code(),
            CheckId::MrzCharacters => self.characters(),
            CheckId::MrzName => self.name(),
            CheckId::MrzSex => self.sex(),
            CheckId::DocumentExpiry => self.expiry(),
            CheckId::DocumentSpecimen => self.specimen(),
            _ => self.digit(id),
        }
    }

    fn digit(&self, id: CheckId) -> Finding {
        let found = self.zone.digits().find(|(spec, _)| spec.check == id);
        let Some((spec, digit)) = found else {
            // A layout without this digit may have the number all the same, and then it has to be there.
            return match id {
                CheckId::MrzCheckDigitDocumentNumber if self.zone.number_is_missing() => {
                    Finding::of(FieldId::DocumentNumber, NUMBER_MISSING)
                }
                _ => Finding::of_zone(NOT_IN_LAYOUT),
            };
        };
        let printed = Some(digit.printed).filter(u8::is_ascii_graphic);
        Finding {
            seen: printed.zip(digit.computed).map(|(printed, computed)| Seen::Digit { printed, computed }),
            ..Finding::of(spec.field, (digit.outcome, digit.reason))
        }
    }

    fn calendar(&self) -> Finding {
        let birth = self.zone.birth_date().map(|date| birth_verdict(date, self.born));
        let expiry = self.expiry.map(|date| self.expiry_verdict(date));
        Finding::worst([
            birth.map(|verdict| Finding::of(FieldId::BirthDate, verdict)),
            expiry.map(|verdict| Finding::of(FieldId::ExpiryDate, verdict)),
        ])
    }

    fn expiry_verdict(&self, expiry: ShortDate) -> Verdict {
        let Some(ends) = self.ends.and_then(PartialDate::full) else {
            return missing_expiry(expiry);
        };
        match self.born.and_then(PartialDate::earliest) {
            Some(born) if ends < born => (Outcome::Failed, Reason::DatesOutOfOrder),
            _ => CONFIRMED,
        }
    }

    fn codes(&self) -> Finding {
        let found = |field, code| {
            let verdict = match code_verdict(field, code) {
                (_, Reason::MalformedCode) if self.has_unread(field) => UNREADABLE,
                verdict => verdict,
            };
            Finding::of(field, verdict)
        };
        Finding::worst([
            Some(found(FieldId::Issuer, self.issuer)),
            self.nationality.map(|code| found(FieldId::Nationality, code)),
        ])
    }

    fn has_unread(&self, field: FieldId) -> bool {
        self.zone.bytes(field).contains(&UNREAD)
    }

    fn document_code(&self) -> Finding {
        let code = self.zone.bytes(FieldId::DocumentCode);
        let verdict = document_code_verdict(self.zone.layout(), code);
        Finding::of(FieldId::DocumentCode, verdict)
    }

    /// The first field that holds what it may not hold; an unread character is worse than none and better than that.
    fn characters(&self) -> Finding {
        let layout = self.zone.layout();
        if layout.fits(&self.zone.characters) {
            return Finding::of_zone(CONFIRMED);
        }
        let found = layout.fields().iter().map(|spec| {
            let text = self.zone.characters.get(spec.range());
            let verdict = characters_verdict(text.unwrap_or_default(), spec.alphabet);
            Some(Finding::of(spec.id, verdict)).filter(|_| verdict != CONFIRMED)
        });
        match Finding::worst(found) {
            nothing if nothing.field.is_none() => Finding::of_zone(CONFIRMED),
            worst => worst,
        }
    }

    fn name(&self) -> Finding {
        let layout = self.zone.layout();
        let fields = [FieldId::Name, FieldId::PrimaryIdentifier];
        match fields.into_iter().find(|id| layout.field(*id).is_some()) {
            Some(field) => Finding::of(field, self.zone.name().verdict()),
            None => Finding::of_zone(NOT_IN_LAYOUT),
        }
    }

    fn sex(&self) -> Finding {
        let verdict = match self.zone.bytes(FieldId::Sex) {
            b"M" | b"F" | b"<" => CONFIRMED,
            b"X" => (Outcome::Undetermined, Reason::UnspecifiedSexAsX),
            [UNREAD] => UNREADABLE,
            [] => NOT_IN_LAYOUT,
            _ => (Outcome::Failed, Reason::UnknownSex),
        };
        Finding::of(FieldId::Sex, verdict)
    }

    fn expiry(&self) -> Finding {
        let whole = self.ends.and_then(PartialDate::full).is_some();
        let latest = self.ends.and_then(PartialDate::latest);
        // Of a date with an unknown part only that its latest day has passed says anything.
        let days = latest.map(|latest| self.on.days_until(latest)).filter(|days| whole || *days < 0);
        let verdict = match (days, self.expiry) {
            (Some(..0), _) => (Outcome::Failed, Reason::Expired),
            (Some(_), _) => CONFIRMED,
            (None, Some(ShortDate::Unreadable)) => UNREADABLE,
            (None, Some(expiry)) if !expiry.has_unknown_part() => (Outcome::Undetermined, Reason::ExpiryNotADate),
            (None, _) => (Outcome::Undetermined, Reason::NoExpiryDate),
        };
        Finding { seen: days.map(Seen::DaysLeft), ..Finding::of(FieldId::ExpiryDate, verdict) }
    }

    fn specimen(&self) -> Finding {
        let is_specimen = |code: Reading| code.entry().is_some_and(Entry::is_specimen);
        let specimen = (Outcome::Failed, Reason::SpecimenIssuer);
        if is_specimen(self.issuer) {
            Finding::of(FieldId::Issuer, specimen)
        } else if self.nationality.is_some_and(is_specimen) {
            Finding::of(FieldId::Nationality, specimen)
        } else if self.issuer.entry().is_none() {
            Finding::of(FieldId::Issuer, (Outcome::Undetermined, Reason::UnknownCode))
        } else {
            Finding::of(FieldId::Issuer, CONFIRMED)
        }
    }
}

/// Worst first, and what passed plainly last: a reason that says more wins over bare confirmation.
fn severity((outcome, reason): Verdict) -> (u8, bool) {
    (outcome.rank(), reason == Reason::Confirmed)
}

fn birth_verdict(birth: ShortDate, born: Option<PartialDate>) -> Verdict {
    match (birth, born) {
        (ShortDate::Known { year: Some(_), month: Some(_), day: Some(_) }, Some(_)) => {
            (Outcome::Passed, Reason::Confirmed)
        }
        (ShortDate::Known { .. } | ShortDate::Unknown, Some(_)) => (Outcome::Passed, Reason::DateUnknown),
        (ShortDate::Unreadable, _) => (Outcome::Undetermined, Reason::Unreadable),
        (ShortDate::Malformed, _) => (Outcome::Failed, Reason::MalformedDate),
        _ => (Outcome::Failed, Reason::ImpossibleDate),
    }
}

fn missing_expiry(expiry: ShortDate) -> Verdict {
    match expiry {
        ShortDate::Unreadable => (Outcome::Undetermined, Reason::Unreadable),
        ShortDate::Unknown => (Outcome::Undetermined, Reason::NoExpiryDate),
        ShortDate::Malformed | ShortDate::Known { .. } => (Outcome::Failed, Reason::MalformedDate),
        ShortDate::Impossible => (Outcome::Failed, Reason::ImpossibleDate),
    }
}

fn code_verdict(field: FieldId, code: Reading) -> Verdict {
    let misplaced = |entry: &Entry| {
        let standing = match field {
            FieldId::Nationality => entry.nationality,
            _ => entry.issuer,
        };
        standing == Use::Invalid
    };
    match code {
        // `DEU` stands for `D`, which may stand in either field, and has no use of its own.
        Reading::Deviating(_, Deviation::IsoGermany) => CONFIRMED,
        Reading::Known(entry) | Reading::Deviating(entry, _) if misplaced(entry) => {
            (Outcome::Failed, Reason::CodeNotForThisField)
        }
        Reading::Known(entry) if entry.kind == Kind::Unofficial => (Outcome::Undetermined, Reason::UnofficialCode),
        Reading::Known(_) => CONFIRMED,
        Reading::Deviating(..) => (Outcome::Undetermined, Reason::TwoLetterCode),
        Reading::Unknown(_) => (Outcome::Undetermined, Reason::UnknownCode),
        Reading::Malformed => (Outcome::Failed, Reason::MalformedCode),
    }
}

/// Doc 9303-4 §4.4, 9303-5 and -6 §4.2.2 note k, 9303-7 §4.2.2, 9303-8 §4.
pub(super) fn document_code_verdict(layout: Layout, code: &[u8]) -> Verdict {
    if code.contains(&UNREAD) {
        return (Outcome::Undetermined, Reason::Unreadable);
    }
    let reserved = (Outcome::Failed, Reason::ReservedDocumentCode);
    let unknown = (Outcome::Undetermined, Reason::UnknownDocumentCode);
    let fine = (Outcome::Passed, Reason::Confirmed);
    match (layout, code) {
        (Layout::Td3, [b'P', b'A'..=b'Z' | b'<']) => fine,
        (Layout::MrvA | Layout::MrvB, [b'V', b'A'..=b'Z' | b'0'..=b'9' | b'<']) => fine,
        (Layout::Td2, b"PU") => fine,
        (Layout::Td1 | Layout::Td2, [b'A' | b'C' | b'I', b'V']) => reserved,
        (Layout::Td1, b"AI") | (Layout::Td2, b"AC") => reserved,
        (Layout::Td1 | Layout::Td2, [b'A' | b'C' | b'I', b'A'..=b'Z' | b'0'..=b'9' | b'<']) => fine,
        (Layout::FrenchIdentityCard, b"ID") => fine,
        (Layout::DrivingLicence, b"D") | (Layout::FrenchDrivingLicence, b"A" | b"B" | b"D") => fine,
        (Layout::SwissDrivingLicence | Layout::SwissDrivingLicenceBelow, b"FA") => fine,
        _ => unknown,
    }
}

fn characters_verdict(text: &[u8], alphabet: Alphabet) -> Verdict {
    let in_zone = |c: &u8| Alphabet::Any.allows(*c);
    if text.iter().any(|c| *c == NOT_ASCII || !(in_zone(c) || *c == UNREAD)) {
        (Outcome::Failed, Reason::ForeignCharacter)
    } else if text.iter().any(|c| in_zone(c) && !alphabet.allows(*c) && !is_sex_as_x(*c, alphabet)) {
        (Outcome::Failed, Reason::WrongCharacterType)
    } else if text.contains(&UNREAD) {
        (Outcome::Undetermined, Reason::Unreadable)
    } else {
        (Outcome::Passed, Reason::Confirmed)
    }
}

/// X for "unspecified" has a check of its own, `mrz.sex`, and is not counted twice.
const fn is_sex_as_x(character: u8, alphabet: Alphabet) -> bool {
    character == b'X' && matches!(alphabet, Alphabet::Sex)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mrz::{DocumentKind, parse};

    const PASSPORT: [&str; 2] =
        ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"];

    fn on() -> Date {
        Date::new(2011, 6, 1).unwrap()
    }

    fn outcome(text: &str, id: CheckId) -> Verdict {
        let zone = parse(text).unwrap();
        let mut found = zone.checks(Subject::Document(1), on()).filter(|check| check.id == id);
        let check = found.next().unwrap();
        assert!(found.next().is_none(), "{id} is made once");
        (check.outcome, check.reason)
    }

    fn passport_with(line: usize, column: usize, text: &str) -> String {
        let mut lines = PASSPORT.map(str::to_owned);
        lines[line - 1].replace_range(column - 1..column - 1 + text.len(), text);
        lines.join("\n")
    }

    #[test]
    fn the_specimen_of_the_standard_passes_everything_but_being_a_specimen() {
        let zone = parse(PASSPORT.join("\n")).unwrap();
        for check in zone.checks(Subject::Document(1), on()) {
            let expected = match check.id {
                CheckId::DocumentSpecimen => Outcome::Failed,
                _ => Outcome::Passed,
            };
            assert_eq!(check.outcome, expected, "{}", check.id);
        }
    }

    #[test]
    fn one_wrong_field_leaves_the_checks_of_the_others_alone() {
        let text = passport_with(2, 14, "741312");
        assert_eq!(outcome(&text, CheckId::MrzCalendar), (Outcome::Failed, Reason::ImpossibleDate));
        assert_eq!(outcome(&text, CheckId::MrzCheckDigitDocumentNumber).0, Outcome::Passed);
        assert_eq!(outcome(&text, CheckId::MrzCheckDigitExpiryDate).0, Outcome::Passed);
    }

    #[test]
    fn expiry_counts_the_last_day_as_valid() {
        let days = |y, m, d| {
            let zone = parse(PASSPORT.join("")).unwrap();
            let on = Date::new(y, m, d).unwrap();
            let expiry = Examination::of(&zone, on).expiry();
            (expiry.verdict.0, expiry.seen)
        };
        assert_eq!(days(2012, 4, 15), (Outcome::Passed, Some(Seen::DaysLeft(0))));
        assert_eq!(days(2012, 4, 16), (Outcome::Failed, Some(Seen::DaysLeft(-1))));
    }

    #[test]
    fn an_expiry_date_with_an_unknown_part_never_passes() {
        let with_expiry = |text, year| {
            let zone = parse(passport_with(2, 22, text)).unwrap();
            let examination = Examination::of(&zone, Date::new(year, 6, 1).unwrap());
            let (expiry, calendar) = (examination.expiry(), examination.calendar());
            (expiry.verdict, expiry.seen, calendar.verdict)
        };
        let malformed = (Outcome::Failed, Reason::MalformedDate);
        let untold = (Outcome::Undetermined, Reason::NoExpiryDate);
        for text in ["26<<<<", "2606<<", "26<<30"] {
            assert_eq!(with_expiry(text, 2026), (untold, None, malformed), "{text}");
            let (expiry, seen, calendar) = with_expiry(text, 2028);
            assert_eq!(expiry, (Outcome::Failed, Reason::Expired), "{text}");
            assert!(matches!(seen, Some(Seen::DaysLeft(..0))), "{text}");
            assert_eq!(calendar, malformed, "{text}");
        }
        assert_eq!(with_expiry("<<0630", 2026), (untold, None, malformed));
        assert_eq!(with_expiry("<<<<<<", 2026), (untold, None, untold));
    }

    #[test]
    fn codes_that_nobody_knows_are_undetermined_and_broken_ones_fail() {
        let with_issuer = |code| outcome(&passport_with(1, 3, code), CheckId::MrzCodes);
        assert_eq!(with_issuer("ZZZ"), (Outcome::Undetermined, Reason::UnknownCode));
        assert_eq!(with_issuer("U1O"), (Outcome::Failed, Reason::MalformedCode));
        assert_eq!(with_issuer("U?O"), (Outcome::Undetermined, Reason::Unreadable));
        assert_eq!(with_issuer("D<<"), (Outcome::Passed, Reason::Confirmed));
        assert_eq!(with_issuer("XKX"), (Outcome::Undetermined, Reason::UnofficialCode));
    }

    #[test]
    fn a_code_that_may_not_stand_in_its_field_fails() {
        let with_issuer = |code| outcome(&passport_with(1, 3, code), CheckId::MrzCodes);
        let with_nationality = |code| outcome(&passport_with(2, 11, code), CheckId::MrzCodes);
        let misplaced = (Outcome::Failed, Reason::CodeNotForThisField);
        for code in ["XXA", "XXB", "XXC", "XXX", "IAO"] {
            assert_eq!(with_issuer(code), misplaced, "{code}");
        }
        assert_eq!(with_nationality("IAO"), misplaced);
        let fine = (Outcome::Passed, Reason::Confirmed);
        assert_eq!(with_nationality("XXA"), fine);
        assert_eq!(with_nationality("XPO"), fine, "the standard does not say");
        assert_eq!(with_issuer("GBN"), fine, "the standard does not say");
    }

    #[test]
    fn every_field_is_held_to_its_own_characters() {
        let characters = |line, column, text| outcome(&passport_with(line, column, text), CheckId::MrzCharacters);
        assert_eq!(characters(1, 8, "1"), (Outcome::Failed, Reason::WrongCharacterType));
        assert_eq!(characters(2, 14, "A"), (Outcome::Failed, Reason::WrongCharacterType));
        assert_eq!(characters(2, 1, "#"), (Outcome::Failed, Reason::ForeignCharacter));
        assert_eq!(characters(2, 1, "?"), (Outcome::Undetermined, Reason::Unreadable));
        assert_eq!(characters(2, 21, "X"), (Outcome::Passed, Reason::Confirmed));
        assert_eq!(outcome(&passport_with(2, 21, "X"), CheckId::MrzSex).1, Reason::UnspecifiedSexAsX);
    }

    #[test]
    fn reserved_second_letters_of_cards_fail() {
        let card = |code: &str| {
            let text = format!(
                "{code}UTOD231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<"
            );
            outcome(&text, CheckId::MrzDocumentCode)
        };
        assert_eq!(card("IV"), (Outcome::Failed, Reason::ReservedDocumentCode));
        assert_eq!(card("AI"), (Outcome::Failed, Reason::ReservedDocumentCode));
        assert_eq!(card("AC"), (Outcome::Passed, Reason::Confirmed));
        assert_eq!(card("C1"), (Outcome::Passed, Reason::Confirmed));
        assert_eq!(card("X<"), (Outcome::Undetermined, Reason::UnknownDocumentCode));
    }

    #[test]
    fn a_crew_certificate_has_three_lines() {
        let sheet = "ACUTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<D231458907UTO7408122F1204159<<<<<<<6";
        assert_eq!(outcome(sheet, CheckId::MrzDocumentCode), (Outcome::Failed, Reason::ReservedDocumentCode));
        assert_eq!(parse(sheet).unwrap().kind(), DocumentKind::Other);
    }

    #[test]
    fn only_the_digit_of_optional_data_may_be_left_out() {
        let digit = |column, text: &str, id| outcome(&passport_with(2, column, text), id);
        assert_eq!(
            digit(29, "<<<<<<<<<<<<<<<", CheckId::MrzCheckDigitOptionalData),
            (Outcome::Passed, Reason::EmptyField)
        );
        assert_eq!(digit(14, "<<<<<<0", CheckId::MrzCheckDigitBirthDate), (Outcome::Passed, Reason::Confirmed));
        assert_eq!(digit(14, "<<<<<<<", CheckId::MrzCheckDigitBirthDate), (Outcome::Failed, Reason::DigitMissing));
    }

    #[test]
    fn a_number_of_fillers_is_missing_in_every_layout() {
        let number_of = |layout: Layout| layout.field(FieldId::DocumentNumber).unwrap().range();
        for (layout, text) in [
            (Layout::Td3, PASSPORT.concat()),
            (Layout::DrivingLicence, "D1NLD15094962111659VW87Z78NB84".to_owned()),
            (
                Layout::SwissDrivingLicenceBelow,
                "FACHE305142128097<<800126<<<<<MARCHAND<<FABIENNE<<<<<<<<<<<<".to_owned(),
            ),
        ] {
            let mut text = text;
            text.replace_range(number_of(layout), &"<".repeat(number_of(layout).len()));
            assert_eq!(
                outcome(&text, CheckId::MrzCheckDigitDocumentNumber),
                (Outcome::Failed, Reason::NumberMissing),
                "{layout}"
            );
        }
        let with_digit = |digit| {
            let text = passport_with(2, 1, &format!("<<<<<<<<<{digit}"));
            outcome(&text, CheckId::MrzCheckDigitDocumentNumber)
        };
        for digit in ["0", "<", "?"] {
            assert_eq!(with_digit(digit), (Outcome::Failed, Reason::NumberMissing));
        }
    }

    #[test]
    fn a_long_number_has_ten_characters_a_digit_and_a_filler_behind_it() {
        let number = |optional: &str| {
            let text =
                format!("I<UTOD23145890<{optional:<<15}3407127M9507122UTO<<<<<<<<<<<2STEVENSON<<PETER<JOHN<<<<<<<<<");
            outcome(&text, CheckId::MrzCheckDigitDocumentNumber)
        };
        assert_eq!(number("7349"), (Outcome::Passed, Reason::Confirmed));
        assert_eq!(number("7"), (Outcome::Failed, Reason::DigitMissing), "nine characters do not run on");
        assert_eq!(number("734000000000009"), (Outcome::Failed, Reason::DigitMissing), "no filler behind the digit");
    }

    #[test]
    fn the_holder_of_a_document_was_born_before_it_ended() {
        let centenarian = passport_with(2, 14, "1212123F1106297");
        let born = |text: &str, year| {
            let zone = parse(text).unwrap();
            let born = zone.born(Date::new(year, 6, 1).unwrap()).unwrap();
            (born.to_string(), zone.person(Date::new(year, 6, 1).unwrap()).birth_date == Some(born))
        };
        assert_eq!(born(&centenarian, 2011), ("1912-12-12".into(), true));
        assert_eq!(born(&centenarian, 2026), ("1912-12-12".into(), true));
        let misread = centenarian.replace("1106297", "1106298");
        assert_eq!(
            born(&misread, 2026),
            ("2012-12-12".into(), true),
            "an expiry date with a wrong digit bounds nothing"
        );
    }

    #[test]
    fn the_given_names_of_a_french_card_stand_two_fillers_apart() {
        let card = "IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<8806923102858CORINNE<<LEA<<6512068F6";
        let zone = parse(card).unwrap();
        assert!(zone.name().secondary().eq(["CORINNE", "LEA"]));
        assert_eq!(outcome(card, CheckId::MrzName), (Outcome::Passed, Reason::Confirmed));
    }
}
