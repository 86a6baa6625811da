//! Arabic script (Doc 9303-3 §6 C, with the remarks of appendix B.5).
//!
//! `X` is an escape: the one or two letters after it stand for one Arabic letter. The scheme is
//! exact: one spelling for each name, apart from these few choices:
//!
//! - teh marbuta (U+0629) is `XAH` at the end of a component, `XTA` elsewhere;
//! - shadda doubles its letter. The worked example of §6 C doubles the letters behind the escape
//!   (`XDZDZ`), the program of appendix B.7 the whole (`XDZXDZ`), and appendix B.5.5.11 calls the mark
//!   optional: all three are legal, the first is preferred;
//! - Farsi yeh (U+06CC) is `XYA`, and may be `Y` or `XAY` by the note on it in appendix B.5.6;
//! - veh and feh with three dots (U+06A4, U+06A5) are from appendix B.5.4; `XV` is the program's;
//! - the heh of `الله` may be `XH`, as appendix B.5.9 prints it.
//!
//! Vowel marks, sukun, superscript alef and tatweel are not encoded. Presentation forms
//! (U+FB50 to U+FEFF) have no rule.

use super::native::Renderings;

/// The mark that doubles its letter.
pub(super) const SHADDA: char = '\u{0651}';

const LAM: char = '\u{0644}';
const HEH: char = '\u{0647}';
const TEH_MARBUTA: char = '\u{0629}';

const FINAL_TEH_MARBUTA: Renderings = &["XAH"];
/// The last letter of `الله`: the table's rendering, and the one of the standard's own examples.
const HEH_OF_ALLAH: Renderings = &["H", "XH"];

/// What the rendering of a letter depends on, apart from the letter.
pub(super) struct Context {
    /// The two letters before it in the same component, nearest last.
    pub(super) before: [Option<char>; 2],
    /// No letter follows it in its component.
    pub(super) ends_component: bool,
}

/// The renderings of a letter, `None` without a rule.
pub(super) fn renderings(letter: char, context: &Context) -> Option<Renderings> {
    if context.ends_component {
        if letter == TEH_MARBUTA {
            return Some(FINAL_TEH_MARBUTA);
        }
        if letter == HEH && context.before == [Some(LAM); 2] {
            return Some(HEH_OF_ALLAH);
        }
    }
    let found = TABLE.binary_search_by_key(&letter, |(letter, _)| *letter);
    let (_, renderings) = TABLE.get(found.ok()?)?;
    Some(renderings)
}

/// Vowel marks and others that the MRZ does not show.
pub(super) const fn is_unwritten_mark(mark: char) -> bool {
    matches!(mark, '\u{064B}'..='\u{0650}' | '\u{0652}' | '\u{0670}')
}

/// Every letter with a rule, for the properties that hold of all of them.
#[cfg(test)]
pub(super) fn letters() -> impl Iterator<Item = char> {
    TABLE.iter().map(|(letter, _)| *letter)
}

/// Base, combining mark, letter.
pub(super) const COMPOSED: [(char, char, char); 8] = [
    ('\u{0627}', '\u{0653}', '\u{0622}'),
    ('\u{0627}', '\u{0654}', '\u{0623}'),
    ('\u{0648}', '\u{0654}', '\u{0624}'),
    ('\u{0627}', '\u{0655}', '\u{0625}'),
    ('\u{064A}', '\u{0654}', '\u{0626}'),
    ('\u{06D5}', '\u{0654}', '\u{06C0}'),
    ('\u{06C1}', '\u{0654}', '\u{06C2}'),
    ('\u{06D2}', '\u{0654}', '\u{06D3}'),
];

/// In the order of code points.
const TABLE: [(char, Renderings); 72] = [
    ('\u{0621}', &["XE"]),              // hamza
    ('\u{0622}', &["XAA"]),             // alef with madda above
    ('\u{0623}', &["XAE"]),             // alef with hamza above
    ('\u{0624}', &["U"]),               // waw with hamza above
    ('\u{0625}', &["I"]),               // alef with hamza below
    ('\u{0626}', &["XI"]),              // yeh with hamza above
    ('\u{0627}', &["A"]),               // alef
    ('\u{0628}', &["B"]),               // beh
    ('\u{0629}', &["XTA"]),             // teh marbuta
    ('\u{062A}', &["T"]),               // teh
    ('\u{062B}', &["XTH"]),             // theh
    ('\u{062C}', &["J"]),               // jeem
    ('\u{062D}', &["XH"]),              // hah
    ('\u{062E}', &["XKH"]),             // khah
    ('\u{062F}', &["D"]),               // dal
    ('\u{0630}', &["XDH"]),             // thal
    ('\u{0631}', &["R"]),               // reh
    ('\u{0632}', &["Z"]),               // zain
    ('\u{0633}', &["S"]),               // seen
    ('\u{0634}', &["XSH"]),             // sheen
    ('\u{0635}', &["XSS"]),             // sad
    ('\u{0636}', &["XDZ"]),             // dad
    ('\u{0637}', &["XTT"]),             // tah
    ('\u{0638}', &["XZZ"]),             // zah
    ('\u{0639}', &["E"]),               // ain
    ('\u{063A}', &["G"]),               // ghain
    ('\u{0641}', &["F"]),               // feh
    ('\u{0642}', &["Q"]),               // qaf
    ('\u{0643}', &["K"]),               // kaf
    ('\u{0644}', &["L"]),               // lam
    ('\u{0645}', &["M"]),               // meem
    ('\u{0646}', &["N"]),               // noon
    ('\u{0647}', &["H"]),               // heh
    ('\u{0648}', &["W"]),               // waw
    ('\u{0649}', &["XAY"]),             // alef maksura
    ('\u{064A}', &["Y"]),               // yeh
    ('\u{0671}', &["XXA"]),             // alef wasla
    ('\u{0679}', &["XXT"]),             // tteh
    ('\u{067C}', &["XRT"]),             // teh with ring
    ('\u{067E}', &["P"]),               // peh
    ('\u{0681}', &["XKE"]),             // hah with hamza above
    ('\u{0685}', &["XXH"]),             // hah with three dots above
    ('\u{0686}', &["XC"]),              // tcheh
    ('\u{0688}', &["XXD"]),             // ddal
    ('\u{0689}', &["XDR"]),             // dal with ring
    ('\u{0691}', &["XXR"]),             // rreh
    ('\u{0693}', &["XRR"]),             // reh with ring
    ('\u{0696}', &["XRX"]),             // reh with dot below and dot above
    ('\u{0698}', &["XJ"]),              // jeh
    ('\u{069A}', &["XXS"]),             // seen with dot below and dot above
    ('\u{069C}', &[""]),                // seen with three dots below and three dots above
    ('\u{06A2}', &[""]),                // feh with dot moved below
    ('\u{06A4}', &["V", "XV"]),         // veh
    ('\u{06A5}', &["XF"]),              // feh with three dots below
    ('\u{06A7}', &[""]),                // qaf with dot above
    ('\u{06A8}', &[""]),                // qaf with three dots above
    ('\u{06A9}', &["XKK"]),             // keheh
    ('\u{06AB}', &["XXK"]),             // kaf with ring
    ('\u{06AD}', &["XNG"]),             // ng
    ('\u{06AF}', &["XGG"]),             // gaf
    ('\u{06BA}', &["XNN"]),             // noon ghunna
    ('\u{06BC}', &["XXN"]),             // noon with ring
    ('\u{06BE}', &["XDO"]),             // heh doachashmee
    ('\u{06C0}', &["XYH"]),             // heh with yeh above
    ('\u{06C1}', &["XXG"]),             // heh goal
    ('\u{06C2}', &["XGE"]),             // heh goal with hamza above
    ('\u{06C3}', &["XTG"]),             // teh marbuta goal
    ('\u{06CC}', &["XYA", "Y", "XAY"]), // farsi yeh
    ('\u{06CD}', &["XXY"]),             // yeh with tail
    ('\u{06D0}', &["Y"]),               // e
    ('\u{06D2}', &["XYB"]),             // yeh barree
    ('\u{06D3}', &["XBE"]),             // yeh barree with hamza above
];
