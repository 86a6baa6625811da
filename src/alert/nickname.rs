//! Short forms of given names, from a file of the host's: Bob for Robert, Lupe for Guadalupe.
//!
//! ```text
//! robert,bob,rob,bobby              a name and its short forms; a person may come with any of a row for any other
//! robert,has_nickname,bob           the same, as some collections write it
//! ```
//! What languages shorten how is the host's to know: none is compiled in. A row is no evidence, only a cheap way from one
//! spelling to another.
//!
//! # Hostile input
//! Rows beyond [`ROWS`] and names beyond [`NAMES`] of a row are faults.

use super::normal;
use crate::list::Fault;
use std::collections::HashMap;

/// The most rows, and the most names of a row.
const ROWS: u64 = 100_000;
const NAMES: usize = 64;
/// What stands between two names in collections of triples.
const RELATIONSHIP: &str = "has_nickname";

/// Names that stand for each other.
#[derive(Debug, Default)]
pub struct Nicknames {
    mates: HashMap<String, Vec<String>>,
}

impl Nicknames {
    /// Reads a file of comma-separated names; what is wrong is named with its line, and the rest is kept.
    ///
    /// # Examples
    /// ```
    /// use landfall::alert::Nicknames;
    ///
    /// let (nicknames, faults) = Nicknames::read(b"robert,bob,rob\nwilliam,has_nickname,bill\n");
    /// assert!(faults.is_empty() && !nicknames.is_empty());
    /// ```
    #[must_use]
    pub fn read(text: &[u8]) -> (Self, Vec<Fault>) {
        let (mut read, mut faults) = (Self::default(), Vec::new());
        for (line, row) in (1..).zip(text.split(|byte| *byte == b'\n')) {
            let mut fault = |what| faults.push(Fault { line, column: 0, what });
            if line > ROWS {
                fault("too many rows");
                break;
            }
            match core::str::from_utf8(row) {
                Err(_) => fault("the row is not UTF-8"),
                Ok(row) if row.split(',').count() > NAMES => fault("too many names in a row"),
                // The headings of a collection of triples.
                Ok(row) if row.split(',').nth(1) == Some("relationship") => {}
                Ok(row) => read.take(row),
            }
        }
        (read, faults)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.mates.is_empty()
    }

    fn take(&mut self, row: &str) {
        let names = row.split(',').map(str::trim).filter(|name| *name != RELATIONSHIP);
        let single = |name: &str| match normal::tokens(name).as_slice() {
            [token] => Some(token.clone()),
            _ => None,
        };
        let tokens: Vec<String> = names.filter_map(single).collect();
        for token in &tokens {
            let mates = self.mates.entry(token.clone()).or_default();
            for mate in tokens.iter().filter(|mate| *mate != token) {
                if !mates.contains(mate) && mates.len() < NAMES {
                    mates.push(mate.clone());
                }
            }
        }
    }

    /// The names that a token may stand for.
    pub(super) fn of(&self, token: &str) -> &[String] {
        self.mates.get(token).map_or(&[], Vec::as_slice)
    }
}
