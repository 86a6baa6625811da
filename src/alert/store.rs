//! The sections of a package, read by place and length.

use crate::error::{Error, ErrorKind, Part, Result};

/// What a section holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub(super) enum Section {
    /// A row of [`TOKEN_ROW`] bytes for each token.
    Tokens,
    /// The tokens' letters.
    Letters,
    /// Keys and the tokens filed under them, in order.
    Keys,
    /// For each token the entries that hold it.
    Postings,
    /// Where each entry's record begins, and where the last one ends.
    RecordPlaces,
    /// What is compared of each entry.
    Records,
    /// Whole birth dates and the entries that name them, in order.
    Days,
    /// Hashes of document numbers and their entries, in order.
    Numbers,
    /// Where each entry's detail begins, and where the last one ends.
    DetailPlaces,
    /// What is shown of each entry.
    Details,
}

/// How many sections there are.
pub(super) const SECTIONS: usize = 10;
/// The bytes of a row of [`Section::Tokens`]: places of letters and postings, count of entries, length, three spare.
pub(super) const TOKEN_ROW: u64 = 16;
/// The bytes of a row of keys, days and numbers.
pub(super) const PAIR: u64 = 8;

/// The sections in memory.
pub(super) struct Store {
    sections: [Vec<u8>; SECTIONS],
}

/// The package contradicts itself.
pub(super) const fn broken(at: u64) -> Error {
    Error::new(ErrorKind::Truncated, Part::Input, at as usize)
}

impl Store {
    pub(super) const fn new(sections: [Vec<u8>; SECTIONS]) -> Self {
        Self { sections }
    }

    /// The length of a section.
    pub(super) fn len(&self, section: Section) -> u64 {
        self.sections.get(section as usize).map_or(0, |bytes| bytes.len() as u64)
    }

    /// Bytes of a section.
    pub(super) fn read(&self, section: Section, at: u64, out: &mut [u8]) -> Result<()> {
        let bytes = self.sections.get(section as usize).map(Vec::as_slice).unwrap_or_default();
        let from = usize::try_from(at).ok().and_then(|at| bytes.get(at..at.checked_add(out.len())?));
        out.copy_from_slice(from.ok_or(broken(at))?);
        Ok(())
    }

    /// Bytes between two places of a section.
    pub(super) fn between(&self, section: Section, from: u64, to: u64) -> Result<Vec<u8>> {
        let length = to.checked_sub(from).filter(|_| to <= self.len(section)).ok_or(broken(from))?;
        let mut out = vec![0; usize::try_from(length).map_err(|_| broken(from))?];
        self.read(section, from, &mut out)?;
        Ok(out)
    }

    /// Two numbers of a row of eight bytes.
    pub(super) fn pair(&self, section: Section, row: u64) -> Result<(u32, u32)> {
        let mut bytes = [0; 8];
        self.read(section, row * PAIR, &mut bytes)?;
        let [a, b, c, d, e, f, g, h] = bytes;
        Ok((u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h])))
    }

    /// A number of a row of four bytes.
    pub(super) fn single(&self, section: Section, row: u64) -> Result<u32> {
        let mut bytes = [0; 4];
        self.read(section, row * 4, &mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    /// The first row of an ordered section whose first number is not below `first`.
    pub(super) fn lower_bound(&self, section: Section, first: u32) -> Result<u64> {
        let (mut low, mut high) = (0, self.len(section) / PAIR);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.pair(section, middle)?.0 < first { low = middle + 1 } else { high = middle }
        }
        Ok(low)
    }

    /// The second numbers of the rows whose first number is `first`, at most `most` of them.
    pub(super) fn under(&self, section: Section, first: u32, most: usize, take: &mut dyn FnMut(u32)) -> Result<()> {
        let rows = self.len(section) / PAIR;
        let start = self.lower_bound(section, first)?;
        for row in start..rows.min(start + most as u64) {
            let (key, value) = self.pair(section, row)?;
            if key != first {
                break;
            }
            take(value);
        }
        Ok(())
    }
}
