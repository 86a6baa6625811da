//! Lists and queries as comma-separated values with a header row (RFC 4180, UTF-8).
//!
//! ```text
//! list     id,names,dobs,docs,sex,nationality   and, each optional:  source,authority,reason,legal_basis,action,
//!          handling,valid_from,valid_until,review_by; several values of one column are parted by `|`
//! query    id,surname,given,mrz_name,birth_date,sex,nationality,document_number   in any order, any of them empty
//! ```
//! A value of `names` may begin with its kind and a colon (`weak_alias:Abu Omar`), a value of `docs` with issuer,
//! kind and status: `issuer/kind/status/number` or `status/number` or the number alone; a range is `first..last`,
//! a series `beginning*`.

use super::{
    Action, Birth, Clearance, DocumentStatus, Entry, Fault, Handling, Imported, ListedDocument, ListedName, NameKind,
    Nation, Query, sex_of,
};
use crate::date::Date;
use crate::secret::Secret;

/// Every column of a list, by the first of its names.
pub(super) const COLUMNS: [&str; 15] = [
    "id",
    "names",
    "dobs",
    "docs",
    "sex",
    "nationality",
    "source",
    "authority",
    "reason",
    "legal_basis",
    "action",
    "handling",
    "valid_from",
    "valid_until",
    "review_by",
];

/// The most values that one column of a row may hold.
const VALUES: usize = 256;
/// The longest value, in bytes.
const VALUE: usize = 1024;
/// The longest name of an entry, in bytes.
const ID: usize = 128;

/// A row with the names of its columns.
struct Row<'a> {
    columns: &'a ::csv::StringRecord,
    values: &'a ::csv::StringRecord,
    line: u64,
}

impl<'a> Row<'a> {
    /// The value under any of these headings, and its column from 1.
    fn value(&self, headings: &[&str]) -> Option<(u32, &'a str)> {
        let at =
            self.columns.iter().position(|column| headings.contains(&column.trim().trim_start_matches('\u{FEFF}')))?;
        let value = self.values.get(at)?.trim();
        Some((u32::try_from(at).unwrap_or(u32::MAX).saturating_add(1), value))
    }

    fn text(&self, headings: &[&str]) -> &'a str {
        self.value(headings).map_or("", |(_, value)| value)
    }

    /// The values of a column, each checked for its length; too many are a fault.
    fn values(&self, headings: &[&str], faults: &mut Vec<Fault>) -> Vec<(u32, &'a str)> {
        let Some((column, value)) = self.value(headings) else { return Vec::new() };
        let all = value.split('|').map(str::trim).filter(|value| !value.is_empty());
        let mut kept = Vec::new();
        for value in all {
            if kept.len() == VALUES || value.len() > VALUE {
                faults.push(self.fault(column, "too many values, or one that is too long"));
                break;
            }
            kept.push((column, value));
        }
        kept
    }

    const fn fault(&self, column: u32, what: &'static str) -> Fault {
        Fault { line: self.line, column, what }
    }

    /// A value of a closed vocabulary, or a date; a fault where it is none.
    fn word<T>(
        &self,
        heading: &str,
        what: &'static str,
        faults: &mut Vec<Fault>,
        read: fn(&str) -> Option<T>,
    ) -> Option<T> {
        let (column, value) = self.value(&[heading]).filter(|(_, value)| !value.is_empty())?;
        let word = read(value);
        if word.is_none() {
            faults.push(self.fault(column, what));
        }
        word
    }
}

/// Reads a list. A row without an identifier is left out; of others the readable values are kept.
#[must_use]
pub fn read_csv(text: &[u8]) -> Imported {
    let mut imported = Imported::default();
    each_row(text, &mut |row, fault| match (row, fault) {
        (Some(row), _) => {
            if let Some(entry) = entry(&row, &mut imported.faults) {
                imported.entries.push(entry);
            }
        }
        (None, fault) => imported.faults.extend(fault),
    });
    imported
}

/// Entries of rows that were read elsewhere: the values under [`COLUMNS`], and the line of each.
pub(super) fn read_rows(rows: &[(u64, Vec<String>)]) -> Imported {
    let mut imported = Imported::default();
    let columns = ::csv::StringRecord::from(COLUMNS.to_vec());
    for (line, values) in rows {
        let values = ::csv::StringRecord::from(values.clone());
        let row = Row { columns: &columns, values: &values, line: *line };
        imported.entries.extend(entry(&row, &mut imported.faults));
    }
    imported
}

/// Reads queries; `qid`, `dob` and `mrz_name_field` are understood beside the documented headings.
#[must_use]
pub fn read_queries(text: &[u8]) -> (Vec<Query>, Vec<Fault>) {
    let (mut queries, mut faults) = (Vec::new(), Vec::new());
    each_row(text, &mut |row, fault| match row {
        Some(row) => queries.push(query(&row, &mut faults)),
        None => faults.extend(fault),
    });
    (queries, faults)
}

/// Reads cleared false matches: `agency,entry,document_number,document_issuer,birth_date,until`, of which `entry`,
/// `document_number` and `until` may not be empty. A row that lacks one of them is left out.
#[must_use]
pub fn read_clearances(text: &[u8]) -> (Vec<Clearance>, Vec<Fault>) {
    let (mut clearances, mut faults) = (Vec::new(), Vec::new());
    each_row(text, &mut |row, fault| match row {
        Some(row) => clearances.extend(clearance(&row, &mut faults)),
        None => faults.extend(fault),
    });
    (clearances, faults)
}

fn clearance(row: &Row<'_>, faults: &mut Vec<Fault>) -> Option<Clearance> {
    let (entry, number) = (row.text(&["entry"]), row.text(&["document_number"]));
    let until = row.word("until", "a date that is none", faults, |text| text.parse::<Date>().ok());
    let birth = row.word("birth_date", "a birth date that is none", faults, Birth::parse);
    let lost = birth.is_none() && !row.text(&["birth_date"]).is_empty();
    let (Some(until), false) = (until, entry.is_empty() || number.is_empty() || lost) else {
        faults.push(row.fault(0, "a clearance needs an entry, a document number and a last day"));
        return None;
    };
    Some(Clearance {
        agency: row.text(&["agency"]).to_owned(),
        entry: entry.to_owned(),
        document_number: Secret::from(number),
        document_issuer: Nation::parse(row.text(&["document_issuer"])),
        birth: birth.map(|birth| birth.from),
        until,
    })
}

/// Hands over every row, or what is wrong with it.
fn each_row(text: &[u8], take: &mut dyn FnMut(Option<Row<'_>>, Option<Fault>)) {
    let mut reader = ::csv::ReaderBuilder::new().flexible(true).from_reader(text);
    let columns = match reader.headers() {
        Ok(columns) => columns.clone(),
        Err(_) => return take(None, Some(Fault { line: 1, column: 0, what: "the header row cannot be read" })),
    };
    let mut values = ::csv::StringRecord::new();
    loop {
        let line = reader.position().line();
        match reader.read_record(&mut values) {
            Ok(false) => return,
            Ok(true) => {
                let line = values.position().map_or(line, ::csv::Position::line);
                take(Some(Row { columns: &columns, values: &values, line }), None);
            }
            Err(_) => take(None, Some(Fault { line, column: 0, what: "the row is not UTF-8" })),
        }
    }
}

fn entry(row: &Row<'_>, faults: &mut Vec<Fault>) -> Option<Entry> {
    let id = row.text(&["id"]);
    if id.is_empty() || id.len() > ID {
        faults.push(row.fault(0, "the entry has no identifier, or one that is too long"));
        return None;
    }
    let mut entry = Entry::new(id);
    for (_, name) in row.values(&["names", "name"], faults) {
        let kind = if entry.names.is_empty() { NameKind::Primary } else { NameKind::Alias };
        entry.names.push(listed_name(name, kind));
    }
    for (column, text) in row.values(&["dobs", "dob"], faults) {
        match Birth::parse(text) {
            Some(birth) => entry.births.push(birth),
            None => faults.push(row.fault(column, "a birth date that is none")),
        }
    }
    for (column, text) in row.values(&["docs", "documents"], faults) {
        match listed_document(text) {
            Some(document) => entry.documents.push(document),
            None => faults.push(row.fault(column, "a document that is none")),
        }
    }
    entry.sex = sex_of(row.text(&["sex"]));
    let nations = row.values(&["nationality", "nationalities"], faults).into_iter();
    entry.nationalities = nations.filter_map(|(_, text)| Nation::parse(text)).collect();
    handling(row, faults, &mut entry);
    if entry.names.is_empty() && entry.documents.is_empty() {
        faults.push(row.fault(0, "the entry has neither a name nor a document"));
        return None;
    }
    Some(entry)
}

/// The columns that say what is to be done.
fn handling(row: &Row<'_>, faults: &mut Vec<Fault>, entry: &mut Entry) {
    row.text(&["source"]).clone_into(&mut entry.source);
    row.text(&["authority"]).clone_into(&mut entry.authority);
    row.text(&["legal_basis"]).clone_into(&mut entry.legal_basis);
    entry.reason = Secret::from(row.text(&["reason"]));
    if let Some(action) = row.word("action", "no such action", faults, Action::from_name) {
        entry.action = action;
    }
    if let Some(handling) = row.word("handling", "no such handling", faults, Handling::from_name) {
        entry.handling = handling;
    }
    let date = |text: &str| text.parse::<Date>().ok();
    entry.valid_from = row.word("valid_from", "a date that is none", faults, date);
    entry.valid_until = row.word("valid_until", "a date that is none", faults, date);
    entry.review_by = row.word("review_by", "a date that is none", faults, date);
}

/// A name, perhaps with its kind before it.
fn listed_name(text: &str, kind: NameKind) -> ListedName {
    let marked = text.split_once(':').and_then(|(kind, rest)| Some((NameKind::from_name(kind.trim())?, rest.trim())));
    let (kind, text) = marked.unwrap_or((kind, text));
    ListedName { text: Secret::from(text), kind }
}

/// A document: its number alone, or with what is known of it before it. A number that happens to hold a slash is
/// still a number.
fn listed_document(text: &str) -> Option<ListedDocument> {
    let parts: Vec<&str> = text.split('/').map(str::trim).collect();
    let known = |status: &&str| DocumentStatus::from_name(status);
    let (issuer, kind, status, number) = match parts.as_slice() {
        [issuer, kind, status, number] => (Nation::parse(issuer), *kind, known(status), *number),
        [kind, status, number] => (None, *kind, known(status), *number),
        [status, number] => (None, "", known(status), *number),
        _ => (None, "", None, text),
    };
    let (issuer, kind, number) = if status.is_some() { (issuer, kind, number) } else { (None, "", text) };
    let series = number.strip_suffix('*').map(|beginning| (beginning, "*"));
    let (number, last) = series.or_else(|| number.split_once("..")).unwrap_or((number, ""));
    number.bytes().any(|byte| byte.is_ascii_alphanumeric()).then(|| ListedDocument {
        issuer,
        kind: kind.to_owned(),
        number: Secret::from(number),
        last: Secret::from(last),
        status: status.unwrap_or(DocumentStatus::Held),
    })
}

fn query(row: &Row<'_>, faults: &mut Vec<Fault>) -> Query {
    let birth = row.value(&["birth_date", "dob"]).filter(|(_, text)| !text.is_empty());
    let date = birth.and_then(|(_, text)| Birth::parse(text));
    if let (Some((column, _)), None) = (birth, date) {
        faults.push(row.fault(column, "a birth date that is none"));
    }
    Query {
        id: row.text(&["id", "qid"]).to_owned(),
        surname: Secret::from(row.text(&["surname"])),
        given: Secret::from(row.text(&["given"])),
        mrz_name: Secret::from(row.text(&["mrz_name", "mrz_name_field"])),
        birth: date.map(|birth| birth.from),
        sex: sex_of(row.text(&["sex"])),
        nationality: Nation::parse(row.text(&["nationality"])),
        document_issuer: Nation::parse(row.text(&["document_issuer"])),
        document_number: Secret::from(row.text(&["document_number"])),
    }
}
