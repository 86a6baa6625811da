//! Codes of States, organisations and personal status, as the MRZ and certificates write them.
//!
//! Doc 9303-3 §5, parts A to H, complete: the 249 entries of ISO 3166-1 and every code the
//! standard adds to them, with the two-letter partner that certificates carry (Doc 9303-12 §7.1);
//! beside them the codes that real documents carry although no standard lists them.
//!
//! An unknown code is a value of its own ([`Reading::Unknown`]), and comparing with one gives
//! [`Sameness::Undetermined`]: a code issued after this table was written is no sign of forgery.
//!
//! # Not done
//! Whether a State issues documents under its code (ISO 3166-1 lists uninhabited islands too), and
//! which State answers for a dependent territory: `HKG` and `CHN` are different codes here.
//!
//! # Hostile input
//! A field of any length or content is answered without allocation, by one or two loads from an index
//! that has a slot for every combination of symbols.

mod table;

use core::fmt;

/// A code as the MRZ prints it: three bytes, `A` to `Z`, padded on the right with `<` (`D<<`).
///
/// Its letters need not stand in the table. `Debug` hides them, because a holder's nationality is
/// document data; `Display` prints them, without padding.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code([u8; 3]);

impl Code {
    /// The State of the standard's specimens (Doc 9303-3 §5 part G).
    pub const UTOPIA: Self = Self(*b"UTO");
    /// Germany, the only code of one letter (Doc 9303-3 §5 part A).
    pub const GERMANY: Self = Self(*b"D<<");
    const ISO_GERMANY: Self = Self(*b"DEU");

    /// Reads a field of three bytes: one to three capital letters, then only fillers.
    /// `None` for any other length, symbol or order (`D1<`, `<D<`, `<<<`).
    pub const fn parse(field: &[u8]) -> Option<Self> {
        let [first, second, third] = *field else {
            return None;
        };
        let padded = match (second, third) {
            (b'<', b'<') => true,
            (letter, b'<') => letter.is_ascii_uppercase(),
            (letter, last) => letter.is_ascii_uppercase() && last.is_ascii_uppercase(),
        };
        if padded && first.is_ascii_uppercase() { Some(Self([first, second, third])) } else { None }
    }

    /// A code of the table, padded. Runs at compile time only.
    const fn of_table(letters: &str) -> Self {
        let code = match *letters.as_bytes() {
            [a, b, c] => Self([a, b, c]),
            [a] => Self([a, b'<', b'<']),
            _ => Self([b'<'; 3]),
        };
        assert!(Self::parse(&code.0).is_some(), "the table holds a malformed code");
        code
    }

    /// The three bytes as they stand in the MRZ.
    pub const fn to_mrz(self) -> [u8; 3] {
        self.0
    }

    /// What the table says of this code, if it is in it. `SI<` is not; [`read`] recognises it.
    pub fn entry(self) -> Option<&'static Entry> {
        table::by_mrz(self.0)
    }

    const fn is(self, other: Self) -> bool {
        self.0[0] == other.0[0] && self.0[1] == other.0[1] && self.0[2] == other.0[2]
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(..)")
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for &byte in self.0.iter().take_while(|&&byte| byte != b'<') {
            fmt::Write::write_char(f, char::from(byte))?;
        }
        Ok(())
    }
}

/// What a code stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// A country or territory.
    Country,
    /// A status of British nationality other than citizenship (`GBD`, `GBN`, `GBO`, `GBP`, `GBS`).
    BritishNationality,
    /// An international organisation that issues documents.
    Organisation,
    /// A resident of Kosovo with a document of the United Nations mission (`UNK`).
    Resident,
    /// A stateless person (`XXA`).
    Stateless,
    /// A refugee (`XXB`, `XXC`).
    Refugee,
    /// A person whose nationality the issuer does not specify (`XXX`).
    UnspecifiedNationality,
    /// Withdrawn from ISO 3166-1, still accepted (`ANT`, `NTZ`).
    Deprecated,
    /// For specimens only (`UTO`, `YTO`): no such document is real.
    Specimen,
    /// ICAO as the signer of its master list (`IAO`); never in a travel document.
    MasterListSigner,
    /// Met in documents or readers, listed by no standard.
    Unofficial,
}

/// Where a code is laid down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Part {
    /// Doc 9303-3 §5 part A, taken over from ISO 3166-1.
    Iso3166,
    /// Doc 9303-3 §5 part A, added to ISO 3166-1.
    A,
    /// Doc 9303-3 §5 part B: reserved by the ISO 3166 maintenance agency.
    B,
    /// Doc 9303-3 §5 part C: United Nations documents.
    C,
    /// Doc 9303-3 §5 part D: other issuing authorities.
    D,
    /// Doc 9303-3 §5 part E: persons without a defined nationality.
    E,
    /// Doc 9303-3 §5 part F: deprecated.
    F,
    /// Doc 9303-3 §5 part G: specimens.
    G,
    /// Doc 9303-3 §5 part H: ICAO.
    H,
    /// Not in Doc 9303-3 §5.
    Outside,
}

/// Whether a code may stand in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// The standard gives the code for this field.
    Valid,
    /// The standard gives it for something else only.
    Invalid,
    /// The standard does not say.
    Unstated,
}

/// One row of the code table.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Entry {
    /// The code as printed in the MRZ.
    pub code: Code,
    /// The same without padding: `D`, `UTO`.
    pub letters: &'static str,
    /// The two-letter partner, as in the country name of a certificate.
    pub alpha2: Option<&'static str>,
    /// A short English name for a display.
    pub name: &'static str,
    /// What the code stands for.
    pub kind: Kind,
    /// Where it is laid down.
    pub part: Part,
    /// Whether it may stand as issuing State or organisation.
    pub issuer: Use,
    /// Whether it may stand as nationality.
    pub nationality: Use,
    /// The State behind the code, by its two-letter code; several codes may share one.
    state: Option<&'static str>,
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Entry {}

impl Entry {
    /// `UTO` and `YTO`: whatever such a document proves, it is a specimen.
    pub const fn is_specimen(&self) -> bool {
        matches!(self.kind, Kind::Specimen)
    }

    /// Says what a person is, not of which State: part E of the table.
    const fn is_personal_status(&self) -> bool {
        matches!(self.kind, Kind::Stateless | Kind::Refugee | Kind::UnspecifiedNationality)
    }

    /// In use, but laid down nowhere and not known to name a State (`INP`, `WSA`).
    const fn is_of_unknown_meaning(&self) -> bool {
        matches!(self.kind, Kind::Unofficial) && self.state.is_none()
    }
}

/// How a recognised code departs from what the standard prints at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Deviation {
    /// A padded two-letter code in the MRZ (`SI<`).
    TwoLetters,
    /// `DEU` in the MRZ, where the standard has `D<<`.
    IsoGermany,
    /// A three-letter code where a certificate should have two (`LTU`).
    ThreeLetters,
    /// A certificate's country in small letters (`de`).
    LowerCase,
}

/// What a field held. `Debug` names the variant only: nationality is document data.
#[derive(Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Reading {
    /// A code of the table, in its proper form.
    Known(&'static Entry),
    /// A code of the table in a form that the standard does not have; to be reported, not refused.
    Deviating(&'static Entry, Deviation),
    /// Well formed (a two-letter one is padded), but not in the table.
    Unknown(Code),
    /// Not the form of a code: wrong length, digits, small letters, a filler before a letter, empty.
    Malformed,
}

impl Reading {
    /// The row, if the code was recognised in whatever form.
    pub const fn entry(self) -> Option<&'static Entry> {
        match self {
            Self::Known(entry) | Self::Deviating(entry, _) => Some(entry),
            Self::Unknown(_) | Self::Malformed => None,
        }
    }

    /// The departure from the proper form, if there is one.
    pub const fn deviation(self) -> Option<Deviation> {
        match self {
            Self::Deviating(_, deviation) => Some(deviation),
            Self::Known(_) | Self::Unknown(_) | Self::Malformed => None,
        }
    }
}

impl fmt::Debug for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Known(_) => "Known(..)",
            Self::Deviating(_, _) => "Deviating(..)",
            Self::Unknown(_) => "Unknown(..)",
            Self::Malformed => "Malformed",
        })
    }
}

/// Reads the issuer or nationality field of an MRZ, three bytes (Doc 9303-3 §4.7, §5).
///
/// ```
/// use landfall::country::{Deviation, Reading, read};
/// assert_eq!(read(b"D<<").entry().map(|entry| entry.name), Some("Germany"));
/// assert_eq!(read(b"SI<").deviation(), Some(Deviation::TwoLetters));
/// assert!(matches!(read(b"ZZZ"), Reading::Unknown(_)));
/// assert!(matches!(read(b"D1<"), Reading::Malformed));
/// ```
pub fn read(field: &[u8]) -> Reading {
    let [first, second, third] = *field else {
        return Reading::Malformed;
    };
    // Whatever the table has is well formed, so the common case is one look-up.
    if let Some(entry) = table::by_mrz([first, second, third]) {
        return if entry.code == Code::ISO_GERMANY {
            Reading::Deviating(entry, Deviation::IsoGermany)
        } else {
            Reading::Known(entry)
        };
    }
    let Some(code) = Code::parse(field) else {
        return Reading::Malformed;
    };
    match table::by_alpha2([first, second]) {
        Some(entry) if third == b'<' => Reading::Deviating(entry, Deviation::TwoLetters),
        _ => Reading::Unknown(code),
    }
}

/// Reads the country of a certificate's name (Doc 9303-12 §7.1): two capital letters by the
/// standard, small letters and three-letter codes in the field. A certificate without a country is
/// the caller's to report.
///
/// ```
/// use landfall::country::{Deviation, read_certificate_country};
/// let country = read_certificate_country("nz");
/// assert_eq!(country.entry().map(|entry| entry.letters), Some("NZL"));
/// assert_eq!(country.deviation(), Some(Deviation::LowerCase));
/// ```
pub fn read_certificate_country(text: &str) -> Reading {
    let upper = |byte: u8| byte.to_ascii_uppercase();
    if !text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Reading::Malformed;
    }
    match *text.as_bytes() {
        [first, second] => match table::by_alpha2([upper(first), upper(second)]) {
            Some(entry) if text.bytes().all(|byte| byte.is_ascii_uppercase()) => Reading::Known(entry),
            Some(entry) => Reading::Deviating(entry, Deviation::LowerCase),
            None => Reading::Unknown(Code([upper(first), upper(second), b'<'])),
        },
        [first, second, third] => {
            let code = Code([upper(first), upper(second), upper(third)]);
            match code.entry() {
                Some(entry) => Reading::Deviating(entry, Deviation::ThreeLetters),
                None => Reading::Unknown(code),
            }
        }
        _ => Reading::Malformed,
    }
}

/// The row of a two-letter code in capital letters. Where rows share a partner, the one that the
/// MRZ prints: `DE` gives `D<<`, `UN` gives `UNO`.
pub fn by_alpha2(alpha2: &str) -> Option<&'static Entry> {
    match *alpha2.as_bytes() {
        [first, second] => table::by_alpha2([first, second]),
        _ => None,
    }
}

/// [`by_alpha2`] for capital and small letters alike.
pub fn by_alpha2_any_case(alpha2: &str) -> Option<&'static Entry> {
    match *alpha2.as_bytes() {
        [first, second] => table::by_alpha2([first.to_ascii_uppercase(), second.to_ascii_uppercase()]),
        _ => None,
    }
}

/// Every row of the table, once.
pub fn all() -> impl ExactSizeIterator<Item = &'static Entry> {
    table::TABLE.iter()
}

/// Whether two codes name the same State or organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Sameness {
    /// The same one, perhaps under two codes: `D<<` and `DE`, `GBD` and `GB`.
    Same,
    /// Two different ones.
    Different,
    /// Cannot be told: an unknown code, a personal status, a deprecated code and its successor.
    Undetermined,
}

/// Deprecated and overlapping codes: the pair may or may not mean the same place.
/// Each row is a code and the States (two letters) that it may stand for.
const OVERLAPS: [(&str, &[&str]); 3] =
    [("ANT", &["CW", "SX", "BQ", "NL"]), ("NTZ", &["SA", "IQ"]), ("UNK", &["KS", "UN"])];

/// Compares the State or organisation behind two codes; `None` is a code that is not known.
///
/// It compares States, not status: `GBD` and `GBR` are the same State and two nationalities. To
/// compare nationality fields for equality, compare the [`Code`]s first.
///
/// ```
/// use landfall::country::{Sameness, read, read_certificate_country, same_country};
/// let issuer = read(b"D<<").entry();
/// let signer = |text| read_certificate_country(text).entry();
/// assert_eq!(same_country(issuer, signer("de")), Sameness::Same);
/// assert_eq!(same_country(issuer, signer("FR")), Sameness::Different);
/// assert_eq!(same_country(issuer, signer("QQ")), Sameness::Undetermined);
/// ```
pub fn same_country(a: Option<&Entry>, b: Option<&Entry>) -> Sameness {
    let (Some(a), Some(b)) = (a, b) else {
        return Sameness::Undetermined;
    };
    if a == b || (a.state.is_some() && a.state == b.state) {
        return Sameness::Same;
    }
    let open = |entry: &Entry| entry.is_personal_status() || entry.is_of_unknown_meaning();
    if open(a) || open(b) || overlaps(a, b) || overlaps(b, a) {
        return Sameness::Undetermined;
    }
    Sameness::Different
}

fn overlaps(a: &Entry, b: &Entry) -> bool {
    OVERLAPS
        .iter()
        .filter(|(letters, _)| *letters == a.letters)
        .any(|(_, states)| b.state.is_some_and(|state| states.contains(&state)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ISO3166: &str = include_str!("../fixtures/country/iso3166.txt");
    const SPECIAL: &str = include_str!("../fixtures/country/special.txt");

    /// The words of a fixture without its comment lines.
    fn words(text: &str) -> impl Iterator<Item = &str> {
        text.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace)
    }

    fn padded(letters: &str) -> Vec<u8> {
        format!("{letters:<<3}").into_bytes()
    }

    fn entry(letters: &str) -> Option<&'static Entry> {
        let code = Code::parse(&padded(letters)).expect("a well-formed code");
        Some(code.entry().expect("a code of the table"))
    }

    #[test]
    fn every_pair_of_iso_3166_is_found_in_both_directions() {
        let mut count = 0;
        for pair in words(ISO3166) {
            let (alpha3, alpha2) = pair.split_once('=').expect("a pair");
            let found = entry(alpha3).expect("an entry");
            assert_eq!((found.letters, found.alpha2), (alpha3, Some(alpha2)));
            assert_eq!((found.kind, found.part), (Kind::Country, Part::Iso3166));
            let back = by_alpha2(alpha2).expect("a partner");
            let expected = if alpha2 == "DE" { "D" } else { alpha3 };
            assert_eq!(back.letters, expected);
            count += 1;
        }
        assert_eq!(count, 249);
        assert_eq!(all().filter(|entry| entry.part == Part::Iso3166).count(), 249);
    }

    #[test]
    fn every_special_code_is_known_with_its_part_partner_and_uses() {
        let mut count = 0;
        for line in SPECIAL.lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<&str> = line.split_whitespace().collect();
            let [letters, alpha2, part, kind, issuer, nationality] = columns[..] else {
                panic!("six columns: {line}");
            };
            let found = entry(letters).expect("an entry");
            assert_eq!(found.letters, letters);
            assert_eq!(found.alpha2.unwrap_or("-"), alpha2, "{letters}");
            assert_eq!(format!("{:?}", found.part), part, "{letters}");
            assert_eq!(format!("{:?}", found.kind), kind, "{letters}");
            assert_eq!(format!("{:?}", found.issuer), issuer, "{letters}");
            assert_eq!(format!("{:?}", found.nationality), nationality, "{letters}");
            assert_eq!(read(&padded(letters)), Reading::Known(found));
            count += 1;
        }
        assert_eq!(count, all().filter(|entry| entry.part != Part::Iso3166).count());
    }

    #[test]
    fn three_letters_that_no_one_has_issued_are_unknown() {
        for letters in ["ZZZ", "AAA", "XXZ", "UTP", "DDR", "YUG", "GBX", "UN<", "Z<<", "A<<", "ZZ<"] {
            let reading = read(&padded(letters));
            let known = letters == "UN<";
            assert_eq!(reading.entry().is_some(), known, "{letters}");
            assert_eq!(matches!(reading, Reading::Unknown(_)), !known, "{letters}");
        }
    }

    #[test]
    fn every_code_of_the_alphabet_is_known_exactly_if_it_stands_in_the_table() {
        let letters = || b'A'..=b'Z';
        let known = letters()
            .flat_map(|a| letters().map(move |b| (a, b)))
            .flat_map(|(a, b)| letters().map(move |c| [a, b, c]))
            .filter(|field| matches!(read(field), Reading::Known(_)))
            .count();
        // `D` is no code of three letters, and `DEU` is read as a deviation.
        assert_eq!(known, all().len() - 2);
    }

    #[test]
    fn a_field_that_is_no_code_is_malformed() {
        let fields: [&[u8]; 14] = [
            b"",
            b"U",
            b"UT",
            b"UTOO",
            b"D1<",
            b"<D<",
            b"<<<",
            b"<<D",
            b"A<B",
            b"D<E",
            b"uto",
            b"UT ",
            b"1TO",
            "É<".as_bytes(),
        ];
        for field in fields {
            assert_eq!(read(field), Reading::Malformed, "{field:?}");
            assert!(Code::parse(field).is_none());
        }
    }

    #[test]
    fn a_padded_two_letter_code_is_the_country_with_a_deviation() {
        let slovenia = entry("SVN").expect("an entry");
        assert_eq!(read(b"SI<"), Reading::Deviating(slovenia, Deviation::TwoLetters));
        assert_eq!(read(b"DE<").entry(), entry("D"));
        assert_eq!(read(b"SI<").deviation(), Some(Deviation::TwoLetters));
        assert_eq!(read(b"SVN").deviation(), None);
    }

    #[test]
    fn germany_prints_one_letter_and_its_iso_code_is_a_deviation() {
        assert_eq!(read(b"D<<").deviation(), None);
        assert_eq!(read(b"DEU").deviation(), Some(Deviation::IsoGermany));
        assert_eq!(Code::GERMANY.to_string(), "D");
        assert_eq!(Code::GERMANY.to_mrz(), *b"D<<");
    }

    #[test]
    fn a_certificate_country_is_read_in_every_form_the_field_shows() {
        let cases = [
            ("NZ", "NZL", None),
            ("nz", "NZL", Some(Deviation::LowerCase)),
            ("De", "D", Some(Deviation::LowerCase)),
            ("LTU", "LTU", Some(Deviation::ThreeLetters)),
            ("ltu", "LTU", Some(Deviation::ThreeLetters)),
            ("UN", "UNO", None),
            ("KS", "RKS", None),
            ("XK", "XKX", None),
            ("UT", "UTO", None),
            ("XY", "YTO", None),
            ("IA", "IAO", None),
        ];
        for (text, letters, deviation) in cases {
            let reading = read_certificate_country(text);
            assert_eq!(reading.entry(), entry(letters), "{text}");
            assert_eq!(reading.deviation(), deviation, "{text}");
        }
        assert!(matches!(read_certificate_country("ZZ"), Reading::Unknown(_)));
        assert!(matches!(read_certificate_country("ZZZ"), Reading::Unknown(_)));
        for text in ["", "D", "D<", "<D", "D<<", "N1", "NEWZ", "ß", "€"] {
            assert_eq!(read_certificate_country(text), Reading::Malformed, "{text}");
        }
    }

    #[test]
    fn case_matters_only_where_it_was_asked_for() {
        assert_eq!(by_alpha2("fj"), None);
        assert_eq!(by_alpha2_any_case("fj"), entry("FJI"));
        assert_eq!(by_alpha2_any_case("fJI"), None);
        for text in ["<<", "F<", "[A", "@A", "``", "{{"] {
            assert_eq!(by_alpha2(text), None, "{text}");
            assert_eq!(by_alpha2_any_case(text), None, "{text}");
        }
    }

    #[test]
    fn codes_of_one_state_are_the_same_and_others_are_not() {
        use Sameness::{Different, Same, Undetermined};
        let cases = [
            ("UTO", "UTO", Same),
            ("UTO", "YTO", Different),
            ("UTO", "MYT", Different),
            ("YTO", "FRA", Different),
            ("D", "DEU", Same),
            ("D", "DNK", Different),
            ("GBD", "GBR", Same),
            ("GBN", "GBS", Same),
            ("GBP", "GBR", Same),
            ("GBO", "IRL", Different),
            ("RKS", "XKX", Same),
            ("RKS", "XXK", Same),
            ("XKX", "XXK", Same),
            ("RKS", "SRB", Different),
            ("UNK", "RKS", Undetermined),
            ("XXK", "UNK", Undetermined),
            ("UNK", "UNO", Undetermined),
            ("UNK", "SRB", Different),
            ("UNO", "UNA", Same),
            ("UNO", "XOM", Different),
            ("XBA", "XIM", Different),
            ("EUE", "BEL", Different),
            ("XXA", "XXA", Same),
            ("XXA", "XXB", Undetermined),
            ("XXB", "SYR", Undetermined),
            ("XXX", "FRA", Undetermined),
            ("ANT", "CUW", Undetermined),
            ("NLD", "ANT", Undetermined),
            ("ANT", "JPN", Different),
            ("NTZ", "SAU", Undetermined),
            ("WSA", "USA", Undetermined),
            ("INP", "XPO", Undetermined),
            ("HKG", "CHN", Different),
        ];
        for (a, b, expected) in cases {
            assert_eq!(same_country(entry(a), entry(b)), expected, "{a} {b}");
            assert_eq!(same_country(entry(b), entry(a)), expected, "{b} {a}");
        }
    }

    #[test]
    fn a_code_and_the_partner_in_the_certificate_are_the_same_country() {
        for entry in all() {
            if let Some(alpha2) = entry.alpha2 {
                assert_eq!(same_country(Some(entry), by_alpha2(alpha2)), Sameness::Same);
            }
        }
        assert_eq!(same_country(entry("YTO"), by_alpha2("UT")), Sameness::Different);
    }

    #[test]
    fn an_unknown_code_is_never_the_same_and_never_different() {
        for known in all().map(Some).chain([None]) {
            assert_eq!(same_country(known, None), Sameness::Undetermined);
            assert_eq!(same_country(None, known), Sameness::Undetermined);
        }
    }

    #[test]
    fn only_utopia_and_its_sample_twin_are_specimens() {
        let specimens: Vec<&str> = all().filter(|entry| entry.is_specimen()).map(|entry| entry.letters).collect();
        assert_eq!(specimens, ["UTO", "YTO"]);
        assert_eq!(Code::UTOPIA.entry(), entry("UTO"));
    }

    #[test]
    fn debug_output_shows_no_letter_of_a_field() {
        let shown = format!("{:?} {:?} {:?}", Code::UTOPIA, read(b"UTO"), read(b"ZZZ"));
        assert_eq!(shown, "Code(..) Known(..) Unknown(..)");
    }

    #[test]
    fn every_name_is_short_plain_and_its_own() {
        let mut names: Vec<&str> = all().filter(|entry| entry.letters != "DEU").map(|entry| entry.name).collect();
        assert!(names.iter().all(|name| name.is_ascii() && (4..=48).contains(&name.len())));
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        let doubles = count - names.len();
        // The two unofficial codes of Kosovo share a name.
        assert_eq!(doubles, 1);
    }
}
