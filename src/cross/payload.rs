//! What barcodes say, held against machine-readable zones: seals, licences, boarding passes, visas.
//!
//! ```text
//! cross.seal_visa         the zone in a seal           the printed visa            Doc 9303-7 §9.4
//! cross.seal_passport     the seal of a visa           the passport                Doc 9303-7 §9.4
//! cross.seal_document     any other seal               the document it is on       Doc 9303-8 App. A
//! cross.licence_passport  a driving licence            the passport
//! cross.pass_name         a boarding pass              the passport
//! cross.visa_passport     the printed visa             the passport
//! cross.payload_dates     the days of a payload        the day of inspection
//! ```
//!
//! Names on licences and passes are cut, turned round and carry titles. A name that shares nothing fails; one that shares
//! something and cannot be led to the other leaves the check open.
//!
//! Hostile input could leave a document out; then the check is not performed and says so. Nothing here proves that a
//! payload is genuine: licences and passes are unsigned.

use super::births;
use super::name::{Cut, Names, compare};
use crate::check::{Check, CheckId, Outcome, Place, Reason, Subject};
use crate::country::{Sameness, same_country};
use crate::date::{Date, PartialDate};
use crate::deviation::Deviation;
use crate::mrz::{self, DocumentKind, FieldId, Mrz, UNREAD};
use crate::payload::vds::DocumentType;
use crate::payload::{Payload, aamva, bcbp, idb, stripe, vds, vds_nc};
use crate::person::Sex;

/// An answer, the reason, and where on the printed zone.
type Verdict = (Outcome, Reason, Option<Place>);

const fn said(outcome: Outcome, reason: Reason) -> Verdict {
    (outcome, reason, None)
}

const CONFIRMED: Verdict = said(Outcome::Passed, Reason::Confirmed);
const NOTHING: Verdict = said(Outcome::NotPerformed, Reason::NothingGiven);

/// Holds one payload against the zones of the same inspection, on the day `on`.
#[must_use]
pub fn payload(payload: &Payload, zones: &[&Mrz], on: Date, subject: Subject) -> Vec<Check> {
    let check = |id, (outcome, reason, place): Verdict| {
        let check = Check::new(id, subject, outcome, reason).in_file(crate::error::Part::Payload);
        place.map_or(check, |place| check.at(place))
    };
    let mut checks = Vec::new();
    match payload {
        Payload::Vds(seal) if seal.header.document_type == Some(DocumentType::Visa) => {
            let number = seal.number().map(|number| number.reveal().as_str());
            let zone = seal.zone().map(|zone| zone.reveal().as_str());
            checks.push(check(CheckId::CrossSealVisa, seal_visa(zone, zones)));
            checks.push(check(CheckId::CrossSealPassport, visa_passport_number(number, zone, zones)));
        }
        Payload::Vds(seal) => {
            checks.extend(of_seal(seal, zones).map(|verdict| check(CheckId::CrossSealDocument, verdict)))
        }
        Payload::Idb(barcode) => {
            checks.extend(of_barcode(barcode, zones, on).into_iter().map(|(id, verdict)| check(id, verdict)));
        }
        Payload::VdsNc(seal) => {
            checks.push(check(CheckId::CrossSealPassport, person_passport(seal, zones, on)));
        }
        Payload::Aamva(card) => checks.push(check(CheckId::CrossLicencePassport, licence(&of_card(card), zones))),
        Payload::MagneticStripe(stripe) => {
            checks.push(check(CheckId::CrossLicencePassport, licence(&of_stripe(stripe), zones)));
        }
        Payload::Bcbp(pass) => checks.push(check(CheckId::CrossPassName, pass_name(pass, zones))),
        #[allow(unreachable_patterns, reason = "kinds to come are compared with nothing")]
        _ => {}
    }
    checks.extend(dates(payload, on).map(|verdict| check(CheckId::CrossPayloadDates, verdict)));
    checks
}

/// Holds a printed visa against the passport of the same inspection; none without a passport.
#[must_use]
pub fn visa_passport(visa: &Mrz, passport: &Mrz, subject: Subject) -> Check {
    let (outcome, reason, place) = same_holder(visa, passport);
    let check = Check::new(CheckId::CrossVisaPassport, subject, outcome, reason);
    place.map_or(check, |place| check.at(place))
}

/// The passport among the zones.
fn passport<'z>(zones: &[&'z Mrz]) -> Option<&'z Mrz> {
    zones.iter().find(|zone| zone.kind() == DocumentKind::Passport).copied()
}

/// The document that says who the traveller is: the passport, or else the first that is no visa.
fn leading<'z>(zones: &[&'z Mrz]) -> Option<&'z Mrz> {
    passport(zones).or_else(|| zones.iter().find(|zone| zone.kind() != DocumentKind::Visa).copied())
}

/// The first place at which two zones of one layout differ, or where one of them was not read. Of visas only the
/// characters that the seal stores are compared: the second line up to its 28th.
fn difference(seal: &Mrz, printed: &Mrz, stored: usize) -> Result<(), (Reason, Option<Place>)> {
    let mut unread = None;
    let lines = seal.lines().zip(printed.lines()).zip(1_u8..);
    for ((sealed, own), line) in lines {
        let count = if line == 1 { sealed.len() } else { stored.min(sealed.len()) };
        for (column, (one, other)) in (1_u8..).zip(sealed.bytes().zip(own.bytes()).take(count)) {
            let place = Place { line, first: column, last: column };
            if one == UNREAD || other == UNREAD {
                unread.get_or_insert(place);
            } else if one != other {
                return Err((Reason::SourcesDiffer, Some(place)));
            }
        }
    }
    match unread {
        Some(place) => Err((Reason::Unreadable, Some(place))),
        None => Ok(()),
    }
}

/// The zone of a seal against the zones that could be the printed one: agreeing with one of them is enough.
fn zone_against(sealed: &Mrz, candidates: &[&Mrz], stored: usize, mismatch: Reason, invalid: Reason) -> Verdict {
    let mut worst = NOTHING;
    for printed in candidates {
        let verdict = if sealed.layout() != printed.layout() {
            said(Outcome::Failed, mismatch)
        } else {
            match difference(sealed, printed, stored) {
                Ok(()) => return CONFIRMED,
                Err((Reason::Unreadable, place)) => (Outcome::Undetermined, Reason::Unreadable, place),
                // A printed zone whose own digits are wrong was misread or badly forged: that is another finding.
                Err((_, place)) if has_wrong_digit(printed) => (Outcome::Failed, invalid, place),
                Err((_, place)) => (Outcome::Failed, mismatch, place),
            }
        };
        if worst == NOTHING || verdict.0.rank() > worst.0.rank() {
            worst = verdict;
        }
    }
    worst
}

/// Whether a check digit of the zone is wrong.
fn has_wrong_digit(zone: &Mrz) -> bool {
    const DIGITS: [CheckId; 5] = [
        CheckId::MrzCheckDigitDocumentNumber,
        CheckId::MrzCheckDigitBirthDate,
        CheckId::MrzCheckDigitExpiryDate,
        CheckId::MrzCheckDigitOptionalData,
        CheckId::MrzCheckDigitComposite,
    ];
    let Some(day) = Date::new(2000, 1, 1) else { return false };
    let mut checks = zone.checks(Subject::Inspection, day);
    checks.any(|check| DIGITS.contains(&check.id) && check.outcome == Outcome::Failed)
}

fn seal_visa(zone: Option<&str>, zones: &[&Mrz]) -> Verdict {
    let Some(sealed) = zone.and_then(|zone| mrz::parse(zone).ok()) else {
        return said(Outcome::Failed, Reason::InvalidSealMrz);
    };
    let visas: Vec<_> = zones.iter().filter(|zone| zone.kind() == DocumentKind::Visa).copied().collect();
    zone_against(&sealed, &visas, 28, Reason::SealVisaMismatch, Reason::InvalidVisaMrz)
}

/// The number of the passport for which a visa was issued, and the nationality in its zone.
fn visa_passport_number(number: Option<&str>, zone: Option<&str>, zones: &[&Mrz]) -> Verdict {
    let Some(passport) = passport(zones) else {
        return NOTHING;
    };
    let Some(number) = number else {
        return said(Outcome::Undetermined, Reason::NothingGiven);
    };
    let same = same_number(number, passport);
    match same {
        (Outcome::Passed, ..) => {}
        // The printed zone was misread or badly forged: that is another finding (Doc 9303-13 App. D).
        (Outcome::Failed, _, place) if has_wrong_digit(passport) => {
            return (Outcome::Failed, Reason::InvalidPassportMrz, place);
        }
        other => return other,
    }
    let sealed = zone.and_then(|zone| mrz::parse(zone).ok());
    let nationality = sealed.as_ref().and_then(|zone| zone.nationality()).and_then(|code| code.entry());
    let own = [passport.nationality().and_then(|code| code.entry()), passport.issuer().entry()];
    let differs = |other: &Option<_>| {
        nationality.is_some() && other.is_some() && same_country(nationality, *other) == Sameness::Different
    };
    if own.iter().all(differs) {
        return said(Outcome::Failed, Reason::SealPassportMismatch);
    }
    CONFIRMED
}

/// A number as a seal stores it against the document number of a zone. A long number is stored by its beginning.
fn same_number(number: &str, zone: &Mrz) -> Verdict {
    let bare = |text: &str| text.trim_matches(['<', ' ']).replace(['<', ' '], "");
    let printed = zone.document_number();
    let [stored, printed] = [number, printed.reveal().as_str()].map(|text| zeroize::Zeroizing::new(bare(text)));
    let place = zone.field(FieldId::DocumentNumber).map(|field| field.place);
    if printed.bytes().any(|byte| byte == UNREAD) {
        return (Outcome::Undetermined, Reason::Unreadable, place);
    }
    let cut = zone.has_long_number() && stored.len() >= 9 && printed.starts_with(stored.as_str());
    if !stored.is_empty() && (*stored == *printed || cut) {
        CONFIRMED
    } else if stored.is_empty() {
        said(Outcome::Undetermined, Reason::NumberMissing)
    } else {
        (Outcome::Failed, Reason::SealPassportMismatch, place)
    }
}

/// Any other seal against the document that it is on: by its zone, or else by its number.
fn of_seal(seal: &vds::Seal, zones: &[&Mrz]) -> Option<Verdict> {
    if let Some(zone) = seal.zone() {
        return Some(seal_document(zone.reveal(), zones));
    }
    let number = seal.named("document_number").and(seal.number())?;
    Some(number_document(number.reveal(), zones))
}

fn seal_document(zone: &str, zones: &[&Mrz]) -> Verdict {
    let sealed = match mrz::parse(zone) {
        Ok(sealed) if !has_wrong_digit(&sealed) => sealed,
        _ => return said(Outcome::Failed, Reason::InvalidSealMrz),
    };
    let same_layout: Vec<_> = zones.iter().filter(|zone| zone.layout() == sealed.layout()).copied().collect();
    let whole = usize::MAX;
    zone_against(&sealed, &same_layout, whole, Reason::SealDocumentMismatch, Reason::InvalidPrintedMrz)
}

fn number_document(number: &str, zones: &[&Mrz]) -> Verdict {
    let documents = || zones.iter().filter(|zone| zone.kind() != DocumentKind::Visa);
    let verdicts: Vec<_> = documents().map(|zone| same_number(number, zone)).collect();
    let best = verdicts.iter().copied().max_by_key(|(outcome, ..)| outcome.rank()).unwrap_or(NOTHING);
    match best {
        (Outcome::Failed, _, place) => (Outcome::Failed, Reason::SealDocumentMismatch, place),
        other => other,
    }
}

/// What an ICAO barcode may hold: a visa, a travel authorisation, the zone or the number of a document.
fn of_barcode(barcode: &idb::Barcode, zones: &[&Mrz], on: Date) -> Vec<(CheckId, Verdict)> {
    let text = |name: &str| barcode.text(name).map(|text| text.reveal().as_str());
    let zone = barcode.zone().map(|zone| zone.reveal().as_str());
    if barcode.named("visa").is_some() {
        let number = visa_passport_number(text("passport_number"), zone, zones);
        return vec![(CheckId::CrossSealVisa, seal_visa(zone, zones)), (CheckId::CrossSealPassport, number)];
    }
    if barcode.named("digital_travel_authorisation").is_some() {
        return vec![(CheckId::CrossSealPassport, authorisation_passport(barcode, zones, on))];
    }
    let verdict = match (zone, text("document_number")) {
        (Some(zone), _) => seal_document(zone, zones),
        (None, Some(number)) => number_document(number, zones),
        (None, None) => return Vec::new(),
    };
    vec![(CheckId::CrossSealDocument, verdict)]
}

/// A travel authorisation against the passport for which it was given: number, nationality, day of birth, sex and name.
fn authorisation_passport(barcode: &idb::Barcode, zones: &[&Mrz], on: Date) -> Verdict {
    let text = |name: &str| barcode.text(name).map(|text| text.reveal().as_str());
    let Some(zone) = passport(zones) else {
        return NOTHING;
    };
    let Some(number) = text("passport_number") else {
        return said(Outcome::Undetermined, Reason::NumberMissing);
    };
    let own = text("nationality").and_then(crate::country::by_alpha2_any_case);
    let nationality = match (own, zone.nationality().and_then(|code| code.entry())) {
        (Some(_), Some(printed)) if same_country(own, Some(printed)) != Sameness::Different => CONFIRMED,
        (Some(_), Some(_)) => {
            (Outcome::Failed, Reason::SealPassportMismatch, zone.field(FieldId::Nationality).map(|field| field.place))
        }
        _ => said(Outcome::Undetermined, Reason::UnknownCode),
    };
    let birth = match barcode.named("birth_date").map(|message| &message.content) {
        Some(idb::Content::Masked(date)) => *date,
        _ => None,
    };
    let mut verdicts = vec![same_number(number, zone), nationality, same_birth(birth, zone, on)];
    verdicts.extend(text("sex").map(|sex| same_sex(sex, zone)));
    verdicts.extend(text("name").map(|name| same_name(name, zone)));
    worst_of(verdicts)
}

/// The person of a seal as JSON against the passport: number, day of birth, name and sex, as far as the seal says.
fn person_passport(seal: &vds_nc::Seal, zones: &[&Mrz], on: Date) -> Verdict {
    let person = &seal.person;
    let unread_birth = seal.problems.contains_in(Deviation::DateImpossible, "birth_date");
    if person.document_number.is_none() && person.birth_date.is_none() && !unread_birth {
        // A name alone is nobody's.
        return said(Outcome::NotPerformed, Reason::NumberMissing);
    }
    let Some(zone) = leading(zones) else {
        return NOTHING;
    };
    let mut verdicts = Vec::new();
    verdicts.extend(person.document_number.as_ref().map(|number| same_number(number.reveal(), zone)));
    if person.birth_date.is_some() || unread_birth {
        verdicts.push(same_birth(person.birth_date.map(PartialDate::from), zone, on));
    }
    verdicts.extend(person.name.as_ref().map(|name| same_name(name.reveal(), zone)));
    verdicts.extend(person.sex.as_ref().map(|sex| same_sex(sex.reveal(), zone)));
    worst_of(verdicts)
}

/// The least of several verdicts about one person; none is nothing.
fn worst_of(verdicts: Vec<Verdict>) -> Verdict {
    verdicts.into_iter().min_by_key(|(outcome, ..)| outcome.rank()).unwrap_or(NOTHING)
}

/// A day of birth against that of a zone. One that is missing or cannot be read on either side leaves it open.
fn same_birth(birth: Option<PartialDate>, zone: &Mrz, on: Date) -> Verdict {
    let place = zone.field(FieldId::BirthDate).map(|field| field.place);
    match (birth, zone.born(on)) {
        (Some(birth), Some(born)) if birth.agrees_with(born) => CONFIRMED,
        (Some(_), Some(_)) => (Outcome::Failed, Reason::SealPassportMismatch, place),
        _ => (Outcome::Undetermined, Reason::DateMissing, place),
    }
}

/// A sex as a seal writes it against that of a zone; what is left open on either side is neutral.
fn same_sex(sex: &str, zone: &Mrz) -> Verdict {
    let sealed = match sex.trim() {
        "F" | "f" => Some(Sex::Female),
        "M" | "m" => Some(Sex::Male),
        _ => None,
    };
    match sexes_differ(sealed, zone.sex()) {
        true => (Outcome::Failed, Reason::SealPassportMismatch, zone.field(FieldId::Sex).map(|field| field.place)),
        false => CONFIRMED,
    }
}

/// The characters of a name in a seal: as many as in the zone of a passport.
const LONGEST_NAME: usize = 39;

/// A name as a seal writes it, two blanks between its identifiers, against that of a zone. Where it is not said which part is which,
/// names that differ leave it open.
fn same_name(name: &str, zone: &Mrz) -> Verdict {
    let place = zone.field(FieldId::Name).map(|field| field.place);
    let parts = name.trim().split_once("  ").or_else(|| name.trim().split_once("<<"));
    let (family, given) = parts.unwrap_or_else(|| name.trim().split_once([' ', '<']).unwrap_or((name.trim(), "")));
    let given = [given.trim().to_owned()];
    let cut = Cut::in_one_field(name.trim().len() >= LONGEST_NAME, &given);
    let (outcome, reason) = compare(&Names::new(family, &given, cut), zone);
    match outcome {
        Outcome::Failed if parts.is_some() => (Outcome::Failed, Reason::SealPassportMismatch, place),
        Outcome::Failed => (Outcome::Undetermined, Reason::NameNotMatched, place),
        _ => (outcome, reason, place.filter(|_| outcome != Outcome::Passed)),
    }
}

/// The holder of a licence, as far as it says.
struct Holder {
    names: Names,
    birth: Option<PartialDate>,
    sex: Option<Sex>,
}

fn of_card(card: &aamva::Card) -> Holder {
    let text = |item: &'_ aamva::Item| -> Option<String> { item.as_ref().map(|text| text.reveal().clone()) };
    let mut given: Vec<String> = text(&card.first_name).into_iter().collect();
    given.extend(card.middle_names.iter().map(|name| name.reveal().clone()));
    let is_cut = |said: Option<aamva::Truncation>| said == Some(aamva::Truncation::Truncated);
    let cut = Cut {
        family: is_cut(card.family_name_truncated),
        given: is_cut(card.first_name_truncated) || is_cut(card.middle_names_truncated),
    };
    Holder {
        names: Names::new(card.family_name.as_ref().map_or("", |name| name.reveal()), &given, cut),
        birth: card.birth_date.map(PartialDate::from),
        sex: card.sex,
    }
}

fn of_stripe(stripe: &stripe::Stripe) -> Holder {
    let given: Vec<String> =
        [&stripe.first_name, &stripe.middle_names].into_iter().flatten().map(|name| name.reveal().clone()).collect();
    let family = stripe.family_name.as_ref().map_or("", |name| name.reveal());
    // Names stand in one field with a sign between them.
    let length = family.len() + given.iter().map(|name| 1 + name.len()).sum::<usize>();
    Holder {
        names: Names::new(family, &given, Cut::in_one_field(length >= stripe::LONGEST_NAME, &given)),
        birth: stripe.birth_date,
        sex: stripe.sex,
    }
}

/// A licence against the passport: day of birth and sex, then the name.
fn licence(holder: &Holder, zones: &[&Mrz]) -> Verdict {
    let Some(zone) = leading(zones) else {
        return NOTHING;
    };
    let place = |id| zone.field(id).map(|field| field.place);
    let birth = holder.birth.zip(zone.birth_date()).and_then(|(date, printed)| births(date, printed));
    if let Some((Outcome::Failed, reason)) = birth {
        return (Outcome::Failed, reason, place(FieldId::BirthDate));
    }
    if sexes_differ(holder.sex, zone.sex()) {
        return (Outcome::Failed, Reason::SourcesDiffer, place(FieldId::Sex));
    }
    let (outcome, reason) = compare(&holder.names, zone);
    if outcome != Outcome::Passed {
        return (outcome, reason, place(FieldId::Name));
    }
    match birth {
        Some((Outcome::Passed, _)) => (outcome, reason, None),
        Some((open, why)) => (open, why, place(FieldId::BirthDate)),
        None => (Outcome::Undetermined, Reason::DateMissing, place(FieldId::BirthDate)),
    }
}

fn sexes_differ(one: Option<Sex>, other: Option<Sex>) -> bool {
    matches!((one, other), (Some(Sex::Female), Some(Sex::Male)) | (Some(Sex::Male), Some(Sex::Female)))
}

/// The name on a boarding pass against the passport.
fn pass_name(pass: &bcbp::Pass, zones: &[&Mrz]) -> Verdict {
    let Some(zone) = leading(zones) else {
        return NOTHING;
    };
    let text = |item: &bcbp::Item| item.as_ref().map(|text| text.reveal().clone()).unwrap_or_default();
    let given = [text(&pass.given_names)];
    let cut = Cut::in_one_field(pass.name_may_be_truncated, &given);
    let (outcome, reason) = compare(&Names::new(&text(&pass.surname), &given, cut), zone);
    let place = zone.field(FieldId::Name).map(|field| field.place);
    (outcome, reason, place.filter(|_| outcome != Outcome::Passed))
}

/// A visa and a passport of one holder: day of birth, sex, nationality, name.
fn same_holder(visa: &Mrz, passport: &Mrz) -> Verdict {
    let place = |id| visa.field(id).map(|field| field.place);
    let raw = |zone: &Mrz, id| zone.field(id).map(|field| field.raw.to_owned());
    let mut open = None;
    for id in [FieldId::BirthDate, FieldId::Sex, FieldId::Nationality] {
        let (Some(one), Some(other)) = (raw(visa, id), raw(passport, id)) else {
            continue;
        };
        if one.bytes().chain(other.bytes()).any(|byte| byte == UNREAD) {
            open = open.or(Some((Outcome::Undetermined, Reason::Unreadable, place(id))));
        } else if one != other && !is_other_code(id, visa, passport) {
            return (Outcome::Failed, Reason::SourcesDiffer, place(id));
        }
    }
    let name = visa.name();
    let given: Vec<String> = name.secondary().map(str::to_owned).collect();
    let primary = name.primary().collect::<Vec<_>>().join(" ");
    let (outcome, reason) = compare(&Names::new(&primary, &given, Cut::of_zone(&name)), passport);
    if outcome != Outcome::Passed {
        return (outcome, reason, place(FieldId::Name));
    }
    open.unwrap_or((outcome, reason, None))
}

/// Whether two nationalities are written differently and may be the same, or the sex is left open on one side.
fn is_other_code(id: FieldId, visa: &Mrz, passport: &Mrz) -> bool {
    match id {
        FieldId::Nationality => {
            let entry = |zone: &Mrz| zone.nationality().and_then(|code| code.entry());
            let own = [entry(passport), passport.issuer().entry()];
            own.iter().any(|own| same_country(entry(visa), *own) != Sameness::Different)
        }
        FieldId::Sex => !sexes_differ(visa.sex(), passport.sex()),
        _ => false,
    }
}

/// The days of a payload against the day of inspection: a licence or authorisation has to be valid, a seal cannot be from
/// tomorrow, and a pass is for a flight around this day.
fn dates(payload: &Payload, on: Date) -> Option<Verdict> {
    let until = |last: Date| match last < on {
        true => said(Outcome::Failed, Reason::Expired),
        false => CONFIRMED,
    };
    match payload {
        Payload::Aamva(card) => card.expiry_date.map(until),
        Payload::MagneticStripe(stripe) => stripe.expiry_date.map(until),
        Payload::Vds(seal) => {
            let header = &seal.header;
            let latest = header.issue_date.max(header.signature_date)?;
            let tomorrow = on.plus_days(1)?;
            if latest > tomorrow {
                return Some(said(Outcome::Failed, Reason::DateInFuture));
            }
            let (first, last) = period(seal);
            Some(within(first, last, on))
        }
        Payload::Idb(barcode) => {
            let masked = |name: &str| match barcode.named(name).map(|message| &message.content) {
                Some(idb::Content::Masked(date)) => *date,
                _ => None,
            };
            let last = masked("valid_to").or_else(|| masked("expiry_date")).and_then(PartialDate::latest);
            let first = masked("valid_from").and_then(PartialDate::earliest);
            (first.is_some() || last.is_some()).then(|| within(first, last, on))
        }
        Payload::Bcbp(pass) => {
            /// Days around the inspection within which a flight may lie.
            const AROUND: i32 = 3;
            let mut days = pass.legs.iter().filter_map(|leg| leg.date).peekable();
            days.peek()?;
            let near = days.any(|date| on.days_until(date).abs() <= AROUND);
            Some(if near { CONFIRMED } else { said(Outcome::Undetermined, Reason::FlightOnAnotherDay) })
        }
        _ => None,
    }
}

/// From when to when the paper of a seal says that it is valid.
fn period(seal: &vds::Seal) -> (Option<Date>, Option<Date>) {
    let day = |name: &str| match seal.named(name).map(|feature| &feature.value) {
        Some(vds::Value::Date(day)) => Some(*day),
        _ => None,
    };
    let (from, to) = match seal.named("validity").map(|feature| &feature.value) {
        Some(vds::Value::Period(from, to)) => (*from, *to),
        _ => (None, None),
    };
    (from.or_else(|| day("valid_from")), to.or_else(|| day("valid_to")))
}

/// A day against the first and the last of a period.
fn within(first: Option<Date>, last: Option<Date>, on: Date) -> Verdict {
    if last.is_some_and(|last| last < on) {
        said(Outcome::Failed, Reason::Expired)
    } else if first.is_some_and(|first| first > on) {
        said(Outcome::Failed, Reason::DateInFuture)
    } else {
        CONFIRMED
    }
}
