//! What the writer prints and what it refuses.

use super::*;
use crate::mrz::parse;
use crate::translit::{Language, LatinChoice};

fn passport() -> Content {
    Content {
        document_code: "PP".into(),
        issuer: "UTO".into(),
        primary: "Eriksson".into(),
        secondary: "Anna Maria".into(),
        document_number: "L898902C3".into(),
        nationality: "UTO".into(),
        birth_date: Some("1974-08-12".parse().unwrap()),
        sex: Some(Sex::Female),
        expiry_date: Some("2012-04-15".parse().unwrap()),
        ..Content::new(Layout::Td3)
    }
}

fn card() -> Content {
    Content { layout: Layout::Td1, document_code: "I".into(), document_number: "D23145890".into(), ..passport() }
}

fn lines(content: &Content) -> Vec<String> {
    let zone = write(content).unwrap();
    zone.lines().map(str::to_owned).collect()
}

fn refusal(content: &Content) -> (ErrorKind, Part, usize) {
    let error = write(content).unwrap_err();
    (error.kind, error.part, error.offset)
}

/// The name field of a layout, as it is printed for a name.
fn name_field(layout: Layout, primary: &str, secondary: &str, truncation: Truncation) -> String {
    let code = match layout {
        Layout::Td3 => "P",
        Layout::MrvA | Layout::MrvB => "V",
        _ => "I",
    };
    let content = Content {
        layout,
        document_code: code.into(),
        primary: primary.into(),
        secondary: secondary.into(),
        truncation,
        ..passport()
    };
    let zone = write(&content).unwrap();
    zone.field(FieldId::Name).unwrap().raw.to_owned()
}

#[test]
fn the_examples_of_the_standard_come_out_exactly_from_the_untruncated_names() {
    let long = "Bennelong Wooloomooloo Warrandyte Warnambool";
    for (primary, secondary, how, field) in [
        ("Eriksson", "Anna Maria", Truncation::Initials, "ERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"),
        ("O'Connor", "Enya Siobhan", Truncation::Initials, "OCONNOR<<ENYA<SIOBHAN<<<<<<<<<<<<<<<<<<"),
        (
            "Nilavadhanananda",
            "Chayapa Dejthamrong Krasuang",
            Truncation::Initials,
            "NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K",
        ),
        (long, "Dingo Potoroo", Truncation::Initials, "BENNELONG<WOOLOOMOOLOO<WARRANDYTE<W<<DI"),
        (long, "Dingo Potoroo", Truncation::Even, "BENNELONG<WOOLOOM<WARRAND<WARNAM<<DINGO"),
        ("Papandropoulous", "Jonathon Warren Trevor", Truncation::Initials, "PAPANDROPOULOUS<<JONATHON<WARREN<TREVOR"),
    ] {
        for layout in [Layout::Td3, Layout::MrvA] {
            assert_eq!(name_field(layout, primary, secondary, how), field);
        }
    }
}

#[test]
fn initials_are_made_from_the_end_and_only_as_many_as_the_width_asks() {
    let long = ("Bennelong Wooloomooloo Warrandyte Warnambool", "Dingo Potoroo");
    let field = |layout, (primary, secondary)| name_field(layout, primary, secondary, Truncation::Initials);
    assert_eq!(field(Layout::Td1, long), "BENNELONG<WOOLOOMOOLOO<W<W<<DI");
    assert_eq!(field(Layout::Td2, long), "BENNELONG<WOOLOOMOOLOO<W<W<<D<P");
    assert_eq!(field(Layout::MrvB, long), "BENNELONG<WOOLOOMOOLOO<W<W<<D<P");
    let secondary = ("Nilavadhanananda", "Chayapa Dejthamrong Krasuang");
    assert_eq!(field(Layout::Td1, secondary), "NILAVADHANANANDA<<CHAYAPA<DE<K");
    assert_eq!(field(Layout::Td2, secondary), "NILAVADHANANANDA<<CHAYAPA<DEJ<K");
}

#[test]
fn components_may_be_cut_to_a_number_of_letters() {
    let field = |layout, letters| {
        let long = "Bennelong Wooloomooloo Warrandyte Warnambool";
        name_field(layout, long, "Dingo Potoroo", Truncation::Letters(letters))
    };
    assert_eq!(field(Layout::Td3, 6), "BENNEL<WOOLOO<WARRAN<WARNAM<<DINGO<POTO");
    assert_eq!(field(Layout::Td1, 5), "BENNE<WOOLO<WARRA<WARNA<<DIN<P");
    assert_eq!(field(Layout::MrvB, 4), "BENN<WOOL<WARR<WARN<<DINGO<POTO");
    assert_eq!(
        field(Layout::Td1, 200),
        "BENNEL<WOOLOO<WARRAN<WARNAM<<D",
        "as many letters as leave the secondary identifier a place"
    );
    assert_eq!(field(Layout::Td1, 0), "BEN<WOO<WAR<WAR<<DINGO<POTOROO", "never less than an initial");
}

#[test]
fn a_primary_identifier_alone_is_cut_to_its_width() {
    let field = |primary: &str, how| name_field(Layout::Td1, primary, "", how);
    let long = "Bennelong Wooloomooloo Warrandyte";
    assert_eq!(field(long, Truncation::Initials), "BENNELONG<WOOLOOMOOLOO<WARRAND");
    assert_eq!(field(long, Truncation::Even), "BENNELONG<WOOLOOMOOL<WARRANDYT");
    assert_eq!(field(long, Truncation::Letters(4)), "BENNELONG<WOOLOOMOOL<WARRANDYT", "the field has to be full");
    assert_eq!(field(&"Q".repeat(31), Truncation::Initials), "Q".repeat(30));
    assert_eq!(field(&"Q".repeat(30), Truncation::Initials), "Q".repeat(30));
}

#[test]
fn punctuation_follows_the_rules_for_names() {
    let field = |primary: &str, secondary: &str| {
        let field = name_field(Layout::Td3, primary, secondary, Truncation::Initials);
        field.trim_end_matches('<').to_owned()
    };
    assert_eq!(field("D'Artagnan", "Marie-Elise"), "DARTAGNAN<<MARIE<ELISE");
    assert_eq!(field("Eriksson", "Anna, Maria"), "ERIKSSON<<ANNA<MARIA");
    assert_eq!(field("St. John", " Mary  (Ann) "), "ST<JOHN<<MARY<ANN");
    assert_eq!(field("Ma\u{2BB}afu", "\u{2018}Ofa"), "MAAFU<<OFA");
    assert_eq!(field("Smith - Jones", "-"), "SMITH<JONES");
}

#[test]
fn a_name_holds_no_digits_and_no_letters_that_no_rule_spells() {
    for (primary, column) in [("ER1KSSON", 7), ("\u{3A9}ERIKSSON", 5), ("\u{D6}BERG 2", 11)] {
        let content = Content { primary: primary.into(), ..passport() };
        assert_eq!(refusal(&content), (ErrorKind::MrzCharacter, Part::Mrz(1), column));
    }
    let endless = Content { primary: "A".repeat(1025).as_str().into(), ..passport() };
    assert_eq!(refusal(&endless), (ErrorKind::MrzFieldLength, Part::Mrz(1), 44));
    let nameless = Content { primary: "'-'".into(), ..passport() };
    assert_eq!(refusal(&nameless), (ErrorKind::MrzField, Part::Mrz(1), 5));
}

#[test]
fn names_in_other_letters_are_transliterated_by_the_choices_given() {
    let content = |language, latin| Content {
        primary: "\u{413}\u{43D}\u{430}\u{442}".into(),
        secondary: "\u{C5}sa-\u{D8}da".into(),
        spelling: Rules { language, latin },
        ..passport()
    };
    let name = |language, latin| lines(&content(language, latin))[0][5..].trim_end_matches('<').to_owned();
    assert_eq!(name(Language::General, LatinChoice::FirstNamed), "GNAT<<AASA<OEDA");
    assert_eq!(name(Language::Ukrainian, LatinChoice::Plain), "HNAT<<ASA<OEDA");
}

#[test]
fn a_name_that_no_cut_lets_end_in_a_letter_is_refused() {
    let content = Content { primary: "A".into(), secondary: "B ".repeat(40).as_str().into(), ..passport() };
    assert_eq!(refusal(&content), (ErrorKind::MrzFieldLength, Part::Mrz(1), 44));
}

#[test]
fn a_long_number_runs_on_into_the_optional_data() {
    let content = Content { document_number: "D23145890734".into(), optional_data: "AB 12".into(), ..card() };
    assert_eq!(lines(&content)[0], "I<UTOD23145890<7349<AB<12<<<<<");
    let zone = write(&content).unwrap();
    assert_eq!(zone.document_number().reveal(), "D23145890734");
    let sheet = Content { layout: Layout::Td2, document_number: "D23145890734".into(), ..card() };
    assert!(lines(&sheet)[1].contains("7349<<<"));
}

#[test]
fn a_number_that_could_not_be_read_back_is_refused() {
    let number = |layout, number: &str| refusal(&Content { layout, document_number: number.into(), ..card() });
    assert_eq!(number(Layout::Td1, ""), (ErrorKind::MrzField, Part::Mrz(1), 5));
    assert_eq!(number(Layout::Td1, "-12"), (ErrorKind::MrzCharacter, Part::Mrz(1), 5));
    assert_eq!(
        number(Layout::Td1, "12345678 0"),
        (ErrorKind::MrzCharacter, Part::Mrz(1), 13),
        "a filler before the place of the digit hides the tail"
    );
    assert_eq!(number(Layout::Td1, "1234567890 1"), (ErrorKind::MrzCharacter, Part::Mrz(1), 16));
    assert_eq!(
        number(Layout::Td1, "12345678901234567890123"),
        (ErrorKind::MrzFieldLength, Part::Mrz(1), 30),
        "no filler behind the digit"
    );
    assert_eq!(number(Layout::Td2, "123456789012345"), (ErrorKind::MrzFieldLength, Part::Mrz(2), 35));
    let visa =
        Content { layout: Layout::MrvA, document_code: "V".into(), document_number: "1234567890".into(), ..passport() };
    assert_eq!(refusal(&visa), (ErrorKind::MrzFieldLength, Part::Mrz(2), 9));
}

#[test]
fn the_longest_numbers_still_have_a_filler_behind_their_digit() {
    for (layout, number) in [(Layout::Td1, "1234567890123456789012"), (Layout::Td2, "12345678901234")] {
        let zone = write(&Content { layout, document_number: number.into(), ..card() }).unwrap();
        assert_eq!(zone.document_number().reveal(), number);
    }
}

#[test]
fn the_digit_of_an_empty_optional_field_is_the_issuers_choice() {
    let with = |digit| lines(&Content { empty_optional_digit: digit, ..passport() })[1][42..].to_owned();
    assert_eq!((with(EmptyDigit::Zero), with(EmptyDigit::Filler)), ("08".into(), "<8".into()));
    let full = Content { optional_data: "ZE184226B".into(), empty_optional_digit: EmptyDigit::Filler, ..passport() };
    assert_eq!(&lines(&full)[1][42..], "10", "a field with data has its digit");
}

#[test]
fn unknown_parts_of_a_birth_date_are_fillers() {
    let born = |date: &str| {
        let content = Content { birth_date: Some(date.parse().unwrap()), ..passport() };
        lines(&content)[1][13..20].to_owned()
    };
    assert_eq!(born("XXXX-XX-XX"), "<<<<<<0");
    assert_eq!(born("1974-XX-XX"), "74<<<<1");
    assert_eq!(born("2005-01-XX"), "0501<<2");
}

#[test]
fn what_a_layout_needs_or_has_no_place_for_is_named() {
    let missing = |change: fn(&mut Content)| {
        let mut content = card();
        change(&mut content);
        refusal(&content)
    };
    assert_eq!(missing(|c| c.issuer = "".into()), (ErrorKind::MrzField, Part::Mrz(1), 2));
    assert_eq!(missing(|c| c.nationality = " ".into()), (ErrorKind::MrzField, Part::Mrz(2), 15));
    assert_eq!(missing(|c| c.birth_date = None), (ErrorKind::MrzField, Part::Mrz(2), 0));
    assert_eq!(missing(|c| c.expiry_date = None), (ErrorKind::MrzField, Part::Mrz(2), 8));
    assert_eq!(missing(|c| c.document_code = "".into()), (ErrorKind::MrzField, Part::Mrz(1), 0));
    assert_eq!(missing(|c| c.language = "D".into()), (ErrorKind::MrzField, Part::MrzText, 0));
    assert_eq!(missing(|c| c.layout = Layout::SwissDrivingLicence).0, ErrorKind::MrzField);
}

#[test]
fn codes_have_the_form_of_the_table() {
    let issuer = |code: &str| {
        let content = Content { issuer: code.into(), ..passport() };
        write(&content).map(|zone| zone.field(FieldId::Issuer).unwrap().raw.to_owned())
    };
    assert_eq!(issuer("d").unwrap(), "D<<");
    assert_eq!(issuer("UTOP").unwrap_err().kind, ErrorKind::MrzFieldLength);
    assert_eq!(issuer("U1O").unwrap_err().kind, ErrorKind::MrzCharacter);
    assert_eq!(issuer("U O").unwrap_err().kind, ErrorKind::MrzCharacter);
}

#[test]
fn a_document_code_must_belong_to_the_layout_and_lead_the_reader_back_to_it() {
    let coded = |layout, code: &str, issuer: &str| {
        let content = Content { layout, document_code: code.into(), issuer: issuer.into(), ..card() };
        write(&content).map(drop).map_err(|error| (error.kind, error.part))
    };
    let wrong = Err((ErrorKind::MrzLayout, Part::Mrz(1)));
    assert_eq!(coded(Layout::Td1, "AC", "UTO"), Ok(()));
    assert_eq!(coded(Layout::Td2, "AC", "UTO"), wrong);
    assert_eq!(coded(Layout::Td1, "IV", "UTO"), wrong);
    assert_eq!(coded(Layout::Td3, "I", "UTO"), wrong);
    assert_eq!(coded(Layout::Td3, "V", "UTO"), wrong, "it would be read as a visa");
    assert_eq!(coded(Layout::Td1, "ID", "FRA"), Ok(()));
    assert_eq!(coded(Layout::Td2, "ID", "FRA"), wrong, "it would be read as the older French card");
    assert_eq!(coded(Layout::Td3, "P1", "UTO"), Err((ErrorKind::MrzCharacter, Part::Mrz(1))));
    assert_eq!(coded(Layout::Td1, "C1", "USA"), Ok(()));
}

#[test]
fn a_french_identity_card_is_written_as_its_specimen() {
    let french = Content {
        document_code: "ID".into(),
        issuer: "FRA".into(),
        primary: "Berthier".into(),
        secondary: "Corinne".into(),
        document_number: "880692310285".into(),
        birth_date: Some("1965-12-06".parse().unwrap()),
        sex: Some(Sex::Female),
        issuing_department: "923".into(),
        issuing_office: "255".into(),
        ..Content::new(Layout::FrenchIdentityCard)
    };
    assert_eq!(lines(&french), ["IDFRABERTHIER<<<<<<<<<<<<<<<<<923255", "8806923102858CORINNE<<<<<<<6512068F2"]);
}

#[test]
fn one_line_licences_are_written_as_their_specimens() {
    let dutch = Content {
        document_code: "D1".into(),
        issuer: "NLD".into(),
        number_version: "1".into(),
        document_number: "5094962111".into(),
        random_data: "659VW87Z78NB8".into(),
        ..Content::new(Layout::DrivingLicence)
    };
    assert_eq!(lines(&dutch), ["D1NLD15094962111659VW87Z78NB84"]);
    let licence = Content {
        document_code: "D1".into(),
        issuer: "FRA".into(),
        document_number: "13AA00002".into(),
        expiry_date: Some("2018-12-31".parse().unwrap()),
        primary: "Martin".into(),
        ..Content::new(Layout::FrenchDrivingLicence)
    };
    assert_eq!(lines(&licence), ["D1FRA13AA000026181231MARTIN<<9"]);
}

#[test]
fn a_swiss_licence_is_written_with_and_without_its_first_line() {
    let swiss = Content {
        blank_number: "AAA001".into(),
        language: "D".into(),
        document_code: "FA".into(),
        issuer: "CHE".into(),
        document_number: "305142128097".into(),
        birth_date: Some("1980-01-26".parse().unwrap()),
        primary: "Marchand".into(),
        secondary: "Fabienne".into(),
        ..Content::new(Layout::SwissDrivingLicence)
    };
    let below = ["FACHE305142128097<<800126<<<<<", "MARCHAND<<FABIENNE<<<<<<<<<<<<"];
    assert_eq!(lines(&swiss), [&["AAA001D<<"], below.as_slice()].concat());
    let below_alone = Content {
        layout: Layout::SwissDrivingLicenceBelow,
        blank_number: "".into(),
        language: "".into(),
        ..swiss.clone()
    };
    assert_eq!(lines(&below_alone), below);
    let short = Content { document_number: "30514212809".into(), ..swiss.clone() };
    assert_eq!(refusal(&short), (ErrorKind::MrzFieldLength, Part::Mrz(2), 16));
    let foreign = Content { issuer: "UTO".into(), ..swiss };
    assert_eq!(refusal(&foreign), (ErrorKind::MrzLayout, Part::Mrz(2), 0));
}

#[test]
fn given_names_of_a_french_card_keep_their_hyphens_through_a_round() {
    let content = Content {
        document_code: "ID".into(),
        issuer: "FRA".into(),
        primary: "DE LA TOUR".into(),
        secondary: "ANNE-LISE EVA".into(),
        document_number: "880692310285".into(),
        birth_date: Some("1965-12-06".parse().unwrap()),
        sex: Some(Sex::Female),
        ..Content::new(Layout::FrenchIdentityCard)
    };
    assert_eq!(&lines(&content)[1][13..27], "ANNE<LISE<<EVA");
    let on = Date::new(2026, 11, 22).unwrap();
    assert_eq!(Content::of(&write(&content).unwrap(), on), Ok(content));
}

#[test]
fn what_cannot_be_read_is_no_content() {
    let on = Date::new(2026, 11, 22).unwrap();
    let of = |second: &str| {
        let text = format!("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n{second}");
        Content::of(&parse(text).unwrap(), on).map_err(|error| (error.kind, error.part, error.offset))
    };
    let unread = of("L8?8902C36UTO7408122F1204159ZE184226B<<<<<10");
    assert_eq!(unread, Err((ErrorKind::MrzCharacter, Part::Mrz(2), 2)));
    let month_13 = of("L898902C36UTO7413122F1204159ZE184226B<<<<<10");
    assert_eq!(month_13, Err((ErrorKind::MrzField, Part::Mrz(2), 13)));
}

#[test]
fn content_is_read_from_json_and_its_errors_show_no_value() {
    let json = br#"{"layout": "td3", "document_code": "P", "primary": "ERIKSSON", "birth_date": "1974-XX-XX",
        "sex": "female", "spelling": {"language": "serbian"}, "expiry_date": "2012-04-15", "truncation": {"letters": 6}, "empty_optional_digit": "<"}"#;
    let content = Content::from_json(json).unwrap();
    assert_eq!(content.primary.reveal(), "ERIKSSON");
    assert_eq!(content.spelling.language, Language::Serbian);
    assert_eq!(content.truncation, Truncation::Letters(6));
    assert_eq!(content.empty_optional_digit, EmptyDigit::Filler);
    let again = serde_json::to_vec(&content).unwrap();
    assert_eq!(Content::from_json(&again), Ok(content));
    for (wrong, offset) in [
        ("{\n\"layout\": \"td3\",\n\"surname\": \"ERIKSSON\"}", 28),
        ("{\"layout\": \"td3\", \"birth_date\": \"1974-02-30\"}", 44),
        ("{\"primary\": \"ERIKSSON\"}", 22),
        ("[]", 1),
        ("", 0),
    ] {
        let error = Content::from_json(wrong.as_bytes()).unwrap_err();
        assert_eq!((error.kind, error.part), (ErrorKind::BadJson, Part::Input), "{wrong}");
        assert!(error.offset.abs_diff(offset) <= 2, "{wrong}: {}", error.offset);
    }
}

#[test]
fn content_shows_nothing_of_itself() {
    let text = format!("{:?}", passport());
    for word in ["riksson", "Anna", "L898", "1974", "2012", "74-08"] {
        assert!(!text.contains(word), "{word}");
    }
}
