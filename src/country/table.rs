//! The rows of the code table and the two indexes built over them at compile time.
//!
//! Doc 9303-3 §5: part A (ISO 3166-1 and its extensions), B (reserved by the ISO 3166 maintenance
//! agency), C (United Nations), D (other issuing authorities), E (persons without a nationality),
//! F (deprecated), G (specimens), H (ICAO); and the codes met outside the standard.
//!
//! [`Use`] says only what the standard makes evident: part C and D name "officials" and "emissaries"
//! of some organisations, so that those codes may stand as nationality; part E describes persons, part
//! H a signature; of the codes outside the standard it says nothing.
//!
//! Names are short English names for a display, not names of any official list.

use super::Use::{self, Invalid, Unstated, Valid};
use super::{Code, Entry, Kind, Part};

/// Entries taken over from ISO 3166-1.
const ISO_COUNT: usize = 249;
/// Entries that Doc 9303-3 §5 adds, and those met outside the standard.
const OTHER_COUNT: usize = 35;
/// All of them.
const COUNT: usize = ISO_COUNT + OTHER_COUNT;

/// The whole table: first the codes that are not of ISO 3166-1, then those that are.
/// The order matters where two rows share a partner: `DE` leads to `D<<`, `UN` to `UNO`.
pub(super) static TABLE: [Entry; COUNT] = rows();

/// Row number plus one for each code as the MRZ prints it; 0 where there is none.
/// 64 KiB of read-only data buy a look-up of one load.
static BY_MRZ: [u16; 1 << 15] = index_by_mrz();

/// Row number plus one for each two-letter code; 0 where there is none.
static BY_ALPHA2: [u16; 1 << 10] = index_by_alpha2();

/// The row of a code as printed in the MRZ; `None` for any other three bytes.
pub(super) fn by_mrz(code: [u8; 3]) -> Option<&'static Entry> {
    let found = row(*BY_MRZ.get(mrz_slot(code))?)?;
    (found.code.to_mrz() == code).then_some(found)
}

/// The row of a two-letter code in capital letters; `None` for any other two bytes.
pub(super) fn by_alpha2(code: [u8; 2]) -> Option<&'static Entry> {
    let found = row(*BY_ALPHA2.get(alpha2_slot(code))?)?;
    (found.alpha2?.as_bytes() == code).then_some(found)
}

/// The row that an index names.
fn row(number_plus_one: u16) -> Option<&'static Entry> {
    TABLE.get(usize::from(number_plus_one).checked_sub(1)?)
}

/// Five bits tell the letters and the filler apart. Other bytes share a slot with one of them, which
/// is why a row that is found has to be compared with what was asked.
const fn symbol(byte: u8) -> usize {
    (byte & 31) as usize
}

/// The place of a code in [`BY_MRZ`].
const fn mrz_slot(code: [u8; 3]) -> usize {
    symbol(code[0]) << 10 | symbol(code[1]) << 5 | symbol(code[2])
}

/// The place of two letters in [`BY_ALPHA2`].
const fn alpha2_slot(code: [u8; 2]) -> usize {
    symbol(code[0]) << 5 | symbol(code[1])
}

/// A doubled row stops the build here, not a counter later.
const fn index_by_mrz() -> [u16; 1 << 15] {
    let mut index = [0; 1 << 15];
    let mut number = 0;
    while number < COUNT {
        let slot = mrz_slot(TABLE[number].code.to_mrz());
        assert!(index[slot] == 0, "a code stands twice in the table");
        index[slot] = number as u16 + 1;
        number += 1;
    }
    index
}

/// Of rows that share a partner the first one is found.
const fn index_by_alpha2() -> [u16; 1 << 10] {
    let mut index = [0; 1 << 10];
    let mut number = 0;
    while number < COUNT {
        if let Some(alpha2) = TABLE[number].alpha2 {
            let letters = alpha2.as_bytes();
            let slot = alpha2_slot([letters[0], letters[1]]);
            if index[slot] == 0 {
                index[slot] = number as u16 + 1;
            }
        }
        number += 1;
    }
    index
}

/// Both lists in one.
const fn rows() -> [Entry; COUNT] {
    let mut all = [OTHER[0]; COUNT];
    let mut number = 0;
    while number < OTHER_COUNT {
        all[number] = OTHER[number];
        number += 1;
    }
    let mut rest = ISO;
    while number < COUNT {
        let (line, behind) = rest.split_at(line_length(rest));
        all[number] = iso_row(line);
        rest = behind.split_at(1).1;
        number += 1;
    }
    assert!(rest.is_empty(), "ISO_COUNT is not the number of lines");
    all
}

/// How many bytes stand before the end of the first line.
const fn line_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut length = 0;
    while bytes[length] != b'\n' {
        length += 1;
    }
    length
}

/// A row of ISO 3166-1: its codes may stand in either field.
const fn iso_row(line: &'static str) -> Entry {
    let (letters, rest) = line.split_at(3);
    let (alpha2, rest) = rest.split_at(1).1.split_at(2);
    let name = rest.split_at(1).1;
    let code = Code::of_table(letters);
    // Germany prints `D`, so the ISO form is no code of the MRZ.
    let standing = if code.is(Code::ISO_GERMANY) { Invalid } else { Valid };
    other(Part::Iso3166, Kind::Country, letters, name).partner(alpha2).usable(standing, standing)
}

/// A row without a partner and of unstated use; the methods below add what it has.
const fn other(part: Part, kind: Kind, letters: &'static str, name: &'static str) -> Entry {
    Entry {
        code: Code::of_table(letters),
        letters,
        alpha2: None,
        name,
        kind,
        part,
        issuer: Unstated,
        nationality: Unstated,
        state: None,
    }
}

impl Entry {
    /// With a two-letter partner, which also names the State.
    const fn partner(mut self, alpha2: &'static str) -> Self {
        self.alpha2 = Some(alpha2);
        self.state = Some(alpha2);
        self
    }

    /// A further code of the State that this two-letter code names.
    const fn of_state(mut self, alpha2: &'static str) -> Self {
        self.state = Some(alpha2);
        self
    }

    /// With what the standard says of each field.
    const fn usable(mut self, issuer: Use, nationality: Use) -> Self {
        self.issuer = issuer;
        self.nationality = nationality;
        self
    }
}

/// A code for either field, with its partner.
const fn both(part: Part, kind: Kind, letters: &'static str, alpha2: &'static str, name: &'static str) -> Entry {
    other(part, kind, letters, name).partner(alpha2).usable(Valid, Valid)
}

/// Part A, statuses of British nationality: of the State `GB`, and for the nationality field.
const fn british(letters: &'static str, name: &'static str) -> Entry {
    let row = other(Part::A, Kind::BritishNationality, letters, name);
    row.of_state("GB").usable(Unstated, Valid)
}

/// Part D gives codes "for other issuing authorities"; it names holders only for two of them.
const fn authority(letters: &'static str, name: &'static str, nationality: Use) -> Entry {
    other(Part::D, Kind::Organisation, letters, name).usable(Valid, nationality)
}

/// Part E: what a holder is. No such person issues documents.
const fn person(kind: Kind, letters: &'static str, name: &'static str) -> Entry {
    other(Part::E, kind, letters, name).usable(Invalid, Valid)
}

/// Met in documents or in other readers' tables, listed by no standard.
const fn outside(letters: &'static str, name: &'static str) -> Entry {
    other(Part::Outside, Kind::Unofficial, letters, name)
}

/// ISO 3166-1, a line for each entry, in the order of alpha-3:
///
/// ```text
/// FJI FJ Fiji
/// ```
const ISO: &str = include_str!("iso3166.txt");

/// The codes that are not of ISO 3166-1, part by part.
const OTHER: [Entry; OTHER_COUNT] = [
    both(Part::A, Kind::Country, "D", "DE", "Germany"),
    british("GBD", "British Overseas Territories citizen"),
    british("GBN", "British National (Overseas)"),
    british("GBO", "British Overseas citizen"),
    british("GBP", "British protected person"),
    british("GBS", "British subject"),
    both(Part::A, Kind::Country, "RKS", "KS", "Kosovo"),
    both(Part::B, Kind::Organisation, "EUE", "EU", "European Union").usable(Valid, Unstated),
    both(Part::C, Kind::Organisation, "UNO", "UN", "United Nations"),
    both(Part::C, Kind::Organisation, "UNA", "UN", "United Nations specialized agency"),
    other(Part::C, Kind::Resident, "UNK", "Resident of Kosovo, document of UNMIK").usable(Unstated, Valid),
    authority("XBA", "African Development Bank", Unstated),
    authority("XCC", "Caribbean Community", Valid),
    authority("XCE", "Council of Europe", Unstated),
    authority("XCO", "Common Market for Eastern and Southern Africa", Unstated),
    authority("XDC", "Southern African Development Community", Unstated),
    authority("XEC", "Economic Community of West African States", Unstated),
    authority("XES", "Organisation of Eastern Caribbean States", Unstated),
    authority("XIM", "African Export-Import Bank", Unstated),
    authority("XMP", "Parliamentary Assembly of the Mediterranean", Unstated),
    authority("XOM", "Sovereign Order of Malta", Valid),
    authority("XPO", "INTERPOL", Unstated),
    person(Kind::Stateless, "XXA", "Stateless person (1954 Convention)"),
    person(Kind::Refugee, "XXB", "Refugee (1951 Convention, 1967 Protocol)"),
    person(Kind::Refugee, "XXC", "Refugee outside the 1951 Convention"),
    person(Kind::UnspecifiedNationality, "XXX", "Nationality not specified"),
    both(Part::F, Kind::Deprecated, "ANT", "AN", "Netherlands Antilles"),
    both(Part::F, Kind::Deprecated, "NTZ", "NT", "Neutral Zone"),
    both(Part::G, Kind::Specimen, "UTO", "UT", "Utopia"),
    both(Part::H, Kind::MasterListSigner, "IAO", "IA", "ICAO").usable(Invalid, Invalid),
    outside("XKX", "Kosovo (outside the standard)").partner("XK").of_state("KS"),
    outside("XXK", "Kosovo (outside the standard)").of_state("KS"),
    outside("INP", "INTERPOL (outside the standard)"),
    outside("WSA", "World Service Authority"),
    other(Part::Outside, Kind::Specimen, "YTO", "Ytopia (sample issuer)").partner("XY"),
];
