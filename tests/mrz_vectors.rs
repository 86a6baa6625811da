//! The specimens of the standard as vectors: each read exactly, written exactly, and read again with every check
//! digit spoilt, which must be told.

use landfall::check::{CheckId, Outcome, Subject};
use landfall::date::Date;
use landfall::mrz::{self, Content, EmptyDigit, FieldId, Layout, Mrz, Truncation};

const SPECIMENS: &str = include_str!("../fixtures/mrz/specimens.txt");
const NAMES: &str = include_str!("../fixtures/mrz/names.txt");
const DIGITS: &str = include_str!("../fixtures/mrz/digits.txt");

/// A record of the specimens: the zone, and what must be read from it.
struct Vector {
    source: &'static str,
    lines: Vec<&'static str>,
    facts: Vec<(&'static str, &'static str)>,
}

impl Vector {
    fn fact(&self, key: &str) -> &'static str {
        let found = self.facts.iter().find(|(name, _)| *name == key);
        found.map_or("", |(_, value)| value)
    }

    fn layout(&self) -> Layout {
        Layout::from_name(self.fact("layout")).expect("a layout")
    }

    /// The checks and the digits printed for them, `None` for one that is left out.
    fn digits(&self) -> impl Iterator<Item = (CheckId, Option<u8>)> {
        self.fact("digits").split_whitespace().map(|pair| {
            let (name, digit) = pair.split_once('=').expect("check=digit");
            let id = CheckId::from_name(&format!("mrz.check_digit.{name}")).expect("a check");
            (id, digit.bytes().next().filter(|digit| *digit != b'-'))
        })
    }
}

fn lines_of(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn vectors() -> Vec<Vector> {
    let mut vectors: Vec<Vector> = Vec::new();
    for line in lines_of(SPECIMENS) {
        if let Some(source) = line.strip_prefix("= ") {
            vectors.push(Vector { source, lines: Vec::new(), facts: Vec::new() });
            continue;
        }
        let vector = vectors.last_mut().expect("a record begins with =");
        match line.strip_prefix("| ") {
            Some(zone) => vector.lines.push(zone),
            None => vector.facts.push(line.split_once(' ').unwrap_or((line, ""))),
        }
    }
    assert_eq!(vectors.len(), 22, "specimens in the file");
    vectors
}

fn on() -> Date {
    Date::new(2026, 11, 22).expect("a day")
}

fn outcome(zone: &Mrz, id: CheckId) -> Outcome {
    let mut checks = zone.checks(Subject::Document(1), on());
    checks.find(|check| check.id == id).expect("made").outcome
}

fn raw(zone: &Mrz, id: FieldId) -> String {
    let field = zone.field(id).map_or("", |field| field.raw);
    field.trim_end_matches('<').to_owned()
}

/// What is read under the name of a fact.
fn read(zone: &Mrz, key: &str) -> String {
    let person = zone.person(on());
    let text = |date: Option<String>| date.unwrap_or_default();
    match key {
        "layout" => zone.layout().name().to_owned(),
        "code" => zone.document_code().to_owned(),
        "issuer" => raw(zone, FieldId::Issuer),
        "primary" => person.primary.reveal().clone(),
        "secondary" => person.secondary.reveal().clone(),
        "number" => zone.document_number().reveal().clone(),
        "nationality" => raw(zone, FieldId::Nationality),
        "birth" => text(zone.birth_date().and(person.birth_date).map(|d| d.to_string())),
        "sex" => text(zone.field(FieldId::Sex).and(person.sex).map(|s| s.to_string())),
        "expiry" => text(zone.expires(on()).map(|d| d.to_string())),
        "optional" => zone.optional_data().to_owned(),
        "optional_2" => raw(zone, FieldId::OptionalData2),
        "department" => raw(zone, FieldId::IssuingDepartment),
        "office" => raw(zone, FieldId::IssuingOffice),
        "version" => raw(zone, FieldId::NumberVersion),
        "random" => raw(zone, FieldId::RandomData),
        "blank" => raw(zone, FieldId::BlankNumber),
        "language" => raw(zone, FieldId::Language),
        other => panic!("no such fact: {other}"),
    }
}

const FACTS: [&str; 18] = [
    "layout",
    "code",
    "issuer",
    "primary",
    "secondary",
    "number",
    "nationality",
    "birth",
    "sex",
    "expiry",
    "optional",
    "optional_2",
    "department",
    "office",
    "version",
    "random",
    "blank",
    "language",
];

#[test]
fn every_specimen_is_read_exactly_from_lines_and_from_one_string() {
    for vector in vectors() {
        for text in [vector.lines.join("\n"), vector.lines.concat()] {
            let zone = mrz::parse(&text).unwrap_or_else(|error| panic!("{}: {error}", vector.source));
            assert!(zone.lines().eq(vector.lines.iter().copied()), "{}", vector.source);
            for fact in FACTS {
                assert_eq!(read(&zone, fact), vector.fact(fact), "{}: {fact}", vector.source);
            }
        }
    }
}

#[test]
fn every_specimen_has_the_digits_that_the_source_prints_and_no_others() {
    for vector in vectors() {
        let zone = mrz::parse(vector.lines.concat()).expect("a zone");
        let expected: Vec<_> = vector.digits().collect();
        for check in zone.checks(Subject::Document(1), on()) {
            if !check.id.name().starts_with("mrz.check_digit.") {
                continue;
            }
            let outcome = match expected.iter().any(|(id, _)| *id == check.id) {
                true => Outcome::Passed,
                false => Outcome::NotPresent,
            };
            assert_eq!(check.outcome, outcome, "{}: {}", vector.source, check.id);
        }
        for (id, digit) in expected {
            let at = digit_position(vector.layout(), &zone, id);
            assert_eq!(zone.joined().as_bytes()[at], digit.unwrap_or(b'<'), "{}: {id}", vector.source);
        }
    }
}

/// Where a digit stands: in its field, or behind the tail of a long number.
fn digit_position(layout: Layout, zone: &Mrz, id: CheckId) -> usize {
    let spec = layout.digits().iter().find(|spec| spec.check == id);
    if zone.has_long_number() && id == CheckId::MrzCheckDigitDocumentNumber {
        let optional = layout.field(FieldId::OptionalData).expect("optional data");
        return optional.range().start + zone.document_number().reveal().len() - 9;
    }
    spec.expect("a digit").at
}

#[test]
fn every_spoilt_check_digit_is_told_and_the_others_stand() {
    let mut spoilt = 0;
    for vector in vectors() {
        let text = vector.lines.concat();
        let zone = mrz::parse(&text).expect("a zone");
        for (id, digit) in vector.digits() {
            let at = digit_position(vector.layout(), &zone, id);
            let wrong =
                b"0123456789<X".iter().filter(|wrong| Some(**wrong) != digit && !is_legal_too(id, &zone, **wrong));
            for wrong in wrong {
                let mut bytes = text.clone().into_bytes();
                bytes[at] = *wrong;
                let tampered = mrz::parse(&bytes).expect("still a zone");
                let told = outcome(&tampered, id);
                assert_eq!(told, Outcome::Failed, "{}: {id}", vector.source);
                for (other, _) in vector.digits().filter(|(other, _)| *other != id) {
                    let composite = other == CheckId::MrzCheckDigitComposite;
                    let stands = outcome(&tampered, other) == Outcome::Passed;
                    assert!(stands || composite, "{}: {id} also felled {other}", vector.source);
                }
                spoilt += 1;
            }
        }
    }
    assert!(spoilt > 700, "{spoilt} spoilt digits");
    println!("{spoilt} spoilt digits, all told");
}

/// An empty optional field may have its digit or a filler.
fn is_legal_too(id: CheckId, zone: &Mrz, character: u8) -> bool {
    id == CheckId::MrzCheckDigitOptionalData && zone.optional_data().is_empty() && matches!(character, b'0' | b'<')
}

#[test]
fn every_specimen_is_written_exactly_from_what_it_says() {
    for vector in vectors() {
        let fact = |key: &str| vector.fact(key).into();
        let date = |key: &str| Some(vector.fact(key)).filter(|text| !text.is_empty());
        let left_out = vector.digits().any(|(_, digit)| digit.is_none());
        let content = Content {
            document_code: fact("code"),
            issuer: fact("issuer"),
            primary: fact("primary"),
            secondary: fact("secondary"),
            document_number: fact("number"),
            nationality: fact("nationality"),
            birth_date: date("birth").map(|text| text.parse().expect("a date")),
            sex: landfall::person::Sex::from_name(vector.fact("sex")),
            expiry_date: date("expiry").map(|text| text.parse().expect("a date")),
            optional_data: fact("optional"),
            optional_data_2: fact("optional_2"),
            issuing_department: fact("department"),
            issuing_office: fact("office"),
            number_version: fact("version"),
            random_data: fact("random"),
            blank_number: fact("blank"),
            language: fact("language"),
            empty_optional_digit: match left_out {
                true => EmptyDigit::Filler,
                false => EmptyDigit::Zero,
            },
            ..Content::new(vector.layout())
        };
        let zone = mrz::write(&content).unwrap_or_else(|error| panic!("{}: {error}", vector.source));
        assert!(zone.lines().eq(vector.lines.iter().copied()), "{}", vector.source);
        assert_eq!(Content::of(&zone, on()).as_ref(), Ok(&content), "{}", vector.source);
    }
}

#[test]
fn the_examples_of_names_are_written_and_read_exactly() {
    let mut count = 0;
    for line in lines_of(NAMES) {
        let columns: Vec<_> = line.split(" | ").collect();
        let [how, primary, secondary, upper, verdict] = columns[..] else {
            panic!("five columns: {line}");
        };
        let content = Content {
            document_code: "PP".into(),
            issuer: "UTO".into(),
            primary: primary.into(),
            secondary: secondary.into(),
            document_number: "L898902C3".into(),
            nationality: "UTO".into(),
            birth_date: Some("1974-08-12".parse().expect("a date")),
            expiry_date: Some("2012-04-15".parse().expect("a date")),
            truncation: match how {
                "even" => Truncation::Even,
                _ => Truncation::Initials,
            },
            ..Content::new(Layout::Td3)
        };
        let zone = mrz::write(&content).expect("a name that can be written");
        assert_eq!(zone.lines().next(), Some(upper));
        assert_eq!(zone.name().may_be_truncated(), verdict == "cut", "{line}");
        assert_eq!(outcome(&zone, CheckId::MrzName), Outcome::Passed);
        count += 1;
    }
    assert_eq!(count, 6, "examples");
}

#[test]
fn single_fields_have_the_digit_of_the_standard() {
    for line in lines_of(DIGITS) {
        let (field, digit) = line.split_once(' ').expect("two columns");
        let computed = mrz::digit::compute(field.as_bytes());
        assert_eq!(computed.map(|digit| digit.to_string()).as_deref(), Some(digit), "{line}");
    }
}

#[test]
fn the_specimen_passport_is_the_one_of_the_standard() {
    let file = include_str!("../fixtures/specimens/passport-text/mrz.txt");
    assert_eq!(file.trim_end(), vectors()[0].lines.join("\n"));
}

#[test]
fn a_letter_in_the_number_of_a_swiss_licence_is_told() {
    let text = "FACHE30514212A097<<800126<<<<<\nMARCHAND<<FABIENNE<<<<<<<<<<<<";
    let zone = mrz::parse(text).expect("a zone");
    assert_eq!(outcome(&zone, CheckId::MrzCharacters), Outcome::Failed);
    let unread = mrz::parse(text.replace("12A097", "128?97")).expect("a zone");
    assert_eq!(outcome(&unread, CheckId::MrzCharacters), Outcome::Undetermined);
}
