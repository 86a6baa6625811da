//! Alert lists as records: what an entry is, how it is read from the files that authorities exchange.
//!
//! [`Entry`] is one listed person, or one listed document. [`read_csv`] reads the documented columns (see
//! `docs/alerts.md`). A wrong row is named with its line and column and left out, the others are kept.
//!
//! # Hostile input
//! A file is bounded by the caller. Rows, values in a row and bytes in a value have ceilings; what is over them is
//! a fault of that row. Nothing here recurses.

mod clearance;
mod csv;
mod follow_the_money;
mod json;
mod json_lines;
mod nation;
mod ofac;
mod record;
mod un;
pub mod wire;

pub use clearance::Clearance;
pub use csv::{read_clearances, read_csv, read_queries};
pub use follow_the_money::read_follow_the_money;
pub use json_lines::read_json_lines;
pub use nation::Nation;
pub use ofac::read_ofac;
pub use record::{Action, Birth, DocumentStatus, Entry, Handling, ListedDocument, ListedName, NameKind, Query, sex_of};
pub use un::read_un;

use serde::Serialize;
use std::collections::HashMap;

/// A row that was left out, or a value of it, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The line, from 1.
    pub line: u64,
    /// The column, from 1; 0 for the whole row.
    pub column: u32,
    /// What is wrong, without the value itself.
    pub what: &'static str,
}

/// What an import gave.
#[derive(Debug, Default)]
pub struct Imported {
    /// The entries that could be read.
    pub entries: Vec<Entry>,
    /// What could not, and where.
    pub faults: Vec<Fault>,
    /// How many rows are about something else than persons and documents.
    pub passed_over: u64,
}

/// Reads a list in any of the known forms, told by what it begins with:
///
/// ```text
/// <                     the Consolidated List of the United Nations, XML
/// {  with "schema"      FollowTheMoney, JSON Lines
/// {                     JSON Lines
/// a number              OFAC's sdn.csv or alt.csv
/// anything else         comma-separated values under headings
/// ```
///
/// # Examples
/// ```
/// let list = landfall::list::read(br#"{"id":"1","names":["QUILFEATHER, Ambrose"],"dobs":["1959"]}"#);
/// assert_eq!(list.entries[0].names.len(), 1);
/// assert!(list.faults.is_empty());
///
/// // What cannot be read is named with line and column, and the rest is kept.
/// let list = landfall::list::read(b"id,names,dobs\n1,\"QUILFEATHER, Ambrose\",never\n");
/// assert_eq!((list.entries.len(), list.faults[0].line, list.faults[0].column), (1, 2, 3));
/// ```
#[must_use]
pub fn read(text: &[u8]) -> Imported {
    let bare = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text).trim_ascii_start();
    let first = bare.split(|byte| *byte == b'\n').next().unwrap_or_default();
    match bare.first() {
        Some(b'<') => read_un(bare),
        Some(b'{') if first.windows(8).any(|window| window == b"\"schema\"") => read_follow_the_money(bare),
        Some(b'{') => read_json_lines(bare),
        Some(_) if ofac::is_one(bare) => read_ofac(bare),
        _ => read_csv(text),
    }
}

/// Brings entries of one source and one identifier together: lists come in several files. Entries without a source stay apart.
///
/// The first entry keeps its place, action and handling; names, dates, nationalities and documents of the others follow its own, and
/// sex and reason are taken from the first that says them.
///
/// # Examples
/// ```
/// use landfall::list::{merged, read_ofac};
///
/// let persons = read_ofac(b"7001,\"UTOPUS, Rex\",\"individual\",-0-,-0-,-0-,-0-,-0-,-0-,-0-,-0-,\"DOB 1961.\"\n");
/// let names = read_ofac(b"7001,1,\"aka\",\"KONQUEROR, Regulus\",-0-\n");
/// let entries = merged(persons.entries.into_iter().chain(names.entries).collect());
/// assert_eq!((entries.len(), entries[0].names.len()), (1, 2));
/// ```
#[must_use]
pub fn merged(entries: Vec<Entry>) -> Vec<Entry> {
    let mut places: HashMap<(String, String), usize> = HashMap::new();
    let mut merged: Vec<Entry> = Vec::with_capacity(entries.len());
    for entry in entries {
        let key = (entry.source.clone(), entry.id.clone());
        let known = places.get(&key).filter(|_| !entry.source.is_empty()).and_then(|at| merged.get_mut(*at));
        match known {
            Some(known) => known.take(entry),
            None => {
                places.insert(key, merged.len());
                merged.push(entry);
            }
        }
    }
    merged
}
