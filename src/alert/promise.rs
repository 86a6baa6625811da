//! What each entry promises before it is compared: a table with a place for every entry, of which a search fills a few
//! thousand, and empties them again.
//!
//! A hash map of the same would cost more than everything else of a search on a list of a million, where a frequent name stands in
//! ten thousand entries. Tables are kept from search to search, one for each that runs at a time.

use std::sync::{Mutex, PoisonError};

/// The most tables that are kept.
const KEPT: usize = 8;

/// Tables that no search is using.
#[derive(Default)]
pub(super) struct Promises(Mutex<Vec<Table>>);

/// What every entry promises.
#[derive(Default)]
pub(super) struct Table {
    /// Of all units so far, and of the present one: what the best of its spellings is worth.
    rows: Vec<(i32, i32)>,
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
        table.rows.resize(entries as usize, (0, 0));
        table
    }

    /// Takes a table back, emptied.
    pub(super) fn give(&self, mut table: Table) {
        table.close();
        for entry in table.touched.drain(..) {
            if let Some(row) = table.rows.get_mut(entry as usize) {
                *row = (0, 0);
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
        let Some((_, best)) = self.rows.get_mut(entry as usize) else { return };
        if *best == 0 {
            self.of_unit.push(entry);
        }
        *best = worth.max(*best);
    }

    /// Ends the present unit: what it is worth is added to what others are.
    pub(super) fn close(&mut self) {
        let mut of_unit = core::mem::take(&mut self.of_unit);
        for entry in of_unit.drain(..) {
            let best = self.rows.get_mut(entry as usize).map_or(0, |(_, best)| core::mem::take(best));
            self.add(entry, best);
        }
        self.of_unit = of_unit;
    }

    /// Adds to what an entry promises; more than 0.
    pub(super) fn add(&mut self, entry: u32, worth: i32) {
        let Some((all, _)) = self.rows.get_mut(entry as usize) else { return };
        if *all == 0 {
            self.touched.push(entry);
        }
        *all += worth;
    }

    /// The entries that promise most, at most `most`; the lower number before the higher where they promise the same.
    pub(super) fn best(&self, most: usize) -> Vec<u32> {
        let promised = |entry: &u32| self.rows.get(*entry as usize).map_or(0, |(all, _)| *all);
        let mut all: Vec<(i32, u32)> = self.touched.iter().map(|entry| (-promised(entry), *entry)).collect();
        if all.len() > most {
            all.select_nth_unstable(most);
            all.truncate(most);
        }
        all.sort_unstable();
        all.into_iter().map(|(_, entry)| entry).collect()
    }
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
        assert_eq!(table.best(9), [3, 1, 4]);
        assert_eq!(table.best(1), [3]);
        table.spelled(0, 1);
        promises.give(table);
        assert_eq!(promises.take(5).best(9), Vec::<u32>::new(), "a table comes back empty");
    }
}
