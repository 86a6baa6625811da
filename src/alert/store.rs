//! The sections of a package, read by place and length; pages are verified when they are first touched.
//!
//! # Hostile input
//! Every page is compared with its hash before a byte of it is used, and the hashes with the signed root. A file that is
//! cut under us is an error at the next page that is not yet in memory.

use super::root::{HASHES_PER_PAGE, PAGE, Root};
use crate::crypto::sha256;
use crate::error::{Error, ErrorKind, Part, Result};
use std::sync::OnceLock;

/// Where a package is read from: a file of the host's, or bytes.
pub trait ReadAt: Send + Sync {
    /// How many bytes there are.
    fn length(&self) -> u64;

    /// Fills the buffer from a place.
    ///
    /// # Errors
    /// If there are not so many bytes there, or they cannot be read.
    fn read_at(&self, at: u64, out: &mut [u8]) -> Result<()>;
}

impl ReadAt for Vec<u8> {
    fn length(&self) -> u64 {
        self.len() as u64
    }

    fn read_at(&self, at: u64, out: &mut [u8]) -> Result<()> {
        let from = usize::try_from(at).ok().and_then(|at| self.get(at..at.checked_add(out.len())?));
        out.copy_from_slice(from.ok_or(Error::new(ErrorKind::Truncated, Part::AlertList, self.len()))?);
        Ok(())
    }
}

/// A page that was read and verified.
type Page = OnceLock<Box<[u8]>>;

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

/// A package: its root, and the pages that were touched.
pub(super) struct Store {
    source: Box<dyn ReadAt>,
    pub(super) root: Root,
    pages: Vec<Page>,
    hashes: Vec<Page>,
}

/// A section contradicts itself.
pub(super) const fn broken(at: u64) -> Error {
    Error::new(ErrorKind::AlertStructure, Part::AlertList, at as usize)
}

impl Store {
    pub(super) fn open(source: Box<dyn ReadAt>, root: Root) -> Self {
        let blank = |count: u64| (0..count).map(|_| Page::new()).collect::<Vec<_>>();
        let (pages, hashes) = (blank(root.pages), blank(root.hashes.len() as u64));
        Self { source, root, pages, hashes }
    }

    /// The length of a section.
    pub(super) fn len(&self, section: Section) -> u64 {
        self.root.sections.get(section as usize).map_or(0, |(_, length)| *length)
    }

    /// How many pages there are.
    pub(super) const fn pages(&self) -> u64 {
        self.root.pages
    }

    /// Reads and verifies a page, unless that was done before.
    pub(super) fn page(&self, number: u64) -> Result<&[u8]> {
        let slot = usize::try_from(number).ok().and_then(|number| self.pages.get(number)).ok_or(broken(number))?;
        if let Some(page) = slot.get() {
            return Ok(page);
        }
        let hashes = self.hash_page(number / HASHES_PER_PAGE)?;
        let at = usize::try_from(number % HASHES_PER_PAGE).unwrap_or(0) * 32;
        let expected = hashes.get(at..at + 32).ok_or(broken(number))?;
        let page = self.verified(self.root.first_page + number * PAGE, expected)?;
        Ok(slot.get_or_init(|| page))
    }

    fn hash_page(&self, number: u64) -> Result<&[u8]> {
        let place = usize::try_from(number).map_err(|_| broken(number))?;
        let (slot, expected) = self.hashes.get(place).zip(self.root.hashes.get(place)).ok_or(broken(number))?;
        if let Some(page) = slot.get() {
            return Ok(page);
        }
        let page = self.verified(self.root.first_page + (self.root.pages + number) * PAGE, expected)?;
        Ok(slot.get_or_init(|| page))
    }

    fn verified(&self, at: u64, expected: &[u8]) -> Result<Box<[u8]>> {
        let mut page = vec![0; PAGE as usize].into_boxed_slice();
        self.source.read_at(at, &mut page)?;
        if sha256(&page) == expected {
            return Ok(page);
        }
        Err(Error::new(ErrorKind::AlertPage, Part::AlertList, usize::try_from(at).unwrap_or(usize::MAX)))
    }

    /// Bytes of a section.
    pub(super) fn read(&self, section: Section, at: u64, out: &mut [u8]) -> Result<()> {
        let (from, length) = self.root.sections.get(section as usize).copied().ok_or(broken(at))?;
        if at.checked_add(out.len() as u64).is_none_or(|end| end > length) {
            return Err(broken(at));
        }
        let (mut place, mut rest) = (from + at, out);
        while !rest.is_empty() {
            let page = self.page(place / PAGE)?;
            let start = usize::try_from(place % PAGE).unwrap_or(0);
            let count = (page.len() - start).min(rest.len());
            let (part, after) = rest.split_at_mut(count);
            part.copy_from_slice(page.get(start..start + count).ok_or(broken(place))?);
            place += count as u64;
            rest = after;
        }
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
