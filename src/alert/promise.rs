//! What each entry promises before it is compared: a table of the few thousand entries that a search touches.
//!
//! A table with a place for every entry of the list would be simpler, and wait for memory at every step on a list of a million; this
//! one stays near the processor. Its rows stand in the order in which their entries were first named, an index leads to them.
//!
//! ```text
//! spelled   entry, worth    of one unit: the best of its spellings counts
//! close                     the unit ends and is added
//! add       entry, worth    a date or number beside the name
//! best      most            entries by what they promise, and what their names do
//! ```
//! What is named of a package is as much as its postings hold, however hostile it is.

/// What one entry promises.
#[derive(Clone, Copy)]
struct Row {
    entry: u32,
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
}

/// What the entries promise that were named.
pub(super) struct Table {
    rows: Vec<Row>,
    /// The number of a row from 1, where the hash of its entry leads or at the next free place behind; 0 is free. A power of two, at
    /// the least twice as many as there are rows.
    index: Vec<u32>,
    /// The rows that the present unit named.
    of_unit: Vec<usize>,
}

impl Table {
    /// A table in which nothing is promised.
    pub(super) fn new() -> Self {
        Self { rows: Vec::new(), index: vec![0; 4096], of_unit: Vec::new() }
    }

    /// The number of an entry's row, which begins with nothing promised.
    fn row(&mut self, entry: u32) -> usize {
        self.find(entry).unwrap_or_else(|free| self.begin(free, entry))
    }

    /// The number of an entry's row, or the free place of the index that would lead to it.
    fn find(&self, entry: u32) -> core::result::Result<usize, usize> {
        let mut place = self.place(entry);
        loop {
            match self.index.get(place).and_then(|number| number.checked_sub(1)) {
                None => return Err(place),
                Some(number) if self.rows.get(number as usize).is_some_and(|row| row.entry == entry) => {
                    return Ok(number as usize);
                }
                Some(_) => place = (place + 1) & (self.index.len() - 1),
            }
        }
    }

    /// Where the hash of an entry leads.
    fn place(&self, entry: u32) -> usize {
        let hash = entry.wrapping_mul(0x9E37_79B1);
        (hash >> (u32::BITS - self.index.len().ilog2())) as usize
    }

    fn begin(&mut self, place: usize, entry: u32) -> usize {
        self.rows.push(Row { entry, name: 0, best: 0, beside: 0 });
        if let Some(slot) = self.index.get_mut(place) {
            *slot = self.rows.len() as u32;
        }
        if self.rows.len() * 2 > self.index.len() {
            self.widen();
        }
        self.rows.len() - 1
    }

    /// Makes the index four times as long.
    fn widen(&mut self) {
        self.index = vec![0; self.index.len() * 4];
        for (row, number) in self.rows.iter().zip(1..) {
            let mut place = self.place(row.entry);
            while self.index.get(place).is_some_and(|number| *number != 0) {
                place = (place + 1) & (self.index.len() - 1);
            }
            if let Some(slot) = self.index.get_mut(place) {
                *slot = number;
            }
        }
    }

    /// Says that a spelling of the present unit is worth this in an entry, more than 0; of several the best counts.
    pub(super) fn spelled(&mut self, entry: u32, worth: i32) {
        let number = self.row(entry);
        let Some(row) = self.rows.get_mut(number) else { return };
        if row.best == 0 {
            self.of_unit.push(number);
        }
        row.best = row.best.max(clamped(worth));
    }

    /// Ends the present unit: what it is worth is added to what others are.
    pub(super) fn close(&mut self) {
        for number in self.of_unit.drain(..) {
            if let Some(row) = self.rows.get_mut(number) {
                row.name += i32::from(core::mem::take(&mut row.best));
            }
        }
    }

    /// Adds what a date or a number promises; more than 0.
    pub(super) fn add(&mut self, entry: u32, worth: i32) {
        let number = self.row(entry);
        if let Some(row) = self.rows.get_mut(number) {
            row.beside = row.beside.saturating_add(clamped(worth));
        }
    }

    /// How many entries are named.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The entries that are named.
    pub(super) fn bits(&self, entries: u32) -> Bits {
        let mut bits = Bits::new(entries);
        self.rows.iter().for_each(|row| bits.set(row.entry));
        bits
    }

    /// Names an entry, with nothing promised.
    pub(super) fn open(&mut self, entry: u32) {
        self.row(entry);
    }

    /// The entries that promise most, at most `most`; the lower number before the higher where they promise the same.
    pub(super) fn best(&self, most: usize) -> Vec<Promise> {
        let promised = |(row, number): (&Row, u32)| (-row.name - i32::from(row.beside), row.entry, number);
        let mut all: Vec<(i32, u32, u32)> = self.rows.iter().zip(0..).map(promised).collect();
        if all.len() > most {
            all.select_nth_unstable(most);
            all.truncate(most);
        }
        all.sort_unstable();
        let row = |(_, entry, number): (i32, u32, u32)| {
            self.rows.get(number as usize).map(|row| Promise { entry, name: row.name })
        };
        all.into_iter().filter_map(row).collect()
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
        let mut table = Table::new();
        for (entry, worth) in [(1, 10), (3, 20), (1, 30)] {
            table.spelled(entry, worth);
        }
        table.close();
        table.spelled(3, 15);
        table.close();
        table.add(4, 30);
        let entries = |most| table.best(most).iter().map(|promise| (promise.entry, promise.name)).collect::<Vec<_>>();
        assert_eq!(entries(9), [(3, 35), (1, 30), (4, 0)]);
        assert_eq!(entries(1), [(3, 35)]);
    }

    #[test]
    fn however_many_entries_are_named_each_keeps_its_own_row() {
        let mut table = Table::new();
        for round in 1..=2 {
            (0..20_000).for_each(|entry| table.add(entry << 12 | entry >> 8, round));
        }
        assert_eq!(table.best(usize::MAX).len(), 20_000);
        assert!(table.rows.iter().all(|row| row.beside == 3));
    }
}
