//! Licences: every version's layout, and every deviation that is met, made from one invented card.

use super::*;
use crate::deviation::Deviation as D;
use crate::payload::aamva::{read, write};
use proptest::prelude::*;

/// The elements of an invented card of version 9.
const ELEMENTS: [(&str, &str); 24] = [
    ("DAQ", "123456789"),
    ("DCS", "ERIKSSON"),
    ("DDE", "N"),
    ("DAC", "ANNA"),
    ("DDF", "N"),
    ("DAD", "MARIA,LENA"),
    ("DDG", "T"),
    ("DCA", "C"),
    ("DCB", "NONE"),
    ("DCD", "NONE"),
    ("DBD", "06062024"),
    ("DBB", "08121974"),
    ("DBA", "08122030"),
    ("DBC", "2"),
    ("DAU", "065 in"),
    ("DAY", "BLU"),
    ("DAG", "12 HARBOUR ST"),
    ("DAI", "PORT UTOPIA"),
    ("DAJ", "GU"),
    ("DAK", "969100000  "),
    ("DCF", "UTODISCRIMINATOR"),
    ("DCG", "USA"),
    ("DDA", "F"),
    ("DAZ", "BRO"),
];

fn card(version: u8, elements: &[(&str, &str)]) -> Card {
    let header = Header {
        issuer_number: "636019".to_owned(),
        version,
        jurisdiction_version: (version > 1).then_some(0),
        ..Header::default()
    };
    let mut elements: Vec<_> = elements.iter().map(|(id, value)| Element::new("DL", id, value).unwrap()).collect();
    elements.push(Element::new("ZG", "ZGA", "OWN").unwrap());
    Card { header, elements, ..Card::default() }
}

fn text() -> String {
    write(&card(9, &ELEMENTS)).unwrap().reveal().clone()
}

fn of(text: &str) -> Card {
    read(text.as_bytes()).unwrap()
}

fn shown(item: &Item) -> &str {
    item.as_ref().map_or("", |text| text.reveal())
}

fn date(text: &str) -> Option<Date> {
    text.parse().ok()
}

#[test]
fn a_card_as_it_should_be_has_every_field_and_no_problem() {
    let card = of(&text());
    assert!(card.problems.is_empty(), "{:?}", card.problems);
    assert_eq!(card.header.issuer.map(|issuer| issuer.jurisdiction), Some("GU"));
    assert_eq!((card.header.version, card.header.subfiles.len()), (9, 2));
    assert_eq!((shown(&card.family_name), shown(&card.first_name)), ("ERIKSSON", "ANNA"));
    assert_eq!(card.middle_names.iter().map(|name| name.reveal().as_str()).collect::<Vec<_>>(), ["MARIA", "LENA"]);
    assert_eq!(card.middle_names_truncated, Some(Truncation::Truncated));
    assert_eq!((card.birth_date, card.expiry_date), (date("1974-08-12"), date("2030-08-12")));
    assert_eq!((card.sex, card.restrictions.is_none()), (Some(Sex::Female), true));
    assert_eq!(card.height.as_ref().and_then(|height| height.centimetres), Some(165));
    assert_eq!(card.element("ZGA").map(|value| value.reveal().as_str()), Some("OWN"));
}

/// Each deviation: what was done to the text, and the problem by which it is reported. The fields stay the same.
#[test]
fn every_known_deviation_is_repaired_and_reported() {
    let text = text();
    let places = |text: &str, from: &str, to: &str| text.replacen(from, to, 1);
    let header_end = text.find("DLDAQ").unwrap();
    let designator = &text[21..31];
    let rows: Vec<(&str, String, D)> = vec![
        ("a byte order mark", format!("\u{FEFF}{text}"), D::LeadingText),
        ("text before it", format!("]L2{text}"), D::LeadingText),
        ("LF for CR", places(&text, "\x1e\r", "\x1e\n"), D::HeaderRepaired),
        ("CR LF RS CR LF A", places(&text, "@\n\x1e\r", "@\r\n\x1e\r\n"), D::HeaderRepaired),
        ("a damaged third byte", places(&text, "\x1e\r", "\u{DC}M"), D::HeaderRepaired),
        (
            "CR LF between elements",
            format!("{}{}", &text[..header_end], text[header_end..].replace('\n', "\r\n")),
            D::SeparatorOther,
        ),
        ("inserted characters", text.replace('\n', "\u{90}\n\u{90}"), D::CharactersInserted),
        ("an offset of zero", places(&text, designator, "DL00000000"), D::SubfileOffset),
        ("an offset of letters", places(&text, designator, "DLabacabac"), D::SubfileOffset),
        ("an offset one too small", places(&text, designator, "DL00400250"), D::SubfileOffset),
        ("an offset one too large", places(&text, designator, "DL00420250"), D::SubfileOffset),
        ("a length beyond the end", places(&text, designator, "DL00419999"), D::SubfileLength),
        ("a wrong count", places(&text, "636019090002", "636019090001"), D::HeaderRepaired),
        ("a line end behind the type", places(&text, "DLDAQ", "DL\nDAQ"), D::SubfileLength),
        ("an unknown issuer", places(&text, "636019", "604425"), D::IssuerUnknown),
        ("a newer version", places(&text, "63601909", "63601912"), D::VersionNewer),
        ("an element twice", places(&text, "DAZBRO", "DAZBRO\nDCSOTHER"), D::FieldRepeated),
        ("an element of another version", places(&text, "DAZBRO", "DAZBRO\nDAAX"), D::FieldOfOtherVersion),
        ("an element that nobody knows", places(&text, "DAZBRO", "DAZBRO\nDXXX"), D::FieldUnknown),
        ("a social security number", places(&text, "DAZBRO", "DAZBRO\nDBK123456789"), D::Withheld),
        ("the other order of a date", places(&text, "DBB08121974", "DBB19740812"), D::DateOrder),
        ("a missing element", places(&text, "DCFUTODISCRIMINATOR\n", ""), D::FieldMissing),
        ("a value that is too long", places(&text, "DDAF", "DDAFF"), D::FieldLength),
    ];
    for (what, text, deviation) in rows {
        let card = of(&text);
        assert!(card.problems.contains(deviation), "{what}: {:?}", card.problems);
        assert_eq!((shown(&card.family_name), shown(&card.document_number)), ("ERIKSSON", "123456789"), "{what}");
        assert_eq!((card.birth_date, card.expiry_date), (date("1974-08-12"), date("2030-08-12")), "{what}");
        assert_eq!(shown(&card.hair_colour), "BRO", "{what}: {:?}", card.problems);
        assert!(card.element("DBK").is_none());
    }
}

#[test]
fn a_terminator_that_became_a_letter_does_not_lengthen_the_last_value() {
    let text = text().replacen("@\n\x1e\r", "@\n6M", 1).replace('\r', "M");
    let card = of(&text);
    assert!(card.problems.contains(D::TerminatorAsLetter));
    assert_eq!((shown(&card.hair_colour), card.element("ZGA").unwrap().reveal().as_str()), ("BRO", "OWN"));
    let honest = of(&self::text().replace("ZGAOWN", "ZGATEAM"));
    assert_eq!(honest.element("ZGA").unwrap().reveal(), "TEAM", "a letter before a terminator stays");
}

#[test]
fn a_date_that_no_calendar_has_costs_that_field_alone() {
    let card = of(&text().replace("DBB08121974", "DBB13451974").replace("DBD06062024", "DBDNONE"));
    assert!(card.problems.contains_in(D::DateImpossible, "birth_date"));
    assert_eq!((card.birth_date, card.issue_date, card.expiry_date), (None, None, date("2030-08-12")));
}

#[test]
fn codes_that_are_met_are_read_and_others_said() {
    let of_sex = |code: &str| {
        let card = of(&text().replace("DBC2", &format!("DBC{code}")));
        (card.sex, card.problems.contains_in(D::CodeUnknown, "sex"))
    };
    assert_eq!(of_sex("1"), (Some(Sex::Male), false));
    assert_eq!(of_sex("9"), (Some(Sex::Unspecified), false));
    assert_eq!(of_sex("X"), (Some(Sex::Unspecified), true));
    assert_eq!(of_sex("0"), (None, true));
    let card = of(&text().replace("DAYBLU", "DAYBN ").replace("DCGUSA", "DCGUTO").replace("DDEN", "DDEX"));
    for field in ["eye_colour", "country", "family_name_truncated"] {
        assert!(card.problems.contains_in(D::CodeUnknown, field), "{field}");
    }
    let red = of(&text().replace("DAZBRO", "DAZRED/AUBURN"));
    assert!(!red.problems.contains_in(D::CodeUnknown, "hair_colour"), "whole words are legal");
}

/// Version 1: one name, dates from the year on, and other meanings of some elements.
#[test]
fn the_first_version_has_its_own_elements() {
    let elements = [
        ("DAQ", "123456789"),
        ("DAA", "ERIKSSON,ANNA,MARIA,JR"),
        ("DAG", "12 HARBOUR ST"),
        ("DAI", "PORT UTOPIA"),
        ("DAJ", "GU"),
        ("DAK", "96910"),
        ("DAR", "D"),
        ("DAS", ""),
        ("DAT", ""),
        ("DAU", "508"),
        ("DBA", "20301231"),
        ("DBB", "19740812"),
        ("DBC", "F"),
        ("DBD", "20240606"),
        ("DBG", "2"),
    ];
    let card = of(write(&card(1, &elements)).unwrap().reveal());
    assert!(card.problems.is_empty(), "{:?}", card.problems);
    assert_eq!((shown(&card.family_name), shown(&card.first_name), shown(&card.suffix)), ("ERIKSSON", "ANNA", "JR"));
    assert_eq!((card.sex, card.birth_date), (Some(Sex::Female), date("1974-08-12")));
    assert_eq!(card.height.as_ref().and_then(|height| height.centimetres), Some(173));
    let at = of(write(&self::card(1, &[("DAA", "ERIKSSON@ANNA")])).unwrap().reveal());
    assert_eq!((shown(&at.family_name), shown(&at.first_name)), ("ERIKSSON", "ANNA"));
    let blanks = of(write(&self::card(1, &[("DAA", "ERIKSSON ANNA")])).unwrap().reveal());
    assert!(blanks.problems.contains_in(D::SeparatorOther, "full_name"));
}

#[test]
fn given_names_of_versions_2_and_3_are_split_at_commas_only() {
    let of_names = |names: &str| {
        let card = of(write(&card(3, &[("DCS", "ERIKSSON"), ("DCT", names)])).unwrap().reveal());
        (shown(&card.first_name).to_owned(), card.middle_names.len())
    };
    assert_eq!(of_names("ANNA,MARIA"), ("ANNA".to_owned(), 1));
    assert_eq!(of_names("ANNA MARIA"), ("ANNA MARIA".to_owned(), 0));
}

#[test]
fn canada_and_mexico_write_the_year_first_from_version_3_on() {
    let of_country = |country: &str, date: &str| {
        let text = text().replace("DCGUSA", &format!("DCG{country}")).replace("DBB08121974", &format!("DBB{date}"));
        of(&text).problems.contains_in(D::DateOrder, "birth_date")
    };
    assert!(!of_country("CAN", "19740812") && !of_country("CDN", "19740812") && !of_country("MEX", "19740812"));
    assert!(of_country("CAN", "08121974") && of_country("USA", "19740812"));
}

#[test]
fn flags_of_version_11_are_there_or_left_out() {
    let mut elements = ELEMENTS.to_vec();
    elements.extend([("DDN", "1"), ("DDP", "1")]);
    let card = of(write(&card(11, &elements)).unwrap().reveal());
    assert!(card.permit && !card.commercial && !card.non_domiciled, "non-domiciled needs a commercial licence");
    assert!(card.problems.contains_in(D::FieldMissing, "commercial"));
    elements.push(("DDM", "0"));
    let card = of(write(&super::tests::card(11, &elements)).unwrap().reveal());
    assert!(!card.commercial && card.problems.contains_in(D::CodeUnknown, "commercial"), "never 0");
}

#[test]
fn what_stands_twice_counts_as_first_written_and_the_rest_is_kept() {
    let card = of(&text().replacen("DAZBRO", "DAZBRO\nDCSOTHER", 1));
    assert_eq!(shown(&card.family_name), "ERIKSSON");
    assert!(card.problems.contains_in(D::FieldRepeated, "family_name"));
    let repeated: Vec<_> =
        card.repeated.iter().map(|element| (element.id(), element.value.reveal().as_str())).collect();
    assert_eq!(repeated, [("DCS", "OTHER")]);
}

#[test]
fn letters_that_were_given_twice_mean_what_the_version_says() {
    let with_dbg =
        |version: u8| of(write(&card(version, &[&ELEMENTS[..], &[("DBG", "A")]].concat())).unwrap().reveal());
    assert!(with_dbg(2).problems.contains_in(D::FieldOfOtherVersion, "alias_given_name"));
    assert!(!with_dbg(4).problems.contains(D::FieldOfOtherVersion));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 96 } else { 2048 }))]

    #[test]
    fn what_is_written_is_what_is_read(
        version in 2_u8..=11,
        number in "[A-Z0-9]{1,25}",
        family in "[A-Z][A-Z '-]{0,38}[A-Z]",
        given in "[A-Z][A-Z -]{0,20}[A-Z]",
        street in "[A-Z0-9][A-Z0-9 .#/-]{0,33}",
        own in proptest::collection::vec("[A-Z0-9]{0,20}", 0..6),
    ) {
        let mut elements: Vec<Element> = [("DAQ", number), ("DCS", family), ("DAC", given), ("DAG", street)]
            .iter()
            .map(|(id, value)| Element::new("DL", id, value.trim_end()).unwrap())
            .collect();
        for (index, value) in own.iter().enumerate() {
            let letter = char::from(b'A' + u8::try_from(index).unwrap());
            elements.push(Element::new("ZG", &format!("ZG{letter}"), value).unwrap());
        }
        let card = Card { elements, ..self::card(version, &[]) };
        let written = write(&card).unwrap();
        let again = of(written.reveal());
        prop_assert_eq!(&again.elements, &card.elements);
        prop_assert!(!again.problems.contains(D::SubfileOffset) && !again.problems.contains(D::SubfileLength));
        prop_assert_eq!(write(&again).unwrap(), written);
    }
}
