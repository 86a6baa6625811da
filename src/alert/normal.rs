//! From a name as anybody writes it to the tokens that are compared: capitals `A` to `Z`, and digits where a reader
//! left one.
//!
//! Latin, Cyrillic and Arabic letters follow Doc 9303-3 §6 by way of [`crate::translit`], hyphens and spaces part
//! tokens, apostrophes vanish. Hangul is spelled syllable by syllable, Greek and Hebrew letter by letter; the
//! letters of other scripts stay as they are, and then match themselves alone.
//!
//! # Hostile input
//! No more than [`TOKENS`] tokens of at most [`LETTERS`] letters are kept of a name.

use crate::translit::{Rules, transliterate};

/// The most tokens of a name that are compared.
pub(super) const TOKENS: usize = 16;
/// The most letters of a token that are compared.
pub(super) const LETTERS: usize = 40;

/// Words before a name that are no part of it, in order.
const TITLES: &[&str] = &[
    "AYATOLLAH",
    "BRIG",
    "CAPTAIN",
    "COL",
    "COLONEL",
    "COMMANDANT",
    "COMMANDER",
    "DR",
    "ENG",
    "GEN",
    "GENERAL",
    "HAJI",
    "HAJJ",
    "HAJJI",
    "IMAM",
    "LT",
    "MAJOR",
    "MAULAVI",
    "MAULAWI",
    "MAWLAWI",
    "MONSIEUR",
    "MR",
    "MRS",
    "MS",
    "MULLAH",
    "PRESIDENT",
    "PROF",
    "QARI",
    "SGT",
    "SHAYKH",
    "SHEIKH",
    "SIR",
];

/// Words inside a name that say little, in order: articles, "son of", "father of", "of".
const PARTICLES: &[&str] = &[
    "ABD", "ABDEL", "ABDUL", "ABI", "ABOU", "ABU", "AD", "AL", "AN", "AR", "AS", "BEN", "BIN", "BINT", "BINTI", "DA",
    "DAS", "DE", "DEL", "DELA", "DEN", "DER", "DES", "DI", "DO", "DOS", "DU", "E", "ED", "EL", "ES", "I", "IBN", "II",
    "III", "IL", "IV", "JR", "LA", "LAS", "LE", "LOS", "OGLU", "OGLY", "OULD", "SAN", "SR", "TEN", "TER", "UD", "UL",
    "UR", "VAN", "VON", "WULD", "Y",
];

/// Whether a token is a word that says little.
pub(super) fn is_particle(token: &str) -> bool {
    PARTICLES.binary_search(&token).is_ok()
}

/// Whether a token is a title.
pub(super) fn is_title(token: &str) -> bool {
    TITLES.binary_search(&token).is_ok()
}

/// The tokens of a text.
pub(super) fn tokens(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    for word in
        text.split(|c: char| c.is_whitespace() || "<-,./()\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}_;:".contains(c))
    {
        if word.is_empty() || all.len() >= TOKENS {
            continue;
        }
        for token in folded(word).split('<') {
            let token: String = token.chars().take(LETTERS).collect();
            if !token.is_empty() && all.len() < TOKENS {
                all.push(token);
            }
        }
    }
    all
}

/// The surname's and the given name's tokens of a listed name: a comma parts them, else all are one row.
pub(super) fn listed(text: &str) -> (Vec<String>, Vec<String>) {
    text.split_once(',').map_or_else(|| (Vec::new(), tokens(text)), |(surname, given)| (tokens(surname), tokens(given)))
}

/// A word in capitals; parts of it are parted by `<`.
fn folded(word: &str) -> String {
    if word.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return word.to_owned();
    }
    let whole = transliterate(word, Rules::default());
    whole.map_or_else(|_| word.chars().map(letter).collect(), |whole| whole.as_str().to_owned())
}

/// A letter by itself.
fn letter(c: char) -> String {
    if c.is_ascii_alphanumeric() {
        return c.to_ascii_uppercase().to_string();
    }
    if let Some(syllable) = hangul(c) {
        return syllable;
    }
    if let Some(spelled) = by_table(c) {
        return spelled.to_owned();
    }
    let mut buffer = [0; 4];
    let spelled = transliterate(c.encode_utf8(&mut buffer), Rules::default());
    if let Ok(spelled) = spelled {
        return spelled.as_str().to_owned();
    }
    if c.is_alphabetic() && !c.is_ascii() { c.to_uppercase().collect() } else { String::new() }
}

/// A syllable of Hangul in the romanisation of 2000, without its rules of assimilation.
fn hangul(c: char) -> Option<String> {
    const FIRST: [&str; 19] =
        ["G", "KK", "N", "D", "TT", "R", "M", "B", "PP", "S", "SS", "", "J", "JJ", "CH", "K", "T", "P", "H"];
    const VOWEL: [&str; 21] = [
        "A", "AE", "YA", "YAE", "EO", "E", "YEO", "YE", "O", "WA", "WAE", "OE", "YO", "U", "WO", "WE", "WI", "YU",
        "EU", "UI", "I",
    ];
    const LAST: [&str; 28] = [
        "", "K", "K", "K", "N", "N", "N", "T", "L", "K", "M", "L", "L", "L", "P", "L", "M", "P", "P", "T", "T", "NG",
        "T", "T", "K", "T", "P", "T",
    ];
    let place = usize::try_from(u32::from(c).checked_sub(0xAC00)?).ok()?;
    let (first, rest) = (FIRST.get(place / 588)?, place % 588);
    Some(format!("{first}{}{}", VOWEL.get(rest / 28)?, LAST.get(rest % 28)?))
}

/// Greek by ELOT 743, Hebrew by its consonants.
fn by_table(c: char) -> Option<&'static str> {
    const GREEK: [&str; 25] = [
        "A", "V", "G", "D", "E", "Z", "I", "TH", "I", "K", "L", "M", "N", "X", "O", "P", "R", "S", "S", "T", "Y", "F",
        "CH", "PS", "O",
    ];
    const HEBREW: [&str; 27] = [
        "A", "B", "G", "D", "H", "V", "Z", "CH", "T", "Y", "K", "K", "L", "M", "M", "N", "N", "S", "A", "P", "P", "TS",
        "TS", "K", "R", "SH", "T",
    ];
    let small = c.to_lowercase().next().unwrap_or(c);
    let plain = match small {
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' => 'ι',
        'ό' => 'ο',
        'ύ' | 'ϋ' => 'υ',
        'ώ' => 'ω',
        other => other,
    };
    let from = |first: u32| usize::try_from(u32::from(plain).checked_sub(first)?).ok();
    let greek = from(0x3B1).and_then(|at| GREEK.get(at));
    greek.or_else(|| from(0x5D0).and_then(|at| HEBREW.get(at))).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_any_script_become_tokens() {
        for (text, expected) in [
            ("AL-ZUMAR, Abbud", "AL ZUMAR ABBUD"),
            ("Jum'a  Abdul", "JUMA ABDUL"),
            ("Müller<<José<<<", "MUELLER JOSE"),
            ("Путин", "PUTIN"),
            ("김정은", "GIMJEONGEUN"),
            ("Παπάς", "PAPAS"),
            ("I5AZA", "I5AZA"),
        ] {
            assert_eq!(tokens(text).join(" "), expected);
        }
    }

    #[test]
    fn a_name_without_end_is_cut() {
        assert_eq!(tokens(&"A ".repeat(1000)).len(), TOKENS);
        assert_eq!(tokens(&"A".repeat(1000)).concat().len(), LETTERS);
    }
}
