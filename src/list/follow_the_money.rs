//! Lists in the FollowTheMoney format of OpenSanctions: JSON Lines, an entity each.
//!
//! ```text
//! Person                     name, alias, weakAlias, previousName, birthDate, gender, nationality, country, passportNumber,
//!                            idNumber, taxNumber, socialSecurityNumber, notes, program
//! Passport, Identification   number, country, type, of the person that `holder` names
//! ```
//! Names are written in natural order and are kept so. Entities of other schemata are passed over and counted: organisations,
//! ships, and the like are no travellers. A dataset, or several, is the source.

use super::{Birth, DocumentStatus, Entry, Fault, Imported, ListedDocument, ListedName, NameKind, Nation, sex_of};
use crate::secret::Secret;
use serde_json::Value;
use std::collections::HashMap;

/// The most values that are taken of one property.
const VALUES: usize = 256;

/// Reads a list. Lines are numbered from 1.
///
/// # Examples
/// ```
/// let list = landfall::list::read_follow_the_money(
///     br#"{"id":"Q1","schema":"Person","properties":{"name":["Raphael Hythloday"]}}"#,
/// );
/// assert_eq!(list.entries[0].id, "Q1");
/// ```
#[must_use]
pub fn read_follow_the_money(text: &[u8]) -> Imported {
    let mut imported = Imported::default();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut documents: Vec<(u64, String, ListedDocument)> = Vec::new();
    for (line, text) in (1_u64..).zip(text.split(|byte| *byte == b'\n')) {
        if text.trim_ascii().is_empty() {
            continue;
        }
        let mut fault = |what, column| imported.faults.push(Fault { line, column, what });
        let entity: Value = match serde_json::from_slice(text) {
            Ok(entity) => entity,
            Err(error) => {
                fault("the line is no JSON", u32::try_from(error.column()).unwrap_or(u32::MAX));
                continue;
            }
        };
        let entity = Entity(&entity);
        match entity.text("schema") {
            "Person" if entity.text("id").is_empty() => fault("the entity has no identifier", 0),
            "Person" => {
                let entry = person(&entity, &mut fault);
                if entry.names.is_empty() {
                    fault("the person has no name", 0);
                    continue;
                }
                places.insert(entry.id.clone(), imported.entries.len());
                imported.entries.push(entry);
            }
            "Passport" | "Identification" => {
                let found = entity.values("number").filter_map(|number| document(number, &entity));
                let holders: Vec<&str> = entity.values("holder").collect();
                for document in found {
                    documents.extend(holders.iter().map(|holder| (line, (*holder).to_owned(), document.clone())));
                }
            }
            "" => fault("the line is no entity", 0),
            _ => imported.passed_over += 1,
        }
    }
    for (line, holder, document) in documents {
        match places.get(&holder).and_then(|at| imported.entries.get_mut(*at)) {
            Some(entry) if entry.documents.len() < VALUES => add(entry, document),
            Some(_) => imported.faults.push(Fault { line, column: 0, what: "too many documents of one person" }),
            None => imported.faults.push(Fault { line, column: 0, what: "the holder of the document is not listed" }),
        }
    }
    imported
}

/// An entity, and its properties.
struct Entity<'e>(&'e Value);

impl<'e> Entity<'e> {
    fn text(&self, name: &str) -> &'e str {
        self.0.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    fn values(&self, property: &str) -> impl Iterator<Item = &'e str> + use<'e> {
        let values = self.0.get("properties").and_then(|all| all.get(property)).and_then(Value::as_array);
        values
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .take(VALUES)
    }
}

fn person(entity: &Entity<'_>, fault: &mut impl FnMut(&'static str, u32)) -> Entry {
    let mut entry = Entry::new(entity.text("id"));
    let datasets = entity.0.get("datasets").and_then(Value::as_array);
    entry.source = datasets.into_iter().flatten().filter_map(Value::as_str).collect::<Vec<_>>().join(", ");
    let kinds = [
        ("name", NameKind::Primary),
        ("alias", NameKind::Alias),
        ("weakAlias", NameKind::WeakAlias),
        ("previousName", NameKind::Former),
    ];
    for (property, kind) in kinds {
        for text in entity.values(property) {
            // Several names of equal standing: the first is the primary one.
            let first = entry.names.is_empty() || kind != NameKind::Primary;
            let kind = if first { kind } else { NameKind::Alias };
            if entry.names.iter().all(|name| name.text.reveal() != text) {
                entry.names.push(ListedName { text: Secret::from(text), kind });
            }
        }
    }
    for text in entity.values("birthDate") {
        match Birth::parse(text) {
            Some(birth) => entry.births.push(birth),
            None => fault("a birth date that is none", 0),
        }
    }
    entry.sex = entity.values("gender").find_map(sex_of);
    for text in entity.values("nationality").chain(entity.values("citizenship")) {
        match Nation::parse(text) {
            Some(nation) if !entry.nationalities.contains(&nation) => entry.nationalities.push(nation),
            Some(_) => {}
            None => fault("a nationality that is none", 0),
        }
    }
    for (property, kind) in [("passportNumber", "passport"), ("idNumber", "identity card")] {
        for number in entity.values(property) {
            let status = DocumentStatus::Held;
            let (number, last) = (Secret::from(number), Secret::default());
            add(&mut entry, ListedDocument { issuer: None, kind: kind.to_owned(), number, last, status });
        }
    }
    let reasons: Vec<&str> = entity.values("program").chain(entity.values("notes")).collect();
    entry.reason = Secret::new(reasons.join("; "));
    entry
}

fn document(number: &str, entity: &Entity<'_>) -> Option<ListedDocument> {
    let is_number = number.bytes().any(|byte| byte.is_ascii_alphanumeric());
    let kind = entity.values("type").next();
    let fallback = if entity.text("schema") == "Passport" { "passport" } else { "identity card" };
    is_number.then(|| ListedDocument {
        issuer: entity.values("country").find_map(Nation::parse),
        kind: kind.unwrap_or(fallback).to_owned(),
        number: Secret::from(number),
        last: Secret::default(),
        status: DocumentStatus::Held,
    })
}

/// Adds a document; one that is there without its issuer gets it.
fn add(entry: &mut Entry, document: ListedDocument) {
    let same = entry.documents.iter_mut().find(|known| known.number == document.number);
    match same {
        Some(known) if known.issuer.is_none() || document.issuer.is_none() || known.issuer == document.issuer => {
            known.issuer = known.issuer.or(document.issuer);
        }
        _ => entry.documents.push(document),
    }
}
