//! A package that is open: typed access to its sections.

use super::filed::LONGEST;
use super::nickname::Nicknames;
use super::record::{Detail, Record, read_detail, read_record};
use super::root::{Labels, Root};
use super::spelling::Channel;
use super::store::{BLOCK, ReadAt, Section, Store, TOKEN_ROW, broken};
use crate::date::Date;
use crate::error::{Error, ErrorKind, Part, Result};
use crate::list::wire::Wire;
use serde::Serialize;
use std::sync::OnceLock;

/// An alert list that can be searched.
pub struct AlertList {
    pub(super) store: Store,
    pub(super) channel: Channel,
    /// How many entries there are.
    pub(super) entries: u32,
    /// How many pairs of token and entry there are: what frequencies are measured against.
    pub(super) slots: u64,
    /// Short forms of names, if the host has said some.
    pub(super) nicknames: OnceLock<Nicknames>,
}

/// Where records stand.
pub(super) const RECORDS: (Section, Section) = (Section::RecordPlaces, Section::Records);

/// What a list says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Description {
    /// Counts up with every package of this list.
    pub version: u64,
    /// Who made it.
    pub agency: String,
    /// When.
    pub issued: Option<Date>,
    /// The last day before it should be replaced.
    pub valid_until: Option<Date>,
    /// Whether that day is past.
    pub stale: bool,
    /// Whether it holds covert entries, and is searched through the sealed channel alone.
    pub covert: bool,
    /// How many entries it holds.
    pub entries: u32,
    /// The score from which a match alarms, in centibans.
    pub threshold: i32,
    /// The key that signed it, in hexadecimal.
    pub signed_by: Option<String>,
}

/// A token of the list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    /// How many entries hold it.
    pub(super) count: u32,
    /// Where these are named.
    pub(super) posting: (u32, u32),
}

impl core::fmt::Debug for AlertList {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "AlertList({} entries)", self.entries)
    }
}

impl AlertList {
    /// Opens a package: reads its root and verifies its signature; pages follow as they are needed.
    ///
    /// `least_version` is the version that was last seen of this list: an older one is a roll-back.
    ///
    /// # Errors
    /// What is wrong with the file, or [`ErrorKind::AlertRollback`].
    pub fn open(source: Box<dyn ReadAt>, least_version: u64) -> Result<Self> {
        let root = Root::read(source.as_ref())?;
        if root.labels.version < least_version {
            return Err(Error::new(ErrorKind::AlertRollback, Part::AlertList, 0));
        }
        let (entries, slots) = (root.entries, root.slots);
        let list = Self {
            store: Store::open(source, root),
            channel: Channel::new(),
            entries,
            slots,
            nicknames: OnceLock::new(),
        };
        let places = (u64::from(entries.div_ceil(BLOCK)) + 1) * 4;
        if list.store.len(Section::RecordPlaces) != places || list.store.len(Section::DetailPlaces) != places {
            return Err(broken(0));
        }
        Ok(list)
    }

    /// Has names found under their short forms too, from now on.
    ///
    /// # Errors
    /// `BadArgument` if the list was given some before.
    pub fn use_nicknames(&self, nicknames: Nicknames) -> Result<()> {
        self.nicknames.set(nicknames).map_err(|_| Error::new(ErrorKind::BadArgument, Part::AlertList, 0))
    }

    /// What the package says of itself.
    #[must_use]
    pub const fn labels(&self) -> &Labels {
        &self.store.root.labels
    }

    /// The key that signed the package; `None` for an unsigned one. Whether it is the authority's is for the caller to say.
    #[must_use]
    pub const fn signer(&self) -> Option<&[u8; 32]> {
        self.store.root.signer.as_ref()
    }

    /// Everything that the list says of itself, on the day `on`.
    #[must_use]
    pub fn description(&self, on: Date) -> Description {
        let labels = self.labels();
        Description {
            version: labels.version,
            agency: labels.agency.clone(),
            issued: labels.issued,
            valid_until: labels.valid_until,
            stale: self.is_stale(on),
            covert: labels.covert,
            entries: self.entries,
            threshold: self.threshold(),
            signed_by: self.signer().map(|key| data_encoding::HEXLOWER.encode(key)),
        }
    }

    /// Whether the list was to be replaced before this day. A stale list is searched all the same.
    #[must_use]
    pub fn is_stale(&self, day: Date) -> bool {
        self.labels().valid_until.is_some_and(|until| until < day)
    }

    /// Reads and verifies every page and every entry.
    ///
    /// # Errors
    /// The first that is not as it must be.
    pub fn verify(&self) -> Result<()> {
        for page in 0..self.store.pages() {
            self.store.page(page)?;
        }
        let tokens = (self.store.len(Section::Tokens) / TOKEN_ROW).saturating_sub(1);
        for id in 0..u32::try_from(tokens).unwrap_or(u32::MAX) {
            self.posting(&self.token(id)?, |_| ())?;
        }
        (0..self.entries).try_for_each(|entry| self.record(entry).and(self.detail(entry)).map(drop))
    }

    /// How many entries the list holds.
    #[must_use]
    pub const fn len(&self) -> u32 {
        self.entries
    }

    /// Whether it holds none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.entries == 0
    }

    /// Touches the letters of tokens that are wanted next.
    pub(super) fn fetch_letters(&self, ids: impl Iterator<Item = u32> + Clone) {
        let rows = ids.map(|id| u64::from(id) * TOKEN_ROW);
        self.store.fetch(Section::Tokens, rows.clone());
        let place = |bytes: &[u8]| Wire(bytes).long().map(u64::from);
        let places = rows.filter_map(|row| self.store.with(Section::Tokens, (row, 4), place).ok().flatten());
        self.store.fetch(Section::Letters, places);
    }

    /// Hands the letters of a token over.
    pub(super) fn letters<T>(&self, id: u32, take: impl FnOnce(&str) -> T) -> Result<T> {
        let at = u64::from(id) * TOKEN_ROW;
        let ends = self.store.with(Section::Tokens, (at, 2 * TOKEN_ROW as usize), |rows| {
            let mut wire = Wire(rows);
            let (from, _, _, to) = (wire.long()?, wire.long()?, wire.long()?, wire.long()?);
            Some((from, to.checked_sub(from)?))
        })?;
        let (from, length) = ends.filter(|(_, length)| *length as usize <= LONGEST).ok_or(broken(at))?;
        let (place, length) = (u64::from(from), length as usize);
        let text = |bytes: &[u8]| core::str::from_utf8(bytes).map(take).ok();
        self.store.with(Section::Letters, (place, length), text)?.ok_or(broken(place))
    }

    pub(super) fn token(&self, id: u32) -> Result<Token> {
        let at = u64::from(id) * TOKEN_ROW;
        let read = self.store.with(Section::Tokens, (at, 2 * TOKEN_ROW as usize), |rows| {
            let mut wire = Wire(rows);
            let (_, from, count, _, to) = (wire.long()?, wire.long()?, wire.long()?, wire.long()?, wire.long()?);
            Some(Token { count, posting: (from, to) })
        });
        read?.ok_or(broken(at))
    }

    /// Hands the entries that hold a token over, in order.
    pub(super) fn posting(&self, token: &Token, mut take: impl FnMut(u32)) -> Result<()> {
        let (from, to) = token.posting;
        let at = broken(u64::from(from));
        let length = to.checked_sub(from).ok_or(at)? as usize;
        let whole = self.store.with(Section::Postings, (u64::from(from), length), |bytes| {
            let (mut wire, mut entry) = (Wire(bytes), 0_u32);
            for _ in 0..token.count {
                entry = entry.checked_add(wire.number()?).filter(|entry| *entry < self.entries)?;
                take(entry);
            }
            Some(())
        });
        whole?.ok_or(at)
    }

    pub(super) fn record(&self, entry: u32) -> Result<Record> {
        let word = |number| self.word(number).ok();
        self.store.item(RECORDS, entry, |wire| read_record(wire, Some(&word)))
    }

    /// A record of which the documents are left out: what is compared where no number was read.
    pub(super) fn without_documents(&self, entry: u32) -> Result<Record> {
        self.store.item(RECORDS, entry, |wire| read_record(wire, None))
    }

    pub(super) fn detail(&self, entry: u32) -> Result<Detail> {
        self.store.item((Section::DetailPlaces, Section::Details), entry, read_detail)
    }

    /// A text that many entries share; 0 is none.
    pub(super) fn word(&self, number: u32) -> Result<String> {
        let Some(row) = number.checked_sub(1).map(u64::from) else { return Ok(String::new()) };
        let (from, to) = self.store.span(Section::WordPlaces, row)?;
        let from = u64::from(from);
        String::from_utf8(self.store.between(Section::Words, from, u64::from(to))?).map_err(|_| broken(from))
    }
}
