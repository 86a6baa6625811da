//! The trust store as one file: written whole, opened without reading its certificates.
//!
//! ```text
//! 0   "LFTRUST" 0A              what it is
//! 8   version u32, 1            a later one is refused
//! 12  length of the directory u32
//! 16  revision u64              counts how often the store was written
//! 24  written i64               seconds after 1970
//! 32  length of the rest u64    everything behind the directory
//! 40  SHA-256 of bytes 0 to 39 and of the directory
//! 72  the directory             sources, anchors, signers, revocation lists, records, events
//!     the rest                  certificates and lists, byte for byte as received
//! ```
//!
//! Numbers are big endian. The directory names every certificate by its SHA-256, so that the hash at its head covers the whole
//! file: opening verifies the directory, and a certificate is verified when it is first read. Revocation lists are few
//! and are read at once.
//!
//! The hash tells damage, not an adversary: whoever can write the file can write another one. The file belongs to whoever
//! runs the post, and is protected as their other configuration is.
//!
//! Hostile input could state lengths that are not there or counts beyond memory (nothing is allocated by a count, places are
//! checked when they are used), or a directory that ends early (refused).

use super::anchor::{Anchor, Purposes, Source};
use super::crl::RevocationList;
use super::deviation_list::{DeviationList, KeptDeviationList};
use super::issuer::FoundBy;
use super::record::{Event, ListRecord};
use super::revocation::{KeptList, WaitingList};
use super::signer::{KnownSigners, Section};
use super::slot::Slot;
use super::trust::TrustStore;
use crate::bytes::Cursor;
use crate::cms::SignedData;
use crate::country::Code;
use crate::crypto::sha256;
use crate::date::Time;
use crate::deviation::Deviations;
use crate::error::{Error, ErrorKind, Part, Result};
use core::ops::Range;
use std::sync::Arc;

const MAGIC: &[u8; 8] = b"LFTRUST\n";
const VERSION: u32 = 1;
/// Where the directory begins.
const HEAD: usize = 72;
/// What the hash covers of the head.
const HASHED: usize = 40;

/// The largest file that is opened.
pub const MAX_STORE: usize = 1 << 30;

/// An opened file.
pub(super) struct Opened {
    file: Arc<Vec<u8>>,
    sources: Vec<Source>,
    /// Where the certificates and lists begin.
    rest: usize,
}

/// What the directory says of one anchor.
pub(super) struct Entry {
    pub(super) blob: Range<usize>,
    pub(super) purposes: Purposes,
    pub(super) test: bool,
    pub(super) distrust_after: Option<Time>,
    pub(super) countries: Vec<Code>,
    pub(super) sources: Vec<Source>,
}

const fn damaged(offset: usize) -> Error {
    Error::new(ErrorKind::TrustStoreDamaged, Part::TrustStore, offset)
}

impl Opened {
    /// A certificate or list.
    pub(super) fn blob(&self, range: Range<usize>) -> Option<&[u8]> {
        self.file.get(range)
    }

    /// The anchor whose entry begins at `at`.
    pub(super) fn anchor_entry(&self, at: usize) -> Result<Entry> {
        let bytes = self.file.get(at..self.rest).ok_or(damaged(at))?;
        let mut cursor = Cursor::at(bytes, Part::TrustStore, at);
        let head = AnchorHead::take(&mut cursor, self.rest)?;
        let sources = (0..head.sources).map(|_| {
            let index = usize::from(cursor.u16()?);
            self.sources.get(index).cloned().ok_or(damaged(at))
        });
        let sources = sources.collect::<Result<_>>()?;
        let AnchorHead { blob, purposes, test, distrust_after, countries, .. } = head;
        Ok(Entry { blob, purposes, test, distrust_after, countries, sources })
    }
}

/// The part of an anchor's entry before its sources.
struct AnchorHead {
    fingerprint: [u8; 32],
    blob: Range<usize>,
    purposes: Purposes,
    test: bool,
    distrust_after: Option<Time>,
    countries: Vec<Code>,
    sources: u16,
}

impl AnchorHead {
    fn take(cursor: &mut Cursor<'_>, rest: usize) -> Result<Self> {
        let fingerprint = cursor.array()?;
        let blob = range(cursor, rest)?;
        let purposes = Purposes(cursor.u8()?);
        let flags = cursor.u8()?;
        let distrust = time(cursor)?;
        let countries = (0..cursor.u8()?).map(|_| code(cursor)).collect::<Result<_>>()?;
        Ok(Self {
            fingerprint,
            blob,
            purposes,
            test: flags & 1 != 0,
            distrust_after: distrust.filter(|_| flags & 2 != 0),
            countries,
            sources: cursor.u16()?,
        })
    }
}

fn range(cursor: &mut Cursor<'_>, rest: usize) -> Result<Range<usize>> {
    let (start, length) = (long(cursor)?, cursor.u32()? as usize);
    let start = rest.checked_add(start).ok_or(damaged(cursor.offset()))?;
    Ok(start..start.checked_add(length).ok_or(damaged(cursor.offset()))?)
}

fn long(cursor: &mut Cursor<'_>) -> Result<usize> {
    let number = u64::from_be_bytes(cursor.array()?);
    usize::try_from(number).map_err(|_| damaged(cursor.offset()))
}

/// A moment; `None` where none is stated.
fn time(cursor: &mut Cursor<'_>) -> Result<Option<Time>> {
    match i64::from_be_bytes(cursor.array()?) {
        i64::MIN => Ok(None),
        seconds => Time::from_unix(seconds).map(Some).map_err(|_| damaged(cursor.offset())),
    }
}

fn code(cursor: &mut Cursor<'_>) -> Result<Code> {
    Code::parse(cursor.take(3)?).ok_or(damaged(cursor.offset()))
}

fn text(cursor: &mut Cursor<'_>) -> Result<String> {
    let length = usize::from(cursor.u16()?);
    let bytes = cursor.take(length)?;
    core::str::from_utf8(bytes).map(str::to_owned).map_err(|_| damaged(cursor.offset()))
}

/// Octets after their length in one octet; 255 of length stands for none at all.
fn octets<'a>(cursor: &mut Cursor<'a>) -> Result<Option<&'a [u8]>> {
    match cursor.u8()? {
        255 => Ok(None),
        length => cursor.take(usize::from(length)).map(Some),
    }
}

fn hash(cursor: &mut Cursor<'_>) -> Result<Option<[u8; 32]>> {
    match cursor.u8()? {
        0 => Ok(None),
        _ => cursor.array().map(Some),
    }
}

/// Whether `bytes` begin like a store.
#[must_use]
pub fn is_store(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

impl TrustStore {
    /// Opens a store. Its certificates are read when they are first needed.
    ///
    /// # Errors
    /// `UnknownContent` if it is none, `TrustStoreVersion` if it was written by a later version, `TooLarge` beyond
    /// [`MAX_STORE`], `TrustStoreDamaged` if it is not what was written.
    pub fn open(file: Vec<u8>) -> Result<Self> {
        let (head, rest) = Self::check(&file)?;
        let file = Arc::new(file);
        let bytes = file.get(HEAD..rest).ok_or(damaged(HEAD))?;
        let mut cursor = Cursor::at(bytes, Part::TrustStore, HEAD);
        let sources = (0..cursor.u16()?).map(|_| source(&mut cursor)).collect::<Result<_>>()?;
        let opened = Arc::new(Opened { file: Arc::clone(&file), sources, rest });
        let mut store = Self::new();
        (store.revision, store.written) = (head.revision, head.written);
        for _ in 0..cursor.u32()? {
            let at = cursor.offset();
            let anchor = AnchorHead::take(&mut cursor, rest)?;
            cursor.take(usize::from(anchor.sources) * 2)?;
            store.add_stored(anchor.fingerprint, &anchor.countries, Arc::clone(&opened), at);
        }
        store.signers = KnownSigners::stored(signers(&mut cursor)?, Arc::clone(&opened));
        store.read_lists(&mut cursor, &opened)?;
        store.read_deviation_lists(&mut cursor, &opened)?;
        store.read_records(&mut cursor)?;
        match cursor.is_empty() {
            true => Ok(store),
            false => Err(damaged(cursor.offset())),
        }
    }

    /// Verifies head and directory. Answers where the rest begins.
    fn check(file: &[u8]) -> Result<(Head, usize)> {
        if !is_store(file) {
            return Err(Error::new(ErrorKind::UnknownContent, Part::TrustStore, 0));
        }
        if file.len() > MAX_STORE {
            return Err(Error::new(ErrorKind::TooLarge, Part::TrustStore, 0));
        }
        let mut cursor = Cursor::new(file, Part::TrustStore);
        cursor.take(MAGIC.len())?;
        if cursor.u32()? != VERSION {
            return Err(Error::new(ErrorKind::TrustStoreVersion, Part::TrustStore, MAGIC.len()));
        }
        let directory = cursor.u32()? as usize;
        let revision = u64::from_be_bytes(cursor.array()?);
        let written = time(&mut cursor)?;
        let length = long(&mut cursor)?;
        let stated: [u8; 32] = cursor.array()?;
        let rest = HEAD.checked_add(directory).ok_or(damaged(12))?;
        let whole = rest.checked_add(length) == Some(file.len());
        let parts = file.get(..HASHED).zip(file.get(HEAD..rest)).filter(|_| whole).ok_or(damaged(file.len()))?;
        match crate::crypto::HashAlgorithm::Sha256.digest_parts(&[parts.0, parts.1]).as_bytes() == stated {
            true => Ok((Head { revision, written }, rest)),
            false => Err(damaged(HASHED)),
        }
    }

    fn read_lists(&mut self, cursor: &mut Cursor<'_>, opened: &Opened) -> Result<()> {
        for _ in 0..cursor.u32()? {
            let (list, fingerprint) = list(cursor, opened)?;
            let (country, anchor, key) = (code(cursor)?, cursor.array()?, cursor.array()?);
            let found_by = way(cursor.u8()?);
            let vouched_by = text(cursor)?;
            self.lists.restore(KeptList { list, fingerprint, country, anchor, key, found_by, vouched_by });
        }
        for _ in 0..cursor.u32()? {
            let (list, fingerprint) = list(cursor, opened)?;
            self.lists.restore_waiting(WaitingList { list, fingerprint, vouched_by: text(cursor)? });
        }
        for _ in 0..cursor.u32()? {
            let country = code(cursor)?;
            self.state_never_published(country, &text(cursor)?);
        }
        Ok(())
    }

    fn read_deviation_lists(&mut self, cursor: &mut Cursor<'_>, opened: &Opened) -> Result<()> {
        for _ in 0..cursor.u32()? {
            let fingerprint: [u8; 32] = cursor.array()?;
            let range = range(cursor, opened.rest)?;
            let start = range.start;
            let bytes = opened.blob(range).filter(|bytes| sha256(bytes) == fingerprint).ok_or(damaged(start))?;
            let mut seen = Deviations::new();
            let list = SignedData::read(bytes, Part::DeviationList, &mut seen)
                .and_then(|signed| DeviationList::of_signed(&signed, &mut seen))
                .map_err(|_| damaged(start))?;
            let (country, signing_time, vouched_by) = (code(cursor)?, time(cursor)?, text(cursor)?);
            let bytes = bytes.into();
            self.deviation_lists.push(KeptDeviationList { list, bytes, country, signing_time, vouched_by });
        }
        Ok(())
    }

    fn read_records(&mut self, cursor: &mut Cursor<'_>) -> Result<()> {
        for _ in 0..cursor.u32()? {
            let list = cursor.array()?;
            let publisher = octets(cursor)?.and_then(Code::parse);
            let (signer, signing_time) = (hash(cursor)?, time(cursor)?);
            let certificates = cursor.u32()?;
            let vouched_by = text(cursor)?;
            self.records.push(ListRecord { list, publisher, signer, signing_time, vouched_by, certificates });
        }
        for _ in 0..cursor.u32()? {
            let (kind, one, another, third) = (cursor.u8()?, cursor.array()?, cursor.array()?, cursor.array()?);
            self.note(match kind {
                1 => Event::Removed { anchor: one, before: another, after: third },
                2 => Event::OlderList { list: one, newer: another },
                _ => return Err(damaged(cursor.offset())),
            });
        }
        Ok(())
    }

    /// Writes the store to bytes, one revision later, at the time `at`.
    ///
    /// # Errors
    /// `TrustStoreDamaged` if the file that it was opened from was altered: nothing is dropped silently. `TooLarge` beyond
    /// [`MAX_STORE`].
    pub fn to_bytes(&self, at: Time) -> Result<Vec<u8>> {
        let mut writer = StoreWriter::default();
        writer.anchors(self)?;
        writer.signers(self.signers());
        writer.lists(self);
        writer.deviation_lists(self);
        writer.records(self);
        writer.finish(self.revision.saturating_add(1), at)
    }
}

struct Head {
    revision: u64,
    written: Option<Time>,
}

fn source(cursor: &mut Cursor<'_>) -> Result<Source> {
    Ok(match cursor.u8()? {
        1 => Source::List { list: cursor.array()?, signer: hash(cursor)?, vouched_by: text(cursor)? },
        2 => Source::Local { pinned: cursor.u8()? != 0, vouched_by: text(cursor)? },
        3 => Source::Link { anchor: cursor.array()? },
        _ => return Err(damaged(cursor.offset())),
    })
}

/// Passes over the signers. Answers how many there are, and where.
fn signers(cursor: &mut Cursor<'_>) -> Result<Section> {
    let count = cursor.u32()?;
    let length = cursor.u32()? as usize;
    let start = cursor.offset();
    cursor.take(length)?;
    Ok((count, start..start + length))
}

/// Reads the signers of an opened file: for each its place and by what it is found.
pub(super) fn read_signers(opened: &Opened, (count, place): &Section, signers: &mut KnownSigners) {
    let bytes = opened.file.get(place.clone()).unwrap_or_default();
    let mut cursor = Cursor::at(bytes, Part::TrustStore, place.start);
    let mut one = || -> Result<()> {
        let fingerprint = cursor.array()?;
        let range = range(&mut cursor, opened.rest)?;
        let serial = octets(&mut cursor)?.unwrap_or_default().into();
        let key_identifier = octets(&mut cursor)?.map(Into::into);
        signers.place(Slot::shared(Arc::clone(&opened.file), range, fingerprint), serial, key_identifier);
        Ok(())
    };
    // The hash of the directory was right, so that an error can only be of whoever wrote it: what follows is left out.
    let _ = (0..*count).try_for_each(|_| one());
}

fn list(cursor: &mut Cursor<'_>, opened: &Opened) -> Result<(RevocationList, [u8; 32])> {
    let fingerprint = cursor.array()?;
    let range = range(cursor, opened.rest)?;
    let start = range.start;
    let bytes = opened.blob(range).filter(|bytes| sha256(bytes) == fingerprint).ok_or(damaged(start))?;
    let list = RevocationList::parse(bytes, &mut Deviations::new()).map_err(|_| damaged(start))?;
    Ok((list, fingerprint))
}

const fn way(number: u8) -> FoundBy {
    match number {
        0 => FoundBy::KeyIdentifier,
        1 => FoundBy::Name,
        2 => FoundBy::Country,
        _ => FoundBy::Trial,
    }
}

/// The directory and the rest, as they grow.
#[derive(Default)]
struct StoreWriter {
    out: Vec<u8>,
    rest: Vec<u8>,
}

impl StoreWriter {
    fn u16(&mut self, number: usize) {
        self.out.extend(u16::try_from(number).unwrap_or(u16::MAX).to_be_bytes());
    }

    fn count(&mut self, number: usize) {
        self.out.extend(u32::try_from(number).unwrap_or(u32::MAX).to_be_bytes());
    }

    fn time(&mut self, time: Option<Time>) {
        self.out.extend(time.map_or(i64::MIN, Time::unix).to_be_bytes());
    }

    /// Text of at most 65535 bytes, cut at a character.
    fn text(&mut self, text: &str) {
        let mut end = text.len().min(usize::from(u16::MAX));
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let text = text.get(..end).unwrap_or_default();
        self.u16(text.len());
        self.out.extend(text.as_bytes());
    }

    /// Octets that stand for how something is found; none if they are too many.
    fn octets(&mut self, octets: Option<&[u8]>) {
        match octets.and_then(|octets| Some((u8::try_from(octets.len()).ok().filter(|length| *length < 255)?, octets)))
        {
            Some((length, octets)) => {
                self.out.push(length);
                self.out.extend(octets);
            }
            None => self.out.push(255),
        }
    }

    fn hash(&mut self, hash: Option<&[u8; 32]>) {
        self.out.push(u8::from(hash.is_some()));
        self.out.extend(hash.into_iter().flatten());
    }

    /// The SHA-256 of a certificate or list, and its place in the rest.
    fn blob(&mut self, fingerprint: &[u8; 32], bytes: &[u8]) {
        self.out.extend(fingerprint);
        self.out.extend((self.rest.len() as u64).to_be_bytes());
        self.count(bytes.len());
        self.rest.extend(bytes);
    }

    fn anchors(&mut self, store: &TrustStore) -> Result<()> {
        let anchors: Vec<&Anchor> = store.anchors().collect();
        if anchors.len() != store.len() {
            return Err(damaged(HEAD));
        }
        let mut sources: Vec<&Source> = Vec::new();
        for source in anchors.iter().flat_map(|anchor| &anchor.sources) {
            if !sources.contains(&source) && sources.len() < usize::from(u16::MAX) {
                sources.push(source);
            }
        }
        self.u16(sources.len());
        sources.iter().for_each(|source| self.source(source));
        self.count(anchors.len());
        for anchor in anchors {
            self.blob(&anchor.fingerprint, anchor.certificate.as_bytes());
            self.out.push(anchor.purposes.0);
            self.out.push(u8::from(anchor.test) | u8::from(anchor.distrust_after.is_some()) << 1);
            self.time(anchor.distrust_after);
            let countries = anchor.countries.get(..anchor.countries.len().min(255)).unwrap_or_default();
            self.out.push(u8::try_from(countries.len()).unwrap_or(0));
            countries.iter().for_each(|country| self.out.extend(country.to_mrz()));
            let of = anchor.sources.iter().filter_map(|source| sources.iter().position(|known| *known == source));
            let of: Vec<_> = of.collect();
            self.u16(of.len());
            of.into_iter().for_each(|index| self.u16(index));
        }
        Ok(())
    }

    fn source(&mut self, source: &Source) {
        match source {
            Source::List { list, signer, vouched_by } => {
                self.out.push(1);
                self.out.extend(list);
                self.hash(signer.as_ref());
                self.text(vouched_by);
            }
            Source::Local { vouched_by, pinned } => {
                self.out.extend([2, u8::from(*pinned)]);
                self.text(vouched_by);
            }
            Source::Link { anchor } => {
                self.out.push(3);
                self.out.extend(anchor);
            }
        }
    }

    fn signers(&mut self, signers: &KnownSigners) {
        let certificates: Vec<_> = signers.iter().collect();
        self.count(certificates.len());
        let at = self.out.len();
        self.count(0);
        for certificate in certificates {
            self.blob(&certificate.fingerprint(), certificate.as_bytes());
            self.octets(Some(certificate.serial()));
            self.octets(certificate.subject_key_identifier());
        }
        let length = u32::try_from(self.out.len() - at - 4).unwrap_or(u32::MAX).to_be_bytes();
        if let Some(place) = self.out.get_mut(at..at + 4) {
            place.copy_from_slice(&length);
        }
    }

    fn lists(&mut self, store: &TrustStore) {
        let lists = store.revocation_lists();
        self.count(lists.kept().len());
        for kept in lists.kept() {
            self.blob(&kept.fingerprint, kept.list.as_bytes());
            self.out.extend(kept.country.to_mrz());
            self.out.extend(kept.anchor.iter().chain(&kept.key));
            self.out.push(kept.found_by as u8);
            self.text(&kept.vouched_by);
        }
        self.count(lists.waiting().len());
        for one in lists.waiting() {
            self.blob(&one.fingerprint, one.list.as_bytes());
            self.text(&one.vouched_by);
        }
        self.count(lists.never_published().count());
        for (country, vouched_by) in lists.never_published() {
            self.out.extend(country.to_mrz());
            self.text(vouched_by);
        }
    }

    fn deviation_lists(&mut self, store: &TrustStore) {
        self.count(store.deviation_lists().len());
        for kept in store.deviation_lists() {
            self.blob(&kept.fingerprint(), &kept.bytes);
            self.out.extend(kept.country.to_mrz());
            self.time(kept.signing_time);
            self.text(&kept.vouched_by);
        }
    }

    fn records(&mut self, store: &TrustStore) {
        self.count(store.records().len());
        for record in store.records() {
            self.out.extend(record.list);
            self.octets(record.publisher.map(Code::to_mrz).as_ref().map(<[u8; 3]>::as_slice));
            self.hash(record.signer.as_ref());
            self.time(record.signing_time);
            self.out.extend(record.certificates.to_be_bytes());
            self.text(&record.vouched_by);
        }
        self.count(store.events().len());
        for event in store.events() {
            let (kind, hashes) = match event {
                Event::Removed { anchor, before, after } => (1, [*anchor, *before, *after]),
                Event::OlderList { list, newer } => (2, [*list, *newer, [0; 32]]),
            };
            self.out.push(kind);
            self.out.extend(hashes.iter().flatten());
        }
    }

    fn finish(self, revision: u64, at: Time) -> Result<Vec<u8>> {
        let Self { out: directory, rest } = self;
        let large = Error::new(ErrorKind::TooLarge, Part::TrustStore, 0);
        let length = u32::try_from(directory.len()).map_err(|_| large)?;
        let mut file = Vec::with_capacity(HEAD + directory.len() + rest.len());
        file.extend(MAGIC);
        file.extend(VERSION.to_be_bytes());
        file.extend(length.to_be_bytes());
        file.extend(revision.to_be_bytes());
        file.extend(at.unix().to_be_bytes());
        file.extend((rest.len() as u64).to_be_bytes());
        let hash = crate::crypto::HashAlgorithm::Sha256.digest_parts(&[&file, &directory]);
        file.extend(hash.as_bytes());
        file.extend(directory);
        file.extend(rest);
        if file.len() > MAX_STORE { Err(large) } else { Ok(file) }
    }
}
