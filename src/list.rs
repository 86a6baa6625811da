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
mod json;
mod nation;
mod record;
pub mod wire;

pub use clearance::Clearance;
pub use csv::{read_clearances, read_csv, read_queries};
pub use nation::Nation;
pub use record::{Action, Birth, DocumentStatus, Entry, Handling, ListedDocument, ListedName, NameKind, Query, sex_of};

use serde::Serialize;

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
}
