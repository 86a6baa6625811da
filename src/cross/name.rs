//! A name as another source writes it, against the name of a machine-readable zone.
//!
//! Boarding passes cut names at twenty characters, attach titles, leave blanks out and turn the order round; licences
//! write hyphens and apostrophes, and cut as well. Letters are compared without anything between them, and in the shorter
//! of the spellings that the standard leaves for one sound (`AE` and `A`); before that the matcher of transliteration is
//! asked, which knows every legal spelling.

use crate::check::{Outcome, Reason};
use crate::mrz::{Mrz, UNREAD};
use crate::translit::{Match, matches};
use core::marker::PhantomData;
use zeroize::Zeroizing;

/// Titles that airlines write behind the given names, the longer ones first.
const TITLES: [&str; 11] = ["MISS", "MSTR", "PROF", "MRS", "CHD", "INF", "REV", "MR", "MS", "DR", "FR"];
/// What stands for a given name where there is none.
const NO_NAME: [&str; 3] = ["FNU", "LNU", "XXX"];

/// A family name and given names.
pub(super) struct Names<'n> {
    family: Zeroizing<String>,
    given: Zeroizing<String>,
    may_be_cut: bool,
    source: PhantomData<&'n ()>,
}

impl Names<'_> {
    /// Names as a source writes them.
    pub(super) fn new(family: &str, given: &[String], may_be_cut: bool) -> Self {
        let given = Zeroizing::new(given.join(" "));
        Self {
            family: Zeroizing::new(family.trim().to_uppercase()),
            given: Zeroizing::new(given.trim().to_uppercase()),
            may_be_cut,
            source: PhantomData,
        }
    }
}

/// How two names fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// Nothing in common.
    None,
    /// Something, but not what it should be.
    Part,
    /// The same, one of them cut.
    Cut,
    /// The same.
    Whole,
}

/// Compares names with those of a zone, in the usual order and the other way round.
pub(super) fn compare(names: &Names<'_>, zone: &Mrz) -> (Outcome, Reason) {
    let name = zone.name();
    let primary: Vec<&str> = name.primary().collect();
    let secondary: Vec<&str> = name.secondary().collect();
    if primary.iter().chain(&secondary).any(|part| part.bytes().any(|byte| byte == UNREAD)) {
        return (Outcome::Undetermined, Reason::Unreadable);
    }
    if names.family.is_empty() || primary.is_empty() {
        return (Outcome::Undetermined, Reason::NameMissing);
    }
    let may_be_cut = names.may_be_cut || name.may_be_truncated();
    let usual = both(&names.family, &names.given, &primary, &secondary, may_be_cut);
    let turned = match names.given.is_empty() {
        true => (Fit::None, Fit::None),
        false => both(&names.given, &names.family, &primary, &secondary, may_be_cut),
    };
    let worth = |(one, other): (Fit, Fit)| one.min(other);
    let (family, given) = if worth(turned) > worth(usual) { turned } else { usual };
    match (family, given) {
        (Fit::Whole, Fit::Whole) => (Outcome::Passed, Reason::Confirmed),
        (Fit::Whole | Fit::Cut, Fit::Whole | Fit::Cut) => (Outcome::Passed, Reason::NameTruncated),
        (Fit::None, _) | (_, Fit::None) => (Outcome::Failed, Reason::SourcesDiffer),
        _ => (Outcome::Undetermined, Reason::NameNotMatched),
    }
}

/// How the family name fits the primary identifier, and the given names the secondary one.
fn both(family: &str, given: &str, primary: &[&str], secondary: &[&str], cut: bool) -> (Fit, Fit) {
    let of_family = fit(family, primary, cut, false);
    let bare = NO_NAME.contains(&given) || given.is_empty();
    let of_given = match (secondary.is_empty(), bare) {
        (true, true) => Fit::Whole,
        // A single name is written twice, or with a title alone, where a form asks for two.
        (true, false) if TITLES.contains(&given) || letters(given) == letters(family) => Fit::Whole,
        (true, false) => Fit::Part,
        // A long family name leaves no room for the given ones.
        (false, true) if cut => Fit::Cut,
        (false, true) => Fit::Part,
        (false, false) => titled(given).map(|given| fit(&given, secondary, cut, true)).max().unwrap_or(Fit::None),
    };
    (of_family, of_given)
}

/// The given names as they stand, and without a title at their end.
fn titled(given: &str) -> impl Iterator<Item = Zeroizing<String>> {
    let whole = Zeroizing::new(given.to_owned());
    let without = TITLES.iter().filter_map(|title| {
        let rest = given.strip_suffix(title)?.trim_end();
        (!rest.is_empty()).then(|| Zeroizing::new(rest.to_owned()))
    });
    core::iter::once(whole).chain(without.collect::<Vec<_>>())
}

/// How a name fits the parts of an identifier: all of them, the first ones, one of them, or the beginning of all.
fn fit(name: &str, parts: &[&str], may_be_cut: bool, initials: bool) -> Fit {
    let joined = parts.join("<");
    match matches(&joined, name) {
        Match::Legal => return Fit::Whole,
        Match::LegalTruncated if may_be_cut => return Fit::Cut,
        _ => {}
    }
    let own = letters(name);
    if own.is_empty() {
        return Fit::None;
    }
    let whole = letters(&joined);
    let folded = [fold(&own), fold(&whole)];
    if *own == *whole || *folded[0] == *folded[1] {
        return Fit::Whole;
    }
    let begins = |one: &str, other: &str| !one.is_empty() && other.starts_with(one);
    if may_be_cut && (begins(&own, &whole) || begins(&whole, &own) || begins(&folded[0], &folded[1])) {
        return Fit::Cut;
    }
    // Several given names of which the source writes some: each word of one is a word of the other.
    let words: Vec<_> = name.split([' ', '-']).map(letters).filter(|word| !word.is_empty()).collect();
    let known = |word: &str| parts.iter().any(|part| *fold(&letters(part)) == *fold(word));
    if words.iter().all(|word| known(word)) || begins_with_parts(&own, parts) {
        return Fit::Cut;
    }
    // One initial in common is something between given names, and nothing between families.
    let initial = |word: &str| initials && parts.iter().any(|part| part.chars().next() == word.chars().next());
    let alike = |word: &str| known(word) || initial(word);
    if words.iter().any(|word| alike(word)) { Fit::Part } else { Fit::None }
}

/// Whether a name without blanks is the first parts written together: `ANNAMARIA`.
fn begins_with_parts(own: &str, parts: &[&str]) -> bool {
    let mut sum = Zeroizing::new(String::new());
    parts.iter().any(|part| {
        sum.push_str(&letters(part));
        *sum == *own
    })
}

/// Capital letters alone.
fn letters(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_uppercase()).collect())
}

/// The shorter of the spellings of one sound: `AE`, `OE`, `UE`, `SS` and the doubled marks of the standard.
fn fold(text: &str) -> Zeroizing<String> {
    let pairs = [("AE", "A"), ("OE", "O"), ("UE", "U"), ("AA", "A"), ("SS", "S"), ("UXX", "U"), ("NXX", "N")];
    let mut folded = Zeroizing::new(text.to_owned());
    for (long, short) in pairs {
        folded = Zeroizing::new(folded.replace(long, short));
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passport(name: &str) -> Mrz {
        let first = format!("P<UTO{name:<<39}");
        crate::mrz::parse(format!("{first}\nL898902C36UTO7408122F1204159ZE184226B<<<<<10")).unwrap()
    }

    #[test]
    fn names_of_passes_and_licences_are_compared_as_they_are_written() {
        use Outcome::{Failed, Passed, Undetermined};
        let rows = [
            // zone, family, given, whether it fills its field, what comes of it
            ("ERIKSSON<<ANNA<MARIA", "ERIKSSON", "ANNA MARIA", false, Passed),
            ("ERIKSSON<<ANNA<MARIA", "ERIKSSON", "ANNAMARIAMRS", false, Passed),
            ("ERIKSSON<<ANNA<MARIA", "ERIKSSON", "ANNA MRS", false, Passed),
            ("ERIKSSON<<ANNA<MARIA", "ERIKSSON", "MARIA", false, Passed),
            ("ERIKSSON<<ANNA<MARIA", "ERIKSSON", "ANNA MAR", true, Passed),
            ("ERIKSSON<<ANNA<MARIA", "ANNA MARIA", "ERIKSSON", false, Passed),
            ("ERIKSSON<<ANNA<MARIA", "ERIKSSON", "A", true, Passed),
            ("ERIKSSON<<ANNA<MARIA", "ERIKSSON", "ALMA", false, Undetermined),
            ("ERIKSSON<<ANNA<MARIA", "ERIKSSON", "LENA", false, Failed),
            ("ERIKSSON<<ANNA<MARIA", "ENGSTROM", "ANNA MARIA", false, Failed),
            ("MUELLER<<JUERGEN", "MULLER", "JURGEN MR", false, Passed),
            ("VAN<DER<MUELLEN<<ADRIANUS", "VANDERMUELLEN", "ADRIANUS", false, Passed),
            ("GARCIA<LOPEZ<<JOSE", "GARCIA", "JOSE", false, Passed),
            ("OCONNOR<<ENYA", "O'Connor", "Enya", false, Passed),
            ("ARKFREITH", "ARKFREITH", "MR", false, Passed),
            ("ARKFREITH", "ARKFREITH", "FNU", false, Passed),
            ("MARS<<OTTO", "MARS", "OTTOMR", false, Passed),
            ("HYTHLODAY<AANGSTROEM<<ZOE", "HYTHLODAYAANGSTROEM", "", true, Passed),
            ("HYTHLODAY<AANGSTROEM<<ZOE", "HYTHLODAYAANGSTROEM", "", false, Undetermined),
        ];
        for (zone, family, given, cut, outcome) in rows {
            let found = compare(&Names::new(family, &[given.to_owned()], cut), &passport(zone));
            assert_eq!(found.0, outcome, "{family}/{given} against {zone}: {}", found.1);
        }
    }
}
