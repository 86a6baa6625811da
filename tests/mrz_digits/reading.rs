//! What repair is for: misreadings are set right, misprints stay, and nothing is claimed beyond what the reader said.

use super::rules::{ALL, ALPHABET, Checker};
use super::{joined, layout_of, misses, on};
use landfall::check::{CheckId, Outcome, Reason, Subject};
use landfall::mrz::{self, FieldId, Layout, Likelihoods, Reader, SUPPORTED_GAP, candidates, centibans, parse, repair};
use proptest::prelude::*;

const PASSPORT: &str = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
const LONG_NUMBER: &str = "I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<\nD23145890<UTO3407127M95071227349<<<8";

/// The passport with other characters from a column of its second line on.
fn passport(column: usize, text: &str) -> String {
    let mut zone = PASSPORT.to_owned();
    zone.replace_range(44 + column..44 + column + text.len(), text);
    zone
}

fn second_line(repair: &mrz::Repair) -> String {
    repair.repaired().nth(1).unwrap().to_owned()
}

/// What a reader says who is sure of a text, `certainty` for each character and the rest shared by the others.
fn sure(text: &str, certainty: f32) -> Likelihoods {
    let mut all = Likelihoods::unread();
    let characters = text.bytes().filter(|c| *c != b'\n');
    for (at, character) in characters.enumerate() {
        let row = ALPHABET.map(|c| if c == character { certainty } else { (1.0 - certainty) / 36.0 });
        all.set_probabilities(at, &row).unwrap();
    }
    all
}

/// The same, in doubt between two characters at a column of the second line of a passport.
fn in_doubt(text: &str, column: usize, doubt: [(u8, f32); 2]) -> Likelihoods {
    let mut all = sure(text, 0.999);
    let row = ALPHABET.map(|c| doubt.iter().find(|(named, _)| *named == c).map_or(0.0001, |(_, p)| *p));
    all.set_probabilities(43 + column, &row).unwrap();
    all
}

#[test]
fn a_reader_that_doubted_the_right_character_is_set_right() {
    for (column, read, right) in
        [(1, b'C', b'L'), (8, b'G', b'C'), (14, b'1', b'7'), (43, b'7', b'1'), (44, b'O', b'0')]
    {
        let text = passport(column, core::str::from_utf8(&[read]).unwrap());
        let repair = in_doubt(&text, column, [(read, 0.7), (right, 0.29)]).repair(Layout::Td3);
        assert_eq!(repair.repaired().collect::<Vec<_>>(), PASSPORT.split('\n').collect::<Vec<_>>());
        assert_eq!(repair.printed().nth(1), text.split('\n').nth(1), "what is printed stays as it is");
        assert!(repair.supported() && repair.unique() && repair.gap() == 39, "{column}");
        let change = repair.changes().next().unwrap();
        assert_eq!((usize::from(change.line), usize::from(change.column)), (2, column));
        assert_eq!((change.from, change.to), (char::from(read), char::from(right)));
    }
}

#[test]
fn a_misprint_that_was_read_well_gives_a_large_gap_and_is_not_supported() {
    for column in [2, 10, 15, 20, 26, 33, 43, 44] {
        let printed = PASSPORT.as_bytes()[44 + column];
        let other = if printed == b'5' { "6" } else { "5" };
        let text = passport(column, other);
        let repair = sure(&text, 0.9999).repair(Layout::Td3);
        assert!(repair.gap() > 2 * SUPPORTED_GAP && !repair.supported(), "{column}");
        assert_eq!(repair.printed().nth(1), text.split('\n').nth(1));
        let checker = Checker::new(&ALL[2]);
        assert!(checker.fits(&joined(&repair), &joined(&repair)));
    }
}

#[test]
fn text_without_probabilities_never_supports_a_repair() {
    let zone = parse(passport(16, "O")).unwrap();
    for reader in [Reader::OcrB, Reader::UNIFORM] {
        let repair = repair(&zone, reader);
        assert_eq!(second_line(&repair), &PASSPORT[45..]);
        assert!(repair.unique() && !repair.supported(), "{reader:?}");
    }
}

#[test]
fn confusions_of_ocr_b_decide_where_a_uniform_reader_cannot() {
    let zone = parse(passport(6, "O")).unwrap();
    let (blind, informed) = (repair(&zone, Reader::UNIFORM), repair(&zone, Reader::OcrB));
    assert!(!blind.unique() && blind.readings() > 1);
    assert_eq!(second_line(&informed), &PASSPORT[45..]);
    assert!(informed.unique() && informed.margin() > Some(mrz::UNIQUE_MARGIN));
}

#[test]
fn an_erasure_is_filled_where_one_character_fits_and_is_not_supported_even_then() {
    let text = passport(17, "?");
    let mut said = sure(&text.replace('?', "0"), 0.9999);
    said.set(43 + 17, &[157; 37]).unwrap();
    for repair in [repair(&parse(&text).unwrap(), Reader::OcrB), said.repair(Layout::Td3)] {
        assert_eq!(second_line(&repair), &PASSPORT[45..]);
        assert_eq!(repair.changes().next().map(|change| change.from), Some('?'));
        assert!(repair.unique() && repair.gap() == 0 && !repair.supported());
    }
}

#[test]
fn a_letter_that_no_digit_covers_is_not_invented() {
    let text = PASSPORT.replacen("ERIK", "ER1?", 1);
    let repair = repair(&parse(text).unwrap(), Reader::OcrB);
    assert!(repair.repaired().next().unwrap().starts_with("P<UTOERI?SSON"));
    assert_eq!(repair.readings(), 27, "any letter or the filler");
    assert!(!repair.unique() && repair.margin_of(FieldId::Name) == Some(0));
    assert!(repair.margin_of(FieldId::DocumentNumber) > Some(100), "the number is not in doubt");
    assert_eq!(repair.changes().count(), 1);
}

#[test]
fn candidates_of_the_reader_are_weighed_in_their_order() {
    let text = PASSPORT.replacen("L898", "L8\u{1d}3B9\u{1d}8", 1);
    let zone = parse(&text).unwrap();
    let mut said = Likelihoods::of(&zone, Reader::OcrB);
    said.set_candidates(&candidates(text.as_bytes(), &mrz::DEFAULT_MARKS));
    let repair = said.repair(zone.layout());
    assert!(repair.repaired().nth(1).unwrap().starts_with("L898"));
    assert!(repair.gap() == 60 && !repair.supported(), "third choice, and no probabilities");
}

#[test]
fn a_long_number_is_repaired_with_its_tail() {
    for at in [0, 8, 9, 28, 29, 30, 31, 32, 35] {
        let mut text = LONG_NUMBER.to_owned();
        let right = text.as_bytes()[37 + at];
        let wrong = if right == b'<' { "K" } else { "<" };
        text.replace_range(37 + at..38 + at, wrong);
        let mut said = sure(&text, 0.9999);
        let row = ALPHABET.map(|c| {
            if c == right {
                0.3
            } else if c == wrong.as_bytes()[0] {
                0.6
            } else {
                0.0001
            }
        });
        said.set_probabilities(36 + at, &row).unwrap();
        let repair = said.repair(Layout::Td2);
        assert_eq!(second_line(&repair), &LONG_NUMBER[37..], "{at}");
        assert_eq!(repair.zone().unwrap().document_number().reveal(), "D23145890734");
    }
}

#[test]
fn what_stands_where_nothing_needs_to_stand_is_left_alone() {
    let empty = "PPYTOSMITH<<JOHN<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nHA672242<6YTO5802254M9601086<<<<<<<<<<<<<<";
    let no_expiry = "PPYTOSMITH<<JOHN<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nHA672242<6YTO5802254X<<<<<<0<<<<<<<<<<<<<<<6";
    for text in [format!("{empty}08"), format!("{empty}<8"), no_expiry.to_owned()] {
        let zone = parse(&text).unwrap();
        let repair = repair(&zone, Reader::OcrB);
        assert_eq!((repair.changes().count(), repair.margin(), repair.unique()), (0, None, true));
        assert!(!Likelihoods::of(&zone, Reader::OcrB).repair(Layout::Td3).changes().any(|_| true));
    }
}

#[test]
fn no_text_form_shows_what_was_read() {
    let repair = repair(&parse(passport(16, "O")).unwrap(), Reader::OcrB);
    assert_eq!(format!("{repair:?}"), "Repair(td3, [redacted])");
    assert_eq!(format!("{:?}", repair.changes().next().unwrap()), "Change(2:16, [redacted])");
}

#[test]
fn the_written_result_holds_both_readings_and_what_lies_between_them() {
    let repair = repair(&parse(passport(16, "O")).unwrap(), Reader::OcrB);
    let written = serde_json::to_value(&repair).unwrap();
    assert_eq!(written["layout"], "td3");
    assert_eq!(written["printed"][1], passport(16, "O").split_off(45));
    assert_eq!(written["repaired"][1], PASSPORT[45..]);
    assert_eq!(written["changed"], serde_json::json!([{"line": 2, "column": 16, "from": "O", "to": "0"}]));
    assert_eq!((&written["unique"], &written["supported"]), (&true.into(), &false.into()));
    assert_eq!((&written["gap"], &written["readings"]), (&180.into(), &1.into()));
}

/// Any character of the zone, marks and foreign characters now and then.
fn character() -> impl Strategy<Value = u8> {
    prop_oneof![
        8 => prop::sample::select(ALPHABET.to_vec()),
        1 => Just(mrz::UNREAD),
        1 => prop::sample::select(b"#ax.\x1a".to_vec()),
    ]
}

/// Asserts that a repaired text is one, by this crate's checks and by the independent rules.
fn assert_satisfied(checker: &Checker, repair: &mrz::Repair) {
    let printed: String = repair.printed().collect();
    let text = joined(repair);
    let filled = checker.fill(&text);
    assert!(checker.fits(&filled, printed.as_bytes()), "{}", checker.rules.name);
    let zone = repair.zone().unwrap();
    assert_eq!(zone.layout(), layout_of(checker));
    for check in zone.checks(Subject::Document(1), on()) {
        let passed = matches!(check.outcome, Outcome::Passed | Outcome::NotPresent);
        match check.id {
            CheckId::MrzCalendar => assert!(passed || is_left_to_the_day(check.reason), "{:?}", check.reason),
            CheckId::MrzCharacters => assert!(passed || check.reason == Reason::Unreadable),
            id if id.name().starts_with("mrz.check_digit.") => assert!(passed, "{id}"),
            _ => {}
        }
    }
}

/// The order of the dates depends on the day of inspection; no expiry date is no wrong one.
fn is_left_to_the_day(reason: Reason) -> bool {
    matches!(reason, Reason::DatesOutOfOrder | Reason::NoExpiryDate)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_was_read_the_repaired_text_satisfies_the_rules_and_needs_no_repair(
        characters in prop::collection::vec(character(), 90),
        kept in prop::collection::vec(any::<bool>(), 90),
    ) {
        for checker in ALL.iter().map(Checker::new) {
            let pairs = checker.text.iter().zip(&characters).zip(&kept);
            let text: Vec<u8> = pairs.map(|((own, other), kept)| if *kept { *own } else { *other }).collect();
            let mut said = Likelihoods::unread();
            if let Some(zone) = parse(&text).ok().filter(|zone| zone.layout() == layout_of(&checker)) {
                assert_satisfied(&checker, &repair(&zone, Reader::UNIFORM));
                said = Likelihoods::of(&zone, Reader::OcrB);
            }
            let repaired = said.repair(layout_of(&checker));
            assert_satisfied(&checker, &repaired);
            let text = joined(&repaired);
            if !text.contains(&mrz::UNREAD) {
                let again = repair(&parse(&text).unwrap(), Reader::OcrB);
                prop_assert_eq!((joined(&again), again.gap(), again.margin()), (text, 0, None));
            }
        }
    }

    #[test]
    fn any_costs_give_a_reading_that_satisfies_the_rules(rows in prop::collection::vec(prop::array::uniform32(any::<u16>()), 90)) {
        let mut said = Likelihoods::unread();
        for (at, row) in rows.iter().enumerate() {
            let cost = |glyph: usize| row.get(glyph).copied().unwrap_or(u16::MAX);
            said.set(at, &core::array::from_fn(cost)).unwrap();
        }
        for checker in ALL.iter().map(Checker::new) {
            assert_satisfied(&checker, &said.repair(layout_of(&checker)));
        }
    }
}

#[test]
fn specimens_are_clean() {
    for checker in ALL.iter().map(Checker::new) {
        assert_eq!(misses(&checker.text, layout_of(&checker)), Some(vec![]));
        let zone = parse(&checker.text).unwrap();
        let quick = repair(&zone, Reader::UNIFORM);
        assert_eq!((joined(&quick), quick.gap(), quick.margin()), (checker.text.clone(), 0, None));
        let slow = Likelihoods::of(&zone, Reader::UNIFORM).repair(zone.layout());
        assert_eq!((joined(&slow), slow.gap(), slow.readings()), (checker.text.clone(), 0, 1));
        assert!(slow.margin() >= Some(456) && quick.unique() && slow.unique());
    }
}

#[test]
fn a_probability_is_a_cost_in_centibans() {
    assert_eq!([1.0, 0.9, 0.5, 0.01, 0.0].map(centibans), [0, 5, 30, 200, 4500]);
}

/// The check digits of the repaired text that are in the layout and do not pass.
fn wrong_digits_after_repair(text: &str) -> Vec<(CheckId, Reason)> {
    let repaired = repair(&parse(text).unwrap(), Reader::OcrB).zone().unwrap();
    let checks = repaired.checks(Subject::Document(1), on());
    checks
        .filter(|check| check.id.name().starts_with("mrz.check_digit."))
        .filter(|check| !matches!(check.outcome, Outcome::Passed | Outcome::NotPresent))
        .map(|check| (check.id, check.reason))
        .collect()
}

#[test]
fn a_number_of_any_length_or_none_has_right_digits_once_it_is_repaired() {
    for rules in ALL {
        let checker = Checker::new(rules);
        let mut text = checker.text.clone();
        let zone = parse(&text).unwrap();
        let spec = |id| zone.layout().field(id);
        text[spec(FieldId::DocumentNumber).unwrap().range()].fill(b'<');
        let text = String::from_utf8(text).unwrap();
        assert_eq!(wrong_digits_after_repair(&text), [], "{}", rules.name);
        let Some(optional) = spec(FieldId::OptionalData).map(|spec| spec.range()) else {
            continue;
        };
        for tail in 0..=optional.len() {
            let mut text = checker.text.clone();
            text[spec(FieldId::DocumentNumber).unwrap().range()].fill(b'7');
            text[spec(FieldId::DocumentNumberDigit).unwrap().range()].fill(b'<');
            text[optional.clone()].fill(b'<');
            text[optional.start..optional.start + tail].fill(b'7');
            let text = String::from_utf8(text).unwrap();
            assert_eq!(wrong_digits_after_repair(&text), [], "{text}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn whatever_was_read_the_repaired_text_has_right_digits(
        rules in prop::sample::select((0..ALL.len()).collect::<Vec<_>>()),
        spoilt in prop::collection::vec((any::<prop::sample::Index>(), "[A-Z0-9<?]{1,12}|<{1,12}"), 0..8),
    ) {
        let checker = Checker::new(&ALL[rules]);
        let layout = layout_of(&checker);
        let mut text = checker.text.clone();
        for (at, characters) in spoilt {
            let start = at.index(text.len());
            for (slot, character) in text[start..].iter_mut().zip(characters.bytes()) {
                *slot = character;
            }
        }
        let text = String::from_utf8(text).unwrap();
        prop_assume!(parse(&text).is_ok_and(|zone| zone.layout() == layout));
        prop_assert_eq!(wrong_digits_after_repair(&text), []);
    }
}
