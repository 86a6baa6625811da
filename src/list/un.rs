//! The Consolidated List of the United Nations Security Council as XML.
//!
//! ```text
//! INDIVIDUAL  DATAID, FIRST_NAME … FOURTH_NAME, NAME_ORIGINAL_SCRIPT, GENDER, REFERENCE_NUMBER, COMMENTS1
//!   NATIONALITY VALUE                    INDIVIDUAL_ALIAS QUALITY (Good, Low), ALIAS_NAME
//!   INDIVIDUAL_DATE_OF_BIRTH TYPE_OF_DATE, DATE | YEAR | FROM_YEAR, TO_YEAR
//!   INDIVIDUAL_DOCUMENT TYPE_OF_DOCUMENT, NUMBER, ISSUING_COUNTRY or COUNTRY_OF_ISSUE
//! ```
//! Entities are passed over and counted. Elements that are not named here are passed over.
//!
//! # Hostile input
//! Entities of XML other than the five predefined ones are not followed, elements nest to a limit, and texts have a ceiling.

use super::{Birth, DocumentStatus, Entry, Fault, Imported, ListedDocument, ListedName, NameKind, Nation, sex_of};
use crate::date::PartialDate;
use crate::secret::Secret;
use quick_xml::Reader;
use quick_xml::events::Event;

/// How deep elements nest at the most.
const DEPTH: usize = 16;
/// The longest text of an element, in bytes.
const TEXT: usize = 8192;

/// Reads a list. An individual that is complete is kept although the file breaks off behind it.
///
/// # Examples
/// ```
/// let list = landfall::list::read_un(
///     b"<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><DATAID>9</DATAID><FIRST_NAME>MARZIO</FIRST_NAME></INDIVIDUAL>",
/// );
/// assert_eq!(list.entries[0].id, "9");
/// ```
#[must_use]
pub fn read_un(text: &[u8]) -> Imported {
    let mut import = Import { text, ..Import::default() };
    let Ok(text) = core::str::from_utf8(text) else {
        import.fault((1, 0), "the file is not UTF-8");
        return import.imported;
    };
    let mut reader = Reader::from_str(text);
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let going = match reader.read_event() {
            Ok(Event::Start(start)) => import.open(start.local_name().as_ref(), at),
            Ok(Event::End(_)) => import.close(),
            Ok(Event::Text(piece)) => import.hear(&piece),
            Ok(Event::CData(piece)) => import.hear(&piece),
            Ok(Event::GeneralRef(name)) => import.hear(predefined(&name)),
            Ok(Event::Eof) => break,
            Ok(_) => true,
            Err(_) => {
                import.fault_at(at, "the XML breaks off or is malformed");
                false
            }
        };
        if !going {
            break;
        }
    }
    import.imported
}

/// One of the five entities that XML knows by itself.
fn predefined(name: &str) -> &'static str {
    match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    }
}

/// What is read of an individual, and where the reader is.
#[derive(Default)]
struct Import<'t> {
    text: &'t [u8],
    imported: Imported,
    /// The elements that are open.
    path: Vec<String>,
    heard: String,
    /// How far lines were counted, and how many.
    counted: (usize, u64),
    /// Line and column at which the individual begins, and what was read of it.
    begun: (u64, u32),
    person: Option<Person>,
    group: Group,
}

/// What is read of an individual.
struct Person {
    entry: Entry,
    parts: [String; 4],
    data_id: String,
    reasons: Vec<String>,
}

/// What is read of an alias, a birth date or a document.
#[derive(Default)]
struct Group {
    quality: String,
    alias: String,
    kind: String,
    date: String,
    years: [String; 2],
    number: String,
    issuer: String,
}

impl Import<'_> {
    fn fault_at(&mut self, at: usize, what: &'static str) {
        let place = self.place(at);
        self.fault(place, what);
    }

    fn fault(&mut self, (line, column): (u64, u32), what: &'static str) {
        self.imported.faults.push(Fault { line, column, what });
    }

    /// Line and column of a place that lies behind every one that was asked for before.
    fn place(&mut self, at: usize) -> (u64, u32) {
        let (from, lines) = self.counted;
        let more = self.text.get(from..at).unwrap_or_default().iter().filter(|byte| **byte == b'\n').count() as u64;
        self.counted = (at.max(from), lines + more);
        let before = self.text.get(..at).unwrap_or(self.text);
        let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        (lines + more + 1, u32::try_from(before.len() - start + 1).unwrap_or(u32::MAX))
    }

    fn open(&mut self, name: &str, at: usize) -> bool {
        if self.path.len() >= DEPTH {
            self.fault_at(at, "elements nest too deep");
            return false;
        }
        match name {
            "INDIVIDUAL" => {
                self.begun = self.place(at);
                self.person = Some(Person {
                    entry: Entry::new(String::new()),
                    parts: Default::default(),
                    data_id: String::new(),
                    reasons: Vec::new(),
                });
            }
            "ENTITY" => self.imported.passed_over += 1,
            "INDIVIDUAL_ALIAS" | "INDIVIDUAL_DATE_OF_BIRTH" | "INDIVIDUAL_DOCUMENT" => self.group = Group::default(),
            _ => {}
        }
        self.heard.clear();
        self.path.push(name.to_owned());
        true
    }

    fn hear(&mut self, text: &str) -> bool {
        if self.heard.len() + text.len() <= TEXT {
            self.heard.push_str(text);
        }
        true
    }

    fn close(&mut self) -> bool {
        let Some(name) = self.path.pop() else { return true };
        let text = core::mem::take(&mut self.heard).trim().to_owned();
        if name == "INDIVIDUAL" {
            self.finish();
            return true;
        }
        let above = self.path.last().cloned().unwrap_or_default();
        match name.as_str() {
            "INDIVIDUAL_DATE_OF_BIRTH" => self.birth(),
            "NATIONALITY" | "INDIVIDUAL_ALIAS" | "INDIVIDUAL_DOCUMENT" => self.take(&name),
            _ => self.member(&above, &name, text),
        }
        true
    }

    /// Keeps the text of an element.
    fn member(&mut self, above: &str, name: &str, text: String) {
        let Some(person) = &mut self.person else { return };
        let group = &mut self.group;
        let slot = match (above, name) {
            ("INDIVIDUAL", "DATAID") => &mut person.data_id,
            ("INDIVIDUAL", "REFERENCE_NUMBER") => &mut person.entry.id,
            ("INDIVIDUAL", "FIRST_NAME") => &mut person.parts[0],
            ("INDIVIDUAL", "SECOND_NAME") => &mut person.parts[1],
            ("INDIVIDUAL", "THIRD_NAME") => &mut person.parts[2],
            ("INDIVIDUAL", "FOURTH_NAME") => &mut person.parts[3],
            ("INDIVIDUAL", "NAME_ORIGINAL_SCRIPT") if !text.is_empty() => {
                let name = ListedName { text: Secret::from(text.as_str()), kind: NameKind::Native };
                person.entry.names.push(name);
                return;
            }
            ("INDIVIDUAL", "GENDER") => {
                person.entry.sex = sex_of(&text);
                return;
            }
            ("INDIVIDUAL", "COMMENTS1") | ("DESIGNATION", "VALUE") => {
                person.reasons.push(text);
                return;
            }
            ("NATIONALITY", "VALUE") => &mut group.issuer,
            ("INDIVIDUAL_ALIAS", "QUALITY") => &mut group.quality,
            ("INDIVIDUAL_ALIAS", "ALIAS_NAME") => &mut group.alias,
            ("INDIVIDUAL_DATE_OF_BIRTH", "TYPE_OF_DATE") | ("INDIVIDUAL_DOCUMENT", "TYPE_OF_DOCUMENT") => {
                &mut group.kind
            }
            ("INDIVIDUAL_DATE_OF_BIRTH", "DATE" | "YEAR") => &mut group.date,
            ("INDIVIDUAL_DATE_OF_BIRTH", "FROM_YEAR") => &mut group.years[0],
            ("INDIVIDUAL_DATE_OF_BIRTH", "TO_YEAR") => &mut group.years[1],
            ("INDIVIDUAL_DOCUMENT", "NUMBER") => &mut group.number,
            ("INDIVIDUAL_DOCUMENT", "ISSUING_COUNTRY" | "COUNTRY_OF_ISSUE") if !text.is_empty() => &mut group.issuer,
            _ => return,
        };
        *slot = text;
    }

    /// A birth date that is complete.
    fn birth(&mut self) {
        let group = core::mem::take(&mut self.group);
        let year = |text: &str| PartialDate::new(Some(text.parse().ok()?), None, None);
        let span = year(&group.years[0]).zip(year(&group.years[1]));
        let date = group.date.get(..10).unwrap_or(&group.date);
        let found = match span {
            Some((from, to)) => Some(Birth { from, to, approximate: false }),
            None => Birth::parse(date),
        };
        let nothing = group.date.is_empty() && group.years.iter().all(String::is_empty);
        match (found, &mut self.person) {
            (Some(birth), Some(person)) => {
                let approximate = birth.approximate || group.kind.starts_with("APPROX");
                person.entry.births.push(Birth { approximate, ..birth });
            }
            (None, Some(_)) if !nothing => self.fault(self.begun, "a birth date that is none"),
            _ => {}
        }
    }

    /// A nationality, an alias or a document that is complete.
    fn take(&mut self, name: &str) {
        let group = core::mem::take(&mut self.group);
        let Some(person) = &mut self.person else { return };
        match name {
            "NATIONALITY" if !group.issuer.is_empty() => match Nation::parse(&group.issuer) {
                Some(nation) => person.entry.nationalities.push(nation),
                None => self.fault(self.begun, "a nationality that is none"),
            },
            "INDIVIDUAL_ALIAS" if !group.alias.is_empty() => {
                let weak = group.quality.eq_ignore_ascii_case("low");
                let kind = if weak { NameKind::WeakAlias } else { NameKind::Alias };
                person.entry.names.push(ListedName { text: Secret::from(group.alias.as_str()), kind });
            }
            "INDIVIDUAL_DOCUMENT" if group.number.bytes().any(|byte| byte.is_ascii_digit()) => {
                person.entry.documents.push(ListedDocument {
                    issuer: Nation::parse(&group.issuer),
                    kind: group.kind.to_lowercase(),
                    number: Secret::from(group.number.as_str()),
                    last: Secret::default(),
                    status: DocumentStatus::Held,
                });
            }
            _ => {}
        }
    }

    /// An individual that is complete.
    fn finish(&mut self) {
        let Some(Person { mut entry, parts, data_id, reasons }) = self.person.take() else { return };
        let name = parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ");
        if !name.is_empty() {
            entry.names.insert(0, ListedName { text: Secret::from(name.as_str()), kind: NameKind::Primary });
        }
        if entry.id.is_empty() {
            entry.id = data_id;
        }
        if entry.id.is_empty() || entry.names.is_empty() {
            self.fault(self.begun, "the individual has no number, or no name");
            return;
        }
        "UN Consolidated List".clone_into(&mut entry.source);
        entry.reason = Secret::new(reasons.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; "));
        self.imported.entries.push(entry);
    }
}
