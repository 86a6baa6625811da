//! Latin letters beyond `A` to `Z` (Doc 9303-3 §6 A): 95 rows, and three letters that the table lacks
//! and documents carry: small sharp s (whose capital it has), and S and T with comma below, which
//! Romanian writes where the table has a cedilla.
//!
//! Where the standard leaves a choice, every rendering is legal and the one it names first is
//! preferred:
//!
//! | letter | renderings |
//! |---|---|
//! | `Ä` | `AE` `A` |
//! | `Å` | `AA` `A` |
//! | `Ñ` | `N` `NXX` |
//! | `Ö` | `OE` `O` |
//! | `Ü` | `UE` `UXX` `U` |
//!
//! `Ø` is `OE` alone. Each letter that Unicode can take apart carries its parts, so that composed and
//! decomposed text reads alike without a table of all of Unicode.

use super::native::Renderings;

const GRAVE: char = '\u{0300}';
const ACUTE: char = '\u{0301}';
const CIRCUMFLEX: char = '\u{0302}';
const TILDE: char = '\u{0303}';
const MACRON: char = '\u{0304}';
const BREVE: char = '\u{0306}';
const DOT_ABOVE: char = '\u{0307}';
const DIAERESIS: char = '\u{0308}';
const RING: char = '\u{030A}';
const DOUBLE_ACUTE: char = '\u{030B}';
const CARON: char = '\u{030C}';
const COMMA_BELOW: char = '\u{0326}';
const CEDILLA: char = '\u{0327}';
const OGONEK: char = '\u{0328}';

/// The letters of the MRZ, which stand for themselves.
#[rustfmt::skip]
const ALPHABET: [Renderings; 26] = [
    &["A"], &["B"], &["C"], &["D"], &["E"], &["F"], &["G"], &["H"], &["I"], &["J"], &["K"], &["L"], &["M"],
    &["N"], &["O"], &["P"], &["Q"], &["R"], &["S"], &["T"], &["U"], &["V"], &["W"], &["X"], &["Y"], &["Z"],
];

/// One letter of the table.
struct Row {
    /// The composed letter; a capital, apart from `ß` and `ı`.
    letter: char,
    /// Its canonical decomposition: base and combining mark.
    parts: Option<(char, char)>,
    /// What the MRZ may print for it, the form that the standard names first in front.
    renderings: Renderings,
}

/// A letter that may also arrive as a base and a combining mark.
const fn marked(letter: char, base: char, mark: char, renderings: Renderings) -> Row {
    Row { letter, parts: Some((base, mark)), renderings }
}

/// A letter that Unicode does not take apart: ligatures, strokes, and letters of their own.
const fn single(letter: char, renderings: Renderings) -> Row {
    Row { letter, parts: None, renderings }
}

/// The renderings of a capital letter (and of `ß` and `ı`), `None` without a rule.
pub(super) fn renderings(letter: char) -> Option<Renderings> {
    if letter.is_ascii_uppercase() {
        let position = usize::try_from(u32::from(letter) - u32::from('A')).ok()?;
        return ALPHABET.get(position).copied();
    }
    let found = TABLE.binary_search_by_key(&letter, |row| row.letter);
    Some(TABLE.get(found.ok()?)?.renderings)
}

/// The letter that a capital base and a combining mark make together.
pub(super) fn compose(base: char, mark: char) -> Option<char> {
    let row = TABLE.iter().find(|row| row.parts == Some((base, mark)))?;
    Some(row.letter)
}

/// Every letter with a rule, for the properties that hold of all of them.
#[cfg(test)]
pub(super) fn letters() -> impl Iterator<Item = char> {
    ('A'..='Z').chain(TABLE.iter().map(|row| row.letter))
}

/// The inverse of [`compose`].
#[cfg(test)]
pub(super) fn decompose(letter: char) -> Option<(char, char)> {
    TABLE.iter().find(|row| row.letter == letter)?.parts
}

/// In the order of code points.
const TABLE: [Row; 98] = [
    marked('\u{00C0}', 'A', GRAVE, &["A"]),
    marked('\u{00C1}', 'A', ACUTE, &["A"]),
    marked('\u{00C2}', 'A', CIRCUMFLEX, &["A"]),
    marked('\u{00C3}', 'A', TILDE, &["A"]),
    marked('\u{00C4}', 'A', DIAERESIS, &["AE", "A"]),
    marked('\u{00C5}', 'A', RING, &["AA", "A"]),
    single('\u{00C6}', &["AE"]), // ae
    marked('\u{00C7}', 'C', CEDILLA, &["C"]),
    marked('\u{00C8}', 'E', GRAVE, &["E"]),
    marked('\u{00C9}', 'E', ACUTE, &["E"]),
    marked('\u{00CA}', 'E', CIRCUMFLEX, &["E"]),
    marked('\u{00CB}', 'E', DIAERESIS, &["E"]),
    marked('\u{00CC}', 'I', GRAVE, &["I"]),
    marked('\u{00CD}', 'I', ACUTE, &["I"]),
    marked('\u{00CE}', 'I', CIRCUMFLEX, &["I"]),
    marked('\u{00CF}', 'I', DIAERESIS, &["I"]),
    single('\u{00D0}', &["D"]), // eth
    marked('\u{00D1}', 'N', TILDE, &["N", "NXX"]),
    marked('\u{00D2}', 'O', GRAVE, &["O"]),
    marked('\u{00D3}', 'O', ACUTE, &["O"]),
    marked('\u{00D4}', 'O', CIRCUMFLEX, &["O"]),
    marked('\u{00D5}', 'O', TILDE, &["O"]),
    marked('\u{00D6}', 'O', DIAERESIS, &["OE", "O"]),
    single('\u{00D8}', &["OE"]), // o with stroke
    marked('\u{00D9}', 'U', GRAVE, &["U"]),
    marked('\u{00DA}', 'U', ACUTE, &["U"]),
    marked('\u{00DB}', 'U', CIRCUMFLEX, &["U"]),
    marked('\u{00DC}', 'U', DIAERESIS, &["UE", "UXX", "U"]),
    marked('\u{00DD}', 'Y', ACUTE, &["Y"]),
    single('\u{00DE}', &["TH"]), // thorn
    single('\u{00DF}', &["SS"]), // small letter sharp s
    marked('\u{0100}', 'A', MACRON, &["A"]),
    marked('\u{0102}', 'A', BREVE, &["A"]),
    marked('\u{0104}', 'A', OGONEK, &["A"]),
    marked('\u{0106}', 'C', ACUTE, &["C"]),
    marked('\u{0108}', 'C', CIRCUMFLEX, &["C"]),
    marked('\u{010A}', 'C', DOT_ABOVE, &["C"]),
    marked('\u{010C}', 'C', CARON, &["C"]),
    marked('\u{010E}', 'D', CARON, &["D"]),
    single('\u{0110}', &["D"]), // d with stroke
    marked('\u{0112}', 'E', MACRON, &["E"]),
    marked('\u{0114}', 'E', BREVE, &["E"]),
    marked('\u{0116}', 'E', DOT_ABOVE, &["E"]),
    marked('\u{0118}', 'E', OGONEK, &["E"]),
    marked('\u{011A}', 'E', CARON, &["E"]),
    marked('\u{011C}', 'G', CIRCUMFLEX, &["G"]),
    marked('\u{011E}', 'G', BREVE, &["G"]),
    marked('\u{0120}', 'G', DOT_ABOVE, &["G"]),
    marked('\u{0122}', 'G', CEDILLA, &["G"]),
    marked('\u{0124}', 'H', CIRCUMFLEX, &["H"]),
    single('\u{0126}', &["H"]), // h with stroke
    marked('\u{0128}', 'I', TILDE, &["I"]),
    marked('\u{012A}', 'I', MACRON, &["I"]),
    marked('\u{012C}', 'I', BREVE, &["I"]),
    marked('\u{012E}', 'I', OGONEK, &["I"]),
    marked('\u{0130}', 'I', DOT_ABOVE, &["I"]),
    single('\u{0131}', &["I"]),  // small letter dotless i
    single('\u{0132}', &["IJ"]), // ligature ij
    marked('\u{0134}', 'J', CIRCUMFLEX, &["J"]),
    marked('\u{0136}', 'K', CEDILLA, &["K"]),
    marked('\u{0139}', 'L', ACUTE, &["L"]),
    marked('\u{013B}', 'L', CEDILLA, &["L"]),
    marked('\u{013D}', 'L', CARON, &["L"]),
    single('\u{013F}', &["L"]), // l with middle dot
    single('\u{0141}', &["L"]), // l with stroke
    marked('\u{0143}', 'N', ACUTE, &["N"]),
    marked('\u{0145}', 'N', CEDILLA, &["N"]),
    marked('\u{0147}', 'N', CARON, &["N"]),
    single('\u{014A}', &["N"]), // eng
    marked('\u{014C}', 'O', MACRON, &["O"]),
    marked('\u{014E}', 'O', BREVE, &["O"]),
    marked('\u{0150}', 'O', DOUBLE_ACUTE, &["O"]),
    single('\u{0152}', &["OE"]), // ligature oe
    marked('\u{0154}', 'R', ACUTE, &["R"]),
    marked('\u{0156}', 'R', CEDILLA, &["R"]),
    marked('\u{0158}', 'R', CARON, &["R"]),
    marked('\u{015A}', 'S', ACUTE, &["S"]),
    marked('\u{015C}', 'S', CIRCUMFLEX, &["S"]),
    marked('\u{015E}', 'S', CEDILLA, &["S"]),
    marked('\u{0160}', 'S', CARON, &["S"]),
    marked('\u{0162}', 'T', CEDILLA, &["T"]),
    marked('\u{0164}', 'T', CARON, &["T"]),
    single('\u{0166}', &["T"]), // t with stroke
    marked('\u{0168}', 'U', TILDE, &["U"]),
    marked('\u{016A}', 'U', MACRON, &["U"]),
    marked('\u{016C}', 'U', BREVE, &["U"]),
    marked('\u{016E}', 'U', RING, &["U"]),
    marked('\u{0170}', 'U', DOUBLE_ACUTE, &["U"]),
    marked('\u{0172}', 'U', OGONEK, &["U"]),
    marked('\u{0174}', 'W', CIRCUMFLEX, &["W"]),
    marked('\u{0176}', 'Y', CIRCUMFLEX, &["Y"]),
    marked('\u{0178}', 'Y', DIAERESIS, &["Y"]),
    marked('\u{0179}', 'Z', ACUTE, &["Z"]),
    marked('\u{017B}', 'Z', DOT_ABOVE, &["Z"]),
    marked('\u{017D}', 'Z', CARON, &["Z"]),
    marked('\u{0218}', 'S', COMMA_BELOW, &["S"]),
    marked('\u{021A}', 'T', COMMA_BELOW, &["T"]),
    single('\u{1E9E}', &["SS"]), // sharp s
];
