//! The sections of a package, read by place and length; pages are verified when they are first touched.
//!
//! # Hostile input
//! Every page is compared with its hash before a byte of it is used, and the hashes with the signed root. A file that is
//! cut under us is an error at the next page that is not yet in memory.

use super::root::{HASHES_PER_PAGE, PAGE, Root};
use crate::crypto::sha256;
use crate::error::{Error, ErrorKind, Part, Result};
use crate::list::wire::Wire;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

/// Where a package is read from: a file of the host's, or bytes.
pub trait ReadAt: Send + Sync {
    /// How many bytes there are.
    fn length(&self) -> u64;

    /// Fills the buffer from a place.
    ///
    /// # Errors
    /// If there are not so many bytes there, or they cannot be read.
    fn read_at(&self, at: u64, out: &mut [u8]) -> Result<()>;

    /// The bytes themselves, where they are in memory and stay as they are: then no second copy is kept.
    fn view(&self) -> Option<&[u8]> {
        None
    }
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

    fn view(&self) -> Option<&[u8]> {
        Some(self)
    }
}

/// A file is read in place, by as many threads as there are; what is cut off while it is open is an error.
impl ReadAt for std::fs::File {
    fn length(&self) -> u64 {
        self.metadata().map_or(0, |data| data.len())
    }

    fn read_at(&self, at: u64, out: &mut [u8]) -> Result<()> {
        let cut = Error::new(ErrorKind::Truncated, Part::AlertList, usize::try_from(at).unwrap_or(usize::MAX));
        read_file(self, at, out).map_err(|_| cut)
    }
}

#[cfg(unix)]
fn read_file(file: &std::fs::File, at: u64, out: &mut [u8]) -> std::io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, out, at)
}

#[cfg(not(unix))]
fn read_file(mut file: &std::fs::File, at: u64, out: &mut [u8]) -> std::io::Result<()> {
    use std::io::{Read, Seek, SeekFrom};
    // The place of a file is shared by all who read it.
    static TURN: std::sync::Mutex<()> = std::sync::Mutex::new(());
    let _turn = TURN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    file.seek(SeekFrom::Start(at))?;
    file.read_exact(out)
}

/// Pages that were read and verified.
enum Pages {
    /// They are kept.
    Kept(Vec<OnceLock<Box<[u8]>>>),
    /// The source is in memory itself; a bit for each says that it was verified.
    InView(Vec<AtomicU64>),
}

/// What a section holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub(super) enum Section {
    /// Where each token's letters and posting begin and how many entries hold it, and where the last ones end: [`TOKEN_ROW`] bytes each.
    Tokens,
    /// The tokens' letters.
    Letters,
    /// Keys and the tokens filed under them.
    Keys,
    /// For each token the entries that hold it.
    Postings,
    /// Where every [`BLOCK`]th record begins, and where the last one ends.
    RecordPlaces,
    /// What is compared of each entry, each behind its length.
    Records,
    /// Whole birth dates and the entries that name them.
    Days,
    /// Document numbers, ranges and series, and their entries.
    Numbers,
    /// Where every [`BLOCK`]th detail begins, and where the last one ends.
    DetailPlaces,
    /// What is shown of each entry, each behind its length.
    Details,
    /// Where each word begins, and where the last one ends.
    WordPlaces,
    /// What many entries say alike: authorities, sources, laws, kinds of documents.
    Words,
}

/// How many sections there are.
pub(super) const SECTIONS: usize = 12;
/// The bytes of a row of [`Section::Tokens`].
pub(super) const TOKEN_ROW: u64 = 12;
/// One of so many records has a place of its own.
pub(super) const BLOCK: u32 = 4;

/// A package: its root, and the pages that were touched.
pub(super) struct Store {
    source: Box<dyn ReadAt>,
    pub(super) root: Root,
    pages: Pages,
    hashes: Pages,
}

/// A section contradicts itself.
pub(super) const fn broken(at: u64) -> Error {
    Error::new(ErrorKind::AlertStructure, Part::AlertList, at as usize)
}

impl Store {
    pub(super) fn open(source: Box<dyn ReadAt>, root: Root) -> Self {
        let blank = |count: u64| match source.view() {
            Some(_) => Pages::InView((0..count.div_ceil(64)).map(|_| AtomicU64::new(0)).collect()),
            None => Pages::Kept((0..count).map(|_| OnceLock::new()).collect()),
        };
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
        let expected = |at: u64| {
            let hashes = self.touch(&self.hashes, at / HASHES_PER_PAGE, self.root.pages, |at| {
                self.root.hashes.get(at as usize).copied().ok_or(broken(number))
            })?;
            let place = usize::try_from(at % HASHES_PER_PAGE).unwrap_or(0) * 32;
            let hash = hashes.get(place..place + 32).and_then(|hash| hash.try_into().ok());
            hash.ok_or(broken(number))
        };
        self.touch(&self.pages, number, 0, expected)
    }

    /// A page of those that begin with the page `first`, compared with its hash when it is first touched.
    fn touch<'s>(
        &'s self,
        pages: &'s Pages,
        number: u64,
        first: u64,
        expected: impl Fn(u64) -> Result<[u8; 32]>,
    ) -> Result<&'s [u8]> {
        let index = usize::try_from(number).map_err(|_| broken(number))?;
        let place = self.root.first_page + (first + number) * PAGE;
        let compare = |page: &[u8]| {
            let wrong = Error::new(ErrorKind::AlertPage, Part::AlertList, usize::try_from(place).unwrap_or(usize::MAX));
            if sha256(page) == expected(number)? { Ok(()) } else { Err(wrong) }
        };
        match pages {
            Pages::InView(verified) => {
                let (bits, page) = verified.get(index / 64).zip(self.in_view(place)).ok_or(broken(number))?;
                let bit = 1 << (index % 64);
                if bits.load(Ordering::Acquire) & bit == 0 {
                    compare(page)?;
                    bits.fetch_or(bit, Ordering::Release);
                }
                Ok(page)
            }
            Pages::Kept(kept) => {
                let slot = kept.get(index).ok_or(broken(number))?;
                if let Some(page) = slot.get() {
                    return Ok(page);
                }
                let mut page = vec![0; PAGE as usize].into_boxed_slice();
                self.source.read_at(place, &mut page)?;
                compare(&page)?;
                Ok(slot.get_or_init(|| page))
            }
        }
    }

    /// A page in a source that is in memory.
    fn in_view(&self, place: u64) -> Option<&[u8]> {
        let start = usize::try_from(place).ok()?;
        self.source.view()?.get(start..start.checked_add(PAGE as usize)?)
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

    /// Touches places of a section that are wanted next: memory brings them all at a time, where it would bring one after the other as each
    /// is read. Changes nothing else, and is silent about places that are not there.
    pub(super) fn fetch(&self, section: Section, places: impl Iterator<Item = u64>) {
        let start = self.root.sections.get(section as usize).map_or(0, |(start, _)| *start);
        let touched = places.filter_map(|at| {
            let place = start.checked_add(at)?;
            self.page(place / PAGE).ok()?.get((place % PAGE) as usize).copied()
        });
        core::hint::black_box(touched.fold(0, core::ops::BitXor::bitxor));
    }

    /// Touches items that are wanted next, as [`Self::fetch`] does.
    pub(super) fn fetch_items(
        &self,
        (places, section): (Section, Section),
        numbers: impl Iterator<Item = u32> + Clone,
    ) {
        self.fetch(places, numbers.clone().map(|number| u64::from(number / BLOCK) * 4));
        let starts = numbers.filter_map(|number| self.span(places, u64::from(number / BLOCK)).ok());
        self.fetch(section, starts.map(|(from, _)| u64::from(from)));
    }

    /// Hands over bytes of a section: those of the page itself, unless they lie on two.
    pub(super) fn with<T>(
        &self,
        section: Section,
        (at, length): (u64, usize),
        take: impl FnOnce(&[u8]) -> T,
    ) -> Result<T> {
        let (from, whole) = self.root.sections.get(section as usize).copied().ok_or(broken(at))?;
        if at.checked_add(length as u64).is_none_or(|end| end > whole) {
            return Err(broken(at));
        }
        let place = from + at;
        let start = usize::try_from(place % PAGE).unwrap_or(0);
        if let Some(bytes) = self.page(place / PAGE)?.get(start..start + length) {
            return Ok(take(bytes));
        }
        let mut bytes = vec![0; length];
        self.read(section, at, &mut bytes)?;
        Ok(take(&bytes))
    }

    /// Bytes between two places of a section.
    pub(super) fn between(&self, section: Section, from: u64, to: u64) -> Result<Vec<u8>> {
        let length = to.checked_sub(from).filter(|_| to <= self.len(section)).ok_or(broken(from))?;
        let mut out = vec![0; usize::try_from(length).map_err(|_| broken(from))?];
        self.read(section, from, &mut out)?;
        Ok(out)
    }

    /// A number of a row of four bytes.
    pub(super) fn single(&self, section: Section, row: u64) -> Result<u32> {
        let mut bytes = [0; 4];
        self.read(section, row.checked_mul(4).ok_or(broken(row))?, &mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    /// Two numbers that follow each other in rows of four bytes: where something begins and ends.
    pub(super) fn span(&self, section: Section, row: u64) -> Result<(u32, u32)> {
        let wrong = broken(row);
        let both = |bytes: &[u8]| {
            let mut wire = Wire(bytes);
            wire.long().zip(wire.long())
        };
        self.with(section, (row.checked_mul(4).ok_or(wrong)?, 8), both)?.ok_or(wrong)
    }

    /// Hands over an item that stands behind its length, found through the places of every [`BLOCK`]th one.
    pub(super) fn item<T>(
        &self,
        (places, section): (Section, Section),
        number: u32,
        take: impl FnOnce(&mut Wire<'_>) -> Option<T>,
    ) -> Result<T> {
        let block = u64::from(number / BLOCK);
        let (from, to) = self.span(places, block)?;
        let wrong = broken(u64::from(from));
        let length = to.checked_sub(from).ok_or(wrong)?;
        let found = self.with(section, (u64::from(from), length as usize), |bytes| {
            let mut wire = Wire(bytes);
            for _ in 0..number % BLOCK {
                let length = wire.number()?;
                wire.bytes(length as usize)?;
            }
            let length = wire.number()?;
            take(&mut Wire(wire.bytes(length as usize)?))
        });
        found?.ok_or(wrong)
    }
}
