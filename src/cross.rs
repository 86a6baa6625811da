//! Source against source: what one part of a document says, held against another.
//!
//! ```text
//! cross.dg1_mrz    the zone on the page     the zone on the chip      Doc 9303-10 §4.7.1
//! cross.com_sod    EF.COM, unsigned         EF.SOD, signed            Doc 9303-10 §4.6
//! cross.dg11_dg1   additional details       the zone on the chip      Doc 9303-10 §4.7.11
//! cross.dg12_signer  date of issue          use of the signer's key   Doc 9303-11 §5.1.1
//! ```
//!
//! With feature `barcode` also what barcodes say, see [`payload`]: seals, licences and boarding passes against zones, and a
//! visa against the passport.
//!
//! Neither of two sources is taken to be the right one, and neither has to be verified: that is asked elsewhere. A
//! check says that they differ and in which field, and never what stands there.
//!
//! Not done: names that a State romanises by a scheme of its own (they do not match, which
//! leaves the check open and accuses nobody).
//!
//! Hostile input could leave out a part so that nothing differs. Then the check is not passed but says what was
//! missing. A character that could not be read agrees with nothing.

#[cfg(feature = "barcode")]
mod name;
#[cfg(feature = "barcode")]
mod payload;

#[cfg(feature = "barcode")]
pub use payload::{payload, visa_passport};

use crate::check::{Check, CheckId, Outcome, Place, Reason, Subject};
use crate::date::{Date, PartialDate};
use crate::error::Part;
use crate::lds::{Com, Dg11, Dg12, LdsSecurityObject};
use crate::mrz::{Field, FieldId, Mrz, ShortDate, UNREAD};
use crate::pki::Certificate;
use crate::translit::{Match, matches};

/// Compares the zone on the page with that on the chip, field by field.
///
/// One field that differs in a character which both sides have fails, at the place of that field on the page;
/// otherwise a character that one side lacks leaves the check open.
#[must_use]
pub fn dg1_mrz(printed: &Mrz, chip: &Mrz, subject: Subject) -> Check {
    let check = |outcome, reason| Check::new(CheckId::CrossDg1Mrz, subject, outcome, reason).in_file(Part::Dg(1));
    if printed.layout() != chip.layout() {
        return check(Outcome::Failed, Reason::SourcesDiffer);
    }
    let pairs = || printed.fields().zip(chip.fields());
    let first = |found: fn(u8, u8) -> bool| {
        pairs()
            .find(|(page, chip)| characters(page, chip).any(|(one, other)| found(one, other)))
            .map(|(page, _)| page.place)
    };
    if let Some(place) = first(|one, other| one != other && one != UNREAD && other != UNREAD) {
        return check(Outcome::Failed, Reason::SourcesDiffer).at(place);
    }
    match first(|one, other| one == UNREAD || other == UNREAD) {
        Some(place) => check(Outcome::Undetermined, Reason::Unreadable).at(place),
        None => check(Outcome::Passed, Reason::Confirmed),
    }
}

/// The characters of a field side by side. Fields of one layout are equally long.
fn characters<'f>(one: &Field<'f>, other: &Field<'f>) -> impl Iterator<Item = (u8, u8)> + use<'f> {
    one.raw.bytes().zip(other.raw.bytes())
}

/// Compares the list of data groups in EF.COM with the signed one, and the version of the data structure where
/// EF.SOD signs it.
///
/// EF.COM is not signed and nothing rests on it, but an honest one never disagrees.
#[must_use]
pub fn com_sod(com: &Com, object: &LdsSecurityObject, subject: Subject) -> Check {
    let listed = &com.data_groups;
    let signed = || object.hashes.iter().map(|hash| hash.group);
    let groups_agree = com.other_tags.is_empty()
        && signed().all(|group| listed.contains(&group))
        && listed.iter().all(|group| signed().any(|signed| signed == *group));
    let (outcome, reason) = if groups_agree && versions_agree(com, object) {
        (Outcome::Passed, Reason::Confirmed)
    } else {
        (Outcome::Failed, Reason::SourcesDiffer)
    };
    Check::new(CheckId::CrossComSod, subject, outcome, reason).in_file(Part::Com)
}

/// Whether both state the same version of the data structure, or one of them states none.
fn versions_agree(com: &Com, object: &LdsSecurityObject) -> bool {
    let Some(([major, minor], (signed, _))) = com.lds_version.zip(object.lds_version.as_ref()) else {
        return true;
    };
    *signed == format!("{major:02}{minor:02}")
}

/// Compares name and birth date of the additional details with the zone of the chip.
///
/// A birth date of which a known part differs fails. A name that no rule leads from one spelling to the other leaves
/// the check open: States romanise as they like.
#[must_use]
pub fn dg11_dg1(dg11: &Dg11<'_>, zone: &Mrz, subject: Subject) -> Check {
    let check = |(outcome, reason), place: Option<Place>| {
        let check = Check::new(CheckId::CrossDg11Dg1, subject, outcome, reason);
        let check = check.in_file(Part::Dg(11));
        place.map_or(check, |place| check.at(place))
    };
    let place = |id| zone.field(id).map(|field| field.place);
    let birth = dg11.birth_date.and_then(|date| births(date, zone.birth_date()?));
    if let Some(verdict @ (Outcome::Failed, _)) = birth {
        return check(verdict, place(FieldId::BirthDate));
    }
    let name = (dg11.full_name.as_ref()).map(|native| names(zone, native.reveal()));
    match (name, birth) {
        (Some(verdict), _) if verdict.0 != Outcome::Passed => {
            let name_place = place(FieldId::Name).or(place(FieldId::PrimaryIdentifier));
            check(verdict, name_place)
        }
        (_, Some(verdict)) if verdict.0 != Outcome::Passed => check(verdict, place(FieldId::BirthDate)),
        (None, None) => check((Outcome::NotPresent, Reason::NothingGiven), None),
        _ => check((Outcome::Passed, Reason::Confirmed), None),
    }
}

/// How far a day of issue, which is a local one, may lie beside times in UTC.
const LOCAL_DAYS: i32 = 1;

/// Compares the date of issue in the additional details of the document with the time in which the keys of its signers
/// were in use: their private key usage period, or else the validity of their certificates.
///
/// A date that lies outside fails: a stolen key is used after its time. One of which the known part does not decide
/// leaves the check open.
#[must_use]
pub fn dg12_signer(dg12: &Dg12<'_>, signers: &[&Certificate], subject: Subject) -> Check {
    let check =
        |(outcome, reason)| Check::new(CheckId::CrossDg12Signer, subject, outcome, reason).in_file(Part::Dg(12));
    let Some(issued) = dg12.issue_date else {
        return check((Outcome::NotPresent, Reason::NoIssueDate));
    };
    let Some(days) = issued.earliest().zip(issued.latest()) else {
        return check((Outcome::Undetermined, Reason::DateUnknown));
    };
    let verdicts = signers.iter().map(|signer| issue(days, signer));
    let worst = verdicts.min_by_key(|(outcome, _)| outcome.rank());
    check(worst.unwrap_or((Outcome::Undetermined, Reason::SignerCertificateMissing)))
}

/// Whether a day between two, both included, lies in the time in which the key of `signer` was in use.
fn issue((earliest, latest): (Date, Date), signer: &Certificate) -> (Outcome, Reason) {
    let period = signer.private_key_usage_period();
    let begin = period.and_then(|period| period.not_before).unwrap_or(signer.not_before()).date();
    let end = period.and_then(|period| period.not_after).unwrap_or(signer.not_after()).date();
    let before = |day: Date| day.days_until(begin) > LOCAL_DAYS;
    let after = |day: Date| end.days_until(day) > LOCAL_DAYS;
    if before(latest) || after(earliest) {
        (Outcome::Failed, Reason::IssuedOutsideKeyUse)
    } else if before(earliest) || after(latest) {
        (Outcome::Undetermined, Reason::DateUnknown)
    } else {
        (Outcome::Passed, Reason::Confirmed)
    }
}

/// Compares a whole date of birth with the six characters of the zone; `None` if the two have no part in common.
fn births(full: PartialDate, short: ShortDate) -> Option<(Outcome, Reason)> {
    let (year, month, day) = match short {
        ShortDate::Known { year, month, day } => (year, month, day),
        ShortDate::Unknown => return None,
        ShortDate::Unreadable => return Some((Outcome::Undetermined, Reason::Unreadable)),
        ShortDate::Impossible | ShortDate::Malformed => {
            return Some((Outcome::Undetermined, Reason::MalformedDate));
        }
    };
    let of_century = full.year().and_then(|year| u8::try_from(year % 100).ok());
    let pairs = [(of_century, year), (full.month(), month), (full.day(), day)];
    let mut common = pairs.iter().filter_map(|(one, other)| one.zip(*other)).peekable();
    common.peek()?;
    Some(if common.all(|(one, other)| one == other) {
        (Outcome::Passed, Reason::Confirmed)
    } else {
        (Outcome::Failed, Reason::SourcesDiffer)
    })
}

/// Compares the name of the zone with the native one: primary with primary and secondary with secondary where both
/// are told apart, else whole names.
fn names(zone: &Mrz, native: &str) -> (Outcome, Reason) {
    let name = zone.name();
    let [primary, secondary] =
        [name.primary().collect::<Vec<_>>().join("<"), name.secondary().collect::<Vec<_>>().join("<")];
    if primary.bytes().chain(secondary.bytes()).any(|c| c == UNREAD) {
        return (Outcome::Undetermined, Reason::Unreadable);
    }
    let may_be_cut = name.may_be_truncated();
    let native = native.trim_matches(['<', ' ']);
    match native.split_once("<<") {
        Some((first, second)) if !secondary.is_empty() => {
            let verdicts =
                [(&primary, first), (&secondary, second)].map(|(mrz, native)| spelled(mrz, native, may_be_cut));
            let worse = |verdict: &&(Outcome, Reason)| verdict.0 != Outcome::Passed;
            *verdicts.iter().find(worse).unwrap_or(&verdicts[0])
        }
        _ => {
            let whole = format!("{primary}<{secondary}");
            spelled(whole.trim_end_matches('<'), native, may_be_cut)
        }
    }
}

/// Whether `mrz` may be written for `native`, in which fillers stand for blanks.
fn spelled(mrz: &str, native: &str, may_be_cut: bool) -> (Outcome, Reason) {
    let native = zeroize::Zeroizing::new(native.replace('<', " "));
    match matches(mrz, &native) {
        Match::Legal => (Outcome::Passed, Reason::Confirmed),
        Match::LegalTruncated if may_be_cut => (Outcome::Passed, Reason::NameTruncated),
        Match::Unsupported { .. } => (Outcome::Undetermined, Reason::NoTransliterationRule),
        Match::LegalTruncated | Match::Illegal { .. } | Match::TooLong | Match::Nothing => {
            (Outcome::Undetermined, Reason::NameNotMatched)
        }
    }
}

#[cfg(test)]
mod tests;
