//! No error, log line or panic text holds document data.
//!
//! Zones, values and facts with telling contents are damaged in every place and given to every door; whatever text
//! comes back that is not the result itself is searched for any four characters in a row of what was read.

use landfall::check::{Check, Seen, Subject};
use landfall::date::{Date, Time};
use landfall::engine::Engine;
use landfall::fact::Fact;
use landfall::mrz;
use std::fmt::{Debug, Display};
use std::process::Command;

/// Zones of invented persons, whose every part can be told from the words of our own messages.
const ZONES: [&str; 3] = [
    "PRUTOQUJZKOVA<<WYXENTA<ZBIGNEVKA<<<<<<<<<<<<\nQJ7731942<UTO8101017F3107283QZ77120945<<<<<8",
    "I<UTOQJ7731942<<<<<<<<<<<<<<<<\n8101017F3107283UTO<<<<<<<<<<<<\nQUJZKOVA<<WYXENTA<ZBIGNEVKA<<<",
    "VNUTOQUJZKOVA<<WYXENTA<ZBIGNEVKA<<<<\nQJ7731942<UTO8101017F3107283QZ771209",
];
/// What may not appear: parts of names, numbers and dates, and what the document code stands for.
const TELLING: [&str; 8] = ["QUJZ", "JZKOVA", "WYXE", "ZBIGNEV", "7731", "810101", "771209", "REFUGEE"];

fn assert_silent(text: &str, context: &str) {
    let upper = text.to_uppercase();
    for part in TELLING {
        assert!(!upper.contains(part), "{context} shows document data: {text}");
    }
}

fn assert_silent_debug(value: &impl Debug, context: &str) {
    assert_silent(&format!("{value:?}"), context);
    assert_silent(&format!("{value:#?}"), context);
}

fn assert_silent_error(error: &(impl Debug + Display), context: &str) {
    assert_silent(&format!("{error} {error:?}"), context);
}

/// The zone with one position replaced, dropped or doubled.
fn damaged(zone: &str) -> impl Iterator<Item = Vec<u8>> + '_ {
    let bytes = zone.as_bytes();
    (0..bytes.len()).flat_map(move |at| {
        let replaced = [b'#', 0xFF, 0x1D, b'\n', b'?'].into_iter().map(move |byte| {
            let mut copy = bytes.to_vec();
            copy[at] = byte;
            copy
        });
        let mut dropped = bytes.to_vec();
        dropped.remove(at);
        let mut doubled = bytes.to_vec();
        doubled.insert(at, bytes[at]);
        replaced.chain([dropped, doubled])
    })
}

#[test]
fn errors_about_damaged_zones_say_where_and_not_what() {
    let mut errors = 0;
    for zone in ZONES {
        for input in damaged(zone) {
            if let Err(error) = mrz::parse(&input) {
                errors += 1;
                assert_silent_error(&error, "mrz::parse");
            }
        }
    }
    assert!(errors > 500, "most of these zones cannot be read: {errors}");
}

#[test]
fn debug_forms_of_everything_that_was_read_are_redacted() {
    let on = Date::new(2026, 11, 22).unwrap();
    let engine = Engine::new().unwrap();
    for zone in ZONES {
        let mut inspection = engine.inspect(Time::midnight(on));
        inspection.read_mrz(zone).unwrap();
        let read = mrz::parse(zone).unwrap();
        assert_silent_debug(&read, "Mrz");
        assert_silent_debug(&read.summary(on), "Summary");
        assert_silent_debug(&read.person(on), "Person");
        assert_silent_debug(&read.fields().collect::<Vec<_>>(), "Field");
        assert_silent_debug(&read.checks(Subject::Document(1), on).collect::<Vec<_>>(), "Check");
        inspection.challenge(1, [201, 202, 203, 204, 205, 206, 207, 208]).unwrap();
        inspection.chip_answer(1, [201, 202, 203, 204, 205, 206, 207, 208], &[211; 64]).unwrap();
        assert_silent_debug(&inspection, "Inspection");
        let (text, hidden) = (format!("{inspection:?}"), ["201, 202", "211, 211"]);
        assert!(!hidden.iter().any(|part| text.contains(part)), "challenge or answer: {text}");
        let assessment = inspection.assess();
        assert_silent_debug(&assessment, "Assessment");
        assert!(assessment.to_json().contains("QUJZKOVA"), "the result itself shows the person");
    }
}

#[test]
fn debug_forms_of_checks_show_neither_days_left_nor_digits() {
    let on = Date::new(2026, 11, 22).unwrap();
    let read = mrz::parse(ZONES[0]).unwrap();
    let checks: Vec<Check> = read.checks(Subject::Document(1), on).collect();
    let seen = || checks.iter().filter_map(|check| check.evidence.seen);
    assert!(seen().any(|seen| seen == Seen::DaysLeft(1709)), "the days until the document expires");
    assert!(seen().any(|seen| matches!(seen, Seen::Digit { .. })));
    let text = format!("{checks:?}");
    assert!(!text.contains("1709"), "{text}");
    for word in ["printed", "computed", "DaysLeft"] {
        assert!(!text.contains(word), "{word}: {text}");
    }
    let weight = Seen::Weight(-1709);
    assert_eq!(format!("{weight:?}"), "Seen([redacted])");
}

#[test]
fn debug_forms_of_facts_show_who_reported_and_not_what() {
    let fact =
        Fact::from_json(r#"{"reporter":"system","claim":"check_result","check":"alert.person","outcome":"failed"}"#)
            .unwrap();
    let text = format!("{fact:?}");
    assert!(text.contains("System"), "{text}");
    for word in ["alert", "failed"] {
        assert!(!text.to_lowercase().contains(word), "{word}: {text}");
    }
}

#[test]
fn errors_about_facts_do_not_repeat_them() {
    for text in [
        r#"{"reporter":"QUJZKOVA","claim":"specimen","document":1}"#,
        r#"{"reporter":"officer","claim":"QUJZKOVA"}"#,
        r#"{"reporter":"officer","claim":"holder_comparison","result":"QUJZKOVA"}"#,
        r#"{"reporter":"officer","claim":"specimen","document":1,"QUJZKOVA":7731942}"#,
    ] {
        assert_silent_error(&Fact::from_json(text).unwrap_err(), "Fact::from_json");
    }
}

#[test]
fn the_command_complains_without_repeating_what_it_read() {
    let folder = std::env::temp_dir().join(format!("landfall-privacy-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for (number, zone) in ZONES.iter().enumerate() {
        let file = folder.join(format!("{number}.txt"));
        std::fs::write(&file, zone.trim_end_matches(['<', '8', '9'])).unwrap();
        for verb in [&["inspect"][..], &["mrz", "parse"], &["mrz", "repair"], &["mrz", "make"]] {
            let output = Command::new(env!("CARGO_BIN_EXE_landfall")).args(verb).arg(&file).output().unwrap();
            let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(3), "{verb:?} {complaint}");
            assert!(!complaint.is_empty());
            assert_silent(&complaint, "standard error");
        }
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
