//! The text vectors of the evaluation data, held against the standard row by row.
//!
//! Runs where `LANDFALL_CORPUS` names the folder with the data, and fails there if it is missing. Of the data only the
//! numbers of rows stand here, with our verdict on each; `docs/mrz-vectors.md` explains where the data say otherwise.

use landfall::check::{Check, CheckId, Outcome, Reason, Subject};
use landfall::date::Date;
use landfall::mrz::{self, Content, Mrz, Truncation};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// One row a line: its number, then the verdict as [`verdict`] words it.
const VERDICTS: &str = include_str!("corpus_mrz/verdicts.txt");

/// Rows of which the source says one thing about a check digit and the standard another.
const DISPUTED_DIGITS: [(&str, &str); 4] = [("v157", "num"), ("v188", "num"), ("v240", "num"), ("v241", "num")];

/// Probes whose wanted behaviour is not the standard's.
const DISPUTED_PROBES: [&str; 6] = ["p20", "p30", "p31", "p32", "p33", "p58"];

/// Names of the standard's examples (Doc 9303-4 to -7): primary, secondary, how we cut, rows that print it so.
///
/// Without a way of cutting, the issuer of the example cut as no rule of ours does; it must be a legal cut all the same.
const EXAMPLES: [(&str, &str, Option<Truncation>, &[u16]); 22] = [
    ("Eriksson", "Anna Maria", Some(Truncation::Initials), &[269, 317]),
    ("Heng", "Deborah Ming Lo", Some(Truncation::Initials), &[270, 306, 318]),
    ("Smith-Jones", "Susie Margaret", Some(Truncation::Initials), &[271, 307, 319]),
    ("O'Connor", "Enya Siobhan", Some(Truncation::Initials), &[272, 308]),
    ("Van Der Muellen", "Martin", Some(Truncation::Initials), &[273, 290, 301, 309, 320]),
    ("Al-Basri", "Huda Muhammad Jawad", Some(Truncation::Initials), &[274, 291, 302]),
    ("Vilarchao Fernandez", "Jose Ramon", Some(Truncation::Initials), &[275, 292, 303]),
    ("Arkfreith", "", Some(Truncation::Initials), &[276, 293, 304, 310, 321]),
    ("Satriya Sudarpa", "", Some(Truncation::Initials), &[277, 294, 305]),
    ("Nilavadhanananda", "Chayapa Dejthamrong Krasuang", Some(Truncation::Initials), &[278, 284, 295, 311, 322]),
    ("Nilavadhanananda", "Arnpol Petch Charonguang", Some(Truncation::Initials), &[279, 312]),
    ("Nilavadhanananda", "Arnpol Petch Charonguang", None, &[285, 296, 323]),
    (LONG_NAME, "Dingo Potoroo", Some(Truncation::Initials), &[280, 286, 297, 313]),
    (LONG_NAME, "Dingo Potoroo", Some(Truncation::Even), &[281, 314]),
    (LONG_NAME, "Dingo Potoroo", Some(Truncation::Letters(6)), &[282, 315]),
    (LONG_NAME, "Dingo Potoroo", None, &[287, 298, 299, 324, 325]),
    ("Papandropoulous", "Jonathon Warren Trevor", Some(Truncation::Initials), &[283, 316]),
    (LONG_NAME, "Dingo Potoroo", Some(Truncation::Letters(5)), &[288]),
    (LONG_NAME, "Dingo Potoroo", Some(Truncation::Letters(4)), &[326]),
    ("Papandropoulous", "Jonathon Alec", Some(Truncation::Initials), &[289]),
    ("Papandropoulous", "Jonathoon Alec", Some(Truncation::Initials), &[300]),
    ("Papandropoulous", "Stephen Trevor", Some(Truncation::Initials), &[327]),
];

const LONG_NAME: &str = "Bennelong Wooloomooloo Warrandyte Warnambool";

fn corpus() -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("LANDFALL_CORPUS") else {
        println!("not run: LANDFALL_CORPUS names no folder");
        return None;
    };
    Some(PathBuf::from(folder).join("mrz"))
}

fn file(name: &str) -> Option<String> {
    let path = corpus()?.join(name);
    Some(std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}")))
}

/// A row of the data: its number here, its lines, and what its source says of the check digits.
struct Row {
    id: String,
    format: String,
    lines: Vec<String>,
    claims: BTreeMap<String, bool>,
    wanted: String,
}

fn strings(value: &Value) -> Vec<String> {
    let lines = value.as_array().expect("lines").iter();
    lines.map(|line| line.as_str().expect("a line").to_owned()).collect()
}

fn vectors() -> Vec<Row> {
    let text = file("vectors.jsonl").unwrap_or_default();
    let row = |line: &str| {
        let row: Value = serde_json::from_str(line).expect("a row");
        let claims = row["checks"].as_object().cloned().unwrap_or_default();
        Row {
            id: format!("v{}", row["id"]),
            format: row["format"].as_str().expect("a format").to_owned(),
            lines: strings(&row["lines"]),
            claims: claims.into_iter().filter_map(|(key, claim)| Some((key, claim.as_bool()?))).collect(),
            wanted: String::new(),
        }
    };
    text.lines().map(row).collect()
}

fn probes() -> Vec<Row> {
    let text = file("probes.json").unwrap_or_else(|| "[]".to_owned());
    let rows: Value = serde_json::from_str(&text).expect("probes");
    let row = |(number, row): (usize, &Value)| Row {
        id: format!("p{number}"),
        format: row[1].as_str().expect("a format").to_owned(),
        lines: strings(&row[2]),
        claims: BTreeMap::new(),
        wanted: row[3].as_str().expect("a wish").to_owned(),
    };
    rows.as_array().expect("rows").iter().enumerate().map(row).collect()
}

fn specimens() -> Vec<Row> {
    let text = file("mrz_specimens.json").unwrap_or_else(|| "[]".to_owned());
    let rows: Value = serde_json::from_str(&text).expect("specimens");
    let row = |(number, row): (usize, &Value)| {
        let claims = row["checks"].as_object().expect("checks").iter();
        Row {
            id: format!("s{number}"),
            format: String::new(),
            lines: strings(&row["lines"]),
            claims: claims.map(|(key, claim)| (key.clone(), claim["ok"] == true)).collect(),
            wanted: String::new(),
        }
    };
    rows.as_array().expect("rows").iter().enumerate().map(row).collect()
}

impl Row {
    /// The lines of a whole zone: a row that is a name alone gets the other lines of the standard's specimen.
    fn zone(&self) -> Vec<String> {
        let line = self.lines.first().cloned().unwrap_or_default();
        let lower_44 = "L898902C36UTO7408122F1204159ZE184226B<<<<<10".to_owned();
        let lower_36 = "D231458907UTO7408122F1204159<<<<<<<6".to_owned();
        match self.format.as_str() {
            "NAME_LINE_44" => vec![line, lower_44],
            "NAME_LINE_39" | "NAME_LINE_40" => vec![format!("P<UTO{line}"), lower_44],
            "NAME_LINE_36" => vec![line, lower_36],
            "NAME_LINE_30" => {
                vec!["I<UTOD231458907<<<<<<<<<<<<<<<".to_owned(), "7408122F1204159UTO<<<<<<<<<<<6".to_owned(), line]
            }
            _ => self.lines.clone(),
        }
    }

    fn is_name(&self) -> bool {
        self.format.starts_with("NAME_LINE")
    }
}

fn rows() -> Vec<Row> {
    let all = vectors().into_iter().chain(probes()).chain(specimens());
    all.filter(|row| row.format != "CHECKDIGIT").collect()
}

fn on() -> Date {
    Date::new(2026, 11, 22).expect("a day")
}

fn checks(zone: &Mrz) -> Vec<Check> {
    zone.checks(Subject::Document(1), on()).collect()
}

/// Layout, then every check that says more than "as it must be", then of a name alone its parts; or the error.
///
/// Expiry is left out: the data are old, and it says nothing of them.
fn verdict(row: &Row) -> String {
    let zone = match mrz::parse(row.zone().join("\n")) {
        Ok(zone) => zone,
        Err(error) => return format!("{} error {}", row.id, error.kind),
    };
    let mut words = vec![row.id.clone(), zone.layout().to_string()];
    for check in checks(&zone) {
        let plain = matches!(check.reason, Reason::Confirmed | Reason::NotInLayout);
        if check.id != CheckId::DocumentExpiry && !plain {
            let id = check.id.name().trim_start_matches("mrz.").trim_start_matches("check_digit.");
            words.push(format!("{id}={}:{}", check.outcome, check.reason));
        }
    }
    if zone.has_long_number() {
        words.push("long_number".to_owned());
    }
    if row.is_name() {
        let name = zone.name();
        words.push(format!("{}+{}", name.primary().count(), name.secondary().count()));
    }
    words.join(" ")
}

/// Everything that can be read, with its zone.
fn zones() -> Vec<(Row, Mrz)> {
    let read = |row: Row| {
        let zone = mrz::parse(row.zone().join("\n")).ok()?;
        Some((row, zone))
    };
    rows().into_iter().filter_map(read).collect()
}

fn failed(zone: &Mrz) -> bool {
    let about_the_text = |check: &Check| check.id.name().starts_with("mrz.");
    let mut checks = checks(zone).into_iter().filter(about_the_text);
    checks.any(|check| check.outcome == Outcome::Failed)
}

#[test]
fn every_row_gets_the_verdict_of_the_standard() {
    if corpus().is_none() {
        return;
    }
    let found: Vec<String> = rows().iter().map(verdict).collect();
    let expected: Vec<&str> = VERDICTS.lines().filter(|line| !line.starts_with('#')).collect();
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!(found, expected);
    }
    assert_eq!((found.len(), expected.len()), (463, 463));
}

#[test]
fn the_digits_are_as_the_sources_say_but_for_the_disputed_ones() {
    let disputed = |row: &Row, claim: &str| DISPUTED_DIGITS.contains(&(row.id.as_str(), claim));
    let mut compared = 0;
    for (row, zone) in zones() {
        let checks = checks(&zone);
        for (claim, right) in &row.claims {
            let id = match claim.as_str() {
                "num" | "docno" => CheckId::MrzCheckDigitDocumentNumber,
                "dob" => CheckId::MrzCheckDigitBirthDate,
                "exp" | "doe" => CheckId::MrzCheckDigitExpiryDate,
                "opt" | "personal" => CheckId::MrzCheckDigitOptionalData,
                "comp" | "composite" => CheckId::MrzCheckDigitComposite,
                other => panic!("no such claim: {other}"),
            };
            let passed = checks.iter().any(|check| check.id == id && check.outcome == Outcome::Passed);
            assert_eq!(passed == *right, !disputed(&row, claim), "{}: {claim}", row.id);
            compared += 1;
        }
    }
    assert!(corpus().is_none() || compared > 1000, "{compared} digits compared");
}

#[test]
fn the_probes_behave_as_wanted_but_for_the_disputed_ones() {
    for row in probes() {
        let zone = mrz::parse(row.zone().join("\n"));
        let codes = |zone: &Mrz| checks(zone).iter().any(|c| c.id == CheckId::MrzCodes && c.outcome == Outcome::Passed);
        let behaves = match (row.wanted.as_str(), &zone) {
            ("valid" | "valid?" | "?", Ok(zone)) => !failed(zone),
            ("invalid" | "repair", Ok(zone)) => failed(zone),
            // The last of these probes is a code that nobody knows.
            ("code", Ok(zone)) => codes(zone),
            ("error", zone) => zone.is_err(),
            _ => false,
        };
        assert_eq!(behaves, !DISPUTED_PROBES.contains(&row.id.as_str()), "{}: {}", row.id, row.wanted);
    }
}

#[test]
fn single_fields_have_the_digit_that_their_source_gives() {
    let fields = vectors().into_iter().filter(|row| row.format == "CHECKDIGIT");
    let mut count = 0;
    for row in fields {
        let (field, digit) = row.lines[0].split_once('>').expect("field and digit");
        let computed = mrz::digit::compute(field.as_bytes()).map(|digit| digit.to_string());
        assert_eq!(computed.as_deref(), Some(digit), "{}", row.id);
        count += 1;
    }
    assert!(corpus().is_none() || count == 2);
}

#[test]
fn however_a_reader_delivers_a_row_it_is_the_same_zone() {
    for (row, zone) in zones() {
        let lines = row.zone();
        let spaced = |line: &String| line.chars().flat_map(|c| [c, ' ']).collect::<String>();
        for (way, text) in [
            ("one string", lines.concat()),
            ("small letters", lines.join("\n").to_ascii_lowercase()),
            ("carriage returns", lines.join("\r") + "\r"),
            ("both line ends", lines.join("\r\n") + "\r\n\r\n"),
            ("blanks", lines.iter().map(spaced).collect::<Vec<_>>().join(" \n ")),
            ("a serial frame", format!("\u{2}{}\r\u{3}", lines.join("\r"))),
            ("a byte order mark", format!("\u{FEFF}{}", lines.join("\n"))),
        ] {
            assert!(mrz::parse(text).as_ref() == Ok(&zone), "{} as {way}", row.id);
        }
    }
}

/// Positions whose erasure takes away what the layout is told by.
fn tells_the_layout(row: &Row, position: usize) -> bool {
    let joined = row.zone().concat();
    match joined.len() {
        88 | 90 => position == 0 && joined.starts_with('V'),
        72 if joined.starts_with("IDFRA") => position < 5,
        72 => position == 0 && joined.starts_with('V'),
        69 => (9..14).contains(&position),
        _ => position < 5,
    }
}

#[test]
fn an_erased_character_leaves_undetermined_what_covers_it_and_nothing_else() {
    for (row, zone) in zones() {
        let joined = zone.joined().to_owned();
        let before = checks(&zone);
        for position in 0..joined.len() {
            let mut bytes = joined.clone().into_bytes();
            bytes[position] = b'?';
            let Ok(erased) = mrz::parse(&bytes) else {
                assert!(tells_the_layout(&row, position), "{} at {position}", row.id);
                continue;
            };
            if erased.layout() != zone.layout() || zone.has_long_number() != erased.has_long_number() {
                continue;
            }
            for (spec, check) in zone.layout().digits().iter().filter_map(|spec| {
                let found = before.iter().find(|check| check.id == spec.check)?;
                Some((spec, found))
            }) {
                let long = zone.has_long_number() && spec.check == CheckId::MrzCheckDigitDocumentNumber;
                let covers = |(first, last): &(usize, usize)| (*first..*last).contains(&position);
                let covered = spec.at == position || spec.over.iter().any(covers);
                let after = checks(&erased).into_iter().find(|check| check.id == spec.check).expect("made");
                if covered && !long {
                    assert_eq!(after.outcome, Outcome::Undetermined, "{} at {position}: {}", row.id, check.id);
                } else if !covered && !long {
                    assert_eq!(after, *check, "{} at {position}", row.id);
                }
                assert!(after.outcome != Outcome::Passed || check.outcome == Outcome::Passed);
            }
        }
    }
}

#[test]
fn every_name_is_written_again_as_it_is_printed() {
    let mut written = 0;
    for (row, zone) in zones().into_iter().filter(|(row, _)| row.is_name()) {
        let content = Content::of(&zone, on()).expect("readable");
        assert!(mrz::write(&content).as_ref() == Ok(&zone), "{}", row.id);
        written += 1;
    }
    assert!(corpus().is_none() || written == 66, "{written} names");
}

#[test]
fn the_examples_of_the_standard_come_out_of_the_untruncated_names() {
    let zones: BTreeMap<String, Mrz> = zones().into_iter().map(|(row, zone)| (row.id, zone)).collect();
    if zones.is_empty() {
        return;
    }
    for (primary, secondary, truncation, numbers) in EXAMPLES {
        for number in numbers {
            let zone = zones.get(&format!("v{number}")).expect("the row");
            let content = Content {
                primary: primary.into(),
                secondary: secondary.into(),
                truncation: truncation.unwrap_or_default(),
                ..Content::of(zone, on()).expect("readable")
            };
            let ours = mrz::write(&content).expect("legal");
            assert_eq!(ours == *zone, truncation.is_some(), "v{number}");
            assert!(is_legal_cut(zone, primary, secondary), "v{number}");
            assert!(is_legal_cut(&ours, primary, secondary), "v{number}, ours");
        }
    }
}

/// Whether the components printed begin those of the whole name in its order, and a cut shows in the last position.
fn is_legal_cut(zone: &Mrz, primary: &str, secondary: &str) -> bool {
    let whole = |text: &str| -> Vec<String> {
        let text = text.to_ascii_uppercase().replace('\'', "");
        text.split([' ', '-']).filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    let begins = |printed: Vec<&str>, whole: &[String]| {
        printed.len() <= whole.len() && printed.iter().zip(whole).all(|(printed, whole)| whole.starts_with(printed))
    };
    let (first, second) = (whole(primary), whole(secondary));
    let name = zone.name();
    let complete = name.primary().eq(first.iter()) && name.secondary().eq(second.iter());
    begins(name.primary().collect(), &first)
        && begins(name.secondary().collect(), &second)
        && (complete || name.may_be_truncated())
}
