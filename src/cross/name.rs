//! A name as another source writes it, against the name of a machine-readable zone.
//!
//! Boarding passes cut names at twenty characters, attach titles, leave blanks out and turn the order round; licences
//! write hyphens and apostrophes, and cut as well. Letters are compared without anything between them, and in the shorter
//! of the spellings that the standard leaves for one sound (`AE` and `A`); before that the matcher of transliteration is
//! asked, which knows every legal spelling.

use crate::check::{Outcome, Reason};
use crate::mrz::{Mrz, Name, UNREAD};
use crate::translit::{Match, matches};
use zeroize::Zeroizing;

/// Titles that airlines write behind the given names, the longer ones first.
const TITLES: [&str; 11] = ["MISS", "MSTR", "PROF", "MRS", "CHD", "INF", "REV", "MR", "MS", "DR", "FR"];
/// So many letters of a longer name are something in common, although nothing explains why the rest is missing.
const STEM: usize = 4;
/// What stands for a given name where there is none.
const NO_NAME: [&str; 3] = ["FNU", "LNU", "XXX"];

/// Which names may lack their end. A field is cut where it ends, so that of two names in one field it is the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cut {
    pub(super) family: bool,
    pub(super) given: bool,
}

impl Cut {
    /// Nothing lacks.
    #[cfg(test)]
    pub(super) const NONE: Self = Self { family: false, given: false };

    /// Of names in one field that is full or not: the given names are cut if there are any.
    pub(super) fn in_one_field(is_full: bool, given: &[String]) -> Self {
        let has_given = given.iter().any(|name| !name.trim().is_empty());
        Self { family: is_full && !has_given, given: is_full }
    }

    /// Of the names of a zone.
    pub(super) const fn of_zone(name: &Name<'_>) -> Self {
        Self { family: name.primary_may_be_truncated(), given: name.secondary_may_be_truncated() }
    }

    const fn turned(self) -> Self {
        Self { family: self.given, given: self.family }
    }
}

/// A family name and given names.
pub(super) struct Names {
    family: Zeroizing<String>,
    given: Zeroizing<String>,
    cut: Cut,
}

impl Names {
    /// Names as a source writes them.
    pub(super) fn new(family: &str, given: &[String], cut: Cut) -> Self {
        let given = Zeroizing::new(given.join(" "));
        Self {
            family: Zeroizing::new(family.trim().to_uppercase()),
            given: Zeroizing::new(given.trim().to_uppercase()),
            cut,
        }
    }
}

/// The identifiers of a zone.
struct Printed<'z> {
    primary: Vec<&'z str>,
    secondary: Vec<&'z str>,
    cut: Cut,
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
pub(super) fn compare(names: &Names, zone: &Mrz) -> (Outcome, Reason) {
    let name = zone.name();
    let printed =
        Printed { primary: name.primary().collect(), secondary: name.secondary().collect(), cut: Cut::of_zone(&name) };
    if printed.primary.iter().chain(&printed.secondary).any(|part| part.bytes().any(|byte| byte == UNREAD)) {
        return (Outcome::Undetermined, Reason::Unreadable);
    }
    if names.family.is_empty() || printed.primary.is_empty() {
        return (Outcome::Undetermined, Reason::NameMissing);
    }
    let usual = both(&names.family, &names.given, names.cut, &printed);
    let turned = match names.given.is_empty() {
        true => (Fit::None, Fit::None),
        false => both(&names.given, &names.family, names.cut.turned(), &printed),
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
fn both(family: &str, given: &str, cut: Cut, printed: &Printed<'_>) -> (Fit, Fit) {
    let of_family = fit(family, &printed.primary, cut.family, printed.cut.family, false);
    let bare = NO_NAME.contains(&given) || given.is_empty();
    let of_given = match (printed.secondary.is_empty(), bare) {
        (true, true) => Fit::Whole,
        // A single name is written twice, or with a title alone, where a form asks for two.
        (true, false) if TITLES.contains(&given) || letters(given) == letters(family) => Fit::Whole,
        // A long family name leaves no room for the given ones.
        (true, false) if printed.cut.family => Fit::Cut,
        (true, false) => Fit::Part,
        (false, true) if cut.given => Fit::Cut,
        (false, true) => Fit::Part,
        (false, false) => {
            let fits = titled(given).map(|given| fit(&given, &printed.secondary, cut.given, printed.cut.given, true));
            fits.max().unwrap_or(Fit::None)
        }
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

/// How a name fits the parts of an identifier: all of them, the first ones, one of them, or the beginning of all. `is_cut` says
/// that the name may lack its end, `are_cut` that the parts may.
fn fit(name: &str, parts: &[&str], is_cut: bool, are_cut: bool, initials: bool) -> Fit {
    let joined = parts.join("<");
    match matches(&joined, name) {
        Match::Legal => return Fit::Whole,
        Match::LegalTruncated if are_cut => return Fit::Cut,
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
    let is_beginning = begins(&own, &whole) || begins(&folded[0], &folded[1]);
    let has_beginning = begins(&whole, &own) || begins(&folded[1], &folded[0]);
    if is_cut && is_beginning || are_cut && has_beginning {
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
    let stem = is_beginning && own.len() >= STEM || has_beginning && whole.len() >= STEM;
    if stem || words.iter().any(|word| alike(word)) { Fit::Part } else { Fit::None }
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
            // zone, family, given, whether they fill the one field that they stand in, what comes of it
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
            // The end of a full field may lack, and nothing before it.
            ("HYTHLODAY<<ZOE<MAARIKA<LOUISE", "H", "ZOEMAARIKALOUISEMR", true, Failed),
            ("HYTHLODAY<<ZOE<MAARIKA<LOUISE", "HYTH", "ZOE MAARIKA MRS", true, Undetermined),
            ("HYTHLODAY<<ZOE<MAARIKA<LOUISE", "HYTHLODAY", "ZOE MAAR", true, Passed),
            ("HYTHLODAY<<ZOE<MAARIKA<LOUISE", "HYTHLODAY", "ZOE MAAR", false, Undetermined),
            // Of a zone that is full, too.
            (
                "HYTHLODAY<<ZOE<MAARIKA<LOUISE<CHRYSANTHEM",
                "Hythloday",
                "Zoe Maarika Louise Chrysanthema",
                false,
                Passed,
            ),
            (
                "HYTH<<ZOE<MAARIKA<LOUISE<CHRYSANTHEMAUMS",
                "Hythloday",
                "Zoe Maarika Louise Chrysanthemaumsel",
                false,
                Undetermined,
            ),
            (
                "H<<ZOE<MAARIKA<LOUISE<CHRYSANTHEMAUMSELE",
                "Hythloday",
                "Zoe Maarika Louise Chrysanthemaumsel",
                false,
                Failed,
            ),
            (
                "HYTHLODAYAANGSTROEMVONUNDZUTAPROBANEINSE",
                "Hythlodayaangstroemvonundzutaprobaneinsel",
                "Zoe",
                false,
                Passed,
            ),
        ];
        for (zone, family, given, cut, outcome) in rows {
            let given = [given.to_owned()];
            let cut = if cut { Cut::in_one_field(true, &given) } else { Cut::NONE };
            let found =
                compare(&Names::new(family, &given, cut), &passport(&zone.chars().take(39).collect::<String>()));
            assert_eq!(found.0, outcome, "{family}/{given:?} against {zone}: {}", found.1);
        }
    }
}
