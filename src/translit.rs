//! Transliteration to the MRZ: from a native name to its MRZ spelling, and back as a question: is this
//! MRZ spelling a legal rendering of that name?
//!
//! Doc 9303-3 §6 A (Latin), B (Cyrillic), C (Arabic), with §4.6 for punctuation and appendix B for the
//! remarks on Arabic. [`transliterate`] goes forwards, [`matches()`] and [`Matcher`] compare.
//!
//! # Not done
//! - Scripts without a table in the standard (Greek, Hebrew, Han, Thai …) and letters that the tables
//!   lack (Vietnamese, Kazakh …): they are reported, never dropped and never guessed.
//! - Titles, the choice of primary and secondary identifier and the length of the field are the
//!   caller's; a comma is a component boundary like any other here.
//! - National romanisations. Most documents with Arabic names spell them by a national custom and not
//!   by the scheme of §6 C, and many Cyrillic ones by a national law newer than §6 B. Such a
//!   spelling is [`Match::Illegal`] here, which is no evidence of forgery: a caller makes a check
//!   `Undetermined` of it unless the issuer is known to follow the tables.
//!
//! # Hostile input
//! Names and fields beyond a length are answered [`Obstacle::TooLong`] or [`Match::TooLong`] unread.
//! Comparing takes time proportional to the product of the two lengths, whatever the alternatives.

mod arabic;
mod cyrillic;
mod latin;
mod matcher;
mod native;

pub use matcher::{Boundaries, Match, Matcher, matches};

use core::fmt;
use native::{Letter, Script, Spelling, Unit, Units};
use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

/// The longest native name that is read, in bytes of UTF-8.
pub const NATIVE_LIMIT: usize = 1024;

/// No letter is spelled with more than this many letters: `SHCH`, `XDZ` with its doubling.
const LONGEST_SPELLING: usize = 6;

/// The language of a name in Cyrillic script, where the table makes exceptions (Doc 9303-3 §6 B).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Language {
    /// Any language without exceptions, Russian among them.
    #[default]
    General,
    /// Belarusian: `Ё` is `IO`, `Г` is `H`.
    Belarusian,
    /// Bulgarian: `Щ` is `SHT`.
    Bulgarian,
    /// Macedonian: `Ќ` is `KJ`, `Џ` is `DJ`, `Х` is `H`, `Ц` is `C`, `Ѓ` is `GJ`.
    Macedonian,
    /// Serbian: `Г` and `Х` are `H`, `Ж` is `Z`, `Ц` and `Ч` are `C`, `Ш` is `S`.
    Serbian,
    /// Ukrainian: `Г` is `H`, `И` is `Y`, and six letters differ at the beginning of a component.
    Ukrainian,
}

impl Language {
    /// Every language that the table tells apart.
    pub const ALL: [Self; 6] =
        [Self::General, Self::Belarusian, Self::Bulgarian, Self::Macedonian, Self::Serbian, Self::Ukrainian];
}

/// Which rendering to write for `Ä`, `Å`, `Ñ`, `Ö`, `Ü`, where the standard leaves a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LatinChoice {
    /// The one the standard names first: `AE`, `AA`, `N`, `OE`, `UE`.
    #[default]
    FirstNamed,
    /// The letter without its mark: `A`, `A`, `N`, `O`, `U`.
    Plain,
    /// The reversible one where there is one: `NXX`, `UXX`; else the first named.
    Escaped,
}

/// How to write a name.
///
/// ```
/// use landfall::translit::{Language, LatinChoice, Rules, transliterate};
/// let ukrainian = Rules { language: Language::Ukrainian, ..Rules::default() };
/// assert_eq!(transliterate("Гнат Ющук", ukrainian)?.as_str(), "HNAT<YUSHCHUK");
/// let reversible = Rules { latin: LatinChoice::Escaped, ..Rules::default() };
/// assert_eq!(transliterate("Cañón", reversible)?.as_str(), "CANXXON");
/// # Ok::<(), landfall::translit::Obstacle>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    /// For Cyrillic names.
    pub language: Language,
    /// For Latin names.
    pub latin: LatinChoice,
}

/// Why a name was not transliterated. Holds offsets, no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Obstacle {
    /// Characters without a rule.
    NoRule {
        /// Byte offset of the first one in the native name.
        at: usize,
        /// How many there are.
        count: usize,
    },
    /// The name is longer than [`NATIVE_LIMIT`].
    TooLong,
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRule { at, count } => {
                write!(f, "{count} characters without a transliteration rule, the first at byte {at}")
            }
            Self::TooLong => write!(f, "the name is longer than {NATIVE_LIMIT} bytes"),
        }
    }
}

impl std::error::Error for Obstacle {}

/// A name in MRZ characters, `A` to `Z` with one `<` between components. `Debug` hides it, and it is
/// zeroed when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Rendering(String);

impl Rendering {
    /// The components, parted by `<`; neither padded nor cut to a field.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The components one by one, for a caller that lays them out in a field.
    pub fn components(&self) -> impl Iterator<Item = &str> {
        self.0.split('<').filter(|component| !component.is_empty())
    }
}

impl fmt::Debug for Rendering {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Rendering(..)")
    }
}

impl Drop for Rendering {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// Writes a native name in MRZ characters (Doc 9303-3 §4.6, §6).
///
/// Apostrophes and other punctuation vanish; hyphens, commas, spaces and fillers part components.
/// An MRZ name field is the primary identifier, `<<`, the secondary identifier: transliterate each.
///
/// ```
/// # use landfall::translit::{Obstacle, Rules, transliterate};
/// // One at byte 5, and no name: the digit has no place in a name field.
/// let refused = transliterate("Anna 2", Rules::default());
/// assert_eq!(refused, Err(Obstacle::NoRule { at: 5, count: 1 }));
/// ```
///
/// # Errors
/// [`Obstacle::NoRule`] if any character has no rule: half a name is worse than none.
///
/// ```
/// use landfall::translit::{Rules, transliterate};
/// let name = transliterate("Müller-Sørensen", Rules::default())?;
/// assert_eq!(name.as_str(), "MUELLER<SOERENSEN");
/// # Ok::<(), landfall::translit::Obstacle>(())
/// ```
pub fn transliterate(native: &str, rules: Rules) -> Result<Rendering, Obstacle> {
    render(native, rules.language, |letter| letter.spelled(rules.choose(letter)))
}

/// [`transliterate`], with the spelling of each letter left to `choose`.
fn render(native: &str, language: Language, mut choose: impl FnMut(Letter) -> Spelling) -> Result<Rendering, Obstacle> {
    if native.len() > NATIVE_LIMIT {
        return Err(Obstacle::TooLong);
    }
    // Enough for any spelling, so that no outgrown buffer is left behind unzeroed.
    let mut rendering = Rendering(String::with_capacity(native.len() * LONGEST_SPELLING));
    let mut without_rule: Option<(usize, usize)> = None;
    let mut boundary = false;
    for unit in Units::new(native, language) {
        match unit {
            Unit::Boundary => boundary = true,
            Unit::NoRule(at) => {
                let (first, count) = without_rule.unwrap_or((at, 0));
                without_rule = Some((first, count + 1));
            }
            Unit::Letter(letter) if letter.is_unwritten() => {}
            Unit::Letter(letter) => {
                if boundary && !rendering.0.is_empty() {
                    rendering.0.push('<');
                }
                boundary = false;
                let (first, second) = choose(letter);
                rendering.0.push_str(first);
                rendering.0.push_str(second);
            }
        }
    }
    match without_rule {
        None => Ok(rendering),
        Some((at, count)) => Err(Obstacle::NoRule { at, count }),
    }
}

impl Rules {
    /// The rendering of a letter under these rules.
    fn choose(self, letter: Letter) -> &'static str {
        let mut all = letter.renderings.iter().copied();
        let first_named = letter.renderings.first().copied().unwrap_or_default();
        if letter.script != Script::Latin {
            return first_named;
        }
        match self.latin {
            LatinChoice::FirstNamed => first_named,
            LatinChoice::Plain => all.min_by_key(|text| text.len()).unwrap_or(first_named),
            LatinChoice::Escaped => all.find(|text| text.ends_with("XX")).unwrap_or(first_named),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::fmt::Write as _;

    const LATIN: &str = include_str!("../fixtures/translit/latin.txt");
    const CYRILLIC: &str = include_str!("../fixtures/translit/cyrillic.txt");
    const ARABIC: &str = include_str!("../fixtures/translit/arabic.txt");
    const NAMES: &str = include_str!("../fixtures/translit/names.txt");

    /// The lines of a fixture without comments and empty lines.
    fn lines(text: &str) -> impl Iterator<Item = &str> {
        text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
    }

    fn letter(hex: &str) -> char {
        let number = u32::from_str_radix(hex, 16).expect("a code point");
        char::from_u32(number).expect("a character")
    }

    /// The alternatives of a fixture, `-` being nothing.
    fn alternatives(column: &str) -> Vec<&str> {
        column.split('|').map(|text| if text == "-" { "" } else { text }).collect()
    }

    fn language(short: &str) -> Language {
        match short {
            "gen" => Language::General,
            "bel" => Language::Belarusian,
            "bul" => Language::Bulgarian,
            "mkd" => Language::Macedonian,
            "srp" => Language::Serbian,
            "ukr" => Language::Ukrainian,
            other => panic!("no such language: {other}"),
        }
    }

    fn written(native: &str, language: Language) -> String {
        let rules = Rules { language, ..Rules::default() };
        transliterate(native, rules).expect("a rule for every character").as_str().to_owned()
    }

    /// Resolves `\u{..}`.
    fn unescaped(text: &str) -> String {
        let mut parts = text.split("\\u{");
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (hex, rest) = part.split_once('}').expect("a closing brace");
            write!(out, "{}{rest}", letter(hex)).expect("writing to a string");
        }
        out
    }

    /// The text with each letter in turn replaced by one that no rule of these names gives.
    fn tampered(mrz: &str) -> impl Iterator<Item = String> {
        mrz.char_indices().filter(|(_, c)| c.is_ascii_alphabetic()).map(|(at, c)| {
            let wrong = if c == 'Q' { "V" } else { "Q" };
            let mut text = mrz.to_owned();
            text.replace_range(at..=at, wrong);
            text
        })
    }

    #[test]
    fn every_latin_row_writes_its_first_rendering_and_allows_exactly_its_renderings() {
        let every = ["A", "AA", "AE", "N", "NXX", "NX", "O", "OE", "U", "UE", "UXX", "S", "SS", "I", "J", "IJ"];
        let mut count = 0;
        for line in lines(LATIN) {
            let (renderings, points) = line.split_once(" : ").expect("two columns");
            let legal = alternatives(renderings);
            for capital in points.split_whitespace().map(letter) {
                let small: String = capital.to_lowercase().collect();
                for native in [capital.to_string(), small] {
                    assert_eq!(written(&native, Language::General), legal[0]);
                    for text in legal.iter().chain(&every) {
                        let field = format!("{text}<");
                        let expected = legal.contains(text);
                        assert_eq!(matches(&field, &native) == Match::Legal, expected, "{native} {text}");
                    }
                }
                count += 1;
            }
        }
        assert_eq!(count, 95 + 3);
        assert_eq!(latin::letters().count(), count + 26);
    }

    #[test]
    fn every_cyrillic_row_follows_its_language_and_its_place_in_the_component() {
        let mut count = 0;
        for line in lines(CYRILLIC) {
            let mut columns = line.split(' ');
            let capital = letter(columns.next().expect("a code point"));
            let general = alternatives(columns.next().expect("a rendering"))[0];
            let exceptions: Vec<(&str, &str)> = columns.filter_map(|column| column.split_once('=')).collect();
            for short in ["gen", "bel", "bul", "mkd", "srp", "ukr"] {
                let find = |key: String| exceptions.iter().find(|(name, _)| *name == key);
                let always = find(short.to_owned());
                let inside = always.map_or(general, |(_, text)| *text);
                let first = find(format!("{short}^")).map_or(inside, |(_, text)| *text);
                let native = format!("{capital}а{} {capital}", capital.to_lowercase());
                let expected = format!("{first}A{inside} {first}").trim_end().replace(' ', "<");
                let expected = expected.trim_end_matches('<');
                let got = written(&native, language(short));
                assert_eq!(got.trim_end_matches('<'), expected, "{capital} {short}");
            }
            count += 1;
        }
        assert_eq!(count, 48 + 3);
        assert_eq!(cyrillic::letters().count(), count);
    }

    #[test]
    fn every_arabic_row_is_written_doubled_and_compared_as_the_table_says() {
        let mut count = 0;
        for line in lines(ARABIC) {
            let columns: Vec<&str> = line.split(' ').collect();
            let character = letter(columns[0]);
            if columns[1] == "double" {
                assert_eq!(character, arabic::SHADDA);
                continue;
            }
            let legal = alternatives(columns[1]);
            let end = columns.get(2).and_then(|column| column.strip_prefix("end=")).unwrap_or(legal[0]);
            assert_eq!(written(&format!("ب{character}ب"), Language::General), format!("B{}B", legal[0]));
            assert_eq!(written(&format!("ب{character}"), Language::General), format!("B{end}"));
            let behind_escape = legal[0].trim_start_matches('X');
            if !legal[0].is_empty() {
                let doubled = written(&format!("{character}\u{0651}ب"), Language::General);
                assert_eq!(doubled, format!("{}{behind_escape}B", legal[0]));
            }
            for text in legal {
                let field = format!("B{text}B<");
                assert_eq!(matches(&field, &format!("ب{character}ب")), Match::Legal, "{text}");
                for wrong in tampered(&field) {
                    assert!(matches!(matches(&wrong, &format!("ب{character}ب")), Match::Illegal { .. }));
                }
            }
            count += 1;
        }
        assert_eq!(count, 80 - 1 + 2);
    }

    #[test]
    fn every_name_of_the_vectors_has_its_verdict_and_no_tampered_legal_one_passes() {
        let (mut count, mut failures) = (0, Vec::new());
        for line in lines(NAMES) {
            let columns: Vec<String> = line.split(" | ").map(unescaped).collect();
            let [verdict, short, native, mrz] = &columns[..] else {
                panic!("four columns: {line}");
            };
            let language = (short != "-").then(|| language(short));
            let matcher = Matcher { language, ..Matcher::default() };
            let offset = |text: &str| text.parse().expect("an offset");
            let expected = match verdict.split_once('@') {
                Some(("illegal", at)) => Match::Illegal { at: offset(at) },
                Some(("unsupported", at)) => Match::Unsupported { at: offset(at) },
                None if verdict == "legal" => Match::Legal,
                None if verdict == "truncated" => Match::LegalTruncated,
                None if verdict == "nothing" => Match::Nothing,
                _ => panic!("no such verdict: {verdict}"),
            };
            let got = matcher.compare(mrz, native);
            if got != expected {
                failures.push(format!("{line}: {got:?}"));
            }
            if matches!(expected, Match::Legal | Match::LegalTruncated) {
                for wrong in tampered(mrz) {
                    let got = matcher.compare(&wrong, native);
                    assert!(matches!(got, Match::Illegal { .. }), "{wrong} {line}");
                }
            }
            count += 1;
        }
        assert!(failures.is_empty(), "{failures:#?}");
        assert_eq!(count, 118);
    }

    #[test]
    fn the_choice_of_latin_rendering_is_the_callers() {
        let write = |latin| {
            let rules = Rules { latin, ..Rules::default() };
            transliterate("Ägnå Öñü", rules).map(|name| name.as_str().to_owned())
        };
        assert_eq!(write(LatinChoice::FirstNamed).as_deref(), Ok("AEGNAA<OENUE"));
        assert_eq!(write(LatinChoice::Plain).as_deref(), Ok("AGNA<ONU"));
        assert_eq!(write(LatinChoice::Escaped).as_deref(), Ok("AEGNAA<OENXXUXX"));
    }

    #[test]
    fn a_latin_choice_leaves_the_arabic_scheme_alone() {
        let rules = Rules { latin: LatinChoice::Plain, ..Rules::default() };
        assert_eq!(transliterate("یحیی", rules).expect("a rule").as_str(), "XYAXHXYAXYA");
    }

    #[test]
    fn components_are_parted_once_however_they_are_written() {
        let name = transliterate(" - Anna--Maria ,\u{00A0}<<O’ Neil. ", Rules::default());
        let name = name.expect("rules for all");
        assert_eq!(name.as_str(), "ANNA<MARIA<O<NEIL");
        let components: Vec<&str> = name.components().collect();
        assert_eq!(components, ["ANNA", "MARIA", "O", "NEIL"]);
    }

    #[test]
    fn characters_without_a_rule_are_counted_and_the_name_is_not_written() {
        let got = transliterate("Ánna 2 Ω", Rules::default());
        assert_eq!(got, Err(Obstacle::NoRule { at: 6, count: 2 }));
        assert_eq!(transliterate(&"A".repeat(NATIVE_LIMIT), Rules::default()).map(|_| ()), Ok(()));
        assert_eq!(transliterate(&"A".repeat(NATIVE_LIMIT + 1), Rules::default()), Err(Obstacle::TooLong));
    }

    #[test]
    fn no_text_form_of_a_result_shows_the_name() {
        let name = transliterate("Anna", Rules::default());
        let error = transliterate("Anna\u{4E00}", Rules::default()).expect_err("no rule");
        let shown = format!("{name:?} {error} {error:?} {:?}", matches("ANNE", "Anna"));
        assert!(!shown.to_uppercase().contains("ANN"), "{shown}");
    }
}
