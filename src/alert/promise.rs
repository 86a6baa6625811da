//! What each entry promises before it is compared: a table with a place for every entry, of which a search fills a few
//! thousand, and empties them again.
//!
//! A hash map of the same would cost more than everything else of a search on a list of a million, where a frequent name stands in
//! ten thousand entries. Tables are kept from search to search, one for each that runs at a time.
//!
//! ```text
//! spelled   entry, worth    of one unit: the best of its spellings counts
//! close                     the unit ends and is added
//! add       entry, worth    a date or number beside the name
//! best      most            entries by what they promise, and what their names do
//! ```
//! A table takes eight octets for each entry. Entries that a package names and does not have are passed over.

use std::sync::{Mutex, PoisonError};

/// The most tables that are kept.
const KEPT: usize = 8;

/// Tables that no search is using.
#[derive(Default)]
pub(super) struct Promises(Mutex<Vec<Table>>);

/// What one entry promises.
#[derive(Clone, Copy, Default)]
struct Row {
    /// By its names: the sum over all units so far.
    name: i32,
    /// What the best spelling of the present unit is worth.
    best: i16,
    /// By dates and numbers.
    beside: i16,
}

/// An entry, and what its names promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Promise {
    pub(super) entry: u32,
    pub(super) name: i32,
}

/// A set of entries: a bit for each.
pub(super) struct Bits(Vec<u64>);

impl Bits {
    pub(super) fn new(entries: u32) -> Self {
        Self(vec![0; (entries as usize).div_ceil(64)])
    }

    pub(super) fn set(&mut self, entry: u32) {
        if let Some(word) = self.0.get_mut(entry as usize / 64) {
            *word |= 1 << (entry % 64);
        }
    }

    pub(super) fn has(&self, entry: u32) -> bool {
        self.0.get(entry as usize / 64).is_some_and(|word| word >> (entry % 64) & 1 == 1)
    }

    pub(super) fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }
}

/// What every entry promises.
#[derive(Default)]
pub(super) struct Table {
    rows: Vec<Row>,
    /// The entries that are not at 0.
    touched: Vec<u32>,
    /// Those of the present unit.
    of_unit: Vec<u32>,
}

impl Promises {
    /// A table in which nothing is promised.
    pub(super) fn take(&self, entries: u32) -> Table {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut table = kept.unwrap_or_default();
        table.rows.resize(entries as usize, Row::default());
        table
    }

    /// Takes a table back, emptied.
    pub(super) fn give(&self, mut table: Table) {
        table.close();
        for entry in table.touched.drain(..) {
            if let Some(row) = table.rows.get_mut(entry as usize) {
                *row = Row::default();
            }
        }
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < KEPT {
            kept.push(table);
        }
    }
}

impl Table {
    /// Says that a spelling of the present unit is worth this in an entry; of several the best counts.
    pub(super) fn spelled(&mut self, entry: u32, worth: i32) {
        let Some(row) = self.rows.get_mut(entry as usize) else { return };
        if row.best == 0 {
            self.of_unit.push(entry);
        }
        row.best = row.best.max(clamped(worth));
    }

    /// Ends the present unit: what it is worth is added to what others are.
    pub(super) fn close(&mut self) {
        for entry in self.of_unit.drain(..) {
            let Some(row) = self.rows.get_mut(entry as usize) else { continue };
            if row.name == 0 && row.beside == 0 {
                self.touched.push(entry);
            }
            row.name += i32::from(core::mem::take(&mut row.best));
        }
    }

    /// Adds what a date or a number promises; more than 0.
    pub(super) fn add(&mut self, entry: u32, worth: i32) {
        let Some(row) = self.rows.get_mut(entry as usize) else { return };
        if row.name == 0 && row.beside == 0 {
            self.touched.push(entry);
        }
        row.beside = row.beside.saturating_add(clamped(worth));
    }

    /// The entries that something is promised of.
    pub(super) fn bits(&self, entries: u32) -> Bits {
        let mut bits = Bits::new(entries);
        self.touched.iter().for_each(|entry| bits.set(*entry));
        bits
    }

    /// The entries that promise most, at most `most`; the lower number before the higher where they promise the same.
    pub(super) fn best(&self, most: usize) -> Vec<Promise> {
        let row = |entry: &u32| self.rows.get(*entry as usize).copied().unwrap_or_default();
        let promised = |entry: &u32| (-row(entry).name - i32::from(row(entry).beside), *entry);
        let mut all: Vec<(i32, u32)> = self.touched.iter().map(promised).collect();
        if all.len() > most {
            all.select_nth_unstable(most);
            all.truncate(most);
        }
        all.sort_unstable();
        all.into_iter().map(|(_, entry)| Promise { entry, name: row(&entry).name }).collect()
    }
}

fn clamped(worth: i32) -> i16 {
    i16::try_from(worth).unwrap_or(i16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_spelling_of_each_unit_counts_and_units_add_up() {
        let promises = Promises::default();
        let mut table = promises.take(5);
        for (entry, worth) in [(1, 10), (3, 20), (1, 30), (9, 99)] {
            table.spelled(entry, worth);
        }
        table.close();
        table.spelled(3, 15);
        table.close();
        table.add(4, 30);
        let entries = |most| table.best(most).iter().map(|promise| (promise.entry, promise.name)).collect::<Vec<_>>();
        assert_eq!(entries(9), [(3, 35), (1, 30), (4, 0)]);
        assert_eq!(entries(1), [(3, 35)]);
        table.spelled(0, 1);
        promises.give(table);
        assert_eq!(promises.take(5).best(9), [], "a table comes back empty");
    }
}
