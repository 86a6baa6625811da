//! The list of Specially Designated Nationals as OFAC gives it: `sdn.csv` with the persons, `alt.csv` with their other names.
//!
//! ```text
//! sdn   number, name, type, program, title, …eight columns more, the last of them remarks       no header row; -0- is empty
//! alt   number of the person, number of the name, kind (aka, fka, nka), name, remarks
//! ```
//! Remarks are a row of statements between semicolons: `DOB 17 May 1960`, `alt. DOB 1961`, `nationality Utopia`, `Gender Male`,
//! `Passport AB123456 (Utopia)`, `a.k.a. 'VANYA'`. Those that are known are read; the rest is the reason. What is no individual is
//! passed over and counted. Entries of both files have one number and are brought together by [`super::merged`].

use super::{Birth, DocumentStatus, Entry, Fault, Imported, ListedDocument, ListedName, NameKind, Nation, sex_of};
use crate::date::{Date, PartialDate};
use crate::secret::Secret;

/// What entries of the list name as their source.
const SOURCE: &str = "OFAC SDN";
/// The columns of the two files.
const SDN: usize = 12;
const ALT: usize = 5;

/// Whether a file is one of the two: the first row has no headings, and begins with a number.
pub(super) fn is_one(text: &[u8]) -> bool {
    let mut rows = rows(text);
    let first = rows.records().next().and_then(Result::ok);
    first.is_some_and(|row| {
        let is_number =
            |at| row.get(at).is_some_and(|text| !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit()));
        (row.len() == SDN && is_number(0)) || (row.len() == ALT && is_number(0) && is_number(1))
    })
}

fn rows(text: &[u8]) -> ::csv::Reader<&[u8]> {
    ::csv::ReaderBuilder::new().flexible(true).has_headers(false).trim(::csv::Trim::All).from_reader(text)
}

/// Reads either file.
#[must_use]
pub fn read_ofac(text: &[u8]) -> Imported {
    let mut imported = Imported::default();
    let mut reader = rows(text);
    let mut row = ::csv::StringRecord::new();
    loop {
        let line = reader.position().line();
        match reader.read_record(&mut row) {
            Ok(false) => break,
            Err(_) => imported.faults.push(Fault { line, column: 0, what: "the row is not UTF-8" }),
            Ok(true) => {
                let line = row.position().map_or(line, ::csv::Position::line);
                let value = |at: usize| row.get(at).filter(|text| *text != "-0-").unwrap_or_default();
                // The file ends with an end-of-file character of old.
                if row.len() == 1 && matches!(value(0), "" | "\u{1A}") {
                    continue;
                }
                let mut fault = |column, what| imported.faults.push(Fault { line, column, what });
                let kind = value(2);
                match row.len() {
                    SDN if kind == "individual" => imported.entries.extend(person(&value, &mut fault)),
                    ALT => imported.entries.extend(other_name(&value, &mut fault)),
                    SDN => imported.passed_over += 1,
                    _ => fault(0, "a row of neither file"),
                }
            }
        }
    }
    imported
}

fn entry<'v>(
    value: &impl Fn(usize) -> &'v str,
    name: usize,
    fault: &mut impl FnMut(u32, &'static str),
) -> Option<Entry> {
    if value(0).is_empty() || value(name).is_empty() {
        fault(0, "the row lacks a number or a name");
        return None;
    }
    let mut entry = Entry::new(format!("OFAC-{}", value(0)));
    SOURCE.clone_into(&mut entry.source);
    Some(entry)
}

fn person<'v>(value: &impl Fn(usize) -> &'v str, fault: &mut impl FnMut(u32, &'static str)) -> Option<Entry> {
    let mut entry = entry(value, 1, fault)?;
    entry.names.push(ListedName { text: Secret::from(value(1)), kind: NameKind::Primary });
    let mut reasons = vec![value(3), value(4)];
    for statement in value(11).trim_end_matches('.').split(';').map(str::trim).filter(|text| !text.is_empty()) {
        if !state(&mut entry, statement, fault) {
            reasons.push(statement);
        }
    }
    reasons.retain(|reason| !reason.is_empty());
    entry.reason = Secret::new(reasons.join("; "));
    Some(entry)
}

fn other_name<'v>(value: &impl Fn(usize) -> &'v str, fault: &mut impl FnMut(u32, &'static str)) -> Option<Entry> {
    let mut entry = entry(value, 3, fault)?;
    let kind = match value(2) {
        "fka" => NameKind::Former,
        _ => NameKind::Alias,
    };
    entry.names.push(ListedName { text: Secret::from(value(3)), kind });
    Some(entry)
}

/// Takes a statement of the remarks; whether it is a known one.
fn state(entry: &mut Entry, statement: &str, fault: &mut impl FnMut(u32, &'static str)) -> bool {
    const REMARKS: u32 = 12;
    let statement = statement.strip_prefix("alt. ").unwrap_or(statement);
    let Some((head, rest)) = statement.split_once(' ') else { return false };
    match head {
        "DOB" => match birth(rest) {
            Some(birth) => entry.births.push(birth),
            None => fault(REMARKS, "a birth date that is none"),
        },
        "nationality" | "citizen" => match Nation::parse(rest) {
            Some(nation) => entry.nationalities.push(nation),
            None => fault(REMARKS, "a nationality that is none"),
        },
        "Gender" => entry.sex = sex_of(rest),
        "a.k.a." | "aka" => {
            let name = rest.trim_matches(['\'', '"', '\u{2018}', '\u{2019}']);
            entry.names.push(ListedName { text: Secret::from(name), kind: NameKind::WeakAlias });
        }
        _ => return document(entry, statement),
    }
    true
}

/// A document: its kind, its number, and perhaps its issuer in parentheses.
fn document(entry: &mut Entry, statement: &str) -> bool {
    const KINDS: [(&str, &str); 5] = [
        ("Passport ", "passport"),
        ("National ID No. ", "identity card"),
        ("Identification Number ", "identity card"),
        ("Travel Document Number ", "travel document"),
        ("Residency Number ", "residence permit"),
    ];
    let found = KINDS.iter().find_map(|(words, kind)| Some((*kind, statement.strip_prefix(words)?)));
    let Some((kind, rest)) = found else { return false };
    let number = rest.split([' ', ',']).next().unwrap_or_default();
    if !number.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let issuer = rest.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(issuer, _)| issuer);
    entry.documents.push(ListedDocument {
        issuer: issuer.and_then(Nation::parse),
        kind: kind.to_owned(),
        number: Secret::from(number),
        last: Secret::default(),
        status: DocumentStatus::Held,
    });
    true
}

/// `17 May 1960`, `May 1960`, `1960`, `circa 1960`, `1957 to 1959`, `01 Jan 1957 to 31 Dec 1959`.
fn birth(text: &str) -> Option<Birth> {
    let bare = text.strip_prefix("circa ").or_else(|| text.strip_prefix("c. "));
    let (text, approximate) = (bare.unwrap_or(text), bare.is_some());
    let (from, to) = text.split_once(" to ").unwrap_or((text, text));
    Some(Birth { from: day(from)?, to: day(to)?, approximate })
}

fn day(text: &str) -> Option<PartialDate> {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let parts: Vec<&str> = text.split_whitespace().collect();
    let month = |name: &str| {
        let at = MONTHS.iter().position(|month| name.starts_with(month))?;
        u8::try_from(at + 1).ok()
    };
    let year = |text: &str| text.parse::<u16>().ok().filter(|year| (1850..2200).contains(year));
    match parts.as_slice() {
        [one] => PartialDate::new(Some(year(one)?), None, None),
        [name, one] => PartialDate::new(Some(year(one)?), Some(month(name)?), None),
        [day, name, one] => Date::new(year(one)?, month(name)?, day.parse().ok()?).map(PartialDate::from),
        _ => None,
    }
}
