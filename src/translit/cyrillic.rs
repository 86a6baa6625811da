//! Cyrillic letters (Doc 9303-3 §6 B): 48 rows with their exceptions by language.
//!
//! Beside the rows: U+0403 and U+040B, the Macedonian and Serbian letters that the rows U+0492 and
//! U+04BA evidently mean, are taken like them; the soft sign U+042C has no row and is left out.
//!
//! The table is older than several national laws: Ukrainian passports, for one, follow other rules
//! since 2010. A spelling by such a law is not legal by this table.
//!
//! Letters of other languages (Kazakh, Tatar, Mongolian …) have no rule and are reported.

use super::Language::{self, Belarusian, Bulgarian, Macedonian, Serbian, Ukrainian};
use super::native::Renderings;

/// Where in a component an exception holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The first letter of a component.
    First,
    /// Any other.
    Inside,
}

/// "except (if) Ukrainian (first character)" and its like in the table.
struct Exception {
    /// The language it is made for.
    language: Language,
    /// Where in a component it holds; `None` at every place.
    place: Option<Place>,
    /// What is printed instead of the general rendering.
    renderings: Renderings,
}

/// An exception that holds at every place.
const fn always(language: Language, renderings: Renderings) -> Exception {
    Exception { language, place: None, renderings }
}

/// An exception for the first letter of a component.
const fn first(language: Language, renderings: Renderings) -> Exception {
    Exception { language, place: Some(Place::First), renderings }
}

/// One letter of the table.
struct Row {
    /// The composed capital letter.
    letter: char,
    /// What the MRZ prints in every language without an exception.
    general: Renderings,
    /// At most one of them holds for a language at a place.
    exceptions: &'static [Exception],
}

/// A letter that is printed alike in every language.
const fn general(letter: char, general: Renderings) -> Row {
    except(letter, general, &[])
}

/// A letter with exceptions.
const fn except(letter: char, general: Renderings, exceptions: &'static [Exception]) -> Row {
    Row { letter, general, exceptions }
}

/// The renderings of a capital letter in a language, `None` without a rule.
pub(super) fn renderings(letter: char, language: Language, place: Place) -> Option<Renderings> {
    let found = TABLE.binary_search_by_key(&letter, |row| row.letter);
    let row = TABLE.get(found.ok()?)?;
    let exception = row
        .exceptions
        .iter()
        .find(|exception| exception.language == language && exception.place.is_none_or(|asked| asked == place));
    Some(exception.map_or(row.general, |exception| exception.renderings))
}

/// Whether the choice of a language can matter for this text.
pub(super) fn occurs_in(text: &str) -> bool {
    text.chars().any(|c| ('\u{0400}'..='\u{04FF}').contains(&c))
}

/// Every letter with a rule, for the properties that hold of all of them.
#[cfg(test)]
pub(super) fn letters() -> impl Iterator<Item = char> {
    TABLE.iter().map(|row| row.letter)
}

/// Base, combining mark, letter.
pub(super) const COMPOSED: [(char, char, char); 6] = [
    ('\u{0415}', '\u{0308}', '\u{0401}'),
    ('\u{0413}', '\u{0301}', '\u{0403}'),
    ('\u{0406}', '\u{0308}', '\u{0407}'),
    ('\u{041A}', '\u{0301}', '\u{040C}'),
    ('\u{0423}', '\u{0306}', '\u{040E}'),
    ('\u{0418}', '\u{0306}', '\u{0419}'),
];

/// In the order of code points.
const TABLE: [Row; 51] = [
    except('\u{0401}', &["E"], &[always(Belarusian, &["IO"])]),
    general('\u{0402}', &["D"]),
    except('\u{0403}', &["G"], &[always(Macedonian, &["GJ"])]),
    except('\u{0404}', &["IE"], &[first(Ukrainian, &["YE"])]),
    general('\u{0405}', &["DZ"]),
    general('\u{0406}', &["I"]),
    except('\u{0407}', &["I"], &[first(Ukrainian, &["YI"])]),
    general('\u{0408}', &["J"]),
    general('\u{0409}', &["LJ"]),
    general('\u{040A}', &["NJ"]),
    general('\u{040B}', &["C"]),
    except('\u{040C}', &["K"], &[always(Macedonian, &["KJ"])]),
    general('\u{040E}', &["U"]),
    except('\u{040F}', &["DZ"], &[always(Macedonian, &["DJ"])]),
    general('\u{0410}', &["A"]),
    general('\u{0411}', &["B"]),
    general('\u{0412}', &["V"]),
    except('\u{0413}', &["G"], &[always(Belarusian, &["H"]), always(Serbian, &["H"]), always(Ukrainian, &["H"])]),
    general('\u{0414}', &["D"]),
    general('\u{0415}', &["E"]),
    except('\u{0416}', &["ZH"], &[always(Serbian, &["Z"])]),
    general('\u{0417}', &["Z"]),
    except('\u{0418}', &["I"], &[always(Ukrainian, &["Y"])]),
    except('\u{0419}', &["I"], &[first(Ukrainian, &["Y"])]),
    general('\u{041A}', &["K"]),
    general('\u{041B}', &["L"]),
    general('\u{041C}', &["M"]),
    general('\u{041D}', &["N"]),
    general('\u{041E}', &["O"]),
    general('\u{041F}', &["P"]),
    general('\u{0420}', &["R"]),
    general('\u{0421}', &["S"]),
    general('\u{0422}', &["T"]),
    general('\u{0423}', &["U"]),
    general('\u{0424}', &["F"]),
    except('\u{0425}', &["KH"], &[always(Macedonian, &["H"]), always(Serbian, &["H"])]),
    except('\u{0426}', &["TS"], &[always(Macedonian, &["C"]), always(Serbian, &["C"])]),
    except('\u{0427}', &["CH"], &[always(Serbian, &["C"])]),
    except('\u{0428}', &["SH"], &[always(Serbian, &["S"])]),
    except('\u{0429}', &["SHCH"], &[always(Bulgarian, &["SHT"])]),
    general('\u{042A}', &["IE"]),
    general('\u{042B}', &["Y"]),
    general('\u{042C}', &[""]),
    general('\u{042D}', &["E"]),
    except('\u{042E}', &["IU"], &[first(Ukrainian, &["YU"])]),
    except('\u{042F}', &["IA"], &[first(Ukrainian, &["YA"])]),
    general('\u{046A}', &["U"]),
    general('\u{0474}', &["Y"]),
    general('\u{0490}', &["G"]),
    except('\u{0492}', &["G"], &[always(Macedonian, &["GJ"])]),
    general('\u{04BA}', &["C"]),
];
